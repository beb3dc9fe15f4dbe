"""What comes after a talk: days that have passed, days that are near, and the next step up after a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.journey import record, render
from bot.journey.case import Case
from bot.knowledge.lines import line
from bot.knowledge.loader import catalog
from bot.money import yuan
from bot.records.schedule import Due, schedule
from bot.records.store import Record, Reminder

SOON = timedelta(days=3)
"""From so long before an instalment on it is spoken of."""
MOMENTS = {"due": (-3, -1, 1), "callback": (0, 1)}
"""Days from a reminder's own on which it is told by itself: before an instalment and when it is past."""
STALE = timedelta(days=2)
"""What could not be told for so long is not told by itself any more."""
SHOWN = 6
"""Instalments that are listed in a message, at most."""
STEPS = ("ticket", "regulator", "mediation")
"""After the first, the second and every later refusal in a row."""


def open_dues(records: Sequence[Record]) -> tuple[Due, ...]:
    """The instalments of the agreement that holds which are not paid yet."""
    agreed = record.agreement(records)
    return schedule(agreed.talk)[len(agreed.payments) :] if agreed else ()


def noticed(records: Sequence[Record], today: date) -> str:
    """What the calendar says on coming back: instalments past or near, and answers that did not come."""
    told = [_noticed(due, today) for due in open_dues(records) if due.on <= today + SOON]
    told += _promise(records[-1], today) if records else []
    return "\n".join(told[:SHOWN])


def _noticed(due: Due, today: date) -> str:
    """One instalment that is past, due today or near."""
    if due.on == today:
        return line("noticed.today", n=due.n, amount=_amount(due))
    key = "noticed.past" if due.on < today else "noticed.soon"
    return line(key, n=due.n, day=render.day(due.on), amount=_amount(due))


def _promise(last: Record, today: date) -> list[str]:
    """An answer that was promised in the last talk: overdue, today, or still to come."""
    until = last.talk.call_back
    if until is None or last.talk.outcome == "agreed":
        return []
    values = {"day": render.day(until), "number": last.talk.ticket or last.talk.staff or line("noticed.no_number")}
    if until < today:
        return [line("noticed.silent", **values)]
    return [line("noticed.waiting", day=values["day"])]


def reminder(records: Sequence[Record], due: Reminder, today: date) -> str:
    """What ``due`` says on that day; empty when it no longer holds: paid, agreed anew, or another talk since."""
    if due.kind == "callback":
        last = records[-1] if records else None
        return "\n".join(_promise(last, today)) if last is not None and last.number == due.record else ""
    agreed = record.agreement(records)
    if agreed is None or agreed.number != due.record:
        return ""
    told = next((one for one in open_dues(records) if one.n == due.instalment), None)
    if told is None:
        return ""
    noticed_now = _noticed(told, today)
    return line("reminder.ahead", noticed=noticed_now) if told.on > today else noticed_now


def moment(kind: str, on: date, today: date) -> date | None:
    """The last of the days on which such a reminder is told by itself, as of ``today``; None when there is none.

    A day that is long past is not told any more: who comes back hears of it then (``noticed``).
    """
    days = [on + timedelta(days=days) for days in MOMENTS[kind]]
    past = [day for day in days if today - STALE <= day <= today]
    return past[-1] if past else None


def next_step(records: Sequence[Record]) -> str:
    """Where to go after the last refusal: ``STEPS`` by how many there were since something was agreed."""
    refused = 0
    for one in reversed(records):
        if one.talk.outcome == "agreed":
            break
        refused += one.talk.outcome == "refused"
    return STEPS[min(max(refused, 1), len(STEPS)) - 1]


def what_to_say(records: Sequence[Record], today: date) -> str:
    """The words for an instalment that cannot be paid, with its day and amount where they are known."""
    dues = open_dues(records)
    if not dues:
        return line("missed.say")
    late = "missed.say_late" if dues[0].on < today else "missed.say_due"
    return line(late, day=render.day(dues[0].on), amount=_amount(dues[0]))


def calendar(records: Sequence[Record]) -> str:
    """The next instalments as text, for channels without files."""
    dues = open_dues(records)
    rows = [line("calendar.row", n=due.n, day=render.day(due.on), amount=_amount(due)) for due in dues[:SHOWN]]
    if len(dues) > SHOWN:
        rows.append(line("calendar.more", count=len(dues) - SHOWN))
    return "\n".join([line("calendar.head"), *rows]) if rows else ""


def papers(case: Case) -> str:
    """The papers of this cause, each with its state; empty before the question was asked."""
    if case.documents_have is None:
        return ""
    known = catalog()
    return "\n".join(
        line("paper.row", state=line(f"paper.{record.paper_state(case, item)}"), label=known.documents[item].label_zh)
        for item in known.causes[case.situation_cause or "other"].documents
    )


def _amount(due: Due) -> str:
    return line("note.yuan", value=yuan(due.amount_fen)) if due.amount_fen else line("noticed.agreed_amount")
