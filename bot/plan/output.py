"""The result as plain JSON values, with the keys that plan_engine.md fixes."""

from __future__ import annotations

from typing import Any

from bot.plan.budget import asked_fen, balance_fen
from bot.plan.calendar import next_due
from bot.plan.engine import Result
from bot.plan.ladder import Ladder
from bot.plan.model import Debt, Option, Row
from bot.plan.price import penalty_fen
from bot.plan.strategies import Strategy


def result_as_json(result: Result) -> dict[str, Any]:
    """``result`` as a dictionary for ``json.dumps``: amounts in whole fen, dates ISO, rates as numbers."""
    debts = sorted(result.household.debts, key=lambda debt: debt.id)
    return {
        "surplus_fen": result.budget.surplus_fen,
        "capacity_fen": result.budget.capacity.now_fen,
        "level": result.budget.level,
        "debts": [_debt(result, debt) for debt in debts],
        "options": [option_as_json(option) for option in result.options],
        "ladder": {**_ladder(result.ladder), "debts": [_ladder(ladder) for ladder in result.ladders]},
        "strategies": [_strategy(strategy) for strategy in result.strategies],
        "pro_rata": [
            {"debt": debt.id, "share_fen": result.pro_rata[debt.id], "balance_fen": balance_fen(debt)} for debt in debts
        ],
        "needed": {str(months): capacity for months, capacity in result.needed.items()},
    }


def option_as_json(option: Option) -> dict[str, Any]:
    """One option with its schedule."""
    return {
        "id": option.id,
        "kind": option.kind,
        "debt": option.debt,
        "periods": option.periods,
        "price": option.price,
        "first_due": option.first_due.isoformat(),
        "monthly_fen": option.monthly_fen,
        "last_fen": option.last_fen,
        "total_paid_fen": option.schedule.total_paid_fen,
        "total_cost_fen": option.total_cost_fen,
        "apr_nominal": float(option.schedule.apr_nominal),
        "apr_effective": float(option.schedule.apr_effective),
        "feasible": option.feasible,
        "fails_on": option.fails_on.isoformat() if option.fails_on else None,
        "schedule": [row_as_json(row) for row in option.schedule.rows],
    }


def row_as_json(row: Row) -> dict[str, Any]:
    """One line of a schedule."""
    return {
        "n": row.n,
        "due": row.due.isoformat(),
        "payment_fen": row.payment_fen,
        "interest_fen": row.interest_fen,
        "fee_fen": row.fee_fen,
        "principal_fen": row.principal_fen,
        "balance_fen": row.balance_fen,
    }


def _debt(result: Result, debt: Debt) -> dict[str, Any]:
    ladder = next(ladder for ladder in result.ladders if ladder.debt == debt.id)
    return {
        "id": debt.id,
        "principal_fen": debt.principal_fen,
        "posted_interest_fen": debt.posted_interest_fen,
        "penalty_fen": penalty_fen(debt),
        "penalty_estimated": debt.posted_penalty_fen is None,
        "balance_fen": balance_fen(debt),
        "asked_fen": asked_fen(debt),
        "capacity_fen": ladder.capacity_fen,
        "next_due": next_due(result.household.as_of, debt.due_day).isoformat(),
        "priority": debt.priority,
    }


def _ladder(ladder: Ladder) -> dict[str, Any]:
    return {
        "debt": ladder.debt,
        "capacity_fen": ladder.capacity_fen,
        "ask": _rung(ladder.ask),
        "accept": _rung(ladder.accept),
        "floor": {"monthly_fen": ladder.floor_fen, "plan": _rung(ladder.floor)},
        "pause_months": ladder.pause_months,
    }


def _rung(option: Option | None) -> dict[str, Any] | None:
    if option is None:
        return None
    return {
        "option": option.id,
        "price": option.price,
        "periods": option.periods,
        "monthly_fen": option.monthly_fen,
        "first_due": option.first_due.isoformat(),
    }


def _strategy(strategy: Strategy) -> dict[str, Any]:
    return {
        "order": strategy.order,
        "debts": list(strategy.debts),
        "ends": strategy.months is not None,
        "months": strategy.months,
        "clear_on": strategy.clear_on.isoformat() if strategy.clear_on else None,
        "total_interest_fen": strategy.total_interest_fen,
        "ends_at_fen": strategy.ends_at_fen,
        "balances": [list(month) for month in strategy.balances_fen],
    }
