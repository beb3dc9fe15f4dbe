"""Reminders told inside the chat when their day comes, where the channel can speak by itself.

Rasa's own reminders live in the memory of one process and are gone after a restart, and each is a message of the
person that would count as an answer to the open question. So the truth is the table of reminders: once a minute the
bot looks what is due, says one short message past the dialogue, and notes that it did. What it says is computed at
that moment, so what was paid, agreed anew or deleted is not spoken of. Nothing is said at night, in or after a crisis,
or while somebody is in the middle of a form. The open question stays as it is.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from rasa.core.actions.action import create_bot_utterance
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, OutputChannel
from rasa.shared.core.trackers import DialogueStateTracker

from bot.clock import now
from bot.journey import consent, follow_up
from bot.knowledge.lines import line
from bot.names import Slot
from bot.records.store import RecordStore, Waiting

log = logging.getLogger(__name__)

FROM_HOUR, TO_HOUR = 9, 21
"""Between these hours in China people are spoken to without having asked."""
BUSY = timedelta(minutes=10)
"""So long after their last message somebody in a form is not interrupted."""
EVERY_SECONDS = 60.0
RESPONSE = "utter_reminder"


class Reminders:
    """Looks what is due, and tells it."""

    def __init__(
        self, agent: Agent, channels: Iterable[InputChannel], store: RecordStore, at: Callable[[], datetime] = now
    ) -> None:
        self._agent = agent
        self._channels = {channel.name(): channel for channel in channels}
        self._store = store
        self._now = at

    async def run(self) -> None:
        """Look again and again until cancelled; a failure is logged and the next look is another try."""
        while True:
            try:
                await self.check()
            except Exception as error:  # noqa: BLE001 (a database or a lock: the next look is another try)
                log.error("reminders: %s", type(error).__name__)
            await asyncio.sleep(EVERY_SECONDS)

    async def check(self) -> int:
        """Tell what is due at this moment and return how many messages were sent. Raises ``RecordError``."""
        at = self._now()
        if not FROM_HOUR <= at.hour < TO_HOUR:
            return 0
        said = 0
        for waiting in await _in_thread(self._store.waiting, at.date() + follow_up.SOON):
            day = follow_up.moment(waiting.reminder.kind, waiting.reminder.on, at.date())
            is_new = day is not None and day > waiting.since and (waiting.told_on is None or waiting.told_on < day)
            said += is_new and await self._tell(waiting, at)
        return said

    async def _tell(self, waiting: Waiting, at: datetime) -> bool:
        """Tell one person one thing, once, whatever other processes do; False when this is not the moment."""
        person = waiting.person
        async with self._agent.lock_store.lock(person):
            tracker = await self._agent.tracker_store.retrieve(person)
            output = self._output(tracker) if tracker else None
            if output is None or not _may_be_spoken_to(tracker, at):
                return False
            records = await _in_thread(self._store.of, person)
            told = follow_up.reminder(records, waiting.reminder, at.date())
            if not await _in_thread(self._store.tell, waiting, at.date()) or not told:
                return False
            if tracker.active_loop:
                told = f"{told}\n{line('reminder.open_question')}"
            try:
                await self._say(tracker, output, told)
            except Exception as error:  # noqa: BLE001 (whatever a channel raises: it was not said)
                log.error("reminders: not delivered (%s)", type(error).__name__)
                await _in_thread(self._store.untell, waiting)
                return False
        return True

    async def _say(self, tracker: DialogueStateTracker, output: OutputChannel, told: str) -> None:
        """Send the message, then remember that it was said; nothing else of the conversation changes."""
        draft = await self._agent.processor.nlg.generate(RESPONSE, tracker, output.name(), told=told)
        said = create_bot_utterance(draft)
        await output.send_response(tracker.sender_id, said.message())
        tracker.update(said)
        await self._agent.tracker_store.save(tracker)

    def _output(self, tracker: DialogueStateTracker) -> OutputChannel | None:
        """The way to the person where they talked last; None when it cannot be used now."""
        channel = self._channels.get(str(tracker.get_latest_input_channel()))
        if channel is None or not getattr(channel, "reaches", _always)(tracker.sender_id):
            return None
        return channel.get_output_channel()


def _may_be_spoken_to(tracker: DialogueStateTracker, at: datetime) -> bool:
    """False without consent, in and after a crisis, and for a while in the middle of a form."""
    if tracker.get_slot(Slot.CARE) or not consent.is_kept(tracker.current_slot_values()):
        return False
    last = tracker.latest_message.timestamp if tracker.latest_message else None
    is_busy = last is not None and at.timestamp() - last < BUSY.total_seconds()
    return not (tracker.active_loop and is_busy)


def _always(_person: str) -> bool:
    return True


async def _in_thread(call: Callable[..., Any], *given: Any) -> Any:
    """The result of ``call``, which waits for a database."""
    return await asyncio.get_running_loop().run_in_executor(None, call, *given)
