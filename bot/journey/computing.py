"""The plan engine, asked once for what several actions of a turn want to know.

Reading a message, validating the form, asking the next question and drawing the card each look at the same plans.
The engine is a pure function of frozen values, so equal questions have equal answers; a few of the latest are kept, by
amounts and dates alone, without whose they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from bot.plan import Household, Result, compute

KEPT = 32
"""Answers kept: some turns' worth."""


def result_of(given: Household, periods: Sequence[int] = (), deferrals: Sequence[int] = ()) -> Result:
    """``bot.plan.compute`` with these further numbers of instalments and deferrals. Raises what it raises."""
    return _result(given, tuple(periods), tuple(deferrals))


@lru_cache(maxsize=KEPT)
def _result(given: Household, periods: tuple[int, ...], deferrals: tuple[int, ...]) -> Result:
    return compute(given, periods, deferrals)
