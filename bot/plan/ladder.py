"""What to ask for, what to accept, and what not to agree to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.plan.model import CONTRACT, PENALTY_WAIVED, Option
from bot.plan.options import Table

ASK_PERCENT = 70
ACCEPT_PERCENT = 90
INSTALMENTS = ("level", "flat_fee")
"""The kinds a rung may be: equal instalments from the first due date on."""


@dataclass(frozen=True)
class Ladder:
    """The rungs for one debt, or for all together."""

    debt: str
    capacity_fen: int
    """What there is for it a month now."""
    ask: Option | None
    """Penalty waived, the shortest plan of at most 70 % of the capacity."""
    accept: Option | None
    """At the contract price, the shortest plan of at most 90 %."""
    floor_fen: int
    """The most to agree to, a month: 100 %. A plan above it will break."""
    floor: Option | None
    """The shortest plan at the contract price that fits in every month."""
    pause_months: int | None
    """With no capacity: ask for a pause of so many months. ``None`` when there is some."""


def ladder_for(table: Table, options: Iterable[Option]) -> Ladder:
    """The ladder of ``table``, chosen among its own ``options``; a rung that nothing fits is ``None``.

    A rung must also be feasible in every month, so an income that is going to fall is not promised away.
    """
    capacity = table.capacity.now_fen
    plans = sorted((option for option in options if option.kind in INSTALMENTS), key=lambda option: option.periods)
    return Ladder(
        debt=table.name,
        capacity_fen=capacity,
        ask=_shortest(plans, PENALTY_WAIVED, capacity, ASK_PERCENT),
        accept=_shortest(plans, CONTRACT, capacity, ACCEPT_PERCENT),
        floor_fen=capacity,
        floor=_shortest(plans, CONTRACT, capacity, 100),
        pause_months=table.pause_months if capacity == 0 else None,
    )


def _shortest(plans: Sequence[Option], price: str, capacity_fen: int, percent: int) -> Option | None:
    for option in plans:
        if option.price == price and option.feasible and option.monthly_fen * 100 <= capacity_fen * percent:
            return option
    return None
