"""How far the journey is, what was answered, and the button that has each answer asked anew."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from builders import NEW, OWED, READY, TODAY, pressed
from hypothesis import given, settings

from bot.channels.cards import problems, texts
from bot.journey.agenda import STAGES, next_stage
from bot.journey.cards import progress
from bot.journey.case import Case, Debt
from bot.journey.turn import read_turn

from ..test_plan import TWO, complete_cases


def answers(case: Case) -> list[dict[str, Any]]:
    """All answers on the card, in their order."""
    return [answer for stage in progress.of(case)["stages"] for answer in stage["answers"]]


def sent(answer: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """The intent and the entities of the button of an answer."""
    intent, _, values = answer["edit"]["payload"].removeprefix("/").partition("{")
    return intent, json.loads("{" + values)


def test_somebody_new_stands_at_the_first_stage() -> None:
    made = progress.of(NEW)
    assert problems(made) == []
    assert [stage["id"] for stage in made["stages"]] == list(STAGES)
    assert [stage["state"] for stage in made["stages"]] == ["now"] + ["ahead"] * 6
    assert answers(NEW) == []


@settings(max_examples=15, deadline=None)
@given(complete_cases())
def test_the_stage_that_is_next_is_now(case: Case) -> None:
    made = progress.of(case)
    assert problems(made) == []
    (now,) = [stage["id"] for stage in made["stages"] if stage["state"] == "now"]
    assert now == next_stage(case)


def test_every_answer_stands_in_its_stage() -> None:
    told = {answer["label"]: answer["value"] for answer in answers(READY)}
    assert told == {
        "原因": "失业",
        "每月收入": "6,000元",
        "房租房贷": "1,500元",
        "基本生活": "2,000元",
        "其他必要支出": "500元",
        "花呗欠款": "12,000元",
        "花呗逾期": "逾期20天",
        "花呗还款日": "每月3号",
        "别的欠款": "没有了",
        "方案": "分9期",
        "已有的材料": "身份证",
        "联系方式": "支付宝客服热线95188",
    }


def test_nothing_at_hand_and_no_income_are_answers() -> None:
    case = replace(READY, budget_income_fen=0, documents_have=())
    told = {answer["label"]: answer["value"] for answer in answers(case)}
    assert (told["每月收入"], told["已有的材料"]) == ("0元", "没有")


def test_lenders_that_were_only_named_are_one_answer() -> None:
    case = Case(situation_cause="illness", debts=(Debt("huabei"), Debt("jiebei")))
    assert [answer["value"] for answer in answers(case)] == ["生病或受伤", "花呗、借呗"]


@pytest.mark.parametrize("case", [READY, replace(TWO, plan_choice=READY.plan_choice), Case(debts=(Debt("huabei"),))])
@pytest.mark.parametrize("asked", [None, "contact_channel", "budget_income_fen", "plan_choice"])
def test_the_button_of_an_answer_takes_back_that_answer_and_no_other(case: Case, asked: str | None) -> None:
    for answer in answers(case):
        intent, values = sent(answer)
        turn = read_turn(pressed(intent, **values), case, asked, TODAY)
        assert turn.again is not None, answer
        assert (turn.again.slot, turn.again.product) == (values["field"], values.get("product"))
        left = [one["label"] for one in answers(turn.case)]
        gone = [one["label"] for one in answers(case) if one["label"] not in left]
        assert gone in ([answer["label"]], [answer["label"], "方案"])


def test_while_a_talk_is_written_down_an_earlier_answer_waits() -> None:
    for answer in answers(READY):
        intent, values = sent(answer)
        turn = read_turn(pressed(intent, **values), READY, "record_outcome", TODAY)
        assert turn.problem == "record_first"
        assert turn.case == READY
        assert not turn.interrupts


def test_the_button_of_an_answer_that_was_forgotten_since_changes_nothing() -> None:
    for answer in answers(READY):
        intent, values = sent(answer)
        turn = read_turn(pressed(intent, **values), NEW, "situation_cause", TODAY)
        assert turn.case == NEW
        assert turn.problem in ("not_yet", "again", "which_answer")


def test_the_card_is_in_the_script_of_the_person() -> None:
    slots = {**OWED.as_slots(), "script": {"name": "traditional", "asked": False}}
    made = progress.card(slots)
    assert made["title"] == "走到哪一步了"
    assert "每月收支" in texts(made)
    assert "花唄欠款" in texts(made)
    assert progress.card(OWED.as_slots()) == progress.of(OWED)
