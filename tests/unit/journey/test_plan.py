"""What is put before the person comes from the engine, and fits what they can pay."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import BROKE, OWED, TODAY
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.journey.case import Case, Debt
from bot.journey.household import household
from bot.journey.offers import Offer
from bot.journey.plan import DEFER_MONTHS, LONG_PERIODS, STANDING, Proposal, is_beyond, parts, propose
from bot.journey.wish import MOST_PERIODS
from bot.plan import Option, compute, parse_case, pro_rata

TWO = replace(OWED, debts=(*OWED.debts, Debt("jiebei", 800_000, 0, 9)))
HUGE = replace(OWED, debts=(Debt("jiebei", 30_000_000, 0, 9),))
TIGHT = replace(OWED, budget_income_fen=450_000, debts=(Debt("huabei", 1_200_000, 0, 3),))
WISHES = [
    {},
    {"periods": 24},
    {"periods": 1},
    {"periods": 60},
    {"monthly_fen": 80_000},
    {"monthly_fen": 500},
    {"defer_months": 6},
    {"defer_months": 2, "periods": 12},
    {"lump_sum_fen": 300_000},
    {"lump_sum_fen": 300_000, "lump_on": "2026-12-31", "periods": 12},
    {"lump_sum_fen": 900_000_000},
    {"extra_fen": 50_000},
    {"low_months": 3, "monthly_fen": 30_000},
    {"price": "interest_waived"},
    {"price": "penalty_waived", "periods": 12},
    {"minimum": 1},
]


@st.composite
def debts(draw: st.DrawFn) -> tuple[Debt, ...]:
    """One to three debts, late or not, with what the person may have read off the app."""
    products = draw(
        st.lists(
            st.sampled_from(["huabei", "jiebei", "wangshangdai", "credit_card"]), min_size=1, max_size=3, unique=True
        )
    )
    return tuple(
        Debt(
            product,
            draw(st.integers(1_000, 50_000_000)),
            draw(st.sampled_from([0, 0, 1, 20, 95, 400])),
            draw(st.integers(1, 31)),
            draw(st.sampled_from([None, None, "0.0003"])),
            penalty_fen=draw(st.sampled_from([None, None, 0, 700])),
        )
        for product in products
    )


@st.composite
def complete_cases(draw: st.DrawFn) -> Case:
    """A case with all that a plan needs, and perhaps a wish."""
    return replace(
        OWED,
        budget_income_fen=draw(st.sampled_from([0, 400_000]) | st.integers(0, 2_000_000)),
        budget_housing_fen=draw(st.integers(0, 500_000)),
        debts=draw(debts()),
        plan_wish=draw(st.sampled_from(WISHES)),
    )


def rungs(proposal: Proposal) -> list[Offer]:
    """The rungs of the ladder that there are."""
    return [one for one in (proposal.ask, proposal.accept, proposal.floor) if one]


def test_somebody_with_nothing_to_spare_is_offered_a_pause_only() -> None:
    proposal = propose(BROKE, TODAY)

    assert [one.kind for one in proposal.offers] == ["pause"]
    assert (proposal.capacity_fen, proposal.floor_fen) == (0, 0)
    assert rungs(proposal) == []


def test_a_household_that_breaks_even_is_offered_a_pause_too() -> None:
    assert [one.kind for one in propose(replace(OWED, budget_income_fen=400_000), TODAY).offers] == ["pause"]


def test_a_pause_says_what_will_be_owed() -> None:
    # 12,000 bears 0.0005 a day for the 100 days until 2027-03-03
    assert propose(BROKE, TODAY).offers[0].left_fen == 1_200_000 + 60_000


def test_with_nothing_to_spare_an_instalment_wish_is_answered_and_cannot_be_chosen() -> None:
    proposal = propose(replace(BROKE, plan_wish={"periods": 24}), TODAY)

    assert proposal.wished is not None
    assert (proposal.wished.periods, proposal.wished.fits) == (24, False)
    assert proposal.wished not in proposal.offers


@pytest.mark.parametrize("wish", [{"lump_sum_fen": 2_000_000}, {"extra_fen": 600_000}])
def test_with_nothing_to_spare_money_that_is_to_come_can_be_chosen(wish: dict[str, int]) -> None:
    proposal = propose(replace(BROKE, plan_wish=wish), TODAY)
    assert proposal.wished in proposal.offers


def test_what_cannot_be_paid_back_in_time_starts_with_what_can_be_paid() -> None:
    proposal = propose(HUGE, TODAY)

    assert not proposal.fits_any
    assert rungs(proposal) == []
    assert [(one.kind, one.price, one.fits) for one in proposal.offers] == [
        ("part", "contract", True),
        ("level", "interest_waived", False),
        ("level", "contract", False),
    ]
    # interest at 0.0005 a day for the 351 days until the twelfth payment, simple, less 12 × 2,000
    part = proposal.offers[0]
    assert (part.monthly_fen, part.left_fen) == (200_000, 30_000_000 + 15_000 * 351 - 2_400_000)


def test_the_gentlest_offer_comes_first() -> None:
    proposal = propose(OWED, TODAY)

    assert proposal.offers[0] == proposal.ask
    assert proposal.accept is not None
    assert proposal.offers[0].monthly_fen <= proposal.accept.monthly_fen <= proposal.floor_fen


def test_where_only_one_plan_fits_a_dearer_one_stands_beside_it() -> None:
    proposal = propose(replace(TIGHT, budget_income_fen=444_000), TODAY)

    assert proposal.fits_any
    assert len(proposal.offers) > 1
    assert not proposal.offers[-1].fits


def test_what_is_asked_first_counts_on_the_penalty_being_waived() -> None:
    proposal = propose(OWED, TODAY)

    assert proposal.ask is not None
    assert proposal.ask.price == "penalty_waived"
    assert proposal.penalty_fen == 11_881
    same = propose(replace(OWED, plan_wish={"periods": proposal.ask.periods}), TODAY).wished
    assert same is not None
    assert proposal.saved_fen == same.total_paid_fen - proposal.ask.total_paid_fen > proposal.penalty_fen


def test_without_a_penalty_there_is_nothing_to_waive() -> None:
    proposal = propose(TIGHT, TODAY)
    assert (proposal.penalty_fen, proposal.saved_fen) == (0, 0)
    assert {one.price for one in proposal.offers} == {"contract"}


def test_a_wish_comes_after_the_offers_so_that_their_numbers_stay() -> None:
    before = propose(OWED, TODAY).offers
    proposal = propose(replace(OWED, plan_wish={"periods": 24}), TODAY)

    assert proposal.offers[:-1] == before
    assert proposal.offers[-1] == proposal.wished


def test_a_wish_for_what_is_offered_already_is_not_offered_twice() -> None:
    proposal = propose(replace(OWED, plan_wish={"periods": 9}), TODAY)
    assert proposal.wished == proposal.accept
    assert proposal.offers == propose(OWED, TODAY).offers


def test_the_parts_of_several_lenders_add_up_to_what_can_be_paid() -> None:
    proposal = propose(TWO, TODAY)

    assert sum(share.capacity_fen for share in proposal.shares) == proposal.capacity_fen
    assert {share.product: share.capacity_fen for share in proposal.shares} == pro_rata(
        200_000, {"huabei": 1_200_000, "jiebei": 800_000}
    )


def test_each_lender_is_asked_for_no_more_than_its_part() -> None:
    for share in propose(TWO, TODAY).shares:
        assert share.ask is not None
        assert share.ask.monthly_fen <= share.capacity_fen


def test_a_lender_without_a_penalty_is_asked_for_no_waiver() -> None:
    asked = {share.product: share.ask.price for share in propose(TWO, TODAY).shares if share.ask}
    assert asked == {"huabei": "penalty_waived", "jiebei": "contract"}


def test_the_dearest_debt_comes_first_in_the_order() -> None:
    calm = replace(TWO.debts[0], overdue_days=0)
    dear = propose(replace(TWO, debts=(calm, replace(TWO.debts[1], daily_rate="0.0006"))), TODAY)

    assert dear.order == ("jiebei", "huabei")
    assert dear.order_saves_fen > 0
    assert not dear.is_late_first


def test_what_is_overdue_comes_before_what_costs_as_much_and_is_not() -> None:
    late = replace(TWO, debts=(replace(TWO.debts[0], overdue_days=0), replace(TWO.debts[1], overdue_days=20)))
    proposal = propose(late, TODAY)

    assert proposal.order == ("jiebei", "huabei")
    assert proposal.is_late_first


def test_between_debts_that_cost_the_same_no_order_is_called_cheaper() -> None:
    assert propose(TWO, TODAY).order_saves_fen == 0


def test_what_is_chosen_for_all_is_told_for_each_lender_on_its_own_day() -> None:
    offer = propose(TWO, TODAY).offers[0]
    told = dict(parts(replace(TWO, plan_choice=offer.as_choice("")), TODAY))

    assert {product: one.periods for product, one in told.items()} == dict.fromkeys(told, offer.periods)
    assert [one.first_due.day for one in told.values()] == [3, 9]


def test_a_deferral_is_told_for_each_lender_too() -> None:
    offer = next(one for one in propose(TWO, TODAY).offers if one.kind == "deferral")
    told = parts(replace(TWO, plan_choice=offer.as_choice("")), TODAY)
    assert [one.defer_months for _, one in told] == [3, 3]


def test_money_that_comes_once_is_not_split_here() -> None:
    wished = propose(replace(TWO, plan_wish={"lump_sum_fen": 300_000}), TODAY).wished
    assert wished is not None
    assert parts(replace(TWO, plan_choice=wished.as_choice("")), TODAY) == ()


def test_a_plan_above_the_capacity_is_beyond_it() -> None:
    proposal = propose(HUGE, TODAY)
    assert [is_beyond(one.as_choice(""), proposal) for one in proposal.offers] == [False, True, True]


def options(case: Case) -> list[Option]:
    """The engine's options for all debts of ``case`` without its wish."""
    given = parse_case(household(case, TODAY))
    made = [compute(given, periods, (DEFER_MONTHS,)) for periods in ((), LONG_PERIODS)]
    return [option for result in made for option in result.options if option.debt == "all"]


