"""Ways to reach somebody: a number to tap, when, and what for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.journey.cards import shape
from bot.knowledge.loader import catalog
from bot.knowledge.model import Contact


def card(contacts: Iterable[str]) -> shape.Card:
    """The contacts with these catalogue ids, each with what it is for and its steps."""
    return shape.card("contact", items=[_item(catalog().contacts[name]) for name in contacts])


def _item(contact: Contact) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "label": contact.label_zh,
        "note": contact.what_for_zh,
        "not_for": contact.not_for_zh,
        "steps": list(contact.how_zh),
    }
    if contact.hours_zh:
        shown["hours"] = contact.hours_zh
    if contact.number:
        shown |= {"number": contact.number, "href": f"tel:{contact.number}"}
    return shown
