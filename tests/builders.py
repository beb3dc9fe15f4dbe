"""Small builders for the unit tests: a message as the pipeline understands it, a case, and somebody who listens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.components.words import find_words
from bot.journey.cards.shape import command
from bot.journey.case import Case, Debt
from bot.journey.mentions import Mention, read_mentions
from bot.journey.turn import Message, Turn, read_turn
from bot.knowledge.spelling import as_meant
from bot.replies import Say

TODAY = date(2026, 11, 23)

NEW = Case()
"""Somebody who has said nothing yet."""

OWED = Case(
    situation_cause="unemployment",
    budget_income_fen=600_000,
    budget_housing_fen=150_000,
    budget_living_fen=200_000,
    budget_other_fen=50_000,
    debts=(Debt("huabei", 1_200_000, 20, 3),),
    debts_more=False,
)
"""Somebody with 2,000 yuan a month to spare who owes 12,000 on one product."""

BROKE = replace(OWED, budget_income_fen=0)
"""The same without any income."""

READY = replace(
    OWED,
    plan_choice={
        "kind": "level",
        "periods": 9,
        "defer_months": 0,
        "monthly_fen": 136_000,
        "first_due": "2026-12-03",
        "total_paid_fen": 1_224_000,
        "words": "分9期",
    },
    documents_have=("id_card",),
    contact_channel="hotline_95188",
)
"""Everything is prepared for the call."""


def heard(text: str, intent: str | None = None, confidence: float = 0.9) -> Message:
    """``text`` as the pipeline hands it over, with ``intent`` as what it was classified as."""
    read = text if text.startswith("/") else as_meant(text)
    words = [Mention(*found) for found in find_words(read)]
    mentions = sorted([*words, *read_mentions(read, TODAY)], key=lambda mention: (mention.start, mention.end))
    return Message(read, intent, mentions, confidence)


def pressed(intent: str, **values: str) -> Message:
    """A button of a card that means ``intent`` with these entities, as Rasa unpacks what it sends."""
    mentions = [Mention(entity, value, 0, 0) for entity, value in values.items()]
    return Message(command(intent, **values), intent, mentions, 1.0)


def told(
    text: str,
    case: Case = NEW,
    asked: str | None = None,
    intent: str | None = None,
    confidence: float = 0.9,
    last: tuple[str, str | None] | None = None,
) -> Turn:
    """What ``text`` does to ``case`` when ``asked`` was asked."""
    return read_turn(heard(text, intent, confidence), case, asked, TODAY, last)


def noted(turn: Turn) -> dict[str, Any]:
    """The values that were noted, by slot; those of a debt with its product."""
    return {(f"{n.product}.{n.slot}" if n.product else n.slot): n.value for n in turn.notes}


class Ear:
    """Hears what is said instead of a person."""

    def __init__(self) -> None:
        self.replies: list[str] = []
        self.values: dict[str, dict[str, Any]] = {}
        self.buttons: dict[str, list[dict[str, str]]] = {}
        self.say = Say(self._hear)

    def _hear(self, response: str, buttons: list[dict[str, str]], **values: Any) -> None:
        self.replies.append(response)
        self.values[response] = values
        self.buttons[response] = buttons
