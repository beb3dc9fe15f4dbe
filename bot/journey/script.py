"""The words for the call, step by step: what to say, what only to know, what to avoid, what to write down.

All of it is computed from the case and the engine's proposal; the wording is in ``wording/lines.yml``, the reasons are
in the causes' files, the refusals in theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.journey import plan, record, words
from bot.journey.case import Case
from bot.journey.plan import Proposal, Share
from bot.journey.render import day, product_label
from bot.knowledge.lines import line, lines
from bot.knowledge.loader import catalog
from bot.knowledge.model import Cause
from bot.money import yuan
from bot.plan.model import PENALTY_WAIVED

SAY, NOTE, AVOID, WRITE_DOWN = "say", "note", "avoid", "write_down"
NAMED = 3
"""Papers named one by one that are still missing; the rest is "and others"."""
NOT_OVERDUE_ONLY = "not_yet_overdue"
"""The refusal that nobody hears who is overdue."""


@dataclass(frozen=True)
class Step:
    """One step of the call."""

    id: str
    kind: str
    """``say``: to the agent, word for word · ``note``: to know, never to be told · ``avoid`` · ``write_down``."""
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Call:
    """One lender's office and the debts that are talked about there."""

    contact: str | None
    """Catalogue id; None where only the contract says whom to call."""
    products: tuple[str, ...]

    @property
    def who(self) -> str:
        """The office in words."""
        if self.contact is None:
            return line("script.lender", products=joined(map(product_label, self.products)))
        return catalog().contacts[self.contact].label_zh


def calls(proposal: Proposal) -> tuple[Call, ...]:
    """The calls to make, the dearest debt first: debts that one office handles are one call."""
    found: dict[str, list[str]] = {}
    for product in proposal.order:
        office = next(iter(catalog().products[product].contact), "")
        found.setdefault(office or f"product:{product}", []).append(product)
    return tuple(
        Call(None if office.startswith("product:") else office, tuple(products)) for office, products in found.items()
    )


def steps(case: Case, proposal: Proposal) -> tuple[Step, ...]:
    """The whole script for a case with a plan."""
    offices = calls(proposal)
    cause = catalog().causes[case.situation_cause or "other"]
    overdue = any(debt.overdue_days for debt in case.debts)
    made = [
        _step("calls", NOTE, [line("script.call", who=one.who, products=names(one.products)) for one in offices])
        if len(offices) > 1
        else None,
        _step("opening", SAY, [line("script.opening" if overdue else "script.opening_not_overdue")]),
        _step("willing", SAY, [line("script.willing")]),
        _step("reason", SAY, [line("script.said", words=cause.short_reason_zh)]),
        _step("change", SAY, [line("script.said", words=changed(cause, case))]),
        _step("budget", SAY, [budget(case, proposal, len(offices))]),
        _step("debts", SAY, debts(case, offices)),
        _step("request", SAY, requests(case, proposal)),
        _step("limits", NOTE, limits(case, proposal)),
        _step("papers", SAY, papers(case)),
        _step("closing", SAY, closing(case, offices)),
        _step("refusals", NOTE, refusals(case, overdue, len(offices) == 1)),
        _step("avoid", AVOID, _group("script_avoid")),
        _step("write_down", WRITE_DOWN, _group("script_write_down")),
    ]
    return tuple(step for step in made if step is not None)


def spoken(made: Iterable[Step]) -> str:
    """What is said, numbered, one line a row."""
    told = [one for step in made if step.kind == SAY for one in step.lines]
    return "\n".join(line("script.row", number=number, words=one) for number, one in enumerate(told, start=1))


def points(made: Iterable[Step], name: str) -> str:
    """The lines of the step ``name``, one a row; empty where there is no such step."""
    return "\n".join(line("script.point", words=one) for step in made if step.id == name for one in step.lines)


def changed(cause: Cause, case: Case) -> str:
    """What is different now, with the person's income."""
    if not case.budget_income_fen:
        return cause.changed_none_zh
    return cause.changed_zh.format(income=yuan(case.budget_income_fen))


def budget(case: Case, proposal: Proposal, offices: int = 1) -> str:
    """Income, spending and what can be kept, never more than there is; for several offices what they share."""
    income, expenses = yuan(case.budget_income_fen or 0), yuan(case.expenses_fen)
    if not case.budget_income_fen:
        return line("script.budget_none", expenses=expenses)
    if proposal.capacity_fen == 0:
        return line("script.budget_nothing", income=income, expenses=expenses)
    key = "script.budget" if offices == 1 else "script.budget_several"
    return line(key, income=income, expenses=expenses, monthly=yuan(monthly_fen(case, proposal)))


def monthly_fen(case: Case, proposal: Proposal) -> int:
    """What is offered a month, in fen, at most what there is: what the lenders are asked for comes to no more.

    Each lender's part begins on its own due day, so that together they are not to the fen the plan for all.
    """
    each = sum(offer.monthly_fen for _, offer in plan.parts(case, proposal.as_of))
    return min(max(each, int((case.plan_choice or {}).get("monthly_fen", 0))), proposal.floor_fen)


def debts(case: Case, offices: Sequence[Call]) -> list[str]:
    """All debts; for several offices each hears of its own, and what all come to."""
    if len(offices) == 1:
        return [line("script.debts", debts=joined(owed(case, debt.product) for debt in case.debts))]
    total = yuan(case.owed_fen)
    told = ((one.who, joined(owed(case, product) for product in one.products)) for one in offices)
    return [
        line("script.request_each", who=who, words=line("script.debts_part", debts=own, total=total))
        for who, own in told
    ]


