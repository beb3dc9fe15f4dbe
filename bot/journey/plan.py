"""What is put before the person: a few offers from the engine, where to stop, and what each lender gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from bot.journey import wish
from bot.journey.case import Case
from bot.journey.computing import result_of
from bot.journey.household import household
from bot.journey.offers import Offer, easiest, offer_of, part_of, together_of
from bot.journey.wish import MOST_PERIODS
from bot.plan import Debt, Household, Option, Result, Schedule, Strategy, balance_fen, parse_case
from bot.plan.ladder import ACCEPT_PERCENT
from bot.plan.model import CONTRACT, INTEREST_WAIVED, PENALTY_WAIVED

DEFER_MONTHS = 3
"""Months of a pause before instalments when nobody asked for another number."""
LONG_PERIODS = (48, MOST_PERIODS)
"""Tried as well when nothing shorter fits."""
STANDING = 3
"""Offers that are always shown, at most; what was asked for comes after them."""
WORTH_SAYING = 1_000
"""Fen that an order of paying has to save to be called the cheaper one."""


@dataclass(frozen=True)
class Share:
    """What one lender gets."""

    product: str
    capacity_fen: int
    """Its part of the capacity a month: the most to agree to with it."""
    ask: Offer | None
    """What to ask this lender for; None when nothing that fits clears the debt."""


@dataclass(frozen=True)
class Proposal:
    """What is put before the person. Amounts in fen."""

    as_of: date
    surplus_fen: int
    capacity_fen: int
    level: str
    offers: tuple[Offer, ...]
    """Numbered from 1; what was wished for is the last one unless it is among the others."""
    wished: Offer | None
    """What was wished for; without a capacity it is not among the offers."""
    ask: Offer | None
    accept: Offer | None
    floor: Offer | None
    """The shortest that fits at all; the rungs of the ladder are among the offers."""
    floor_fen: int
    """The most a month that may be agreed to."""
    fits_any: bool
    pause_months: int
    shares: tuple[Share, ...]
    """One for each debt, in the order of their ids."""
    order: tuple[str, ...]
    """Products by what a day of them costs, the dearest first; of equal ones what is overdue."""
    order_saves_fen: int
    """What that order saves in interest against paying all in proportion; 0 when that is next to nothing."""
    is_late_first: bool
    """True when what is overdue stands before what is not."""
    owed_fen: int
    penalty_fen: int
    """The part of what is owed that is penalty, told or estimated."""
    saved_fen: int
    """What the first offer costs less with the penalty waived than without; 0 when there is nothing to waive."""
    is_wish_met: bool
    """False when an amount a month was wished for and even the longest plan asks for more."""


def propose(case: Case, today: date) -> Proposal:
    """Compute what can be kept, and pick the few offers worth showing, the gentlest first."""
    given = parse_case(household(case, today))
    result = result_of(given, deferrals=(DEFER_MONTHS,))
    if result.ladder.floor is None:
        result = result_of(given, LONG_PERIODS, (DEFER_MONTHS,))
    ask, accept, floor = (_rung(option, given) for option in _rungs(result))
    wished = wish.computed(given, case.plan_wish)
    capacity = result.budget.capacity.now_fen
    order = sorted(given.debts, key=_dearest_first)
    offers = _offers(result, [ask, accept, floor], wished)
    return Proposal(
        as_of=today,
        surplus_fen=result.budget.surplus_fen,
        capacity_fen=capacity,
        level=result.budget.level,
        offers=offers,
        wished=wished,
        ask=ask,
        accept=accept,
        floor=floor,
        floor_fen=result.ladder.floor_fen,
        fits_any=result.ladder.floor is not None,
        pause_months=result.ladder.pause_months or DEFER_MONTHS,
        shares=tuple(
            Share(one.debt, result.pro_rata[one.debt], _rung(one.ask or one.accept or one.floor, given))
            for one in result.ladders
        ),
        order=tuple(debt.id for debt in order),
        order_saves_fen=_order_saves(result, order),
        is_late_first=bool(order[0].overdue_days and not order[-1].overdue_days),
        owed_fen=sum(balance_fen(debt) for debt in given.debts),
        penalty_fen=sum(debt.posted_penalty_fen or 0 for debt in given.debts),
        saved_fen=_saved(result, offers[0].periods) if offers[0].kind == "level" else 0,
        is_wish_met=wished is None or wish.is_met(wished, case.plan_wish),
    )


def parts(case: Case, today: date) -> tuple[tuple[str, Offer], ...]:
    """Product by product, what the plan chosen means for its lender: the same term on that debt's own due day."""
    chosen = case.plan_choice or {}
    months = chosen.get("defer_months", 0)
    kinds = {"level": "level", "deferral": f"deferral-{months}"}
    if chosen.get("kind") not in kinds:
        return ()
    given = parse_case(household(case, today))
    result = result_of(given, [chosen["periods"]], [months] if months else [])
    name = f"{kinds[chosen['kind']]}:{chosen['periods']}:{chosen.get('price', CONTRACT)}"
    found = ((debt.id, result.option(f"{debt.id}:{name}")) for debt in given.debts)
    return tuple((product, offer_of(option, given)) for product, option in found if option is not None)


