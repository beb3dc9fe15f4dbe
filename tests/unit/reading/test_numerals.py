"""Whole numbers as people write them, checked against cn2an."""

from __future__ import annotations

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reading import read_numeral

CASES: list[tuple[str, str]] = [
    ("12000", "12000"), ("12,000", "12000"), ("12，000", "12000"), ("1.2w", "12000"), ("1.2万", "12000"),
    ("3万5", "35000"), ("3万5千", "35000"), ("5k", "5000"), ("3w8", "38000"), ("一万二", "12000"),
    ("两万三", "23000"), ("三千五", "3500"), ("三千零五", "3005"), ("一万零十二", "10012"),
    ("1千零1", "1001"), ("3万4000", "34000"), ("25万6千", "256000"), ("一百五", "150"), ("两百五十", "250"),
    ("廿", "20"), ("廿五", "25"), ("卅", "30"), ("半", "0.5"), ("半万", "5000"), ("〇", "0"), ("零", "0"),
    ("0", "0"), ("壹万贰仟叁佰", "12300"), ("1千2", "1200"), ("八千", "8000"), ("十", "10"), ("十二", "12"),
    ("一十二", "12"), ("二〇二六", "2026"), ("五零零零", "5000"), ("一点二万", "12000"), ("三点五", "3.5"),
    ("两千两百", "2200"), ("一亿二", "120000000"), ("1亿5000万", "150000000"), ("-500", "-500"),
    ("负五百", "-500"), ("12百", "1200"), ("15千", "15000"), ("一万二千三", "12300"), ("1w2k", "12000"),
    ("5k5", "5500"), ("3万500", "30500"), ("十万", "100000"), ("3百2十", "320"), ("一万十二", "10012"),
    ("0.5万", "5000"), ("一百零两", "102"), ("三千零五十", "3050"), ("3.5千万", "35000000"),
    ("三千五百万", "35000000"), ("一千零五百", "1500"), ("三万零五百", "30500"),
]  # fmt: skip

NOT_ONE = [
    "十几万", "几千", "三千多", "七八千", "两三百", "3万50", "3千50", "1.2万5", "三千两", "两十", "十两",
    "1,2000", "007", "三千五二", "一百五万", "万", "千", "百", "零五", "一二三", "", " ", "元", "五千块",
    "三千五百百", "九" * 60, "9" * 40, "1.2.3", "三万五万", "亿", "点五", "一千二千", "负", "-", "半年",
    "1,23", "大概五千", "三千四千",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), CASES)
def test_reads(text: str, value: str) -> None:
    assert read_numeral(text) == Decimal(value)


@pytest.mark.parametrize("text", NOT_ONE)
def test_reads_nothing_indefinite(text: str) -> None:
    assert read_numeral(text) is None


numbers = st.one_of(
    st.integers(0, 10**9),
    st.integers(0, 99999),
    st.builds(lambda digit, power: digit * 10**power, st.integers(1, 9999), st.integers(0, 5)),
)


@settings(max_examples=1500, deadline=None)
@given(numbers)
def test_every_number_that_cn2an_writes_is_read_back(number: int) -> None:
    written = cn2an.an2cn(number)
    assert read_numeral(written) == number
    for plain, spoken in (("二百", "两百"), ("二千", "两千"), ("二万", "两万"), ("二亿", "两亿")):
        written = written.replace(plain, spoken) if f"十{plain}" not in written else written
    assert read_numeral(written) == number


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**9))
def test_financial_capitals_are_read_back(number: int) -> None:
    assert read_numeral(cn2an.an2cn(number, "up")) == number


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**12))
def test_thousands_separators_are_read_back(number: int) -> None:
    assert read_numeral(f"{number:,}") == number
    assert read_numeral(str(number)) == number


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789.,零一二两三五九十百千万亿几多wk半负点-", max_size=60))
def test_never_raises(text: str) -> None:
    value = read_numeral(text)
    assert value is None or isinstance(value, Decimal)
