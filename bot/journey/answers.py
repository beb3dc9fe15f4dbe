"""How a message becomes answers: a pending doubt, then corrections, then whatever it names, then the question."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.journey import again, read_budget, read_debts, read_nothing, read_plan, read_preparation, read_record
from bot.journey.binding import Bound, clause_text
from bot.journey.case import BUDGET_SLOTS, Case
from bot.journey.turn import Message, Note, Reading
from bot.reading import find_correction, is_no, is_skip, is_unknown, is_yes

NOT_READ: Final = frozenset({"crisis", "delete_my_data", "restart", "forge_request"})
"""What is said with these is never taken as data."""

STATEMENTS: Final = frozenset(
    {
        "state_cannot_repay",
        "state_income_loss",
        "state_unemployment",
        "state_illness",
        "state_overspending",
        "state_family_emergency",
        "state_business_failure",
        "state_scammed",
        "state_gambling",
        "state_overdue",
        "ask_negotiation",
        "request_plan",
        "ask_script",
        "correct_answer",
        "report_agreement",
        "report_refusal",
        "record_call",
    }
)
"""Messages that tell us about the person's own case, so that a product named in them is theirs."""

ANSWER_LIKE: Final = frozenset({None, "affirm", "deny", "dont_know", "nlu_fallback", "out_of_scope", "correct_answer"})
"""Intents that never interrupt a running question: as a rule they are its answer."""

FELT: Final = frozenset({"talk_to_human", "express_distress", "express_anger"})
"""What is met before the question goes on, unless a message that answers it was only guessed to be it."""

QUESTION = re.compile(
    r"[?？]|吗|嘛$|怎么|怎样|咋|什么|啥|为何|能不能|可不可以|可以不|会不会|要不要|有没有|是不是|如何|多少|几时|几个点|哪|谁|呢$"
)

REQUEST = re.compile(r"能不能|可不可以|能否|可否|行不行|好不好|(?:能|可以).{1,12}(?:吗|嘛|么|不)[?？]?$")
"""Words of a wish: a number in them is wished for, and is no answer."""

REPORTS: Final = frozenset({"report_agreement", "report_refusal", "record_call"})
"""Messages about a talk that took place."""

TRIED: Final = ("vague", "doubt", "negative")
"""Problems of an answer that was given and will not do: 每月大概还能挣六七千吧 asks for no plan."""

ASKED_BACK: Final = frozenset(
    {"too_many_periods", "too_long_deferral", "how_low", "odd_rate", "odd_penalty", "record_first"}
)
"""Problems with a number that was meant for us, whatever the message was classified as."""

WHAT_IFS: Final = frozenset(
    {
        "request_plan",
        "ask_instalment",
        "ask_deferral",
        "ask_partial_payment",
        "ask_minimum_payment",
        "ask_early_settlement",
        "ask_waiver",
        "ask_cost",
        "ask_progress",
        "state_cannot_repay",
    }
)
"""What a what-if about the plan may be classified as: a number to compute with is its answer, no general text."""

TALK = re.compile(r"客服|对方|平台|专员|他们|同意|答应|批|谈|协商|拒|不给|政策|通过|消息|回复|回电|结果|记")
"""Words without which a message is no report of a talk, whatever its intent."""

A_MONTH = re.compile(r"每个?月|一个?月|每期|月供")
"""Words for an amount that is paid again and again."""
ABOUT_OTHERS: Final = frozenset({"ask_success_stories", "ask_family_liability", "ask_debt_priority"})
"""Questions in which a cause need not be the person's own."""

NAMED_IN_QUESTIONS: Final = ("record", "documents", "contact")
"""Stages whose answers are names, which a question names as well: 流水去哪打 does not say that it is at hand."""

NAMED_HERE: Final = (
    "situation_products",
    "debts_balance_fen",
    "debts_overdue_days",
    "debts_due_day",
    "debts_more",
    "plan_choice",
)
"""Questions whose answers name a debt, so that it is the person's own unless the words ask."""

CODE = re.compile(r"</?[a-z!]|[{}\\]|--\s*$|;\s*(?:drop|select|delete|insert)", re.IGNORECASE)
"""Markup, template braces and database commands: nothing in them is an answer."""

AROUND = re.compile(r"[我的呢吗啊呀吧是有用了这那个\s?？!！。，~…]*")
"""What may stand around a name that is the whole message."""
SHORT: Final = 10
"""Characters of an amount with its name."""
CERTAIN: Final = 0.9
"""From this confidence on even a few characters count as what their intent says."""
SURE: Final = 0.5
"""From this confidence on a message that is no answer counts as what its intent says."""

DEBT = re.compile(r"欠|还不[上起了]|逾期|没钱|无力|负债|还款|催收")

_ANSWERED_BY = {**{slot: slot for slot in BUDGET_SLOTS}, "debts_balance_fen": "total"}
"""Name of the amount that answers a question about money."""

_STAGES = {
    "budget": read_budget.read,
    "situation": read_preparation.read,
    "debts": read_debts.read,
    "plan": read_plan.read,
    "documents": read_preparation.read,
    "contact": read_preparation.read,
    "record": read_record.read,
}


