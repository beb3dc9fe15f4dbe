"""Answers about the plan: which offer, or another number to compute with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.journey import plan, words
from bot.journey.agenda import STAGES, next_stage
from bot.journey.binding import BREAKS
from bot.journey.offers import OFFER, Offer
from bot.journey.read_wish import read_wish
from bot.journey.turn import Message, Reading
from bot.journey.wish import Wish
from bot.journey.wish import named as wish_named
from bot.reading import is_yes, read_choice

PICKED = re.compile(
    r"^(?:算了|就|那就|那|先|我想|我要|还是)*(?:按|选|用|要|定|来)?(?:照)?"
    r"(第[一二三四1-4](?:个|种|项|条))(?:方案|办法|去|来|谈|走|的|吧|好了|就行|可以|了)*[。！!]?$"
)
"""按第一个谈, as the buttons are labelled."""
CHOSEN = re.compile(r"^(?:那?就|选|定)|(?:吧|好了|就行|那个|那种)$")
"""Words with which a deferral that is on the table is chosen, and not asked about."""
PAUSE = re.compile(
    r"^(?:那|就|先|只能|只好|好|行|嗯|，)*(?:申请)?(?:暂缓|缓一?缓|延期|先停)(?:就(?:暂缓|缓|延期))?(?:吧|好了|了|就行|也行|谈吧?)*[。！!]?$"
)
"""Words with which the pause is chosen where it is all that can be offered."""
WHAT_IF = re.compile(r"如果|要是|假如|呢|的话|[?？]|吗|行不|行么|可不可以|能不能|好不好|怎么?样|如何|多少|换成|改成")
KEPT = ("lump_sum_fen", "lump_on", "extra_fen")
"""What holds on when only another term or amount is asked for: money that comes once, or on top every month."""


def read(reading: Reading) -> None:
    """An offer chosen by its number or its term; else a wish; else no answer.

    With a debt that was only just named there is nothing to choose yet: its questions come first.
    """
    if reading.case.open_debt is not None:
        return
    proposal = plan.propose(reading.case, reading.today)
    if pressed(reading.message):
        _take_pressed(reading, proposal)
        return
    index = _number(reading, proposal)
    wish = read_wish(reading, proposal) if index is None else {}
    if index is None and proposal.capacity_fen == 0 and PAUSE.search(reading.message.text):
        index = 1
    if index is None and not WHAT_IF.search(reading.message.text):
        index = _by_term(reading, wish, proposal.offers)
    if index is not None:
        _choose(reading, proposal.offers[index - 1])
    elif wish:
        _settle(reading, wish)
    elif not reading.answered and reading.problem is None:
        reading.problem = "no_choice"


def read_request(reading: Reading) -> None:
    """A number to compute with that is named in another stage, or an offer of an earlier card that is pressed there."""
    if pressed(reading.message):
        if STAGES.index(next_stage(reading.case)) >= STAGES.index("plan"):
            _take_pressed(reading, plan.propose(reading.case, reading.today))
        return
    if reading.message.intent == "request_plan" and (wish := read_wish(reading, None)):
        _settle(reading, wish)


def pressed(message: Message) -> str | None:
    """The name of the offer whose button was pressed on a card."""
    return next((name for name in message.values("answer") if str(name).startswith(f"{OFFER}:")), None)


def _take_pressed(reading: Reading, proposal: plan.Proposal) -> None:
    """Choose the offer whose button was pressed; one that has changed or gone since is worked out anew and shown."""
    name = str(pressed(reading.message))
    offer = next((one for one in proposal.offers if one.name == name), None)
    if offer is not None:
        _choose(reading, offer)
    elif wish := wish_named(name):
        reading.settle("plan_wish", wish)
        reading.settle("plan_choice", None)
    else:
        reading.problem = "no_choice"


def _choose(reading: Reading, offer: Offer) -> None:
    reading.settle("plan_choice", offer.as_choice(words.offer(offer)))


def is_picked(text: str) -> bool:
    """True when the last clause names one of the offers by its number."""
    parts = [part for part in BREAKS.split(text) if part.strip()]
    return bool(parts and PICKED.search(parts[-1]))


def _settle(reading: Reading, wish: Wish) -> None:
    before = reading.case.plan_wish
    kept = {} if wish.keys() - {"periods", "monthly_fen"} else {key: before[key] for key in KEPT if key in before}
    reading.settle("plan_wish", {**kept, **wish})


def _number(reading: Reading, proposal: plan.Proposal) -> int | None:
    """The offer that is chosen by its number, from 1; a plain yes means what was asked about, else the first."""
    offers = proposal.offers
    parts = [part for part in BREAKS.split(reading.message.text) if part.strip()]
    text = parts[-1] if parts else ""  # 跳过第一个，选第二个
    picked = PICKED.search(text)
    index = read_choice(text, len(offers)) or (read_choice(picked[1], len(offers)) if picked else None)
    names_number = any(mention.entity in ("money", "period") for mention in reading.message.mentions)
    if index is None and not names_number and (reading.message.intent == "affirm" or is_yes(text)):
        wished = proposal.wished
        return offers.index(wished) + 1 if wished in offers and wished and proposal.capacity_fen else 1
    return index


def _by_term(reading: Reading, wish: Wish, offers: Sequence[Offer]) -> int | None:
    """The one offer with exactly the terms that the message names; a deferral needs a word of choice."""
    if not wish or not wish.keys() <= {"periods", "defer_months"}:
        return None
    if "defer_months" in wish and not CHOSEN.search(reading.message.text):
        return None
    fitting = [
        number
        for number, offer in enumerate(offers, start=1)
        if offer.defer_months == wish.get("defer_months", 0)
        and offer.periods == wish.get("periods", offer.periods)
        and offer.kind in ("level", "deferral")
    ]
    return fitting[0] if len(fitting) == 1 else None
