"""Money as whole fen, and how it is written for people. No float comes near it."""

from __future__ import annotations

from decimal import Decimal
from typing import NewType

Fen = NewType("Fen", int)
"""One hundredth of a yuan. Always whole."""


def yuan(fen: int) -> str:
    """Write ``fen`` as yuan with thousands separators; the decimals only when there are any: ``1,200`` or ``-3.50``."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), 100)
    return f"{sign}{whole:,}" + (f".{rest:02d}" if rest else "")


def from_yuan(amount: int | str | Decimal) -> Fen:
    """Whole fen from an amount in yuan.

    Raises ``ValueError`` when the amount has a fraction of a fen: nothing is rounded silently.
    """
    fen = Decimal(amount) * 100
    if fen != fen.to_integral_value():
        raise ValueError(f"{amount} yuan is not a whole number of fen")
    return Fen(int(fen))
