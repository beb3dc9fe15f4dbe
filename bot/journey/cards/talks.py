"""The cards of a rehearsal and of help during a call."""

from __future__ import annotations

from bot.journey.cards.shape import Card, card


def rehearsal(role: str, say: str, feedback: str | None = None) -> Card:
    """A line of the agent, or what the coach says in the end; ``feedback`` is about the person's line before it."""
    return card("rehearsal", role=role, say=say, feedback=feedback, actions=[])


def live(verdict: str, say: str, why: str) -> Card:
    """What to answer now, and whether what was offered can be kept."""
    return card("live", verdict=verdict, say=say, why=why or None, actions=[])
