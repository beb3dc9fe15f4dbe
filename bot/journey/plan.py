"""The plan as the person sees it: a case turned into the engine's household, and its options into a few offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bot.journey.case import Case
from bot.knowledge.loader import catalog
from bot.plan import Option, Result, compute, parse_case

DEFER_MONTHS = 3
"""Months of a pause before instalments when nobody asked for another number."""
LONG_PERIODS = (48, 60)
"""Tried as well when nothing shorter fits."""
MOST_PERIODS = 60
MOST_OFFERS = 4
"""More than that nobody compares."""
ESTIMATED_RATE = "0.0005"
"""Interest a day where the person has not read their own off the app (fact ``cost.daily_rate_yearly``)."""


@dataclass(frozen=True)
class Offer:
    """One option as it is shown and, once chosen, remembered."""

    kind: str
    """``level``, ``deferral``, ``lump_then`` or ``pause``."""
    periods: int
    defer_months: int
    monthly_fen: int
    first_due: date
    total_paid_fen: int
    total_cost_fen: int
    apr: Decimal
    """Effective rate a year, a share."""
    fits: bool
    waived: bool
    """True when it counts on the penalty being waived."""
    lump_fen: int = 0

    def as_choice(self, words: str) -> dict[str, Any]:
        """The offer as plain JSON for the slot, with its description in words."""
        return {
            "kind": self.kind,
            "periods": self.periods,
            "defer_months": self.defer_months,
            "monthly_fen": self.monthly_fen,
            "first_due": self.first_due.isoformat(),
            "total_paid_fen": self.total_paid_fen,
            "words": words,
        }


@dataclass(frozen=True)
class Proposal:
    """What is put before the person."""

    surplus_fen: int
    capacity_fen: int
    level: str
    offers: tuple[Offer, ...]
    ask: Offer | None
    accept: Offer | None
    floor_fen: int
    """The most a month that may be agreed to."""
    fits_any: bool
    pause_months: int
    shares: tuple[tuple[str, int], ...]
    """Product and its part of the capacity a month, in fen."""
    order: tuple[str, ...]
    """Products in the order of paying them off that costs least."""
    rate_known: bool
    unmet_fen: int | None = None
    """An amount a month that was wished for and clears nothing within ``MOST_PERIODS``."""


def household(case: Case, today: date) -> dict[str, Any]:
    """The engine's input for a complete case."""
    wish = case.plan_wish
    return {
        "as_of": today.isoformat(),
        "income_fen": case.budget_income_fen or 0,
        "expenses_fen": {
            "housing": case.budget_housing_fen or 0,
            "food": case.budget_living_fen or 0,
            "other": case.budget_other_fen or 0,
        },
        "buffer_fen": 0,
        "lump_sum_fen": min(wish.get("lump_sum_fen", 0), case.owed_fen),
        "recovery": None,
        "debts": [_engine_debt(debt) for debt in case.debts],
    }


def _engine_debt(debt: Any) -> dict[str, Any]:
    product = catalog().products[debt.product]
    overdue = debt.overdue_days > 0
    return {
        "id": debt.product,
        "product": debt.product,
        "lender": product.lender_zh,
        "principal_fen": debt.balance_fen,
        "overdue_fen": debt.balance_fen if overdue else 0,
        "overdue_days": debt.overdue_days,
        "posted_interest_fen": 0,
        # What the app shows as owed holds the penalty so far: nothing is added a second time.
        "posted_penalty_fen": 0,
        "rate": {"kind": "daily", "value": debt.daily_rate or ESTIMATED_RATE},
        "penalty": None,
        "minimum": None,
        "due_day": debt.due_day,
        "priority": False,
    }


