"""The words for the call: the person's own numbers, limits that are never spoken, one call for each lender."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from builders import BROKE, OWED, READY, TODAY

from bot.journey import script, talk, versions, words
from bot.journey.case import Case, Debt
from bot.journey.offers import Offer
from bot.journey.plan import parts, propose
from bot.journey.script import AVOID, NOTE, SAY, WRITE_DOWN, Step
from bot.knowledge.loader import catalog
from bot.money import from_yuan, yuan

HUGE = replace(OWED, debts=(Debt("huabei", 20_000_000, 20, 3),))
SEVERAL = replace(
    OWED,
    budget_income_fen=1_000_000,
    debts=(Debt("huabei", 1_200_000, 20, 3), Debt("jiebei", 2_000_000, 0, 9), Debt("credit_card", 800_000, 40, 12)),
)


def chosen(case: Case, number: int = 0, **more: Any) -> Case:
    """``case`` with one of its offers chosen."""
    one = propose(case, TODAY).offers[number]
    return replace(case, plan_choice=one.as_choice(words.offer(one)), **more)


def made(case: Case) -> dict[str, Step]:
    """The steps by their names."""
    return {step.id: step for step in script.steps(case, propose(case, TODAY))}


def said(case: Case) -> str:
    """All that is to be said."""
    return script.spoken(script.steps(case, propose(case, TODAY)))


def amounts(text: str) -> list[int]:
    """The amounts in ``text``, in fen."""
    return [from_yuan(number.replace(",", "")) for number in re.findall(r"([\d,]+(?:\.\d+)?)元", text)]


def test_the_steps_come_in_the_order_of_a_call() -> None:
    assert list(made(chosen(READY))) == [
        "opening", "willing", "reason", "change", "budget", "debts", "request", "limits", "papers", "closing",
        "refusals", "avoid", "write_down",
    ]  # fmt: skip


def test_each_step_says_what_it_is_for() -> None:
    kinds = {step.id: step.kind for step in made(chosen(READY)).values()}
    assert {name for name, kind in kinds.items() if kind == NOTE} == {"limits", "refusals"}
    assert (kinds["avoid"], kinds["write_down"]) == (AVOID, WRITE_DOWN)
    assert all(kind in (SAY, NOTE, AVOID, WRITE_DOWN) for kind in kinds.values())


def test_the_script_says_the_persons_own_numbers() -> None:
    case = chosen(READY)
    told = amounts(said(case))
    choice = case.plan_choice or {}
    assert {600_000, 400_000, choice["monthly_fen"], 1_200_000} <= set(told)
    assert choice["words"] in said(case)


def test_the_limits_are_never_spoken() -> None:
    case = chosen(READY)
    proposal = propose(case, TODAY)
    assert proposal.accept is not None
    limits = "".join(made(case)["limits"].lines)
    for fen in (proposal.floor_fen, proposal.accept.monthly_fen):
        assert yuan(fen) in limits
        assert fen not in amounts(said(case))


def test_every_cause_has_its_reason_its_change_and_its_letter() -> None:
    for name in catalog().causes:
        case = chosen(replace(READY, situation_cause=name))
        steps, letter = made(case), "".join(versions.letter(case, propose(case, TODAY)))
        assert catalog().causes[name].short_reason_zh in steps["reason"].lines[0]
        assert "6,000元" in steps["change"].lines[0]
        assert catalog().causes[name].letter_zh in letter


def test_before_the_due_day_an_extension_is_asked_for_and_no_waiver_of_a_penalty() -> None:
    case = chosen(replace(READY, debts=(Debt("huabei", 1_200_000, 0, 3),)))
    assert "到期前" in said(case)
    assert "罚息" not in said(case)
    assert any("还没逾期" in one for one in made(case)["refusals"].lines)
    assert not any("还没逾期" in one for one in made(chosen(READY))["refusals"].lines)


def test_without_a_surplus_no_amount_is_promised() -> None:
    case = chosen(BROKE)
    periods = propose(case, TODAY).offers[0].periods
    assert amounts(said(case)) == [400_000, 1_200_000]
    assert f"暂缓{periods}个月" in said(case)
    assert "都先不要答应" in made(case)["limits"].lines[0]


def test_more_than_there_is_is_never_promised() -> None:
    assert "每月能稳定还2,000元" in said(chosen(HUGE, 2))


def test_what_can_be_kept_is_no_less_than_what_all_lenders_are_asked_for_together() -> None:
    two = (Debt("huabei", 1_200_000, 0, 9), Debt("jiebei", 800_000, 0, 20))
    case = chosen(
        replace(READY, budget_income_fen=400_000, budget_housing_fen=120_000, budget_living_fen=80_000, debts=two)
    )
    each = [offer.monthly_fen for _, offer in parts(case, TODAY)]
    assert len(each) == 2
    assert sum(each) != (case.plan_choice or {})["monthly_fen"], "each begins on its own day"
    assert script.monthly_fen(case, propose(case, TODAY)) >= sum(each)


def test_papers_are_named_by_their_state() -> None:
    case = chosen(READY, documents_have=("id_card",), documents_substitute=("termination_proof",))
    have, substitute, missing = made(case)["papers"].lines
    assert "身份证" in have
    assert "离职证明" in substitute
    assert "离职证明" not in missing
    nothing = chosen(READY, documents_have=())
    assert len(made(nothing)["papers"].lines) == 1


def test_every_usual_refusal_has_its_answer_with_the_amount_filled_in() -> None:
    lines = made(chosen(READY))["refusals"].lines
    assert len(lines) == len(catalog().refusals) - 1
    assert "＿＿" not in "".join(lines)
    assert "＿＿" in "".join(made(chosen(BROKE))["refusals"].lines), "a pause has no amount"


def test_the_app_confirms_in_writing_where_one_writes() -> None:
    case = chosen(READY, contact_channel="app_service")
    assert "在这里用文字确认" in made(case)["closing"].lines[-1]


def test_each_lender_is_a_call_of_its_own() -> None:
    case = chosen(SEVERAL)
    offices = script.calls(propose(case, TODAY))
    assert sorted(sorted(one.products) for one in offices) == [["credit_card"], ["huabei", "jiebei"]]
    steps = made(case)
    assert len(steps["calls"].lines) == len(steps["debts"].lines) == len(steps["request"].lines) == 2
    assert "欠信用卡8,000元" in "".join(steps["debts"].lines)


def test_what_is_asked_of_several_lenders_is_each_ones_part() -> None:
    case = chosen(SEVERAL)
    proposal = propose(case, TODAY)
    asked = script.demands(case, proposal)
    assert set(asked) == {"huabei", "jiebei", "credit_card"}
    for share in proposal.shares:
        assert max(amounts(asked[share.product])) <= share.capacity_fen
        assert any(yuan(share.capacity_fen) in one for one in made(case)["limits"].lines)


def test_one_lenders_limit_is_not_told_to_another() -> None:
    case = chosen(SEVERAL)
    limits = {share.capacity_fen for share in propose(case, TODAY).shares}
    assert not limits & set(amounts(said(case)))


@pytest.mark.parametrize("case", [chosen(READY), chosen(BROKE), chosen(SEVERAL), chosen(HUGE)])
def test_messages_for_the_app_have_nothing_private_and_no_blank(case: Case) -> None:
    told = versions.messages(case, propose(case, TODAY))
    assert len(told) >= 5
    assert not [one for one in told if "＿" in one or re.search(r"\d{5,}|姓名|手机号|银行卡", one)]


def test_a_message_for_the_app_names_only_what_the_app_handles() -> None:
    case = chosen(SEVERAL)
    told = "".join(versions.messages(case, propose(case, TODAY)))
    assert "花呗这笔" in told
    assert "信用卡这笔" not in told


def test_the_line_for_social_accounts_tells_nothing_of_the_person() -> None:
    assert not [one for one in versions.social() if re.search(r"\d|元|花呗|借呗|失业|姓名", one)]


@pytest.mark.parametrize("case", [chosen(READY), chosen(BROKE), chosen(SEVERAL)])
def test_a_letter_is_blank_only_where_name_number_and_signature_stand(case: Case) -> None:
    told = versions.letter(case, propose(case, TODAY))
    blanks = [one for one in told if "＿" in one]
    assert len(blanks) == 2
    assert "身份证号" in blanks[0]
    assert blanks[1].startswith("签名")
    assert "2026年11月23日" in told[-1]
    assert yuan(case.owed_fen) in "".join(told)


def test_a_letter_says_what_is_missing_in_a_month_without_surplus() -> None:
    case = chosen(BROKE)
    assert any("还差4,000元" in one for one in versions.letter(case, propose(case, TODAY)))


def test_the_parts_fit_a_screen_and_follow_one_another() -> None:
    case = chosen(READY)
    steps = script.steps(case, propose(case, TODAY))
    parts = talk.parts(steps)
    assert [part.kind for part in parts] == ["words", "refusals", "refusals", "refusals", "points"]
    told = [one for page in range(1, talk.pages(steps) + 1) for one in talk.page(steps, page).splitlines()]
    assert tuple(told) == made(case)["refusals"].lines
    offers = [talk.offer(number, steps) for number in range(len(parts))]
    assert offers == ["script:1", "script:2", "script:3", "script:4", None]


@pytest.mark.parametrize(
    ("text", "pending", "is_asked", "wanted"),
    [
        ("怎么说", "script:2", True, 0),
        ("下一步", "script:2", True, 2),
        ("/affirm", "script:3", False, 3),
        ("在线客服怎么发", None, True, "messages"),
        ("被拒绝了怎么回", "script:1", True, "refusals"),
        ("好", None, False, 0),
    ],
)
def test_what_is_wanted_is_named_or_comes_next(text: str, pending: str | None, is_asked: bool, wanted: object) -> None:
    assert talk.wanted(text, [], pending, is_asked) == wanted


def test_a_button_names_a_part_by_its_value() -> None:
    assert talk.wanted("/ask_script", ["script.letter"], "script:2", True) == "letter"


def test_an_offer_in_words_is_what_is_asked_for() -> None:
    one: Offer = propose(OWED, TODAY).offers[0]
    assert "免掉罚息，分12期" in said(chosen(OWED, 0, documents_have=()))
    assert words.offer(one) in said(chosen(OWED, 0, documents_have=()))


@pytest.mark.parametrize("cause", sorted(catalog().causes))
def test_without_any_income_nobody_says_nought_yuan(cause: str) -> None:
    case = replace(BROKE, situation_cause=cause, plan_choice={"kind": "pause", "periods": 3, "words": "暂缓3个月"})
    proposal = propose(case, TODAY)
    told = [script.spoken(script.steps(case, proposal)), *versions.letter(case, proposal)]
    told += versions.messages(case, proposal)
    text = "\n".join(told)
    assert not re.search(r"(?<![0-9,])0元", text)
    assert "没有收入" in text
