"""Hiding a debt is judged by the debts there are, not by words alone."""

from __future__ import annotations

import pytest

from bot.coaching.acts import read_line
from bot.coaching.calls import own_debts
from bot.journey.case import Case, Debt

SEVERAL = own_debts(Case(debts=(Debt("huabei"), Debt("jiebei"), Debt("credit_card"))))
WITH_LOANS = own_debts(Case(debts=(Debt("huabei"), Debt("credit_card"), Debt("other_online_loan"))))
ONLY_HERE = own_debts(Case(debts=(Debt("huabei"), Debt("jiebei"))))
ONE = own_debts(Case(debts=(Debt("huabei"),)))


@pytest.mark.parametrize(
    "text",
    [
        "没有了",
        "没有",
        "没别的了",
        "没有别的欠款",
        "就这一笔",
        "就欠你们家",
        "别的地方都没有",
        "真的没有啦",
        "除了花呗没有了",
    ],
)
def test_who_denies_a_debt_that_was_told_before_hides_it(text: str) -> None:
    line = read_line(text, owed=SEVERAL, asks_debts=True)
    assert "hides" in line.acts
    assert "信用卡" in line.omitted
    assert "debts" not in line.acts


@pytest.mark.parametrize("text", ["没有了", "没有别的欠款", "就你们家的", "别的地方都没有"])
@pytest.mark.parametrize("owed", [ONE, ONLY_HERE])
def test_who_has_no_other_debt_may_say_so(text: str, owed: tuple) -> None:  # type: ignore[type-arg]
    line = read_line(text, owed=owed, asks_debts=True)
    assert "hides" not in line.acts
    assert line.omitted == ()


def test_who_names_only_some_of_them_leaves_others_out() -> None:
    assert read_line("还有一张信用卡", owed=WITH_LOANS, asks_debts=True).omitted == ("其他网贷",)
    assert read_line("信用卡欠了两万", owed=WITH_LOANS, asks_debts=True).omitted == ("其他网贷",)
    assert "debts" in read_line("信用卡两万，网贷八千", owed=WITH_LOANS, asks_debts=True).acts


@pytest.mark.parametrize("text", ["还有两家", "外面还有几家，加起来三万", "有的", "信用卡也欠着"])
def test_who_tells_them_without_names_hides_nothing(text: str) -> None:
    line = read_line(text, owed=SEVERAL, asks_debts=True)
    assert "debts" in line.acts
    assert "hides" not in line.acts


@pytest.mark.parametrize("text", ["没有", "没有了，谢谢", "我没有钱", "为什么要问这个？", "流水和工资条都有"])
def test_a_no_to_another_question_denies_no_debt(text: str) -> None:
    assert "hides" not in read_line(text, owed=SEVERAL, asks_debts=False).acts


def test_the_only_one_is_said_without_being_asked() -> None:
    line = read_line("我就欠花呗这一笔", owed=SEVERAL)
    assert ("hides" in line.acts, line.omitted) == (True, ("借呗", "信用卡"))


def test_nothing_is_held_against_a_case_that_is_not_known() -> None:
    assert "hides" not in read_line("没有别的欠款", asks_debts=True).acts
