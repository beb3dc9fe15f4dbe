"""Rasa's processor without its repetitions: what people get is the same, and a wrong answer of an action is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from builders import TODAY
from jsonschema import ValidationError
from rasa.core.agent import Agent

from bot.processor import CheckedAction, CheckedForm, Processor

SAYS = (
    "被裁员了，花呗欠12000，借呗8000，还不上",
    "4000",
    "为什么问这个",
    "1200",
    "房租不是1200，是1500",
    "吃饭1000，别的没有",
    "9号，没逾期",
    "协商会影响征信吗",
    "20号，没逾期",
    "没有别的了",
    "分24期呢",
    "按第1个谈",
    "我不知道",
    "上一步",
    "重新开始",
    "是的",
)


def conversation(folder: Path) -> tuple[list[Any], list[str], dict[str, Any]]:
    """What is said to somebody, which events there were, and what is known at the end."""
    from bot.simulate.driver import Driver

    driver = Driver(folder, TODAY)
    told = [(said.texts, said.buttons) for said in (driver.say(text, "p") for text in SAYS)]
    tracker = driver.tracker("p")
    known = {name: value for name, value in tracker.current_slot_values().items() if name != "turn"}
    return told, [event.type_name for event in tracker.events], known


@pytest.mark.model
def test_a_conversation_is_the_one_that_rasa_s_own_processor_would_have_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = conversation(tmp_path / "ours")
    monkeypatch.setattr("bot.server.Guide", Agent)
    rasas = conversation(tmp_path / "rasas")
    assert ours == rasas


@pytest.mark.model
def test_every_action_of_the_domain_is_one_that_does_not_check_the_schema_again(bot: Any) -> None:
    processor = bot.agent.processor
    assert isinstance(processor, Processor)
    assert isinstance(processor._get_action("validate_plan_form"), CheckedAction)
    assert isinstance(processor._get_action("plan_form"), CheckedForm)


@pytest.mark.parametrize(
    "answer",
    [
        {"events": [{"event": "slot", "name": 5}], "responses": []},
        {"events": "收入4000", "responses": []},
        {"events": [], "responses": ["收入4000"]},
        ["收入4000"],
    ],
)
def test_an_answer_of_another_shape_is_refused_without_telling_what_was_in_it(answer: Any) -> None:
    with pytest.raises(ValidationError, match="action_x: not an action's answer") as refused:
        CheckedAction("action_x", None)._validate_action_result(answer)
    assert "4000" not in str(refused.value)


def test_an_answer_of_the_right_shape_is_taken() -> None:
    answer = {"events": [{"event": "slot", "name": "a", "value": 5, "timestamp": None}], "responses": [{"text": "x"}]}
    assert CheckedAction("action_x", None)._validate_action_result(answer)
