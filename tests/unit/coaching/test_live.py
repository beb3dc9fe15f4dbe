"""Help during the call: a few words of what is heard, and whether an offer can be kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.live import END, Means, Owed, hear, help_with, verdict

MEANS = Means(80_000, 60_000, "我失业了。我愿意还。")
NOTHING = Means(None, None, "我失业了。")
SHORT = 110
"""Characters of an answer with its reason: nothing to scroll on a telephone."""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("说没政策", "no_policy"),
        ("不支持协商", "no_policy"),
        ("要我先还2000", "part_first"),
        ("让我先还一部分", "part_first"),
        ("一次性还清", "full"),
        ("要全额结清", "full"),
        ("可以分12期每期1100", "offer"),
        ("说最多6期", "offer"),
        ("每月还800分24期", "offer"),
        ("让我等3天", "wait"),
        ("三个工作日内回电", "wait"),
        ("要我提供流水", "proof"),
        ("说会上征信", "credit"),
        ("要起诉我", "lawsuit"),
        ("说要上门", "visit"),
        ("说要通知我家里", "visit"),
        ("问我是不是本人", "self"),
        ("说可以延期一个月", "deferral"),
        ("要我今天还3千", "part_first"),
        ("他挂我电话了", END),
        ("还没打完", "unclear"),
        ("问我每月能还多少", "asks_amount"),
        ("问我收入多少", "asks_amount"),
        ("问我为什么逾期", "asks_reason"),
        ("转接中", "transfer"),
        ("一直没人接", "transfer"),
        ("说给我免罚息", "waiver"),
        ("说找家人借点", "borrow"),
        ("要我的验证码", "identity"),
        ("让我转账到个人账户", "identity"),
        ("工号8823", "numbers"),
        ("同意了", "agrees"),
        ("他骂我", "rude"),
        ("说要录音", "recording"),
        ("嗯嗯", "unclear"),
        ("打完了", END),
        ("挂了", END),
        ("电话挂断了", END),
        ("说挂了征信就花了", "credit"),
    ],
)
def test_a_few_words_are_enough(text: str, kind: str) -> None:
    assert hear(text).kind == kind


@pytest.mark.parametrize(
    ("text", "found", "over"),
    [
        ("每期600", "fits", "200"),
        ("每期750", "tight", "50"),
        ("每期1100", "breaks", "300"),
        ("分12期每期800", "tight", "0"),
    ],
)
def test_an_offer_is_judged_by_how_much(text: str, found: str, over: str) -> None:
    told = help_with(hear(text), MEANS)
    assert told.verdict == found
    assert over in told.why


def test_nobody_is_to_offer_nothing_a_month() -> None:
    told = help_with(hear("每月还5000"), replace(MEANS, floor_fen=0, ask_fen=None))
    assert told.verdict == "breaks"
    assert "还0元" not in told.say
    assert "暂缓" in told.say


def test_an_offer_without_an_amount_is_reckoned() -> None:
    told = help_with(hear("说最多6期"), MEANS, 140_000)
    assert told.verdict == "breaks"
    assert "1,400" in told.why


@pytest.mark.parametrize(
    ("text", "found", "told"),
    [
        ("要我先还1500", "fits", "一次1,500元拿得出"),
        ("要我先还2000", "tight", "2,000元"),
        ("要我先还2600", "breaks", "差600元"),
        ("先还10%", "fits", "花呗欠9,000元，算下来是900元"),
        ("一次性还清打八折", "breaks", "算下来是7,200元"),
        ("一次还清减免2000", "breaks", "7,000元"),
        ("一次性还清", "breaks", "9,000元"),
        ("1800一次结清", "fits", "1,800元"),
    ],
)
def test_what_is_to_be_paid_at_once_is_held_against_the_money_at_hand(text: str, found: str, told: str) -> None:
    means = replace(MEANS, hand_fen=200_000)
    shown = help_with(hear(text), means, owed=Owed(900_000, "花呗"))
    assert told in shown.why
    assert shown.verdict == found
    assert len(shown.say + shown.why) <= SHORT


def test_an_offer_with_money_now_and_instalments_is_as_good_as_its_worse_part() -> None:
    means = replace(MEANS, hand_fen=200_000)
    assert help_with(hear("先还1000，后面每期600"), means).verdict == "fits"
    assert help_with(hear("先还5000，后面每期600"), means).verdict == "breaks"
    worse = help_with(hear("先还1000，后面每期1100"), means)
    assert (worse.verdict, "多300元" in worse.why) == ("breaks", True)
    assert hear("先还1000，后面每期600").monthly_fen == 60_000


def test_money_that_was_saved_is_named() -> None:
    saved = replace(MEANS, hand_fen=500_000, has_savings=True)
    assert "存下的" in help_with(hear("先还2000"), saved).why


def test_without_a_balance_or_a_budget_nothing_is_reckoned() -> None:
    assert help_with(hear("先还10%"), replace(MEANS, hand_fen=200_000)).verdict == "none"
    assert help_with(hear("先还2000"), NOTHING).verdict == "none"


def test_nothing_is_judged_before_the_budget_is_known() -> None:
    assert help_with(hear("分12期每期800"), NOTHING).verdict == "none"


@pytest.mark.parametrize("means", [MEANS, NOTHING])
@given(text=st.text(max_size=30) | st.sampled_from(["说没政策", "分6期", "先还2000", "问我能还多少", "征信"]))
def test_every_word_gets_a_short_answer_without_blanks(means: Means, text: str) -> None:
    heard = hear(text)
    if heard.kind == END:
        return
    told = help_with(heard, means)
    assert told.say
    assert "{" not in told.say + told.why
    assert "None" not in told.say + told.why
    assert len(told.say + told.why) <= SHORT


@given(st.integers(0, 10_000_000), st.integers(0, 10_000_000))
def test_what_is_above_what_can_be_paid_always_breaks(paid: int, floor: int) -> None:
    assert (verdict(paid, floor) == "breaks") == (paid > floor)