def requests(case: Case, proposal: Proposal) -> list[str]:
    """What to ask for: once for a single debt, else each lender for its own part."""
    if len(case.debts) == 1:
        return [_request(case, str((case.plan_choice or {}).get("words", "")))]
    asked = demands(case, proposal)
    offices = calls(proposal)
    told = []
    for one in offices:
        said = _request(case, of_each(asked, one.products))
        told.append(said if len(offices) == 1 else line("script.request_each", who=one.who, words=said))
    return told


def demands(case: Case, proposal: Proposal) -> dict[str, str]:
    """Debt by debt, what is asked for in words: its part of the plan chosen, else what the engine's ladder asks."""
    parts = {product: words.offer(one) for product, one in plan.parts(case, proposal.as_of)}
    return {share.product: parts.get(share.product) or _share(share) for share in proposal.shares}


def limits(case: Case, proposal: Proposal) -> list[str]:
    """The person's own limits: where to begin, how far to go, where to stop."""
    if proposal.capacity_fen == 0:
        return [line("script.limit_nothing")]
    choice = case.plan_choice or {}
    told = [line("script.limit_ask", offer=str(choice.get("words", "")))]
    accept = proposal.accept
    if accept is not None and accept.monthly_fen > int(choice.get("monthly_fen", 0)):
        told.append(line("script.limit_accept", offer=words.offer(accept)))
    if len(proposal.shares) == 1:
        return [*told, line("script.limit_floor", floor=yuan(proposal.floor_fen))]
    each = [
        line("script.limit_each", product=product_label(share.product), floor=yuan(share.capacity_fen))
        for share in proposal.shares
    ]
    return [*told, *each]


def papers(case: Case) -> list[str]:
    """What can be sent now, what stands in for what, and what is still to come: the state of the checklist."""
    known = catalog()
    states: dict[str, list[str]] = {"have": [], "substitute": [], "missing": []}
    for item in known.causes[case.situation_cause or "other"].documents:
        states[record.paper_state(case, item)].append(known.documents[item].label_zh)
    others = [known.documents[item].label_zh for item in case.documents_have or () if item in known.documents]
    have = list(dict.fromkeys([*states["have"], *others]))
    if not have and not states["substitute"]:
        return [line("script.papers_none")]
    told = [line("script.papers", papers=joined(have))] if have else []
    if states["substitute"]:
        told.append(line("script.papers_substitute", papers=joined(states["substitute"])))
    if states["missing"]:
        told.append(line("script.papers_missing", papers=few(states["missing"])))
    return told


def closing(case: Case, offices: Sequence[Call]) -> list[str]:
    """The agreement repeated, and the request for numbers, a day and words in writing."""
    offer = str((case.plan_choice or {}).get("words", ""))
    is_one = len(offices) == 1 and len(case.debts) == 1 and offer
    repeat = line("script.closing_repeat", offer=offer) if is_one else line("script.closing_repeat_none")
    return [repeat, line("script.closing_app" if case.contact_channel == "app_service" else "script.closing")]


def refusals(case: Case, overdue: bool, is_one: bool = True) -> list[str]:
    """What agents usually say to turn people down, each with its answer.

    Blanks are filled with the plan where there is one office: with several, each gets another amount.
    """
    return [
        line(
            "script.they_say", they_say=one.they_say[0], answer=filled(one.answer_zh, case) if is_one else one.answer_zh
        )
        for one in catalog().refusals.values()
        if not (overdue and one.id == NOT_OVERDUE_ONLY)
    ]


def filled(answer: str, case: Case) -> str:
    """``answer`` with its blanks filled from the plan that was chosen; a pause has no amount to fill in."""
    choice = case.plan_choice or {}
    monthly = yuan(int(choice.get("monthly_fen", 0)))
    if not choice.get("monthly_fen") or choice.get("kind") == "pause":
        return answer
    told = {
        "first": line("script.filled_first", day=day(str(choice["first_due"])), monthly=monthly),
        "monthly": line("script.filled_monthly", monthly=monthly),
        "periods": line("script.filled_periods", periods=int(choice["periods"])),
    }
    for name, words_of in told.items():
        answer = answer.replace(line(f"script.blank_{name}"), words_of)
    return answer


def of_each(asked: Mapping[str, str], products: Iterable[str]) -> str:
    """What is asked for, product by product."""
    told = (line("script.part", product=product_label(name), offer=asked[name]) for name in products)
    return line("note.separator").join(told)


def owed(case: Case, product: str) -> str:
    """A product with what is owed on it."""
    debt = case.debt(product)
    balance = yuan(debt.balance_fen or 0) if debt else yuan(0)
    return line("script.debt", product=product_label(product), balance=balance)


def names(products: Iterable[str]) -> str:
    """Products by their names."""
    return joined(map(product_label, products))


def joined(told: Iterable[str]) -> str:
    """Several things in a row."""
    return line("documents.substitute_separator").join(told)


def few(told: Sequence[str]) -> str:
    """The first few by name."""
    return joined(told) if len(told) <= NAMED else line("script.papers_more", papers=joined(told[:NAMED]))


def _request(case: Case, offer: str) -> str:
    choice = case.plan_choice or {}
    if choice.get("kind") == "pause":
        return line("script.request_pause", months=choice["periods"])
    if choice.get("price") == PENALTY_WAIVED:
        return line("script.request_waived", offer=offer)
    overdue = any(debt.overdue_days for debt in case.debts)
    return line("script.request" if overdue else "script.request_not_overdue", offer=offer)


def _share(share: Share) -> str:
    return words.offer(share.ask) if share.ask else line("script.share", monthly=yuan(share.capacity_fen))


def _step(name: str, kind: str, told: Iterable[str]) -> Step:
    return Step(name, kind, line(f"script_title.{name}"), tuple(told))


def _group(name: str) -> list[str]:
    """All lines of a group, in their order."""
    return [line(key) for key in lines() if key.startswith(f"{name}.")]
