"""Long texts are cut where they still read well, as the platform counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.sentences import cut


def in_bytes(text: str) -> int:
    return len(text.encode("utf-8"))


@pytest.mark.parametrize(
    ("text", "most", "parts"),
    [
        ("", 10, []),
        ("  \n ", 10, []),
        ("短的。", 10, ["短的。"]),
        ("一二三四五。六七八九十。", 8, ["一二三四五。", "六七八九十。"]),
        ("一二三。四五六！七八九？十", 9, ["一二三。四五六！", "七八九？十"]),
        ("第一段。还有。\n\n第二段。", 10, ["第一段。还有。", "第二段。"]),
        ("标题一行\n内容一二三。内容四", 12, ["标题一行", "内容一二三。内容四"]),
        ("他说「好的。」然后走了", 8, ["他说「好的。」", "然后走了"]),
        ("一二三四，五六七八九十", 8, ["一二三四，", "五六七八九十"]),
        ("每月还12345元就行了", 6, ["每月还", "12345元", "就行了"]),
        ("一二三四五六七八九十", 4, ["一二三四", "五六七八", "九十"]),
        ("1234567890", 4, ["1234", "5678", "90"]),
    ],
)
def test_a_text_is_cut_at_the_largest_end_that_fits(text: str, most: int, parts: list[str]) -> None:
    assert cut(text, most, len) == parts


def test_bytes_and_characters_are_told_apart() -> None:
    text = "一二三。四五六。"
    assert cut(text, 12, len) == [text]
    assert cut(text, 12, in_bytes) == ["一二三。", "四五六。"]


def test_a_character_of_four_bytes_stays_whole() -> None:
    assert cut("\U0001f62d" * 3, 5, in_bytes) == ["\U0001f62d"] * 3


def test_a_limit_that_nothing_fits_is_an_error() -> None:
    with pytest.raises(ValueError, match="not one character"):
        cut("一二", 2, in_bytes)


@given(st.text(alphabet="一二。，\n 1a！\U0001f62d", max_size=200), st.integers(4, 40))
def test_nothing_is_lost_but_white_space_and_nothing_is_too_long(text: str, most: int) -> None:
    parts = cut(text, most, in_bytes)

    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(0 < in_bytes(part) <= most for part in parts)
