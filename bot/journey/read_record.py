"""What the person tells about a talk with the lender: what came out of it, and what was agreed."""

from __future__ import annotations

import re
from typing import Any

from bot.journey import read_details
from bot.journey.about import candidates
from bot.journey.binding import Bound, segments
from bot.journey.case import RECORD_SLOTS
from bot.journey.read_preparation import TALKED_CHOICES, channel_in, named_channel
from bot.journey.turn import Message, Reading
from bot.reading import is_no, is_skip, is_unknown, is_yes, read_call_back

OUTCOMES = ("agreed", "refused", "pending")
OUTCOME_VALUES = tuple(f"outcome.{name}" for name in OUTCOMES)
QUESTION = re.compile(r"[?？]|吗|怎么|什么|哪|多少|如何|呢$")
KINDS = ("instalments", "deferral", "waiver")
BY_INTENT = {"report_agreement": "agreed", "report_refusal": "refused"}
LONGEST_NOTE = 60
"""Characters of a free note that are kept."""


AHEAD = re.compile(
    r"(?:先|准备|打算|马上|等下|待会儿?|明天|现在|这就)(?:去|来|就|再|要)*(?:给\w{1,4})?(?:打|联系|找|问)"
)
"""Words for a talk that is still to come."""
BEHIND = re.compile(r"[了过](?:[个一]|电话|客服|$)|刚|打完|打通|同意|拒绝|没谈|结果|记")


FIRST = re.compile(
    r"第一(?:期|次|个月|笔)|首(?:期|次)|开始|起还|^(?:从)?(?:下|这|本)个?月[0-9一二三四五六七八九十]{1,3}[号日](?:起|开始)?$"
)
"""Words with which a day is that of the first instalment, also while something else is asked."""
SPLIT = re.compile(
    r"(?:分(?:成|了)?|还(?:上|满|够)?)[0-9一二两三四五六七八九十]{1,3}(?:个月|年)(?![0-9一二三四五六七八九十百千])"
)
"""Months into which a debt is divided, so that they are instalments."""
TOGETHER = re.compile(r"一起|一块儿?|全部|所有|都(?:谈|有|是|包括|算)|^[两三]笔都?|^都$")
"""Words for all debts at once."""
SAVE = re.compile(
    r"(?:对的?|是的?|好的?|行|没错|没问题|嗯)?[，,。]?(?:请|帮我|给我|就|可以)*保存(?:吧|了|一下)?[。！!]?"
)
"""The button's own words, typed."""
TALKED = re.compile(r"打的|联系的|通话|沟通|谈的|聊的|打电话|回复|回电|答复")
"""Words with which a day is that of a talk or of an answer, and no first instalment."""


def read_report(reading: Reading) -> None:
    """A message out of nothing that says how a talk ended: its details fill the record in advance."""
    message = reading.message
    said = next((name for name in OUTCOMES if message.says(f"outcome.{name}")), None)
    outcome = said or _outcome_of(reading)
    if outcome is not None and reading.case.record_outcome not in (None, outcome):
        for slot in RECORD_SLOTS:  # another talk than the one that was begun and left
            reading.case = reading.case.with_slot(slot, None)
    read_details.take_moment(reading)
    if outcome is not None:
        reading.note("record_outcome", outcome)
    read_details.take(reading)
    read_details.take_words(reading)
    if outcome == "agreed":
        _take_terms(reading)
        _take_first_due(reading)
    channel = named_channel(reading, TALKED_CHOICES)
    if channel:
        reading.note("record_channel", channel)
    _take_products(reading)


def _outcome_of(reading: Reading) -> str | None:
    """Without a word for it: an answer that was promised is waited for; else what the whole message means."""
    if read_details.told(reading).call_back is not None and reading.message.intent != "report_agreement":
        return "pending"
    return BY_INTENT.get(reading.message.intent or "")


def is_ahead(text: str) -> bool:
    """True when the talk is still to come, so that there is nothing to write down: 算了，我先打个电话."""
    return bool(AHEAD.search(text)) and not BEHIND.search(text)


