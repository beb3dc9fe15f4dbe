"""Dividing an amount between debts, to the fen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.errors import PlanInputError
from bot.plan.model import Debt


def pro_rata(capacity_fen: int, balances_fen: Mapping[str, int]) -> dict[str, int]:
    """Share ``capacity_fen`` in proportion to the balances; fen, largest-remainder method.

    Ties go to the larger balance, then to the earlier id. No share exceeds its balance, so the shares add up
    to the capacity, or to the balances when the capacity would clear all of them.
    """
    if capacity_fen < 0:
        raise PlanInputError("capacity_fen", capacity_fen, "must not be negative")
    for name, balance in balances_fen.items():
        if balance < 0:
            raise PlanInputError(f"balances_fen.{name}", balance, "must not be negative")
    names = sorted(balances_fen)
    weights = [balances_fen[name] for name in names]
    shares = dict(zip(names, apportion(min(capacity_fen, sum(weights)), weights), strict=True))
    return {name: shares[name] for name in balances_fen}


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Split ``total`` in proportion to ``weights``, largest remainder; ties: larger weight, earlier place.

    Not capped: with a total above the sum of the weights each part exceeds its weight. All 0 when the weights
    are.
    """
    whole = sum(weights)
    if whole == 0:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    odd = total - sum(parts)
    if odd:
        remainders = [total * weight % whole for weight in weights]
        best = sorted(range(len(weights)), key=lambda i: (-remainders[i], -weights[i], i))
        for place in best[:odd]:
            parts[place] += 1
    return parts


def give(capacity_fen: int, debts: Sequence[Debt], asked_fen: Sequence[int], balances_fen: Sequence[int]) -> list[int]:
    """The part of the capacity that each debt is given in a month, in fen, in the order of ``debts``.

    Priority debts first, up to what they ask for this month (in proportion to it when even that is too much);
    the others share the rest in proportion to their balances. When the capacity exceeds everything owed, or
    only priority debts exist, it is shared by balance alone, so that all of it is always given to somebody.
    """
    urgent = [asked if debt.priority else 0 for debt, asked in zip(debts, asked_fen, strict=True)]
    others = [0 if debt.priority else owed for debt, owed in zip(debts, balances_fen, strict=True)]
    first = min(capacity_fen, sum(urgent))
    if capacity_fen >= sum(balances_fen) or (first < capacity_fen and not any(others)):
        return apportion(capacity_fen, balances_fen)
    rest = apportion(capacity_fen - first, others)
    return [one + other for one, other in zip(apportion(first, urgent), rest, strict=True)]
