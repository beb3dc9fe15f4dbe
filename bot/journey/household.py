"""A person's case as the plan engine's household: what they told, and for the rest what the catalogue knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from bot.journey.case import Case, Debt
from bot.knowledge.loader import catalog
from bot.money import Fen
from bot.plan import Household, Penalty, Rate, penalty_fen, terms_of
from bot.plan.model import CONTRACT

ESTIMATED_RATE: Final = "0.0005"
"""Interest a day where neither the person nor the catalogue knows it (fact ``cost.daily_rate_yearly``)."""
BY_TIME: Final = ("daily", "annual")
"""The kinds of rate that can be reckoned without knowing an instalment plan."""


def household(case: Case, today: date) -> dict[str, Any]:
    """The engine's input for a complete case (the JSON shape of plan_engine.md)."""
    return {
        "as_of": today.isoformat(),
        "income_fen": case.budget_income_fen or 0,
        "expenses_fen": {
            "housing": case.budget_housing_fen or 0,
            "food": case.budget_living_fen or 0,
            "other": case.budget_other_fen or 0,
        },
        "buffer_fen": 0,
        "lump_sum_fen": 0,
        "recovery": None,
        "debts": [_debt(debt) for debt in case.debts],
    }


def rate_of(debt: Debt) -> dict[str, str]:
    """The ordinary rate as the engine takes it: as told, else the catalogue's, else ``ESTIMATED_RATE``."""
    if debt.daily_rate:
        return {"kind": "daily", "value": debt.daily_rate}
    if debt.annual_rate:
        return {"kind": "annual", "value": debt.annual_rate}
    known = catalog().products[debt.product].rate
    if known.value is not None and known.kind in BY_TIME:
        return {"kind": known.kind, "value": known.value}
    return {"kind": "daily", "value": ESTIMATED_RATE}


def is_rate_told(debt: Debt) -> bool:
    """True when the person read the rate off the app; every other rate is an estimate."""
    return bool(debt.daily_rate or debt.annual_rate)


def _debt(debt: Debt) -> dict[str, Any]:
    product = catalog().products[debt.product]
    balance, days = debt.balance_fen or 0, debt.overdue_days or 0
    posted = _penalty_in(debt)
    if balance == 0:
        days = 0  # nothing is owed, so nothing is late
    return {
        "id": debt.product,
        "product": debt.product,
        "lender": product.lender_zh,
        "principal_fen": balance - posted,
        "overdue_fen": balance - posted if days else 0,
        "overdue_days": days,
        "posted_interest_fen": 0,
        "posted_penalty_fen": posted,
        "rate": rate_of(debt),
        "penalty": vars(product.penalty) if product.penalty and days else None,
        "minimum": vars(product.minimum) if product.minimum else None,
        "due_day": debt.due_day,
        "priority": False,
    }


def _penalty_in(debt: Debt) -> int:
    """The penalty so far, in fen, that the balance told already holds.

    What the app shows as owed contains it, so it is taken out and not added a second time: as told, else the
    principal is that whose own penalty, by the engine's rule (overdue × penalty a day × days), makes the
    balance. Which part is overdue is not asked, so all of it counts: the most it may be.
    """
    balance, days = debt.balance_fen or 0, debt.overdue_days or 0
    if debt.penalty_fen is not None:
        return max(0, min(debt.penalty_fen, balance - 1))
    known = catalog().products[debt.product].penalty
    if known is None or not days or not balance:
        return 0
    rate = rate_of(debt)
    per_day = Penalty(known.kind, Decimal(known.value)).per_day(Rate(rate["kind"], Decimal(rate["value"])))
    return balance - max(1, round(balance / (1 + per_day * days)))


def later(given: Household, on: date) -> Household:
    """The household on a later day when nothing was paid meanwhile: interest and penalty until then are posted."""
    days = (on - given.as_of).days
    debts = []
    for debt in given.debts:
        interest, penalty = terms_of(debt, CONTRACT).accrued(days)
        debts.append(
            replace(
                debt,
                posted_interest_fen=Fen(debt.posted_interest_fen + interest),
                posted_penalty_fen=Fen(penalty_fen(debt) + penalty),
                overdue_days=debt.overdue_days + days if debt.overdue_days else 0,
            )
        )
    return replace(given, as_of=on, debts=tuple(debts))
