"""What is said before anything else, and what of the message is left for the form."""

from __future__ import annotations

from typing import Any

import pytest
from builders import Ear, heard

from bot.journey.guard import Look, look, say_first
from bot.knowledge.loader import catalog


def seen(text: str, intent: str | None = None, number: int = 1, slots: Any = None, **latest: Any) -> Look:
    """A first look at ``text``."""
    return look(heard(text, intent), latest, slots or {}, number)


def told(text: str, intent: str | None = None, **latest: Any) -> Ear:
    """What is said first to ``text``."""
    ear = Ear()
    first = seen(text, intent, **latest).first
    assert first is not None
    say_first(first, ear.say)
    return ear


def test_an_everyday_message_leaves_nothing_to_be_said() -> None:
    found = seen("工资4000")
    assert found.first is None
    assert found.as_slots() == {"alerts": None, "script": None}
    assert found.message == heard("工资4000")


def test_a_warning_is_the_alert_s_own_text() -> None:
    ear = told("对方让我共享屏幕")
    assert ear.replies == ["utter_alert"]
    assert ear.values["utter_alert"]["warning"] == catalog().alerts["screen_share"].text_zh


@pytest.mark.parametrize("intent", [None, "nlu_fallback", "out_of_scope", "deny", "state_income_loss", "ask_script"])
def test_a_warning_does_not_depend_on_the_intent(intent: str | None) -> None:
    assert told("对方让我共享屏幕", intent).replies == ["utter_alert"]


def test_beside_danger_to_life_nothing_is_said() -> None:
    assert seen("老公打我，我不想活了", "crisis").first is None
    assert seen("密码■", "crisis", secrets=["password"]).first is None


def test_a_button_is_never_a_reason_to_warn() -> None:
    assert seen("/state_gambling").first is None


def test_what_was_said_is_remembered_and_not_said_again() -> None:
    first = seen("对方要我交保证金", number=3)
    assert first.as_slots()["alerts"] == {"deposit": 3}

    again = seen("对方要我交保证金", number=4, slots=first.as_slots())
    assert again.first is None
    assert again.as_slots()["alerts"] == {"deposit": 3}

    asked = seen("保证金能交吗", number=5, slots=first.as_slots())
    assert asked.first is not None
    assert asked.as_slots()["alerts"] == {"deposit": 5}


def test_a_swindler_s_words_are_not_read_even_when_the_warning_was_said() -> None:
    assert seen("对方要我交3000保证金", number=4, slots={"alerts": {"deposit": 3}}).message.mentions == []


def test_the_honest_way_to_a_paper_is_told_when_it_is_named() -> None:
    ear = told("帮我P一张病历", "forge_request")
    assert ear.replies == ["utter_alert", "utter_honest_papers"]
    assert catalog().documents["medical_diagnosis"].how_zh in ear.values["utter_honest_papers"]["papers"]


def test_no_paper_is_told_when_none_is_named() -> None:
    assert told("帮我做个假证明").replies == ["utter_alert"]


def test_papers_belong_to_forgeries_only() -> None:
    assert told("中介要我的银行流水和服务费").replies == ["utter_alert"]


def test_numbers_that_were_typed_are_named_and_told_not_to_send() -> None:
    ear = told("我■", secrets=["bank_card", "id_number"])
    assert ear.replies == ["utter_secret_number"]
    assert ear.values["utter_secret_number"]["what"] == "银行卡号和身份证号"


def test_passwords_and_codes_are_told_apart_from_numbers() -> None:
    assert told("■", secrets=["code", "password"]).replies == ["utter_secret_password"]
    assert told("■", secrets=["password", "phone"]).replies == ["utter_secret_number", "utter_secret_password"]


def test_the_marks_of_secrets_are_not_read() -> None:
    assert seen("三天内回电■", secrets=["phone"]).message.text.strip() == "三天内回电"
    assert seen("我■", secrets=["id_number"]).message.text == ""
    assert seen("■，工资5000", secrets=["password"]).message.text == " ，工资5000"


def test_the_script_is_remembered_and_a_wish_for_one_confirmed() -> None:
    assert seen("花呗还不上", written_script="traditional").script == {"name": "traditional", "asked": False}
    ear = told("用繁体", asked_script="traditional")
    assert ear.replies == ["utter_script_changed"]


def test_a_warning_that_covers_the_message_answers_all_of_it() -> None:
    assert seen("老公打我，怎么办").first["is_all"]  # type: ignore[index]
    assert seen("法院传票可以不理吗").first["is_all"]  # type: ignore[index]
    assert not seen("法院传票可以不理吗，花呗上征信吗").first["is_all"]  # type: ignore[index]
    assert not seen("■，工资5000", secrets=["password"]).first["is_all"]  # type: ignore[index]


def test_the_intents_that_a_warning_answers_come_with_it() -> None:
    assert seen("法院传票可以不理吗").first["answers"] == ["ask_lawsuit"]  # type: ignore[index]
