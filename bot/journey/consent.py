"""Whether a person wants to be kept: asked once, calmly, after they have been heard; nothing depends on the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.reading.consent import GIVEN as GIVEN
from bot.reading.consent import REFUSED as REFUSED
from bot.replies import Say

ASKED: Final = "asked"
WITHDRAWN: Final = "withdrawn"
OFFER: Final = "consent"
"""What is on offer right after the question: a yes to the next message means it."""
KEEP: Final = "keep_record"
"""On offer while a record is held back until the person agrees that something is kept."""

NOT_BESIDE: Final = frozenset(
    {
        "crisis",
        "express_distress",
        "express_anger",
        "greet",
        "goodbye",
        "stop",
        "thank",
        "delete_my_data",
        "privacy_question",
    }
)
"""What is answered alone: distress, what is said about data anyway, and a goodbye; a greeting asks by itself."""


def is_kept(slots: Mapping[str, Any]) -> bool:
    """True when the person has agreed that what they say is kept."""
    return bool(slots.get("consent") == GIVEN)


def wants_notice(slots: Mapping[str, Any], number: int, intent: str | None) -> bool:
    """True when the question is due: never asked, and the first message has had its answer."""
    return slots.get("consent") is None and number > 1 and not slots.get("care") and intent not in NOT_BESIDE


def say_heard(wish: str, say: Say) -> None:
    """Say what becomes of the wish."""
    {GIVEN: say.consent_given, REFUSED: say.consent_refused, WITHDRAWN: say.consent_withdrawn}[wish]()
