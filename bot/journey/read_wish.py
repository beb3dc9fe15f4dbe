"""A what-if about the plan in words, as what ``bot.journey.wish`` computes."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from bot.journey import wish
from bot.journey.case import Case
from bot.journey.plan import Proposal
from bot.journey.turn import Reading
from bot.knowledge.loader import catalog
from bot.plan.calendar import months_between
from bot.plan.model import INTEREST_WAIVED, PENALTY_WAIVED
from bot.reading import read_choice

DEFER = re.compile(r"延期|延后|缓|推迟|晚|停|暂停|宽限|(?:以后|之后|后)[^，。]{0,8}[再才](?:开始)?还")
FIRST_MONTHS = re.compile(r"[前头]$")
A_MONTH = re.compile(r"每个?月|一个?月|每期|月供")
ONCE = re.compile(r"我(?:现在)?有|卡里|拿出|拿得出|家里|支持|到账|给我")
"""Words with which an amount without a name is money that comes once, unless it comes every month."""
ABOUT = re.compile(r"^(第[一二三四1-4](?:个|种|项|条))(?:方案)?(?:怎么样|怎样|如何|好吗|行吗|可以吗|好不好)[?？]?$")
"""An offer that is asked about and not yet chosen."""
SUPPOSED = re.compile(r"如果|要是|假如|的话|多少|分\d")
NO_PENALTY = re.compile(r"(?:免|减|不[收算要])[^，。]{0,3}罚息|罚息[^，。]{0,5}(?:免|减|不[收算要])")
NO_INTEREST = re.compile(r"(?:免|减|不[收算要])[^，。]{0,3}利息|利息[^，。]{0,5}(?:免|减|不[收算要])|只还本金|免息")
LESS = re.compile(r"少(?:还|付|交)?一?[点些]|低一?[点些]|太[高多]了|[还付]不起|吃力|扛不住|压力")
SOONER = re.compile(r"[快早]一?[点些]?(?:还[完清]|结清)|尽快还|少分几期|期数少")
LONGEST = re.compile(r"最长|最久|最多(?:能|可以|可)?分|最多几期|能分(?:多久|几期|多少期|多长)")
AT_ONCE = re.compile(r"一次性?(?:全部?|都)?[还结付]|全部?[还结]清|全还[了完]|提前结清")
MINIMUM = re.compile(r"最低还款|还最低|最低额")
CHARGES = re.compile(r"利息|罚息|费用|手续费|违约金")
LEAST_AMOUNT = 10_000
"""A bare number below this many fen names no amount a month: 5 is a slip for an offer, 12 may be a term."""

SLOTS = {"lump_sum": "lump_sum_fen", "extra": "extra_fen", "monthly_offer": "monthly_fen", None: "monthly_fen"}
"""What an amount stands for, by the field that its words name."""


def read_wish(reading: Reading, proposal: Proposal | None) -> wish.Wish:
    """What the message asks to compute with; empty when it asks for nothing, or for something that is asked back.

    ``proposal`` is what is on the table; without it only what the message names itself is understood.
    """
    found = {**_terms(reading), **_amounts(reading), **_given_up(reading.message.text)}
    if "low_months" in found and "monthly_fen" not in found:
        if reading.asked == "plan_choice":
            reading.problem = "how_low"
        return {}
    if found.get("periods", 1) > wish.MOST_PERIODS:
        reading.problem = "too_many_periods"
        return {}
    if found.get("defer_months", 1) > wish.MOST_MONTHS:
        reading.problem = "too_long_deferral"
        return {}
    return found or _whole(reading) or (_step(reading, proposal) if proposal else {})


def _terms(reading: Reading) -> dict[str, Any]:
    """Instalments, months of deferral, first months of paying less."""
    message = reading.message
    found: dict[str, Any] = {}
    defers = DEFER.search(message.text)
    for mention in message.mentions:
        period = mention.value
        if mention.entity != "period" or period["low"] < 1 or period["kind"] not in ("instalments", "months"):
            continue
        is_months = period["kind"] == "months"
        if is_months and FIRST_MONTHS.search(message.text[: mention.start]):
            found["low_months"] = period["high"]
        elif is_months and defers and "defer_months" not in found:
            found["defer_months"] = period["high"]
        elif not period["vague"]:
            found["periods"] = period["low"]
    until = _day(reading)
    if defers and not found and until is not None:
        found["defer_months"] = max(1, months_between(reading.today, until))
    return found


def _amounts(reading: Reading) -> dict[str, Any]:
    """Amounts a month, once and on top; a day in the same message is the day of the money that comes once."""
    found: dict[str, Any] = {}
    text, on = reading.message.text, _day(reading)
    is_once = ONCE.search(text) and not A_MONTH.search(text)
    for bound in reading.money():
        if bound.product or bound.field not in SLOTS:
            continue
        slot = "lump_sum_fen" if bound.field is None and is_once else SLOTS[bound.field]
        quantity = bound.quantity
        if quantity.vague and slot == "monthly_fen":
            if reading.asked == "plan_choice":
                reading.problem = "vague"
            return {}
        fen, is_bare = int(quantity.value["low_fen"]), not quantity.value["unit"] and bound.field is None
        if fen >= (LEAST_AMOUNT if is_bare else 1):
            found[slot] = fen
    if "lump_sum_fen" in found and on is not None:
        found["lump_on"] = on.isoformat()
    return found


def _day(reading: Reading) -> date | None:
    """The last day that a date in the message may mean, when it is still to come."""
    for value in (m.value for m in reading.message.mentions if m.entity == "date" and not m.value["invalid"]):
        if value["latest"] and date.fromisoformat(value["latest"]) > reading.today:
            return date.fromisoformat(value["latest"])
    return None


def _given_up(text: str) -> dict[str, Any]:
    """What the lender is supposed to give up in a what-if; a plain request for it is a question."""
    if not SUPPOSED.search(text):
        return {}
    if NO_PENALTY.search(text):
        return {"price": PENALTY_WAIVED}
    return {"price": INTEREST_WAIVED} if NO_INTEREST.search(text) else {}


def _whole(reading: Reading) -> dict[str, Any]:
    """Only the minimum, or everything at once."""
    if MINIMUM.search(reading.message.text) and _has_minimum(reading.case):
        return {"minimum": 1}
    return {"periods": 1} if AT_ONCE.search(reading.message.text) else {}


def _has_minimum(case: Case) -> bool:
    """Whether only the minimum may be paid: it is the lender's to give, and only before the due day."""
    return all(catalog().products[debt.product].minimum and not debt.overdue_days for debt in case.debts)


def _step(reading: Reading, proposal: Proposal) -> dict[str, Any]:
    """A wish without a number: an offer that is asked about, less a month, done sooner, as long as it goes."""
    text = reading.message.text
    about = ABOUT.search(text)
    number = read_choice(about[1], len(proposal.offers)) if about else None
    if number is not None:
        return wish.of(proposal.offers[number - 1])
    if LONGEST.search(text):
        return {"periods": wish.MOST_PERIODS}
    terms = [one.periods for one in (proposal.wished, *proposal.offers) if one and one.kind == "level"]
    if CHARGES.search(text) or not terms:
        return {}
    if SOONER.search(text):
        return {"periods": max((term for term in wish.TERMS if term < min(terms)), default=1)}
    if LESS.search(text):
        return {"periods": min((term for term in wish.TERMS if term > max(terms)), default=wish.MOST_PERIODS)}
    return {}
