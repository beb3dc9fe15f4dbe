"""The budget, the debts and the papers as they are shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import BROKE, OWED, READY

from bot.journey import summary
from bot.journey.case import Debt
from bot.knowledge.loader import catalog


@pytest.mark.parametrize(
    ("income", "surplus", "verdict"),
    [
        (0, "-4,000", "没有收入"),
        (399_999, "-0.01", "不够"),
        (400_000, "0", "打平"),
        (400_001, "0.01", "这0.01元"),
        (600_000, "2,000", "这2,000元"),
    ],
)
def test_the_budget_says_what_the_surplus_means(income: int, surplus: str, verdict: str) -> None:
    shown = summary.budget(replace(OWED, budget_income_fen=income))

    assert shown.surplus == surplus
    assert shown.expenses == "4,000"
    assert verdict in shown.verdict


def test_each_debt_has_its_row() -> None:
    case = replace(OWED, debts=(*OWED.debts, Debt("jiebei", 800_000, 0, 9)))

    assert summary.debts(case).splitlines() == [
        "· 花呗：12,000元，逾期20天，每月3号还款",
        "· 借呗：8,000元，没逾期，每月9号还款",
    ]


def test_papers_at_hand_are_ticked_and_the_others_say_who_gives_them() -> None:
    rows = summary.documents(READY).splitlines()

    assert len(rows) == len(catalog().causes["unemployment"].documents)
    assert rows[0].endswith("✓")
    assert "离职证明：" in rows[2]


def test_missing_papers_say_how_to_get_them() -> None:
    assert "身份证" not in summary.missing_documents(READY)
    everything = catalog().causes["unemployment"].documents
    assert summary.missing_documents(replace(READY, documents_have=everything)) == ""


def test_without_a_cause_the_papers_are_the_general_ones() -> None:
    assert summary.documents(replace(BROKE, situation_cause=None)) == summary.documents(
        replace(BROKE, situation_cause="other")
    )


@pytest.mark.parametrize("cause", catalog().causes)
def test_every_cause_has_papers_and_substitutes(cause: str) -> None:
    case = replace(OWED, situation_cause=cause)
    assert summary.documents(case)
    assert summary.substitutes(case)
