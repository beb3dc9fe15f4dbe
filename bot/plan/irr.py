"""What a schedule really costs: internal rates of return of one amount received and later payments.

With payments that are never negative and add up to at least the amount, the present value falls with the rate
and is convex in the unknowns chosen below, so Newton's method started at rate 0 walks down to the only root.
Floats are allowed here because a rate is not money; nothing computed here flows back into an amount.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import exp, log
from typing import Final

from bot.errors import PlanInputError

NOTHING: Final = Decimal("0.000000")
_SMALL: Final = 1e-13
"""A step so small that the next one would be below the precision of a float, as each squares the error."""


def irr(opening_fen: int, payments_fen: Sequence[int]) -> Decimal:
    """Periodic rate, 12 decimals, at which ``payments_fen`` (from period 1 on) equal ``opening_fen``.

    Raises ``PlanInputError`` when the payments do not add up to the amount: there is no rate of 0 or more
    then.
    """
    _check(opening_fen, payments_fen)
    return Decimal(f"{periodic_rate(opening_fen, payments_fen):.12f}")


def xirr(opening_fen: int, payments_fen: Sequence[int], days: Sequence[int]) -> Decimal:
    """Effective yearly rate, 6 decimals; payment i is made ``days[i]`` days after the opening, over 365."""
    _check(opening_fen, payments_fen)
    if len(days) != len(payments_fen) or any(day < 1 for day in days):
        raise PlanInputError("days", list(days), "must be one number of 1 or more for each payment")
    return six_decimals(yearly_rate(opening_fen, payments_fen, days))


def six_decimals(rate: float) -> Decimal:
    """The rate as it is printed everywhere."""
    return Decimal(f"{rate:.6f}")


def periodic_rate(opening_fen: int, payments_fen: Sequence[int]) -> float:
    """The root for ``irr``, unchecked and unrounded. Works on the discount factor v, by Horner's rule."""
    backwards = payments_fen[::-1]
    v = step = 1.0
    while step > _SMALL * v:
        value = slope = 0.0
        for payment in backwards:
            slope = slope * v + value
            value = value * v + payment
        slope = slope * v + value
        step = (value * v - opening_fen) / slope
        v -= step
    return 1.0 / v - 1.0


def yearly_rate(opening_fen: int, payments_fen: Sequence[int], days: Sequence[int]) -> float:
    """The root for ``xirr``, unchecked and unrounded. Works on the logarithm of a day's discount factor."""
    y, step = 0.0, 1.0
    while step > _SMALL:
        value = slope = 0.0
        for payment, day in zip(payments_fen, days, strict=True):
            worth = payment * exp(y * day)
            value += worth
            slope += worth * day
        # Newton on log(value) rather than value: the same root, and far fewer steps when rates are steep.
        step = log(value / opening_fen) * value / slope
        y -= step
    return exp(-365.0 * y) - 1.0


def _check(opening_fen: int, payments_fen: Sequence[int]) -> None:
    if opening_fen < 1:
        raise PlanInputError("opening_fen", opening_fen, "must be 1 or more")
    if any(payment < 0 for payment in payments_fen) or sum(payments_fen) < opening_fen:
        raise PlanInputError("payments_fen", list(payments_fen), "must not be negative and must cover the opening")
