"""What comes after a talk: days that have passed, days that are near, and the next step up after a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.journey import record, render
from bot.journey.agreements import OpenDue, open_dues
from bot.journey.case import Case
from bot.knowledge.lines import line
from bot.knowledge.loader import catalog
from bot.money import yuan
from bot.records.schedule import Due
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


def noticed(records: Sequence[Record], today: date) -> str:
    """What the calendar says on coming back: instalments past or near, and answers that did not come."""
    told = [_noticed(one, today) for one in open_dues(records) if one.due.on <= today + SOON]
    for place, one in enumerate(records):
        if not any(one.talk.is_about(later.talk) for later in records[place + 1 :]):
            told += _promise(one, today)
    return "\n".join(told[:SHOWN])


def _noticed(one: OpenDue, today: date) -> str:
    """One instalment that is past, due today or near."""
    about, due = _of(one.about), one.due
    if due.on == today:
        return line("noticed.today", about=about, n=due.n, amount=_amount(due))
    key = "noticed.past" if due.on < today else "noticed.soon"
    return line(key, about=about, n=due.n, day=render.day(due.on), amount=_amount(due))


def _of(about: str) -> str:
    return line("noticed.about", about=about) if about else ""


def _promise(last: Record, today: date) -> list[str]:
    """An answer that was promised in a talk: overdue, today, or still to come."""
    until = last.talk.call_back
    if until is None or last.talk.outcome == "agreed":
        return []
    about = render.products(last.talk.products)
    told = line("noticed.asked_about", about=about) if about else ""
    if until >= today:
        return [told + line("noticed.waiting", day=render.day(until))]
    number = last.talk.ticket or last.talk.staff or line("noticed.no_number")
    return [told + line("noticed.silent", day=render.day(until), number=number)]


def reminder(records: Sequence[Record], due: Reminder, today: date) -> str:
    """What ``due`` says on that day; empty when it no longer holds: paid, agreed anew, or another talk since."""
    if due.kind == "callback":
        asked = next((one for one in records if one.number == due.record), None)
        is_last = asked and not any(asked.talk.is_about(one.talk) for one in records if one.number > asked.number)
        return "\n".join(_promise(asked, today)) if asked and is_last else ""
    mine = (one for one in open_dues(records) if one.record.number == due.record and one.due.n == due.instalment)
    told = next(mine, None)
    if told is None:
        return ""
    noticed_now = _noticed(told, today)
    return line("reminder.ahead", noticed=noticed_now) if told.due.on > today else noticed_now


def moment(kind: str, on: date, today: date) -> date | None:
    """The last of the days on which such a reminder is told by itself, as of ``today``; None when there is none.

    A day that is long past is not told any more: who comes back hears of it then (``noticed``).
    """
    days = [on + timedelta(days=days) for days in MOMENTS[kind]]
    past = [day for day in days if today - STALE <= day <= today]
    return past[-1] if past else None


def next_step(records: Sequence[Record]) -> str:
    """Where to go after the last refusal: ``STEPS`` by how many there were on its debts since something was agreed."""
    refused = 0
    for one in reversed([one for one in records if one.talk.is_about(records[-1].talk)]):
        if one.talk.outcome == "agreed":
            break
        refused += one.talk.outcome == "refused"
    return STEPS[min(max(refused, 1), len(STEPS)) - 1]


def step_since(records: Sequence[Record], agreed: Record) -> str | None:
    """Where to go when, since ``agreed``, a talk about its debts ended in a refusal; None when none did."""
    since = [one for one in records if one.number > agreed.number and one.talk.is_about(agreed.talk)]
    return next_step(records[: records.index(since[-1]) + 1]) if since and since[-1].talk.outcome == "refused" else None


def what_to_say(records: Sequence[Record], today: date) -> str:
    """The words for an instalment of ``records`` that cannot be paid, with its day and amount where they are known."""
    dues = open_dues(records)
    if not dues:
        return line("missed.say")
    due = dues[0].due
    late = "missed.say_late" if due.on < today else "missed.say_due"
    return line(late, about=dues[0].about, day=render.day(due.on), amount=_amount(due))


def calendar(records: Sequence[Record]) -> str:
    """The next instalments as text, for channels without files."""
    dues = open_dues(records)
    rows = [
        line("calendar.row", about=one.about, n=one.due.n, day=render.day(one.due.on), amount=_amount(one.due))
        for one in dues[:SHOWN]
    ]
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
