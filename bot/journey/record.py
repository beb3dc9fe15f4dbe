"""From the record form to a record, and records in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.journey import render
from bot.journey.case import RECORD_SLOTS, Case
from bot.journey.turn import Note
from bot.knowledge.lines import line
from bot.knowledge.loader import catalog
from bot.money import yuan
from bot.plan.calendar import months_on
from bot.records.schedule import schedule
from bot.records.store import Kept, KeptDebt, Paper, Record, Talk

TIGHT = (9, 10)
"""From nine tenths of the capacity on an agreement is called tight."""


def talk_of(case: Case, at: datetime) -> Talk:
    """The talk as the form holds it; skipped answers are None."""
    moment = datetime.fromisoformat(case.record_at).replace(tzinfo=at.tzinfo) if case.record_at else at
    return Talk(
        at=moment,
        channel=str(case.record_channel),
        outcome=str(case.record_outcome),
        kind=case.record_kind,
        monthly_fen=case.record_monthly_fen or None,
        periods=case.record_periods or None,
        defer_months=case.record_defer_months or None,
        first_due=date.fromisoformat(case.record_first_due) if case.record_first_due else None,
        next_step=case.record_next or None,
        staff=case.record_staff or None,
        ticket=case.record_ticket or None,
        said=case.record_said or None,
        call_back=date.fromisoformat(case.record_call_back) if case.record_call_back else None,
        total_fen=case.record_total_fen or None,
        principal_fen=case.record_principal_fen or None,
        interest_fen=case.record_interest_fen or None,
        waived_fen=case.record_waived_fen or None,
        collection=case.record_collection,
        credit=case.record_credit,
        confirmation=case.record_confirmation,
    )


def kept_of(case: Case) -> Kept:
    """What is kept of the case beside its records."""
    papers = catalog().causes[case.situation_cause or "other"].documents if case.documents_have is not None else ()
    return Kept(
        case.situation_cause,
        case.budget_income_fen,
        case.expenses_fen if case.budget_other_fen is not None else None,
        tuple(KeptDebt(debt.product, debt.balance_fen, debt.overdue_days, debt.due_day) for debt in case.debts),
        tuple(Paper(item, paper_state(case, item)) for item in papers),
    )


def paper_state(case: Case, document: str) -> str:
    """``have``, ``substitute`` or ``missing``."""
    if document in (case.documents_have or ()):
        return "have"
    return "substitute" if document in case.documents_substitute else "missing"


def without_record(case: Case) -> Case:
    """The case with the record form emptied, ready for the next talk."""
    for slot in RECORD_SLOTS:
        case = case.with_slot(slot, None)
    return case


def rows(case: Case) -> str:
    """What the form holds, one a row, to be checked before it is saved."""
    told = [
        line("record.row", label=render.note_item(Note(slot, value)))
        for slot in RECORD_SLOTS
        if slot != "record_confirm" and (value := getattr(case, slot)) not in (None, "", 0)
    ]
    return "\n".join(told)


@dataclass(frozen=True)
class Check:
    """One remark on an agreement."""

    text: str
    is_fine: bool = False


def checks(case: Case) -> list[Check]:
    """What to think of an agreement: whether it can be kept, how it compares with the plan, whether it adds up."""
    told = [*_fits(case), *_compared(case), *(Check(text) for text in _adds_up(case))]
    if case.record_confirmation == "spoken":
        told.append(Check(line("record.spoken_only")))
    return told


def check(case: Case) -> str:
    """The same in words, with what was not asked yet."""
    told = [one.text for one in checks(case)]
    points = missing(case)
    if points:
        told.append(line("record.missing", points=line("documents.substitute_separator").join(points)))
    return "\n".join(told)


def missing(case: Case) -> list[str]:
    """The points an agreement should settle and the record does not name yet, in words."""
    if case.record_outcome != "agreed":
        return []
    told = {
        "total": case.record_total_fen or (case.record_monthly_fen and case.record_periods),
        "waived": case.record_waived_fen or case.record_kind == "waiver",
        "first_due": case.record_first_due or case.record_kind in ("waiver", "other"),
        "collection": case.record_collection,
        "credit": case.record_credit,
        "confirmation": case.record_confirmation,
        "number": case.record_staff or case.record_ticket,
    }
    return [line(f"missing.{point}") for point, value in told.items() if not value]


def _fits(case: Case) -> list[Check]:
    """Whether the instalments can be kept; nothing when that cannot be said."""
    monthly, income = case.record_monthly_fen, case.budget_income_fen
    if case.record_outcome != "agreed" or not monthly or income is None or case.budget_other_fen is None:
        return []
    capacity = max(0, income - case.expenses_fen)
    values = {"monthly": yuan(monthly), "capacity": yuan(capacity)}
    if monthly > capacity:
        over = Check(line("record.breaks", **values, over=yuan(monthly - capacity)))
        return [over, Check(line("record.over_floor", floor=yuan(capacity)))] if capacity else [over]
    if monthly * TIGHT[1] >= capacity * TIGHT[0]:
        return [Check(line("record.tight", **values))]
    return [Check(line("record.fits", **values), is_fine=True)]


def _compared(case: Case) -> list[Check]:
    """The agreement beside the plan that was chosen."""
    planned = case.plan_choice
    if case.record_outcome != "agreed" or not planned or not case.record_monthly_fen or not case.record_periods:
        return []
    is_same = (planned["monthly_fen"], planned["periods"]) == (case.record_monthly_fen, case.record_periods)
    key = "record.planned_same" if is_same else "record.planned"
    return [Check(line(key, offer=str(planned["words"])), is_same)]


def _adds_up(case: Case) -> list[str]:
    """A word when instalments and total do not match by more than the last instalment may differ."""
    monthly, periods, total = case.record_monthly_fen, case.record_periods, case.record_total_fen
    if case.record_outcome != "agreed" or not (monthly and periods and total):
        return []
    if 0 < total - monthly * (periods - 1) <= 2 * monthly:
        return []
    values = {"monthly": yuan(monthly), "sum": yuan(monthly * periods), "total": yuan(total)}
    return [line("record.sum_differs", periods=periods, **values)]


def told_of(talk: Talk) -> list[tuple[str, Any]]:
    """What a talk brought, as the form's slots with their values."""
    values = {
        "record_kind": talk.kind,
        "record_periods": talk.periods,
        "record_monthly_fen": talk.monthly_fen,
        "record_defer_months": talk.defer_months,
        "record_first_due": talk.first_due.isoformat() if talk.first_due else None,
        "record_total_fen": talk.total_fen,
        "record_principal_fen": talk.principal_fen,
        "record_interest_fen": talk.interest_fen,
        "record_waived_fen": talk.waived_fen,
        "record_collection": talk.collection,
        "record_credit": talk.credit,
        "record_confirmation": talk.confirmation,
        "record_said": talk.said,
        "record_next": talk.next_step,
        "record_call_back": talk.call_back.isoformat() if talk.call_back else None,
        "record_staff": talk.staff,
        "record_ticket": talk.ticket,
    }
    return [(slot, value) for slot, value in values.items() if value]


