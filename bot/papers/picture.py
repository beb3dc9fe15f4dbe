"""A plan's card as a picture, for chats that show pictures and no cards."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.papers.files import typeset_picture

KIND = "plan"


def can_draw(card: Mapping[str, Any]) -> bool:
    """True for a plan's card with offers that have a title and rows."""
    offers = card.get("offers")
    return (
        card.get("type") == KIND
        and isinstance(offers, list)
        and bool(offers)
        and all(isinstance(one, Mapping) and one.get("title") for one in offers)
    )


def draw(card: Mapping[str, Any]) -> bytes:
    """A PNG, 1,080 pixels wide: every offer with its numbers, and the first chart."""
    return typeset_picture("picture.typ", json.dumps(dict(card), ensure_ascii=False, sort_keys=True))
