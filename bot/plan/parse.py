"""Turning a case (the JSON shape of plan_engine.md) into a ``Household``, or naming what is wrong with it.

Nothing is guessed: every field must be there, save those that may be ``null`` (leaving one out means
``null``) and the expense categories that a household does not have.
"""

from __future__ import annotations

from typing import Final

from bot.errors import PlanInputError
from bot.plan import fields
from bot.plan.model import ALL, DAYS_IN_YEAR, LONGEST, Debt, Household, Minimum, Penalty, Rate, Recovery

EXPENSES: Final = (
    "housing",
    "food",
    "utilities",
    "transport",
    "medical",
    "dependants",
    "insurance",
    "communication",
    "other",
)
MOST_DEBTS: Final = 50
MOST_DAYS: Final = 36_500
_CASE: Final = ("as_of", "income_fen", "expenses_fen", "buffer_fen", "lump_sum_fen", "debts")
_DEBT: Final = (
    "id",
    "product",
    "lender",
    "principal_fen",
    "overdue_fen",
    "overdue_days",
    "posted_interest_fen",
    "rate",
    "due_day",
    "priority",
)
_HIGHEST: Final = {"daily": 1, "annual": DAYS_IN_YEAR, "flat_fee": 1}
"""A rate of more than 1 a day, or a fee above the principal, is a slip (8.8 for 8.8 %)."""


def parse_case(case: object) -> Household:
    """The household that ``case`` describes.

    Raises ``PlanInputError`` for the first thing that is wrong, with its path (``debts[0].rate.value``), the
    value and the rule. Amounts are whole fen (never a float, never true or false), rates decimal strings.
    """
    found = fields.mapping("", case, _CASE, ("recovery",))
    as_of = fields.day("as_of", found["as_of"])
    expenses = fields.mapping("expenses_fen", found["expenses_fen"], (), EXPENSES)
    income = fields.fen("income_fen", found["income_fen"])
    household = Household(
        as_of=as_of,
        income_fen=income,
        expenses_fen=tuple(
            (name, fields.fen(f"expenses_fen.{name}", expenses[name])) for name in EXPENSES if name in expenses
        ),
        buffer_fen=fields.fen("buffer_fen", found["buffer_fen"]),
        lump_sum_fen=fields.fen("lump_sum_fen", found["lump_sum_fen"]),
        recovery=_recovery(found.get("recovery")),
        debts=tuple(
            _debt(f"debts[{place}]", debt)
            for place, debt in enumerate(fields.rows("debts", found["debts"], MOST_DEBTS))
        ),
    )
    _check_together(household)
    return household


def _check_together(household: Household) -> None:
    """The rules that look at more than one field of the case."""
    recovery = household.recovery
    if recovery and recovery.since <= household.as_of:
        raise PlanInputError("recovery.from", recovery.since.isoformat(), "must be after as_of")
    seen: set[str] = set()
    for place, debt in enumerate(household.debts):
        if debt.id in seen:
            raise PlanInputError(f"debts[{place}].id", debt.id, "must not be used twice")
        seen.add(debt.id)


def _recovery(value: object) -> Recovery | None:
    if value is None:
        return None
    found = fields.mapping("recovery", value, ("from", "income_fen"))
    return Recovery(fields.day("recovery.from", found["from"]), fields.fen("recovery.income_fen", found["income_fen"]))


def _debt(path: str, value: object) -> Debt:
    found = fields.mapping(path, value, _DEBT, ("posted_penalty_fen", "penalty", "minimum"))
    posted = found.get("posted_penalty_fen")
    rate = _rate(f"{path}.rate", found["rate"])
    debt = Debt(
        id=fields.identifier(f"{path}.id", found["id"], ALL),
        product=fields.text(f"{path}.product", found["product"]),
        lender=fields.text(f"{path}.lender", found["lender"]),
        principal_fen=fields.fen(f"{path}.principal_fen", found["principal_fen"]),
        overdue_fen=fields.fen(f"{path}.overdue_fen", found["overdue_fen"]),
        overdue_days=fields.whole(f"{path}.overdue_days", found["overdue_days"], 0, MOST_DAYS),
        posted_interest_fen=fields.fen(f"{path}.posted_interest_fen", found["posted_interest_fen"]),
        posted_penalty_fen=None if posted is None else fields.fen(f"{path}.posted_penalty_fen", posted),
        rate=rate,
        penalty=_penalty(f"{path}.penalty", found.get("penalty"), rate),
        minimum=_minimum(f"{path}.minimum", found.get("minimum")),
        due_day=fields.whole(f"{path}.due_day", found["due_day"], 1, 31),
        priority=fields.flag(f"{path}.priority", found["priority"]),
    )
    if debt.overdue_fen > debt.principal_fen:
        raise PlanInputError(f"{path}.overdue_fen", debt.overdue_fen, "must be a part of principal_fen")
    if debt.overdue_days and not debt.overdue_fen:
        raise PlanInputError(f"{path}.overdue_days", debt.overdue_days, "must be 0 when nothing is overdue")
    return debt


def _rate(path: str, value: object) -> Rate:
    found = fields.mapping(path, value, ("kind",), ("value", "periods"))
    kind = fields.choice(f"{path}.kind", found["kind"], (*_HIGHEST, "none"))
    extra = {"none": (), "flat_fee": ("value", "periods")}.get(kind, ("value",))
    fields.mapping(path, value, ("kind", *extra))
    if kind == "none":
        return Rate(kind)
    number = fields.decimal(f"{path}.value", found["value"], _HIGHEST[kind])
    periods = fields.whole(f"{path}.periods", found["periods"], 1, LONGEST) if kind == "flat_fee" else None
    return Rate(kind, number, periods)


def _penalty(path: str, value: object, rate: Rate) -> Penalty | None:
    if value is None:
        return None
    found = fields.mapping(path, value, ("kind", "value"))
    kind = fields.choice(f"{path}.kind", found["kind"], ("daily", "multiple"))
    if kind == "multiple" and rate.kind == "flat_fee":
        raise PlanInputError(f"{path}.kind", kind, "needs a daily or annual rate to multiply")
    penalty = Penalty(kind, fields.decimal(f"{path}.value", found["value"], 1 if kind == "daily" else 1000))
    if penalty.per_day(rate) > 1:
        raise PlanInputError(f"{path}.value", str(found["value"]), "must come to at most 1 a day")
    return penalty


def _minimum(path: str, value: object) -> Minimum | None:
    if value is None:
        return None
    found = fields.mapping(path, value, ("kind", "value", "floor_fen"))
    fields.choice(f"{path}.kind", found["kind"], ("fraction",))
    return Minimum(
        fields.decimal(f"{path}.value", found["value"], 1),
        fields.fen(f"{path}.floor_fen", found["floor_fen"]),
    )
