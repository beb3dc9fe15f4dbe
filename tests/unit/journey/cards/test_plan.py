"""The card of the offers says what the engine returned, what the text says, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builders import BROKE, OWED, TODAY
from hypothesis import given, settings

from bot.channels.cards import problems, texts
from bot.journey import words
from bot.journey.cards import plan as cards
from bot.journey.case import Case
from bot.journey.plan import Proposal, propose, strain
from bot.journey.render import day, percent
from bot.money import yuan
from bot.plan.model import PENALTY_WAIVED

from ..said import Numbers, numbers, returned
from ..test_plan import HUGE, TIGHT, TWO, complete_cases


def card(case: Case) -> dict[str, Any]:
    return cards.card(case, propose(case, TODAY))


def written(made: dict[str, Any]) -> str:
    """What a person reads on the card, the pictures and the buttons apart."""
    offers = [{name: part for name, part in one.items() if name != "choose"} for one in made["offers"]]
    shown = {name: part for name, part in made.items() if not name.startswith("chart")}
    return "\n".join(texts({**shown, "offers": offers}))


def allowed(case: Case, proposal: Proposal) -> Numbers:
    found = returned(case, proposal)
    for one in proposal.offers:
        if one.kind == "part":
            found |= Numbers({one.monthly_fen, one.left_fen}, set(), {one.first_due}, {(one.periods, "个月")})
    return found


@settings(max_examples=15, deadline=None)
@given(complete_cases())
def test_every_number_on_the_card_is_one_that_the_engine_returned(case: Case) -> None:
    proposal = propose(case, TODAY)
    made = [cards.card(case, proposal)]
    made += [cards.what_if(case, proposal, proposal.wished)] if proposal.wished else []
    made += [cards.pause(proposal)] if proposal.capacity_fen == 0 else []
    for one in made:
        assert problems(one) == []
        assert not numbers(written(one)) - allowed(case, proposal), written(one)


@settings(max_examples=15, deadline=None)
@given(complete_cases())
def test_each_offer_says_the_amounts_that_its_text_says(case: Case) -> None:
    proposal = propose(case, TODAY)
    told = words.offers(proposal).split("【")[1:]
    shown = cards.card(case, proposal)["offers"]
    assert [one["number"] for one in shown] == list(range(1, len(told) + 1))
    for offer, one, text in zip(proposal.offers, shown, told, strict=True):
        assert one["first_due"] == day(offer.first_due)
        assert one["first_due"] in text
        if offer.kind == "pause":
            assert "monthly" not in one
        else:
            assert one["monthly"] == f"{yuan(offer.monthly_fen)}元"
            assert one["monthly"] in text
        if offer.left_fen:
            assert "total" not in one
            assert f"{yuan(offer.left_fen)}元" in [row["value"] for row in one["rows"]]
        else:
            assert (one["total"], one["cost"]) == (f"{yuan(offer.total_paid_fen)}元", f"{yuan(offer.total_cost_fen)}元")
            assert one["total"] in text
            assert one["apr"] == f"{percent(offer.apr)}%"
            assert not offer.apr or one["apr"] in text
        assert all(note in text for note in one["notes"])


@settings(max_examples=15, deadline=None)
@given(complete_cases())
def test_an_offer_fits_is_tight_or_breaks_by_the_engine_s_numbers(case: Case) -> None:
    proposal = propose(case, TODAY)
    for one, shown in zip(proposal.offers, card(case)["offers"], strict=True):
        there = proposal.capacity_fen + one.extra_fen
        if not one.fits:
            assert shown["fits"] == "breaks"
        elif one.monthly_fen * 10 > there * 9:
            assert shown["fits"] == "tight"
        else:
            assert shown["fits"] == "fits"
    for rung in (proposal.ask, proposal.accept):
        assert rung is None or strain(rung, proposal) == "fits"


def test_what_is_more_than_there_is_breaks_and_says_so() -> None:
    case = replace(OWED, plan_wish={"periods": 3})
    wished = card(case)["offers"][-1]
    assert (wished["fits"], wished["verdict"]) == ("breaks", "容易断")
    assert any("2,000元" in note for note in wished["notes"])


def test_all_that_there_is_is_tight() -> None:
    shown = card(HUGE)["offers"]
    assert shown[0]["title"].startswith("先还12个月")
    assert shown[0]["fits"] == "tight"
    assert {one["fits"] for one in shown[1:]} == {"breaks"}


@settings(max_examples=15, deadline=None)
@given(complete_cases())
def test_the_pictures_draw_the_engine_s_amounts(case: Case) -> None:
    proposal = propose(case, TODAY)
    made = cards.card(case, proposal)
    if proposal.capacity_fen == 0:
        assert made.get("chart", {}).get("kind") != "bar"
        return
    bar, line, *rest = made["chart"], *made["charts"]
    monthly, capacity = (one["values_fen"] for one in bar["series"])
    assert monthly == [one.monthly_fen for one in proposal.offers]
    assert set(capacity) == {proposal.capacity_fen}
    for one, series in zip(proposal.offers, line["series"], strict=True):
        assert one.schedule is not None
        assert series["values_fen"][0] == one.schedule.opening_fen
        assert series["values_fen"][-1] == one.left_fen
    clearing = [one for one in proposal.offers if not one.left_fen]
    assert len(rest) == bool(clearing)
    for stack in rest:
        principal, cost = (one["values_fen"] for one in stack["series"])
        assert cost == [one.total_cost_fen for one in clearing]
        assert [sum(pair) for pair in zip(principal, cost, strict=True)] == [one.total_paid_fen for one in clearing]


def test_the_line_falls_month_by_month_from_what_is_owed_today() -> None:
    line = card(replace(OWED, debts=(replace(OWED.debts[0], overdue_days=0),)))["charts"][0]
    assert line["x"][:3] == ["现在", "2026年12月", "2027年1月"]
    for series in line["series"]:
        values = series["values_fen"]
        assert values[0] == 1_200_000
        assert values == sorted(values, reverse=True)
        assert values[-1] == 0


def test_a_household_without_money_gets_a_pause_and_no_plan() -> None:
    made = cards.pause(propose(BROKE, TODAY))
    assert problems(made) == []
    assert [one["title"] for one in made["offers"]] == ["申请暂缓3个月"]
    assert "chart" not in made
    assert [row["label"] for row in made["offers"][0]["rows"]] == ["再谈的日子", "到时大约还欠"]


def test_a_what_if_stands_alone_and_is_drawn_beside_the_others() -> None:
    case = replace(OWED, plan_wish={"periods": 24})
    proposal = propose(case, TODAY)
    made = cards.what_if(case, proposal, proposal.offers[-1])
    assert [one["number"] for one in made["offers"]] == [len(proposal.offers)]
    assert made["notes"] == words.verdict(proposal, case).splitlines()
    assert len(made["chart"]["x"]) == len(proposal.offers)


def test_a_what_if_that_nobody_could_keep_cannot_be_chosen() -> None:
    case = replace(BROKE, plan_wish={"periods": 24})
    proposal = propose(case, TODAY)
    assert proposal.wished is not None
    (only,) = cards.what_if(case, proposal, proposal.wished)["offers"]
    assert only["fits"] == "breaks"
    assert not {"number", "choose"} & only.keys()


@pytest.mark.parametrize("case", [OWED, TWO, HUGE, TIGHT, BROKE])
def test_every_offer_s_button_names_the_offer_and_no_number(case: Case) -> None:
    proposal = propose(case, TODAY)
    for one, shown in zip(proposal.offers, card(case)["offers"], strict=True):
        assert shown["choose"]["payload"] == f'/request_plan{{"answer":"{one.name}"}}'
    assert len({one.name for one in proposal.offers}) == len(proposal.offers)


def test_the_card_says_as_the_text_does_whether_penalty_is_in_what_an_offer_costs() -> None:
    made = propose(OWED, TODAY)
    labels = {
        offer["title"]: next(row["label"] for row in offer["rows"] if "利息" in row["label"])
        for offer in card(OWED)["offers"]
    }
    waived, *others = [(one.price == PENALTY_WAIVED, words.term(one)) for one in made.offers]
    assert waived[0]
    assert labels[waived[1]] == "其中利息费用约"
    assert {labels[term] for _, term in others} == {"其中利息和罚息约"}
