"""Bent and random messages to the real bot: an answer each time, none that is not for people, no action that fails."""

from __future__ import annotations

import resource
from itertools import count
from typing import Any

import pytest
from builders import TODAY
from hypothesis import given

from bot.simulate.driver import NEVER
from tests.fuzz.examples import EXAMPLES, FUZZ, LIMIT, messages

TURNS = 25
"""Messages after which the next person comes, so that every stage is reached and no conversation grows for ever."""
MOST_GROWTH_MB = 400
NUMBERS = count()


@pytest.mark.model
@pytest.mark.timeout(LIMIT and LIMIT + 240)  # the model is loaded in it
def test_every_message_gets_an_answer_for_people(bot: Any) -> None:
    bot.travel(TODAY)
    bot.consent = False
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    @FUZZ
    @given(messages())
    def holds(text: str) -> None:
        said = bot.say(text, f"fuzz {next(NUMBERS) // TURNS}")
        assert said.text.strip() or said.buttons, "silence"
        assert "utter_error_internal" not in said.replies, "an action failed"
        assert not (found := NEVER.search(said.text)) or found[0] in text, f"not for people: {found}"

    try:
        holds()
    finally:
        bot.consent = True
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < MOST_GROWTH_MB + EXAMPLES / 50
