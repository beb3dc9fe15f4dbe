"""The same message sent twice at once: a key or a button pressed twice, which answers one question and not two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

SENT: Final = "sent_at"
"""Key of a message's metadata: when it was sent, in seconds, where that is known better than when it came."""
AT_ONCE: Final = 3.0
"""Seconds within which the same words are one message."""


def is_repeated(events: Iterable[Mapping[str, Any]]) -> bool:
    """True when the last message of ``events``, as Rasa keeps them, only repeats the one right before it."""
    said = [event for event in events if event.get("event") == "user"][-2:]
    if len(said) < 2 or said[0].get("text") != said[1].get("text"):
        return False
    return 0 <= _sent(said[1]) - _sent(said[0]) <= AT_ONCE


def pause(events: Iterable[Mapping[str, Any]]) -> float:
    """Seconds between the last two messages of the person; 0 when there is but one."""
    said = [event for event in events if event.get("event") == "user"][-2:]
    return max(0.0, _sent(said[1]) - _sent(said[0])) if len(said) == 2 else 0.0


def _sent(event: Mapping[str, Any]) -> float:
    told = (event.get("metadata") or {}).get(SENT)
    return float(event.get("timestamp") or 0.0) if told is None else float(told)
