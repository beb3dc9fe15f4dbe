"""The values that the plan engine takes and gives: frozen, in whole fen, exact rates and calendar dates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final, NamedTuple

from bot.money import Fen
from bot.plan import irr

ALL: Final = "all"
"""The ``debt`` of an option that covers every debt together; no debt may have this id."""

PERIODS: Final = (3, 6, 9, 12, 18, 24, 36)
"""The numbers of instalments that are always tried."""

LONGEST: Final = 60
"""The most instalments anybody may ask for."""

CONTRACT: Final = "contract"
PENALTY_WAIVED: Final = "penalty_waived"
INTEREST_WAIVED: Final = "interest_waived"
PRICES: Final = (CONTRACT, PENALTY_WAIVED, INTEREST_WAIVED)

DAYS_IN_YEAR: Final = 365
"""A day is 1/365 of a nominal annual rate, in leap years too."""


@dataclass(frozen=True)
class Rate:
    """What a debt costs: ``daily``, ``annual``, ``flat_fee`` or ``none``."""

    kind: str
    value: Decimal = Decimal(0)
    """A share: 0.0005 is 0.05 % (a day, a year, or of the original principal for ``flat_fee``)."""
    periods: int | None = None
    """For ``flat_fee`` only: the number of instalments that ``value`` pays for."""

    @cached_property
    def per_day(self) -> Fraction:
        """Interest per fen and calendar day, exact; 0 for ``flat_fee`` and ``none``."""
        if self.kind == "daily":
            return Fraction(self.value)
        return Fraction(self.value) / DAYS_IN_YEAR if self.kind == "annual" else Fraction(0)


NO_RATE: Final = Rate("none")


@dataclass(frozen=True)
class Penalty:
    """What overdue money costs instead of the ordinary rate: ``daily``, or ``multiple`` of the daily rate."""

    kind: str
    value: Decimal

    def per_day(self, rate: Rate) -> Fraction:
        """Penalty per overdue fen and calendar day on a debt that bears ``rate``, exact."""
        share = Fraction(self.value)
        return share if self.kind == "daily" else share * rate.per_day


@dataclass(frozen=True)
class Minimum:
    """The least a lender accepts in a month: the larger of ``floor_fen`` and ``fraction`` of what is owed."""

    fraction: Decimal
    floor_fen: Fen


@dataclass(frozen=True)
class Debt:
    """One debt as its lender shows it on ``Household.as_of``."""

    id: str
    product: str
    lender: str
    principal_fen: Fen
    overdue_fen: Fen
    """The part of ``principal_fen`` that is past due."""
    overdue_days: int
    posted_interest_fen: Fen
    posted_penalty_fen: Fen | None
    """``None``: not known, so it is estimated."""
    rate: Rate
    penalty: Penalty | None
    minimum: Minimum | None
    due_day: int
    priority: bool


@dataclass(frozen=True)
class Recovery:
    """The income a month that is expected from the calendar month of ``since`` on."""

    since: date
    income_fen: Fen


@dataclass(frozen=True)
class Household:
    """Everything the engine needs to know."""

    as_of: date
    income_fen: Fen
    expenses_fen: tuple[tuple[str, Fen], ...]
    buffer_fen: Fen
    lump_sum_fen: Fen
    recovery: Recovery | None
    debts: tuple[Debt, ...]


@dataclass(frozen=True)
class Capacity:
    """The most that may be paid in a calendar month, in fen, never negative."""

    now_fen: int
    later_fen: int = 0
    since: date | None = None
    """From this date's calendar month on (the whole month) ``later_fen`` holds."""

    @property
    def least_fen(self) -> int:
        """Fen that there are in every month."""
        return min(self.now_fen, self.later_fen) if self.since else self.now_fen

    def on(self, day: date) -> int:
        """Fen a month in the calendar month of ``day``."""
        if self.since and (day.year, day.month) >= (self.since.year, self.since.month):
            return self.later_fen
        return self.now_fen