def read(reading: Reading) -> None:
    """Take in all that the message says; later steps see what earlier ones did."""
    if _is_of_the_journey(reading):
        reading.problem = "record_first"
        return
    if read_preparation.read_pressed_paper(reading):
        return
    if _settle_doubt(reading) or _correct(reading) or again.reopen(reading):
        return
    stage = reading.asked.split("_")[0] if reading.asked else None
    if _is_code(reading):
        reading.problem = "not_understood" if stage else None
        return
    if _reports(reading):
        read_record.read_report(reading)
        return
    is_question = _is_question(reading)
    is_hearsay = reading.message.says("question")
    if is_question and (is_hearsay or stage != "plan"):  # a question about a number is what the plan is for
        reading.bound = [b for b in reading.bound if b.label or _stands_alone(reading, b)]
    if not is_question or reading.message.intent not in ABOUT_OTHERS:
        read_preparation.read_cause(reading)
    read_debts.read_named(reading, is_own=_is_own(reading), is_asked=is_question)
    read_budget.read_named(reading)
    if not is_question:
        read_nothing.read_named(reading)
    is_only_asked = is_question and (is_hearsay or stage in NAMED_IN_QUESTIONS) and not reading.bound
    if stage is not None and not is_only_asked and not (reading.answered and _is_known(reading)):
        _STAGES[stage](reading)
    if stage != "plan" and not reading.answered:
        read_plan.read_request(reading)
    if stage is None:
        read_preparation.read_paper_news(reading)


def _is_of_the_journey(reading: Reading) -> bool:
    """True when a button of an earlier card is pressed while a talk is written down: that is finished first."""
    message = reading.message
    is_recording = (reading.asked or "").startswith("record")
    return is_recording and message.is_button and bool(message.values("field") or read_plan.pressed(message))


def is_plain_amount(message: Message, asked: str | None) -> bool:
    """True for a few characters with one amount, as an answer to a question about money.

    Such a message is never an alarm, whatever words for medicine or burial stand beside the amount.
    """
    is_asked = asked in BUDGET_SLOTS or asked in ("debts_balance_fen", "record_monthly_fen")
    amounts = [mention for mention in message.mentions if mention.entity == "money"]
    return is_asked and len(amounts) == 1 and len(message.text) <= SHORT and message.confidence < CERTAIN


def is_unsure_command(message: Message, asked: str | None) -> bool:
    """True for words of beginning anew that may as well be part of an answer: 重新打了流水, 重新设成了20号."""
    is_sure = message.is_button or message.confidence >= CERTAIN
    return asked is not None and message.intent == "restart" and not is_sure


def is_about_debt(message: Message) -> bool:
    """True for words about owing whose intent stayed unclear: a long story, say."""
    return message.intent in (None, "nlu_fallback") and bool(DEBT.search(message.text))


def product_alone(message: Message) -> str | None:
    """The product whose name is the whole message, politeness apart; None when it says anything more."""
    named = message.values("product")
    if len(named) != 1 or len(message.mentions) != 1:
        return None
    mention = message.mentions[0]
    return str(named[0]) if AROUND.fullmatch(message.text[: mention.start] + message.text[mention.end :]) else None


def reopen(reading: Reading, before: Case) -> None:
    """A plan that was chosen on other numbers is chosen again."""
    after = reading.case
    changed = any(getattr(after, slot) != getattr(before, slot) for slot in BUDGET_SLOTS)
    if before.plan_choice is not None and (changed or after.debts != before.debts):
        reading.case = replace(after, plan_choice=None)


def interrupts(reading: Reading) -> bool:
    """True when the message wants something else than to answer the question asked."""
    intent, text = reading.message.intent, reading.message.text
    is_sure = reading.message.confidence >= SURE
    if reading.message.says("question") or (intent in NOT_READ and not (reading.answered and intent == "restart")):
        return True
    if reading.again is not None:
        return again.is_earlier(reading.again.slot, reading.asked)
    if intent in FELT and (is_sure or not reading.answered):
        return True
    if intent in ANSWER_LIKE or _is_code(reading) or reading.problem in ASKED_BACK:
        return False
    if reading.asked == "plan_choice" and reading.answered and intent in WHAT_IFS:
        return False
    if _reports(reading):
        return True
    if reading.problem in TRIED and not QUESTION.search(text):
        return False
    if intent == "request_plan" and reading.asked != "plan_choice" and not reading.notes:
        return True  # another number to compute with opens the plan again
    if not reading.answered:
        return reading.problem is None or is_sure or bool(QUESTION.search(text))
    return bool(intent and intent.startswith("ask_") and QUESTION.search(text))


def _is_code(reading: Reading) -> bool:
    """True for markup and for a command that is none of ours; a pressed button is certain of its intent."""
    message = reading.message
    if message.is_button and message.confidence >= 1.0:
        return False
    return message.is_button or bool(CODE.search(message.text))


