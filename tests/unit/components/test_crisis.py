"""What the crisis layer makes of a message whose words say enough: nothing behind it may think otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.components.crisis import CrisisLayer
from bot.components.normaliser import TYPED, Normaliser
from bot.journey.close import close_intents

CLOSE = [{"name": "ask_cost", "confidence": 0.4}, {"name": "ask_waiver", "confidence": 0.35}]


def judged(text: str, typed: str | None = None) -> dict[str, Any]:
    """The data of a message after the layer looked at it; the classifier could not decide."""
    message = Message({"text": text, TYPED: typed or text, "intent": CLOSE[0], "intent_ranking": CLOSE})
    message.set("entities", [{"entity": "money", "value": 100}])
    layer = CrisisLayer(CrisisLayer.get_default_config(), None, None)  # type: ignore[arg-type]
    return dict(layer.process([message])[0].data)


def test_a_crisis_is_first_in_the_ranking_so_that_nobody_asks_back() -> None:
    found = judged("我不想活了")
    assert close_intents(CLOSE) is not None
    assert found["intent"] == found["intent_ranking"][0] == {"name": "crisis", "confidence": 1.0}
    assert close_intents(found["intent_ranking"]) is None


def test_what_is_written_in_a_crisis_is_not_used() -> None:
    assert judged("工资3000，活着没意思，死了算了")["entities"] == []


@pytest.mark.parametrize(("typed", "corrected"), [("🔪🩸我", "我"), ("我弟说不想活了", "我弟说")])
def test_a_crisis_is_heard_that_the_correction_hides(typed: str, corrected: str) -> None:
    assert judged(corrected, typed)["intent"]["name"] == "crisis"


def test_what_was_typed_is_handed_on_and_not_put_out() -> None:
    (message,) = Normaliser().process([Message({"text": "🔪🩸我"})])
    assert message.get(TYPED) == "🔪🩸我"
    assert TYPED not in message.output_properties
