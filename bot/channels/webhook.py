"""What the messengers' channels share: verify, open, drop repeats, acknowledge in time, answer once.

A platform posts each message and repeats it when no answer comes in time. The first delivery of an id is claimed; every
other one is only acknowledged. The turn runs by itself. Where the platform takes an answer on the open connection
(``answer_seconds``) and the turn is quick and short, that carries it; otherwise the connection is acknowledged and the
answer goes through the platform's own interface: never both. ``answering.py`` does the second half. Neither texts nor
ids of people are logged.
"""

from __future__ import annotations

import asyncio
import logging
import time
from abc import abstractmethod
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar

from rasa.core.channels.channel import InputChannel, OutputChannel
from sanic import Blueprint
from sanic.response import HTTPResponse, empty, text

from bot.channels.answering import CLAIM_SECONDS, Answering, Connection, Incoming
from bot.channels.api import Api
from bot.channels.forget import drop_all
from bot.channels.memory import Memory
from bot.channels.platforms import platform
from bot.channels.sealed import BadSignatureError
from bot.channels.stores import memory
from bot.errors import ChannelError
from bot.records.discretion import FORGETTERS
from bot.settings import settings

log = logging.getLogger(__name__)

LARGEST_BODY = 256 * 1024
LONGEST_ID = 200
"""Of a person: the databases keep 255 characters, with the channel's name."""
MOST_WAITING = 20
"""Messages of one person that wait; whoever sends more is asked to slow down."""
AGAIN_SECONDS = 60

OnNewMessage = Callable[[Any], Awaitable[Any]]


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
        return cls.from_variables(given.channels, memory(given.channels["CHANNELS_REDIS_URL"], given.var))

    @classmethod
    @abstractmethod
    def from_variables(cls, given: Any, store: Memory) -> Webhook:
        """The channel, from its variables."""

    def __init__(self, api: Api, store: Memory | None = None, now: Callable[[], float] = time.time) -> None:
        self.api = api
        self.now = now
        self.answering = Answering(self.name(), api, store)
        self.connections = 0
        """How many are open and waited on."""
        self._waiting: Counter[str] = Counter()
        self._redelivering: asyncio.Task[None] | None = None
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
        if not abs(age) < platform(self.name()).remember_seconds / 2:
            raise BadSignatureError("too old")

    # --- receiving ------------------------------------------------------------------------------------------

    def blueprint(self, on_new_message: OnNewMessage) -> Any:
        """``GET`` and ``POST`` on /webhooks/<name>/webhook, and ``GET`` on /webhooks/<name>/ for a health check."""
        self.answering.on_new_message = on_new_message
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
        hook.listener("after_server_start")(self._started)
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
            if found is not None and not 0 < len(found.person) <= LONGEST_ID:
                raise ChannelError("not a person")
            got.append(found)
            return self.accepted()

        answer = self._guarded(read)
        incoming = got[0] if got else None
        if incoming is None:
            return answer
        answering = self.answering
        if not await answering.store.claim(answering.slot("seen", incoming.id), CLAIM_SECONDS):
            # The platform has given up on the first connection, so no answer may go there any more.
            await answering.store.put(answering.slot("again", incoming.id), "again", AGAIN_SECONDS)
            return answer
        return await self._take(incoming, answer)

    async def _take(self, incoming: Incoming, answer: HTTPResponse) -> HTTPResponse:
        """Start the turn of a message that came for the first time; its answer, if it is quick, else ``answer``."""
        if self._waiting[incoming.person] >= MOST_WAITING:
            self.answering.turns.start(self.answering.refuse(incoming))
            return answer
        connection: Connection = asyncio.get_running_loop().create_future()
        if not self.answer_seconds:
            connection.cancel()
        self._waiting[incoming.person] += 1
        task = self.answering.turns.start(self._handle(incoming, connection))
        if connection.cancelled():
            return answer
        self.connections += 1
        try:
            waited: set[asyncio.Future[Any]] = {connection, task}
            await asyncio.wait(waited, timeout=self.answer_seconds, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:  # the platform has hung up
            self.answering.hung_up(incoming.person, connection)
            raise
        finally:
            self.connections -= 1
        if connection.done() and not connection.cancelled():
            return self.on_connection(incoming, connection.result())
        connection.cancel()  # from here on the answer goes through the interface
        return answer

    async def _handle(self, incoming: Incoming, connection: Connection) -> None:
        try:
            await self.answering.handle(incoming, connection)
        finally:
            self._waiting[incoming.person] -= 1
            if not self._waiting[incoming.person]:
                del self._waiting[incoming.person]

    def _guarded(self, read: Callable[[], HTTPResponse]) -> HTTPResponse:
        try:
            return read()
        except BadSignatureError as error:
            log.warning("%s: refused (%s)", self.name(), error)
            return empty(403)
        except (ChannelError, KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
            log.warning("%s: cannot be read (%s)", self.name(), type(error).__name__)
            return empty(400)

    # --- keeping house --------------------------------------------------------------------------------------

    def get_output_channel(self) -> OutputChannel:
        """For messages that Rasa sends by itself (reminders)."""
        return _ByItself(self)

    async def forget(self, sender: str) -> None:
        """Forget the answers and choices that are kept for ``sender`` (``channel:id``), who has deleted everything."""
        if sender.startswith(f"{self.name()}:"):
            await drop_all(self.answering.store, sender)

    async def settle(self) -> None:
        """Wait until everything under way is answered."""
        await self.answering.turns.settle()

    async def _started(self, *_: Any) -> None:
        self._redelivering = asyncio.get_running_loop().create_task(self.answering.redeliver_for_ever())

    async def _close(self, *_: Any) -> None:
        if self._redelivering is not None:
            self._redelivering.cancel()
        await self.answering.turns.close()


class _ByItself(OutputChannel):
    """Sends what Rasa says out of turn."""

    def __init__(self, channel: Webhook) -> None:
        self._channel = channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        person = recipient_id.removeprefix(f"{self._channel.name()}:")
        await self._channel.answering.say(person, [message])
