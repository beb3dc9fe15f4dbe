"""What an answer to the offers means: a choice, another number, or neither."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builders import BROKE, OWED, READY, TODAY, noted, pressed, told

from bot.journey.case import Case
from bot.journey.plan import propose
from bot.journey.turn import Turn, read_turn

ASKED_24 = replace(OWED, plan_wish={"periods": 24})


def said(text: str, case: Case = OWED, intent: str | None = None, confidence: float = 0.9) -> Turn:
    """``text`` as the answer to the offers of ``case``."""
    return told(text, case, "plan_choice", intent, confidence)


def chosen(turn: Turn, case: Case = OWED) -> int | None:
    """The number of the offer that was chosen."""
    if turn.case.plan_choice is None:
        return None
    keys = ("kind", "periods", "defer_months", "monthly_fen", "price")
    picked = tuple(turn.case.plan_choice[key] for key in keys)
    return [tuple(getattr(one, key) for key in keys) for one in propose(case, TODAY).offers].index(picked) + 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        ("第二个", 2),
        ("按第3个谈", 3),
        ("就按第一个来吧", 1),
        ("选2", 2),
        ("方案二", 2),
        ("分9期", 2),
        ("9期吧", 2),
        ("就延期三个月吧", 3),
        ("好的", 1),
        ("可以", 1),
    ],
)
def test_an_offer_is_chosen_by_its_number_by_its_term_or_by_a_yes(text: str, number: int) -> None:
    assert chosen(said(text)) == number


@pytest.mark.parametrize("text", ["可以", "就这样"])
def test_a_yes_after_a_what_if_means_what_was_asked_about(text: str) -> None:
    assert chosen(said(text, ASKED_24, "affirm"), ASKED_24) == 4


def test_a_yes_with_nothing_to_spare_means_the_pause() -> None:
    case = replace(BROKE, plan_wish={"lump_sum_fen": 2_000_000})
    turn = said("好", case, "affirm")
    assert turn.case.plan_choice is not None
    assert turn.case.plan_choice["kind"] == "pause"


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("分24期呢", {"periods": 24}),
        ("换成24期", {"periods": 24}),
        ("6期行不", {"periods": 6}),
        ("分9期呢", {"periods": 9}),
        ("两年还清呢", {"periods": 24}),
        ("每月800", {"monthly_fen": 80_000}),
        ("如果每月只能还800呢", {"monthly_fen": 80_000}),
        ("最多能还一千", {"monthly_fen": 100_000}),
        ("就按每月900谈吧", {"monthly_fen": 90_000}),
        ("改成每个月六百再算一次", {"monthly_fen": 60_000}),
        ("先延期三个月", {"defer_months": 3}),
        ("先停三个月再分12期", {"defer_months": 3, "periods": 12}),
        ("三个月以后有工作了再还", {"defer_months": 3}),
        ("缓到明年3月", {"defer_months": 4}),
        ("停两三个月行吗", {"defer_months": 3}),
        ("我年底有笔奖金5000", {"lump_sum_fen": 500_000, "lump_on": "2026-12-31"}),
        ("年底有奖金5000一次性还", {"lump_sum_fen": 500_000, "lump_on": "2026-12-31"}),
        ("我有3000块", {"lump_sum_fen": 300_000}),
        ("家里能拿出五千，剩下分12期", {"lump_sum_fen": 500_000, "periods": 12}),
        ("如果我先还两千再分期呢", {"lump_sum_fen": 200_000}),
        ("如果我下个月发工资能多还500", {"extra_fen": 50_000}),
        ("一次性还清要多少", {"periods": 1}),
        ("最长能分多久", {"periods": 60}),
        ("能再少点吗", {"periods": 18}),
        ("太多了我还不起", {"periods": 18}),
        ("能不能早点还完", {"periods": 6}),
        ("前三个月每月还500，后面多还", {"low_months": 3, "monthly_fen": 50_000}),
        ("头半年每月还300，后面正常还", {"low_months": 6, "monthly_fen": 30_000}),
        ("要是利息免掉，每个月要还多少", {"price": "interest_waived"}),
        ("如果罚息不收，分12期每月多少", {"price": "penalty_waived", "periods": 12}),
        ("第二个怎么样", {"periods": 9}),
        ("第一个好吗", {"periods": 12, "price": "penalty_waived"}),
        ("第三个如何", {"periods": 9, "defer_months": 3}),
    ],
)
def test_another_number_is_a_wish_and_no_choice(text: str, wish: dict[str, Any]) -> None:
    turn = said(text)

    assert turn.case.plan_wish == wish
    assert turn.case.plan_choice is None
    assert turn.answered
    assert not turn.notes


def test_less_can_be_asked_for_again_and_again() -> None:
    case, terms = OWED, []
    for _ in range(7):
        case = said("能再少点吗", case).case
        terms.append(case.plan_wish["periods"])
    assert terms == [18, 24, 36, 48, 60, 60, 60]


def test_only_the_minimum_is_a_wish_before_the_due_day_and_a_question_after() -> None:
    calm = replace(OWED, debts=(replace(OWED.debts[0], overdue_days=0),))

    assert said("只还最低还款呢", calm, "ask_minimum_payment").case.plan_wish == {"minimum": 1}
    assert said("只还最低还款呢", OWED, "ask_minimum_payment").case.plan_wish == {}


def test_money_that_comes_once_holds_on_for_another_term() -> None:
    case = said("我年底有笔奖金5000").case
    assert said("分24期呢", case).case.plan_wish == {"lump_sum_fen": 500_000, "lump_on": "2026-12-31", "periods": 24}
    assert said("先延期三个月", case).case.plan_wish == {"defer_months": 3}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("分72期呢", "too_many_periods"),
        ("延期三十个月呢", "too_long_deferral"),
        ("每月七八百", "vague"),
        ("前三个月少还，后面多还", "how_low"),
        ("0期", "no_choice"),
        ("5", "no_choice"),
        ("日利率5%", "odd_rate"),
        ("罚息20000", "odd_penalty"),
        ("嗯嗯看看", "no_choice"),
    ],
)
def test_what_will_not_do_is_asked_back_and_changes_nothing(text: str, problem: str) -> None:
    turn = said(text)

    assert turn.problem == problem
    assert turn.case == OWED


@pytest.mark.parametrize("intent", ["ask_instalment", "ask_deferral", "ask_early_settlement", "ask_waiver", "ask_cost"])
def test_a_what_if_is_computed_and_not_answered_in_general(intent: str) -> None:
    assert not said("分24期可以吗", intent=intent).interrupts


def test_a_question_about_something_else_is_answered_first() -> None:
    assert said("分24期会上征信吗", intent="ask_credit_impact").interrupts


@pytest.mark.parametrize("text", ["能免利息吗", "罚息能不能少点"])
def test_asking_whether_something_is_waived_is_a_question(text: str) -> None:
    turn = said(text, intent="ask_waiver")
    assert turn.case.plan_wish == {}
    assert turn.interrupts


def test_a_correction_that_names_its_slot_is_one_here_too() -> None:
    turn = said("不对，我收入是5000", intent="correct_answer")
    assert noted(turn) == {"budget_income_fen": 500_000}


def test_another_amount_a_month_is_no_correction_of_what_was_noted_last() -> None:
    turn = told("改成每月600", OWED, "plan_choice", "correct_answer", last=("budget_other_fen", None))
    assert turn.case.budget_other_fen == OWED.budget_other_fen
    assert turn.case.plan_wish == {"monthly_fen": 60_000}


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("年利率15%", {"huabei.debts_annual_rate": "0.15"}),
        ("日利率0.03%", {"huabei.debts_daily_rate": "0.0003"}),
        ("App上写罚息150", {"huabei.debts_penalty_fen": 15_000}),
    ],
)
def test_what_the_app_shows_replaces_an_estimate(text: str, slots: dict[str, Any]) -> None:
    assert noted(said(text, intent="ask_cost")) == slots


def test_one_rate_replaces_the_other() -> None:
    debt = said("年利率15%", said("日利率0.03%").case).case.debts[0]
    assert (debt.daily_rate, debt.annual_rate) == (None, "0.15")


def test_a_rate_in_a_question_is_not_the_persons_own() -> None:
    assert not noted(said("年利率24%合法吗", intent="ask_regulation"))


def test_a_plan_asked_for_in_a_later_stage_is_opened_again() -> None:
    turn = told("分24期呢", READY, "documents_have", "request_plan")

    assert turn.interrupts
    assert turn.case.plan_wish == {"periods": 24}


def test_elsewhere_a_number_is_a_wish_only_where_a_plan_is_asked_for() -> None:
    assert told("分24期", Case(), None, "ask_instalment").case.plan_wish == {}
    assert told("分24期呢", Case(), None, "request_plan").case.plan_wish == {"periods": 24}


def press(name: str, case: Case, asked: str | None) -> Turn:
    """The button of the offer of that name, pressed when ``asked`` is asked."""
    return read_turn(pressed("request_plan", answer=name), case, asked, TODAY)


def test_the_button_of_an_offer_chooses_it_while_the_offers_are_on_the_table() -> None:
    for number, one in enumerate(propose(OWED, TODAY).offers, start=1):
        turn = press(one.name, OWED, "plan_choice")
        assert chosen(turn) == number
        assert not turn.interrupts


@pytest.mark.parametrize("asked", [None, "documents_have", "contact_channel"])
def test_pressed_in_a_later_stage_it_chooses_again(asked: str | None) -> None:
    case = replace(READY, documents_have=None) if asked == "documents_have" else READY
    turn = press(propose(OWED, TODAY).offers[1].name, case, asked)
    assert chosen(turn) == 2
    assert turn.interrupts


def test_an_offer_that_has_changed_since_is_worked_out_anew_and_not_chosen() -> None:
    for asked, case in (("plan_choice", OWED), (None, READY)):
        turn = press("offer:deferral:12:3:contract:1", case, asked)
        assert turn.case.plan_choice is None
        assert turn.case.plan_wish == {"periods": 12, "defer_months": 3}


@pytest.mark.parametrize(
    "name",
    [
        "offer:part:12:0:contract:1",
        "offer:level:999:0:contract:1",
        "offer:level:0:0:contract:1",
        "offer:level:6:0:free:1",
        "offer:level:6:99:contract:1",
        "offer:level:6",
        "offer:",
    ],
)
def test_what_no_offer_is_called_chooses_nothing(name: str) -> None:
    turn = press(name, OWED, "plan_choice")
    assert turn.case == OWED
    assert turn.problem == "no_choice"


def test_before_the_numbers_are_known_an_old_offer_chooses_nothing() -> None:
    case = replace(OWED, budget_income_fen=None)
    turn = press(propose(OWED, TODAY).offers[0].name, case, "budget_income_fen")
    assert turn.case == case
    assert turn.interrupts


def test_while_a_talk_is_written_down_an_old_offer_waits() -> None:
    turn = press(propose(OWED, TODAY).offers[0].name, READY, "record_outcome")
    assert (turn.case, turn.problem, turn.interrupts) == (READY, "record_first", False)
