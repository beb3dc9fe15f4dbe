"""What a question is about: from the message first, then from the case."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import NEW, OWED, heard

from bot.journey.case import Debt
from bot.journey.subject import Subject, subject_of

TWO = replace(OWED, debts=(Debt("huabei", 800_000, 0, 9), Debt("jiebei", 2_000_000, 40, 3)))


def asked(text: str, intent: str = "ask_cost", case=NEW) -> Subject:
    return subject_of(intent, heard(text), case)


def test_the_message_names_product_amount_and_days() -> None:
    subject = asked("花呗3000逾期18天要多少利息")
    assert (subject.product, subject.principal_fen, subject.overdue_days) == ("huabei", 300_000, 18)


def test_the_only_debt_of_the_case_is_meant_when_none_is_named() -> None:
    subject = asked("罚息多少", case=OWED)
    assert (subject.product, subject.principal_fen, subject.overdue_days, subject.due_day) == (
        "huabei",
        1_200_000,
        20,
        3,
    )


def test_the_message_counts_for_more_than_the_case() -> None:
    subject = asked("花呗逾期30天的罚息多少", case=OWED)
    assert (subject.principal_fen, subject.overdue_days) == (1_200_000, 30)


def test_with_several_debts_a_question_about_lateness_means_the_one_that_is_late() -> None:
    assert asked("罚息多少", case=TWO).product == "jiebei"
    assert asked("能提前还吗", "ask_early_settlement", TWO).product is None


def test_another_product_takes_nothing_from_the_case() -> None:
    subject = asked("网商贷罚息多少", case=OWED)
    assert (subject.product, subject.principal_fen, subject.overdue_days) == ("wangshangdai", None, None)


@pytest.mark.parametrize("text", ["工资5000能分几期", "每月还800能分几期", "房租1500，利息多少"])
def test_amounts_of_the_budget_are_not_owed(text: str) -> None:
    assert asked(text, "ask_instalment").principal_fen is None


def test_a_range_is_not_computed_with() -> None:
    assert asked("欠了三四千，一天多少利息").principal_fen is None


def test_what_might_be_paid_first_is_a_part() -> None:
    subject = asked("先还500有用吗", "ask_partial_payment", OWED)
    assert (subject.principal_fen, subject.part_fen) == (1_200_000, 50_000)


def test_of_two_amounts_the_smaller_is_the_part() -> None:
    subject = asked("花呗欠8000，先还2000行吗", "ask_partial_payment")
    assert (subject.principal_fen, subject.part_fen) == (800_000, 200_000)


def test_a_rate_in_the_message_is_the_contracts() -> None:
    assert asked("借呗2万，日利率0.04%，逾期10天，罚息多少").daily_rate == "0.0004"


def test_days_between_calls_are_no_days_overdue() -> None:
    assert asked("一天打七个电话呢", "ask_collection").overdue_days is None


def test_without_any_product_an_amount_is_counted_as_the_usual_one() -> None:
    assert asked("3000逾期18天多少利息").counted_as == "huabei"
    assert asked("逾期18天多少利息").counted_as is None
