"""Messages that may mean two things, with the trained model: which of them are close moves with every retraining."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.journey.close import close_intents

SENTENCES = Path(__file__).parent.parent / "sentences"
UNCLEAR = ["我想知道还款的事", "账单的问题", "利息和扣款", "还一部分还是晚点还", "逾期和征信", "投诉还是协商"]
ENOUGH = 3


def close_ones(bot: Any) -> list[tuple[str, tuple[str, str]]]:
    """The first held-out sentences that the model cannot decide on, with the two intents of each."""
    found = []
    for path in sorted(SENTENCES.glob("*.yml")):
        for text in yaml.safe_load(path.read_text("utf-8"))["sentences"]:
            parsed = bot.loop.run_until_complete(bot.agent.parse_message(text))
            told = [one for one in parsed["entities"] if one["entity"] not in ("answer", "field")]
            near = close_intents(parsed["intent_ranking"])
            if near and not told:
                found.append((text, near))
            if len(found) == ENOUGH:
                return found
    return found


@pytest.mark.model
def test_where_two_meanings_are_close_each_has_a_button_that_leads_to_its_answer(bot: Any) -> None:
    unclear = close_ones(bot)
    assert len(unclear) == ENOUGH
    for number, (text, near) in enumerate(unclear):
        said = bot.say(text, f"unclear-{number}")
        if "utter_alert" in said.replies:
            continue  # a warning goes before any question
        assert "utter_ask_which" in said.replies, text
        assert len(said.buttons) == 2
        again = bot.say(f"/{near[1]}", f"unclear-{number}")
        assert again.texts
        assert "utter_ask_which" not in again.replies


@pytest.mark.model
def test_a_form_takes_the_likelier_meaning_and_asks_its_own_question_once_more(bot: Any) -> None:
    bot.say("我失业了，花呗欠3000", "unclear-in-a-form")
    for text in UNCLEAR:
        said = bot.say(text, "unclear-in-a-form")
        assert "utter_ask_which" not in said.replies
        assert said.texts
