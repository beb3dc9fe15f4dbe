"""Random debts and rates for the properties, and what every schedule that ends keeps to."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bot.money import Fen
from bot.plan import (
    Debt,
    Minimum,
    Penalty,
    Rate,
    Schedule,
)

EXAMPLES = int(os.environ.get("PLAN_EXAMPLES", "200"))
WHOLE = EXAMPLES if EXAMPLES >= 1000 else EXAMPLES // 8
"""Whole households cost a hundred times a schedule, so a quick run tries fewer of them."""
often = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)

days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
due_days = st.integers(1, 31)
amounts = st.integers(1, 100_000_000)
ordinary = st.integers(0, 20).map(lambda steps: Rate("daily", Decimal(steps) / 20_000))
annual = st.integers(0, 3600).map(lambda steps: Rate("annual", Decimal(steps) / 10_000))
steep = st.integers(0, 1000).map(lambda steps: Rate("daily", Decimal(steps) / 1000))
rates = st.one_of(ordinary, annual, steep, st.just(Rate("none")))
periods = st.integers(1, 60)
minimums = st.one_of(
    st.none(),
    st.builds(
        lambda share, floor: Minimum(Decimal(share) / 100, Fen(floor)),
        st.integers(0, 100),
        st.integers(0, 50_000),
    ),
)


@st.composite
def debts(draw: st.DrawFn, number: int = 1, least_rates: st.SearchStrategy[Rate] = ordinary) -> Debt:
    principal = draw(amounts)
    overdue = draw(st.integers(0, principal))
    return Debt(
        id=f"d{number}",
        product="huabei",
        lender="",
        principal_fen=Fen(principal),
        overdue_fen=Fen(overdue),
        overdue_days=draw(st.integers(0, 400)) if overdue else 0,
        posted_interest_fen=Fen(draw(st.integers(0, 100_000))),
        posted_penalty_fen=draw(st.one_of(st.none(), st.integers(0, 100_000).map(Fen))),
        rate=draw(least_rates),
        penalty=draw(st.one_of(st.none(), st.just(Penalty("multiple", Decimal("1.5"))))),
        minimum=draw(minimums),
        due_day=draw(due_days),
        priority=draw(st.sampled_from((False, False, False, True))),
    )


def several(most: int = 4) -> st.SearchStrategy[list[Debt]]:
    return st.integers(1, most).flatmap(lambda count: st.tuples(*(debts(number) for number in range(count))).map(list))


def check(plan: Schedule, opening: int) -> None:
    """What every schedule that ends keeps to."""
    assert sum(row.principal_fen for row in plan.rows) == opening
    assert plan.rows[-1].balance_fen == 0
    balance = opening
    for row in plan.rows:
        assert row.payment_fen == row.interest_fen + row.fee_fen + row.principal_fen
        assert min(row.payment_fen, row.interest_fen, row.fee_fen, row.principal_fen) >= 0
        assert row.balance_fen == balance - row.principal_fen
        balance = row.balance_fen
    assert plan.total_paid_fen == opening + plan.cost_fen


def equal_but_the_last(plan: Schedule) -> bool:
    payments = [row.payment_fen for row in plan.rows if row.n > 0]
    return not payments or (len(set(payments[:-1])) <= 1 and payments[-1] <= payments[0])


def plain(debt: Debt, **changes: Any) -> Debt:
    return Debt(**{**{name: getattr(debt, name) for name in Debt.__dataclass_fields__}, **changes})
