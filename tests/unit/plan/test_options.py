"""Which options a household gets, and which it does not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.plan import Option, compute, parse_case
from bot.plan.options import pause_months

from .household import changed

FREE = {"debts.0.rate": {"kind": "none"}, "debts.0.penalty": None, "debts.0.overdue_fen": 0, "debts.0.overdue_days": 0}
"""12,000 yuan that bear nothing; 1,941 a month."""
FLAT = {"debts.0.rate": {"kind": "flat_fee", "value": "0.12", "periods": 12}, "debts.0.minimum": None}
LATER = {"recovery": {"from": "2027-03-01", "income_fen": 900_000}}


def options(*changes: dict[str, Any], **more: Any) -> dict[str, Option]:
    merged = {key: value for change in changes for key, value in change.items()}
    return {option.id: option for option in compute(parse_case(changed(merged)), **more).options}


def kinds(*changes: dict[str, Any], debt: str = "d1") -> set[str]:
    return {option.kind for option in options(*changes).values() if option.debt == debt}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, {"in_full", "level", "equal_principal", "deferral", "minimum"}, id="an ordinary debt"),
        pytest.param(FLAT, {"in_full", "level", "flat_fee", "deferral"}, id="a flat fee: level only without interest"),
        pytest.param(
            {"debts.0.minimum": None}, {"in_full", "level", "equal_principal", "deferral"}, id="without a minimum"
        ),
        pytest.param(
            {"lump_sum_fen": 1},
            {"in_full", "level", "equal_principal", "deferral", "minimum", "lump_then"},
            id="with a fen in hand",
        ),
        pytest.param(
            LATER,
            {"in_full", "level", "equal_principal", "deferral", "minimum", "step_up"},
            id="with a better income to come",
        ),
        pytest.param(
            {"recovery": {"from": "2026-12-01", "income_fen": 900_000}},
            {"in_full", "level", "equal_principal", "deferral", "minimum"},
            id="a better income before the first payment is no step",
        ),
        pytest.param(
            {"recovery": {"from": "2027-01-01", "income_fen": 900_000}},
            {"in_full", "level", "equal_principal", "deferral", "minimum", "step_up"},
            id="a better income after one payment is one",
        ),
        pytest.param({"income_fen": 0}, {"pause"}, id="nothing to pay with"),
        pytest.param({"income_fen": 0, "lump_sum_fen": 1_202_699}, {"pause", "in_full"}, id="cash for a cheaper price"),
        pytest.param(
            {**FLAT, **LATER}, {"in_full", "level", "flat_fee", "deferral", "step_up"}, id="flat, then better"
        ),
    ],
)
def test_a_debt_gets_these_kinds_and_no_others(changes: dict[str, Any], expected: set[str]) -> None:
    assert kinds(changes) == expected


def test_with_nothing_a_month_only_the_price_that_the_cash_covers_is_offered_in_full() -> None:
    found = options({"income_fen": 0, "lump_sum_fen": 1_202_699})

    # 12027.00 by contract is a fen more than there is; 12000.00 without the penalty is not.
    assert "d1:in_full:1:contract" not in found
    assert found["d1:in_full:1:penalty_waived"].schedule.rows[0].due == date(2026, 11, 23)


def test_an_ordinary_and_a_flat_fee_debt_together_are_level_and_nothing_else_at_a_price() -> None:
    mixed = {**FREE, "add": {"id": "d2", "rate": {"kind": "flat_fee", "value": "0.12", "periods": 12}}}

    found = options(mixed, LATER)

    assert {option.kind for option in found.values() if (option.debt, option.price) == ("all", "contract")} == {
        "in_full",
        "level",
        "deferral",
    }
    # 12000/12 = 1000 for d1, and for d2 1000 and 12000 × 0.12 / 12 = 120
    assert found["all:level:12:contract"].monthly_fen == 212_000
    assert found["all:level:12:interest_waived"].monthly_fen == 200_000
    assert "all:step_up:12:interest_waived" in found


def test_minimums_of_two_debts_are_added_up_and_one_without_spoils_it() -> None:
    second = {"id": "d2", "principal_fen": 300_000, "rate": {"kind": "none"}}
    tenth = {"kind": "fraction", "value": "0.10", "floor_fen": 1000}

    both = options(FREE, {"add": {**second, "minimum": tenth}})

    # A tenth of 12000 and of 3000, then a tenth of 10800 and of 2700.
    rows = next(option for option in both.values() if (option.debt, option.kind) == ("all", "minimum")).schedule.rows
    assert (rows[0].payment_fen, rows[1].payment_fen) == (150_000, 135_000)
    assert "minimum" not in kinds(FREE, {"add": second}, debt="all")


def test_a_schedule_that_does_not_end_fails_on_its_last_day() -> None:
    endless = {"debts.0.minimum": {"kind": "fraction", "value": "0.01", "floor_fen": 0}}

    option = next(option for option in options(endless).values() if option.kind == "minimum" and option.debt == "d1")

    # 0.05 % a day is 1.5 % a month: more than the hundredth that is paid.
    assert option.periods == 120
    assert option.fails_on == option.schedule.rows[-1].due == date(2036, 11, 9)
    assert not option.feasible


def test_a_deferral_waits_until_the_recovery_and_as_long_as_was_asked() -> None:
    found = options(LATER, asked_deferrals=[1, 5])

    assert {option.id.split(":")[1] for option in found.values() if option.kind == "deferral"} == {
        "deferral-1",
        "deferral-3",
        "deferral-5",
    }
    # From 9 December to March are 3 months.
    assert found["d1:deferral-3:12:contract"].first_due == date(2027, 3, 9)
    assert found["d1:deferral-5:12:contract"].first_due == date(2027, 5, 9)


def test_a_step_up_pays_what_there_is_until_the_recovery_and_is_only_offered_when_it_rises() -> None:
    found = options(FREE, LATER)

    # 1941 × 3 = 5823 are paid by March; 6177 in 3 is 2059.00, in 6 is 1029.50, which is no step up.
    assert [row.payment_fen for row in found["d1:step_up:6:contract"].schedule.rows] == [194_100] * 3 + [205_900] * 3
    assert "d1:step_up:9:contract" not in found
    assert "d1:step_up:3:contract" not in found


def test_a_step_up_that_stays_equal_is_none() -> None:
    # 4559 + 1000: 3000 by March and 9000 in 9 is 1000 again, as a level plan of 12 is.
    assert "d1:step_up:12:contract" not in options(FREE, LATER, {"income_fen": 555_900})
    assert "d1:step_up:12:contract" in options(FREE, LATER, {"income_fen": 555_800})


def test_a_lump_sum_that_covers_everything_leaves_nothing_to_split() -> None:
    assert "lump_then" not in kinds(FREE, {"lump_sum_fen": 1_200_000})
    assert "lump_then" in kinds(FREE, {"lump_sum_fen": 1_199_000})


def test_what_is_paid_today_is_not_held_against_the_month() -> None:
    # 10000 today, the rest of 2000 in three of 666.67 with 700 a month
    found = options(FREE, {"lump_sum_fen": 1_000_000, "income_fen": 525_900})

    option = found["d1:lump_then:3:contract"]
    assert (option.feasible, option.monthly_fen) == (True, 66_667)


def test_a_payment_of_exactly_the_capacity_fits() -> None:
    # 12000/12 = 1000.00 with 1000.00 and with 999.99
    assert options(FREE, {"income_fen": 555_900})["d1:level:12:contract"].feasible
    assert not options(FREE, {"income_fen": 555_899})["d1:level:12:contract"].feasible


def test_the_principal_is_what_cost_is_measured_against_for_all_debts_too() -> None:
    found = options({"debts.0.posted_interest_fen": 5_000, "add": {"id": "d2", "rate": {"kind": "none"}}})

    assert found["d1:level:12:contract"].principal_fen == 1_200_000
    assert found["all:level:12:contract"].principal_fen == 2_400_000
    # 50 of interest so far and 27 of penalty are paid on the way
    assert found["all:in_full:1:interest_waived"].total_cost_fen == 0


@pytest.mark.parametrize(
    ("since", "months"),
    [
        (None, 3),
        (date(2026, 11, 30), 1),
        (date(2026, 12, 31), 1),
        (date(2027, 1, 1), 1),
        (date(2027, 2, 1), 2),
        (date(2028, 12, 9), 24),
    ],
)
def test_a_pause_lasts_to_the_month_of_the_recovery_at_least_one_month(since: date | None, months: int) -> None:
    assert pause_months(date(2026, 12, 9), since) == months


def test_a_pause_is_named_after_its_months() -> None:
    found = options({"income_fen": 0, "recovery": {"from": "2027-02-01", "income_fen": 900_000}})

    option = found["d1:pause:2:contract"]
    assert (option.kind, option.periods, option.feasible) == ("pause", 2, True)


def test_equal_parts_of_the_principal_fall_with_the_interest() -> None:
    found = options({"debts.0.penalty": None, "debts.0.overdue_fen": 0, "debts.0.overdue_days": 0})

    # 4000 each; 12000 × 0.0005 × 16 = 96.00, 8000 × 0.0005 × 31 = 124.00, 4000 × 0.0005 × 31 = 62.00
    rows = found["d1:equal_principal:3:contract"].schedule.rows
    assert [row.payment_fen for row in rows] == [409_600, 412_400, 406_200]


def test_after_the_recovery_a_payment_of_exactly_the_new_capacity_fits() -> None:
    # 500 a month three times; 10500 in three is 3500.00: 8059 − 4559, and a fen less is not enough.
    assert options(FREE, {"income_fen": 505_900, "recovery": {"from": "2027-03-01", "income_fen": 805_900}})[
        "d1:step_up:6:contract"
    ].feasible
    short = options(FREE, {"income_fen": 505_900, "recovery": {"from": "2027-03-01", "income_fen": 805_899}})
    assert short["d1:step_up:6:contract"].fails_on == date(2027, 3, 9)
