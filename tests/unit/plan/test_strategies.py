"""Paying several debts at the edges: who goes first, where the last fen goes, and when there is no end."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.plan import Capacity, Debt, parse_case, simulate

from .household import ANOTHER, changed

TODAY = date(2026, 11, 23)
FREE: dict[str, Any] = {"rate": {"kind": "none"}, "principal_fen": 100}
TENTH = {"kind": "fraction", "value": "0.10", "floor_fen": 0}


def debts(*given: dict[str, Any]) -> tuple[Debt, ...]:
    return parse_case(changed({"debts": [{**ANOTHER, "id": f"d{n}", **one} for n, one in enumerate(given, 1)]})).debts


def test_the_last_fen_goes_to_the_next_debt_in_the_same_month() -> None:
    run = simulate(debts(FREE, FREE), Capacity(101), "avalanche", TODAY)

    assert run.balances_fen == ((0, 99), (0, 0))


def test_where_the_minimums_are_not_covered_the_priority_debt_is_served_before_a_dearer_one() -> None:
    dear = {"principal_fen": 10_000, "minimum": TENTH}
    judged = {**FREE, "principal_fen": 5_000, "priority": True, "minimum": TENTH}

    # 500 of 700 go to d2; 10000 × 0.0005 × 16 days = 80; 200 are left for d1
    run = simulate(debts(dear, judged), Capacity(700), "avalanche", TODAY)

    assert run.debts == ("d2", "d1")
    assert run.balances_fen[0] == (4_500, 9_880)


def test_a_priority_debt_without_a_minimum_asks_for_everything() -> None:
    run = simulate(debts({**FREE, "minimum": TENTH}, {**FREE, "priority": True}), Capacity(105), "snowball", TODAY)

    # All of 100 to d2 before d1's tenth; 5 are left.
    assert run.balances_fen[0] == (0, 95)


def test_the_orders_differ_in_what_comes_first() -> None:
    small = {"principal_fen": 300_000, "rate": {"kind": "daily", "value": "0.0001"}, "due_day": 20}
    dear = {"principal_fen": 500_000, "rate": {"kind": "daily", "value": "0.0009"}, "due_day": 9}
    soon = {"principal_fen": 400_000, "rate": {"kind": "daily", "value": "0.0005"}, "due_day": 25}
    three = debts(small, dear, soon)

    assert simulate(three, Capacity(1), "avalanche", TODAY).debts == ("d2", "d3", "d1")
    assert simulate(three, Capacity(1), "snowball", TODAY).debts == ("d1", "d3", "d2")
    assert simulate(three, Capacity(1), "due_first", TODAY).debts == ("d3", "d2", "d1")
    assert simulate(three, Capacity(1), "pro_rata", TODAY).debts == ("d1", "d2", "d3")
    assert simulate(three, Capacity(1), "custom", TODAY, ("d3",)).debts == ("d3", "d1", "d2")
    assert simulate(three, Capacity(1), "custom", TODAY, ("d3", "d2")).debts == ("d3", "d2", "d1")


def test_shares_leave_out_a_priority_debt_that_is_paid_first() -> None:
    judged = {**FREE, "principal_fen": 50, "priority": True}

    # 50 to d3; 90 over 100 and 200 is 30 and 60
    run = simulate(debts(FREE, {**FREE, "principal_fen": 200}, judged), Capacity(140), "pro_rata", TODAY)

    assert run.debts == ("d3", "d1", "d2")
    assert run.balances_fen[0] == (0, 70, 140)


def test_a_recovery_in_the_middle_of_a_long_rise_is_given_the_time_to_work() -> None:
    # 1000 grow to about 1830 in 40 months; 40 a month then pay them off, from above the old height for long.
    run = simulate(debts({"principal_fen": 100_000}), Capacity(0, 4_000, date(2030, 3, 1)), "avalanche", TODAY)

    assert run.balances_fen[59][0] > run.balances_fen[11][0]
    assert run.months is not None


def test_a_balance_that_stands_still_never_ends() -> None:
    # Nothing is charged and nothing is paid: 48 months and the next full year are looked at, no more.
    run = simulate(debts(FREE), Capacity(0), "avalanche", TODAY)

    assert (run.months, len(run.balances_fen), run.total_interest_fen) == (None, 60, 0)
    # 100 fen in 600 months: one fen a month is enough
    assert run.ends_at_fen == 1


def test_around_2100_whose_february_has_no_29th_nothing_is_called_hopeless() -> None:
    run = simulate(debts(FREE), Capacity(0, 0, date(2095, 12, 15)), "avalanche", date(2052, 1, 1))

    assert len(run.balances_fen) == 600


def test_shares_see_that_there_is_no_end_although_one_debt_was_cleared() -> None:
    # d2 asks for all of its 100 and gets it; d1 bears 1.5 % a month of 10,000 yuan and gets 1 yuan.
    large = {"principal_fen": 1_000_000}
    everything = {"kind": "fraction", "value": "1", "floor_fen": 0}

    run = simulate(debts(large, {**FREE, "minimum": everything}), Capacity(100), "pro_rata", TODAY)

    assert run.balances_fen[0][1] == 0
    assert (run.months, len(run.balances_fen)) == (None, 60)


def test_a_flat_fee_is_owed_from_the_start() -> None:
    fee = {"principal_fen": 1_000, "rate": {"kind": "flat_fee", "value": "0.06", "periods": 6}}

    # 1000 + 60; 500, 500 and 60 are paid
    run = simulate(debts(fee), Capacity(500), "avalanche", TODAY)

    assert run.balances_fen == ((560,), (60,), (0,))
    assert (run.months, run.total_interest_fen, run.ends_at_fen) == (3, 60, None)
