"""The search for the level payment: what closes a debt, to the fen and on every tie."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from bot.plan import Row, Start
from bot.plan.walk import closing_payment, pay_down, smallest_level


@pytest.mark.parametrize(
    ("balance", "level", "posted", "factors", "denominator", "closing"),
    [
        pytest.param(1, 0, 0, [62], 4, 17, id="62/4 = 15.5 goes to the even 16; 1 + 16"),
        pytest.param(5, 2, 0, [90], 4, 71, id="3 × 90/4 = 67.5 goes to the even 68; 3 + 68"),
        pytest.param(9, 15, 9, [30], 4, 25, id="15 covers 9 and 6; 3 × 30/4 = 22.5 goes to the even 22; 3 + 22"),
        pytest.param(11, 0, 5, [31], 2, 186, id="11 × 31/2 = 170.5 goes to the even 170; 11 + 5 + 170"),
        pytest.param(57, 21, 0, [60], 7, 345, id="36 × 60/7 = 308.57 goes up to 309; 36 + 309"),
        pytest.param(
            57, 21, 30, [60], 7, 555, id="21 of 30 is covered, 9 waits; 57 × 60/7 = 488.57 is 489; 57 + 9 + 489"
        ),
        pytest.param(1, 2, 0, [0], 1, 0, id="2 is more than is owed"),
        pytest.param(10, 10, 0, [5], 1, 0, id="exactly what is owed"),
        pytest.param(10, 3, 4, [], 1, 14, id="no payment before it"),
    ],
)
def test_what_closes_a_debt_comes_out_to_the_fen(
    balance: int, level: int, posted: int, factors: list[int], denominator: int, closing: int
) -> None:
    assert closing_payment(balance, level, posted, factors, denominator) == closing


@pytest.mark.parametrize(
    ("balance", "posted", "factors", "denominator", "level"),
    [
        pytest.param(1_200_000, 0, [0] * 11, 1, 100_000, id="without interest twelve equal parts"),
        pytest.param(100, 0, [0, 0], 1, 34, id="100/3 goes up: 34, 34, 32"),
        pytest.param(46, 199, [28], 10, 187, id="187 of 199 leave 12; 46 × 2.8 = 128.8 is 129; 46 + 12 + 129 = 187"),
        pytest.param(1, 0, [0] * 5, 1, 1, id="a fen cannot be less than a fen"),
        pytest.param(7, 3, [], 1, 10, id="one payment is everything"),
    ],
)
def test_the_level_payment_is_the_smallest_that_closes_with_no_larger_one(
    balance: int, posted: int, factors: list[int], denominator: int, level: int
) -> None:
    assert smallest_level(balance, posted, factors, denominator) == level


def test_a_payment_goes_to_the_fee_then_to_the_interest_then_to_the_principal() -> None:
    start = Start(date(2026, 11, 23), date(2026, 12, 9), 9, interest_fen=40, fee_fen=60)

    plan = pay_down(1000, 3, Fraction(0), start, lambda _n, _owed: 50)

    # 50 of 60; the other 10 and 40 of interest; then 50 of principal; 950 are left
    assert plan.rows == (
        Row(1, date(2026, 12, 9), 50, 0, 50, 0, 1000),
        Row(2, date(2027, 1, 9), 50, 40, 10, 0, 1000),
        Row(3, date(2027, 2, 9), 50, 0, 0, 50, 950),
    )
    assert plan.unpaid_fen == 950
    assert plan.as_of == date(2026, 11, 23)


def test_what_is_still_owed_of_fee_and_interest_is_unpaid_too() -> None:
    start = Start(date(2026, 11, 23), date(2026, 12, 9), 9, 2, interest_fen=40, fee_fen=60)

    plan = pay_down(1000, 1, Fraction(0), start, lambda _n, _owed: 50)

    assert (plan.unpaid_fen, plan.deferred, plan.opening_fen) == (1050, 2, 1000)


def test_the_payment_that_covers_everything_says_what_it_covered_and_ends_it() -> None:
    start = Start(date(2026, 11, 23), date(2026, 12, 9), 9, interest_fen=40, fee_fen=60)

    plan = pay_down(1000, 3, Fraction(0), start, lambda _n, owed: owed + 5)

    assert plan.rows == (Row(1, date(2026, 12, 9), 1100, 40, 60, 1000, 0),)
    assert plan.unpaid_fen == 0
