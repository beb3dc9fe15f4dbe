"""The engine gets the case as it was told, and for the rest what the catalogue knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import OWED, TODAY
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.journey.case import Debt
from bot.journey.household import ESTIMATED_RATE, household, is_rate_told, later, rate_of
from bot.knowledge.loader import catalog
from bot.plan import balance_fen, parse_case, penalty_fen

LATE = Debt("huabei", 1_200_000, 20, 3)
PRODUCTS = sorted(catalog().products)


def of(debt: Debt) -> dict[str, Any]:
    """``debt`` as the engine gets it."""
    found: dict[str, Any] = household(replace(OWED, debts=(debt,)), TODAY)["debts"][0]
    return found


def test_the_engine_gets_the_case_as_it_was_told() -> None:
    told = household(OWED, TODAY)

    assert told["income_fen"] == 600_000
    assert sum(told["expenses_fen"].values()) == 400_000
    assert parse_case(told)


def test_before_the_due_day_all_that_is_owed_is_principal() -> None:
    debt = of(replace(LATE, overdue_days=0))

    assert (debt["principal_fen"], debt["posted_penalty_fen"]) == (1_200_000, 0)
    assert (debt["overdue_fen"], debt["penalty"]) == (0, None)


def test_the_penalty_is_taken_out_of_what_is_owed_and_not_added_to_it() -> None:
    debt = of(LATE)

    # 11,881.19 × 0.0005 × 20 = 118.81, and both together are the 12,000 that the app shows
    assert (debt["principal_fen"], debt["posted_penalty_fen"]) == (1_188_119, 11_881)
    assert debt["overdue_fen"] == debt["principal_fen"]


def test_a_penalty_that_was_told_is_used_as_it_is() -> None:
    debt = of(replace(LATE, penalty_fen=5_000))
    assert (debt["principal_fen"], debt["posted_penalty_fen"]) == (1_195_000, 5_000)


def test_without_a_known_penalty_nothing_is_made_up() -> None:
    debt = of(Debt("credit_card", 1_200_000, 20, 3))
    assert (debt["principal_fen"], debt["posted_penalty_fen"], debt["penalty"]) == (1_200_000, 0, None)


def test_a_penalty_that_is_a_multiple_follows_the_rate_that_was_told() -> None:
    cheap, dear = (of(Debt("jiebei", 1_000_000, 30, 9, rate))["posted_penalty_fen"] for rate in ("0.0002", "0.0004"))
    assert (cheap, dear) == (8_920, 17_682)


def test_a_debt_of_nothing_is_not_late() -> None:
    case = replace(OWED, debts=(Debt("huabei", 0, 20, 3), Debt("jiebei", 100_000, 0, 3)))
    assert parse_case(household(case, TODAY)).debts[0].overdue_days == 0


@settings(max_examples=200, deadline=None)
@example("wangshangdai", 1586, 1586, "0.002", None)
@given(
    st.sampled_from(PRODUCTS),
    st.integers(1, 100_000_000),
    st.integers(0, 3_650),
    st.sampled_from([None, "0.0001", "0.0005", "0.002"]),
    st.one_of(st.none(), st.integers(0, 100_000_000)),
)
def test_principal_and_penalty_are_what_is_owed_and_the_estimate_is_the_engines(
    product: str, balance: int, days: int, rate: str | None, told: int | None
) -> None:
    case = replace(OWED, debts=(Debt(product, balance, days, 9, rate, penalty_fen=told),))
    debt = parse_case(household(case, TODAY)).debts[0]

    assert balance_fen(debt) == balance
    assert debt.principal_fen >= 1
    if told is None and debt.penalty is not None:
        engines = penalty_fen(replace(debt, posted_penalty_fen=None))
        of_a_fen = engines / debt.principal_fen  # the principal is whole fen, and the penalty of half a one is lost
        assert abs(engines - penalty_fen(debt)) <= 1 + of_a_fen / 2


@pytest.mark.parametrize(
    ("debt", "rate", "told"),
    [
        (Debt("jiebei", 1, 0, 9), {"kind": "daily", "value": ESTIMATED_RATE}, False),
        (Debt("huabei", 1, 0, 9), {"kind": "daily", "value": "0.0005"}, False),
        (Debt("huabei", 1, 0, 9, "0.0003"), {"kind": "daily", "value": "0.0003"}, True),
        (Debt("huabei", 1, 0, 9, annual_rate="0.15"), {"kind": "annual", "value": "0.15"}, True),
    ],
)
def test_a_rate_is_the_one_told_else_the_catalogues_else_an_estimate(
    debt: Debt, rate: dict[str, str], told: bool
) -> None:
    assert rate_of(debt) == rate
    assert is_rate_told(debt) is told


@pytest.mark.parametrize("product", PRODUCTS)
@pytest.mark.parametrize("days", [0, 40])
def test_what_the_catalogue_says_of_every_product_is_understood_by_the_engine(product: str, days: int) -> None:
    known = catalog().products[product]
    debt = parse_case(household(replace(OWED, debts=(Debt(product, 100_000, days, 9),)), TODAY)).debts[0]

    assert (debt.minimum is None) is (known.minimum is None)
    assert (debt.penalty is None) is (known.penalty is None or not days)


def test_waiting_posts_the_interest_of_a_debt_that_is_not_late() -> None:
    given = parse_case(household(replace(OWED, debts=(replace(LATE, overdue_days=0),)), TODAY))
    waited = later(given, date(2026, 12, 31))

    # 12,000 × 0.0005 × 38 days
    assert balance_fen(waited.debts[0]) - balance_fen(given.debts[0]) == 22_800
    assert waited.as_of == date(2026, 12, 31)
    assert waited.debts[0].overdue_days == 0


def test_waiting_posts_the_penalty_of_a_debt_that_is_late() -> None:
    given = parse_case(household(replace(OWED, debts=(Debt("jiebei", 1_000_000, 30, 9, "0.0004"),)), TODAY))
    waited = later(given, date(2026, 12, 3))

    # 9,823.18 × 0.0004 × 1.5 × 10 days
    assert penalty_fen(waited.debts[0]) - penalty_fen(given.debts[0]) == 5_894
    assert waited.debts[0].overdue_days == 40
