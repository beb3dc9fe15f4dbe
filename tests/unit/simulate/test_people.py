"""Simulated users: the same for the same seed, and amounts that mean what they say."""

from __future__ import annotations

from random import Random

import pytest
import yaml
from builders import TODAY

from bot.journey.repeats import is_repeated
from bot.reading import find_amounts
from bot.settings import ROOT
from bot.simulate.driver import QUESTION, Said
from bot.simulate.person import Person
from bot.simulate.personas import draw
from bot.simulate.phrases import amount, in_words
from bot.simulate.report import Report
from bot.simulate.talk import Outcome


def test_a_person_is_the_same_wherever_they_are_drawn() -> None:
    assert draw(7, 3)[0] == draw(7, 3)[0]
    assert draw(7, 3)[0] != draw(8, 3)[0]


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "零"), (15, "十五"), (205, "两百零五"), (2000, "两千"), (6480, "六千四百八十"), (20300, "两万零三百")],
)
def test_numbers_are_written_in_chinese(number: int, said: str) -> None:
    assert in_words(number) == said


@pytest.mark.parametrize("fen", [80_000, 165_000, 648_000, 1_560_000, 3_150_000, 4_800_000])
@pytest.mark.parametrize("seed", range(12))
def test_every_way_to_write_an_amount_means_that_amount(fen: int, seed: int) -> None:
    [found] = find_amounts(amount(fen, Random(seed)))
    assert (found.low_fen, found.high_fen) == (fen, fen)


def user(text: str, at: float, **metadata: float) -> dict[str, object]:
    return {"event": "user", "text": text, "timestamp": at, "metadata": metadata}


def test_the_same_words_within_three_seconds_are_one_message() -> None:
    assert is_repeated([user("4000", 10.0), {"event": "bot"}, user("4000", 12.9)])
    assert not is_repeated([user("4000", 10.0), user("4000", 13.1)])
    assert not is_repeated([user("4000", 10.0), user("5000", 10.1)])
    assert not is_repeated([user("4000", 10.0)])


def test_when_it_was_sent_counts_more_than_when_it_came() -> None:
    assert not is_repeated([user("4000", 10.0, sent_at=0.0), user("4000", 10.1, sent_at=20.0)])


def test_the_share_is_of_those_who_answer() -> None:
    done = {"plan": 9, "script": 12}
    outcomes = [
        Outcome(0, True, "illness", done),
        Outcome(1, True, "illness", {**done, "script": 26}),
        Outcome(2, False, "illness"),
    ]
    assert Report(outcomes).share_in_time == 0.5


def test_the_worst_conversations_are_told_with_what_is_wrong() -> None:
    good = Outcome(0, True, "illness", {"plan": 1, "script": 2}, transcript="> all well")
    bad = Outcome(1, True, "illness", {"plan": 1, "script": 2}, loops=["turn 3: x"], transcript="> again")
    told = Report([good, bad]).worst()
    assert "> again" in told
    assert "turn 3: x" in told
    assert "> all well" not in told


def asked() -> list[str]:
    """Every response that asks for a slot."""
    written = [yaml.safe_load(file.read_text("utf-8")) for file in (ROOT / "data" / "responses").glob("*.yml")]
    return sorted(name for file in written for name in file["responses"] if QUESTION.fullmatch(name))


@pytest.mark.parametrize("name", asked())
def test_a_person_has_an_answer_to_everything_that_is_asked(name: str) -> None:
    for number in range(8):
        persona, random = draw(7, number)
        said = Said(["花呗？"], [], [name], [], {name: "花呗？"}, [])
        assert Person(persona, random, TODAY)._answer(name, said)
