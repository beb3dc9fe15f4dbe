"""Answers about what comes in and what must go out each month."""

from __future__ import annotations

import re

from bot.journey.binding import BREAKS, Bound
from bot.journey.case import BUDGET_SLOTS
from bot.journey.checks import MOST_FEN, is_odd_budget
from bot.journey.read_nothing import is_jobless
from bot.journey.turn import Reading
from bot.reading import is_no, is_not_overdue, is_skip, is_unknown, is_zero

BEFORE = re.compile(r"以前|原来|之前|本来|过去|从前")
NOW = re.compile(r"现在|目前|如今|降到|降成|减到|变成|只有|只剩|剩下|改成")
NOT_A_BUDGET = ("monthly_offer", "minimum_due", "penalty", "extra")
"""Names of amounts that are paid on a debt: no income, and no spending to live on."""
INCLUDED = re.compile(r"包吃住|包住|家里住|住家里|自己的房|自有房|不用|不要钱|免费|宿舍|没有?(?:房租|房贷|租房)")
OTHERS = re.compile(r"其他|其它|别的|另外|额外|其余")
"""Words for a kind that was not asked for: 没有别的 does not say that there is no income."""


def read_named(reading: Reading) -> None:
    """Amounts that the message itself binds to income or to a kind of spending."""
    for slot in BUDGET_SLOTS:
        amounts = [b for b in reading.money() if b.field == slot]
        if amounts:
            _take(reading, slot, amounts)


def read(reading: Reading) -> None:
    """The budget question asked: an amount that nothing else claims, nothing at all, or no answer."""
    slot = str(reading.asked)
    text = reading.message.text
    free = [b for b in reading.money() if b.label is None or b.field == slot] or _named_otherwise(reading)
    if free:
        _take(reading, slot, free)
    elif _is_nothing(reading, slot):
        if slot == "budget_living_fen":  # nobody lives on nothing: asked about before it is used
            reading.doubt(slot, 0)
        else:
            reading.note(slot, 0)
    elif is_unknown(text) or is_skip(text) or reading.message.intent == "dont_know":
        reading.problem = "unknown"
    elif not reading.answered:
        reading.problem = "not_a_number"


def _named_otherwise(reading: Reading) -> list[Bound]:
    """The only amount, when its name says what it is made of: 算上奖金5000, 停车和房租一共1500."""
    amounts = reading.money()
    if len(amounts) != 1 or reading.answered or amounts[0].product:
        return []
    return amounts if amounts[0].field not in (*BUDGET_SLOTS, *NOT_A_BUDGET) else []


def _is_nothing(reading: Reading, slot: str) -> bool:
    """True when the answer says there is none of it; a bare no is no answer about income."""
    text = reading.message.text
    if slot != "budget_other_fen" and OTHERS.search(text):
        return False
    if is_not_overdue(text) or _was_of_a_debt(reading):  # 没有逾期 is about a debt
        return False
    if slot == "budget_income_fen" and is_jobless(text):
        return True
    if is_zero(text) or (slot == "budget_housing_fen" and INCLUDED.search(text)):
        return True
    last = BREAKS.split(text)[-1]  # 不用交社保了，没有
    return slot != "budget_income_fen" and (is_no(text) or is_no(last) or reading.message.says("none"))


def _was_of_a_debt(reading: Reading) -> bool:
    """True when all that the message told was about debts."""
    return bool(reading.notes) and all(note.slot.startswith("debts_") for note in reading.notes)


def _take(reading: Reading, slot: str, amounts: list[Bound]) -> None:
    fen = 0 if is_zero(reading.message.text) else _value(reading, amounts)
    if fen is None:
        return
    if fen < 0:
        reading.problem = "negative"
    elif fen > MOST_FEN:
        reading.problem = "not_a_number"
    elif is_odd_budget(slot, fen, reading.case) and getattr(reading.case, slot) != fen:
        reading.doubt(slot, fen)
    else:
        reading.note(slot, fen)


def _value(reading: Reading, amounts: list[Bound]) -> int | None:
    """One amount in fen: the one that holds now, or the sum of several kinds; None when one is vague."""
    text = reading.message.text
    if len(amounts) > 1 and (NOW.search(text) or BEFORE.search(text)):
        amounts = _current(text, amounts)
    if any(b.quantity.vague for b in amounts):
        reading.problem = "vague"
        return None
    return sum(int(b.quantity.value["low_fen"]) for b in amounts)


def _current(text: str, amounts: list[Bound]) -> list[Bound]:
    """The amount after a word for "now", else the last one that no word for "before" claims."""
    now = NOW.search(text)
    if now:
        after = [b for b in amounts if b.quantity.start >= now.start()]
        if after:
            return after[:1]
    before = BEFORE.search(text)
    if before:
        others = [b for b in amounts if b.quantity.end <= before.start()]
        return others[:1] or amounts[-1:]
    return amounts[-1:]
