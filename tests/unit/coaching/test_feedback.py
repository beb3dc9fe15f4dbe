"""One kind sentence a line; in the end what went well, at most two things to change, a better line."""

from __future__ import annotations

import pytest

from bot.coaching.acts import read_line
from bot.coaching.agent import Call, Terms, answer
from bot.coaching.feedback import AT_ONCE, LEFT_OUT, left_out, mistakes_of, remark, summary
from bot.knowledge.lines import has_line

CALL = Call("friendly", 1, 1, Terms(80_000, 60_000))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("每月还1500没问题", "800"),
        ("我去找我妈借", "借来还"),
        ("滚", "停两秒"),
        ("我失业了", "原因说清楚"),
        ("嗯", "一句话说原因"),
    ],
)
def test_a_line_gets_one_sentence_about_what_matters_most(text: str, found: str) -> None:
    line = read_line(text, CALL.terms.floor_fen)
    assert found in remark(line, CALL, answer(CALL, line)[0])


def test_every_mistake_has_its_three_texts() -> None:
    assert all(has_line(f"coach.{name}") for name in AT_ONCE)
    assert all(has_line(f"coach.{kind}_{name}") for name in (*AT_ONCE, *LEFT_OUT) for kind in ("change", "better"))


def test_a_secret_that_was_taken_out_before_counts() -> None:
    assert mistakes_of(read_line("验证码是…", has_secret=True)) == ["secret"]
    assert mistakes_of(read_line("验证码不能给您", has_secret=True)) == []


def test_what_a_settled_call_never_came_to_is_named() -> None:
    call = Call("friendly", 1, 1, Terms(80_000, 60_000), agreed_fen=60_000, acts=("reason", "offer"))
    assert left_out(call) == ["no_numbers", "no_written"]


def test_at_most_two_things_are_to_be_changed_the_gravest_first() -> None:
    told = summary(CALL, ["above_floor", "insult", "secret"])
    assert told.change.splitlines() == ["· 验证码、密码和卡号，问到也不说", "· 急了先停两秒，不骂人"]
    assert "验证码" in told.better


def test_a_good_call_is_told_so() -> None:
    call = Call(
        "friendly", 1, 1, Terms(80_000, 60_000), agreed_fen=60_000, acts=("reason", "offer", "numbers", "written")
    )
    assert summary(call, []).change == "· 这次没有要改的"
