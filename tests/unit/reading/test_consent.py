"""Agreeing to be kept, and taking it back: only when the whole message says so."""

from __future__ import annotations

import pytest

from bot.reading.consent import consent_of


@pytest.mark.parametrize(
    "text", ["同意保存", "我同意保存。", "可以保存", "好的，同意存下来", "允许你保存我的记录", "愿意保存吧"]
)
def test_a_yes_is_heard(text: str) -> None:
    assert consent_of(text) == "given"


@pytest.mark.parametrize(
    "text",
    ["先不保存", "不同意保存", "别存", "不要保存我的对话", "撤回同意", "我想撤回我的同意", "取消授权", "不用保存了"],
)
def test_a_no_is_heard(text: str) -> None:
    assert consent_of(text) == "refused"


@pytest.mark.parametrize(
    "text",
    [
        "同意",
        "同意了，分3期",
        "对方不同意",
        "客服同意保存记录了吗",
        "不同意",
        "可以",
        "存款没有了",
        "不存在",
        "撤回申请",
        "",
    ],
)
def test_other_things_are_left_to_others(text: str) -> None:
    assert consent_of(text) is None
