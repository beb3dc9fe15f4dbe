"""A what-if gives what the engine computes for the household that was asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import BROKE, OWED, TODAY

from bot.journey import wish
from bot.journey.case import Case, Debt
from bot.journey.household import household
from bot.journey.offers import Offer
from bot.plan import compute, parse_case

CALM = replace(OWED, debts=(Debt("huabei", 1_200_000, 0, 3),))
TWO = replace(OWED, debts=(*OWED.debts, Debt("jiebei", 800_000, 0, 9)))


def answer(case: Case, **asked: Any) -> Offer:
    """What is computed for the wish ``asked``."""
    found = wish.computed(parse_case(household(case, TODAY)), asked)
    assert found is not None
    return found


def test_without_a_wish_nothing_is_computed() -> None:
    assert wish.computed(parse_case(household(OWED, TODAY)), {}) is None


@pytest.mark.parametrize("case", [CALM, OWED, TWO])
@pytest.mark.parametrize("periods", [1, 2, 7, 24, 60])
def test_another_term_is_the_engines_option_of_that_term(case: Case, periods: int) -> None:
    option = compute(parse_case(household(case, TODAY)), [periods]).option(f"all:level:{periods}:contract")
    assert option is not None

    found = answer(case, periods=periods)
    assert (found.periods, found.monthly_fen, found.fits) == (periods, option.monthly_fen, option.feasible)


@pytest.mark.parametrize("case", [CALM, TWO])
@pytest.mark.parametrize("monthly", [60_000, 80_000, 100_000, 500_000, 5_000_000])
def test_an_amount_a_month_gives_the_shortest_term_that_keeps_it(case: Case, monthly: int) -> None:
    found = answer(case, monthly_fen=monthly)

    assert found.monthly_fen <= monthly
    assert wish.is_met(found, {"monthly_fen": monthly})
    assert found.periods == 1 or answer(case, periods=found.periods - 1).monthly_fen > monthly


def test_an_amount_that_never_clears_the_debt_gives_the_longest_plan_and_is_not_met() -> None:
    found = answer(CALM, monthly_fen=5_000)

    assert found.periods == wish.MOST_PERIODS
    assert not wish.is_met(found, {"monthly_fen": 5_000})


def test_a_deferral_may_name_its_term() -> None:
    found = answer(CALM, defer_months=3, periods=12)
    assert (found.kind, found.defer_months, found.periods) == ("deferral", 3, 12)
    assert found.first_due == date(2027, 3, 3)


def test_a_deferral_may_name_its_amount() -> None:
    found = answer(CALM, defer_months=2, monthly_fen=80_000)
    assert found.monthly_fen <= 80_000 < answer(CALM, defer_months=2, periods=found.periods - 1).monthly_fen


def test_a_deferral_alone_leaves_room() -> None:
    found = answer(CALM, defer_months=3)
    assert found.fits
    assert found.monthly_fen * 10 <= 200_000 * 9


def test_money_that_comes_once_is_paid_at_once() -> None:
    found = answer(CALM, lump_sum_fen=500_000, periods=6)
    assert (found.kind, found.lump_fen, found.lump_on) == ("lump_then", 500_000, TODAY)
    assert found.first_due == date(2026, 12, 3)


def test_money_that_comes_later_is_paid_then_and_the_waiting_costs() -> None:
    today, then = (
        answer(CALM, lump_sum_fen=500_000, periods=6),
        answer(CALM, lump_sum_fen=500_000, lump_on="2026-12-31", periods=6),
    )

    assert then.lump_on == date(2026, 12, 31)
    assert then.first_due == date(2027, 1, 3)
    # 12,000 × 0.0005 × 38 days more is owed when it comes
    assert then.total_cost_fen > today.total_cost_fen + 20_000


def test_money_that_should_have_come_already_is_paid_today() -> None:
    assert answer(CALM, lump_sum_fen=500_000, lump_on="2026-11-01").lump_on == TODAY


def test_money_that_covers_everything_clears_everything() -> None:
    found = answer(CALM, lump_sum_fen=9_000_000)
    assert (found.kind, found.total_paid_fen, found.first_due) == ("in_full", 1_200_000, TODAY)


def test_more_a_month_makes_a_dearer_plan_fit() -> None:
    assert not answer(OWED, periods=6).fits

    found = answer(OWED, extra_fen=50_000, periods=6)
    assert found.fits
    assert found.extra_fen == 50_000


def test_paying_less_at_first_is_made_up_for_later() -> None:
    found = answer(CALM, low_months=3, monthly_fen=50_000)

    assert (found.kind, found.low_months, found.first.payment_fen) == ("step_up", 3, 50_000)
    assert 50_000 < found.monthly_fen <= 200_000
    assert wish.is_met(found, {"low_months": 3, "monthly_fen": 50_000})


def test_what_the_lender_might_give_up_is_computed_without_it() -> None:
    assert answer(OWED, price="interest_waived", periods=12).total_cost_fen == 0
    assert answer(OWED, price="penalty_waived", periods=12).total_paid_fen < answer(OWED, periods=12).total_paid_fen


def test_only_the_minimum_takes_long() -> None:
    found = answer(CALM, minimum=1)
    assert found.kind == "minimum"
    assert found.periods > 36


def test_where_there_is_no_minimum_there_is_no_such_plan() -> None:
    assert wish.computed(parse_case(household(TWO, TODAY)), {"minimum": 1}) is None


def test_with_nothing_left_the_figures_are_given_and_none_fits() -> None:
    assert answer(BROKE, periods=24).monthly_fen == answer(OWED, periods=24).monthly_fen
    assert not answer(BROKE, periods=24).fits
    assert not answer(BROKE, monthly_fen=80_000).fits


@pytest.mark.parametrize("asked", [{"periods": 12}, {"periods": 9, "defer_months": 3}])
def test_an_offer_can_be_asked_for_by_what_it_is(asked: dict[str, Any]) -> None:
    assert wish.of(answer(OWED, **asked)) == asked


def test_an_offer_that_counts_on_a_waiver_is_asked_for_with_it() -> None:
    assert wish.of(answer(OWED, periods=12, price="penalty_waived")) == {"periods": 12, "price": "penalty_waived"}


def test_a_pause_cannot_be_asked_for() -> None:
    assert wish.of(replace(answer(OWED, periods=12), kind="pause")) == {}