def chosen_schedule(case: Case, today: date) -> Schedule | None:
    """Every payment of the plan that was chosen, all debts together; None for a plan without fixed instalments."""
    chosen = case.plan_choice or {}
    months = chosen.get("defer_months", 0)
    kinds = {"level": "level", "deferral": f"deferral-{months}", "in_full": "in_full"}
    if chosen.get("kind") not in kinds:
        return None
    result = result_of(parse_case(household(case, today)), [chosen["periods"]], [months] if months else [])
    prices = (chosen.get("price", CONTRACT), PENALTY_WAIVED)
    found = (
        option.schedule
        for price in prices
        for option in together_of(result, str(chosen["kind"]), price)
        if option.periods == chosen["periods"] and option.schedule.deferred == months
    )
    return next(found, None)


def strain(one: Offer, proposal: Proposal) -> str:
    """Whether an offer can be kept: ``fits``, ``tight`` (above what the ladder accepts), or ``breaks``."""
    if not one.fits:
        return "breaks"
    there = proposal.capacity_fen + one.extra_fen
    return "fits" if one.monthly_fen * 100 <= there * ACCEPT_PERCENT else "tight"


def is_beyond(choice: Mapping[str, Any], proposal: Proposal) -> bool:
    """Whether the plan chosen asks for more a month than there is."""
    return int(choice["monthly_fen"]) > proposal.capacity_fen


def _rungs(result: Result) -> tuple[Option | None, Option | None, Option | None]:
    return result.ladder.ask, result.ladder.accept, result.ladder.floor


def _rung(option: Option | None, given: Household) -> Offer | None:
    return offer_of(option, given) if option else None


def _strategy(result: Result, order: str) -> Strategy:
    return next(strategy for strategy in result.strategies if strategy.order == order)


def _dearest_first(debt: Debt) -> tuple[Fraction, bool, str]:
    """Sort key: what a fen costs a day while it is as it is now, overdue or not."""
    per_day = debt.penalty.per_day(debt.rate) if debt.penalty and debt.overdue_days else debt.rate.per_day
    return -per_day, not debt.overdue_days, debt.id


def _order_saves(result: Result, order: list[Debt]) -> int:
    """What paying in ``order`` saves in interest against paying in proportion, where the engine knows that order."""
    best, shared = _strategy(result, "avalanche"), _strategy(result, "pro_rata")
    if best.months is None or shared.months is None or best.debts != tuple(debt.id for debt in order):
        return 0
    saved = shared.total_interest_fen - best.total_interest_fen
    return saved if saved >= WORTH_SAYING else 0


def _saved(result: Result, periods: int) -> int:
    """What so many instalments cost less when the penalty is waived."""
    prices = (CONTRACT, PENALTY_WAIVED)
    totals = [
        option.schedule.total_paid_fen
        for price in prices
        for option in together_of(result, "level", price)
        if option.periods == periods
    ]
    return totals[0] - totals[1] if len(totals) == len(prices) else 0


def _offers(result: Result, rungs: list[Offer | None], wished: Offer | None) -> tuple[Offer, ...]:
    """A pause when nothing can be paid; else the ladder's rungs, a deferral and what else there is; no two alike."""
    given, capacity = result.household, result.budget.capacity.now_fen
    if capacity == 0:
        asked = [wished] if wished and wished.fits else []
        return (*(offer_of(option, given) for option in together_of(result, "pause")[:1]), *asked)
    picked = [one for one in rungs[:2] if one] or [one for one in rungs[2:] if one]
    if picked:
        level = together_of(result, "level")
        fitting = easiest([option for option in together_of(result, "deferral") if option.feasible], capacity)
        others = [*fitting, *[option for option in level if option.feasible][:1], *level[-1:], *level[-2:-1]]
    else:
        picked = [part_of(given, result.pro_rata, capacity)]
        others = [*together_of(result, "level", INTEREST_WAIVED)[-1:], *together_of(result, "level")[-1:]]
    standing: dict[tuple[str, int, int, str], Offer] = {}
    for one in (*picked, *(offer_of(option, given) for option in others)):
        standing.setdefault(one.key, one)
    shown = list(standing.values())[:STANDING]
    return (*shown, wished) if wished and wished not in shown else tuple(shown)


def monthly_for(case: Case, periods: int, today: date) -> int | None:
    """What all debts in ``periods`` instalments come to a month at the contract's price, in fen; None when unknown."""
    if not case.debts or case.open_debt is not None:
        return None
    wished = propose(replace(case, plan_wish={"periods": periods}), today).wished
    return wished.monthly_fen if wished and wished.periods == periods else None
