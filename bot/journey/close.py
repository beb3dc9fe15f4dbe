"""A message that may mean two things: when the two likeliest intents lie close together, the person is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.knowledge.lines import has_line

SURE = 0.55
"""At this confidence the likeliest intent is taken. Below it every third guess was wrong, and every second one
where the next intent is within ``GAP`` (docs/understanding.md)."""
GAP = 0.2
"""Least distance between the two likeliest intents at which the first is taken."""
LEAST = 0.2
"""Below this nothing was understood (the threshold in config.yml)."""


def close_intents(ranking: Sequence[dict[str, Any]]) -> tuple[str, str] | None:
    """The two intents that ``ranking`` (likeliest first) cannot tell apart; None when the first is to be taken.

    Both need a label to be asked about (``intent.*`` in ``wording/lines.yml``); words that steer the conversation
    have none, for they are answered in one word and cost little when misread.
    """
    if len(ranking) < 2:
        return None
    first, second = ranking[0], ranking[1]
    if not LEAST <= first["confidence"] < SURE or first["confidence"] - second["confidence"] >= GAP:
        return None
    names = str(first["name"]), str(second["name"])
    if all(name.startswith("state_") for name in names):
        return None  # either begins the journey, which asks what happened
    return names if all(has_line(f"intent.{name}") for name in names) else None
