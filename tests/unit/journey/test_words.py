"""The plan in words says exactly what the engine returned."""

from __future__ import annotations

import re
from dataclasses import replace

from builders import BROKE, OWED, READY, TODAY
from hypothesis import given, settings

from bot.journey import words
from bot.journey.case import Case, Debt
from bot.journey.plan import Offer, Proposal, propose
from bot.journey.render import day, percent
from bot.money import from_yuan, yuan

from .test_plan import HUGE, TWO, complete_cases

MONEY = re.compile(r"(-?[\d,]+(?:\.\d\d)?)元")


def amounts(text: str) -> list[int]:
    """The amounts that ``text`` names, in fen."""
    return [from_yuan(found.replace(",", "")) for found in MONEY.findall(text)]


def phrase(one: Offer) -> list[int]:
    """The amounts that an offer's phrase must name."""
    if one.kind == "pause":
        return []
    return [one.lump_fen, one.monthly_fen] if one.kind == "lump_then" else [one.monthly_fen]


def offered(proposal: Proposal) -> list[int]:
    """The amounts that the list of offers must name."""
    named: list[int] = []
    for one in proposal.offers:
        named += phrase(one)
        if one.kind == "pause":
            continue
        named += [one.total_paid_fen, *([one.total_cost_fen] if one.total_cost_fen else [])]
        named += [] if one.fits else [proposal.capacity_fen]
    return named


def laddered(proposal: Proposal) -> list[int]:
    """The amounts that the ladder must name."""
    if proposal.capacity_fen == 0:
        return []
    if not proposal.fits_any:
        return [proposal.capacity_fen]
    rungs = [proposal.ask] if proposal.ask else []
    if proposal.accept and (not proposal.ask or proposal.accept.periods != proposal.ask.periods):
        rungs.append(proposal.accept)
    return [fen for rung in rungs for fen in phrase(rung)] + [proposal.floor_fen]


@settings(max_examples=60, deadline=None)
@given(complete_cases())
def test_offers_and_ladder_name_the_engines_amounts_and_no_others(case: Case) -> None:
    proposal = propose(case, TODAY)
    text = words.offers(proposal)

    assert amounts(text) == offered(proposal)
    assert amounts(words.ladder(proposal)) == laddered(proposal)
    assert text.count("注意") == sum(1 for one in proposal.offers if one.kind != "pause" and not one.fits)
    for one in proposal.offers:
        assert day(one.first_due) in text
        assert str(one.periods) in text
        if one.kind != "pause" and one.total_cost_fen:
            assert f"折合年{percent(one.apr)}%" in text


def test_every_offer_has_a_number_of_its_own() -> None:
    text = words.offers(propose(OWED, TODAY))
    assert [int(found) for found in re.findall(r"^\D?(\d)\D", text, re.MULTILINE)] == [1, 2, 3]


def test_the_limit_is_the_last_row_of_the_ladder() -> None:
    assert amounts(words.limit(propose(OWED, TODAY))) == [200_000]


def test_without_a_surplus_no_amount_is_named() -> None:
    proposal = propose(BROKE, TODAY)
    assert amounts(words.offers(proposal) + words.ladder(proposal)) == []


def test_a_debt_that_never_fits_is_said_plainly() -> None:
    assert "还不清" in words.ladder(propose(HUGE, TODAY))


def test_several_lenders_get_their_parts() -> None:
    proposal = propose(TWO, TODAY)
    assert amounts(words.notes(proposal)) == [proposal.capacity_fen, *(fen for _, fen in proposal.shares)]


def test_a_single_lender_is_told_nothing_about_parts() -> None:
    assert len(words.notes(propose(OWED, TODAY)).splitlines()) == 1


def test_the_working_shows_the_sum() -> None:
    assert amounts(words.working(OWED, propose(OWED, TODAY))) == [600_000, 400_000, 200_000, 1_200_000]
    assert amounts(words.working(BROKE, propose(BROKE, TODAY))) == [0, 400_000, -400_000]


def test_the_script_says_the_persons_own_numbers() -> None:
    script = words.script(READY, propose(READY, TODAY))

    assert amounts(script)[:4] == [600_000, 400_000, READY.plan_choice["monthly_fen"], 1_200_000]  # type: ignore[index]
    assert "我有身份证" in script
    assert READY.plan_choice is not None
    assert READY.plan_choice["words"] in script


def test_the_script_before_the_due_day_asks_for_an_extension_and_no_waiver_of_a_penalty() -> None:
    case = replace(READY, debts=(Debt("huabei", 1_200_000, 0, 3),))
    script = words.script(case, propose(case, TODAY))

    assert "到期前" in script
    assert "罚息" not in script


def test_the_script_without_a_surplus_promises_no_amount() -> None:
    proposal = propose(BROKE, TODAY)
    first = proposal.offers[0]
    case = replace(BROKE, plan_choice=first.as_choice(words.offer(first)), documents_have=())
    script = words.script(case, proposal)

    assert amounts(script) == [0, 400_000, 1_200_000]
    assert f"暂缓{first.periods}个月" in script


def test_on_social_media_nothing_private_is_said() -> None:
    case = replace(READY, contact_channel="social_accounts")
    assert "都不要写" in words.script(case, propose(case, TODAY))


def test_the_words_of_a_choice_are_those_that_were_shown() -> None:
    for one in propose(OWED, TODAY).offers:
        choice = one.as_choice(words.offer(one))
        assert choice["words"] in words.offers(propose(OWED, TODAY))
        assert yuan(choice["monthly_fen"]) in choice["words"]
