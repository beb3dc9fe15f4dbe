"""Changes to what was said before. Amounts in the tables are yuan; a label says what is changed."""

from __future__ import annotations

import pytest

from bot.reading import find_correction, normalise

CHANGES: list[tuple[str, int | None, int | None, str | None]] = [
    ("不是3000，是3500", 3000, 3500, None), ("不是3000是3500", 3000, 3500, None),
    ("不是三千，而是三千五", 3000, 3500, None), ("花呗不是三千是三千五", 3000, 3500, "花呗"),
    ("我收入不是5000，是4500", 5000, 4500, "收入"), ("不好意思花呗不是三千是三千五", 3000, 3500, "花呗"),
    ("不是5千，应该是6千", 5000, 6000, None), ("收入填错了，改成5000", None, 5000, "收入"),
    ("收入填错了", None, None, "收入"), ("填错了", None, None, None), ("写错了", None, None, None),
    ("房租写错了，是1800", None, 1800, "房租"), ("工资写错了 应该是5500", None, 5500, "工资"),
    ("刚才说错了 6500", None, 6500, None), ("我说错了，是八千", None, 8000, None),
    ("说错了说错了，一万二", None, 12000, None), ("打错了，应该是6000", None, 6000, None),
    ("输错了，3200", None, 3200, None), ("借呗其实是一万", None, 10000, "借呗"),
    ("我收入其实是5000", None, 5000, "收入"), ("借呗实际上欠一万五", None, 15000, "借呗"),
    ("花呗实际是8000", None, 8000, "花呗"), ("不对，应该是八千", None, 8000, None),
    ("不对，是8000", None, 8000, None), ("错了，是5000", None, 5000, None),
    ("不对不对 5500", None, 5500, None), ("不对，借呗是一万", None, 10000, "借呗"),
    ("等一下，借呗应该是八千", None, 8000, "借呗"), ("改成5000", None, 5000, None),
    ("把收入改成5000", None, 5000, "收入"), ("把3000改成3500", 3000, 3500, None),
    ("收入改为4800", None, 4800, "收入"), ("金额更正为1万2", None, 12000, None),
    ("房租修改成两千", None, 2000, "房租"), ("之前说的收入不对，是4500", None, 4500, "收入"),
    ("刚刚填的房租有误，应该是1600", None, 1600, "房租"), ("改一下金额", None, None, None),
    ("我想改一下收入", None, None, "收入"), ("收入報錯了，是3800", None, 3800, "收入"),
]  # fmt: skip

NEW_WORDS: list[tuple[str, str]] = [
    ("不是3期是6期", "6期"), ("不是9号，是10号", "10号"), ("分期填错了，改成12期", "12期"),
    ("不是，是6期", "6期"), ("其实是12期", "12期"), ("不是两个月是三个月", "三个月"),
]  # fmt: skip

NONE = [
    "", "不对", "不是", "我不是不想还，是真的没钱", "是不是3000", "其实是被骗了", "其实我不想这样",
    "利息算错了", "你说错了", "你们搞错了", "客服说错了", "我每月还3000", "收入5000", "能改成12期吗",
    "可以改成分期吗", "怎么改成最低还款", "他们把利率改成了18%", "不是这个意思", "我说错话了",
    "我做错了什么", "我知道错了", "错过还款日了", "5000", "不好意思", "对不起", "还不是因为失业",
    "要不是生病", "改变不了", "修改还款日", "改一下还款日", "不是本人", "不对劲", "不是说可以减免吗",
    "不是第一次逾期", "我不是骗子",
]  # fmt: skip


def yuan(fen: int | None) -> int | None:
    return None if fen is None else fen // 100


@pytest.mark.parametrize(("text", "old", "new", "label"), CHANGES)
def test_changes(text: str, old: int | None, new: int | None, label: str | None) -> None:
    text = normalise(text)
    found = find_correction(text)
    assert found is not None
    assert yuan(found.old.low_fen if found.old else None) == old
    assert yuan(found.new.low_fen if found.new else None) == new
    assert (text[slice(*found.label_span)] if found.label_span else None) == label


@pytest.mark.parametrize(("text", "words"), NEW_WORDS)
def test_the_place_of_a_new_value_that_is_no_amount(text: str, words: str) -> None:
    found = find_correction(text)
    assert found is not None
    assert found.new is None
    assert found.new_span is not None
    assert text[slice(*found.new_span)] == words


@pytest.mark.parametrize("text", NONE)
def test_no_change(text: str) -> None:
    assert find_correction(normalise(text)) is None


def test_a_vague_new_value_stays_vague() -> None:
    found = find_correction("收入填错了，改成五六千")
    assert found is not None
    assert found.new is not None
    assert found.new.vague
