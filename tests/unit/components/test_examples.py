"""A message in the very words of an example."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.examples import OwnExamples

EXAMPLES = {"为什么": "explain_question", "可以吗": "ask_deferral", "可以吗？": "affirm"}


@pytest.fixture
def component(tmp_path: Path) -> OwnExamples:
    storage, resource = LocalModelStorage(tmp_path), Resource("examples")
    data = TrainingData([Message({TEXT: text, INTENT: name}) for text, name in EXAMPLES.items()])
    OwnExamples(storage, resource, {}).train(data)
    return OwnExamples.load({}, storage, resource, None)  # type: ignore[arg-type]


def read(component: OwnExamples, text: str) -> Message:
    guess = {"name": "out_of_scope", "confidence": 0.4}
    message = Message({TEXT: text, INTENT: guess, "intent_ranking": [guess]})
    component.process([message])
    return message


@pytest.mark.parametrize("text", ["为什么", "为什么？", " 为什么!"])
def test_the_words_of_an_example_are_sure_whatever_the_guess_was(component: OwnExamples, text: str) -> None:
    message = read(component, text)
    assert message.get(INTENT) == {"name": "explain_question", "confidence": 1.0}
    assert [one["name"] for one in message.get("intent_ranking")] == ["explain_question", "out_of_scope"]


@pytest.mark.parametrize("text", ["为什么不行", "", "？", "可以吗"])
def test_other_words_and_those_of_two_intents_leave_the_guess_alone(component: OwnExamples, text: str) -> None:
    assert read(component, text).get(INTENT)["name"] == "out_of_scope"
