"""A wish to change an answer without its new value (收入填错了): which answer is meant, and the case without it.

The question is then asked again: at once by the form that is running, or by its own stage. A page's button for an
answer says which one it means (``bot.journey.cards.shape.edit``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.journey.agenda import STAGES
from bot.journey.binding import BREAKS
from bot.journey.case import BUDGET_SLOTS, Case
from bot.journey.turn import Note, Reading
from bot.knowledge.words import question_names
from bot.reading import find_correction, is_skip, is_unknown, is_zero, read_choice

SURE: Final = 0.5
"""From this confidence on a message counts as the wish to change something."""
NAMES_ONLY: Final = frozenset({"field", "product"})
"""What may be named in such a wish; anything else that is named is a new value."""
OFFERS: Final = 9
"""Offers that a number may mean."""
OF_A_DEBT: Final = ("debts_balance_fen", "debts_overdue_days", "debts_due_day")

Place = tuple[str, str | None]
"""A slot, and the product for a debt's."""


def reopen(reading: Reading) -> bool:
    """Take back the answer that the message wants to change; True when the message was such a wish."""
    if not _is_wish(reading):
        return False
    named = _named(reading)
    if named is None and _says_value(reading.message.text):
        return False
    place = named or reading.last
    if place is None or place[0] not in _reopenable(reading.case):
        reading.problem = "which_answer"
        return True
    slot, product = place
    if slot in BUDGET_SLOTS and is_zero(BREAKS.split(reading.message.text)[-1]):  # 房租填错了，没有
        reading.note(slot, 0)
        return True
    if slot in OF_A_DEBT and product is None:
        if len(reading.case.debts) != 1:
            reading.problem = "which_answer"
            return True
        product = reading.case.debts[0].product
    before = _answer(reading.case, slot, product)
    if before is None:
        reading.problem = "again" if slot == reading.asked else "not_yet"
        return True
    reading.case = without(reading.case, slot, product)
    reading.again = Note(slot, None, product, before)
    return True


def is_earlier(slot: str, asked: str | None) -> bool:
    """True when ``slot`` belongs to a stage before that of the question ``asked``, or nothing is being asked."""
    if asked is None:
        return True
    here = asked.split("_")[0]
    return here in STAGES and STAGES.index(slot.split("_")[0]) < STAGES.index(here)


def without(case: Case, slot: str, product: str | None) -> Case:
    """The case without one answer."""
    if product is not None:
        return case.with_debt(product, **{slot.removeprefix("debts_"): None})
    if slot == "situation_products":
        return replace(case, debts=(), debts_more=None)
    return case.with_slot(slot, None)


def _is_wish(reading: Reading) -> bool:
    message = reading.message
    if message.intent != "correct_answer" or message.confidence < SURE or (reading.asked or "").startswith("record"):
        return False
    if is_unknown(message.text) or is_skip(message.text) or reading.bound:
        return False
    if reading.asked == "plan_choice" and read_choice(BREAKS.split(message.text)[-1], OFFERS):
        return False  # 重新想了下，选一
    return len(message.values("product")) <= 1 and {mention.entity for mention in message.mentions} <= NAMES_ONLY


def _says_value(text: str) -> bool:
    """True when the words after the change are the new value."""
    correction = find_correction(text)
    return correction is not None and correction.new_span is not None


def _named(reading: Reading) -> Place | None:
    """The answer that the message names."""
    message = reading.message
    product = next(iter(message.values("product")), None)
    if message.is_button:
        slot = next(iter(message.values("field")), None)
    else:
        slot = next((slot for name, slot in question_names() if name in message.text), None)
    if slot is None:
        slot = next((field for field in message.values("field") if field in BUDGET_SLOTS), None)
    if slot is None:
        return ("debts_balance_fen", product) if product else None
    return (slot, product if slot in OF_A_DEBT else None)


def _reopenable(case: Case) -> tuple[str, ...]:
    """The slots that may be asked again; naming the lenders anew must not lose what was told about them."""
    of_debts = (*OF_A_DEBT, "debts_more")
    always = ("situation_cause", *BUDGET_SLOTS, *of_debts, "plan_choice", "documents_have", "contact_channel")
    is_bare = all(debt.balance_fen is None for debt in case.debts)
    return (*always, "situation_products") if is_bare else always


def _answer(case: Case, slot: str, product: str | None) -> object:
    if product is not None:
        debt = case.debt(product)
        return getattr(debt, slot.removeprefix("debts_")) if debt else None
    if slot == "situation_products":
        return case.debts[0].product if case.debts else None
    found: object = getattr(case, slot)
    return found
