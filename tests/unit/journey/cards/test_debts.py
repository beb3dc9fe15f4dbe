"""The debts' card has every debt with what the text says of it."""

from __future__ import annotations

from builders import OWED
from hypothesis import given, settings

from bot.channels.cards import problems
from bot.journey import summary
from bot.journey.cards import debts
from bot.journey.case import Case
from bot.money import yuan

from ..test_plan import TWO, complete_cases


@settings(max_examples=15, deadline=None)
@given(complete_cases())
def test_every_debt_is_a_row_with_the_text_s_amount_and_days(case: Case) -> None:
    made = debts.card(case)
    assert problems(made) == []
    rows = summary.debts(case).splitlines()
    for row, told, debt in zip(made["rows"], rows, case.debts, strict=True):
        assert (row["balance"], row["balance_fen"]) == (f"{yuan(debt.balance_fen or 0)}元", debt.balance_fen)
        assert all(part in told for part in (row["label"], row["balance"], row["detail"]))
    assert made["notes"] == [f"合计{yuan(case.owed_fen)}元"]


def test_several_debts_are_drawn_side_by_side_and_one_is_not() -> None:
    assert "chart" not in debts.card(OWED)
    chart = debts.card(TWO)["chart"]
    assert chart["x"] == ["花呗", "借呗"]
    assert [one["values_fen"] for one in chart["series"]] == [[1_200_000, 800_000]]
