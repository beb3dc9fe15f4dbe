"""The agreements that hold: one for each debt, the latest; what is paid of them, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.journey import render
from bot.knowledge.lines import line
from bot.money import yuan
from bot.plan.calendar import months_on
from bot.records.schedule import Due, schedule
from bot.records.store import Record


@dataclass(frozen=True)
class OpenDue:
    """One instalment that is not paid yet, with the record of its agreement."""

    record: Record
    due: Due

    @property
    def about(self) -> str:
        """The debts by name; empty when they are not known."""
        return render.products(self.record.talk.products)


def in_force(records: Sequence[Record]) -> tuple[Record, ...]:
    """The agreements that hold, the oldest first: no later one is about the same debts."""
    agreed = [record for record in records if record.talk.outcome == "agreed"]
    return tuple(one for one in agreed if not _is_replaced(one, agreed))


def _is_replaced(record: Record, by: Sequence[Record]) -> bool:
    return any(one.number > record.number and one.talk.is_about(record.talk) for one in by)


def agreement(records: Sequence[Record]) -> Record | None:
    """The agreement that was made last of those that hold."""
    held = in_force(records)
    return held[-1] if held else None


def is_settled(record: Record) -> bool:
    """True when every instalment that was agreed has been paid."""
    return record.talk.periods is not None and len(record.payments) >= record.talk.periods


def open_dues(records: Sequence[Record]) -> tuple[OpenDue, ...]:
    """The instalments of the agreements that hold which are not paid yet, the soonest first."""
    found = [OpenDue(one, due) for one in in_force(records) for due in schedule(one.talk)[len(one.payments) :]]
    return tuple(sorted(found, key=lambda one: (one.due.on, one.record.number)))


def meant(records: Sequence[Record], products: Iterable[str], until: date) -> tuple[Record, ...]:
    """The agreements that somebody means who speaks of one: by name, else by what is due ``until`` that day.

    Several when that leaves a doubt; none when none holds.
    """
    held, named = in_force(records), set(products)
    if by_name := tuple(one for one in held if named.intersection(one.talk.products)):
        return by_name
    running = tuple(one for one in held if not is_settled(one))
    if len(running) <= 1:
        return running or held[-1:]
    numbers = {one.record.number for one in open_dues(records) if one.due.on <= until}
    near = tuple(one for one in running if one.number in numbers)
    return near if len(near) == 1 else running


def choices(records: Sequence[Record], words: str) -> list[dict[str, str]]:
    """A button for each agreement whose debts are known; ``words`` is the line that a person would type."""
    labels = [render.products(one.talk.products) for one in records]
    return [{"title": label, "payload": line(words, about=label)} for label in labels if label]


def monthly_fen(records: Sequence[Record]) -> int:
    """What the agreements that hold and are not settled ask for a month, as far as they say."""
    return sum(one.talk.monthly_fen or 0 for one in in_force(records) if not is_settled(one))


def next_due(record: Record) -> str:
    """When the next instalment is due and how much it is, as far as the agreement says."""
    talk, paid = record.talk, len(record.payments)
    dues = schedule(talk)
    about = render.products(talk.products)
    if paid < len(dues) and dues[paid].amount_fen is not None:
        amount = yuan(dues[paid].amount_fen or 0)
        return line("record.next_due", about=about, day=render.day(dues[paid].on), amount=amount)
    if talk.first_due is None or is_settled(record):
        return line("record.no_next")
    due = render.day(months_on(talk.first_due, paid, talk.first_due.day))
    if talk.monthly_fen is None:
        return line("record.next_due_day", about=about, day=due)
    return line("record.next_due", about=about, day=due, amount=yuan(talk.monthly_fen))
