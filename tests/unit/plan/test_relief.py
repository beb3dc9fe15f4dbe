"""Deferrals, pauses and lump sums on their own: where they start, what they carry over, what they call their rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.plan import Row, Schedule, Start, deferral, in_full, lump_then, parse_case, pause, step_up, terms_of
from bot.plan.relief import put_off

from .household import changed

TODAY = date(2026, 11, 23)
START = Start(TODAY, date(2026, 12, 9), 9)
TERMS = terms_of(parse_case(changed({})).debts[0], "penalty_waived")
"""12,000 yuan at 0.05 % a day."""


def test_a_pause_is_one_row_that_only_posts() -> None:
    plan = pause(TERMS, 3, START)

    # 12000 × 0.0005 × 106 days = 636.00
    assert plan.rows == (Row(1, date(2027, 3, 9), 0, 63_600, 0, -63_600, 1_263_600),)
    assert (plan.as_of, plan.opening_fen, plan.deferred, plan.unpaid_fen) == (TODAY, 1_200_000, 3, 1_263_600)


def test_a_pause_without_a_rate_posts_nothing() -> None:
    free = terms_of(parse_case(changed({})).debts[0], "interest_waived")

    assert pause(free, 3, START).rows == (Row(1, date(2027, 3, 9), 0, 0, 0, 0, 1_200_000),)


def test_a_lump_sum_that_pays_everything_is_one_row_of_today() -> None:
    plan = lump_then(TERMS, 1_200_000, 3, START)

    assert plan.rows == (Row(0, TODAY, 1_200_000, 0, 0, 1_200_000, 0),)
    assert (plan.as_of, plan.opening_fen, plan.unpaid_fen) == (TODAY, 1_200_000, 0)


def test_after_a_lump_sum_the_rest_is_split_as_asked() -> None:
    plan = lump_then(TERMS, 300_000, 3, START, then="equal_principal")

    # 9000 in three: 3000 each; 9000 × 0.0005 × 16 = 72.00, 6000 × 0.0005 × 31 = 93.00, 3000 × 0.0005 × 31 = 46.50
    assert [row.payment_fen for row in plan.rows] == [300_000, 307_200, 309_300, 304_650]


def test_a_lump_sum_before_a_deferral_keeps_its_months_without_payment() -> None:
    plan = lump_then(TERMS, 300_000, 3, put_off(replace(TERMS, opening_fen=900_000), 3, START))

    assert (plan.deferred, plan.unpaid_fen) == (3, 0)
    # 9000 × 0.0005 × 106 = 477.00
    assert plan.rows[1].due == date(2027, 3, 9)
    assert plan.rows[1].interest_fen == 47_700


def test_every_way_to_split_a_deferred_debt_counts_the_months_without_payment() -> None:
    flat = {"debts.0.rate": {"kind": "flat_fee", "value": "0.12", "periods": 12}}
    fee = terms_of(parse_case(changed(flat)).debts[0], "penalty_waived")

    assert deferral(TERMS, 3, 6, START).deferred == 3
    assert deferral(TERMS, 3, 6, START, then="equal_principal").deferred == 3
    assert deferral(fee, 3, 6, START).deferred == 3


def test_paid_in_full_today_is_one_row_and_costs_nothing() -> None:
    assert in_full(TERMS, START, 1_200_000) == Schedule(
        TODAY, 1_200_000, (Row(1, TODAY, 1_200_000, 0, 0, 1_200_000, 0),)
    )


def test_without_a_lump_sum_even_a_fen_is_paid_on_the_due_date() -> None:
    assert in_full(replace(TERMS, opening_fen=1), START).rows == (Row(1, START.first_due, 1, 0, 0, 1, 0),)


def test_equal_parts_after_a_deferral_carry_what_was_posted_on_the_first_of_them() -> None:
    case = {"debts.0.overdue_fen": 600_000, "debts.0.overdue_days": 1, "debts.0.posted_penalty_fen": 0}
    late = terms_of(
        parse_case(changed({**case, "debts.0.penalty": {"kind": "daily", "value": "0.001"}})).debts[0], "contract"
    )

    # To 9 March are 106 days: 6000 × 0.0005 × 106 = 318.00 of interest and 6000 × 0.001 × 106 = 636.00 of penalty.
    # Then 8000 × 0.0005 × 31 = 124.00 and 4000 × 0.0005 × 30 = 60.00.
    assert deferral(late, 3, 3, START, then="equal_principal").rows == (
        Row(1, date(2027, 3, 9), 495_400, 31_800, 63_600, 400_000, 800_000),
        Row(2, date(2027, 4, 9), 412_400, 12_400, 0, 400_000, 400_000),
        Row(3, date(2027, 5, 9), 406_000, 6_000, 0, 400_000, 0),
    )


def test_low_payments_that_do_not_cover_the_interest_leave_it_waiting_without_interest_of_its_own() -> None:
    # 12000 × 0.0005 × 16 = 96.00 of which 50 is paid; 46 wait; then 31 days: 186.00.
    plan = step_up(TERMS, 4, 5_000, 2, START)

    assert plan.rows[:2] == (
        Row(1, date(2026, 12, 9), 5_000, 5_000, 0, 0, 1_200_000),
        Row(2, date(2027, 1, 9), 5_000, 5_000, 0, 0, 1_200_000),
    )
    # 46.00 + 186.00 − 50.00 = 182.00 wait, and 31 days more post 186.00
    assert plan.rows[2].interest_fen == 36_800
    assert sum(row.principal_fen for row in plan.rows) == 1_200_000
    assert plan.rows[3].payment_fen <= plan.rows[2].payment_fen <= plan.rows[3].payment_fen + 2
