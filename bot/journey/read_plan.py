"""Answers about the plan: which offer, or another number to compute with."""

from __future__ import annotations

import re

from bot.journey import plan, words
from bot.journey.turn import Reading
from bot.reading import is_yes, read_choice

PICKED = re.compile(r"^(?:就|那就|先|我想|我要)*(?:按|选|用|要)?(?:照)?(第[一二三四1-4](?:个|种|项|条))[^?？吗]{0,4}$")
"""按第一个谈, as the buttons are labelled."""
WHAT_IF = re.compile(r"如果|要是|假如|呢|的话|[?？]|吗|多少")
DEFER = re.compile(r"延期|延后|缓|推迟|晚|停|暂停|宽限")


def read(reading: Reading) -> None:
    """An offer chosen by its number or its term; else a wish; else no answer.

    With a debt that was only just named there is nothing to choose yet: its questions come first.
    """
    if reading.case.open_debt is not None:
        return
    offers = plan.propose(reading.case, reading.today).offers
    index = read_choice(reading.message.text, len(offers))
    picked = PICKED.search(reading.message.text)
    if index is None and picked:
        index = read_choice(picked[1], len(offers))
    accepted = reading.message.intent == "affirm" or is_yes(reading.message.text)
    before = dict(reading.case.plan_wish)
    if index is None and accepted and offers:
        index = 1
    if index is None and not WHAT_IF.search(reading.message.text):
        index = _by_term(reading, offers)
    if index is not None:
        offer = offers[index - 1]
        reading.settle("plan_choice", offer.as_choice(words.offer(offer)))
        return
    read_wish(reading)
    if dict(reading.case.plan_wish) == before and not reading.answered and reading.problem is None:
        reading.problem = "no_choice"


def read_wish(reading: Reading) -> None:
    """A number to compute with: instalments, an amount a month, months of deferral, a lump sum."""
    message = reading.message
    if reading.asked != "plan_choice" and message.intent not in ("request_plan",):
        return
    wish = _wish(reading)
    if not wish:
        return
    if wish.get("periods", 1) > plan.MOST_PERIODS:
        reading.problem = "too_many_periods"
        return
    kept = {} if "periods" in wish or "monthly_fen" in wish else reading.case.plan_wish
    reading.settle("plan_wish", {**kept, **wish})


def _wish(reading: Reading) -> dict[str, int]:
    message = reading.message
    wish: dict[str, int] = {}
    for period in (m.value for m in message.mentions if m.entity == "period" and not m.value["vague"]):
        if period["kind"] == "instalments":
            wish["periods"] = period["low"]
        elif period["kind"] == "months" and DEFER.search(message.text):
            wish["defer_months"] = min(period["low"], 24)
        elif period["kind"] == "months":
            wish["periods"] = period["low"]
    for bound in reading.money():
        if bound.quantity.vague or bound.quantity.value["low_fen"] <= 0 or bound.product:
            continue
        slot = "lump_sum_fen" if bound.field == "lump_sum" else "monthly_fen"
        if bound.field in ("lump_sum", "monthly_offer", None):
            wish[slot] = int(bound.quantity.value["low_fen"])
    return wish


def _by_term(reading: Reading, offers: tuple[plan.Offer, ...]) -> int | None:
    """The one offer with the number of instalments or months that the message names."""
    wish = _wish(reading)
    fitting = [
        number
        for number, offer in enumerate(offers, start=1)
        if ("defer_months" in wish and wish["defer_months"] == offer.defer_months)
        or ("defer_months" not in wish and offer.defer_months == 0 and wish.get("periods") == offer.periods)
    ]
    return fitting[0] if len(fitting) == 1 else None
