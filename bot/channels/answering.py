"""How a message that was received is answered: one after another for each person, once, and kept until it is taken.

The answer is kept before it is sent and dropped when the platform has it. Passing trouble is waited out; what still
cannot be sent comes with the person's next answer, or by itself when the platform takes messages again.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict, dataclass, replace
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot.channels.api import Api, DeliveryError
from bot.channels.failing import words_for
from bot.channels.memory import InProcess, Memory, Sealed, slot
from bot.channels.outbox import Box, Outbox
from bot.channels.pictures import Picture, pictures
from bot.channels.plain import Choice, Plain, compose, meant
from bot.channels.platforms import platform
from bot.channels.session import clean, says_something
from bot.channels.turns import Turns
from bot.knowledge.lines import line
from bot.metrics import DELIVERIES

log = logging.getLogger(__name__)

DELIVERED, FAILED = "delivered", "failed"

LONGEST_TEXT = 4_000
CLAIM_SECONDS = 30.0
"""A worker that dies with a message claims it no longer than this; then a repeat is taken."""
CHOICE_SECONDS = 24 * 3600
MET_SECONDS = 24 * 3600
SLOW_DOWN_SECONDS = 60
NO_BUTTONS_SECONDS = 3600.0
"""After an account was refused buttons (WeChat's test accounts), no further try is made for so long."""
SWEEP_SECONDS = 15.0

Connection = asyncio.Future[str]


@dataclass(frozen=True)
class Incoming:
    """A message from a person; ``notice`` is the line said at once in answer to what the bot cannot read."""

    person: str
    id: str
    text: str = ""
    notice: str = ""
    to: str = ""
    """The account it was sent to, where an answer names it."""
    most: int = 0
    """How many messages may answer it, where that is fewer than usual."""
    greets: bool = False
    """The chat was opened: taken once, and not from somebody who is in the middle of a conversation."""
    leaves: bool = False
    """The person has left: nothing is said, and what waits for them is dropped."""


class Answering:
    """The second half of a channel. ``store`` outlives the process in real life, and is encrypted here."""

    def __init__(self, channel: str, api: Api, store: Memory | None) -> None:
        self.channel = channel
        self.api = api
        self.store: Memory = Sealed(store or InProcess(), api.secret)
        api.share(self.store)
        self.on_new_message: Callable[[Any], Awaitable[Any]] | None = None
        self.outbox = Outbox(self.store, channel)
        self._platform = platform(channel)
        self._no_buttons_until = 0.0
        self.turns = Turns(channel, self.store)

    def slot(self, kind: str, what: str) -> str:
        """The key of something of this channel."""
        return slot(kind, f"{self.channel}:{what}")

    # --- one message ----------------------------------------------------------------------------------------

    async def handle(self, incoming: Incoming, connection: Connection) -> None:
        """Answer ``incoming``: on ``connection`` while it is open, else through the platform's interface."""
        seen = self.slot("seen", incoming.id)
        async with self.turns.renewing(seen, CLAIM_SECONDS) as lease, self._alone(incoming.person):
            said, drawn = await self._turn(incoming) if await self._is_wanted(incoming) else (Plain(""), ())
            kept = await self.outbox.take(incoming.person)
            pieces = self._pieces(kept.pieces, said)
            await self.outbox.keep(Box(incoming.person, tuple(pieces)))
            lease.seconds = self._platform.remember_seconds
            await self.store.put(seen, "done", lease.seconds)
            if await self.store.get(self.slot("again", incoming.id)) is not None:
                connection.cancel()
            most = min(incoming.most or self._platform.messages_per_turn, self._platform.messages_per_turn)
            buttons = said if said.body and not kept.pieces and len(pieces) == 1 else None
            if await self._send(Box(incoming.person, tuple(pieces)), connection, buttons, most):
                await self._show(incoming.person, drawn[: max(most - len(pieces), 0)])

    async def _is_wanted(self, incoming: Incoming) -> bool:
        met = self.slot("met", incoming.person)
        if incoming.leaves:
            await self.outbox.keep(Box(incoming.person))
            await self.store.drop(self.slot("offered", incoming.person))
            await self.store.drop(met)
            return False
        if incoming.greets:
            return await self.store.claim(met, MET_SECONDS)
        await self.store.put(met, "met", MET_SECONDS)
        return True

    async def _turn(self, incoming: Incoming) -> tuple[Plain, Sequence[Picture]]:
        """What the bot says."""
        words = clean(incoming.text)
        notice = incoming.notice or ("" if says_something(words) else "channel.words_only")
        if notice:
            return Plain(line(notice)), ()
        messages = await self._ask(incoming, words[:LONGEST_TEXT])
        if len(words) > LONGEST_TEXT:
            messages.insert(0, {"text": line("channel.cut", count=LONGEST_TEXT)})
        said = compose(messages)
        await self._offer(incoming.person, said)
        return said, pictures(messages) if self._platform.pictures_per_turn else ()

    async def _ask(self, incoming: Incoming, words: str) -> list[Mapping[str, Any]]:
        assert self.on_new_message is not None
        output = CollectingOutputChannel()
        message = UserMessage(
            await self._chosen(incoming.person, words),
            output,
            f"{self.channel}:{incoming.person}",
            input_channel=self.channel,
            message_id=incoming.id,
        )
        try:
            await self.on_new_message(message)
        except Exception as error:  # noqa: BLE001 (past this line nobody would answer the person)
            log.error("%s: the bot broke down (%s)", self.channel, type(error).__name__)
            return [{"text": words_for(error)}]
        return list(output.messages)

    async def _offer(self, person: str, said: Plain) -> None:
        """Remember what may be chosen now; what was offered before no longer counts."""
        key = self.slot("offered", person)
        if not said.choices:
            await self.store.drop(key)
            return
        offered = {"lettered": said.lettered, "choices": [asdict(choice) for choice in said.choices]}
        await self.store.put(key, json.dumps(offered), CHOICE_SECONDS)

    async def _chosen(self, person: str, words: str) -> str:
        kept = await self.store.get(self.slot("offered", person))
        if not kept:
            return words
        offered = json.loads(kept)
        return meant(words, [Choice(**choice) for choice in offered["choices"]], offered["lettered"])

    # --- sending --------------------------------------------------------------------------------------------

    def _pieces(self, kept: Sequence[str], said: Plain) -> list[str]:
        """All that is to be said, in messages that the platform takes; what was kept is joined while it fits."""
        pieces = [*kept, *self._platform.pieces(said.text)]
        joined: list[str] = []
        for piece in pieces:
            both = f"{joined[-1]}\n\n{piece}" if kept and joined else ""
            if both and self._platform.size(both) <= self._platform.most:
                joined[-1] = both
            else:
                joined.append(piece)
        return joined

    async def _send(self, box: Box, connection: Connection, buttons: Plain | None, most: int) -> bool:
        """Send what is in ``box``; True when the platform has it all."""
        if len(box.pieces) == 1 and buttons is None and not connection.done():
            connection.set_result(box.pieces[0])
            self._count(DELIVERED)
            await self.outbox.keep(Box(box.person))
            return True
        return await self.deliver(box, connection, buttons, most)

    async def deliver(
        self, box: Box, connection: Connection | None = None, buttons: Plain | None = None, most: int = 0
    ) -> bool:
        """Send what is in ``box`` in order; what cannot be sent is kept. True when the platform has it all."""
        person, left = box.person, list(box.pieces)
        for piece in box.pieces[: most or self._platform.messages_per_turn]:
            try:
                if not (buttons and await self._sent_as_buttons(person, buttons)):
                    await self.api.send(person, piece)
            except DeliveryError as failed:
                if connection is not None and not connection.done() and not failed.unsure:
                    connection.set_result(piece)  # the interface is closed to this account, the open line is not
                    self._count(DELIVERED)
                    left.pop(0)
                    await self.outbox.keep(replace(box, pieces=tuple(left)), None)
                    return not left
                await self._failed(replace(box, pieces=tuple(left[failed.unsure :])), failed)
                return False
            self._count(DELIVERED)
            left.pop(0)
            await self.outbox.keep(replace(box, pieces=tuple(left), tries=0))
        await self.outbox.keep(replace(box, pieces=tuple(left)), None)  # more than it takes now: with the next answer
        return not left

    async def _sent_as_buttons(self, person: str, said: Plain) -> bool:
        """True when the platform took the choices as buttons; one that refuses them gets lists for a while."""
        if time.monotonic() < self._no_buttons_until:
            return False
        try:
            return await self.api.send_choices(person, replace(said, body=f"{said.body}\n\n{line('channel.tap')}"))
        except DeliveryError as failed:
            if failed.unsure or failed.passing or failed.closed:
                raise
            log.warning("%s: no buttons (%s)", self.channel, failed.code)
            self._no_buttons_until = time.monotonic() + NO_BUTTONS_SECONDS
            return False

    def _count(self, outcome: str) -> None:
        DELIVERIES.labels(self.channel, outcome).inc()

    async def _failed(self, box: Box, failed: DeliveryError) -> None:
        self._count(FAILED)
        log.error("%s: not delivered (%s), %d kept for the next answer", self.channel, failed.code, len(box.pieces))
        if failed.closed:
            await self.outbox.keep(box, None)
        else:
            await self.outbox.again(box)

    async def _show(self, person: str, drawn: Sequence[Picture]) -> None:
        """Send pictures; where that fails the link is said. The text beside a picture says all that it shows."""
        for picture in drawn[: self._platform.pictures_per_turn]:
            try:
                png = await asyncio.get_running_loop().run_in_executor(None, picture.make)
                if png is not None:
                    await self.api.send_picture(person, png)
            except DeliveryError as failed:
                log.error("%s: no picture (%s)", self.channel, failed.code)
                if picture.link and not failed.closed:
                    await self.deliver(Box(person, (line("channel.picture", address=picture.link),)))

    async def say(self, person: str, messages: Sequence[Mapping[str, Any]]) -> None:
        """Say something without being asked."""
        said = compose(messages)
        async with self._alone(person):
            await self._offer(person, said)
            kept = await self.outbox.take(person)
            pieces = self._pieces(kept.pieces, said)
            await self.outbox.keep(Box(person, tuple(pieces)))
            await self.deliver(Box(person, tuple(pieces)))

    async def refuse(self, incoming: Incoming) -> None:
        """Ask somebody who writes faster than can be answered to slow down; once a minute."""
        if await self.store.claim(self.slot("slow", incoming.person), SLOW_DOWN_SECONDS):
            await self.deliver_alone(incoming.person, line("channel.too_many"))

    async def deliver_alone(self, person: str, text: str) -> None:
        """Send ``text`` beside what else is under way; it is not kept."""
        try:
            await self.api.send(person, text)
            self._count(DELIVERED)
        except DeliveryError as failed:
            self._count(FAILED)
            log.error("%s: not delivered (%s)", self.channel, failed.code)

    def hung_up(self, person: str, connection: Connection) -> None:
        """The platform has closed the connection: an answer that was to go there goes through the interface."""
        if connection.done() and not connection.cancelled():
            self.turns.start(self._resend(person, connection.result()))
        connection.cancel()

    async def _resend(self, person: str, said: str) -> None:
        async with self._alone(person):
            box = Box(person, (said, *(await self.outbox.take(person)).pieces))
            await self.outbox.keep(box)
            await self.deliver(box)

    # --- again ----------------------------------------------------------------------------------------------

    async def redeliver(self) -> None:
        """Try again what is due."""
        for person in await self.outbox.due():
            async with self._alone(person):
                box = await self.outbox.take(person)
                if box.pieces:
                    await self.outbox.keep(box)
                    await self.deliver(box)

    async def redeliver_for_ever(self) -> None:
        """Look for what is due every few seconds."""
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            try:
                await self.redeliver()
            except Exception as error:  # noqa: BLE001 (the next round may do better)
                log.error("%s: redelivery failed (%s)", self.channel, type(error).__name__)

    def _alone(self, person: str) -> AbstractAsyncContextManager[None]:
        return self.turns.alone(self.slot("turn", person))
