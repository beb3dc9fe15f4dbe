"""The played agent: every manner comes to an end, and the same seed says the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching import agent
from bot.coaching.acts import read_line
from bot.coaching.agent import LEVELS, MOST_TURNS, Call, Terms, behaviours

TERMS = Terms(80_000, 60_000)
GOOD = [
    "您好，我想协商还款，我愿意还",
    "我失业了三个月，现在还不上",
    "我每月能还600",
    "这个太高了，我最多还700",
    "麻烦转专员，帮我登记",
    "请问您的工号和工单号",
    "谈好的请发短信给我",
    "没有了，谢谢",
]
EVERY = [(name, level) for name in behaviours() for level in LEVELS]


def held(call: Call, lines: list[str]) -> tuple[Call, list[str]]:
    """The call after ``lines`` and what the agent said."""
    said = [agent.opening(call)]
    for text in lines:
        if call.is_over:
            break
        call, words = agent.answer(call, read_line(text, call.terms.floor_fen, call.offer_fen))
        said.append(words)
    return call, said


def test_there_are_ten_manners_and_three_levels() -> None:
    assert len(behaviours()) == 10
    assert LEVELS == (1, 2, 3)


@pytest.mark.parametrize(("name", "level"), EVERY)
def test_the_same_seed_is_the_same_call(name: str, level: int) -> None:
    assert held(Call(name, level, 7, TERMS), GOOD) == held(Call(name, level, 7, TERMS), GOOD)


@pytest.mark.parametrize(("name", "level"), EVERY)
def test_who_keeps_at_it_comes_to_an_end_and_never_above_the_floor(name: str, level: int) -> None:
    call, said = held(Call(name, level, 3, TERMS), GOOD * 3)

    assert call.is_over
    assert (call.agreed_fen or 0) <= TERMS.floor_fen
    assert all(words and "{" not in words for words in said)


@pytest.mark.parametrize("name", [one.id for one in behaviours().values() if one.gives == "above"])
def test_some_offer_more_than_can_be_kept(name: str) -> None:
    call, _ = held(Call(name, 1, 1, TERMS), ["我失业了，做不到，愿意还", "我每月能还600", "我每月能还600"])
    assert (call.offer_fen or 0) > TERMS.floor_fen


def test_a_higher_level_holds_out_longer() -> None:
    short = held(Call("refuses", 1, 5, TERMS), GOOD)[0]
    long = held(Call("refuses", 3, 5, TERMS), GOOD)[0]
    assert (short.offer_fen, long.offer_fen) == (0, None) or short.turn < long.turn


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=40) | st.sampled_from(GOOD), max_size=30), st.sampled_from(EVERY), st.integers(0, 99))
def test_whatever_is_typed_the_agent_answers(lines: list[str], manner: tuple[str, int], seed: int) -> None:
    call, said = held(Call(*manner, seed, TERMS), lines)

    assert all(said)
    assert call.turn <= MOST_TURNS
    assert Call.from_json(call.as_json()) == call


def test_each_manner_is_one_file() -> None:
    assert {path.stem for path in Path(agent.FOLDER).glob("*.yml")} == {*behaviours(), agent.COMMON}
