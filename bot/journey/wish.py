"""A what-if, computed: another term, another amount a month, a deferral, a lump sum, more money, all at once.

A wish is a plain mapping, as the slot holds it. Keys, of which a message may name several:

- ``periods``: instalments, 1 to ``MOST_PERIODS``; 1 is everything at once
- ``monthly_fen``: an amount a month
- ``defer_months``: months without a payment first, 1 to ``MOST_MONTHS``
- ``lump_sum_fen``, ``lump_on``: money that comes once, and on which day (ISO; today when it is not there)
- ``extra_fen``: money that comes on top every month
- ``minimum``: only the lender's minimum
- ``low_months``: months of paying only ``monthly_fen`` first, and what is left after them in higher instalments
- ``price``: what the lender might give up, one of the engine's prices
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from bot.journey.computing import result_of
from bot.journey.household import later
from bot.journey.offers import OFFER, Offer, easiest, offer_of, together_of
from bot.money import Fen
from bot.plan import Household, Option, Recovery, Result
from bot.plan.calendar import months_on
from bot.plan.model import CONTRACT, LONGEST, PRICES
from bot.plan.strategies import first_payday

MOST_PERIODS: Final = LONGEST
MOST_MONTHS: Final = 24
"""Of a deferral."""
TERMS: Final = (1, 3, 6, 9, 12, 18, 24, 36, 48, MOST_PERIODS)
"""The numbers of instalments that "less a month" and "done sooner" step through."""
KINDS: Final = {
    "minimum": "minimum",
    "low_months": "step_up",
    "lump_sum_fen": "lump_then",
    "defer_months": "deferral",
}
"""The kind of option that a key asks for; the first that is there counts."""
OFFER_NAME: Final = re.compile(
    rf"{OFFER}:(?P<kind>\w+):(?P<periods>\d{{1,4}}):(?P<months>\d{{1,4}}):(?P<price>\w+):\d+"
)

Wish = Mapping[str, Any]


def computed(given: Household, wish: Wish) -> Offer | None:
    """What was asked for, whether it fits or not; None when there is no wish or no such plan.

    Without a capacity there is no payment plan, so the amounts are those of a household with a fen to spare:
    they do not depend on it, and none of them fits.
    """
    if not wish:
        return None
    payable = _changed(given, wish)
    kind = _kind(wish)
    months = wish["defer_months"] if kind == "deferral" else 0
    terms, deferrals = _terms(payable, wish, kind, months), [months] if months else []
    result = result_of(payable, terms, deferrals)
    price = wish.get("price", CONTRACT)
    found = [option for option in together_of(result, kind, price) if option.schedule.deferred == months]
    if "lump_sum_fen" in wish and not found:  # it clears everything
        found = together_of(result, "in_full", price)
    chosen = _chosen(result, found, wish)
    if not chosen:
        return None
    asked = {key: wish[key] for key in ("extra_fen", "low_months") if key in wish}
    return replace(offer_of(chosen[0], payable), **asked)


def of(offer: Offer) -> dict[str, Any]:
    """The wish that ``offer`` fulfils, so that it can be looked at by itself; none for what no wish can ask for."""
    return _wish(*offer.key)


def named(name: str) -> dict[str, Any]:
    """The wish that the offer of this name (``Offer.name``) fulfils; none for what no wish can ask for."""
    parts = OFFER_NAME.fullmatch(name)
    if parts is None:
        return {}
    periods, months = int(parts["periods"]), int(parts["months"])
    if not 1 <= periods <= MOST_PERIODS or months > MOST_MONTHS or parts["price"] not in PRICES:
        return {}
    return _wish(parts["kind"], periods, months, parts["price"])


def _wish(kind: str, periods: int, months: int, price: str) -> dict[str, Any]:
    if kind not in ("level", "deferral"):
        return {}
    found: dict[str, Any] = {"periods": periods}
    if months:
        found["defer_months"] = months
    return found if price == CONTRACT else {**found, "price": price}


def is_met(offer: Offer, wish: Wish) -> bool:
    """Whether the amount a month that was wished for is enough."""
    if "low_months" in wish:
        return True
    return offer.monthly_fen <= int(wish.get("monthly_fen", offer.monthly_fen))


def _changed(given: Household, wish: Wish) -> Household:
    """The household in the case that was asked about."""
    spent = sum(fen for _, fen in given.expenses_fen) + given.buffer_fen
    income = max(spent + 1, given.income_fen + wish.get("extra_fen", 0))
    changed = replace(given, income_fen=Fen(income))
    if "low_months" in wish:  # as if the income were only enough for that amount until then
        first_due, _ = first_payday(given.debts, given.as_of)
        recovery = Recovery(months_on(first_due, wish["low_months"], 1), changed.income_fen)
        return replace(given, income_fen=Fen(spent + wish["monthly_fen"]), recovery=recovery)
    if "lump_sum_fen" not in wish:
        return changed
    if "lump_on" in wish and (on := date.fromisoformat(wish["lump_on"])) > given.as_of:
        changed = later(changed, on)
    return replace(changed, lump_sum_fen=wish["lump_sum_fen"])


def _kind(wish: Wish) -> str:
    return next((kind for key, kind in KINDS.items() if key in wish), "level")


def _terms(given: Household, wish: Wish, kind: str, months: int) -> list[int]:
    """The numbers of instalments to try: the one named; for an amount a month those around the border."""
    if "periods" in wish:
        return [wish["periods"]]
    if "monthly_fen" not in wish or "low_months" in wish:
        return []
    result = result_of(given, (1, 48, MOST_PERIODS), [months] if months else [])
    tried = [option for option in together_of(result, kind) if option.schedule.deferred == months]
    enough = [option.periods for option in tried if option.monthly_fen <= wish["monthly_fen"]]
    last = enough[0] if enough else MOST_PERIODS
    first = max((option.periods for option in tried if option.periods < last), default=0)
    return list(range(first + 1, last + 1))


def _chosen(result: Result, found: list[Option], wish: Wish) -> list[Option]:
    if "periods" in wish:
        return [option for option in found if option.periods <= wish["periods"]][-1:]
    capacity = result.budget.capacity
    if "low_months" in wish:
        return easiest(found, capacity.later_fen)
    if "monthly_fen" in wish:
        return ([option for option in found if option.monthly_fen <= wish["monthly_fen"]] or found[-1:])[:1]
    return easiest(found, capacity.now_fen)
