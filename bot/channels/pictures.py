"""What of a turn can be sent as a picture: the card of a pack that a link leads to, and the offers of a plan."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.bootstrap import records
from bot.clock import now
from bot.errors import BotError
from bot.papers import links
from bot.papers.picture import can_draw, draw

log = logging.getLogger(__name__)

CARD = "card.png"
LINK = re.compile(rf"https?://[^\s/]+(?:/[^\s/]+)*?{links.PREFIX}/({links.SECRET.pattern})/{re.escape(CARD)}")


@dataclass(frozen=True)
class Picture:
    """A picture that is made when it is needed; ``make`` gives a PNG, or None where there is nothing to show."""

    make: Callable[[], bytes | None]
    link: str = ""
    """Where it can be seen too."""


def pictures(messages: Sequence[Mapping[str, Any]]) -> list[Picture]:
    """The pictures of a turn, in order."""
    found = []
    for message in messages:
        card = message.get("custom")
        if isinstance(card, Mapping) and can_draw(card):
            found.append(Picture(partial(_plan, card)))
        for link in LINK.finditer(str(message.get("text") or "")):
            found.append(Picture(partial(_card, link.group(1)), link.group(0)))
    return found


def _plan(card: Mapping[str, Any]) -> bytes | None:
    try:
        return draw(card)
    except RuntimeError as error:  # typst's; the text says the same
        log.error("a plan could not be drawn (%s)", type(error).__name__)
        return None


def _card(secret: str) -> bytes | None:
    """The file behind one of our own links; nothing is fetched from anywhere."""
    try:
        made = links.follow(records(), secret, CARD, now())
    except (BotError, RuntimeError) as error:  # the link in the text says the same
        log.error("a card could not be made (%s)", type(error).__name__)
        return None
    return made[0] if made else None
