"""What is put before the person comes from the engine, and fits what they can pay."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builders import BROKE, OWED, TODAY
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.journey.case import Case, Debt
from bot.journey.plan import MOST_OFFERS, MOST_PERIODS, household, propose
from bot.plan import compute, parse_case

TWO = replace(OWED, debts=(*OWED.debts, Debt("jiebei", 800_000, 0, 9)))
HUGE = replace(OWED, debts=(Debt("jiebei", 30_000_000, 0, 9),))


@st.composite
def complete_cases(draw: st.DrawFn) -> Case:
    """A case with all that a plan needs, and perhaps a wish."""
    debts = [
        Debt(
            product,
            draw(st.integers(1_000, 50_000_000)),
            draw(st.sampled_from([0, 1, 20, 95, 400])),
            draw(st.integers(1, 31)),
        )
        for product in draw(st.lists(st.sampled_from(["huabei", "jiebei", "credit_card"]), min_size=1, unique=True))
    ]
    wish: dict[str, int] = draw(
        st.sampled_from([{}, {"periods": 24}, {"monthly_fen": 80_000}, {"defer_months": 6}, {"lump_sum_fen": 300_000}])
    )
    return replace(
        OWED,
        budget_income_fen=draw(st.integers(0, 2_000_000)),
        budget_housing_fen=draw(st.integers(0, 500_000)),
        debts=tuple(debts),
        plan_wish=wish,
    )


def test_the_engine_gets_the_case_as_it_was_told() -> None:
    given = household(OWED, TODAY)

    assert given["income_fen"] == 600_000
    assert sum(given["expenses_fen"].values()) == 400_000
    assert [debt["principal_fen"] for debt in given["debts"]] == [1_200_000]
    assert parse_case(given)


def test_somebody_with_nothing_to_spare_is_offered_a_pause_only() -> None:
    proposal = propose(BROKE, TODAY)

    assert [one.kind for one in proposal.offers] == ["pause"]
    assert (proposal.capacity_fen, proposal.floor_fen) == (0, 0)
    assert proposal.ask is None


def test_a_household_that_breaks_even_is_offered_a_pause_too() -> None:
    assert [one.kind for one in propose(replace(OWED, budget_income_fen=400_000), TODAY).offers] == ["pause"]


def test_what_cannot_be_paid_back_in_time_is_shown_as_not_fitting() -> None:
    proposal = propose(HUGE, TODAY)

    assert not proposal.fits_any
    assert proposal.ask is None
    assert [(one.periods, one.fits) for one in proposal.offers] == [(MOST_PERIODS, False)]


def test_the_gentlest_offer_comes_first() -> None:
    proposal = propose(OWED, TODAY)

    assert proposal.offers[0] == proposal.ask
    assert proposal.accept is not None
    assert proposal.offers[0].monthly_fen <= proposal.accept.monthly_fen <= proposal.floor_fen


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ({"periods": 24}, {"kind": "level", "periods": 24, "defer_months": 0}),
        ({"defer_months": 5}, {"kind": "deferral", "defer_months": 5}),
        ({"lump_sum_fen": 300_000}, {"kind": "lump_then", "lump_fen": 300_000}),
    ],
)
def test_a_wish_is_computed_and_comes_first(wish: dict[str, int], expected: dict[str, Any]) -> None:
    first = propose(replace(OWED, plan_wish=wish), TODAY).offers[0]
    assert {name: getattr(first, name) for name in expected} == expected


def test_a_wish_for_an_amount_gives_the_shortest_term_that_keeps_it() -> None:
    first = propose(replace(OWED, plan_wish={"monthly_fen": 80_000}), TODAY).offers[0]
    one_less = propose(replace(OWED, plan_wish={"periods": first.periods - 1}), TODAY).offers[0]

    assert first.monthly_fen <= 80_000 < one_less.monthly_fen


def test_a_lump_sum_is_never_more_than_what_is_owed() -> None:
    given = household(replace(OWED, plan_wish={"lump_sum_fen": 99_000_000}), TODAY)
    assert given["lump_sum_fen"] == 1_200_000


def test_the_parts_of_several_lenders_add_up_to_what_can_be_paid() -> None:
    proposal = propose(TWO, TODAY)

    assert sum(fen for _, fen in proposal.shares) == proposal.capacity_fen
    assert [product for product, _ in proposal.shares] == ["huabei", "jiebei"]


def test_the_dearest_debt_comes_first_in_the_order() -> None:
    dear = replace(TWO, debts=(TWO.debts[0], replace(TWO.debts[1], daily_rate="0.0006")))
    assert propose(dear, TODAY).order == ("jiebei", "huabei")
    assert propose(TWO, TODAY).order == ("huabei", "jiebei")


@settings(max_examples=25, deadline=None)
@given(complete_cases())
def test_every_offer_is_an_option_of_the_engine(case: Case) -> None:
    proposal = propose(case, TODAY)
    wish = case.plan_wish
    periods = range(1, MOST_PERIODS + 1) if "monthly_fen" in wish else [wish.get("periods", 12)]
    options = [
        option
        for asked in ((), (48, 60), tuple(periods))
        for option in compute(
            parse_case(household(case, TODAY)), asked_periods=asked, asked_deferrals=(wish.get("defer_months") or 3,)
        ).options
        if option.debt == "all"
    ]
    known = {(o.kind, o.periods, o.monthly_fen, o.schedule.total_paid_fen, o.total_cost_fen) for o in options}

    for offer in proposal.offers:
        assert (offer.kind, offer.periods, offer.monthly_fen, offer.total_paid_fen, offer.total_cost_fen) in known


@settings(max_examples=40, deadline=None)
@given(complete_cases())
def test_there_is_always_something_to_say_and_never_too_much(case: Case) -> None:
    proposal = propose(case, TODAY)

    assert 1 <= len(proposal.offers) <= MOST_OFFERS
    assert len({(one.kind, one.periods, one.defer_months) for one in proposal.offers}) == len(proposal.offers)
    for offer in proposal.offers:
        assert offer.first_due > TODAY
        assert not offer.fits or offer.monthly_fen <= proposal.capacity_fen
    for rung in (proposal.ask, proposal.accept):
        assert rung is None or (rung.fits and rung.monthly_fen <= proposal.floor_fen)


def test_the_same_case_gives_the_same_proposal() -> None:
    assert propose(TWO, TODAY) == propose(TWO, TODAY)
