"""The words in writing: messages for the app's service, a line for social accounts, a letter.

None of them holds what we must not know: where a name or an identity number belongs there is a blank.
"""

from __future__ import annotations

from bot.journey import script
from bot.journey.case import Case
from bot.journey.plan import Proposal
from bot.journey.render import day
from bot.knowledge.lines import line
from bot.knowledge.loader import catalog
from bot.money import yuan

VERSIONS = ("messages", "social", "letter")


def messages(case: Case, proposal: Proposal) -> tuple[str, ...]:
    """What to paste into the app's service chat, one after another; no blank, nothing private but the request."""
    overdue = any(debt.overdue_days for debt in case.debts)
    income, expenses = yuan(case.budget_income_fen or 0), yuan(case.expenses_fen)
    if not case.budget_income_fen:
        kept = line("messages.budget_none", expenses=expenses)
    elif proposal.capacity_fen == 0:
        kept = line("messages.budget_nothing", income=income, expenses=expenses)
    else:
        monthly = yuan(script.monthly_fen(case, proposal))
        key = "messages.budget" if len(script.calls(proposal)) == 1 else "messages.budget_several"
        kept = line(key, income=income, expenses=expenses, monthly=monthly)
    told = [
        line("messages.human"),
        line("messages.opening" if overdue else "messages.opening_not_overdue"),
        catalog().causes[case.situation_cause or "other"].letter_zh,
        kept,
        _asked(case, proposal, in_app=True),
    ]
    papers = _papers(case)
    if papers:
        told.append(line("messages.papers", papers=papers))
    return (*told, line("messages.closing"))


def social() -> tuple[str, ...]:
    """What may stand where others can read it: no amount, no product, no name."""
    return (line("social.public"), line("social.private"))


def letter(case: Case, proposal: Proposal) -> tuple[str, ...]:
    """The hardship letter, paragraph by paragraph; blanks only for name, identity number and signature."""
    products = [debt.product for debt in case.debts]
    owed = script.joined(script.owed(case, product) for product in products)
    papers = _papers(case)
    return (
        line("letter.title"),
        line("letter.to", products=script.names(products)),
        line("letter.who"),
        line("letter.debts", debts=owed, total=yuan(case.owed_fen)),
        line("letter.reason", reason=catalog().causes[case.situation_cause or "other"].letter_zh),
        _budget(case, proposal),
        _asked(case, proposal, in_app=False),
        line("letter.papers", papers=papers) if papers else line("letter.papers_later"),
        line("letter.honest"),
        line("letter.sign", day=day(proposal.as_of)),
    )


def _budget(case: Case, proposal: Proposal) -> str:
    parts = {
        "income": yuan(case.budget_income_fen or 0),
        "housing": yuan(case.budget_housing_fen or 0),
        "living": yuan(case.budget_living_fen or 0),
        "other": yuan(case.budget_other_fen or 0),
    }
    if not case.budget_income_fen:
        del parts["income"]
        return line("letter.budget_none", **parts, missing=yuan(-proposal.surplus_fen))
    if proposal.surplus_fen < 0:
        return line("letter.budget_short", **parts, missing=yuan(-proposal.surplus_fen))
    return line("letter.budget", **parts, surplus=yuan(proposal.surplus_fen))


def _asked(case: Case, proposal: Proposal, in_app: bool) -> str:
    """The request: what each debt is asked for where there are several; in the app only of what it handles."""
    choice = case.plan_choice or {}
    if choice.get("kind") == "pause":
        return line("messages.pause" if in_app else "letter.pause", months=choice["periods"])
    offer = str(choice.get("words", ""))
    if len(case.debts) > 1:
        asked = script.demands(case, proposal)
        here = [name for name in asked if not in_app or catalog().products[name].is_alipay]
        offer = script.of_each(asked, here or list(asked))
    return line("messages.request" if in_app else "letter.request", offer=offer)


def _papers(case: Case) -> str:
    """The papers at hand, by name; empty where there are none."""
    known = catalog().documents
    return script.joined(known[item].label_zh for item in case.documents_have or ())
