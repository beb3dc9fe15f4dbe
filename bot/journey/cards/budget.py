"""What comes in each month, what must go out, and what is left."""

from __future__ import annotations

from typing import Any

from bot.journey import summary
from bot.journey.cards import charts, shape
from bot.journey.case import Case
from bot.knowledge.lines import line

SPENT = ("housing", "living", "other")


def card(case: Case) -> shape.Card:
    """The budget row by row; a complete one is drawn as where the income goes."""
    spent = {name: getattr(case, f"budget_{name}_fen") or 0 for name in SPENT}
    income = case.budget_income_fen or 0
    left = income - case.expenses_fen
    rows = [
        _row("income", income, "income"),
        *(_row(name, fen, "expense") for name, fen in spent.items()),
        _row("surplus", left, "left"),
    ]
    series = {line(f"budget_row.{name}"): [fen] for name, fen in {**spent, "surplus": max(0, left)}.items() if fen}
    drawn = charts.chart("stack", line("chart.budget"), [line("budget_row.spending")], series) if series else None
    total = line("budget_row.total", total=shape.amount(case.expenses_fen))
    return shape.card("budget", rows=rows, chart=drawn, notes=[total, summary.budget(case).verdict])


def _row(name: str, fen: int, kind: str) -> dict[str, Any]:
    return {"label": line(f"budget_row.{name}"), "amount": shape.amount(fen), "amount_fen": fen, "kind": kind}
