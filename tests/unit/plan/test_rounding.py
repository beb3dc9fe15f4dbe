"""Half to even, once; and what is dealt out adds up."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bot.plan.rounding import half_even, interest, spread


@pytest.mark.parametrize(
    ("numerator", "denominator", "whole"),
    [(1, 3, 0), (2, 3, 1), (1, 2, 0), (3, 2, 2), (5, 2, 2), (7, 2, 4), (6, 4, 2), (10, 4, 2), (0, 7, 0), (-1, 2, 0)],
)
def test_the_nearest_whole_number_and_on_a_tie_the_even_one(numerator: int, denominator: int, whole: int) -> None:
    assert half_even(numerator, denominator) == whole


def test_interest_is_rounded_once_for_all_its_days() -> None:
    # 1201 × 0.0005 × 31 = 18.6155
    assert interest(1201, Fraction(5, 10_000), 31) == 19


def test_odd_fen_come_first() -> None:
    assert spread(11, 4) == [3, 3, 3, 2]
    assert spread(2, 3) == [1, 1, 0]