def propose(case: Case, today: date) -> Proposal:
    """Compute what can be kept, and pick the few offers worth showing, the gentlest first."""
    given = parse_case(household(case, today))
    deferrals = (case.plan_wish.get("defer_months") or DEFER_MONTHS,)
    result = compute(given, asked_deferrals=deferrals)
    if not _fitting(result):
        result = compute(given, asked_periods=LONG_PERIODS, asked_deferrals=deferrals)
    ask, accept = result.ladder.ask, result.ladder.accept
    wished = _wished(compute(given, _wished_periods(case.plan_wish), deferrals), case.plan_wish)
    offers = _offers(result, wished)
    return Proposal(
        surplus_fen=result.budget.surplus_fen,
        capacity_fen=result.budget.capacity.now_fen,
        level=result.budget.level,
        offers=tuple(offers),
        ask=offer_of(ask) if ask else None,
        accept=offer_of(accept) if accept else None,
        floor_fen=result.ladder.floor_fen,
        fits_any=bool(_fitting(result)),
        pause_months=result.ladder.pause_months or DEFER_MONTHS,
        shares=tuple(result.pro_rata.items()),
        order=_cheapest_order(case),
        rate_known=all(debt.daily_rate for debt in case.debts),
        unmet_fen=_unmet(wished, case.plan_wish),
    )


def _together(result: Result, kind: str, price: str) -> list[Option]:
    found = [o for o in result.options if o.debt == "all" and o.kind == kind and o.price == price]
    return sorted(found, key=lambda option: option.periods)


def _fitting(result: Result) -> list[Option]:
    return [option for option in _together(result, "level", "contract") if option.feasible]


def _wished_periods(wish: Mapping[str, int]) -> tuple[int, ...]:
    """The numbers of instalments to try for a wish: the one named, or all for an amount a month."""
    if "monthly_fen" in wish:
        return tuple(range(1, MOST_PERIODS + 1))
    return (wish["periods"],) if "periods" in wish else ()


def _wished(result: Result, wish: Mapping[str, int]) -> list[Option]:
    """What was asked for, whether it fits or not."""
    level, deferred = _together(result, "level", "contract"), _together(result, "deferral", "contract")
    found: list[Option] = [option for option in level if option.periods == wish.get("periods")]
    if "monthly_fen" in wish:
        found += ([o for o in level if o.monthly_fen <= wish["monthly_fen"]] or level[-1:])[:1]
    if wish.get("lump_sum_fen"):
        found += [o for o in _together(result, "lump_then", "contract") if o.feasible][:1]
    if wish.get("defer_months"):
        chosen = [o for o in deferred if o.schedule.deferred == wish["defer_months"]]
        found += ([o for o in chosen if o.feasible] or chosen[-1:])[:1]
    return found


def _unmet(wished: list[Option], wish: Mapping[str, int]) -> int | None:
    """The amount a month wished for when even the longest plan asks for more."""
    monthly = wish.get("monthly_fen")
    if monthly is None or any(option.monthly_fen <= monthly for option in wished):
        return None
    return monthly


def _offers(result: Result, wished: list[Option]) -> list[Offer]:
    """Pause when nothing can be paid; else what was wished for, the ladder's two and a deferral; no two alike."""
    if result.budget.capacity.now_fen == 0:
        return [offer_of(option) for option in _together(result, "pause", "contract")[:1]]
    level, deferred = _together(result, "level", "contract"), _together(result, "deferral", "contract")
    rungs = [option for option in (result.ladder.ask, result.ladder.accept) if option is not None]
    picked = [*wished, *rungs, *[o for o in deferred if o.feasible][:1], *[o for o in level if o.feasible][:1]]
    seen: dict[tuple[str, int, int], Offer] = {}
    for option in picked or level[-1:]:
        seen.setdefault((option.kind, option.periods, option.schedule.deferred), offer_of(option))
    return list(seen.values())[:MOST_OFFERS]


def offer_of(option: Option) -> Offer:
    """An engine option as an offer."""
    rows = [row for row in option.schedule.rows if row.n > 0]
    return Offer(
        kind=option.kind,
        periods=option.periods,
        defer_months=option.schedule.deferred,
        monthly_fen=option.monthly_fen,
        first_due=rows[0].due,
        total_paid_fen=option.schedule.total_paid_fen,
        total_cost_fen=option.total_cost_fen,
        apr=option.schedule.apr_effective,
        fits=option.feasible,
        waived=option.price == "penalty_waived",
        lump_fen=sum(row.payment_fen for row in option.schedule.rows if row.n == 0),
    )


def _cheapest_order(case: Case) -> tuple[str, ...]:
    """Products by what a day of them costs, the dearest rate first; larger balances first where rates are equal."""
    debts = sorted(
        case.debts, key=lambda d: (-Decimal(d.daily_rate or ESTIMATED_RATE), -(d.balance_fen or 0), d.product)
    )
    return tuple(debt.product for debt in debts)
