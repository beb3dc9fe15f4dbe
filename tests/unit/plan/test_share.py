"""The part of the capacity that each debt is given."""

from __future__ import annotations

import pytest

from bot.plan import Debt, parse_case
from bot.plan.share import apportion, give

from .household import changed


def debts(*priorities: bool) -> tuple[Debt, ...]:
    case = changed({"many": len(priorities)})
    for debt, priority in zip(case["debts"], priorities, strict=True):
        debt["priority"] = priority
    return parse_case(case).debts


@pytest.mark.parametrize(
    ("capacity", "priorities", "asked", "owed", "given"),
    [
        pytest.param(6, (True, False), [5, 1], [10, 1], [5, 1], id="what is asked first, the rest to the other"),
        pytest.param(17, (True, False), [5, 7], [10, 7], [10, 7], id="exactly everything owed"),
        pytest.param(5, (True, True), [4, 1], [10, 10], [4, 1], id="exactly what two priority debts ask"),
        pytest.param(9, (True, True), [4, 1], [10, 5], [6, 3], id="more than they ask: by balance alone"),
        pytest.param(3, (True, True), [4, 2], [9, 9], [2, 1], id="less than they ask: in proportion to it"),
        pytest.param(
            194_100,
            (False, True, False),
            [0, 100_000, 0],
            [1_080_000, 100_000, 120_000],
            [84_690, 100_000, 9_410],
            id="941.00 nine to one",
        ),
        pytest.param(34, (True, False), [5, 7], [10, 7], [20, 14], id="twice everything owed"),
    ],
)
def test_priority_debts_come_first_and_everything_is_given(
    capacity: int, priorities: tuple[bool, ...], asked: list[int], owed: list[int], given: list[int]
) -> None:
    assert give(capacity, debts(*priorities), asked, owed) == given


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (5, [], []),
        (5, [0, 0], [0, 0]),
        (1, [1, 2, 1], [0, 1, 0]),
        (1, [1, 1], [1, 0]),
        (2, [1, 1, 1], [1, 1, 0]),
        (10, [1, 1, 4], [2, 1, 7]),
        (20, [3, 2], [12, 8]),
    ],
)
def test_the_largest_remainders_get_the_odd_fen(total: int, weights: list[int], parts: list[int]) -> None:
    assert apportion(total, weights) == parts