@settings(max_examples=30, deadline=None)
@given(complete_cases())
def test_every_offer_is_an_option_of_the_engine(case: Case) -> None:
    proposal = propose(case, TODAY)
    known = {(o.kind, o.periods, o.monthly_fen, o.schedule.total_paid_fen, o.total_cost_fen) for o in options(case)}

    for offer in (*proposal.offers, *rungs(proposal)):
        if offer != proposal.wished and offer.kind != "part":
            assert (offer.kind, offer.periods, offer.monthly_fen, offer.total_paid_fen, offer.total_cost_fen) in known


@settings(max_examples=30, deadline=None)
@given(complete_cases())
def test_there_is_always_something_to_say_and_never_too_much(case: Case) -> None:
    proposal = propose(case, TODAY)

    assert 1 <= len(proposal.offers) <= STANDING + 1
    assert proposal.capacity_fen == 0 or len(proposal.offers) > 1
    assert len(set(proposal.offers)) == len(proposal.offers)
    for offer in proposal.offers:
        assert offer.first_due > TODAY or offer.kind == "in_full"
        asked = proposal.capacity_fen + offer.extra_fen
        assert not offer.fits or offer.kind == "in_full" or offer.monthly_fen <= asked or proposal.capacity_fen == 0
    for rung in rungs(proposal):
        assert rung in proposal.offers or rung == proposal.floor
        assert rung.fits
        assert rung.monthly_fen <= proposal.floor_fen


@settings(max_examples=20, deadline=None)
@given(complete_cases())
def test_the_numbers_of_the_offers_do_not_depend_on_the_wish(case: Case) -> None:
    plain = propose(replace(case, plan_wish={}), TODAY)
    assert propose(case, TODAY).offers[: len(plain.offers)] == plain.offers


def test_the_longest_plan_is_tried_before_anything_is_called_impossible() -> None:
    proposal = propose(replace(TIGHT, budget_income_fen=432_000), TODAY)
    assert proposal.fits_any
    assert proposal.offers[0].periods == MOST_PERIODS


def test_the_same_case_gives_the_same_proposal() -> None:
    assert propose(TWO, TODAY) == propose(TWO, TODAY)
