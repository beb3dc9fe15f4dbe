"""How a form answers: reading back, and help that grows."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import pytest
from builders import NEW, OWED, TODAY, Ear

from bot.journey import forms
from bot.journey.case import Case, Debt
from bot.journey.turn import Note


def turn(problem: str | None = None, asked: str = "budget_income_fen", **more: Any) -> dict[str, Any]:
    """A turn as it is kept in the slot."""
    return {"asked": asked, "problem": problem, "notes": [], **more}


def with_notes(*notes: Note, **more: Any) -> dict[str, Any]:
    """A turn that noted these."""
    return {**turn(), "notes": [asdict(note) for note in notes], **more}


def test_news_and_changes_are_read_back_apart() -> None:
    ear = Ear()
    news, change = Note("budget_housing_fen", 100), Note("budget_income_fen", 100, before=200)

    forms.say_notes(with_notes(news, change), ear.say)

    assert ear.replies == ["utter_noted", "utter_changed"]
    assert ear.values["utter_changed"]["items"] == "每月收入1元（原来是2元）"


def test_naming_the_cause_after_other_is_news() -> None:
    ear = Ear()
    forms.say_notes(with_notes(Note("situation_cause", "illness", before="other")), ear.say)
    assert ear.replies == ["utter_noted"]


def test_an_amount_that_was_zero_is_a_change() -> None:
    ear = Ear()
    forms.say_notes(with_notes(Note("budget_income_fen", 100, before=0)), ear.say)
    assert ear.replies == ["utter_changed"]


def test_a_plan_that_has_to_be_computed_again_is_said() -> None:
    ear = Ear()
    forms.say_notes(with_notes(Note("budget_income_fen", 100, before=200), reopened=True), ear.say)
    assert ear.replies == ["utter_changed", "utter_recomputed"]


def test_nothing_noted_is_nothing_said() -> None:
    ear = Ear()
    forms.say_notes({}, ear.say)
    assert ear.replies == []


SAID_FOR = {"which_answer": "utter_which_correction"}
"""Problems that are met with a reply of a wider use."""


@pytest.mark.parametrize("problem", forms.RETRY)
def test_every_problem_is_answered_once_and_changes_nothing(problem: str) -> None:
    ear = Ear()
    assert forms.retry(turn(problem), OWED, 1, ear.say, TODAY) == OWED
    assert ear.replies == [SAID_FOR.get(problem, f"utter_retry_{problem}")]


def test_the_second_miss_brings_a_hint_and_the_third_a_way_out() -> None:
    said = []
    for misses in (1, 2, 3):
        ear = Ear()
        forms.retry(turn("not_a_number"), NEW, misses, ear.say, TODAY)
        said.append(ear.replies[1:])
    assert said == [[], ["utter_hint_budget_income_fen"], ["utter_skip_offer"]]


def test_a_vague_amount_offers_its_two_ends_as_plain_numbers() -> None:
    ear = Ear()
    forms.retry(turn("vague", range=[300_000, 1_250_050]), NEW, 1, ear.say, TODAY)

    assert ear.values["utter_retry_vague"] == {"low": "3,000", "high": "12,500.50"}
    assert [button["payload"] for button in ear.buttons["utter_retry_vague"]] == ["3000", "12500.50"]


def test_a_vague_amount_with_one_end_offers_one_button() -> None:
    ear = Ear()
    forms.retry(turn("vague", range=[300_000, 300_000]), NEW, 1, ear.say, TODAY)
    assert len(ear.buttons["utter_retry_vague"]) == 1


def test_an_odd_value_is_asked_about_before_anything_else() -> None:
    case = replace(OWED, doubt={"slot": "budget_income_fen", "value": 30_000_000, "product": None})
    ear = Ear()

    assert forms.next_slot("plan", case) == "doubt"
    assert forms.retry(turn("doubt"), case, 0, ear.say, TODAY) == case
    assert ear.replies == []


def test_without_an_odd_value_the_stage_asks_its_own_question() -> None:
    assert forms.next_slot("plan", OWED) == "plan_choice"


def test_the_question_about_an_odd_value_is_about_its_slot() -> None:
    income = replace(OWED, doubt={"slot": "budget_income_fen", "value": 30_000_000, "product": None})
    balance = replace(OWED, doubt={"slot": "balance_fen", "value": 500, "product": "huabei"})

    assert forms.asked_slot("doubt", income) == "budget_income_fen"
    assert forms.asked_slot("doubt", balance) == "debts_balance_fen"
    assert forms.asked_slot("plan_choice", income) == "plan_choice"
    assert forms.asked_slot("doubt", OWED) == "doubt"


def test_not_knowing_gets_help_first() -> None:
    ear = Ear()
    forms.retry(turn("unknown"), NEW, 1, ear.say, TODAY)
    assert ear.replies == ["utter_retry_unknown", "utter_hint_budget_income_fen"]


@pytest.mark.parametrize(
    ("asked", "offer"),
    [
        ("budget_income_fen", "utter_skip_offer"),
        ("budget_living_fen", "utter_skip_offer"),
        ("debts_balance_fen", "utter_needed_balance"),
    ],
)
def test_a_plan_cannot_do_without_some_answers(asked: str, offer: str) -> None:
    ear = Ear()
    case = Case(debts=(Debt("huabei"),))
    assert forms.retry(turn("unknown", asked), case, 2, ear.say, TODAY) == case
    assert ear.replies == [offer]


def test_who_never_finds_out_goes_on_with_an_estimate_that_is_said() -> None:
    ear = Ear()
    case = replace(NEW, budget_income_fen=510_000, budget_housing_fen=100_000, debts=(Debt("huabei", 100),))
    for asked in ("budget_income_fen", "budget_living_fen", "debts_overdue_days"):
        case = forms.retry(turn("unknown", asked), case, 3, ear.say, TODAY)
        if asked == "budget_income_fen":
            assert case.budget_income_fen == 0
            case = replace(case, budget_income_fen=510_000)
    assert (case.budget_living_fen, case.debts[0].overdue_days) == (200_000, 0)
    assert ear.values["utter_assumed_living"]["amount"] == "2,000"
    assert ear.replies == ["utter_assumed_income", "utter_assumed_living", "utter_assumed_overdue"]


def test_without_income_the_estimate_for_living_is_never_below_nothing() -> None:
    case = replace(NEW, budget_income_fen=0, budget_housing_fen=100_000)
    assert forms.retry(turn("unknown", "budget_living_fen"), case, 3, Ear().say, TODAY).budget_living_fen == 0


def test_without_a_balance_rough_amounts_are_offered_again() -> None:
    ear = Ear()
    case = Case(debts=(Debt("huabei"),))
    assert forms.retry(turn("unknown", "debts_balance_fen"), case, 4, ear.say, TODAY) == case
    assert ear.replies == ["utter_needed_balance"]


@pytest.mark.parametrize(
    "asked",
    ["budget_other_fen", "budget_housing_fen"],
)
def test_not_knowing_twice_passes_over_what_can_be_passed_over(asked: str) -> None:
    assert getattr(forms.retry(turn("unknown", asked), NEW, 2, Ear().say, TODAY), asked) == 0


def test_an_unknown_due_day_becomes_todays() -> None:
    case = Case(debts=(Debt("huabei", 100, 0),))
    assert forms.skip("debts_due_day", case, TODAY) == Case(debts=(Debt("huabei", 100, 0, TODAY.day),))


def test_misses_are_counted_for_the_same_question_in_a_row() -> None:
    first = forms.count_misses(None, turn("not_a_number"), True)
    second = forms.count_misses(first, turn("negative"), True)
    assert [first["count"], second["count"]] == [1, 2]


@pytest.mark.parametrize(
    ("later", "is_reply"),
    [
        (turn(None), True),
        (turn("not_a_number"), False),
        (turn("doubt"), True),
        (turn("again"), True),
    ],
)
def test_an_answer_or_an_odd_value_starts_the_count_again(later: dict[str, Any], is_reply: bool) -> None:
    before = {"slot": "budget_income_fen", "count": 2}
    assert forms.count_misses(before, later, is_reply)["count"] == 0


def test_another_question_starts_the_count_again() -> None:
    before = {"slot": "budget_income_fen", "count": 2}
    assert forms.count_misses(before, turn("not_a_number", "budget_housing_fen"), True)["count"] == 1
