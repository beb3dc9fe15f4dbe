"""Known words against a guess: when they count and when they do not."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.known import MARK, KnownQuestions


def read(text: str, intent: str | None, confidence: float) -> Message:
    """``text`` after the component, when the classifier guessed ``intent``."""
    guess: dict[str, Any] = {"name": intent, "confidence": confidence}
    message = Message({TEXT: text, INTENT: guess, "intent_ranking": [guess]})
    KnownQuestions(KnownQuestions.get_default_config()).process([message])
    return message


def test_hearsay_gets_its_question_however_sure_the_guess_was() -> None:
    message = read("70条能用在花呗吗", "out_of_scope", 0.95)
    assert message.get(INTENT) == {"name": "ask_regulation", "confidence": 1.0}
    assert message.get("intent_ranking")[0] == {"name": "ask_regulation", "confidence": 1.0}
    assert MARK in message.get(ENTITIES)


@pytest.mark.parametrize("intent", ["state_scammed", "report_agreement", "express_distress"])
def test_a_statement_that_is_sure_stays(intent: str) -> None:
    message = read("听说可以分60期", intent, 0.8)
    assert message.get(INTENT)["name"] == intent
    assert not message.get(ENTITIES)


def test_a_statement_that_is_not_sure_gives_way() -> None:
    assert read("听说可以分60期", "report_agreement", 0.38).get(INTENT)["name"] == "ask_instalment"


@pytest.mark.parametrize("intent", ["crisis", "forge_request", "delete_my_data", "stop"])
def test_safety_is_never_replaced(intent: str) -> None:
    assert read("居委会能开困难证明吗", intent, 0.1).get(INTENT)["name"] == intent


def test_a_guess_with_the_same_answer_stays() -> None:
    assert read("晚上11点打电话合法吗", "ask_regulation", 0.4).get(INTENT)["name"] == "ask_regulation"


def test_asking_for_more_is_heard_whatever_was_guessed() -> None:
    assert read("细说", "state_cannot_repay", 0.9).get(INTENT)["name"] == "explain_question"


def test_commands_and_other_words_are_left_alone() -> None:
    assert read("/ask_cost", "ask_cost", 1.0).get(ENTITIES) is None
    assert read("花呗还不上", "state_cannot_repay", 0.9).get(ENTITIES) is None


def reported(text: str, *ranking: tuple[str, float]) -> str:
    """The intent of ``text`` after the component, when the classifier ranked these."""
    ranked = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    message = Message({TEXT: text, INTENT: ranked[0], "intent_ranking": ranked})
    KnownQuestions(KnownQuestions.get_default_config()).process([message])
    assert MARK not in message.get(ENTITIES, [])
    return str(message.get(INTENT)["name"])


def test_the_words_for_the_end_of_a_talk_count_for_more_than_the_guess() -> None:
    assert reported("谈成了，分24期每期990", ("report_refusal", 0.6), ("ask_instalment", 0.1)) == "report_agreement"
    assert reported("客服没同意", ("report_agreement", 0.8), ("report_refusal", 0.1)) == "report_refusal"


def test_where_two_guesses_are_close_the_words_for_the_end_of_a_talk_decide() -> None:
    close = (("ask_instalment", 0.35), ("report_missed_payment", 0.3))
    assert reported("谈成了，分24期每期990", *close) == "report_agreement"
    assert reported("要是谈成了分24期每期990", *close) == "ask_instalment"
    assert reported("分24期每期990", *close) == "ask_instalment"


def test_a_refusal_that_is_to_be_written_down_is_written_down() -> None:
    assert reported("又没同意，帮我记一下", ("report_refusal", 0.8)) == "record_call"


@pytest.mark.parametrize("text", ["花呗谈成了，借呗没同意", "没同意，帮我记一下"])
def test_words_that_leave_a_doubt_change_nothing(text: str) -> None:
    assert reported(text, ("record_call", 0.9)) == "record_call"
