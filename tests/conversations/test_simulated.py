"""A few simulated users in every run; ``make simulate`` holds a thousand."""

from __future__ import annotations

from typing import Any

import pytest
from builders import TODAY

from bot.simulate.command import simulate
from bot.simulate.report import Report

PEOPLE = 22
SEED = 6


@pytest.fixture(scope="module")
def report(bot: Any) -> Report:
    """What came of the conversations, up to the words for the call."""
    bot.travel(TODAY)
    return Report(simulate(bot, range(PEOPLE), SEED, "script"))


@pytest.mark.model
def test_nearly_all_who_answer_get_a_plan_and_the_words_in_time(report: Report) -> None:
    assert report.share_in_time >= 0.95, report.worst()


@pytest.mark.model
def test_nobody_meets_silence_or_a_loop(report: Report) -> None:
    assert (report.silences, report.loops) == (0, 0), report.worst()


@pytest.mark.model
def test_no_amount_is_stored_otherwise_than_it_was_said(report: Report) -> None:
    assert report.wrong_amounts == [], report.worst()


@pytest.mark.model
def test_the_same_person_of_the_same_seed_says_the_same_again(bot: Any, report: Report) -> None:
    bot.forget("simulated 6 0")
    assert simulate(bot, [0], SEED, "script")[0].transcript == report.outcomes[0].transcript
