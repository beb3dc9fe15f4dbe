"""The month's arithmetic beyond the worked cases: an income that falls, and what is asked for to the odd fen."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.plan import Capacity, asked_fen, budget_of, compute, parse_case

from .household import changed


def asked(changes: dict[str, Any]) -> int:
    return asked_fen(parse_case(changed(changes)).debts[0])


def test_the_capacity_after_a_recovery_is_what_that_income_leaves_and_never_negative() -> None:
    def capacity(income: int) -> Capacity:
        return budget_of(parse_case(changed({"recovery": {"from": "2027-03-01", "income_fen": income}}))).capacity

    # 4559.00 go out every month.
    assert capacity(900_000) == Capacity(194_100, 444_100, date(2027, 3, 1))
    assert capacity(455_900) == Capacity(194_100, 0, date(2027, 3, 1))
    assert capacity(100_000) == Capacity(194_100, 0, date(2027, 3, 1))


def test_posted_interest_is_asked_for_with_what_is_overdue() -> None:
    # 3000 overdue, 50 of interest, 27 of penalty, 900 of the rest
    assert asked({"debts.0.posted_interest_fen": 5_000}) == 397_700


def test_the_minimum_is_never_more_than_the_rest() -> None:
    # Nothing is overdue; a floor of 20000 for a rest of 12000
    floor = {"kind": "fraction", "value": "0.10", "floor_fen": 2_000_000}
    assert asked({"debts.0.minimum": floor, "debts.0.overdue_fen": 0, "debts.0.overdue_days": 0}) == 1_200_000


def test_the_first_instalment_of_a_flat_fee_carries_the_odd_fen() -> None:
    # 100.00 in three: 33.34 first; a fee of 10 % is 10.00: 3.34 first
    flat = {
        "debts.0.rate": {"kind": "flat_fee", "value": "0.1", "periods": 3},
        "debts.0.minimum": None,
        "debts.0.principal_fen": 10_000,
        "debts.0.overdue_fen": 0,
        "debts.0.overdue_days": 0,
    }
    assert asked(flat) == 3_334 + 334


def test_a_priority_debt_takes_what_it_asks_the_others_the_rest_and_never_more_than_there_is() -> None:
    # d1 asks 3927.00 of 4441.00; 514.00 are left for d2
    case = {"debts.0.priority": True, "income_fen": 900_000, "add": {"id": "d2", "principal_fen": 100_000}}

    assert compute(parse_case(changed(case))).pro_rata == {"d1": 392_700, "d2": 51_400}


def test_no_share_is_larger_than_what_is_owed_however_much_there_is() -> None:
    case = {"debts.0.priority": True, "income_fen": 9_000_000, "add": {"id": "d2", "principal_fen": 100_000}}

    assert compute(parse_case(changed(case))).pro_rata == {"d1": 1_202_700, "d2": 100_000}


def test_what_the_others_leave_goes_to_the_priority_debt_again() -> None:
    # 3927.00 and 1000.00 of 6000.00: another 1073.00 for d1
    case = {"debts.0.priority": True, "income_fen": 1_055_900, "add": {"id": "d2", "principal_fen": 100_000}}

    assert compute(parse_case(changed(case))).pro_rata == {"d1": 500_000, "d2": 100_000}


def test_a_single_fen_to_spare_is_tight_and_not_nothing() -> None:
    assert budget_of(parse_case(changed({"income_fen": 455_901}))).level == "tight"
    assert budget_of(parse_case(changed({"income_fen": 455_900}))).level == "zero"
    assert budget_of(parse_case(changed({"income_fen": 455_899}))).level == "deficit"
    assert budget_of(parse_case(changed({"income_fen": 1, "expenses_fen": {}, "buffer_fen": 0}))).level == "tight"
