"""The JSON of a result, part by part: every key with its value and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from bot.plan import compute, option_as_json, parse_case, result_as_json

from .household import changed

TWO = {
    "income_fen": 515_900,
    "debts.0.principal_fen": 100_000,
    "debts.0.overdue_fen": 0,
    "debts.0.overdue_days": 0,
    "debts.0.minimum": None,
    "debts.0.penalty": None,
    "add": {"id": "d2", "principal_fen": 50_000, "rate": {"kind": "none"}, "due_day": 25, "posted_penalty_fen": 300},
}
"""600 yuan a month for 1,000 at 0.05 % a day due on the 9th and 500 + 3 of penalty without interest on the 25th."""


@pytest.fixture
def result() -> dict[str, Any]:
    return result_as_json(compute(parse_case(changed(TWO))))


def test_the_debts_say_what_they_ask_and_what_they_are_given(result: dict[str, Any]) -> None:
    # 600 × 1000/1503 = 399.2016 and 600 × 503/1503 = 200.7984
    assert result["debts"] == [
        {
            "id": "d1",
            "principal_fen": 100_000,
            "posted_interest_fen": 0,
            "penalty_fen": 0,
            "penalty_estimated": True,
            "balance_fen": 100_000,
            "asked_fen": 100_000,
            "capacity_fen": 39_920,
            "next_due": "2026-12-09",
            "priority": False,
        },
        {
            "id": "d2",
            "principal_fen": 50_000,
            "posted_interest_fen": 0,
            "penalty_fen": 300,
            "penalty_estimated": False,
            "balance_fen": 50_300,
            "asked_fen": 50_300,
            "capacity_fen": 20_080,
            "next_due": "2026-11-25",
            "priority": False,
        },
    ]
    assert result["pro_rata"] == [
        {"debt": "d1", "share_fen": 39_920, "balance_fen": 100_000},
        {"debt": "d2", "share_fen": 20_080, "balance_fen": 50_300},
    ]


def test_an_option_says_all_of_its_schedule() -> None:
    # 400 overdue at 0.1 % a day for 106 days: 42.40 of penalty; 600 × 0.0005 × 106 = 31.80 of interest.
    late = {"debts.0.overdue_fen": 40_000, "debts.0.overdue_days": 1, "debts.0.posted_penalty_fen": 0}
    penalty = {"debts.0.penalty": {"kind": "daily", "value": "0.001"}}
    option = compute(parse_case(changed({**TWO, **late, **penalty}))).option("d1:deferral-3:3:contract")
    assert option is not None

    # 363.53 by trial: 363.53 − 42.40 − 31.80 = 289.33; 710.67 × 0.0005 × 31 = 11.015, even 11.02, so 352.51;
    # 358.16 × 0.0005 × 30 = 5.37
    # The rates are those of pyxirr for 1000.00 against three payments of 363.53.
    assert option_as_json(option) == {
        "id": "d1:deferral-3:3:contract",
        "kind": "deferral",
        "debt": "d1",
        "periods": 3,
        "price": "contract",
        "first_due": "2027-03-09",
        "monthly_fen": 36_353,
        "last_fen": 36_353,
        "total_paid_fen": 109_059,
        "total_cost_fen": 9_059,
        "apr_nominal": 0.210186,
        "apr_effective": 0.261041,
        "feasible": True,
        "fails_on": None,
        "schedule": [
            {
                "n": 1,
                "due": "2027-03-09",
                "payment_fen": 36_353,
                "interest_fen": 3_180,
                "fee_fen": 4_240,
                "principal_fen": 28_933,
                "balance_fen": 71_067,
            },
            {
                "n": 2,
                "due": "2027-04-09",
                "payment_fen": 36_353,
                "interest_fen": 1_102,
                "fee_fen": 0,
                "principal_fen": 35_251,
                "balance_fen": 35_816,
            },
            {
                "n": 3,
                "due": "2027-05-09",
                "payment_fen": 36_353,
                "interest_fen": 537,
                "fee_fen": 0,
                "principal_fen": 35_816,
                "balance_fen": 0,
            },
        ],
    }


def test_an_option_that_fails_says_when(result: dict[str, Any]) -> None:
    found = {option["id"]: (option["feasible"], option["fails_on"]) for option in result["options"]}

    assert found["d1:in_full:1:contract"] == (False, "2026-12-09")


def test_the_ladder_names_a_plan_for_each_rung_of_all_and_of_each_debt(result: dict[str, Any]) -> None:
    def rung(debt: str, price: str, periods: int, monthly: int, first_due: str) -> dict[str, Any]:
        name = f"{debt}:level:{periods}:{price}"
        return {"option": name, "price": price, "periods": periods, "monthly_fen": monthly, "first_due": first_due}

    # d2: 500/6 = 83.34 ≤ 70 % of 200.80 = 140.56 < 500/3; 503/3 = 167.67 ≤ 90 % = 180.72
    assert result["ladder"]["debts"][1] == {
        "debt": "d2",
        "capacity_fen": 20_080,
        "ask": rung("d2", "penalty_waived", 6, 8_334, "2026-11-25"),
        "accept": rung("d2", "contract", 3, 16_767, "2026-11-25"),
        "floor": {"monthly_fen": 20_080, "plan": rung("d2", "contract", 3, 16_767, "2026-11-25")},
        "pause_months": None,
    }
    assert list(result["ladder"]) == ["debt", "capacity_fen", "ask", "accept", "floor", "pause_months", "debts"]
    assert [ladder["debt"] for ladder in result["ladder"]["debts"]] == ["d1", "d2"]
    assert result["ladder"]["debt"] == "all"
    assert result["ladder"]["floor"]["plan"]["option"] == "all:level:3:contract"


def test_a_household_without_capacity_has_a_ladder_of_nothing_but_a_pause() -> None:
    found = result_as_json(compute(parse_case(changed({**TWO, "income_fen": 0}))))

    assert found["ladder"]["debts"][0] == {
        "debt": "d1",
        "capacity_fen": 0,
        "ask": None,
        "accept": None,
        "floor": {"monthly_fen": 0, "plan": None},
        "pause_months": 3,
    }


def test_a_strategy_says_every_month(result: dict[str, Any]) -> None:
    # 25 November: 1000 × 0.0005 × 2 = 1.00, 1001 − 600 = 401; 30 days: 6.015, even 6.02, then 407.02 and 192.98
    # to d2: 503 − 192.98 = 310.02; paid on 25 January.
    assert result["strategies"][0] == {
        "order": "avalanche",
        "debts": ["d1", "d2"],
        "ends": True,
        "months": 3,
        "clear_on": "2027-01-25",
        "total_interest_fen": 702,
        "ends_at_fen": None,
        "balances": [[40_100, 50_300], [0, 31_002], [0, 0]],
    }
    assert [strategy["order"] for strategy in result["strategies"]] == [
        "avalanche",
        "snowball",
        "due_first",
        "pro_rata",
    ]


def test_a_strategy_without_an_end_says_at_what_it_would_end() -> None:
    found = result_as_json(compute(parse_case(changed({**TWO, "income_fen": 0}))))["strategies"][0]

    # 1000 × 0.0005 × 30.4 days = 15.20 of interest a month alone
    assert (found["ends"], found["months"], found["clear_on"]) == (False, None, None)
    assert found["ends_at_fen"] > 1_500


def test_needed_is_keyed_by_the_months_as_text(result: dict[str, Any]) -> None:
    assert list(result["needed"]) == ["3", "6", "9", "12", "18", "24", "36"]
    assert (result["surplus_fen"], result["capacity_fen"], result["level"]) == (60_000, 60_000, "tight")
