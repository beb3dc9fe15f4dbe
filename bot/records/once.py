"""A message is answered once: what the tracker store sees to.

A channel may hand over one message twice, because its process was killed after the answer was stored and before it was
told. The conversation itself knows: its events hold the ids of the messages that were answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


class AnsweredError(Exception):
    """The message had been answered before; ``said`` are the answers, as Rasa's channels take them."""

    def __init__(self, said: list[dict[str, Any]]) -> None:
        super().__init__("answered before")
        self.said = said


@dataclass
class Turn:
    """One message on its way through the bot."""

    message_id: str | None
    is_looked_up: bool = False
    problem: Exception | None = None
    """Why nothing of the turn may be kept."""
    began_with: int = 0
    """How many events the conversation had."""
    happened: tuple[Any, ...] = ()
    """The events of the turn, once they are kept."""


TURN: ContextVar[Turn | None] = ContextVar("TURN", default=None)


@contextmanager
def turn_of(message_id: str | None) -> Iterator[Turn]:
    """Let the store know which message is answered in this task."""
    turn = Turn(message_id)
    token = TURN.set(turn)
    try:
        yield turn
    finally:
        TURN.reset(token)


def answers_to(events: Iterable[Any], message_id: str) -> list[dict[str, Any]] | None:
    """What was said to the message with that id; None when it is not among ``events``."""
    said: list[dict[str, Any]] = []
    for event in reversed(list(events)):
        if event.type_name == "bot":
            said.insert(0, event.message())
        elif event.type_name == "user":
            if event.message_id == message_id:
                return said
            said = []
    return None


class Once:
    """Put before a tracker store: ``class Store(Once, …, SQLTrackerStore)``."""

    async def retrieve(self, sender_id: str) -> Any:
        """The conversation. Raises ``AnsweredError`` when the message of this turn is in it already."""
        tracker = await super().retrieve(sender_id)  # type: ignore[misc]
        turn = TURN.get()
        if tracker is not None and turn is not None and turn.message_id and not turn.is_looked_up:
            turn.is_looked_up, turn.began_with = True, len(tracker.events)
            said = answers_to(tracker.events, turn.message_id)
            if said is not None:
                raise AnsweredError(said)
        return tracker

    async def save(self, tracker: Any) -> None:
        """Keep what is new. Raises the turn's ``problem`` when it has one."""
        turn = TURN.get()
        if turn is not None and turn.problem is not None:
            raise turn.problem
        await super().save(tracker)  # type: ignore[misc]
        if turn is not None:
            turn.happened = tuple(tracker.events)[turn.began_with :]