def read(reading: Reading) -> None:
    """The question of the record form; terms that come along with an answer are taken too."""
    asked = str(reading.asked)
    if asked != "record_confirm" and asked != "record_staff":
        _take_outcome(reading)
        if reading.case.record_outcome == "agreed":
            _take_terms(reading)
            if reading.case.record_first_due is None and FIRST.search(reading.message.text):
                _take_first_due(reading)
        _retake_channel(reading)
        _take_products(reading)
    if asked not in ("record_confirm", "record_next"):
        read_details.take(reading)
    was_answered = reading.answered
    if getattr(reading.case, asked) is None:
        _READERS[asked](reading)
    if was_answered and reading.problem not in ("vague", "negative"):
        reading.problem = None


def _retake_channel(reading: Reading) -> None:
    """The way of the talk, said again while something else is asked."""
    channel = named_channel(reading, TALKED_CHOICES)
    if channel and reading.asked != "record_channel" and not QUESTION.search(reading.message.text):
        reading.note("record_channel", channel)


def _take_outcome(reading: Reading) -> None:
    outcome = next((name for name in OUTCOMES if reading.message.says(f"outcome.{name}")), None)
    found = outcome or BY_INTENT.get(reading.message.intent or "")
    if found and (reading.asked == "record_outcome" or (outcome and reading.case.record_outcome is None)):
        reading.note("record_outcome", found)


def outcomes_by_debt(message: Message) -> list[dict[str, Any]]:
    """What each lender said where a message tells of several results: ``products`` and ``outcome``; else nothing."""
    told = [m for m in message.mentions if m.entity == "answer" and m.value in OUTCOME_VALUES]
    if len({one.value for one in told}) < 2:
        return []
    parts = segments(message.text, message.mentions)
    return [
        {"products": list(part.products), "outcome": str(one.value).removeprefix("outcome.")}
        for one in told
        for part in parts
        if part.start <= one.start < part.end
    ]


def _take_products(reading: Reading) -> None:
    """The debts that are named; of several with results of their own only those with the result that is noted."""
    named = tuple(reading.message.values("product"))
    if not named or reading.case.record_products or reading.asked == "record_products":
        return
    outcomes = [m for m in reading.message.mentions if m.entity == "answer" and m.value in OUTCOME_VALUES]
    if len({one.value for one in outcomes}) > 1:
        wanted = next(one for one in outcomes if one.value == f"outcome.{reading.case.record_outcome}")
        parts = segments(reading.message.text, reading.message.mentions)
        named = next((part.products for part in parts if part.start <= wanted.start < part.end), named)
    reading.note("record_products", named)


def _take_terms(reading: Reading) -> None:
    """Kind, number of instalments, amount, months of pause and first date, as far as the message gives them."""
    message, case = reading.message, reading.case
    kind = next((name for name in KINDS if message.says(f"kind.{name}")), None)
    periods = [m.value for m in message.mentions if m.entity == "period" and not m.value["vague"]]
    instalments = [p["low"] for p in periods if p["kind"] == "instalments"]
    months = [p["low"] for p in periods if p["kind"] == "months"]
    if not instalments and SPLIT.search(message.text):  # 分30个月
        instalments, months = [max(months)] if months else [], []
    kind = kind or ("instalments" if instalments and case.record_kind is None else None)
    if kind and case.record_kind is None:
        reading.note("record_kind", kind)
    is_deferral = reading.case.record_kind == "deferral"
    if instalments and case.record_periods is None and not is_deferral:
        reading.note("record_periods", instalments[0])
    if months and is_deferral and case.record_defer_months is None:
        reading.note("record_defer_months", months[0])
    elif months and not instalments and reading.asked == "record_periods":
        reading.note("record_periods", months[0])
    named = read_details.told(reading).monthly_fen
    if named is not None and case.record_monthly_fen is None and not is_deferral:
        _take_monthly(reading, named)
        return
    free = _unnamed_amounts(reading)
    amounts = [b.quantity for b in free if b.field in ("monthly_offer", None) and b.quantity.value["unit"]]
    amounts = amounts or [b.quantity for b in free if b.field == "monthly_offer"]
    if amounts and not amounts[0].vague and case.record_monthly_fen is None and not is_deferral:
        _take_monthly(reading, int(amounts[0].value["low_fen"]))


