"""What a debt opens at and bears at each price, and what gathers while nothing is paid."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from bot.money import Fen
from bot.plan import Minimum, Rate, Terms, parse_case, terms_of

from .household import changed

DEBT = parse_case(
    changed({"debts.0.posted_interest_fen": 5_000, "debts.0.penalty": {"kind": "multiple", "value": "1.5"}})
).debts[0]
"""12,000 at 0.05 % a day, 3,000 of it overdue for 18 days at one and a half times that, and 50 of interest so far."""
RATE, LEAST = Rate("daily", Decimal("0.0005")), Minimum(Decimal("0.10"), Fen(1000))


def test_by_contract_everything_so_far_is_owed_and_overdue_money_bears_the_penalty() -> None:
    # 3000 × 0.00075 × 18 = 40.50; 12000 + 50 + 40.50
    assert terms_of(DEBT, "contract") == Terms(1_209_050, RATE, 300_000, Fraction(3, 4000), LEAST)


def test_without_the_penalty_all_of_it_bears_the_rate() -> None:
    assert terms_of(DEBT, "penalty_waived") == Terms(1_205_000, RATE, 0, Fraction(0), LEAST)


def test_without_interest_only_the_principal_is_owed() -> None:
    assert terms_of(DEBT, "interest_waived") == Terms(1_200_000, Rate("none"), 0, Fraction(0), LEAST)


def test_a_contract_without_a_penalty_still_owes_one_that_was_posted() -> None:
    posted = parse_case(changed({"debts.0.penalty": None, "debts.0.posted_penalty_fen": 700})).debts[0]

    assert terms_of(posted, "contract") == Terms(1_200_700, RATE, 0, Fraction(0), LEAST)
    assert terms_of(posted, "penalty_waived").opening_fen == 1_200_000


def test_interest_and_penalty_gather_apart_and_are_each_rounded_once() -> None:
    # (12090.50 − 3000) × 0.0005 × 7 = 31.81675 and 3000 × 0.00075 × 7 = 15.75
    assert terms_of(DEBT, "contract").accrued(7) == (3_182, 1_575)
