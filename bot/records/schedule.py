"""The instalments of an agreement: each day with its amount."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.plan.calendar import months_on
from bot.records.store import Talk

MOST = 360
"""Instalments that are written out, at most."""


@dataclass(frozen=True)
class Due:
    """One instalment as it was agreed."""

    n: int
    """From 1."""
    on: date
    amount_fen: int | None


def schedule(talk: Talk) -> tuple[Due, ...]:
    """The instalments of ``talk``; none when the number or the first day of them is not known.

    A total that was agreed decides the last amount, unless that would be more than one instalment or nothing.
    """
    if talk.outcome != "agreed" or talk.first_due is None:
        return ()
    count = min(talk.periods or 1, MOST)
    if talk.periods is None and talk.kind != "deferral":
        return ()
    first = talk.first_due
    dues = [Due(n, months_on(first, n - 1, first.day), talk.monthly_fen) for n in range(1, count + 1)]
    if talk.monthly_fen and talk.total_fen:
        last = talk.total_fen - talk.monthly_fen * (count - 1)
        if 0 < last <= 2 * talk.monthly_fen:
            dues[-1] = Due(count, dues[-1].on, last)
    return tuple(dues)