def _take_first_due(reading: Reading) -> None:
    """A day to come that no answer was promised for is that of the first instalment."""
    for value in (m.value for m in reading.message.mentions if m.entity == "date"):
        day = value["earliest"]
        is_one = bool(day) and day == value["latest"]
        if is_one and day > reading.today.isoformat() and day != reading.case.record_call_back:
            reading.note("record_first_due", day)
            return


def _unnamed_amounts(reading: Reading) -> list[Bound]:
    """The amounts that are no total, principal, interest or waiver by their own words."""
    named = read_details.told(reading).labelled
    return [bound for bound in reading.money() if bound.quantity.start not in named]


def _take_monthly(reading: Reading, fen: int) -> None:
    if fen <= 0:
        reading.problem = "negative"
        return
    reading.note("record_monthly_fen", fen)
    if reading.case.record_kind is None:  # 一个月800
        reading.note("record_kind", "instalments")


def _read_channel(reading: Reading) -> None:
    channel = channel_in(reading, TALKED_CHOICES)
    if channel:
        reading.note("record_channel", channel)
    elif is_skip(reading.message.text) or reading.message.intent == "dont_know":
        reading.note("record_channel", "hotline_95188")
    else:
        reading.problem = "no_channel"


def _read_outcome(reading: Reading) -> None:
    if reading.message.intent == "affirm" or is_yes(reading.message.text):
        reading.note("record_outcome", "agreed")
    elif reading.message.intent == "deny" or is_no(reading.message.text):
        reading.note("record_outcome", "refused")
    else:
        reading.problem = "no_outcome"


def _read_products(reading: Reading) -> None:
    """By name, all of them, or none when nobody knows any more."""
    named, text = tuple(reading.message.values("product")), reading.message.text
    if named:
        reading.note("record_products", named)
    elif reading.message.says("all") or TOGETHER.search(text):
        reading.note("record_products", candidates(reading.case))
    elif _is_skipped(reading):
        reading.settle("record_products", ())
    else:
        reading.problem = "which_debt"


def _read_kind(reading: Reading) -> None:
    if reading.message.says("other") or _is_skipped(reading):
        reading.note("record_kind", "other")
    else:
        reading.problem = "no_kind"


def _read_count(reading: Reading) -> None:
    numbers = [b.quantity.value["low_fen"] for b in reading.money() if not b.quantity.value["unit"]]
    count = numbers[0] // 100 if numbers and numbers[0] % 100 == 0 else 0
    if 1 <= count <= 360:
        reading.note(str(reading.asked), count)
    elif _is_skipped(reading):
        reading.note(str(reading.asked), 0)
    else:
        reading.problem = "not_a_number"


def _read_monthly(reading: Reading) -> None:
    free = [b.quantity for b in reading.money()]
    if free and free[0].vague:
        reading.problem = "vague"
    elif free:
        _take_monthly(reading, int(free[0].value["low_fen"]))
    elif _is_skipped(reading):
        reading.note("record_monthly_fen", 0)
    else:
        reading.problem = "not_a_number"


def _read_first_due(reading: Reading) -> None:
    dates = [m.value for m in reading.message.mentions if m.entity == "date"]
    if dates and dates[0]["invalid"]:
        reading.problem = "day_invalid"
    elif dates and dates[0]["earliest"] and dates[0]["earliest"] == dates[0]["latest"]:
        reading.note("record_first_due", dates[0]["earliest"])
    elif _is_skipped(reading):
        reading.note("record_first_due", "")
    else:
        reading.problem = "day_vague" if dates else "not_a_day"


