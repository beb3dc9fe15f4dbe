"""Answers that are to be given anew, without the new value being said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import NEW, OWED, READY, TODAY, heard, told

from bot.journey.again import is_earlier
from bot.journey.case import Case, Debt
from bot.journey.turn import Note, Turn, read_turn

TWO = replace(OWED, debts=(*OWED.debts, Debt("jiebei", 300_000, 0, 5)))


def wish(text: str, case: Case = OWED, asked: str | None = None, last: tuple[str, str | None] | None = None) -> Turn:
    """What the wish to change something does."""
    return told(text, case, asked, "correct_answer", last=last)


@pytest.mark.parametrize(
    ("text", "slot", "before"),
    [
        ("收入填错了", "budget_income_fen", 600_000),
        ("我要改一下房租", "budget_housing_fen", 150_000),
        ("生活费说错了，我重新说", "budget_living_fen", 200_000),
        ("原因我想重新说", "situation_cause", "unemployment"),
        ("收入说错了，多了一个零", "budget_income_fen", 600_000),
    ],
)
def test_the_answer_that_is_named_is_taken_back(text: str, slot: str, before: object) -> None:
    turn = wish(text)
    assert turn.again == Note(slot, None, before=before)
    assert getattr(turn.case, slot) is None
    assert turn.notes == ()


@pytest.mark.parametrize(
    ("text", "field", "before"),
    [("花呗说错了", "balance_fen", 1_200_000), ("逾期天数说错了", "overdue_days", 20), ("还款日填错了", "due_day", 3)],
)
def test_of_the_only_debt_the_product_need_not_be_said(text: str, field: str, before: int) -> None:
    turn = wish(text)
    assert turn.again == Note(f"debts_{field}", None, "huabei", before)
    assert getattr(turn.case.debts[0], field) is None


def test_with_two_debts_one_has_to_be_named() -> None:
    assert wish("逾期天数说错了", TWO, "plan_choice").problem == "which_answer"
    turn = wish("借呗的逾期天数说错了", TWO, "plan_choice")
    assert turn.again == Note("debts_overdue_days", None, "jiebei", 0)
    assert turn.case.debts[0] == TWO.debts[0]


def test_without_a_name_what_was_noted_last_is_meant() -> None:
    assert wish("我填错了", last=("budget_living_fen", None)).case.budget_living_fen is None
    assert wish("我填错了", last=("debts_due_day", "huabei")).case.debts[0].due_day is None
    assert wish("我填错了", asked="debts_more").problem == "which_answer"


def test_what_nobody_asked_yet_stays_as_it_is() -> None:
    assert wish("房租填错了", NEW, "budget_income_fen").problem == "not_yet"
    assert wish("收入填错了", NEW, "budget_income_fen").problem == "again"


def test_lenders_are_named_anew_only_while_nothing_is_known_about_them() -> None:
    assert wish("产品选错了", Case(debts=(Debt("huabei"),))).case.debts == ()
    kept = wish("产品选错了", OWED)
    assert kept.case.debts == OWED.debts
    assert kept.problem == "which_answer"


def test_a_plan_that_was_chosen_is_chosen_again() -> None:
    turn = wish("方案选错了，换一个", READY)
    assert turn.again is not None
    assert turn.again.before == READY.plan_choice
    assert turn.case.plan_choice is None
    assert wish("收入填错了", READY).case.plan_choice is None


@pytest.mark.parametrize(
    "text",
    [
        "收入填错了，改成5000",
        "不是失业，是生病",
        "不是花呗，是借呗",
        "其实是离婚了",
        "不知道是不是填错了",
    ],
)
def test_a_message_that_brings_a_value_is_read_as_such(text: str) -> None:
    assert wish(text, asked="debts_more").again is None


def test_nothing_left_of_an_expense_is_a_value() -> None:
    turn = wish("房租填错了，没有", asked="debts_more")
    assert turn.again is None
    assert turn.notes == (Note("budget_housing_fen", 0, before=150_000),)


def test_a_guess_is_no_wish() -> None:
    turn = read_turn(heard("收入填错了", "correct_answer", 0.3), OWED, "debts_more", TODAY)
    assert turn.again is None


def test_a_record_has_its_own_way_of_being_corrected() -> None:
    assert wish("收入填错了", READY, "record_confirm").again is None


@pytest.mark.parametrize(
    ("slot", "asked", "expected"),
    [
        ("budget_income_fen", "debts_more", True),
        ("budget_income_fen", "budget_other_fen", False),
        ("debts_due_day", "budget_income_fen", False),
        ("debts_due_day", None, True),
        ("situation_cause", "contact_channel", True),
    ],
)
def test_an_earlier_stage_asks_by_itself(slot: str, asked: str | None, expected: bool) -> None:
    assert is_earlier(slot, asked) is expected
    turn = wish("收入填错了", asked=asked)
    assert turn.interrupts is is_earlier("budget_income_fen", asked)
