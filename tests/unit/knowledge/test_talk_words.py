"""Words that begin and end a rehearsal or a call."""

from __future__ import annotations

import pytest

from bot.knowledge.talk_words import level_in, says_end, says_lines, says_live, says_practice, without_blanks


@pytest.mark.parametrize(
    "text", ["我正在打电话", "电话接通了", "客服在线上", "我在打95188", "打通了", "正在通话", "刚打通了"]
)
def test_who_is_on_the_phone_is_heard(text: str) -> None:
    assert says_live(text)


@pytest.mark.parametrize(
    "text",
    [
        "打不通电话",
        "怎么打电话",
        "他们天天打电话催我",
        "95188打通了，说要审核，让我等电话",
        "明天再打电话",
        "我昨天打电话了他们不同意分期怎么办呢唉",
    ],
)
def test_who_only_speaks_of_calls_is_not(text: str) -> None:
    assert not says_live(text)


@pytest.mark.parametrize("text", ["结束练习", "不练了", "退出", "算了", "停止模拟吧"])
def test_the_rehearsal_is_ended_by_many_words(text: str) -> None:
    assert says_end(text)


@pytest.mark.parametrize("text", ["我不想还了", "结束我的欠款", "退出登录怎么办", "算了一下每月600"])
def test_and_not_by_lines_of_the_call(text: str) -> None:
    assert not says_end(text)


def test_levels_manners_and_lists_are_asked_for_by_name() -> None:
    assert (level_in("来个难的"), level_in("简单的"), level_in("练习一下")) == (3, 1, None)
    assert says_practice("练练一口拒绝的")
    assert says_lines("客服常说的话")


def test_blanks_are_left_out_where_words_are_said_at_once() -> None:
    assert without_blanks("从＿＿月起每个月少了") == "每个月少了"
