"""The answer to a question, fitted to what the person said before and in the question itself.

Which texts there are and when each is said stands in the data (``bot.knowledge.questions``); here is what holds, and
what is known to fill their places.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.journey import agenda, plan, render, stories, summary, sums, words
from bot.journey.binding import bind
from bot.journey.case import Case
from bot.journey.intake import message_of
from bot.journey.subject import Subject, subject_of
from bot.journey.turn import Message
from bot.knowledge.lines import line
from bot.knowledge.loader import catalog
from bot.knowledge.questions import Line, questions, wants_details
from bot.money import yuan

MOST_ADDED = 2
"""Lines beside the first layer; more nobody reads."""

ALL_TOLD = re.compile(r"(?:我|俺)?(?:说过|讲过|告诉你|填)的(?!不)|记(?:下|住)?了(?:些|我)?(?:什么|啥|哪些)")
"""What I said, as a thing to be read out."""

TOLD = "told"
"""What is remembered instead of a question once its details were given."""

VALUES: Mapping[str, str] = {
    **sums.VALUES,
    "product": "name of the product the question is about",
    "lender": "who lends, as far as the catalogue knows",
    "where": "where in the app its numbers are",
    "debt_list": "all debts told so far, as rows",
    "total": "their sum, in yuan",
    "smallest": "the product of the smallest",
    "smallest_balance": "its balance, in yuan",
    "shares": "what is left each month, shared between the debts",
    "order": "in which order to pay them",
    "plan": "the plan that was chosen, in words",
    "counted": "the product whose rules are computed with",
    "cause": "why the person cannot pay",
    "reason": "how to put it to the lender",
    "advice": "what helps with that cause",
    "papers": "the papers of that cause, as rows",
    "substitutes": "what may stand in for them",
    "paper": "the paper asked about, as the person calls it",
    "paper_issuer": "who gives it",
    "paper_how": "how to get it",
    "paper_shows": "what has to be seen on it",
    "paper_hides": "what may be covered",
    "paper_without": "what to do without it",
    "contact": "the hotline or office asked about",
    "contact_for": "what it is for",
    "contact_not_for": "what it is not for",
    "contact_steps": "how to go about it, as rows",
    "story": "a case that fits the cause",
}
"""Placeholder of a line and what it stands for."""

STAGE_UNTIL = ((0, "not_due"), (30, "early"), (90, "middle"))
"""Last day overdue of each stage; after the last one it is ``late``."""


Said = tuple[str, dict[str, str]]
"""A response with the values of its placeholders."""


def spoken(latest: Mapping[str, Any]) -> Message:
    """The message with the person's words; a pressed button has none."""
    message = message_of(latest)
    return replace(message, text="") if message.text.startswith("/") else message


@dataclass(frozen=True)
class Answer:
    """What to say to a question."""

    said: tuple[Said, ...]
    """At least one, in order."""
    question: str
    """The question whose details say more: that of the line that answers."""


def answer(intent: str, message: Message, case: Case, today: date) -> Answer:
    """What to say to the question ``intent``: the line that fits best, else the first layer and what fits beside it."""
    question, case = questions()[intent], _with_named(message, case)
    subject = subject_of(intent, message, case)
    known = known_values(message, case, subject, today)
    holds = conditions(message, case, subject)
    fitting = [one for one in question.lines if one.fits(message.text, holds, known)]
    whole = next((one for one in fitting if one.instead), None)
    if whole is not None:
        return Answer((_filled(whole, known),), whole.home)
    added = [one for one in fitting if not one.instead][:MOST_ADDED]
    return Answer(((question.first, {}), *(_filled(one, known) for one in added)), intent)


def wants_more(latest: Mapping[str, Any]) -> bool:
    """True when the whole message asks to hear more."""
    return wants_details(spoken(latest).text)


def wants_all_told(latest: Mapping[str, Any]) -> bool:
    """True when everything the person said is to be read out, and not only what was said last."""
    return bool(ALL_TOLD.search(spoken(latest).text))


def details(remembered: str) -> str | None:
    """The response that says more about the question ``remembered``; None when all was said."""
    return questions()[remembered].details if remembered in questions() else None


def _with_named(message: Message, case: Case) -> Case:
    """The case with the debts that a question about several names: to compute with, not to keep."""
    named = [(b.product, b.quantity) for b in bind(message.text, message.mentions) if b.quantity.entity == "money"]
    owed = {product: amount for product, amount in named if product and not amount.vague}
    for product, amount in owed.items() if len(owed) > 1 else ():
        case = case.with_debt(product, balance_fen=int(amount.value["low_fen"]))
    return case


