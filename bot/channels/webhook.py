"""What the messengers' channels share: verify, open, drop repeats, acknowledge in time, answer once.

A platform posts each message and repeats it when no answer comes in time. The first delivery of an id is claimed; every
other one is only acknowledged. The turn runs by itself. Where the platform takes an answer on the open connection
(``answer_seconds``) and the turn is quick and short, that carries it; otherwise the connection is acknowledged and the
answer goes through the platform's own interface: never both. What the platform does not take is kept and comes first
with the next answer. Neither texts nor ids of people are logged.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import time
from abc import abstractmethod
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar
from weakref import WeakValueDictionary

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, OutputChannel, UserMessage
from sanic import Blueprint
from sanic.response import HTTPResponse, empty, text

from bot.channels.api import Api, DeliveryError
from bot.channels.memory import InProcess, Memory, memory
from bot.channels.plain import Choice, Plain, compose, meant
from bot.channels.platforms import platform
from bot.channels.sealed import BadSignatureError
from bot.channels.session import clean, says_something
from bot.errors import ChannelError
from bot.knowledge.lines import line
from bot.records.discretion import FORGETTERS
from bot.settings import settings

log = logging.getLogger(__name__)

LARGEST_BODY = 256 * 1024
LONGEST_TEXT = 4_000
CLAIM_SECONDS = 120
"""A worker that dies with a message claims it no longer than this; then a repeat is taken."""
CHOICE_SECONDS = 24 * 3600
KEEP_SECONDS = 48 * 3600
CLOSING_SECONDS = 20

OnNewMessage = Callable[[Any], Awaitable[Any]]


@dataclass(frozen=True)
class Incoming:
    """A message from a person; ``notice`` is the line said at once in answer to what the bot cannot read."""

    person: str
    id: str
    text: str = ""
    notice: str = ""
    to: str = ""
    """The account it was sent to, where an answer names it."""


class Webhook(InputChannel):
    """Base of the messengers; what is particular to one is in ``verify``, ``read``, ``on_connection`` and its API."""

    VARIABLES: ClassVar[tuple[str, ...]] = ()
    """Environment variables without which it cannot run."""
    answer_seconds: float = 0.0
    """How long an answer on the open connection is waited for; 0 where the platform takes none."""

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> Webhook:
        """The channel, from the environment. Raises ``ChannelError`` naming what is missing."""
        if credentials:
            raise ChannelError(f"{cls.name()} has no options here; its settings are environment variables")
        given = settings()
        if missing := [name for name in cls.VARIABLES if not given.channels[name]]:
            raise ChannelError(f"{cls.name()} needs {', '.join(missing)}")
        return cls.from_variables(given.channels, memory(given.channels["CHANNELS_REDIS_URL"]))

    @classmethod
    @abstractmethod
    def from_variables(cls, given: Any, store: Memory) -> Webhook:
        """The channel, from its variables."""

    def __init__(self, api: Api, store: Memory | None = None, now: Callable[[], float] = time.time) -> None:
        self.api = api
        self.now = now
        self._store = store or InProcess()
        self._platform = platform(self.name())
        self._tasks: set[asyncio.Task[None]] = set()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._on_new_message: OnNewMessage | None = None
        FORGETTERS.append(self.forget)

    # --- what each platform does its own way ----------------------------------------------------------------

    def verify(self, request: Any) -> str:  # noqa: ARG002
        """The answer to the platform's question whether this address is ours. Raises ``BadSignatureError``."""
        raise BadSignatureError("this platform does not ask")

    @abstractmethod
    def read(self, request: Any) -> Incoming | HTTPResponse | None:
        """The message, a ready answer to a technical question, or None for what needs no answer.

        Raises ``BadSignatureError`` for what is not from the platform and ``ChannelError`` for what cannot be read.
        """

    def accepted(self) -> HTTPResponse:
        """The acknowledgement."""
        return empty(200)

    def on_connection(self, incoming: Incoming, said: str) -> HTTPResponse:
        """An answer on the open connection."""
        raise NotImplementedError

    def check_age(self, timestamp: str | None, unit: float = 1.0) -> None:
        """Raise ``BadSignatureError`` for a message older than ids are remembered, or from the future."""
        try:
            age = self.now() - float(timestamp or "") / unit
        except ValueError:
            raise BadSignatureError("no time") from None
        if not abs(age) < self._platform.remember_seconds / 2:
            raise BadSignatureError("too old")

    # --- receiving ------------------------------------------------------------------------------------------

    def blueprint(self, on_new_message: OnNewMessage) -> Any:
        """``GET`` and ``POST`` on /webhooks/<name>/webhook, and ``GET`` on /webhooks/<name>/ for a health check."""
        self._on_new_message = on_new_message
        hook = Blueprint(f"{self.name()}_webhook", __name__)

        async def health(_: Any) -> HTTPResponse:
            return text("ok")

        async def asked(request: Any) -> HTTPResponse:
            return self._guarded(lambda: text(self.verify(request)))

        async def posted(request: Any) -> HTTPResponse:
            return await self.receive(request)

        hook.add_route(health, "/", methods=["GET"], name="health")
        hook.add_route(asked, "/webhook", methods=["GET"], name="verify")
        hook.add_route(posted, "/webhook", methods=["POST"], name="receive")
        hook.listener("before_server_stop")(self._close)
        return hook

    async def receive(self, request: Any) -> HTTPResponse:
        """One delivery of the platform."""
        if len(request.body) > LARGEST_BODY:
            return empty(413)
        got: list[Incoming | None] = []

        def read() -> HTTPResponse:
            found = self.read(request)
            if isinstance(found, HTTPResponse):
                return found
            got.append(found)
            return self.accepted()

        answer = self._guarded(read)
        incoming = got[0] if got else None
        if incoming is None or not await self._store.claim(self._slot("seen", incoming.id), CLAIM_SECONDS):
            return answer
        connection: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        task = self._start(self._handle(incoming, connection))
        if self.answer_seconds:
            waited: set[asyncio.Future[Any]] = {connection, task}
            await asyncio.wait(waited, timeout=self.answer_seconds, return_when=asyncio.FIRST_COMPLETED)
        if connection.done():
            return self.on_connection(incoming, connection.result())
        connection.cancel()  # from here on the answer goes through the interface
        return answer

    def _guarded(self, read: Callable[[], HTTPResponse]) -> HTTPResponse:
        try:
            return read()
        except BadSignatureError as error:
            log.warning("%s: refused (%s)", self.name(), error)
            return empty(403)
        except (ChannelError, KeyError, TypeError, AttributeError, RecursionError) as error:
            log.warning("%s: cannot be read (%s)", self.name(), type(error).__name__)
            return empty(400)

    # --- answering ------------------------------------------------------------------------------------------

    async def _handle(self, incoming: Incoming, connection: asyncio.Future[str]) -> None:
        async with self._locks.setdefault(incoming.person, asyncio.Lock()):
            pieces = [*await self._kept(incoming.person), *await self._turn(incoming)]
            if len(pieces) == 1 and not connection.done():
                connection.set_result(pieces[0])
            else:
                await self.deliver(incoming.person, pieces)
        await self._store.put(self._slot("seen", incoming.id), "", self._platform.remember_seconds)

    async def _turn(self, incoming: Incoming) -> list[str]:
        """What the bot says, in messages the platform takes."""
        words = clean(incoming.text)[:LONGEST_TEXT]
        notice = incoming.notice or ("" if says_something(words) else "channel.words_only")
        said = Plain(line(notice)) if notice else await self._ask(incoming, words)
        if not notice:
            await self._offer(incoming.person, said)
        return self._platform.pieces(said.text)

    async def _ask(self, incoming: Incoming, words: str) -> Plain:
        assert self._on_new_message is not None
        output = CollectingOutputChannel()
        message = UserMessage(
            await self._chosen(incoming.person, words),
            output,
            f"{self.name()}:{incoming.person}",
            input_channel=self.name(),
            message_id=incoming.id,
        )
        try:
            await self._on_new_message(message)
        except Exception as error:  # noqa: BLE001 (past this line nobody would answer the person)
            log.error("%s: the bot broke down (%s)", self.name(), type(error).__name__)
            return Plain(line("channel.failed"))
        return compose(output.messages)

    async def _offer(self, person: str, said: Plain) -> None:
        """Remember what may be chosen now; what was offered before no longer counts."""
        key = self._slot("offered", person)
        if not said.choices:
            await self._store.drop(key)
            return
        offered = {"lettered": said.lettered, "choices": [asdict(choice) for choice in said.choices]}
        await self._store.put(key, json.dumps(offered), CHOICE_SECONDS)

    async def _chosen(self, person: str, words: str) -> str:
        kept = await self._store.get(self._slot("offered", person))
        if kept is None:
            return words
        offered = json.loads(kept)
        return meant(words, [Choice(**choice) for choice in offered["choices"]], offered["lettered"])

    async def deliver(self, person: str, pieces: Sequence[str]) -> None:
        """Send ``pieces`` in order; what cannot be sent is kept for the next answer."""
        now = pieces[: self._platform.messages_per_turn]
        for place, piece in enumerate(now):
            try:
                await self.api.send(person, piece)
            except DeliveryError as failed:
                left = pieces[place + failed.unsure :]
                log.error("%s: not delivered (%s), %d kept for the next answer", self.name(), failed.code, len(left))
                await self._keep(person, left)
                return
        await self._keep(person, pieces[len(now) :])

    async def _keep(self, person: str, pieces: Sequence[str]) -> None:
        if pieces:
            await self._store.put(self._slot("kept", person), json.dumps(list(pieces)), KEEP_SECONDS)

    async def _kept(self, person: str) -> list[str]:
        key = self._slot("kept", person)
        kept = await self._store.get(key)
        await self._store.drop(key)
        return list(json.loads(kept)) if kept else []

    async def forget(self, sender: str) -> None:
        """Forget the answers and choices that are kept for who has deleted everything."""
        channel, _, person = sender.partition(":")
        if channel == self.name():
            for kind in ("kept", "offered"):
                await self._store.drop(self._slot(kind, person))

    def get_output_channel(self) -> OutputChannel:
        """For messages that Rasa sends by itself (reminders)."""
        return _ByItself(self)

    # --- keeping house --------------------------------------------------------------------------------------

    def _slot(self, kind: str, what: str) -> str:
        return f"{kind}:{hashlib.sha256(f'{self.name()}:{what}'.encode()).hexdigest()}"

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)  # a task that nobody holds may be collected unfinished
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("%s: an answer was lost (%s)", self.name(), type(error).__name__)

    async def settle(self) -> None:
        """Wait until everything under way is answered."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def _close(self, *_: Any) -> None:
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=CLOSING_SECONDS)


class _ByItself(OutputChannel):
    """Sends what Rasa says out of turn."""

    def __init__(self, channel: Webhook) -> None:
        self._channel = channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        person = recipient_id.removeprefix(f"{self._channel.name()}:")
        said = compose([message])
        await self._channel._offer(person, said)
        await self._channel.deliver(person, self._channel._platform.pieces(said.text))
