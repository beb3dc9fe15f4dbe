"""What the values work out about themselves: a month's capacity, a schedule's rates, the ends of an option."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import pyxirr

from bot.plan import Capacity, Option, Penalty, Rate, Row, Schedule

TODAY = date(2026, 11, 23)
DUE = [date(2026, 12, 9), date(2027, 1, 9), date(2027, 2, 9)]


def schedule(payments: list[int], opening: int, lump: int = 0, deferred: int = 0, unpaid: int = 0) -> Schedule:
    """Payments on the 9th, whatever they go to; a lump sum today in front of them."""
    rows = [Row(n, due, paid, 0, 0, paid, 0) for n, (due, paid) in enumerate(zip(DUE, payments, strict=True), 1)]
    first = [Row(0, TODAY, lump, 0, 0, lump, opening - lump)] if lump else []
    return Schedule(TODAY, opening, (*first, *rows), deferred, unpaid)


@pytest.mark.parametrize(
    ("day", "fen"),
    [
        (date(2027, 2, 28), 100),
        (date(2027, 3, 1), 40),
        (date(2027, 3, 19), 40),
        (date(2027, 4, 1), 40),
        (date(2026, 12, 31), 100),
        (date(2028, 1, 1), 40),
    ],
)
def test_the_capacity_changes_with_the_whole_month_of_the_recovery(day: date, fen: int) -> None:
    assert Capacity(100, 40, date(2027, 3, 20)).on(day) == fen


def test_the_least_capacity_is_that_of_the_poorer_time() -> None:
    assert Capacity(100, 40, date(2027, 3, 20)).least_fen == 40
    assert Capacity(100, 140, date(2027, 3, 20)).least_fen == 100
    assert Capacity(100).least_fen == 100
    assert Capacity(100).on(date(2100, 1, 1)) == 100


def test_a_day_costs_what_its_rate_says() -> None:
    assert Rate("daily", Decimal("0.0005")).per_day * 2000 == 1
    assert Rate("annual", Decimal("0.365")).per_day * 1000 == 1
    assert Rate("flat_fee", Decimal("0.1"), 12).per_day == Rate("none").per_day == 0


def test_a_penalty_is_a_rate_of_its_own_or_a_multiple_of_the_daily_one() -> None:
    rate = Rate("daily", Decimal("0.0005"))

    assert Penalty("daily", Decimal("0.001")).per_day(rate) * 1000 == 1
    assert Penalty("multiple", Decimal("1.5")).per_day(rate) * 4000 == 3


def test_what_is_unpaid_counts_as_cost() -> None:
    plan = schedule([400, 400, 300], 1000, unpaid=7)

    assert (plan.total_paid_fen, plan.cost_fen) == (1100, 107)


def test_the_rates_are_those_of_the_cash_flows() -> None:
    plan = schedule([350_000, 350_000, 340_000], 1_000_000)

    flows = [-1_000_000, 350_000, 350_000, 340_000]
    assert float(plan.apr_nominal) == pytest.approx(12 * pyxirr.irr(flows), abs=1e-6)
    assert float(plan.apr_effective) == pytest.approx(pyxirr.xirr([TODAY, *DUE], flows), abs=1e-6)


def test_a_lump_sum_of_today_was_never_borrowed() -> None:
    plan = schedule([300_000, 300_000, 330_000], 1_000_000, lump=100_000)

    flows = [-900_000, 300_000, 300_000, 330_000]
    assert float(plan.apr_nominal) == pytest.approx(12 * pyxirr.irr(flows), abs=1e-6)
    assert float(plan.apr_effective) == pytest.approx(pyxirr.xirr([TODAY, *DUE], flows), abs=1e-6)


def test_deferred_months_pay_nothing_and_a_remainder_is_paid_at_the_end() -> None:
    plan = schedule([300_000, 300_000, 330_000], 1_000_000, deferred=2, unpaid=150_000)

    flows = [-1_000_000, 0, 0, 300_000, 300_000, 480_000]
    assert float(plan.apr_nominal) == pytest.approx(12 * pyxirr.irr(flows), abs=1e-6)
    by_day = pyxirr.xirr([TODAY, *DUE], [-1_000_000, 300_000, 300_000, 480_000])
    assert float(plan.apr_effective) == pytest.approx(by_day, abs=1e-6)


def test_without_cost_both_rates_are_nothing() -> None:
    plan = schedule([400, 300, 300], 1000)

    assert str(plan.apr_nominal) == str(plan.apr_effective) == "0.000000"


def test_an_option_leaves_the_lump_sum_out_of_its_months() -> None:
    plan = schedule([30, 40, 35], 1100, lump=1000, unpaid=9)
    option = Option("id", "lump_then", "d1", 3, "contract", 1050, plan, None)

    assert (option.monthly_fen, option.last_fen, option.first_due) == (40, 35, DUE[0])
    assert option.total_cost_fen == 1105 + 9 - 1050
    assert option.feasible
    assert not Option("id", "lump_then", "d1", 3, "contract", 1050, plan, DUE[1]).feasible
