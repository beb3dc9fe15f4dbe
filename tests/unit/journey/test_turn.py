"""One message read in its place."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest
from builders import BROKE, NEW, OWED, READY, heard, noted, told
from contract.project import question_slots
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.journey.agenda import next_question
from bot.journey.case import BUDGET_SLOTS, Case, Debt
from bot.journey.turn import Message
from bot.money import yuan
from bot.names import FORM_SLOTS, Slot

ASKED = [slot for _, slot in question_slots()]
INTENTS = [
    None,
    "affirm",
    "deny",
    "dont_know",
    "nlu_fallback",
    "out_of_scope",
    "state_illness",
    "ask_cost",
    "request_plan",
    "correct_answer",
    "report_agreement",
    "report_refusal",
    "record_call",
    "crisis",
    "stop",
]
VOCABULARY = """
花呗 借呗 网商贷 信用卡 欠 还 一万二 8000 3千 三四千 1.2万 元 块 工资 收入 房租 吃饭 药费 每月 月供 一共 最低还款
逾期 20天 三个月 没逾期 上个月9号 9号 12月15号 2月30号 分12期 分 期 延期 延期3个月 减免 同意了 没同意 等消息
不是 是 对 没有 不知道 跳过 都有 都没有 都 其他 身份证 流水 第1个 1 2 现在 以前 改成 不对 -500 0 万分之五 0.05%
95188 App客服 打电话 失业 生病 被骗 吗 ？ ， 。 怎么办 还不上 工号 A123 明天 下个月 一次性 奖金 {x} 😀 /deny
"""
WORDS = [*VOCABULARY.split(), "\u200b"]
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=8).map("".join),
    st.lists(st.sampled_from(WORDS), max_size=8).map("，".join),
    st.text(max_size=25),
)
RECORDING = replace(
    READY, record_channel="app_service", record_outcome="agreed", record_kind="instalments", record_periods=6
)
CASES = st.sampled_from(
    [
        Case(),
        Case(situation_cause="other"),
        Case(situation_cause="illness", debts=(Debt("huabei"), Debt("jiebei", 800_000))),
        replace(OWED, debts_more=None, budget_other_fen=None),
        OWED,
        BROKE,
        READY,
        RECORDING,
        replace(RECORDING, record_kind="deferral", record_outcome=None),
        replace(OWED, doubt={"slot": "budget_income_fen", "value": 30_000_000, "product": None}),
        replace(OWED, doubt={"slot": "balance_fen", "value": 500, "product": "jiebei"}),
    ]
)


def questions(case: Case) -> list[str | None]:
    """What may be asked of ``case``: nothing, or the next question of each stage."""
    stages = [form.removesuffix("_form") for form in FORM_SLOTS]
    return [None, *(slot for stage in stages if (slot := next_question(stage, case)) and can_ask(stage, case))]


def can_ask(stage: str, case: Case) -> bool:
    """The plan is asked for when there is something to plan with."""
    return stage != "plan" or (bool(case.debts) and case.open_debt is None)


@st.composite
def situations(draw: st.DrawFn) -> tuple[str, Case, str | None, str | None]:
    """A text, a case, what is being asked, and what the text was classified as."""
    case = draw(CASES)
    return draw(TEXTS), case, draw(st.sampled_from(questions(case))), draw(st.sampled_from(INTENTS))


SETTLED = {"plan_choice", "plan_wish", "contact_channel", "record_confirm"}
"""Slots that their stage reads back by itself."""

AS_A_CONSEQUENCE = {"doubt", "plan_choice"}
"""Slots that change with others: an odd value held back, a plan that was chosen on other numbers."""

FOLLOWS = {"due_day": {"debts_overdue_days"}}
"""Fields of a debt that follow from another one that was noted."""


@settings(max_examples=400, deadline=None)
@given(situations(), st.sampled_from([None, ("budget_income_fen", None), ("debts_balance_fen", "huabei")]))
@example(("不是", OWED, None, None), None)
@example(("/deny", OWED, "plan_choice", "deny"), None)
@example(("", replace(READY, record_outcome="agreed", record_kind="instalments"), None, "report_refusal"), None)
def test_reading_never_fails_and_changes_only_what_it_notes_or_settles(
    situation: tuple[str, Case, str | None, str | None], last: tuple[str, str | None] | None
) -> None:
    text, case, asked, intent = situation

    turn = told(text, case, asked, intent, last=last)

    told_of = [*turn.notes, *([turn.again] if turn.again else [])]
    slots = {note.slot for note in told_of}
    before = {field.name: getattr(case, field.name) for field in fields(Case)}
    changed = {name for name, value in before.items() if getattr(turn.case, name) != value} - {"debts"}
    if "record_outcome" in slots and case.record_outcome is not None:  # another talk: its record begins anew
        changed -= {name for name in before if name.startswith("record_")}
    assert changed <= slots | SETTLED | AS_A_CONSEQUENCE
    assert changed_debts(case, turn.case) <= accounted(told_of)
    assert Case.from_slots(turn.case.as_slots()) == turn.case


def changed_debts(before: Case, after: Case) -> set[tuple[str, str]]:
    """Product and field of every debt's field that differs."""
    known = {debt.product: debt for debt in before.debts}
    return {
        (debt.product, field.name)
        for debt in after.debts
        for field in fields(Debt)
        if field.compare and getattr(debt, field.name) != getattr(known.get(debt.product), field.name, None)
    }


