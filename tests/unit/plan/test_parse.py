"""What a case becomes, field by field, and that the values on the very edge are taken."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.errors import PlanInputError
from bot.money import Fen
from bot.plan import Debt, Household, Minimum, Penalty, Rate, Recovery, parse_case
from bot.plan.parse import EXPENSES

from .household import CASE, changed

FULL = {
    "as_of": "2026-11-23",
    "income_fen": 1,
    "expenses_fen": {name: number for number, name in enumerate(reversed(EXPENSES), 10)},
    "buffer_fen": 2,
    "lump_sum_fen": 3,
    "recovery": {"from": "2026-11-24", "income_fen": 4},
    "debts": [
        {
            "id": "d1",
            "product": "a product",
            "lender": "a lender",
            "principal_fen": 105,
            "overdue_fen": 104,
            "overdue_days": 6,
            "posted_interest_fen": 7,
            "posted_penalty_fen": 8,
            "rate": {"kind": "annual", "value": "0.24"},
            "penalty": {"kind": "multiple", "value": "1.5"},
            "minimum": {"kind": "fraction", "value": "0.1", "floor_fen": 9},
            "due_day": 30,
            "priority": True,
        }
    ],
}


def test_every_field_arrives_where_it_belongs() -> None:
    assert parse_case(FULL) == Household(
        as_of=date(2026, 11, 23),
        income_fen=Fen(1),
        expenses_fen=tuple((name, Fen(18 - place)) for place, name in enumerate(EXPENSES)),
        buffer_fen=Fen(2),
        lump_sum_fen=Fen(3),
        recovery=Recovery(date(2026, 11, 24), Fen(4)),
        debts=(
            Debt(
                id="d1",
                product="a product",
                lender="a lender",
                principal_fen=Fen(105),
                overdue_fen=Fen(104),
                overdue_days=6,
                posted_interest_fen=Fen(7),
                posted_penalty_fen=Fen(8),
                rate=Rate("annual", Decimal("0.24")),
                penalty=Penalty("multiple", Decimal("1.5")),
                minimum=Minimum(Decimal("0.1"), Fen(9)),
                due_day=30,
                priority=True,
            ),
        ),
    )


def test_what_may_be_null_may_be_left_out() -> None:
    debt = {
        key: value for key, value in CASE["debts"][0].items() if key not in ("posted_penalty_fen", "penalty", "minimum")
    }
    found = parse_case({**{key: value for key, value in CASE.items() if key != "recovery"}, "debts": [debt]})

    assert found.recovery is None
    assert (found.debts[0].posted_penalty_fen, found.debts[0].penalty, found.debts[0].minimum) == (None, None, None)


@pytest.mark.parametrize(
    ("given", "rate"),
    [
        ({"kind": "none"}, Rate("none")),
        ({"kind": "daily", "value": "0.0005"}, Rate("daily", Decimal("0.0005"))),
        ({"kind": "flat_fee", "value": "0.088", "periods": 12}, Rate("flat_fee", Decimal("0.088"), 12)),
    ],
)
def test_a_rate_keeps_its_kind(given: dict[str, Any], rate: Rate) -> None:
    assert parse_case(changed({"debts.0.rate": given, "debts.0.penalty": None})).debts[0].rate == rate


@pytest.mark.parametrize(
    "changes",
    [
        {"income_fen": 10**12},
        {"as_of": "1970-01-01"},
        {"as_of": "2200-12-31"},
        {"debts.0.id": "a" * 64},
        {"debts.0.product": "", "debts.0.lender": ""},
        {"debts.0.due_day": 1},
        {"debts.0.due_day": 31},
        {"debts.0.overdue_days": 36_500},
        {"debts.0.overdue_fen": 1_200_000},
        {"debts.0.overdue_fen": 1, "debts.0.overdue_days": 0},
        {"debts.0.rate": {"kind": "daily", "value": "1"}},
        {"debts.0.rate": {"kind": "annual", "value": "365"}},
        {"debts.0.rate": {"kind": "flat_fee", "value": "1", "periods": 1}},
        {"debts.0.rate": {"kind": "flat_fee", "value": "0", "periods": 60}},
        {"debts.0.penalty": {"kind": "daily", "value": "1"}},
        {"debts.0.penalty": {"kind": "multiple", "value": "1000"}, "debts.0.rate": {"kind": "daily", "value": "0.001"}},
        {"debts.0.minimum": {"kind": "fraction", "value": "1", "floor_fen": 0}},
        {"many": 50},
    ],
)
def test_the_last_value_that_is_allowed_is_taken(changes: dict[str, Any]) -> None:
    assert parse_case(changed(changes)).debts


def test_a_case_that_is_no_object_is_refused_by_name() -> None:
    with pytest.raises(PlanInputError, match=r"^case=\[\]: must be an object$"):
        parse_case([])