def conditions(message: Message, case: Case, subject: Subject) -> dict[str, frozenset[str]]:
    """What holds for the question, by the names of the conditions in the data."""
    overdue = [subject.overdue_days] if subject.product or subject.overdue_days is not None else []
    overdue = overdue or [debt.overdue_days for debt in case.debts]
    days = max((one for one in overdue if one is not None), default=None)
    cause = _cause(message, case)
    holds = {
        "stage": None if days is None else stage(days),
        "product": subject.product,
        "cause": cause,
        "debts": "several" if len(case.debts) > 1 else "one" if case.debts else "none",
        "method": sums.lateness(subject.counted_as, subject.daily_rate).method if subject.counted_as else None,
        "paper": _named(message, "document"),
        "contact": _named(message, "contact"),
    }
    spare = sums.spare_fen(case)
    holds["budget"] = "unknown" if spare is None else "some" if spare > 0 else "short"
    return {name: frozenset({value}) for name, value in holds.items() if value}


def stage(days: int) -> str:
    """The stage of a debt that is ``days`` overdue."""
    return next((name for last, name in STAGE_UNTIL if days <= last), "late")


def known_values(message: Message, case: Case, subject: Subject, today: date) -> dict[str, str]:
    """All placeholders that can be filled."""
    return {
        **sums.values_of(subject, case, today),
        **_product(subject),
        **_debts(case),
        **_order(case, today),
        **_cause_values(message, case),
        **_paper(message),
        **_contact(message),
    }


def _filled(one: Line, known: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    return one.response, {name: known[name] for name in sorted(one.needs)}


def _named(message: Message, entity: str) -> str | None:
    return next((str(value) for value in message.values(entity)), None)


def _cause(message: Message, case: Case) -> str | None:
    """The cause that the message names, else that of the case."""
    named = [str(value) for value in message.values("cause") if value in catalog().causes]
    return named[0] if named else case.situation_cause


def _product(subject: Subject) -> dict[str, str]:
    values = {"counted": render.product_label(subject.counted_as)} if subject.counted_as else {}
    one = catalog().products.get(subject.product or "")
    return {**values, "product": one.label_zh, "lender": one.lender_zh, "where": one.where_zh} if one else values


def _debts(case: Case) -> dict[str, str]:
    told = sorted((debt for debt in case.debts if debt.balance_fen), key=lambda debt: debt.balance_fen or 0)
    values = {"plan": str(case.plan_choice["words"])} if case.plan_choice else {}
    if not told:
        return values
    rows = [
        line("known.debt", product=render.product_label(debt.product), balance=yuan(debt.balance_fen or 0))
        for debt in case.debts
        if debt.balance_fen
    ]
    values |= {"debt_list": "\n".join(rows), "total": yuan(case.owed_fen)}
    values |= {"smallest": render.product_label(told[0].product), "smallest_balance": yuan(told[0].balance_fen or 0)}
    divided = sums.shares(case)
    return {**values, "shares": divided} if divided else values


def _order(case: Case, today: date) -> dict[str, str]:
    """In which order to pay several debts, once they and the budget are known."""
    if len(case.debts) < 2 or agenda.STAGES.index(agenda.next_stage(case)) < agenda.STAGES.index("plan"):
        return {}
    return {"order": words.order(plan.propose(case, today))}


def _cause_values(message: Message, case: Case) -> dict[str, str]:
    cause = _cause(message, case)
    values = {"story": stories.tell(cause)}
    if cause is None:
        return values
    own = case.with_slot("situation_cause", cause)
    known = catalog().causes[cause]
    return {
        **values,
        "cause": known.label_zh,
        "advice": known.advice_zh,
        "reason": known.short_reason_zh,
        "papers": summary.documents(own),
        "substitutes": summary.substitutes(own),
    }


def _paper(message: Message) -> dict[str, str]:
    mention = next((one for one in message.mentions if one.entity == "document"), None)
    if mention is None or mention.value not in catalog().documents:
        return {}
    paper = catalog().documents[mention.value]
    return {
        "paper": message.text[mention.start : mention.end] or paper.label_zh,
        "paper_issuer": paper.issuer_zh,
        "paper_how": paper.how_zh,
        "paper_shows": paper.must_show_zh,
        "paper_hides": paper.cover_up_zh,
        "paper_without": paper.without_zh,
    }


def _contact(message: Message) -> dict[str, str]:
    contact = catalog().contacts.get(_named(message, "contact") or "")
    if contact is None:
        return {}
    return {
        "contact": contact.label_zh,
        "contact_for": contact.what_for_zh,
        "contact_not_for": contact.not_for_zh,
        "contact_steps": "\n".join(line("record.row", label=step) for step in contact.how_zh),
    }
