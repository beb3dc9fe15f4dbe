"""Every debt, each to be changed with one press."""

from __future__ import annotations

from typing import Any

from bot.journey import render
from bot.journey.cards import charts, shape
from bot.journey.case import Case, Debt
from bot.knowledge.lines import line

FEWEST = 2
"""Debts from which on a picture says more than the rows."""


def card(case: Case) -> shape.Card:
    """The debts with their sum; several are drawn side by side."""
    total = line("debt.total", total=shape.amount(case.owed_fen))
    drawn = None
    if len(case.debts) >= FEWEST:
        names = [render.product_label(debt.product) for debt in case.debts]
        owed = {line("chart.debts"): [debt.balance_fen or 0 for debt in case.debts]}
        drawn = charts.chart("bar", line("chart.debts"), names, owed)
    return shape.card("debts", rows=[_row(debt) for debt in case.debts], chart=drawn, notes=[total])


def _row(debt: Debt) -> dict[str, Any]:
    label = render.product_label(debt.product)
    balance = line("answer.debts_balance_fen", product=label)
    return {
        "label": label,
        "balance": shape.amount(debt.balance_fen or 0),
        "balance_fen": debt.balance_fen or 0,
        "detail": line("debt.detail", status=render.overdue(debt.overdue_days or 0), day=debt.due_day or 0),
        "edit": shape.edit(balance, "debts_balance_fen", debt.product),
    }
