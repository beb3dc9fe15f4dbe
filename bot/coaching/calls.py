"""What the rehearsal and the help during a call take from the case, and what a call leaves for the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from bot.coaching.agent import LEVELS, Call, Terms, behaviours
from bot.coaching.live import Means, Owed
from bot.coaching.owed import OwnDebt
from bot.journey import plan, render
from bot.journey.about import candidates
from bot.journey.case import Case
from bot.knowledge.lines import line
from bot.knowledge.loader import catalog
from bot.knowledge.spelling import as_meant
from bot.knowledge.talk_words import level_in, says_end, says_lines, without_blanks
from bot.names import Intent
from bot.reading import find_dates, find_periods, read_talk

EXAMPLE: Final = Terms(80_000, 60_000, is_example=True)
"""What is practised with before a budget is known."""
LEAVES: Final = (Intent.CRISIS, Intent.DELETE_MY_DATA)
"""What is heard by the rules even in the middle of a call."""
BY_PHONE: Final = "hotline_95188"
"""The way of a call of which no other is known."""
OFFERED: Final = (
    "record_kind",
    "record_periods",
    "record_monthly_fen",
    "record_defer_months",
    "record_first_due",
)
"""What one offer says and the next one takes back."""
MOST_HEARD: Final = 40
"""Lines of a call that are remembered."""
LONGEST_SAID: Final = 120
"""Characters of the agent's words that go into the record."""


def goes_on(slot: Any) -> bool:
    """True while the rehearsal or the call in ``slot`` has not ended."""
    return bool((slot or {}).get("is_on"))


def wants_end(text: str) -> bool:
    """True for words that end a rehearsal: 结束练习, 不练了."""
    return says_end(as_meant(text))


def wants_lines(text: str) -> bool:
    """True for who wants to read what agents usually say, and not to practise."""
    return says_lines(as_meant(text))


def terms(case: Case, today: date) -> Terms:
    """What the person can pay: their own numbers when the plan knows them and there is something left to pay with."""
    known = _proposal(case, today)
    return Terms(known.floor_fen, _asked(case, known)) if known and known.floor_fen else EXAMPLE


def means(case: Case, today: date) -> Means:
    """The same for a real call, where nothing is made up; the reason in the cause's own words."""
    known = _proposal(case, today)
    reason = without_blanks(catalog().causes[case.situation_cause or "other"].short_reason_zh)
    if known is None:
        return Means(None, None, reason)
    saved = _saved(case, today)
    return Means(known.floor_fen, _asked(case, known) or None, reason, known.capacity_fen + saved, saved > 0)


def owed_on(text: str, case: Case) -> Owed | None:
    """What is owed on the debts that ``text`` names, else on those of the office; None while it is not known."""
    read = as_meant(text)
    products = catalog().products
    named = [
        debt
        for debt in case.debts
        if any(name in read for name in (products[debt.product].label_zh, *products[debt.product].aliases))
    ]
    office = candidates(replace(case, record_channel=case.contact_channel or BY_PHONE))
    meant = named or [debt for debt in case.debts if debt.product in office]
    if not meant or any(debt.balance_fen is None for debt in meant):
        return None
    return Owed(sum(debt.balance_fen or 0 for debt in meant), render.products(debt.product for debt in meant))


def own_debts(case: Case) -> tuple[OwnDebt, ...]:
    """The debts of the case as a line of the rehearsal is held against them."""
    products = catalog().products
    return tuple(
        OwnDebt(
            products[debt.product].label_zh,
            (products[debt.product].label_zh, *products[debt.product].aliases),
            BY_PHONE not in products[debt.product].contact,
        )
        for debt in case.debts
    )


def _saved(case: Case, today: date) -> int:
    """Money that was said to be there once, in fen; what comes on a later day is not there yet."""
    on = case.plan_wish.get("lump_on")
    is_there = on is None or date.fromisoformat(str(on)) <= today
    return int(case.plan_wish.get("lump_sum_fen") or 0) if is_there else 0


