"""What a household can pay in a month, and what its debts ask for."""

from __future__ import annotations

from dataclasses import dataclass

from bot.plan.model import CONTRACT, Capacity, Debt, Household
from bot.plan.price import penalty_fen, terms_of
from bot.plan.rounding import spread
from bot.plan.schedule import flat_fee
from bot.plan.walk import least


@dataclass(frozen=True)
class Budget:
    """The month's arithmetic, in fen."""

    surplus_fen: int
    """Income − expenses − buffer; may be negative."""
    asked_fen: int
    """What all debts ask for this month."""
    level: str
    """``none``, ``deficit``, ``zero``, ``tight`` or ``comfortable``."""
    capacity: Capacity


def budget_of(household: Household) -> Budget:
    """The budget of ``household``; the first rule that holds names the level.

    ``none``: income 0. ``deficit``: surplus below 0. ``zero``: surplus 0. ``tight``: the debts ask for more
    than the capacity. ``comfortable``: otherwise.
    """
    fixed = sum(amount for _, amount in household.expenses_fen) + household.buffer_fen
    surplus = household.income_fen - fixed
    recovery = household.recovery
    capacity = Capacity(max(0, surplus))
    if recovery:
        capacity = Capacity(max(0, surplus), max(0, recovery.income_fen - fixed), recovery.since)
    asked = sum(asked_fen(debt) for debt in household.debts)
    return Budget(surplus, asked, _level(household.income_fen, surplus, asked), capacity)


def asked_fen(debt: Debt) -> int:
    """What the lender asks for this month, in fen.

    Everything past due and already posted (overdue principal, interest, penalty), and of the rest of the
    principal: its minimum where there is one, the next instalment of a flat fee, else all of it, because
    nothing in the case says that it may be paid in parts.
    """
    arrears = debt.overdue_fen + debt.posted_interest_fen + penalty_fen(debt)
    rest = debt.principal_fen - debt.overdue_fen
    if debt.minimum is not None:
        return arrears + min(rest, least(debt.minimum)(rest))
    if debt.rate.periods is not None:
        periods = debt.rate.periods
        return arrears + spread(rest, periods)[0] + spread(flat_fee(rest, debt.rate, periods), periods)[0]
    return arrears + rest


def balance_fen(debt: Debt) -> int:
    """Everything owed on ``as_of`` by the contract, in fen: principal, posted interest, penalty."""
    return terms_of(debt, CONTRACT).opening_fen


def _level(income: int, surplus: int, asked: int) -> str:
    if income == 0:
        return "none"
    if surplus <= 0:
        return "deficit" if surplus < 0 else "zero"
    return "tight" if asked > surplus else "comfortable"
