"""Exact rounding of rational amounts to whole fen: half to even, once, when an amount is posted."""

from __future__ import annotations

from fractions import Fraction


def half_even(numerator: int, denominator: int) -> int:
    """The whole number nearest to the quotient; a tie goes to the even neighbour. ``denominator`` > 0."""
    whole, rest = divmod(numerator, denominator)
    over = 2 * rest - denominator
    return whole + (over > 0 or (over == 0 and whole & 1))


def interest(balance_fen: int, per_day: Fraction, days: int) -> int:
    """Simple interest on ``balance_fen`` for ``days`` calendar days, in whole fen."""
    return half_even(balance_fen * per_day.numerator * days, per_day.denominator)


def spread(total: int, parts: int) -> list[int]:
    """Split ``total`` into ``parts`` whole amounts that add back up to it; odd fen on the earliest."""
    each, odd = divmod(total, parts)
    return [each + (part < odd) for part in range(parts)]
