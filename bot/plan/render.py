"""A result as text tables for people, one schedule as CSV, one schedule as a picture."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from bot.money import yuan
from bot.plan.budget import balance_fen
from bot.plan.engine import Result
from bot.plan.ladder import Ladder
from bot.plan.model import Option, Row
from bot.plan.strategies import Strategy

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def tables(result: Result) -> str:
    """Everything but the single schedules, as aligned tables; amounts in yuan."""
    budget = result.budget
    parts = [
        _table(
            "Budget (yuan a month)",
            ("surplus", "capacity", "asked for", "level"),
            [(yuan(budget.surplus_fen), yuan(budget.capacity.now_fen), yuan(budget.asked_fen), budget.level)],
        ),
        _table("Debts", ("debt", "balance", "pro rata share"), _debts(result)),
        _table(
            "Options",
            ("id", "monthly", "last", "total paid", "total cost", "APR", "effective", "fits", "fails on"),
            [_option(option) for option in result.options],
        ),
        _table(
            "Ladder",
            ("debt", "capacity", "ask", "accept", "not above", "plan", "pause months"),
            [_ladder(ladder) for ladder in (*result.ladders, result.ladder)],
        ),
        _table(
            "Strategies",
            ("order", "months", "clear on", "interest", "would end at"),
            [_strategy(strategy) for strategy in result.strategies],
        ),
        _table(
            "Needed to clear everything",
            ("months", "yuan a month"),
            [(str(months), yuan(capacity)) for months, capacity in result.needed.items()],
        ),
    ]
    return "\n".join(parts)


def as_csv(option: Option) -> str:
    """The schedule of ``option`` with a header; amounts in whole fen, so that nothing depends on a format."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Row._fields)
    writer.writerows(option.schedule.rows)
    return out.getvalue()


def as_png(option: Option) -> bytes:
    """``chart`` as a picture."""
    out = io.BytesIO()
    chart(option).savefig(out, format="png")
    return out.getvalue()


def chart(option: Option) -> Figure:
    """The schedule of ``option`` as bars: what each payment goes to, and the balance as a line, in yuan."""
    from matplotlib.figure import Figure  # here, because it takes a second to import

    figure = Figure(figsize=(9, 6), tight_layout={"rect": (0, 0.06, 1, 1)})
    axes = figure.add_subplot()
    rows = option.schedule.rows
    names = [row.due.isoformat() for row in rows]
    bottom = [0.0] * len(rows)
    for label in ("principal", "interest", "fee"):
        heights = [max(0, getattr(row, f"{label}_fen")) / 100 for row in rows]
        axes.bar(names, heights, bottom=bottom, label=label)
        bottom = [low + height for low, height in zip(bottom, heights, strict=True)]
    axes.set_ylabel("payment (yuan)")
    axes.tick_params(axis="x", rotation=90)
    right = axes.twinx()
    right.plot(names, [row.balance_fen / 100 for row in rows], color="black", marker=".", label="balance")
    right.set_ylabel("balance (yuan)")
    right.set_ylim(bottom=0)
    figure.legend(loc="lower center", ncol=4)
    axes.set_title(f"monthly {yuan(option.monthly_fen)}, cost {yuan(option.total_cost_fen)} yuan")
    return figure


def _table(title: str, head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Columns as wide as their widest cell; the first to the left, the others to the right."""
    cells = [tuple(head), *map(tuple, lines)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(head))]
    text = [
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]
    return "\n".join([title, text[0], "-" * len(text[0]), *text[1:], ""])


def _debts(result: Result) -> list[Sequence[str]]:
    debts = sorted(result.household.debts, key=lambda debt: debt.id)
    return [(debt.id, yuan(balance_fen(debt)), yuan(result.pro_rata[debt.id])) for debt in debts]


def _option(option: Option) -> Sequence[str]:
    schedule = option.schedule
    return (
        option.id,
        yuan(option.monthly_fen),
        yuan(option.last_fen),
        yuan(schedule.total_paid_fen),
        yuan(option.total_cost_fen),
        f"{schedule.apr_nominal:.2%}",
        f"{schedule.apr_effective:.2%}",
        "yes" if option.feasible else "no",
        option.fails_on.isoformat() if option.fails_on else "",
    )


def _ladder(ladder: Ladder) -> Sequence[str]:
    return (
        ladder.debt,
        yuan(ladder.capacity_fen),
        _rung(ladder.ask),
        _rung(ladder.accept),
        yuan(ladder.floor_fen),
        _rung(ladder.floor),
        str(ladder.pause_months or ""),
    )


def _rung(option: Option | None) -> str:
    return f"{option.periods} x {yuan(option.monthly_fen)}" if option else ""


def _strategy(strategy: Strategy) -> Sequence[str]:
    return (
        strategy.order,
        "never" if strategy.months is None else str(strategy.months),
        strategy.clear_on.isoformat() if strategy.clear_on else "",
        yuan(strategy.total_interest_fen),
        "" if strategy.ends_at_fen is None else yuan(strategy.ends_at_fen),
    )
