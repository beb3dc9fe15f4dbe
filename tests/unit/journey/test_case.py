"""A case as one value: to slots and back without loss."""

from __future__ import annotations

import json
from dataclasses import fields, replace

from builders import OWED, READY
from hypothesis import given
from hypothesis import strategies as st

from bot.journey.case import BUDGET_SLOTS, RECORD_SLOTS, Case, Debt

FEN = st.one_of(st.none(), st.integers(0, 10**9))
DEBTS = st.builds(
    Debt,
    product=st.sampled_from(["huabei", "jiebei", "credit_card"]),
    balance_fen=FEN,
    overdue_days=st.one_of(st.none(), st.integers(0, 4000)),
    due_day=st.one_of(st.none(), st.integers(1, 31)),
    daily_rate=st.sampled_from([None, "0.0005"]),
)
CASES = st.builds(
    Case,
    situation_cause=st.sampled_from([None, "other", "illness"]),
    debts=st.lists(DEBTS, max_size=3, unique_by=lambda debt: debt.product).map(tuple),
    debts_more=st.sampled_from([None, True, False]),
    budget_income_fen=FEN,
    budget_other_fen=FEN,
    plan_wish=st.dictionaries(st.sampled_from(["periods", "monthly_fen"]), st.integers(1, 99)),
    documents_have=st.sampled_from([None, (), ("id_card", "income_flow")]),
    record_confirm=st.sampled_from([None, True]),
)


@given(CASES)
def test_a_case_survives_the_way_through_the_slots(case: Case) -> None:
    assert Case.from_slots(json.loads(json.dumps(case.as_slots()))) == case


@given(CASES, CASES)
def test_the_changes_lead_from_one_case_to_the_other(before: Case, after: Case) -> None:
    assert Case.from_slots({**before.as_slots(), **after.changes_from(before)}) == after


def test_slots_of_others_are_passed_over() -> None:
    assert Case.from_slots({"turn": {"id": "1"}, "journey_next": "plan", "requested_slot": "x"}) == Case()


def test_zero_is_an_answer_and_none_is_not() -> None:
    assert Case.from_slots({"budget_income_fen": 0}).budget_income_fen == 0
    assert Case.from_slots({"budget_income_fen": 0}).has_begun
    assert not Case().has_begun


def test_no_papers_at_all_is_an_answer() -> None:
    assert Case.from_slots({"documents_have": []}).documents_have == ()
    assert Case.from_slots({}).documents_have is None


def test_the_groups_of_slots_are_fields_of_the_case() -> None:
    assert {*BUDGET_SLOTS, *RECORD_SLOTS} <= {field.name for field in fields(Case)}


def test_a_new_debt_is_added_and_a_known_one_is_changed() -> None:
    case = Case().with_debt("huabei", balance_fen=100).with_debt("jiebei").with_debt("huabei", overdue_days=0)

    assert case.debts == (Debt("huabei", 100, 0), Debt("jiebei"))
    assert case.open_debt == Debt("huabei", 100, 0)


def test_a_debt_is_complete_without_a_rate() -> None:
    assert Debt("huabei", 0, 0, 1).is_complete
    assert not Debt("huabei", 1, None, 1).is_complete


def test_what_is_owed_and_spent_adds_up() -> None:
    case = replace(OWED, debts=(*OWED.debts, Debt("jiebei")))

    assert case.owed_fen == 1_200_000
    assert case.expenses_fen == 400_000


def test_a_case_that_did_not_change_changes_nothing() -> None:
    assert READY.changes_from(READY) == {}
