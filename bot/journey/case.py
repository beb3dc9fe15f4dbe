"""A person's case: everything they have told us so far, as one value that is read from and written to slots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, timedelta
from typing import Any

BUDGET_SLOTS = ("budget_income_fen", "budget_housing_fen", "budget_living_fen", "budget_other_fen")
RECORD_SLOTS = (
    "record_channel",
    "record_outcome",
    "record_products",
    "record_kind",
    "record_monthly_fen",
    "record_periods",
    "record_defer_months",
    "record_first_due",
    "record_total_fen",
    "record_principal_fen",
    "record_interest_fen",
    "record_waived_fen",
    "record_waiver",
    "record_collection",
    "record_credit",
    "record_confirmation",
    "record_at",
    "record_said",
    "record_staff",
    "record_ticket",
    "record_next",
    "record_call_back",
    "record_confirm",
)


@dataclass(frozen=True)
class Debt:
    """One debt as the person described it; None is "not said yet"."""

    product: str
    """Catalogue id of the product."""
    balance_fen: int | None = None
    """What is still owed in all, in fen."""
    overdue_days: int | None = None
    """Days past due; 0 when it is not overdue."""
    due_day: int | None = None
    """Day of the month on which it is due, 1–31."""
    daily_rate: str | None = None
    """Interest a day as a decimal string, when the person read it off the app."""
    annual_rate: str | None = None
    """The same a year, when that is what the app shows; one of the two at most."""
    penalty_fen: int | None = None
    """The part of ``balance_fen`` that the app calls a penalty; None when nobody said, then it is estimated."""
    told_on: str | None = field(default=None, compare=False)
    """ISO date on which ``overdue_days`` was true; it goes on by itself (``bot.journey.passing``)."""

    @property
    def is_due_day_reckoned(self) -> bool:
        """True when the due day was not told but follows from the days overdue."""
        if not (self.overdue_days and self.told_on and self.due_day):
            return False
        return (date.fromisoformat(self.told_on) - timedelta(days=self.overdue_days)).day == self.due_day

    @property
    def is_complete(self) -> bool:
        """True when a plan can be computed for it."""
        return self.balance_fen is not None and self.overdue_days is not None and self.due_day is not None


@dataclass(frozen=True)
class Case:
    """All that is known. Field names are the slots' names."""

    situation_cause: str | None = None
    debts: tuple[Debt, ...] = ()
    debts_more: bool | None = None
    """False once the person said that these are all their debts."""
    budget_income_fen: int | None = None
    budget_housing_fen: int | None = None
    budget_living_fen: int | None = None
    budget_other_fen: int | None = None
    plan_wish: Mapping[str, Any] = field(default_factory=dict)
    """What-if asked for: what ``bot.journey.wish`` knows."""
    plan_choice: Mapping[str, Any] | None = None
    """The option that was chosen, as shown."""
    documents_have: tuple[str, ...] | None = None
    """Catalogue ids of the papers that are at hand; empty when there are none; None before the question."""
    documents_substitute: tuple[str, ...] = ()
    """Catalogue ids of the papers for which something else stands in."""
    documents_open: bool | None = None
    """True while papers are ticked off one by one and the question is still open."""
    contact_channel: str | None = None
    record_channel: str | None = None
    record_outcome: str | None = None
    record_products: tuple[str, ...] | None = None
    """Catalogue ids of the debts that the talk was about, as they were named; empty when that is not known."""
    record_kind: str | None = None
    record_monthly_fen: int | None = None
    record_periods: int | None = None
    record_defer_months: int | None = None
    record_first_due: str | None = None
    record_total_fen: int | None = None
    record_principal_fen: int | None = None
    record_interest_fen: int | None = None
    record_waived_fen: int | None = None
    record_waiver: str | None = None
    """What is waived as a whole: ``penalty``, ``interest``, ``both`` or ``none``."""
    record_collection: str | None = None
    record_credit: str | None = None
    record_confirmation: str | None = None
    record_at: str | None = None
    """When the talk was, as an ISO date or date and time; None is "just now"."""
    record_said: str | None = None
    record_call_back: str | None = None
    """ISO date until which an answer was promised."""
    record_staff: str | None = None
    record_ticket: str | None = None
    record_next: str | None = None
    record_confirm: bool | None = None
    doubt: Mapping[str, Any] | None = None
    """A value that looks odd and waits for a yes: ``{slot, value, product?}``."""

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> Case:
        """Read the case from a tracker's slots; slots that are not part of a case are passed over."""
        known = {f.name: slots[f.name] for f in fields(cls) if slots.get(f.name) is not None}
        known["debts"] = tuple(Debt(**debt) for debt in known.get("debts", ()))
        for name in ("documents_have", "documents_substitute", "record_products"):
            if name in known:
                known[name] = tuple(known[name])
        return cls(**known)

    def as_slots(self) -> dict[str, Any]:
        """Every field as plain JSON."""
        slots = {f.name: getattr(self, f.name) for f in fields(self)}
        slots["debts"] = [asdict(debt) for debt in self.debts] or None
        slots["plan_wish"] = dict(self.plan_wish) or None
        for name in ("documents_have", "record_products"):
            if slots[name] is not None:
                slots[name] = list(slots[name])
        slots["documents_substitute"] = list(self.documents_substitute) or None
        return slots

    def changes_from(self, before: Case) -> dict[str, Any]:
        """The slots that differ from ``before``, with their new values."""
        old = before.as_slots()
        return {name: value for name, value in self.as_slots().items() if value != old[name]}

    def debt(self, product: str) -> Debt | None:
        """The debt on ``product``, or None."""
        return next((debt for debt in self.debts if debt.product == product), None)

    def with_debt(self, product: str, **known: Any) -> Case:
        """The case with ``known`` set on the debt for ``product``, which is added when it is new."""
        debts = self.debts if self.debt(product) else (*self.debts, Debt(product))
        return replace(
            self,
            debts=tuple(replace(debt, **known) if debt.product == product else debt for debt in debts),
        )

    def without_debt(self, product: str) -> Case:
        """The case without the debt for ``product``."""
        return replace(self, debts=tuple(debt for debt in self.debts if debt.product != product))

    def with_slot(self, slot: str, value: Any) -> Case:
        """The case with one slot set."""
        changed: dict[str, Any] = {slot: value}
        return replace(self, **changed)

    @property
    def open_debt(self) -> Debt | None:
        """The first debt of which something is still unknown."""
        return next((debt for debt in self.debts if not debt.is_complete), None)

    @property
    def expenses_fen(self) -> int:
        """Necessary spending a month as far as it is known."""
        return sum(
            value
            for value in (self.budget_housing_fen, self.budget_living_fen, self.budget_other_fen)
            if value is not None
        )

    @property
    def owed_fen(self) -> int:
        """The sum of all balances that are known."""
        return sum(debt.balance_fen or 0 for debt in self.debts)

    @property
    def has_begun(self) -> bool:
        """True when the person has told us anything about their case."""
        return bool(self.situation_cause or self.debts or self.budget_income_fen is not None)