def accounted(notes: Any) -> set[tuple[str, str]]:
    """Product and field of everything about debts that the notes tell, with what follows from it."""
    told_of = {(str(n.product), n.slot.removeprefix("debts_")) for n in notes if n.product}
    told_of |= {(product, "product") for product, _ in told_of}
    for field, reasons in FOLLOWS.items():
        told_of |= {(str(n.product), field) for n in notes if n.slot in reasons}
    return told_of


@settings(max_examples=200, deadline=None)
@given(situations())
def test_notes_tell_the_values_that_the_case_holds(situation: tuple[str, Case, str | None, str | None]) -> None:
    text, case, asked, intent = situation
    turn = told(text, case, asked, intent)

    for note in turn.notes:
        assert note.before != note.value
        last = [one for one in turn.notes if (one.slot, one.product) == (note.slot, note.product)][-1]
        if last is note and note.slot != "debts_product":
            holder = turn.case.debt(note.product) if note.product else turn.case
            assert getattr(holder, note.slot.removeprefix("debts_") if note.product else note.slot) == note.value


@settings(max_examples=200, deadline=None)
@given(situations())
def test_the_money_of_a_case_is_never_negative(situation: tuple[str, Case, str | None, str | None]) -> None:
    text, case, asked, intent = situation
    after = told(text, case, asked, intent).case

    amounts = [getattr(after, slot) for slot in BUDGET_SLOTS] + [debt.balance_fen for debt in after.debts]
    assert all(amount is None or amount >= 0 for amount in amounts)
    assert all((debt.overdue_days or 0) >= 0 for debt in after.debts)
    assert all(1 <= (debt.due_day or 1) <= 31 for debt in after.debts)


def plain(fen: int) -> str:
    """``fen`` in yuan without separators."""
    return yuan(fen).replace(",", "")


@given(st.just(0) | st.integers(10_000, 20_000_000))
def test_an_income_written_in_yuan_reads_back_exactly(fen: int) -> None:
    turn = told(plain(fen), NEW, "budget_income_fen")

    assert turn.case.budget_income_fen == fen
    assert turn.notes[0].value == fen
    assert turn.problem is None


@given(st.integers(100_000, 500_000_000), st.sampled_from(["{}元", "{}块", "欠{}", "一共{}元", "总共还欠{}块钱"]))
def test_a_balance_reads_back_exactly(fen: int, carrier: str) -> None:
    case = Case(debts=(Debt("huabei"),))

    turn = told(carrier.format(plain(fen)), case, "debts_balance_fen")

    assert turn.case.debts[0].balance_fen == fen


@given(st.integers(100_000, 500_000_000))
@example(12_345_600)
@example(21_100_000)
def test_a_balance_with_separators_reads_back_exactly_or_is_asked_about(fen: int) -> None:
    turn = told(f"{yuan(fen)}元", Case(debts=(Debt("huabei"),)), "debts_balance_fen")

    assert turn.case.debts[0].balance_fen == fen or (turn.problem == "vague" and turn.notes == ())


@given(st.integers(1, 4_999))
def test_tens_of_thousands_read_back_exactly(hundreds: int) -> None:
    amount = Decimal(hundreds) / 100

    turn = told(f"欠{amount}万", Case(debts=(Debt("huabei"),)), "debts_balance_fen")

    assert turn.case.debts[0].balance_fen == hundreds * 10_000


def test_a_message_that_is_no_data_is_not_read() -> None:
    for intent in ("crisis", "delete_my_data", "restart", "forge_request"):
        turn = told("工资6000，花呗欠1万", OWED, "budget_income_fen", intent)
        assert turn.case == OWED
        assert turn.notes == ()
        assert turn.interrupts


def test_the_same_value_again_is_an_answer_but_no_news() -> None:
    turn = told("收入6000", OWED, None, "correct_answer")

    assert turn.answered
    assert turn.notes == ()


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "😀", "。。。"])
def test_a_message_without_words_answers_nothing(text: str) -> None:
    turn = told(text, NEW, "budget_income_fen")

    assert turn.case == NEW
    assert not turn.answered
    assert turn.problem == "not_a_number"


def test_values_are_told_once_and_in_order() -> None:
    message = heard("借呗、花呗和借呗")

    assert message.values("product") == ["jiebei", "huabei"]
    assert not message.is_button
    assert Message("/affirm", "affirm").is_button


def test_noted_values_carry_what_was_there_before() -> None:
    turn = told("收入改成5000", OWED, None, "correct_answer")

    assert noted(turn) == {Slot.BUDGET_INCOME_FEN: 500_000}
    assert turn.notes[0].before == 600_000
