"""Whole households at the edges of what the engine takes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.plan import (
    Capacity,
    Rate,
    Start,
    compute,
    deferral,
    in_full,
    lump_then,
    needed,
    parse_case,
    pause,
    result_as_json,
    simulate,
    step_up,
    terms_of,
)

from .household import changed

WHEN = (date(2026, 11, 23), date(2026, 12, 9), 9)


def test_no_debts_is_a_household_with_nothing_to_ask() -> None:
    found = result_as_json(compute(parse_case(changed({"debts": []}))))

    assert found["options"] == found["debts"] == found["pro_rata"] == []
    assert found["level"] == "comfortable"
    assert {strategy["months"] for strategy in found["strategies"]} == {0}
    assert set(found["needed"].values()) == {0}


def test_a_debt_of_nothing_has_no_options() -> None:
    nothing = {"debts.0.principal_fen": 0, "debts.0.overdue_fen": 0, "debts.0.overdue_days": 0}

    assert compute(parse_case(changed(nothing))).options == ()


def test_a_debt_of_interest_alone_has_no_option_free_of_interest() -> None:
    only = {
        "debts.0.principal_fen": 0,
        "debts.0.overdue_fen": 0,
        "debts.0.overdue_days": 0,
        "debts.0.posted_interest_fen": 5000,
    }

    prices = {option.price for option in compute(parse_case(changed(only))).options}

    assert prices == {"contract", "penalty_waived"}


def test_two_priority_debts_alone_share_everything_and_no_more_than_they_are_owed() -> None:
    case = changed(
        {
            "debts.0.priority": True,
            "add": {"id": "d2", "priority": True, "principal_fen": 10_000, "rate": {"kind": "none"}},
        }
    )
    result = compute(parse_case(case))

    assert sum(result.pro_rata.values()) == 194_100
    # d1 asks 3927.00, d2 asks 100.00: 1941 × 100/4027 = 48.1996…, so 48.20
    assert result.pro_rata == {"d1": 189_280, "d2": 4_820}


def test_priority_debts_alone_get_what_is_left_beyond_what_they_ask() -> None:
    # It asks 3927.00; 4441.00 are there, and all of it is its to use.
    result = compute(parse_case(changed({"debts.0.priority": True, "income_fen": 900_000})))

    assert result.pro_rata == {"d1": 444_100}
    assert result.ladders[0].capacity_fen == 444_100


def test_flat_fee_debts_are_offered_with_their_fee_and_level_without_it() -> None:
    flat = {"debts.0.rate": {"kind": "flat_fee", "value": "0.088", "periods": 12}, "debts.0.minimum": None}

    found = {option.id: option for option in compute(parse_case(changed(flat))).options}

    # 12027.00 × 0.088 = 1058.376 → 1058.38; 12027/12 = 1002.25; 1058.38/12 = 88.198… → 88.20 first
    assert found["d1:flat_fee:12:contract"].monthly_fen == 109_045
    assert found["d1:flat_fee:12:contract"].total_cost_fen == 2_700 + 105_838
    assert found["all:flat_fee:12:contract"].monthly_fen == 109_045
    assert found["d1:level:12:interest_waived"].monthly_fen == 100_000
    assert "d1:equal_principal:12:contract" not in found


def test_a_deferred_flat_fee_charges_the_penalty_with_the_first_instalment() -> None:
    flat = {
        "debts.0.rate": {"kind": "flat_fee", "value": "0.12", "periods": 12},
        "debts.0.posted_penalty_fen": 0,
    }
    terms = terms_of(parse_case(changed(flat)).debts[0], "contract")

    plan = deferral(terms, 3, 12, Start(*WHEN))

    # 3000 × 0.0005 × 106 days = 159.00 on top of 1000 principal and 120 fee
    assert plan.rows[0].payment_fen == 100_000 + 12_000 + 15_900
    assert plan.rows[1].payment_fen == 112_000


def test_asked_periods_deferrals_and_order_are_added() -> None:
    case = changed({"add": {"id": "d2", "principal_fen": 50_000}})

    result = compute(parse_case(case), asked_periods=[48], asked_deferrals=[1], custom_order=["d2"])

    assert result.option("d1:level:48:contract")
    assert result.option("d1:deferral-1:12:contract")
    assert result.option("d1:nothing:12:contract") is None
    assert result.strategies[-1].order == "custom"
    assert result.strategies[-1].debts == ("d2", "d1")
    assert 48 in result.needed


def test_a_lump_sum_that_clears_one_of_two_debts() -> None:
    case = changed(
        {
            "lump_sum_fen": 300_000,
            "debts.0.priority": True,
            "debts.0.principal_fen": 200_000,
            "debts.0.overdue_fen": 200_000,
            "debts.0.overdue_days": 1,
            "add": {"id": "d2", "principal_fen": 400_000, "rate": {"kind": "none"}},
        }
    )

    found = {option.id: option for option in compute(parse_case(case)).options}

    # d1 takes 2000 + penalty 2000×0.0005 = 1.00 → 2001; 999 go to d2; 4000 − 999 = 3001 in three
    plan = found["all:lump_then:3:contract"].schedule
    assert plan.rows[0].payment_fen == 300_000
    assert [row.payment_fen for row in plan.rows[1:]] == [100_034, 100_034, 100_032]


def test_step_up_ends_early_when_the_low_payments_clear_it() -> None:
    terms = terms_of(parse_case(changed({})).debts[0], "interest_waived")

    assert len(step_up(terms, 12, 600_000, 3, Start(*WHEN)).rows) == 2


def test_a_recovery_in_the_first_month_needs_a_pause_of_one() -> None:
    case = changed({"income_fen": 455_900, "recovery": {"from": "2026-12-01", "income_fen": 900_000}})

    assert compute(parse_case(case)).ladder.pause_months == 1


def test_a_pause_and_a_payment_in_full_stand_on_their_own() -> None:
    terms = terms_of(parse_case(changed({})).debts[0], "penalty_waived")

    # 12000 × 0.0005 × 106 days = 636.00; × 16 days = 96.00
    assert pause(terms, 3, Start(*WHEN)).unpaid_fen == 1_263_600
    assert in_full(terms, Start(*WHEN)).total_paid_fen == 1_209_600
    assert lump_then(terms, 1_200_000, 3, Start(*WHEN)).total_paid_fen == 1_200_000


def test_a_debt_that_never_ends_says_at_what_capacity_it_would() -> None:
    debts = parse_case(changed({"debts.0.principal_fen": 20_000_000, "debts.0.minimum": None})).debts

    for order in ("avalanche", "pro_rata"):
        run = simulate(debts, Capacity(194_100), order, WHEN[0])
        assert run.months is None
        assert len(run.balances_fen) < 600
        assert run.ends_at_fen == needed(debts, 600, WHEN[0])


def test_a_recovery_that_comes_late_is_waited_for() -> None:
    debts = parse_case(changed({"debts.0.minimum": None})).debts

    run = simulate(debts, Capacity(0, 2_000_000, date(2031, 6, 1)), "avalanche", WHEN[0])

    assert run.months is not None
    assert run.clear_on is not None
    assert run.clear_on >= date(2031, 6, 1)


def test_past_2100_nothing_is_called_hopeless_before_its_600_months() -> None:
    debts = parse_case(changed({"debts.0.minimum": None})).debts

    assert len(simulate(debts, Capacity(0), "avalanche", date(2099, 1, 1)).balances_fen) == 600


def test_a_flat_fee_debt_has_no_rate_by_the_day() -> None:
    assert Rate("flat_fee", Decimal("0.1"), 12).per_day == 0


def test_a_multiple_of_nothing_is_nothing() -> None:
    case = changed({"debts.0.rate": {"kind": "none"}, "debts.0.penalty": {"kind": "multiple", "value": "1.5"}})

    assert terms_of(parse_case(case).debts[0], "contract").opening_fen == 1_200_000


def test_a_tiny_balance_is_not_split_into_more_instalments_than_it_lasts() -> None:
    tiny = {"debts.0.principal_fen": 5, "debts.0.overdue_fen": 0, "debts.0.overdue_days": 0}

    found = {option.id: option for option in compute(parse_case(changed(tiny))).options}

    # 2 + 2 + 1 fen in three; in six, 1 fen a month would be done after five
    assert [row.payment_fen for row in found["d1:level:3:interest_waived"].schedule.rows] == [2, 2, 1]
    assert "d1:level:6:interest_waived" not in found