def _read_staff(reading: Reading) -> None:
    """One of the two numbers is enough; without the word for either it is a name or the agent's number."""
    channel = named_channel(reading, TALKED_CHOICES)
    if channel:  # the question before, answered once more
        reading.note("record_channel", channel)
    elif is_yes(reading.message.text):  # 对 is nobody's number either
        reading.problem = "not_understood"
    elif _names_terms(reading):  # 分24期每期990 is nobody's number
        _retake_terms(reading)
    elif read_details.told(reading).ticket is None:
        _read_free(reading)


def _names_terms(reading: Reading) -> bool:
    """True for words about what came out of the talk: its end, instalments, or an amount with its unit or name."""
    message = reading.message
    is_number = bool(read_details.told(reading).staff)
    is_amount = any(bound.field or bound.quantity.value["unit"] for bound in reading.money())
    is_period = any(mention.entity == "period" for mention in message.mentions)
    return not is_number and (is_amount or is_period or any(message.says(value) for value in OUTCOME_VALUES))


def _read_free(reading: Reading) -> None:
    text = reading.message.text.strip()
    if reading.message.intent == "explain_question":
        return  # 问这个干嘛 is nobody's number
    if _is_skipped(reading) or is_no(text) or reading.message.intent == "deny":
        reading.note(str(reading.asked), "")
    elif text and not reading.message.is_button:
        reading.note(str(reading.asked), text[:LONGEST_NOTE])
        until = read_call_back(text, reading.today, is_asked=True) if reading.asked == "record_next" else None
        if until is not None:
            reading.note("record_call_back", until.isoformat())
    else:
        reading.problem = "not_understood"


def _read_confirm(reading: Reading) -> None:
    text = reading.message.text
    if reading.message.intent == "affirm" or is_yes(text) or SAVE.fullmatch(text):
        reading.settle("record_confirm", True)
        return
    if reading.message.intent == "deny" or is_no(reading.message.text):
        reading.problem = "what_is_wrong"
        return
    before = len(reading.notes)
    _retake_terms(reading)
    if len(reading.notes) == before:
        reading.problem = "yes_or_no"


def _retake_terms(reading: Reading) -> None:
    """Corrections while the record is shown: the terms named replace those noted."""
    message = reading.message
    outcome = next((name for name in OUTCOMES if message.says(f"outcome.{name}")), None)
    if outcome:
        reading.note("record_outcome", outcome)
    if reading.message.values("product"):
        reading.note("record_products", tuple(reading.message.values("product")))
    read_details.take(reading, overwrite=True)
    if TALKED.search(message.text):
        read_details.take_moment(reading)
    for period in (m.value for m in message.mentions if m.entity == "period" and not m.value["vague"]):
        slot = "record_defer_months" if reading.case.record_kind == "deferral" else "record_periods"
        reading.note(slot, period["low"])
    for bound in _unnamed_amounts(reading):
        if not bound.quantity.vague and bound.quantity.value["low_fen"] > 0:
            reading.note("record_monthly_fen", int(bound.quantity.value["low_fen"]))
    is_first_due = reading.case.record_outcome == "agreed" and not TALKED.search(message.text)
    for value in (m.value for m in message.mentions if m.entity == "date" and is_first_due):
        if value["earliest"] and value["earliest"] == value["latest"]:
            reading.note("record_first_due", value["earliest"])


def _is_skipped(reading: Reading) -> bool:
    text = reading.message.text
    return is_skip(text) or is_unknown(text) or reading.message.intent == "dont_know"


_READERS = {
    "record_channel": _read_channel,
    "record_outcome": _read_outcome,
    "record_products": _read_products,
    "record_kind": _read_kind,
    "record_periods": _read_count,
    "record_defer_months": _read_count,
    "record_monthly_fen": _read_monthly,
    "record_first_due": _read_first_due,
    "record_staff": _read_staff,
    "record_next": _read_free,
    "record_confirm": _read_confirm,
}
