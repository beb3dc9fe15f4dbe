"""The budget's card adds up, and says what the text says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import BROKE, OWED
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.cards import problems
from bot.journey import summary
from bot.journey.cards import budget
from bot.journey.case import Case
from bot.money import yuan

FEN = st.integers(0, 3_000_000)


@given(FEN, FEN, FEN, FEN)
def test_the_rows_add_up_and_agree_with_the_text(income: int, housing: int, living: int, other: int) -> None:
    case = Case(budget_income_fen=income, budget_housing_fen=housing, budget_living_fen=living, budget_other_fen=other)
    made = budget.card(case)
    assert problems(made) == []
    by_kind: dict[str, int] = {}
    for row in made["rows"]:
        assert row["amount"] == f"{yuan(row['amount_fen'])}元"
        by_kind[row["kind"]] = by_kind.get(row["kind"], 0) + row["amount_fen"]
    assert by_kind["income"] - by_kind["expense"] == by_kind["left"]
    told = summary.budget(case)
    shown = (yuan(by_kind["income"]), yuan(by_kind["expense"]), yuan(by_kind["left"]), *made["notes"])
    assert shown == (told.income, told.expenses, told.surplus, f"必要支出{told.expenses}元", told.verdict)


def test_the_picture_shows_where_the_income_goes() -> None:
    series = budget.card(OWED)["chart"]["series"]
    assert sum(one["values_fen"][0] for one in series) == OWED.budget_income_fen


def test_a_deficit_is_drawn_as_spending_alone() -> None:
    labels = [one["label"] for one in budget.card(BROKE)["chart"]["series"]]
    assert labels == ["房租房贷", "基本生活", "其他必要支出"]


@pytest.mark.parametrize("income", [0, None])
def test_with_nothing_at_all_there_is_nothing_to_draw(income: int | None) -> None:
    nothing = replace(Case(), budget_income_fen=income, budget_other_fen=0)
    assert "chart" not in budget.card(nothing)
