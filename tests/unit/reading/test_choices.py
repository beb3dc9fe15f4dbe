"""Which of the offered choices an answer names."""

from __future__ import annotations

import pytest

from bot.reading import normalise, read_choice

CASES: list[tuple[str, int, int | None]] = [
    ("1", 3, 1), ("第二个", 3, 2), ("方案二", 3, 2), ("选3", 3, 3), ("B", 3, 2), ("b", 3, 2), ("选A", 3, 1),
    ("A方案", 3, 1), ("方案2吧", 3, 2), ("就第一个", 3, 1), ("第一种吧", 2, 1), ("我选第二个方案", 3, 2),
    ("第3", 3, 3), ("一", 3, 1), ("二", 3, 2), ("1.", 3, 1), ("1、", 3, 1), ("(2)", 3, 2), ("①", 3, 1),
    ("2号方案", 3, 2), ("选项三", 3, 3), ("我要第三种", 3, 3), ("还是第一个吧", 3, 1), ("第二套方案", 2, 2),
    ("十二", 12, 12), ("12", 12, 12), ("最后一个", 4, 4), ("倒数第二个", 4, 3), ("倒数第一个", 3, 3),
    ("前者", 2, 1), ("后者", 2, 2), ("第兩個", 3, 2), ("选第二个就行", 3, 2), ("第一條", 3, 1),
    ("２", 3, 2), ("4", 3, None), ("0", 3, None), ("D", 3, None), ("2个", 3, None), ("两个都行", 3, None),
    ("都行", 2, None), ("1和2", 3, None), ("不选1", 3, None), ("3000", 3, None),
    ("第二个是什么意思", 3, None), ("前者", 3, None), ("", 3, None), ("1", 0, None), ("不知道", 3, None),
    ("12期", 12, None), ("第一期", 3, None), ("一个月", 3, None), ("5000元", 3, None),
    ("选哪个好", 3, None), ("我", 3, None), ("ok", 30, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "count", "expected"), CASES)
def test_choice(text: str, count: int, expected: int | None) -> None:
    assert read_choice(normalise(text), count) == expected
