"""Every conversation of the YAML files, turn by turn."""

from __future__ import annotations

from typing import Any

import pytest
from builders import TODAY
from conversations.runner import STATES, Conversation, conversations, problems

from bot.simulate.driver import PACE, transcript


@pytest.mark.model
@pytest.mark.parametrize("conversation", conversations(), ids=lambda one: one.id)
def test_conversation_goes_as_written(conversation: Conversation, bot: Any) -> None:
    person = f"test {conversation.id}"
    bot.travel(TODAY)
    bot.consent = conversation.consents
    told = []
    if conversation.given:
        bot.begin(person, STATES[conversation.given])
    for number, turn in enumerate(conversation.turns, start=1):
        if turn.get("restart"):
            bot.start()
            continue
        if "today" in turn:
            bot.travel(turn["today"])
            continue
        said = bot.say(turn["user"], person, turn.get("after", PACE))
        told.append((turn["user"], said))
        tracker = bot.tracker(person)
        wrong = list(problems(turn, said, tracker.current_slot_values(), tracker.active_loop_name, bot.records(person)))
        assert not wrong, f"\n{transcript(told)}\n\nturn {number}: " + "; ".join(wrong)
