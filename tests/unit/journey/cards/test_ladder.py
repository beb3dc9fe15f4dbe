"""The ladder's card has the rungs that the text names, with its amounts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builders import BROKE, OWED, TODAY
from hypothesis import given, settings

from bot.channels.cards import problems
from bot.journey import words
from bot.journey.cards import ladder
from bot.journey.case import Case, Debt
from bot.journey.plan import propose
from bot.money import yuan

from ..said import amounts
from ..test_plan import HUGE, TWO, complete_cases


def rungs(case: Case) -> dict[str, dict[str, Any]]:
    """The rungs by their ids."""
    return {rung["id"]: rung for rung in ladder.card(propose(case, TODAY))["rungs"]}


@settings(max_examples=15, deadline=None)
@given(complete_cases())
def test_every_amount_on_a_rung_is_in_the_text_and_the_other_way_round(case: Case) -> None:
    proposal = propose(case, TODAY)
    made = ladder.card(proposal)
    assert problems(made) == []
    shown = [fen for rung in made["rungs"] for fen in amounts(rung["title"])]
    told = amounts(words.ladder(proposal))
    if proposal.fits_any:
        assert shown == told
    else:
        assert set(told) <= set(shown)


def test_the_rungs_are_the_engine_s() -> None:
    proposal = propose(OWED, TODAY)
    assert proposal.ask is not None
    assert proposal.accept is not None
    found = rungs(OWED)
    assert list(found) == ["ask", "accept", "floor"]
    assert found["ask"]["title"] == f"{yuan(proposal.ask.monthly_fen)}元"
    assert found["accept"]["title"] == f"{yuan(proposal.accept.monthly_fen)}元"
    assert found["floor"]["title"] == "2,000元"


@pytest.mark.parametrize(
    ("case", "ids"), [(BROKE, ["ask"]), (HUGE, ["ask", "floor"]), (TWO, ["ask", "accept", "floor"])]
)
def test_a_rung_that_nothing_fits_is_left_out(case: Case, ids: list[str]) -> None:
    assert list(rungs(case)) == ids


def test_without_money_there_is_only_the_pause() -> None:
    assert rungs(BROKE)["ask"]["title"] == "暂缓3个月"


def test_what_fits_only_just_says_so() -> None:
    case = replace(OWED, budget_income_fen=407_600, debts=(Debt("huabei", 300_000, 0, 3),))
    proposal = propose(case, TODAY)
    assert proposal.ask is proposal.accept is None
    assert proposal.floor is not None
    assert "几乎用完" in rungs(case)["accept"]["detail"]
