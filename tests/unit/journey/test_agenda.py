"""What comes next, and the way back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import OWED, READY

from bot.journey.agenda import STAGES, next_question, next_stage, step_back
from bot.journey.case import Case, Debt


def test_the_journey_begins_with_what_happened() -> None:
    assert next_stage(Case()) == "situation"
    assert next_question("situation", Case()) == "situation_cause"


def test_a_cause_alone_is_followed_by_the_products() -> None:
    assert next_question("situation", Case(situation_cause="illness")) == "situation_products"


def test_the_stages_follow_each_other_as_the_case_fills() -> None:
    filled = Case(situation_cause="illness", debts=(Debt("huabei"),))
    seen = [next_stage(filled)]
    for changes in (
        {"budget_income_fen": 1, "budget_housing_fen": 0, "budget_living_fen": 0, "budget_other_fen": 0},
        {"debts": OWED.debts, "debts_more": False},
        {"plan_choice": {"kind": "level"}},
        {"documents_have": ()},
        {"contact_channel": "app_service"},
    ):
        filled = replace(filled, **changes)
        seen.append(next_stage(filled))
    assert tuple(seen) == STAGES[1:]


def test_an_income_of_zero_counts_as_answered() -> None:
    assert next_question("budget", Case(budget_income_fen=0)) == "budget_housing_fen"


@pytest.mark.parametrize(
    ("debt", "question"),
    [
        (Debt("huabei"), "debts_balance_fen"),
        (Debt("huabei", 1), "debts_overdue_days"),
        (Debt("huabei", 1, 0), "debts_due_day"),
        (Debt("huabei", 1, 0, 9), "debts_more"),
    ],
)
def test_a_debt_is_asked_for_piece_by_piece(debt: Debt, question: str) -> None:
    assert next_question("debts", Case(debts=(debt,))) == question


def test_a_debt_found_later_is_asked_about_although_there_were_no_more() -> None:
    assert next_question("debts", replace(OWED, debts=(*OWED.debts, Debt("jiebei")))) == "debts_balance_fen"


@pytest.mark.parametrize(
    ("known", "question"),
    [
        ({}, "record_channel"),
        ({"record_channel": "app_service"}, "record_outcome"),
        ({"record_channel": "app_service", "record_outcome": "refused"}, "record_staff"),
        ({"record_channel": "app_service", "record_outcome": "pending"}, "record_next"),
        ({"record_channel": "app_service", "record_outcome": "agreed"}, "record_kind"),
    ],
)
def test_the_record_asks_what_the_outcome_needs(known: dict[str, str], question: str) -> None:
    assert next_question("record", Case(**known)) == question


@pytest.mark.parametrize(
    ("kind", "questions"),
    [
        ("instalments", ["record_periods", "record_monthly_fen", "record_first_due"]),
        ("deferral", ["record_defer_months", "record_first_due"]),
        ("waiver", []),
        ("other", []),
    ],
)
def test_an_agreement_is_asked_for_by_its_kind(kind: str, questions: list[str]) -> None:
    case = Case(record_channel="app_service", record_outcome="agreed", record_kind=kind)
    asked = []
    while (slot := next_question("record", case)) is not None:
        asked.append(slot)
        case = case.with_slot(slot, 0)
    assert asked == [*questions, "record_staff", "record_confirm"]


def test_one_step_back_takes_back_the_answer_before_the_question() -> None:
    case = Case(situation_cause="illness", debts=(Debt("huabei"),), budget_income_fen=1)

    assert step_back("budget_housing_fen", case) == replace(case, budget_income_fen=None)


def test_a_step_back_within_a_debt_stays_with_that_debt() -> None:
    case = replace(OWED, debts=(OWED.debts[0], Debt("jiebei", 800_000)), debts_more=None)

    back = step_back("debts_overdue_days", case)

    assert back is not None
    assert back.debts == (OWED.debts[0], Debt("jiebei"))


def test_a_step_back_from_the_first_question_of_a_debt_goes_to_the_debt_before() -> None:
    case = replace(OWED, debts=(OWED.debts[0], Debt("jiebei")), debts_more=None)

    back = step_back("debts_balance_fen", case)

    assert back is not None
    assert back.debts == (replace(OWED.debts[0], due_day=None), Debt("jiebei"))


def test_a_step_back_outside_a_form_takes_back_the_last_answer_of_all() -> None:
    assert step_back(None, READY) == replace(READY, contact_channel=None)


def test_there_is_nothing_before_the_first_question() -> None:
    assert step_back("situation_cause", Case()) is None
    assert step_back(None, Case()) is None


def test_going_back_again_and_again_ends_with_an_empty_case() -> None:
    case, steps = READY, 0
    while (before := step_back(None, case)) is not None:
        case, steps = before, steps + 1
    assert case == Case()
    assert steps == 13


def test_what_was_taken_back_is_asked_next() -> None:
    back = step_back("plan_choice", OWED)
    assert back is not None
    assert next_stage(back) == "debts"
    assert next_question("debts", back) == "debts_more"
