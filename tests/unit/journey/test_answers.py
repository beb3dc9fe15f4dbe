"""How a message becomes answers: doubts, corrections, names, and then the question asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import NEW, OWED, READY, TODAY, heard, noted, told

from bot.journey.answers import ANSWER_LIKE, FELT, NOT_READ, STATEMENTS
from bot.journey.case import Case, Debt
from bot.journey.mentions import Mention
from bot.journey.turn import read_turn
from bot.names import Intent

ONE = Case(situation_cause="illness", debts=(Debt("huabei"),))


def test_the_lists_of_intents_name_intents() -> None:
    known = {value for name, value in vars(Intent).items() if name.isupper()} | {"nlu_fallback", None}
    assert known >= NOT_READ | STATEMENTS | ANSWER_LIKE | FELT


def test_a_story_fills_several_slots_at_once() -> None:
    turn = told("我失业了，花呗欠一万二，借呗欠八千", intent="state_unemployment")

    assert noted(turn) == {
        "situation_cause": "unemployment",
        "huabei.debts_balance_fen": 1_200_000,
        "jiebei.debts_balance_fen": 800_000,
    }


def test_what_the_whole_message_means_counts_more_than_a_word_in_it() -> None:
    assert told("住院花光了钱，还失业了", intent="state_unemployment").case.situation_cause == "unemployment"


def test_a_known_cause_is_not_overwritten_in_passing() -> None:
    assert told("我妈住院了", OWED, "budget_income_fen", "state_illness").case.situation_cause == "unemployment"


def test_a_free_story_is_taken_as_a_cause_of_its_own() -> None:
    assert told("房东突然涨价还要押金", Case(), "situation_cause", "out_of_scope").case.situation_cause == "other"


def test_other_products_count_too() -> None:
    assert told("其他", Case(situation_cause="other"), "situation_products").case.debts == (Debt("other_online_loan"),)


# --- the budget


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("4000", 400_000),
        ("四千", 400_000),
        ("1.2万", 1_200_000),
        ("工资4000，兼职800", 480_000),
        ("以前8000，现在只有3500", 350_000),
        ("原来六千现在降到四千五", 450_000),
        ("没有", 0),
        ("一分钱没有", 0),
    ],
)
def test_an_income_is_understood(text: str, fen: int) -> None:
    turn = told(text, ONE, "budget_income_fen")

    assert turn.case.budget_income_fen == fen
    assert turn.answered


@pytest.mark.parametrize("text", ["不用交", "住家里", "住宿舍", "公司包住", "没有"])
def test_no_rent_is_zero_rent(text: str) -> None:
    assert told(text, replace(ONE, budget_income_fen=1), "budget_housing_fen").case.budget_housing_fen == 0


@pytest.mark.parametrize(
    ("text", "problem"),
    [("三四千", "vague"), ("-500", "negative"), ("不知道", "unknown"), ("看情况吧", "not_a_number")],
)
def test_an_amount_that_will_not_do_is_a_problem_and_changes_nothing(text: str, problem: str) -> None:
    turn = told(text, ONE, "budget_income_fen")

    assert turn.problem == problem
    assert turn.case == ONE


def test_a_no_is_not_an_income_of_zero() -> None:
    assert told("不是", ONE, "budget_income_fen").case.budget_income_fen is None


def test_an_amount_named_for_another_slot_goes_there() -> None:
    turn = told("房租1500", ONE, "budget_income_fen")

    assert turn.case.budget_housing_fen == 150_000
    assert turn.case.budget_income_fen is None


def test_several_amounts_in_one_answer_fill_several_slots() -> None:
    turn = told("工资6000，房租1500，吃饭1200", ONE, "budget_income_fen")

    assert (turn.case.budget_income_fen, turn.case.budget_housing_fen, turn.case.budget_living_fen) == (
        600_000,
        150_000,
        120_000,
    )


# --- odd values


def test_an_odd_income_waits_for_a_yes() -> None:
    doubted = told("30万", ONE, "budget_income_fen")
    assert doubted.problem == "doubt"
    assert doubted.case.budget_income_fen is None

    assert told("对", doubted.case, "budget_income_fen", "affirm").case.budget_income_fen == 30_000_000


def test_a_no_to_an_odd_value_asks_again() -> None:
    doubted = told("30万", ONE, "budget_income_fen")

    again = told("不是", doubted.case, "budget_income_fen", "deny")

    assert again.problem == "again"
    assert again.case == ONE


def test_another_amount_replaces_an_odd_value() -> None:
    doubted = told("30万", ONE, "budget_income_fen")

    assert told("3000", doubted.case, "budget_income_fen").case == replace(ONE, budget_income_fen=300_000)


def test_spending_above_the_income_is_odd() -> None:
    case = replace(ONE, budget_income_fen=300_000)
    assert told("5000", case, "budget_housing_fen").problem == "doubt"
    assert told("2999", case, "budget_housing_fen").case.budget_housing_fen == 299_900


# --- debts


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("逾期20天", 20),
        ("20天", 20),
        ("二十天了", 20),
        ("两个月", 60),
        ("没逾期", 0),
        ("还没到期", 0),
        ("没有", 0),
        ("15", 15),
        ("上个月9号到期", 45),
    ],
)
def test_days_overdue_are_understood(text: str, days: int) -> None:
    case = replace(ONE, debts=(Debt("huabei", 1_200_000),))
    assert told(text, case, "debts_overdue_days").case.debts[0].overdue_days == days


def test_the_due_day_follows_from_the_days_overdue() -> None:
    case = replace(ONE, debts=(Debt("huabei", 1_200_000),))
    assert told("逾期20天", case, "debts_overdue_days").case.debts[0].due_day == 3


@pytest.mark.parametrize(("text", "day"), [("9号", 9), ("每月20号", 20), ("15", 15), ("三十一号", 31)])
def test_a_due_day_is_understood(text: str, day: int) -> None:
    case = replace(ONE, debts=(Debt("huabei", 1_200_000, 0),))
    assert told(text, case, "debts_due_day").case.debts[0].due_day == day


@pytest.mark.parametrize("text", ["32", "0", "32号"])
def test_a_day_that_no_month_has_is_refused(text: str) -> None:
    case = replace(ONE, debts=(Debt("huabei", 1_200_000, 0),))
    turn = told(text, case, "debts_due_day")
    assert turn.problem == "day_invalid"
    assert turn.case == case


def test_no_more_debts() -> None:
    assert told("没有了", replace(OWED, debts_more=None), "debts_more", "deny").case.debts_more is False


def test_one_more_debt_with_its_amount() -> None:
    turn = told("还有网商贷5000", replace(OWED, debts_more=None), "debts_more")
    assert turn.case.debt("wangshangdai") == Debt("wangshangdai", 500_000)
    assert turn.case.debts_more is None


def test_an_instalment_is_not_the_whole_balance() -> None:
    turn = told("每期还800元", ONE, "debts_balance_fen")
    assert turn.problem == "whole_balance"
    assert turn.case == ONE


# --- corrections


def test_a_bare_correction_means_what_was_noted_last() -> None:
    turn = told("不对，是5000", OWED, "debts_more", "correct_answer", last=("budget_income_fen", None))
    assert turn.case.budget_income_fen == 500_000


def test_a_correction_that_quotes_the_old_amount_finds_its_slot() -> None:
    turn = told("不是1500，是1800", OWED, None, "correct_answer")
    assert turn.case.budget_housing_fen == 180_000
    assert turn.case.budget_income_fen == 600_000


def test_a_correction_by_name() -> None:
    assert told("花呗其实是8000", OWED, None, "correct_answer").case.debts[0].balance_fen == 800_000


def test_a_plan_chosen_on_other_numbers_is_chosen_again() -> None:
    turn = told("我收入其实是5000", READY, None, "correct_answer")
    assert turn.case.plan_choice is None
    assert turn.case.documents_have == READY.documents_have


def test_a_plan_stays_chosen_when_nothing_it_rests_on_changed() -> None:
    assert told("收入6000", READY, None, "correct_answer").case.plan_choice == READY.plan_choice


# --- what interrupts


@pytest.mark.parametrize("intent", ["express_distress", "talk_to_human", "crisis", "express_anger"])
def test_people_come_before_forms(intent: str) -> None:
    assert told("4000", ONE, "budget_income_fen", intent).interrupts


def test_a_question_interrupts() -> None:
    assert told("逾期会坐牢吗？", ONE, "budget_income_fen", "ask_lawsuit").interrupts


def test_an_amount_that_was_classified_as_a_question_does_not_interrupt() -> None:
    turn = told("4000", ONE, "budget_income_fen", "ask_cost", confidence=0.4)
    assert turn.case.budget_income_fen == 400_000
    assert not turn.interrupts


@pytest.mark.parametrize("intent", ["affirm", "deny", "dont_know", "out_of_scope", "nlu_fallback", None])
def test_what_answers_as_a_rule_does_not_interrupt(intent: str | None) -> None:
    assert not told("嗯", ONE, "budget_income_fen", intent).interrupts


# --- the plan, the papers, the way, the record


def test_an_offer_is_chosen_by_its_number() -> None:
    case = replace(OWED, plan_choice=None)
    turn = told("1", case, "plan_choice")
    assert turn.case.plan_choice is not None
    assert turn.case.plan_choice["kind"] == "level"


def test_an_offer_is_chosen_by_its_term() -> None:
    first = told("1", OWED, "plan_choice").case.plan_choice
    assert first is not None
    assert told(f"分{first['periods']}期", OWED, "plan_choice").case.plan_choice == first


def test_another_number_of_instalments_is_a_wish_and_not_a_choice() -> None:
    turn = told("分24期呢", OWED, "plan_choice")
    assert turn.case.plan_choice is None
    assert turn.case.plan_wish == {"periods": 24}


def test_too_many_instalments_are_a_problem() -> None:
    turn = told("分80期呢", OWED, "plan_choice")
    assert turn.problem == "too_many_periods"
    assert turn.case.plan_wish == {}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("网商贷十万，逾期45天，花呗三千没逾期", {"wangshangdai": 45, "huabei": 0}),
        ("网商贷十万，逾期45天，花呗三千，没逾期", {"wangshangdai": 45, "huabei": 0}),
        ("花呗三千，没逾期，借呗八千，逾期20天", {"huabei": 0, "jiebei": 20}),
        ("借呗八千，逾期20天，花呗三千", {"jiebei": 20, "huabei": None}),
        ("花呗三千，借呗八千，逾期20天", {"huabei": 20, "jiebei": 20}),
    ],
)
def test_days_overdue_belong_to_the_debt_they_stand_behind(text: str, days: dict[str, int | None]) -> None:
    debts = told(text, NEW, None, "state_overdue").case.debts
    assert {debt.product: debt.overdue_days for debt in debts} == days


@pytest.mark.parametrize("text", ["就这些", "就这些了", "只有这几样"])
def test_these_are_no_papers_while_none_is_named(text: str) -> None:
    turn = told(text, replace(READY, documents_have=None), "documents_have", "affirm")
    assert turn.problem == "no_documents"
    assert turn.case.documents_have is None


def test_all_papers_are_those_of_the_cause() -> None:
    case = replace(READY, documents_have=None)
    assert "termination_proof" in (told("都有", case, "documents_have").case.documents_have or ())


def test_some_papers_by_name() -> None:
    case = replace(READY, documents_have=None)
    assert told("身份证有了", case, "documents_have").case.documents_have == ("id_card",)


def test_no_papers_is_an_answer() -> None:
    assert told("都没有", replace(READY, documents_have=None), "documents_have").case.documents_have == ()


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("1", "hotline_95188"),
        ("第二个", "app_service"),
        ("官方社交账号", "social_accounts"),
        ("打95188", "hotline_95188"),
    ],
)
def test_a_way_is_chosen_by_number_or_name(text: str, channel: str) -> None:
    case = replace(READY, contact_channel=None)
    assert told(text, case, "contact_channel").case.contact_channel == channel


def test_an_agreement_told_out_of_nothing_fills_the_record() -> None:
    turn = told("谈成了，分12期，每期还1000元", READY, None, "report_agreement")
    assert turn.case.record_outcome == "agreed"
    assert turn.case.record_kind == "instalments"
    assert (turn.case.record_periods, turn.case.record_monthly_fen) == (12, 100_000)


def test_the_number_of_the_agent_and_of_the_ticket_are_told_apart() -> None:
    case = replace(READY, record_channel="app_service", record_outcome="refused")
    both = told("工号8823，工单号T20261123", case, "record_staff").case
    assert (both.record_staff, both.record_ticket) == ("8823", "T20261123")
    ticket = told("工单号20261123", case, "record_staff").case
    assert (ticket.record_staff, ticket.record_ticket) == (None, "20261123")


def test_one_free_message_fills_the_record() -> None:
    case = told("今天下午打了95188 工号8821 说三天内回复", READY, None, "record_call").case
    assert (case.record_channel, case.record_outcome, case.record_staff) == ("hotline_95188", "pending", "8821")
    assert (case.record_call_back, case.record_said) == ("2026-11-26", "三天内回复")


def test_a_talk_of_yesterday_is_dated_and_its_terms_are_told_apart() -> None:
    text = "昨天下午三点同意了，本金11000分10期，每期1150，罚息免了800，总共还11500，12月10号开始，催收先停，收到短信"
    case = told(text, READY, None, "report_agreement").case
    assert case.record_at == "2026-11-22T15:00"
    assert (case.record_periods, case.record_monthly_fen) == (10, 115_000)
    assert (case.record_total_fen, case.record_principal_fen, case.record_waived_fen) == (1_150_000, 1_100_000, 80_000)
    assert (case.record_collection, case.record_confirmation, case.record_first_due) == (
        "stops",
        "written",
        "2026-12-10",
    )


def test_every_detail_can_be_corrected_while_the_record_is_shown() -> None:
    case = told("今天打了95188 工号8821 说三天内回复", READY, None, "record_call").case
    case = told("工号是8822", case, "record_confirm").case
    case = told("说的是周五之前回电", case, "record_confirm").case
    assert (case.record_staff, case.record_call_back) == ("8822", "2026-11-27")


def test_a_paper_may_be_replaced_by_another() -> None:
    case = told("身份证有，诊断证明用出院小结代替", replace(READY, documents_have=None), "documents_have").case
    assert "id_card" in (case.documents_have or ())
    assert case.documents_substitute == ("medical_diagnosis",)


@pytest.mark.parametrize("intent", ["ask_documents", "state_unemployment", None])
def test_a_paper_that_was_got_later_is_added_to_the_checklist(intent: str | None) -> None:
    assert told("离职证明开好了", READY, None, intent).case.documents_have == ("id_card", "termination_proof")


@pytest.mark.parametrize("text", ["离职证明怎么开", "离职证明开不了", "身份证有了", "结婚证有了"])
def test_no_other_word_about_papers_changes_the_checklist(text: str) -> None:
    assert told(text, READY, None, "ask_documents").case.documents_have == ("id_card",)


def test_the_way_of_the_talk_is_no_number_of_the_agent() -> None:
    case = replace(READY, record_channel="app_service", record_outcome="refused")
    again = told("打95188", case, "record_staff").case
    assert (again.record_channel, again.record_staff) == ("hotline_95188", None)


def test_a_note_is_kept_as_it_was_said_but_not_endlessly() -> None:
    case = replace(READY, record_channel="app_service", record_outcome="refused")
    assert told("王专员", case, "record_staff").case.record_staff == "王专员"
    assert len(told("王专员说的" * 60, case, "record_staff").case.record_staff or "") == 60


def test_a_record_is_confirmed_or_corrected() -> None:
    case = replace(
        READY,
        record_channel="app_service",
        record_outcome="agreed",
        record_kind="instalments",
        record_periods=12,
        record_monthly_fen=100_000,
        record_first_due="2026-12-15",
        record_staff="",
    )

    assert told("对", case, "record_confirm", "affirm").case.record_confirm is True
    assert told("不对", case, "record_confirm", "deny").problem == "what_is_wrong"
    assert told("每期1200元", case, "record_confirm").case.record_monthly_fen == 120_000
    assert told("分6期", case, "record_confirm").case.record_periods == 6


def test_an_amount_that_is_asked_about_changes_no_debt_that_is_known() -> None:
    turn = told("花呗3000逾期18天要多少利息", OWED, "budget_income_fen", "ask_cost")
    assert turn.case == OWED
    assert turn.interrupts


def test_an_amount_asked_about_is_taken_where_none_is_known() -> None:
    case = replace(OWED, debts=(Debt("huabei"),))
    assert told("花呗3000逾期18天要多少利息", case, None, "ask_cost").case.debts[0].balance_fen == 300_000


@pytest.mark.parametrize(
    "asked", ["record_periods", "plan_choice", "documents_have", "contact_channel", "record_staff"]
)
def test_a_question_known_by_its_words_answers_nothing(asked: str) -> None:
    message = heard("听说可以分60期，病历和电话也要", "ask_instalment", 1.0)
    known = replace(message, mentions=[Mention("answer", "question", 0, 0), *message.mentions])
    turn = read_turn(known, OWED, asked, TODAY)
    assert turn.case == OWED
    assert turn.interrupts


@pytest.mark.parametrize("text", ["流水去哪打", "没有病历怎么办"])
def test_a_paper_that_is_asked_about_is_not_at_hand(text: str) -> None:
    assert told(text, OWED, "documents_have", "ask_documents").case.documents_have is None


def test_a_cause_in_a_question_about_others_is_not_ones_own() -> None:
    assert told("有没有被裁员的案例", NEW, None, "ask_success_stories").case.situation_cause is None


def test_a_correction_to_less_than_nothing_is_asked_about() -> None:
    turn = told("花呗改成-500", NEW)
    assert turn.case == NEW
    assert turn.problem == "negative"