class Row(NamedTuple):
    """One line of a schedule. ``payment_fen`` = interest + fee + principal, always."""

    n: int
    """0 for a lump sum paid on ``as_of``, else the number of the instalment from 1."""
    due: date
    payment_fen: int
    interest_fen: int
    """The part of the payment that goes to interest."""
    fee_fen: int
    """The part that goes to fees and penalty."""
    principal_fen: int
    balance_fen: int
    """What is left of the opening balance after the payment."""


@dataclass(frozen=True)
class Schedule:
    """Dated payments that clear ``opening_fen``, or show that they do not."""

    as_of: date
    opening_fen: int
    rows: tuple[Row, ...]
    deferred: int = 0
    """Months without a payment before row 1."""
    unpaid_fen: int = 0
    """Owed after the last row, unpaid interest included; 0 for every schedule that ends."""

    @cached_property
    def total_paid_fen(self) -> int:
        """Sum of the payments, in fen."""
        return sum(row.payment_fen for row in self.rows)

    @property
    def cost_fen(self) -> int:
        """Interest and fees on top of ``opening_fen``, in fen; what is unpaid counts as paid at the end."""
        return self.total_paid_fen + self.unpaid_fen - self.opening_fen

    @cached_property
    def apr_nominal(self) -> Decimal:
        """12 × the periodic IRR, 6 decimals; 0 when nothing is charged.

        Period 0 is ``as_of``, row n falls in period ``deferred`` + n, deferred periods pay zero.
        """
        if self.cost_fen == 0:
            return irr.NOTHING
        today, flows = self._flows()
        last = self.deferred + flows[-1].n
        payments = [0] * last
        for row in flows:
            payments[self.deferred + row.n - 1] = row.payment_fen
        return irr.six_decimals(12 * irr.periodic_rate(today, payments))

    @cached_property
    def apr_effective(self) -> Decimal:
        """XIRR from ``as_of`` with days/365, 6 decimals; 0 when nothing is charged."""
        if self.cost_fen == 0:
            return irr.NOTHING
        today, flows = self._flows()
        days = [(row.due - self.as_of).days for row in flows]
        return irr.six_decimals(irr.yearly_rate(today, [row.payment_fen for row in flows], days))

    def _flows(self) -> tuple[int, list[Row]]:
        """What is borrowed today net of a lump sum, and the later payments with any remainder on the last."""
        flows = [row for row in self.rows if row.n > 0]
        last = flows[-1]
        flows[-1] = last._replace(payment_fen=last.payment_fen + self.unpaid_fen)
        return self.opening_fen - sum(row.payment_fen for row in self.rows if row.n == 0), flows


@dataclass(frozen=True)
class Option:
    """One thing that may be asked of a lender, with its schedule and whether it fits the capacity."""

    id: str
    kind: str
    debt: str
    periods: int
    """Instalments; for a pause the months without payment."""
    price: str
    principal_fen: int
    """Outstanding principal of the debt(s): what ``total_cost_fen`` is measured against."""
    schedule: Schedule = field(repr=False)
    fails_on: date | None
    """Due date of the first payment that exceeds the capacity of its month; ``None`` when every one fits."""

    @property
    def feasible(self) -> bool:
        """Whether every payment fits the capacity of its month and the schedule ends."""
        return self.fails_on is None

    @cached_property
    def monthly_fen(self) -> int:
        """The largest payment of any month, a lump sum apart."""
        return max(row.payment_fen for row in self.schedule.rows if row.n > 0)

    @property
    def first_due(self) -> date:
        """The first due date; for a pause the date on which payments start again."""
        return next(row.due for row in self.schedule.rows if row.n > 0)

    @property
    def last_fen(self) -> int:
        """The last payment."""
        return self.schedule.rows[-1].payment_fen

    @property
    def total_cost_fen(self) -> int:
        """Everything paid on top of the outstanding principal, penalties so far included."""
        return self.schedule.total_paid_fen + self.schedule.unpaid_fen - self.principal_fen
