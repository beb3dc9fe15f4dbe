"""A case in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import BROKE, NEW, OWED, READY, told
from hypothesis import given, settings

from bot.journey import render
from bot.journey.case import Case, Debt
from bot.journey.turn import Note

from .test_turn import situations


@pytest.mark.parametrize(
    ("note", "words"),
    [
        (Note("budget_income_fen", 400_000), "每月收入4,000元"),
        (Note("budget_income_fen", 0), "现在没有收入"),
        (Note("budget_income_fen", 500_000, before=600_000), "每月收入5,000元（原来是6,000元）"),
        (Note("budget_income_fen", 500_000, before=0), "每月收入5,000元（原来是0元）"),
        (Note("debts_balance_fen", 1_200_050, "huabei"), "花呗欠12,000.50元"),
        (Note("debts_overdue_days", 0, "huabei"), "花呗没逾期"),
        (Note("debts_overdue_days", 20, "jiebei"), "借呗逾期20天"),
        (Note("debts_due_day", 9, "jiebei"), "借呗每月9号还款"),
        (Note("debts_daily_rate", "0.0005", "jiebei"), "借呗日利率0.05%"),
        (Note("debts_product", "huabei", "huabei"), "有花呗"),
        (Note("debts_more", False), "没有别的欠款了"),
        (Note("situation_cause", "illness", before="other"), "原因是生病或受伤"),
        (Note("documents_have", ()), "材料还没准备"),
        (Note("documents_have", ("id_card", "income_flow")), "已有材料：身份证、银行流水"),
        (Note("documents_have", ("id_card", "income_flow"), before=("id_card",)), "已有材料：身份证、银行流水"),
        (Note("documents_have", ("income_flow",), before=("id_card",)), "已有材料：银行流水（原来是身份证）"),
        (Note("record_outcome", "agreed"), "结果：同意了"),
        (Note("record_kind", "deferral"), "同意的内容：延期还"),
        (Note("record_first_due", "2026-12-05"), "第一次还款2026年12月5日"),
        (Note("record_staff", ""), "工号：没有"),
    ],
)
def test_a_note_is_read_back_in_words(note: Note, words: str) -> None:
    assert render.note_item(note) == words


def test_a_product_is_not_named_twice() -> None:
    notes = [Note("debts_product", "huabei", "huabei"), Note("debts_balance_fen", 100, "huabei")]
    assert render.note_items(notes) == "花呗欠1元"


def test_notes_are_told_in_one_row() -> None:
    assert render.note_items([Note("budget_housing_fen", 0), Note("budget_living_fen", 100)]) == (
        "不用交房租房贷；基本生活1元"
    )


@settings(max_examples=200, deadline=None)
@given(situations())
def test_whatever_is_noted_can_be_read_back(situation: tuple[str, Case, str | None, str | None]) -> None:
    text, case, asked, intent = situation
    turn = told(text, case, asked, intent)

    words = render.note_items(turn.notes)

    assert bool(words) == bool(turn.notes)
    assert "None" not in words
    if turn.case.doubt is not None:
        assert render.doubt_item(turn.case)
    assert render.known(turn.case)
    assert render.steps(turn.case)


@pytest.mark.parametrize(
    ("slot", "value", "product", "words"),
    [
        ("budget_income_fen", 30_000_000, None, "每月收入300,000元"),
        ("budget_housing_fen", 700_000, None, "每月房租房贷7,000元，收入是6,000元"),
        ("balance_fen", 500, "huabei", "花呗一共欠5元"),
        ("overdue_days", 4000, "huabei", "花呗逾期了4000天"),
    ],
)
def test_an_odd_value_is_shown_before_it_is_used(slot: str, value: int, product: str | None, words: str) -> None:
    case = replace(OWED, doubt={"slot": slot, "value": value, "product": product})
    assert render.doubt_item(case) == words


def test_a_day_and_a_rate_in_words() -> None:
    assert render.day(date(2026, 12, 5)) == render.day("2026-12-05") == "2026年12月5日"
    assert render.percent("0.0005") == "0.05"
    assert render.percent("0.18") == "18"
    assert render.percent("0.198628") == "19.86"


def test_what_is_known_grows_with_the_case() -> None:
    assert render.known(NEW) == "还没有"
    assert render.known(Case(budget_income_fen=0)) == "· 现在没有收入"
    assert render.known(Case(debts=(Debt("huabei"),))) == "· 花呗：金额还没说"
    assert render.known(BROKE).splitlines() == [
        "· 原因：失业",
        "· 每月收入0元，必要支出4,000元",
        "· 花呗：12,000元",
    ]


def test_the_steps_show_where_we_are() -> None:
    assert render.steps(NEW).splitlines()[:2] == ["→ 说说情况", "· 每月收支"]
    assert render.steps(OWED).splitlines()[2:5] == ["✓ 每笔欠款", "→ 算方案", "· 备材料"]
    assert render.steps(READY).splitlines()[-1] == "→ 怎么说"
