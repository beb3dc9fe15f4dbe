"""All that is kept of a person, as JSON: shaped as the schema says, their own messages among it, secrets masked."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pytest
from builders import TODAY
from conversations.runner import STATES
from jsonschema import Draft202012Validator

from bot.export import export
from bot.journey.case import Case
from bot.privacy import MASK
from bot.settings import ROOT

SCHEMA = json.loads((ROOT / "bot" / "export.schema.json").read_text("utf-8"))
SECRET = "13812345678"


def exported(person: str) -> dict[str, Any]:
    """The export, which is as the schema says."""
    told: dict[str, Any] = json.loads(export(person))
    Draft202012Validator.check_schema(SCHEMA)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(told)] == []
    assert set(told["case"]) == {field.name for field in fields(Case)}
    return told


def own(told: dict[str, Any]) -> list[str]:
    """What the person said."""
    return [message["text"] for message in told["messages"] if message["by"] == "person"]


@pytest.mark.model
def test_a_person_s_own_messages_are_in_it_in_order_and_masked(bot: Any) -> None:
    bot.travel(TODAY)
    person = "export whole"
    bot.begin(person, STATES["record"])
    replies = [bot.say(text, person) for text in (f"没同意，我的手机号{SECRET}", "没有", "对")]

    told = exported(person)

    assert own(told) == [f"没同意，我的手机号{MASK}", "没有", "对"]
    assert SECRET not in json.dumps(told)
    assert [m["text"] for m in told["messages"] if m["by"] == "guide"] == [text for r in replies for text in r.texts]
    assert (len(told["records"]), told["kept"]["cause"]) == (1, "income_loss")
    assert [message["at"] for message in told["messages"]] == sorted(message["at"] for message in told["messages"])


@pytest.mark.model
def test_what_was_said_before_a_new_start_is_in_it(bot: Any) -> None:
    bot.travel(TODAY)
    person = "export restart"
    for text in ("我失业了，花呗8000还不上", "重新开始", "/affirm", "你好"):
        bot.say(text, person)
    assert bot.tracker(person).get_slot("situation_cause") is None, "the new start took place"

    assert own(exported(person)) == ["我失业了，花呗8000还不上", "重新开始", "/affirm", "你好"]


@pytest.mark.model
def test_without_consent_there_is_nothing_to_give(bot: Any) -> None:
    bot.travel(TODAY)
    bot.consent = False
    try:
        bot.say("我失业了，花呗8000还不上", "export unkept")
    finally:
        bot.consent = True
    told = exported("export unkept")
    assert (told["messages"], told["records"], told["kept"]) == ([], [], None)


def test_a_stranger_s_export_is_whole_and_empty(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot import bootstrap
    from bot.settings import settings

    monkeypatch.setenv("GUIDE_VAR", str(tmp_path))
    settings.cache_clear()
    bootstrap.records.cache_clear()
    try:
        told = exported("nobody")
    finally:
        monkeypatch.undo()
        settings.cache_clear()
        bootstrap.records.cache_clear()
    assert (told["messages"], told["records"], told["reminders"]) == ([], [], [])
