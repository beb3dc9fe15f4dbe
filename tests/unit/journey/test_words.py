"""The plan in words says exactly what the engine returned, and no other number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from builders import BROKE, OWED, TODAY
from hypothesis import given, settings

from bot.journey import words
from bot.journey.case import Case, Debt
from bot.journey.plan import Proposal, parts, propose
from bot.journey.render import day, percent
from bot.money import yuan

from .said import Numbers, amounts, numbers, returned
from .test_plan import HUGE, TIGHT, TWO, complete_cases


def texts(case: Case, proposal: Proposal) -> Iterator[str]:
    """Every message of the plan stage."""
    yield words.offers(proposal)
    yield words.wished(proposal)
    yield words.verdict(proposal, case)
    yield words.others(proposal)
    yield words.ladder(proposal)
    yield words.limit(proposal)
    yield words.notes(case, proposal)
    yield words.lenders(proposal)
    yield words.order(proposal)
    yield words.working(case, proposal)
    if proposal.capacity_fen == 0:
        yield words.nothing_left(proposal)
        yield words.pause(proposal)


@settings(max_examples=50, deadline=None)
@given(complete_cases())
def test_every_number_that_is_said_is_one_that_the_engine_returned(case: Case) -> None:
    proposal = propose(case, TODAY)
    allowed = returned(case, proposal)
    partly = [one for one in proposal.offers if one.kind == "part"]
    for one in partly:
        allowed |= Numbers({one.monthly_fen, one.left_fen}, set(), {one.first_due}, {(one.periods, "个月")})

    for text in texts(case, proposal):
        assert not numbers(text) - allowed, text


@settings(max_examples=30, deadline=None)
@given(complete_cases())
def test_every_offer_is_told_with_amount_term_first_day_total_cost_and_true_yearly_cost(case: Case) -> None:
    proposal = propose(case, TODAY)
    rows = re.split(r"(?=【\d】)", words.offers(proposal))[1:]

    assert len(rows) == len(proposal.offers)
    for row, one in zip(rows, proposal.offers, strict=True):
        assert day(one.first_due) in row
        assert f"{one.periods}期" in row or f"{one.periods}个月" in row or "一次还清" in row
        if one.kind == "pause":
            assert amounts(row) == [one.left_fen]
            continue
        assert one.monthly_fen in amounts(row)
        if one.kind == "part":
            assert one.left_fen in amounts(row)
            continue
        assert one.total_paid_fen in amounts(row)
        assert one.total_cost_fen in amounts(row) or (one.total_cost_fen == 0 and "没有额外费用" in row)
        assert f"年化成本约{percent(one.apr)}%" in row or one.apr == 0


@settings(max_examples=30, deadline=None)
@given(complete_cases())
def test_the_ladder_names_its_rungs_by_their_numbers_and_ends_with_the_limit(case: Case) -> None:
    proposal = propose(case, TODAY)
    rows = words.ladder(proposal).splitlines()

    if proposal.capacity_fen == 0:
        assert amounts(rows[-1]) == []
        return
    assert rows[-1] == f"· 每月超过{yuan(proposal.floor_fen)}元就不要答应"
    for row in rows[:-1]:
        number = int(re.findall(r"【(\d)】", row)[0])
        offer = proposal.offers[number - 1]
        assert offer in (proposal.ask, proposal.accept, proposal.floor) or not proposal.fits_any
        assert amounts(row) == ([offer.monthly_fen] if proposal.fits_any else [])


def shown(case: Case) -> tuple[Proposal, str]:
    """The proposal and its what-if in words."""
    proposal = propose(case, TODAY)
    return proposal, f"{words.wished(proposal)}\n{words.verdict(proposal, case)}"


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"periods": 24}, ["【4】分24期", "每期少", "一共多"]),
        ({"periods": 6}, ["注意", "最短的是分9期"]),
        ({"periods": 1}, ["一次还清", "不要为了它去借新债"]),
        ({"monthly_fen": 500}, ["每月5元，60期内还不清"]),
        ({"periods": 60}, ["最多算到60期"]),
        ({"defer_months": 3, "periods": 12}, ["先缓3个月，再分12期"]),
        ({"lump_sum_fen": 300_000}, ["2026年11月23日先还3,000元", "按今天"]),
        ({"lump_sum_fen": 300_000, "lump_on": "2026-12-31"}, ["2026年12月31日先还3,000元"]),
        ({"lump_sum_fen": 9_000_000}, ["一次还清", "其中罚息", "先留够吃饭"]),
        ({"extra_fen": 50_000}, ["每月真的多出500元"]),
        ({"low_months": 3, "monthly_fen": 50_000}, ["前3个月每期500元"]),
        ({"price": "interest_waived"}, ["以后不再计息", "没有额外费用", "对方不一定同意"]),
        ({"price": "penalty_waived", "periods": 24}, ["免掉罚息，分24期", "对方不一定同意"]),
    ],
)
def test_a_what_if_says_what_it_comes_to_and_what_stands_in_its_way(wish: dict[str, Any], said: list[str]) -> None:
    _, text = shown(replace(OWED, plan_wish=wish))
    assert [words for words in said if words not in text] == []


def test_a_day_that_was_named_is_not_asked_for() -> None:
    _, text = shown(replace(OWED, plan_wish={"lump_sum_fen": 300_000, "lump_on": "2026-12-31"}))
    assert "按今天" not in text


def test_only_the_minimum_says_how_long_it_takes() -> None:
    proposal, text = shown(replace(TIGHT, plan_wish={"minimum": 1}))
    assert proposal.wished is not None
    assert f"一共还{proposal.wished.periods}个月" in text


def test_with_nothing_left_a_what_if_says_that_it_cannot_be_kept() -> None:
    _, text = shown(replace(BROKE, plan_wish={"periods": 24}))
    assert "【" not in text
    assert "还差4,000元才够生活" in text


def test_without_a_what_if_nothing_is_said_about_one() -> None:
    proposal, text = shown(OWED)
    assert text.strip() == ""
    assert words.others(proposal).count("\n") == 2


def test_the_offers_beside_a_what_if_are_those_that_were_not_asked_about() -> None:
    proposal = propose(replace(OWED, plan_wish={"periods": 9}), TODAY)
    assert re.findall(r"【(\d)】", words.others(proposal)) == ["1", "3"]


def test_with_nothing_to_spare_no_instalment_is_named() -> None:
    proposal = propose(BROKE, TODAY)

    assert "期" not in words.offers(proposal) + words.ladder(proposal)
    assert words.nothing_left(proposal) == "必要支出每月比收入多4,000元"
    assert words.nothing_left(propose(replace(OWED, budget_income_fen=400_000), TODAY)) == "收入刚好够必要支出"


def test_a_debt_that_never_fits_is_said_plainly() -> None:
    proposal = propose(HUGE, TODAY)

    assert "还不清" in words.ladder(proposal)
    assert "60期还清，每期要7,606.20元" in words.working(HUGE, proposal)


def test_a_penalty_that_is_estimated_is_called_an_estimate() -> None:
    text = words.notes(OWED, propose(OWED, TODAY))

    assert "估算约118.81元" in text
    assert "对方不一定同意" in text


def test_a_penalty_that_was_told_is_not_called_an_estimate() -> None:
    case = replace(OWED, debts=(replace(OWED.debts[0], penalty_fen=20_000),))
    assert "按您说的200元" in words.notes(case, propose(case, TODAY))


def test_a_rate_that_was_told_is_not_called_an_estimate() -> None:
    case = replace(TIGHT, debts=(replace(TIGHT.debts[0], annual_rate="0.15"),))

    assert "估算" not in words.notes(case, propose(case, TODAY))
    assert "一年15%" in words.working(case, propose(case, TODAY))


def test_several_lenders_get_their_parts() -> None:
    proposal = propose(TWO, TODAY)
    asked = [share.ask.monthly_fen for share in proposal.shares if share.ask]
    most = [share.capacity_fen for share in proposal.shares]

    assert amounts(words.lenders(proposal)) == [
        proposal.capacity_fen,
        *(fen for pair in zip(most, asked, strict=True) for fen in pair),
    ]


def test_a_lender_whose_debt_never_ends_gets_its_part_only() -> None:
    case = replace(HUGE, debts=(*HUGE.debts, Debt("huabei", 20_000_000, 0, 3)))
    assert words.lenders(propose(case, TODAY)).count("先申请减免") == 2


@pytest.mark.parametrize("case", [OWED, replace(TWO, budget_income_fen=0)])
def test_a_single_lender_and_one_who_can_pay_nothing_are_told_nothing_about_parts(case: Case) -> None:
    assert words.lenders(propose(case, TODAY)) == ""


def test_the_order_of_paying_says_what_it_saves_or_that_it_saves_nothing() -> None:
    calm = replace(TWO, debts=(replace(TWO.debts[0], overdue_days=0), TWO.debts[1]))
    dear = replace(TWO, debts=(calm.debts[0], replace(TWO.debts[1], daily_rate="0.0006")))

    assert words.order(propose(TWO, TODAY)).startswith("先还的次序：花呗、借呗。手头多出来的钱，先还逾期的")
    assert words.order(propose(calm, TODAY)).startswith("先还的次序：花呗、借呗。几笔的费用差不多")
    proposal = propose(dear, TODAY)
    assert words.order(proposal).startswith("先还的次序：借呗、花呗。")
    assert amounts(words.order(proposal)) == [proposal.order_saves_fen]


def test_what_is_asked_of_each_lender_is_told_for_several_and_not_for_one() -> None:
    def told(case: Case) -> str:
        offer = propose(case, TODAY).offers[0]
        return words.parts(parts(replace(case, plan_choice=offer.as_choice("")), TODAY))

    assert told(OWED) == ""
    assert re.findall("· (.*?)：", told(TWO)) == ["花呗", "借呗"]


def test_the_working_shows_the_sum_and_the_first_payment() -> None:
    proposal = propose(TIGHT, TODAY)
    first = proposal.offers[0].first
    text = words.working(TIGHT, proposal)

    assert "收入4,500元－必要支出4,000元＝500元" in text
    assert f"12,000元×每天0.05%×10天＝{yuan(first.interest_fen)}元" in text
    assert yuan(first.payment_fen) in text
    assert amounts(words.working(BROKE, propose(BROKE, TODAY))) == [0, 400_000, -400_000]


def test_the_words_of_a_choice_are_those_that_were_shown() -> None:
    for one in propose(OWED, TODAY).offers:
        choice = one.as_choice(words.offer(one))
        assert choice["words"] in words.offers(propose(OWED, TODAY))
        assert yuan(choice["monthly_fen"]) in choice["words"]
