"""Sums that make an answer the person's own: what lateness costs, what instalments cost, what is left each month.

Every sum is the engine's. The names in ``VALUES`` are the placeholders that a line of an answer may hold; a value that
cannot be known is not there, and then neither is the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from bot.journey import render
from bot.journey.case import BUDGET_SLOTS, Case, Debt
from bot.journey.household import ESTIMATED_RATE
from bot.journey.subject import Subject
from bot.knowledge.lines import line
from bot.knowledge.loader import catalog
from bot.money import yuan
from bot.plan import Penalty, Rate, Schedule, level_instalments, pro_rata
from bot.plan.calendar import months_on, next_due
from bot.plan.model import LONGEST, PERIODS
from bot.plan.rounding import interest

VALUES: Mapping[str, str] = {
    "principal": "what is owed, in yuan",
    "days": "days overdue",
    "penalty_rate": "penalty a day in per cent",
    "contract_rate": "the person's own rate a day in per cent, where the penalty is a multiple of it",
    "per_day": "penalty for one day, in yuan",
    "so_far": "penalty for the days overdue, in yuan",
    "cost_rows": "the penalty of each debt, where there are several",
    "minimum": "the least to pay of the principal, in yuan",
    "minimum_rest": "what is left after it",
    "minimum_per_day": "what the rest costs a day",
    "rate": "interest a day in per cent that instalments are computed with",
    "interest_per_day": "interest of the principal for one day, in yuan",
    "periods": "instalments asked about",
    "each": "one instalment, in yuan",
    "bare": "the principal divided by the instalments, in yuan",
    "periods_cost": "interest of all instalments, in yuan",
    "choices": "rows with the usual numbers of instalments",
    "part": "what might be paid now, in yuan",
    "rest": "what is left then",
    "rest_per_day": "what the rest costs a day",
    "capacity": "what is left for debts each month, in yuan",
    "fit_sum": "what is owed in all or on the product asked about",
    "fit_periods": "the least number of instalments that fits the capacity",
    "fit_each": "one of them, in yuan",
    "fit_cost": "interest of all of them, in yuan",
    "due_day": "day of the month",
    "due_date": "the next due date",
    "days_left": "days until then",
}
"""Placeholder and what it stands for."""

ORDINARY = (3, 6, 12)
"""Numbers of instalments shown where none is asked about."""


@dataclass(frozen=True)
class Lateness:
    """How a debt's lateness is charged."""

    method: str
    """``daily``; ``multiple`` of a contract rate that is known; ``multiple_unknown``; ``unknown``."""
    per_day: Fraction | None = None
    """Penalty a day as a share of what is overdue; None when it is not known."""
    contract: Decimal | None = None
    """The contract's own rate a day, for ``multiple``."""

    @property
    def shown(self) -> str:
        """The penalty a day in per cent."""
        share = self.per_day or Fraction(0)
        return render.percent(Decimal(share.numerator) / Decimal(share.denominator), 4)


def lateness(product: str | None, daily_rate: str | None) -> Lateness:
    """How ``product`` charges lateness; ``daily_rate`` is the contract's, as the person read it off the app."""
    known = catalog().products.get(product or "")
    if known is None or known.penalty is None:
        return Lateness("unknown")
    if known.penalty.kind == "multiple" and daily_rate is None:
        return Lateness("multiple_unknown")
    contract = Decimal(daily_rate or ESTIMATED_RATE)
    penalty = Penalty(known.penalty.kind, Decimal(known.penalty.value))
    per_day = penalty.per_day(Rate("daily", contract))
    return Lateness(known.penalty.kind, per_day, contract if known.penalty.kind == "multiple" else None)


def values_of(subject: Subject, case: Case, today: date) -> dict[str, str]:
    """All sums that can be known about ``subject`` and ``case``."""
    return {
        **_penalty(subject),
        **_cost_rows(case),
        **_minimum(subject),
        **_instalments(subject, today),
        **_part(subject),
        **_budget(subject, case, today),
        **_due(subject, today),
    }


def _penalty(subject: Subject) -> dict[str, str]:
    owed, days = subject.principal_fen, subject.overdue_days
    values = {} if owed is None else {"principal": yuan(owed)}
    if days:
        values["days"] = str(days)
    found = lateness(subject.counted_as, subject.daily_rate)
    if owed is None or found.per_day is None:
        return values
    values["penalty_rate"], values["per_day"] = found.shown, yuan(interest(owed, found.per_day, 1))
    if found.contract is not None:
        values["contract_rate"] = render.percent(found.contract, 4)
    if days:
        values["so_far"] = yuan(interest(owed, found.per_day, days))
    return values


def _cost_rows(case: Case) -> dict[str, str]:
    """The penalty of each overdue debt, or that its rate is not known."""
    overdue = [debt for debt in case.debts if debt.overdue_days and debt.balance_fen is not None]
    if len(overdue) < 2:
        return {}
    return {"cost_rows": "\n".join(map(_cost_row, overdue))}


