"""Answers about debts: which products, how much is owed, since when it is overdue, on which day it is due."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.journey.binding import BREAKS, Bound, clause_text, segments
from bot.journey.case import BUDGET_SLOTS
from bot.journey.checks import MOST_FEN, is_odd_debt
from bot.journey.read_times import (
    DAYS,
    OVERDUE,
    asked_debts,
    day_of,
    is_plainly_due,
    not_of_others,
    read_each_overdue,
    read_of_others,
    read_only_overdue,
    read_shared,
    take_date,
    take_overdue,
    take_when,
    targets,
)
from bot.journey.turn import Reading
from bot.reading import is_no, is_not_overdue, is_skip, is_unknown, is_yes, is_zero

NONE_LEFT = re.compile(
    r"^(?:真的?|都|就|再|也|确实)*没有?(?:了|别的|其他|其它|其余|更多)[^?？]{0,6}$"
    r"|^(?:嗯|对)?(?:就|只|只有|一共|总共|目前|暂时)*(?:是|有)?这(?:些|[一两二三四几]?[笔个项])(?:了|啦|吧|而已)*$"
)
CLEARED = re.compile(
    r"(?<!想)(?<!能)(?<!要)(?<!快)(?<!没)(?<!没有)(?:还清|结清|还完)(?:了|啦)(?!再|之后|以后|吗|么|没|会|怎|多|能|可)"
)
INSTALMENT = re.compile(r"每个?月(?!(?:的)?[0-9一二三四五六七八九十]{1,3}[号日])|每期|月供|一期")
OWES = re.compile(r"欠|待还|剩|总|余额|本金|全部")
THEIRS = re.compile(
    r"(?:儿子|女儿|孩子|老公|老婆|丈夫|妻子|爱人|爸|妈|父母|父亲|母亲|哥|弟|姐|妹|朋友|同事|同学|亲戚|男友|女友|对象)"
    r"(?:名下|他|她|自己|也|还|又|一共|总共|现在|之前|偷偷)*(?:欠了?|借了|逾期|的)$"
)
"""Words right before a product's name that make it somebody else's debt: 我儿子欠了花呗, 我老公的借呗."""
HIGHEST_RATE = {"daily": Decimal("0.002"), "annual": Decimal("0.72")}
"""Above this a rate is a slip, such as 5 % for 0.05 % a day."""
RATE_SLOTS = ("daily_rate", "annual_rate")


def read_named(reading: Reading, *, is_own: bool, is_asked: bool = False) -> None:
    """Products with their amounts, days overdue and due days, wherever the message names them.

    ``is_own`` tells whether a product that is merely named is the person's own debt; amounts and days that are
    only asked about (``is_asked``) change none that are known.
    """
    message = reading.message
    theirs = _theirs(reading)
    for bound in reading.money():
        if bound.product in theirs or (bound.product and _is_instalment(reading, bound)):
            continue
        debt = reading.case.debt(bound.product) if bound.product else None
        if bound.product and (is_own or (debt and not (is_asked and debt.balance_fen is not None))):
            if _is_day(reading, bound):
                reading.note_debt(bound.product, "due_day", int(bound.quantity.value["low_fen"]) // 100)
            else:
                take_balance(reading, bound.product, bound)
    if is_own:
        for product in message.values("product"):
            if product not in theirs:
                reading.add_product(product)
    if is_own and not is_asked:
        _read_cleared(reading)
    if not reading.case.debts or reading.asked in ("debts_overdue_days", "debts_due_day"):
        read_of_others(reading)
        return
    if is_own:
        read_each_overdue(reading)
        read_only_overdue(reading)
    if is_own and not is_asked:
        read_shared(reading)
    is_elsewhere = reading.asked is not None and not reading.asked.startswith(("situation", "debts", "plan"))
    if is_own and not is_elsewhere:
        _read_cost(reading)
    if reading.asked == "plan_choice":
        return  # there a period is a term
    for bound in reading.bound:
        if is_elsewhere and (bound.product is None or bound.is_lent) and not is_plainly_due(reading, bound):
            continue  # a time without a name belongs to the question asked
        if bound.quantity.entity in ("period", "date"):
            for product in targets(reading, bound):
                debt = reading.case.debt(product)
                if not (is_asked and debt and debt.overdue_days is not None):
                    take_when(reading, product, bound)


def _read_cleared(reading: Reading) -> None:
    """A debt that is said to be paid off: asked about before it goes."""
    for part in segments(reading.message.text, reading.message.mentions):
        if CLEARED.search(reading.message.text[part.start : part.end]):
            for product in part.products:
                if reading.case.debt(product) is not None:
                    reading.doubt("balance_fen", 0, product)


def _theirs(reading: Reading) -> set[str]:
    """The products that the message calls somebody else's, and that are not known to be the person's own."""
    products = [m for m in reading.message.mentions if m.entity == "product"]
    named = {str(m.value) for m in products if THEIRS.search(reading.message.text[: m.start])}
    return {product for product in named if reading.case.debt(product) is None}


def _is_day(reading: Reading, bound: Bound) -> bool:
    """True for a bare number beside one debt where another has its day: 花呗8号还，借呗15."""
    value = bound.quantity.value
    is_bare = not value["unit"] and value["low_fen"] in {day * 100 for day in range(1, 32)}
    others = [b for b in reading.bound if b.quantity.entity == "date" and b.product not in (None, bound.product)]
    return is_bare and any(b.quantity.value["day_of_month"] or b.quantity.value["earliest"] for b in others)


def _is_instalment(reading: Reading, bound: Bound) -> bool:
    """True for what is paid on a debt month by month (信用卡协商分期每月700), which is not what is owed."""
    clause = clause_text(reading.message.text, reading.message.mentions, bound.clause)
    return bool(INSTALMENT.search(clause)) and not OWES.search(clause)


def _read_cost(reading: Reading) -> None:
    """Rates and penalties as the app shows them; a rate that nobody may charge is asked back."""
    for bound in reading.bound:
        value = bound.quantity.value
        if bound.quantity.entity == "rate" and value["kind"] in HIGHEST_RATE:
            if Decimal(value["value"]) > HIGHEST_RATE[value["kind"]]:
                reading.problem = "odd_rate"
                continue
            slot, other = RATE_SLOTS if value["kind"] == "daily" else RATE_SLOTS[::-1]
            for product in targets(reading, bound):
                reading.note_debt(product, slot, value["value"])
                reading.case = reading.case.with_debt(product, **{other: None})
        elif (
            bound in reading.money() and bound.field == "penalty" and bound.is_named_first and not bound.quantity.vague
        ):
            _take_penalty(reading, int(value["low_fen"]))


def _take_penalty(reading: Reading, fen: int) -> None:
    """A penalty that the app shows: of the debt named, else of the only one that is overdue."""
    named = reading.message.values("product")
    late = [debt for debt in reading.case.debts if debt.overdue_days and (not named or debt.product in named)]
    if len(late) != 1 or late[0].balance_fen is None:
        return
    if 0 <= fen < late[0].balance_fen:
        reading.note_debt(late[0].product, "penalty_fen", fen)
    else:
        reading.problem = "odd_penalty"


def read(reading: Reading) -> None:
    """The debts question asked."""
    {
        "debts_balance_fen": _read_balance,
        "debts_overdue_days": _read_overdue,
        "debts_due_day": _read_due_day,
        "debts_more": _read_more,
    }[str(reading.asked)](reading)


def take_balance(reading: Reading, product: str, bound: Bound) -> None:
    """Take an amount as the whole balance of ``product``."""
    if bound.quantity.vague:
        reading.problem = "vague"
        reading.add_product(product)
        return
    fen = int(bound.quantity.value["low_fen"])
    debt = reading.case.debt(product)
    if fen < 0:
        reading.problem = "negative"
    elif fen > MOST_FEN:
        reading.problem = "not_a_number"
    elif is_odd_debt(fen, debt.balance_fen if debt else None) and not (debt and debt.balance_fen == fen):
        reading.doubt("balance_fen", fen, product)
    else:
        reading.note_debt(product, "balance_fen", fen)


def _read_balance(reading: Reading) -> None:
    debt = reading.case.open_debt
    if debt is None or debt.balance_fen is not None:
        return
    free = [b for b in reading.money() if b.label is None or b.field == "total"]
    text = reading.message.text
    if free:
        take_balance(reading, debt.product, free[0])
    elif is_zero(text) or is_no(text):  # 没有, and 不是 to a debt that is not theirs
        reading.doubt("balance_fen", 0, debt.product)
    elif is_unknown(text) or is_skip(text) or reading.message.intent == "dont_know":
        reading.problem = "unknown"
    elif any(b.field in ("monthly_offer", "minimum_due") for b in reading.money()):
        reading.problem = "whole_balance"
    elif not reading.answered:
        reading.problem = "not_a_number"


def _read_overdue(reading: Reading) -> None:
    debt = reading.case.open_debt
    if debt is None or debt.overdue_days is not None:
        return
    text = reading.message.text
    if read_each_overdue(reading):
        return
    periods, dates = not_of_others(reading, "period"), not_of_others(reading, "date")
    is_day = any(_is_day(reading, bound) for bound in reading.money())
    named = [bound.quantity.value for bound in reading.money() if bound.field in BUDGET_SLOTS]  # 收入10500 is no day
    free = [value for value in not_of_others(reading, "money") if value not in named]
    numbers = [] if is_day else [value for value in free if not value["unit"]]
    counted = [p for p in periods if p["kind"] in DAYS]
    if reading.message.says("not_overdue") or is_not_overdue(text) or is_no(text) or is_zero(text):
        for product in asked_debts(reading, "overdue_days"):
            reading.note_debt(product, "overdue_days", 0)
            for value in dates:
                take_date(reading, product, value, is_overdue=False)
    elif counted:
        if counted[0]["vague"]:
            reading.problem = "vague_days"
        else:
            for product in asked_debts(reading, "overdue_days"):
                take_overdue(reading, product, int(counted[0]["low"]) * DAYS[counted[0]["kind"]])
    elif dates:
        _read_overdue_date(reading, debt.product, dates[0])
    elif numbers and numbers[0]["low_fen"] >= 0:
        take_overdue(reading, debt.product, int(numbers[0]["low_fen"]) // 100)
    elif OVERDUE.search(text) or is_yes(text):
        reading.problem = "how_many_days"
    elif is_unknown(text) or is_skip(text) or reading.message.intent == "dont_know":
        reading.problem = "unknown"
    elif not reading.answered:
        reading.problem = "not_days"


def _read_overdue_date(reading: Reading, product: str, value: dict[str, object]) -> None:
    if value["invalid"]:
        reading.problem = "day_invalid"
        return
    take_date(reading, product, value, is_overdue=bool(OVERDUE.search(reading.message.text)))
    debt = reading.case.debt(product)
    if debt is not None and debt.overdue_days is None:
        reading.problem = "overdue_or_not"


def _read_due_day(reading: Reading) -> None:
    debt = reading.case.open_debt
    if debt is None or debt.due_day is not None:
        return
    text = reading.message.text
    dates = not_of_others(reading, "date")
    numbers = [int(value["low_fen"]) for value in not_of_others(reading, "money") if not value["unit"]]
    if dates:
        value = dates[0]
        first, last = day_of(value["earliest"]), day_of(value["latest"])
        if value["invalid"]:
            reading.problem = "day_invalid"
        elif value["day_of_month"] or (first and first == last and not value["vague"]):
            for product in asked_debts(reading, "due_day"):
                reading.note_debt(product, "due_day", value["day_of_month"] or (first and first.day))
        else:
            reading.problem = "day_vague"
    elif numbers:
        if numbers[0] % 100 == 0 and 1 <= numbers[0] // 100 <= 31:
            reading.note_debt(debt.product, "due_day", numbers[0] // 100)
        else:
            reading.problem = "day_invalid"
    elif is_skip(text) or is_unknown(text) or reading.message.intent == "dont_know":
        reading.problem = "unknown"
    elif not reading.answered:
        reading.problem = "not_a_day"


def _read_more(reading: Reading) -> None:
    if any(note.slot in ("debts_product", "debts_balance_fen") for note in reading.notes):
        return
    text, intent = reading.message.text, reading.message.intent
    if intent == "deny" or is_no(text) or is_zero(text) or NONE_LEFT.search(BREAKS.split(text)[-1]):
        reading.note("debts_more", False)
    elif intent == "affirm" or is_yes(text):
        reading.problem = "which_product"
    elif is_unknown(text) or is_skip(text) or intent == "dont_know":
        reading.note("debts_more", False)
    elif not reading.answered:
        reading.problem = "more_or_not"
