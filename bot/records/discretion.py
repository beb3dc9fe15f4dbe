"""What may be written down of a conversation, and when it goes: consent, deletion and masking, in one place.

``Discreet`` stands before a tracker store of Rasa's. A conversation whose person has agreed (slot ``consent``) goes to
the store below. Any other stays in memory for a day: everything works, and nothing of it is on a disk or sent to a
broker. A conversation that asked to be forgotten (slot ``forgotten``) is deleted where it would have been saved.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from bot.errors import ConversationLostError
from bot.records.masking import mask_latest
from bot.records.recent import without_rows
from bot.records.shorten import shortened
from bot.records.unsaved import Unsaved

log = logging.getLogger(__name__)

GIVEN, REFUSED = "given", "refused"
LATEST: ContextVar[Any] = ContextVar("LATEST", default=None)
"""The conversation that was saved last in this task, as it was then; who handed over a message finds it here."""

Forgetter = Callable[[str], Awaitable[None]]
FORGETTERS: list[Forgetter] = []
"""What else remembers people for a while (channels do): each is told whom to forget."""


async def forget_elsewhere(person: str) -> None:
    """Tell everybody who remembers ``person`` to forget; one that fails does not keep the others from it."""
    for forgetter in list(FORGETTERS):
        try:
            await forgetter(person)
        except Exception as error:  # noqa: BLE001 (the others have to forget all the same)
            log.error("not forgotten by %s: %s", getattr(forgetter, "__qualname__", "?"), type(error).__name__)


class Discreet:
    """Put before a tracker store: ``class Store(Discreet, SQLTrackerStore)``. The store below offers ``erase``."""

    domain: Any
    unsaved: Unsaved

    def erase(self, person: str) -> int:
        """Delete every event of ``person`` from the disk and return how many there were."""
        raise NotImplementedError

    async def save(self, tracker: Any) -> None:
        """Keep what is new of ``tracker`` where its person wants it; see the module."""
        person, slots = tracker.sender_id, tracker.current_slot_values()
        LATEST.set(tracker)
        mask_latest(tracker.events)
        if slots.get("forgotten"):
            await self.unsaved.drop(person)
            self.erase(person)
        elif slots.get("consent") == GIVEN:
            await super().save(tracker)  # type: ignore[misc]
            await self.unsaved.drop(person)  # after it: a process that is killed in between leaves one of the two
        else:
            is_refused = slots.get("consent") == REFUSED
            if is_refused:
                without_rows(tracker.events)
            await self.unsaved.put(person, shortened(person, list(tracker.events), tracker.slots.values()))
            if is_refused:  # perhaps taken back: what is on the disk goes
                self.erase(person)

    async def retrieve(self, sender_id: str) -> Any:
        """The conversation, wherever it is kept; None for somebody new.

        Where a process was killed between two steps of ``save`` there are two: the newer one counts. Raises
        ``ConversationLostError`` for somebody whose conversation was in memory only, and the memory is gone.
        """
        try:
            unsaved = await self._unsaved(sender_id)
        except ConversationLostError:
            if (saved := await super().retrieve(sender_id)) is None:  # type: ignore[misc]
                raise
            return saved
        saved = await super().retrieve(sender_id)  # type: ignore[misc]
        return max(filter(None, (saved, unsaved)), key=_age, default=None)

    async def retrieve_full_tracker(self, conversation_id: str) -> Any:
        """The same with all sessions."""
        found = await self._unsaved(conversation_id)
        return found or await super().retrieve_full_tracker(conversation_id)  # type: ignore[misc]

    async def _unsaved(self, person: str) -> Any:
        events = await self.unsaved.get(person)
        if events is None or not self.domain:
            return None
        return DialogueStateTracker.from_events(person, events, self.domain.slots)


def _age(tracker: Any) -> float:
    """When something happened last."""
    return float(tracker.events[-1].timestamp) if tracker.events else 0.0


def days_ago(days: int) -> float:
    """The moment that many days before now, in seconds since 1970, as Rasa dates its events."""
    return time.time() - days * 86_400
