"""From the record form to a record, and records in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.journey import render
from bot.journey.case import RECORD_SLOTS, Case
from bot.journey.turn import Note
from bot.knowledge.lines import line
from bot.money import yuan
from bot.plan.calendar import months_on
from bot.records.store import Record, Talk

TIGHT = (9, 10)
"""From nine tenths of the capacity on an agreement is called tight."""


def talk_of(case: Case, at: datetime) -> Talk:
    """The talk as the form holds it; skipped answers are None."""
    return Talk(
        at=at,
        channel=str(case.record_channel),
        outcome=str(case.record_outcome),
        kind=case.record_kind,
        monthly_fen=case.record_monthly_fen or None,
        periods=case.record_periods or None,
        defer_months=case.record_defer_months or None,
        first_due=date.fromisoformat(case.record_first_due) if case.record_first_due else None,
        next_step=case.record_next or None,
        staff=case.record_staff or None,
    )


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


def check(case: Case) -> str:
    """Whether the instalments agreed to can be kept; empty when that cannot be said."""
    monthly, income = case.record_monthly_fen, case.budget_income_fen
    if case.record_outcome != "agreed" or not monthly or income is None or case.budget_other_fen is None:
        return ""
    capacity = max(0, income - case.expenses_fen)
    values = {"monthly": yuan(monthly), "capacity": yuan(capacity)}
    if monthly > capacity:
        return line("record.breaks", **values, over=yuan(monthly - capacity))
    if monthly * TIGHT[1] >= capacity * TIGHT[0]:
        return line("record.tight", **values)
    return line("record.fits", **values)


def terms(talk: Talk) -> str:
    """What was agreed or is to come, in one phrase."""
    told = [
        render.note_item(Note(slot, value))
        for slot, value in (
            ("record_kind", talk.kind),
            ("record_periods", talk.periods),
            ("record_monthly_fen", talk.monthly_fen),
            ("record_defer_months", talk.defer_months),
            ("record_first_due", talk.first_due.isoformat() if talk.first_due else None),
            ("record_next", talk.next_step),
            ("record_staff", talk.staff),
        )
        if value
    ]
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
    if talk.first_due is None or is_settled(record):
        return line("record.no_next")
    due = render.day(months_on(talk.first_due, paid, talk.first_due.day))
    if talk.monthly_fen is None:
        return line("record.next_due_day", day=due)
    return line("record.next_due", day=due, amount=yuan(talk.monthly_fen))
