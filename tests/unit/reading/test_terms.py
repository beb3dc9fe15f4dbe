"""What an offer asks for: once or every month, as an amount or as a share, and what is taken off."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading import Terms, normalise, read_terms, waiver_of


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("要我先还2000", Terms(once_fen=200_000, is_once=True)),
        ("今天还3千", Terms(once_fen=300_000, is_once=True)),
        ("8000一次还清", Terms(once_fen=800_000, is_once=True)),
        ("一次还清减到9000", Terms(once_fen=900_000, is_once=True)),
        ("一次还清减免2000", Terms(off_fen=200_000, is_once=True)),
        ("一次性还清", Terms(is_once=True)),
        ("今天先还500剩下分12期每期800", Terms(80_000, 12, 50_000, is_once=True)),
        ("先还1000，后面每期600", Terms(60_000, None, 100_000, is_once=True)),
        ("可以分12期每期1100", Terms(110_000, 12)),
        ("每月还800分24期", Terms(80_000, 24)),
        ("最多6期", Terms(periods=6)),
        ("没政策", Terms()),
    ],
)
def test_what_is_paid_once_is_told_from_what_is_paid_each_month(text: str, terms: Terms) -> None:
    assert read_terms(normalise(text)) == terms


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("先还10%", Fraction(1, 10)),
        ("让我先还百分之十", Fraction(1, 10)),
        ("先付两成", Fraction(1, 5)),
        ("先还一成半", Fraction(3, 20)),
        ("一次性还清打八折", Fraction(4, 5)),
        ("结清打七五折", Fraction(3, 4)),
        ("一次还清打8.5折", Fraction(17, 20)),
        ("减免三成一次结清", Fraction(7, 10)),
        ("一次付清优惠20%", Fraction(4, 5)),
        ("一次还清只要还一半", Fraction(1, 2)),
        ("年利率18%", None),
    ],
)
def test_a_share_is_the_part_that_is_to_be_paid(text: str, share: Fraction | None) -> None:
    assert read_terms(normalise(text)).share == share


@pytest.mark.parametrize(
    ("text", "waived"),
    [
        ("罚息全免", "penalty"),
        ("给我免罚息", "penalty"),
        ("违约金不收了", "penalty"),
        ("利息罚息都免了", "both"),
        ("只还本金", "interest"),
        ("免息", "interest"),
        ("罚息不能免", "none"),
        ("利息照收", "none"),
        ("罚息免了800", None),
        ("减免一部分罚息", None),
        ("分12期", None),
    ],
)
def test_a_waiver_of_the_whole_needs_no_amount(text: str, waived: str | None) -> None:
    assert waiver_of(normalise(text)) == waived


@given(st.text(max_size=80) | st.lists(st.sampled_from("先还一次清免减10%折成每期千百八，"), max_size=25).map("".join))
def test_no_text_is_too_odd(text: str) -> None:
    found = read_terms(normalise(text))
    assert found.share is None or 0 < found.share < 1
    waiver_of(normalise(text))
