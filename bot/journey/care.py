"""The time after a crisis: nothing is asked and nothing is read until the person wants to go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bot.journey.answers import QUESTION, REPORTS, STATEMENTS, SURE
from bot.journey.turn import Message
from bot.knowledge.safety import afterwards
from bot.names import FAQ
from bot.replies import Say

CRISIS: Final = "crisis"
KEPT: Final = 20
"""Names of replies that are remembered."""

WANTS: Final = frozenset(
    {
        "ask_negotiation",
        "request_plan",
        "ask_script",
        "practise_call",
        "record_call",
        "view_records",
        "request_export",
        "ask_progress",
        "restart",
    }
)
"""What a person asks for who wants to go on."""

MONEY: Final = (STATEMENTS | REPORTS | {"report_payment", "report_missed_payment"}) - WANTS
"""Messages about the matter that ask for nothing."""

BY_WORDS: Final = ("go_on", "better", "alone")
"""Meanings of ``bot/knowledge/safety/afterwards.yml`` that count whatever the intent is."""
BY_INTENT: Final = {"thank": "thanks", "goodbye": "bye", "stop": "bye", "talk_to_human": "person"}

Reply = Callable[[Say], None]

IN_CRISIS: Final[dict[str, tuple[Reply, ...]]] = {
    "self": (Say.crisis, Say.crisis_again, Say.crisis_still),
    "unclear": (Say.crisis_unclear, Say.crisis_again, Say.crisis_still),
    "loss": (Say.crisis_loss, Say.crisis_again, Say.crisis_still),
    "other": (Say.crisis_other, Say.crisis_other_again),
    "harm": (Say.crisis_harm, Say.crisis_harm_again),
}
"""What is said in a crisis, by whose life it is about: the first time, the second, and from then on in turn."""

AFTERWARDS: Final[dict[str, Reply]] = {
    "here": Say.care_here,
    "better": Say.care_better,
    "alone": Say.care_alone,
    "talk": Say.care_talk,
    "person": Say.care_person,
    "thanks": Say.care_thanks,
    "bye": Say.care_bye,
    "money": Say.care_money,
}
"""What is said in the time after it."""


def crisis_reply(kind: str, said: Sequence[str]) -> Reply:
    """The reply to a crisis of that kind: of those said least often the first, and never the one said last."""
    replies = [reply for reply in IN_CRISIS.get(kind, IN_CRISIS["self"]) if [reply.__name__] != list(said[-1:])]
    return min(replies, key=lambda reply: said.count(reply.__name__))


def gentle_reply(meaning: str, said: Sequence[str]) -> Reply:
    """The reply for a meaning that ``answer`` gave; never the one said last."""
    reply = AFTERWARDS[meaning]
    return Say.care_here_again if [reply.__name__] == list(said[-1:]) else reply


def is_resting(before: bool, message: Message) -> bool:
    """True when the person is left in peace after ``message``: from a crisis until they ask to go on."""
    if message.intent == CRISIS:
        return True
    return before and (_only_goes_on(message) or not (message.intent in WANTS and _is_meant(message)))


def _only_goes_on(message: Message) -> bool:
    """True for "go on" in words and no more: it takes up what was interrupted (``answer``), however sure the model."""
    is_bare = message.intent == "ask_negotiation" and not message.is_button and not message.mentions
    return is_bare and bool(afterwards()["go_on"].search(message.text))


def answer(message: Message) -> str:
    """What a message in that time is met as: ``go_on``, ``question``, or a key of ``AFTERWARDS``."""
    intent, words = message.intent or "", "" if message.is_button else message.text
    for meaning in BY_WORDS:
        if afterwards()[meaning].search(words):
            return meaning
    if intent in BY_INTENT:
        return BY_INTENT[intent]
    if intent in FAQ and (message.confidence >= SURE or QUESTION.search(words)):
        return "question"
    if afterwards()["talk"].search(words):
        return "talk"
    is_money = intent in MONEY and message.confidence >= SURE
    return "money" if is_money or message.values("money") or message.values("product") else "here"


def _is_meant(message: Message) -> bool:
    """True for a pressed button, and for words that are about the matter; small talk is no request."""
    if message.is_button:
        return True
    return message.confidence >= SURE and bool(afterwards()["topic"].search(message.text))