def _proposal(case: Case, today: date) -> plan.Proposal | None:
    """What the plan says; None while the budget or a debt is not known."""
    if not case.debts or case.open_debt is not None or case.budget_other_fen is None:
        return None
    return plan.propose(case, today)


def _asked(case: Case, proposal: plan.Proposal) -> int:
    """What to ask for a month, in fen: never more than there is."""
    asked = (case.plan_choice or {}).get("monthly_fen") or (proposal.ask.monthly_fen if proposal.ask else 0)
    return min(int(asked or proposal.floor_fen), proposal.floor_fen)


def monthly_of(case: Case, periods: int, today: date) -> int | None:
    """What all debts in ``periods`` instalments come to a month at the contract's price, in fen; None when unknown."""
    return plan.monthly_for(case, periods, today)


def next_call(text: str, done: Sequence[str], given: Terms, person: str) -> Call:
    """The call that ``text`` asks for by the manner's name and the level; else the first manner not practised yet."""
    read = as_meant(text)
    named = next((one.id for one in behaviours().values() if one.label_zh in read or one.id in text), None)
    fresh = [name for name in behaviours() if name not in done]
    level = level_in(read) or min(LEVELS[-1], 1 + len(done) // 4)
    return Call(named or (fresh or list(behaviours()))[0], level, _seed(person, len(done)), given)


def _seed(person: str, count: int) -> int:
    """The same person's n-th call is always the same."""
    return sum(ord(character) * place for place, character in enumerate(person, start=1)) + count


def after_practice(done: Sequence[str]) -> list[dict[str, str]]:
    """Buttons at the end: the next manner by its name, a harder one, the real call, the journey."""
    fresh = [one for name, one in behaviours().items() if name not in done][:2]
    again = [{"title": one.label_zh, "payload": line("coach.practise_words", label=one.label_zh)} for one in fresh]
    return [
        *again,
        {"title": line("coach.to_call"), "payload": f"/{Intent.LIVE_CALL}"},
        {"title": line("buttons.go_on"), "payload": f"/{Intent.ASK_NEGOTIATION}"},
    ]


def live_buttons() -> list[dict[str, str]]:
    """What is heard most, as big buttons, and the end."""
    names = ("no_policy", "asks_amount", "wait", "over")
    return [{"title": line(f"live.button_{one}"), "payload": line(f"live.words_{one}")} for one in names]


def _first_due(text: str, today: date) -> str | None:
    """The one day to come that an offer names."""
    days = [one.earliest for one in find_dates(as_meant(text), today) if one.earliest and one.earliest == one.latest]
    return next((day.isoformat() for day in days if day > today), None)


def record_of(heard: Sequence[Mapping[str, Any]], today: date) -> dict[str, Any]:
    """What the lines of a call fill in of its record: the slots and their values."""
    found: dict[str, Any] = {}
    for one in heard:
        told = read_talk(as_meant(str(one["text"])), today)
        values = {
            "record_staff": told.staff,
            "record_ticket": told.ticket,
            "record_call_back": told.call_back and told.call_back.isoformat(),
            "record_waiver": told.waiver,
            "record_waived_fen": told.waived_fen,
        }
        if one["kind"] in ("offer", "deferral"):  # the last offer counts, without what an earlier one said
            found = {name: value for name, value in found.items() if name not in OFFERED}
        if one["kind"] == "offer":
            kind = "instalments" if one["periods"] else None
            values |= {"record_kind": kind, "record_periods": one["periods"], "record_monthly_fen": one["fen"]}
            values["record_first_due"] = _first_due(str(one["text"]), today)
        if one["kind"] == "deferral":
            months = [period.low for period in find_periods(as_meant(str(one["text"]))) if period.kind == "months"]
            values |= {"record_kind": "deferral", "record_defer_months": months[0] if months else None}
        found.update({name: value for name, value in values.items() if value})
    said = [str(one["text"]) for one in heard if one["kind"] not in ("numbers", "transfer", "unclear")]
    if said:
        found["record_said"] = line("live.joined").join(said)[-LONGEST_SAID:]
    return found
