"""Money as whole fen."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.money import from_yuan, yuan


@pytest.mark.parametrize(
    ("fen", "written"),
    [
        (0, "0"),
        (1, "0.01"),
        (10, "0.10"),
        (100, "1"),
        (120_000, "1,200"),
        (123_456_789, "1,234,567.89"),
        (-350, "-3.50"),
        (-5, "-0.05"),
    ],
)
def test_yuan_has_thousands_separators_and_decimals_only_when_needed(fen: int, written: str) -> None:
    assert yuan(fen) == written


def test_a_fraction_of_a_fen_is_refused() -> None:
    with pytest.raises(ValueError, match="whole number of fen"):
        from_yuan("0.001")


@given(st.integers(-(10**12), 10**12))
def test_what_is_written_reads_back_exactly(fen: int) -> None:
    assert from_yuan(yuan(fen).replace(",", "")) == fen


@given(st.decimals(-(10**6), 10**6, places=2))
def test_two_decimals_are_always_whole_fen(amount: Decimal) -> None:
    assert from_yuan(amount) == amount * 100