def _is_own(reading: Reading) -> bool:
    """True when a product that is merely named is the person's own debt: not when a question names it."""
    intent = reading.message.intent or ""
    if intent in STATEMENTS or is_about_debt(reading.message):
        return True
    if not QUESTION.search(reading.message.text) and any(b.product for b in reading.money()):
        return True
    has_time = any(m.entity == "date" and m.value["day_of_month"] for m in reading.message.mentions)
    is_question = bool(QUESTION.search(reading.message.text)) or (
        reading.message.confidence >= CERTAIN and not has_time
    )
    if reading.asked in NAMED_HERE and not QUESTION.search(reading.message.text):
        return True
    is_asked_about = intent.startswith("ask_") and is_question
    return reading.asked is not None and not is_asked_about


def _is_question(reading: Reading) -> bool:
    """True for one of the questions that are answered anywhere, asked as a question or known by its words."""
    intent = reading.message.intent or ""
    if reading.message.says("question"):
        return True
    if not intent.startswith("ask_") or intent in STATEMENTS:
        return False
    text = reading.message.text
    return bool(REQUEST.search(text) or (reading.message.confidence >= SURE and QUESTION.search(text)))


def _stands_alone(reading: Reading, bound: Bound) -> bool:
    """True when a quantity is all that its clause says: an answer before a question, not a number asked about."""
    clause = clause_text(reading.message.text, reading.message.mentions, bound.clause)
    return len(clause.strip()) <= bound.quantity.end - bound.quantity.start + 1


def _reports(reading: Reading) -> bool:
    """True when the message tells how a talk ended and no record is being written yet."""
    message = reading.message
    if message.intent not in REPORTS or (reading.asked or "").startswith("record"):
        return False
    if any(bound.field == _ANSWERED_BY.get(reading.asked or "") for bound in reading.money() if bound.field):
        return False  # who told the amount does not matter: 客服说房贷每月1800
    if reading.asked is None or message.is_button:
        return True
    if reading.asked == "documents_have" and message.intent == "record_call" and message.values("document"):
        return False  # 帮我记一下，流水有了
    if reading.asked == "plan_choice" and read_plan.is_picked(message.text):
        return False  # 客服也说分6期，就第一个
    return message.confidence >= SURE and bool(TALK.search(message.text))


def _is_known(reading: Reading) -> bool:
    """True when the slot asked was already filled by something the message names."""
    asked = reading.asked
    if asked in BUDGET_SLOTS:
        return any(note.slot == asked for note in reading.notes)
    return asked in ("situation_cause", "situation_products") and any(
        note.slot in (asked, "debts_product", "debts_balance_fen") for note in reading.notes
    )


def _settle_doubt(reading: Reading) -> bool:
    """Yes keeps the odd value, no asks again, anything else is read as a new answer."""
    doubt = reading.case.doubt
    if doubt is None:
        return False
    reading.case = replace(reading.case, doubt=None)
    text, intent = reading.message.text, reading.message.intent
    if intent == "affirm" or is_yes(text):
        if doubt.get("product") and doubt["slot"] == "balance_fen" and doubt["value"] == 0:
            reading.case = reading.case.without_debt(doubt["product"])
        elif doubt.get("product"):
            reading.note_debt(doubt["product"], doubt["slot"], doubt["value"])
        else:
            reading.note(doubt["slot"], doubt["value"])
        return True
    if (intent == "deny" or is_no(text)) and not reading.money():
        reading.problem = "again"
        return True
    reading.last = (doubt["slot"], doubt.get("product"))  # what a correction without a name is about
    return False


def _correct(reading: Reading) -> bool:
    """An amount corrected without a name means what was noted last, or what is being asked."""
    message = reading.message
    correction = find_correction(message.text)
    if correction is None or correction.new is None or is_unknown(message.text) or is_skip(message.text):
        return False
    new = correction.new
    named = next((b for b in reading.money() if b.label and b.quantity.start == new.start), None)
    slot, product = reading.last or (reading.asked or "", None)
    if named is not None and named.product:
        slot, product = "balance_fen", named.product
    elif named is not None and named.field in BUDGET_SLOTS:
        slot, product = str(named.field), None
    elif correction.old is not None:
        slot, product = _holder(reading.case, correction.old.low_fen) or (slot, product)
    elif reading.asked == "plan_choice" and A_MONTH.search(message.text):
        return False  # 改成每月六百 is another number to compute with
    slot = slot.removeprefix("debts_")
    if new.vague or new.low_fen < 0:
        reading.problem = "vague" if new.vague else "negative"
        return True
    if product and slot == "balance_fen":
        reading.note_debt(product, slot, new.low_fen)
    elif slot in BUDGET_SLOTS or slot == "record_monthly_fen":
        reading.note(slot, new.low_fen)
    else:
        return False
    return True


def _holder(case: Case, fen: int) -> tuple[str, str | None] | None:
    """Which slot holds ``fen``, when only one does."""
    holders: list[tuple[str, str | None]] = [(slot, None) for slot in BUDGET_SLOTS if getattr(case, slot) == fen]
    holders += [("balance_fen", debt.product) for debt in case.debts if debt.balance_fen == fen]
    return holders[0] if len(holders) == 1 else None


__all__ = ["NOT_READ", "Note", "interrupts", "read", "reopen"]