def terms(talk: Talk) -> str:
    """What was agreed or is to come, in one phrase."""
    told = [render.note_item(Note(slot, value)) for slot, value in told_of(talk)]
    return line("note.separator").join(told) or line("record.no_terms")


def listing(records: Sequence[Record]) -> str:
    """All records, the oldest first, each with what was paid since."""
    told = []
    for record in records:
        talk = record.talk
        told.append(
            line(
                "record.saved",
                number=record.number,
                day=render.day(talk.at.date()),
                channel=render.value_of("record_channel", talk.channel),
                outcome=render.value_of("record_outcome", talk.outcome),
                terms=terms(talk),
            )
        )
        told += [line("record.saved_payment", day=render.day(paid)) for paid in record.payments]
    return "\n".join(told)


def agreement(records: Sequence[Record]) -> Record | None:
    """The agreement that holds: the last one."""
    agreed = [record for record in records if record.talk.outcome == "agreed"]
    return agreed[-1] if agreed else None


def is_settled(record: Record) -> bool:
    """True when every instalment that was agreed has been paid."""
    return record.talk.periods is not None and len(record.payments) >= record.talk.periods


def next_due(record: Record) -> str:
    """When the next instalment is due and how much it is, as far as the agreement says."""
    talk, paid = record.talk, len(record.payments)
    dues = schedule(talk)
    if paid < len(dues) and dues[paid].amount_fen is not None:
        return line("record.next_due", day=render.day(dues[paid].on), amount=yuan(dues[paid].amount_fen or 0))
    if talk.first_due is None or is_settled(record):
        return line("record.no_next")
    due = render.day(months_on(talk.first_due, paid, talk.first_due.day))
    if talk.monthly_fen is None:
        return line("record.next_due_day", day=due)
    return line("record.next_due", day=due, amount=yuan(talk.monthly_fen))