def _cost_row(told: Debt) -> str:
    found = lateness(told.product, told.daily_rate)
    product, days, owed = render.product_label(told.product), told.overdue_days or 0, told.balance_fen or 0
    if found.per_day is None:
        return line("sums.cost_unknown", product=product, days=days)
    cost = yuan(interest(owed, found.per_day, days))
    return line("sums.cost", product=product, days=days, principal=yuan(owed), rate=found.shown, cost=cost)


def _minimum(subject: Subject) -> dict[str, str]:
    product, owed = catalog().products.get(subject.counted_as or ""), subject.principal_fen
    if product is None or product.minimum is None or owed is None:
        return {}
    least = min(owed, max(product.minimum.floor_fen, interest(owed, Fraction(product.minimum.value), 1)))
    rate = Fraction(product.rate.value or ESTIMATED_RATE)
    return {
        "minimum": yuan(least),
        "minimum_rest": yuan(owed - least),
        "minimum_per_day": yuan(interest(owed - least, rate, 1)),
    }


def _instalments(subject: Subject, today: date) -> dict[str, str]:
    rate = subject.daily_rate or ESTIMATED_RATE
    values = {"rate": render.percent(rate, 4)}
    if subject.principal_fen is None:
        return values
    values["interest_per_day"] = yuan(interest(subject.principal_fen, Fraction(rate), 1))
    rows = [(n, _schedule(subject.principal_fen, n, subject, today)) for n in ORDINARY]
    values["choices"] = line("note.separator").join(
        line("sums.choice", periods=n, each=_each(schedule), cost=yuan(schedule.cost_fen)) for n, schedule in rows
    )
    if subject.periods is None or not 1 <= subject.periods <= LONGEST:
        return values
    schedule = _schedule(subject.principal_fen, subject.periods, subject, today)
    return {
        **values,
        "periods": str(subject.periods),
        "each": _each(schedule),
        "bare": yuan(-(-subject.principal_fen // subject.periods)),
        "periods_cost": yuan(schedule.cost_fen),
    }


def _schedule(principal_fen: int, periods: int, subject: Subject, today: date) -> Schedule:
    """Level instalments at the person's own rate, else at the estimate."""
    day = subject.due_day or today.day
    first = next_due(today, day) if subject.due_day else months_on(today, 1, day)
    rate = Rate("daily", Decimal(subject.daily_rate or ESTIMATED_RATE))
    return level_instalments(principal_fen, periods, rate, today, first, day)


def _each(schedule: Schedule) -> str:
    return yuan(schedule.rows[0].payment_fen)


def _part(subject: Subject) -> dict[str, str]:
    if subject.part_fen is None:
        return {}
    values = {"part": yuan(subject.part_fen)}
    if subject.principal_fen is None or subject.part_fen >= subject.principal_fen:
        return values
    rest = subject.principal_fen - subject.part_fen
    values["rest"] = yuan(rest)
    found = lateness(subject.counted_as, subject.daily_rate)
    if found.per_day is not None:
        values["rest_per_day"] = yuan(interest(rest, found.per_day, 1))
    return values


def spare_fen(case: Case) -> int | None:
    """What is left each month after what is needed, in fen; None until all of the budget is known."""
    if any(getattr(case, slot) is None for slot in BUDGET_SLOTS):
        return None
    return (case.budget_income_fen or 0) - case.expenses_fen


def _budget(subject: Subject, case: Case, today: date) -> dict[str, str]:
    """What is left each month and in how many instalments it clears what is asked about."""
    surplus = spare_fen(case)
    if surplus is None or surplus <= 0:
        return {}
    values = {"capacity": yuan(surplus)}
    owed = subject.principal_fen if subject.principal_fen is not None else case.owed_fen
    for periods in PERIODS if owed else ():
        schedule = _schedule(owed, periods, subject, today)
        if schedule.rows[0].payment_fen <= surplus:
            return {**values, "fit_sum": yuan(owed), "fit_periods": str(periods), **_fit(schedule)}
    return values


def _fit(schedule: Schedule) -> dict[str, str]:
    return {"fit_each": _each(schedule), "fit_cost": yuan(schedule.cost_fen)}


def _due(subject: Subject, today: date) -> dict[str, str]:
    if subject.due_day is None or subject.overdue_days:
        return {}
    due = next_due(today - timedelta(days=1), subject.due_day)  # today itself is still in time
    return {"due_day": str(subject.due_day), "due_date": render.day(due), "days_left": str((due - today).days)}


def shares(case: Case) -> str:
    """How what is left each month would be shared between several debts; empty when that cannot be known."""
    surplus = spare_fen(case)
    balances = {debt.product: debt.balance_fen for debt in case.debts if debt.balance_fen}
    if surplus is None or surplus <= 0 or len(balances) < 2:
        return ""
    return joined(
        line("notes.share", product=render.product_label(product), amount=yuan(fen))
        for product, fen in pro_rata(min(surplus, sum(balances.values())), balances).items()
    )


def joined(items: Iterable[str]) -> str:
    """Items of a list in one row."""
    return line("documents.substitute_separator").join(items)
