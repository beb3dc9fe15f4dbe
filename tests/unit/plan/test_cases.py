"""Worked cases from ``tests/cases/plan``: a new one needs no Python. Amounts are yuan, in a ``case`` fen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.errors import PlanInputError
from bot.money import from_yuan
from bot.plan import (
    Minimum,
    Rate,
    Schedule,
    compute,
    equal_principal,
    flat_fee_instalments,
    irr,
    level_instalments,
    minimum_payments,
    parse_case,
    penalty_fen,
    pro_rata,
    result_as_json,
    xirr,
)
from bot.plan.calendar import due_dates, months_on, next_due

from .household import at, changed

CASES: list[tuple[str, dict[str, Any]]] = [
    (f"{path.stem}: {case['name']}", case)
    for path in sorted(Path(__file__).parents[2].joinpath("cases", "plan").glob("*.yml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def fen(amount: Any) -> int:
    return from_yuan(amount)


def rate(given: list[Any]) -> Rate:
    kind, *rest = given
    return Rate(kind, Decimal(rest[0]) if rest else Decimal(0), rest[1] if len(rest) > 1 else None)


def start(given: dict[str, Any]) -> tuple[date, date, int]:
    as_of, day = date.fromisoformat(given["as_of"]), given["due_day"]
    return as_of, months_on(next_due(as_of, day), given.get("defer", 0), day), day


def level(given: dict[str, Any]) -> dict[str, Any]:
    plan = level_instalments(fen(given["balance"]), given["periods"], rate(given["rate"]), *start(given))
    assert len(plan.rows) == given["periods"]
    return described(plan)


def equal(given: dict[str, Any]) -> dict[str, Any]:
    return described(equal_principal(fen(given["balance"]), given["periods"], rate(given["rate"]), *start(given)))


def flat(given: dict[str, Any]) -> dict[str, Any]:
    return described(flat_fee_instalments(fen(given["balance"]), given["periods"], rate(given["rate"]), *start(given)))


def minimum(given: dict[str, Any]) -> dict[str, Any]:
    least = Minimum(Decimal(given["share"]), from_yuan(given["floor"]))
    return described(minimum_payments(fen(given["balance"]), least, rate(given["rate"]), *start(given)))


def described(plan: Schedule) -> dict[str, Any]:
    payments = [row.payment_fen for row in plan.rows]
    return {
        "monthly": payments[0],
        "first": payments[0],
        "last": payments[-1],
        "months": len(payments),
        "payments": payments,
        "total_paid": plan.total_paid_fen,
        "balance": plan.rows[-1].balance_fen,
        "ends": plan.unpaid_fen == 0,
        "first_due": plan.rows[0].due.isoformat(),
        "last_due": plan.rows[-1].due.isoformat(),
        "apr_nominal": str(plan.apr_nominal) if plan.unpaid_fen == 0 else None,
    }


def penalty(given: dict[str, Any]) -> dict[str, Any]:
    def terms(value: list[str] | None) -> dict[str, str] | None:
        return dict(zip(("kind", "value"), value, strict=False)) if value else None

    debt = {
        "overdue_fen": fen(given["overdue"]),
        "overdue_days": given["overdue_days"],
        "posted_penalty_fen": None if given["posted"] is None else fen(given["posted"]),
        "penalty": terms(given["penalty"]),
        "rate": terms(given["rate"]),
    }
    household = parse_case(changed({f"debts.0.{key}": value for key, value in debt.items()}))
    return {"penalty": penalty_fen(household.debts[0])}


def dates(given: dict[str, Any]) -> dict[str, Any]:
    found, days = due_dates(*start(given), given["count"])
    return {"dates": [day.isoformat() for day in found], "days": list(days)}


def shares(given: dict[str, Any]) -> dict[str, Any]:
    return {"shares": pro_rata(fen(given["capacity"]), {name: fen(owed) for name, owed in given["balances"].items()})}


def periodic(given: dict[str, Any]) -> dict[str, Any]:
    return {"irr": f"{irr(fen(given['opening']), [fen(payment) for payment in given['payments']]):.12f}"}


def yearly(given: dict[str, Any]) -> dict[str, Any]:
    return {"xirr": str(xirr(fen(given["opening"]), [fen(payment) for payment in given["payments"]], given["days"]))}


DO: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "level": level,
    "equal": equal,
    "flat": flat,
    "minimum": minimum,
    "penalty": penalty,
    "dates": dates,
    "pro_rata": shares,
    "irr": periodic,
    "xirr": yearly,
}
NOT_MONEY = {"months", "ends", "first_due", "last_due", "apr_nominal", "dates", "days", "irr", "xirr"}


def doing(*what: str) -> list[Any]:
    """The cases that do one of ``what``, as pytest parameters named after them."""
    return [pytest.param(case, id=name) for name, case in CASES if case["do"] in what]


def in_fen(name: str, value: Any) -> Any:
    if name in NOT_MONEY:
        return value
    if isinstance(value, list):
        return [fen(amount) for amount in value]
    if isinstance(value, dict):
        return {key: fen(amount) for key, amount in value.items()}
    return fen(value)


@pytest.mark.parametrize("case", doing(*DO))
def test_case_comes_out_to_the_fen(case: dict[str, Any]) -> None:
    found = DO[case["do"]](case["given"])

    assert {name: found[name] for name in case["expect"]} == {
        name: in_fen(name, value) for name, value in case["expect"].items()
    }


@pytest.mark.parametrize("case", doing("case"))
def test_household_comes_out_to_the_fen(case: dict[str, Any]) -> None:
    result = result_as_json(compute(parse_case(changed(case["given"])), asked_periods=case.get("periods", ())))

    options = {option["id"]: option for option in result["options"]}
    for name, fields in case.get("options", {}).items():
        assert {path: at(options[name], path) for path in fields} == fields
    expected = case.get("expect", {})
    assert {path: at(result, path) for path in expected} == expected
    if "kinds" in case:
        assert sorted({option["kind"] for option in result["options"]}) == case["kinds"]


@pytest.mark.parametrize("case", doing("wrong"))
def test_wrong_input_is_named(case: dict[str, Any]) -> None:
    with pytest.raises(PlanInputError) as caught:
        parse_case(changed(case["given"]))

    assert str(caught.value) == case["says"]


def test_every_case_is_run() -> None:
    assert len(CASES) >= 60
    assert {case["do"] for _, case in CASES} == {*DO, "case", "wrong"}
    assert all(case["because"] for _, case in CASES)
