"""The socket.io channel of the web page.

It is Rasa's socket channel with the holes closed. Stock Rasa 3.6 takes any string as a session id (so a short
one can be guessed and somebody else's conversation joined), accepts connections from pages of any origin,
answers nothing at all when a message is malformed or comes too early, and loses what the bot says while the
phone is off the network. Here:

* a session id is 22 to 128 characters of ``[A-Za-z0-9_-]`` and not one character over and over;
* a message counts only on the session the connection has opened;
* whatever is refused is answered with an error event that says why;
* messages of one session are handled one after another, in the order they came;
* a message sent twice with one id (the page does that after a lost connection) is handled once, also when it comes to
  another process the second time: the conversation knows which messages it has answered (``bot.records.once``);
* nothing is said and no message counts as taken before the turn is stored, so a page whose server is killed sends its
  message again;
* what the bot said in the last minutes is kept and sent again to a page that comes back, to whichever process;
* text, buttons and card of a reply come in one frame (``custom``; docs/cards.md), and the last frame of a turn
  carries how far the journey is after it (``progress``).

Events, client to server::

    session_request   {"session_id": str | None, "last_id": str | None, "waiting"?: [ids of messages without turn_done]}
    user_uttered      {"message": str, "session_id"?: str, "id"?: str, "metadata"?: dict}

Events, server to client::

    session_confirm   the session id
    user_accepted     {"id": str}                the message is answered and stored; never send it again
    bot_uttered       {"id": str, "text"?, "quick_replies"?, "attachment"?, "custom"?, "progress"?}
    progress          the card ``progress``: when a session is opened, and after a turn that said nothing
    turn_done         {"id": str | None}         the bot has said all it has to say to that message
    channel_error     {"code": str, "id"?: str, "text"?: str}  see ``ERRORS``; ``text``: what to tell the person

Neither session ids nor texts are logged."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Iterable, Mapping
from inspect import signature
from typing import Any, Final

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.socketio import SocketBlueprint, SocketIOInput
from sanic import response
from socketio import AsyncServer

from bot.channels.entry import has_token, is_welcome
from bot.channels.failing import words_for
from bot.channels.guarding import pace
from bot.channels.kept import Kept, kept
from bot.channels.rooms import Rooms
from bot.channels.session import (
    Conversation,
    clean,
    error_of,
    is_strong,
    message_id_of,
    metadata_of,
    origins_of,
    over,
    since,
    what_is_wrong,
)
from bot.channels.socket_output import WebChatOutput
from bot.errors import ChannelError
from bot.journey.cards import progress
from bot.reading.traditional import TRADITIONAL, to_traditional
from bot.records.discretion import FORGETTERS, LATEST
from bot.settings import settings

logger = logging.getLogger(__name__)

LARGEST_PACKET = 256 * 1024
SERVER: Final[dict[str, Any]] = {
    "async_mode": "sanic",
    "cors_credentials": False,
    "max_http_buffer_size": LARGEST_PACKET,
    # Left to themselves these print past our log, session ids as they came among it; below a warning they write what
    # people said, whatever level somebody chose for the log.
    "logger": logging.getLogger("socketio.server"),
    "engineio_logger": logging.getLogger("engineio.server"),
}

for _one in ("logger", "engineio_logger"):
    SERVER[_one].setLevel(logging.WARNING)

OnNewMessage = Callable[[Any], Awaitable[Any]]


class WebChat(SocketIOInput):
    """The input channel ``socketio``; in credentials.yml it is ``bot.channels.socket.WebChat``."""

    @classmethod
    def name(cls) -> str:
        return "socketio"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebChat:
        credentials = credentials or {}
        if unknown := sorted(set(credentials) - set(signature(cls).parameters)):
            raise ChannelError(f"the web chat channel has no option {', '.join(unknown)}")
        return cls(**{"cors_origins": settings().cors, **credentials})

    def __init__(
        self,
        user_message_evt: str = "user_uttered",
        bot_message_evt: str = "bot_uttered",
        error_evt: str = "channel_error",
        namespace: str | None = None,
        session_persistence: bool = True,
        socketio_path: str = "/socket.io",
        jwt_key: str | None = None,
        jwt_method: str = "HS256",
        metadata_key: str = "metadata",
        cors_origins: Iterable[str] = (),
        longest_message: int = 20_000,
        most_waiting: int = 30,
        keep_messages: int = 60,
        keep_seconds: float = 600.0,
    ) -> None:
        """Set the channel up.

        Args:
            user_message_evt: the event a page sends a message with.
            bot_message_evt: the event the bot's messages come with.
            error_evt: the event refusals come with.
            namespace: the socket.io namespace.
            session_persistence: has to be true; it is an option only because stock Rasa has it.
            socketio_path: where socket.io connects.
            jwt_key: if set, a connection needs a token signed with it, as with stock Rasa.
            jwt_method: the algorithm of that token.
            metadata_key: the field of a message that holds its metadata.
            cors_origins: other origins whose pages may connect (``https://example.org``); never ``*``.
            longest_message: characters after which a message is cut.
            most_waiting: messages of one session that may wait for their turn.
            keep_messages: messages of the bot kept for a page that comes back.
            keep_seconds: how long after the last message a session is forgotten (here, not in the tracker).
        """
        if session_persistence is not True:
            raise ChannelError("session_persistence has to be true, or a reload loses the conversation")
        events = user_message_evt, bot_message_evt
        super().__init__(*events, namespace, session_persistence, socketio_path, jwt_key, jwt_method, metadata_key)
        self.error_evt = error_evt
        self.cors_origins = origins_of(cors_origins)
        self.longest_message = longest_message
        self.most_waiting = most_waiting
        self.keep_messages, self.keep_seconds = keep_messages, keep_seconds
        redis_url = settings().channels["CHANNELS_REDIS_URL"]
        self.kept: Kept = kept(redis_url, keep_messages, keep_seconds)
        self.rooms = Rooms(redis_url) if redis_url else None
        self.conversations: dict[str, Conversation] = {}
        self.session_of: dict[str, str] = {}  # connection -> session
        self.opening: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)  # connection -> held until in its room
        self._tasks: set[asyncio.Task[Any]] = set()
        self.app: Any = None  # the server; its agent knows the conversations
        FORGETTERS.append(self.forget)

    def get_output_channel(self) -> WebChatOutput | None:
        return None if self.sio is None else WebChatOutput(self)

    def reaches(self, person: str) -> bool:
        """True while a page of that session is connected: only then something said out of turn is heard."""
        return person in self.session_of.values()

    def blueprint(self, on_new_message: OnNewMessage) -> Any:
        """The socket.io server and its routes."""
        sio = AsyncServer(
            # Stock Rasa passes [], which engine.io takes as "do not look at the origin at all".
            cors_allowed_origins=self.may_connect,
            client_manager=self.rooms,
            **SERVER,
        )
        self.sio = sio
        webhook = SocketBlueprint(sio, self.socketio_path, "socketio_webhook", __name__)

        @webhook.listener("before_server_start")
        async def keep_app(app: Any, _loop: Any) -> None:
            self.app = app
            if self.rooms:  # or it would begin to hear the others when the first page has come
                sio.manager_initialized = True
                self.rooms.initialize()

        @webhook.route("/", methods=["GET"])
        async def health(_: Any) -> Any:
            return response.json({"status": "ok"})

        @sio.on("connect", namespace=self.namespace)
        async def connect(_sid: str, _environ: Any, auth: Any = None) -> bool:
            return not self.jwt_key or has_token(auth, self.jwt_key, self.jwt_algorithm)

        @sio.on("disconnect", namespace=self.namespace)
        async def disconnect(sid: str, *_: Any) -> None:
            self.session_of.pop(sid, None)
            self.opening.pop(sid, None)

        @sio.on("session_request", namespace=self.namespace)
        async def session_request(sid: str, data: Any = None, *_: Any) -> None:
            await self.open_session(sid, data)

        @sio.on(self.user_message_evt, namespace=self.namespace)
        async def handle_message(sid: str, data: Any = None, *_: Any) -> None:
            await self.take_message(sid, data, on_new_message)

        return webhook

    def may_connect(self, origin: str | None, environ: Mapping[str, Any]) -> bool:
        """Whether a page of that origin may connect."""
        return is_welcome(origin, environ, self.cors_origins)

    async def open_session(self, sid: str, data: Any) -> None:
        """Put the connection into its session and give it what it has missed."""
        data = {} if data is None else data
        if not isinstance(data, dict):
            await self.refuse(sid, "bad_payload")
            return
        session_id = data.get("session_id")
        if session_id is None:
            session_id = secrets.token_urlsafe(24)
        if not is_strong(session_id):
            await self.refuse(sid, "weak_session")
            return
        before = self.session_of.get(sid)
        if before is not None and before != session_id:
            self.sio.leave_room(sid, before, namespace=self.namespace)
        self.session_of[sid] = session_id
        async with self.opening[sid]:
            await self.catch_up(sid, session_id, data)

    async def catch_up(self, sid: str, session_id: str, data: Mapping[str, Any]) -> None:
        """Give the connection what it has missed, then let it into its session's room."""
        await self.emit("session_confirm", session_id, sid)
        last_id = data.get("last_id")
        while missed := since(await self.said_in(session_id), last_id):  # more may come in while these are sent
            for message in missed:
                await self.emit(self.bot_message_evt, message, sid)
            last_id = missed[-1]["id"]
        if self.session_of.get(sid) != session_id:
            return
        self.sio.enter_room(sid, session_id, namespace=self.namespace)
        for message_id in over(data.get("waiting"), self.conversations.get(session_id)):
            await self.emit("turn_done", {"id": message_id}, sid)
        await self.emit("progress", await self.progress_of(session_id), sid)

    async def take_message(self, sid: str, data: Any, on_new_message: OnNewMessage) -> None:
        """Check a message and hand it to the bot when those before it are done.

        Nothing may be awaited before the lock: the order in which messages reach it is their order.
        """
        message_id = message_id_of(data.get("id")) if isinstance(data, dict) else None
        wrong = what_is_wrong(data, self.session_of.get(sid))
        if wrong is not None:
            await self.refuse(sid, wrong, message_id)
            return
        session_id, text = self.session_of[sid], clean(data["message"])
        conversation = self.conversation(session_id)
        if message_id in conversation.seen:
            if conversation.seen[message_id]:
                await self.emit("user_accepted", {"id": message_id}, sid)
                await self.emit("turn_done", {"id": message_id}, sid)
            return
        if conversation.waiting >= self.most_waiting or not pace().allows_user(session_id):
            await self.refuse(sid, "too_many", message_id)
            return
        if message_id is not None:
            conversation.seen[message_id] = False
        if len(text) > self.longest_message:
            text = text[: self.longest_message]
            self.later(self.refuse(sid, "message_cut", message_id))

        message = UserMessage(
            text,
            WebChatOutput(self, message_id or secrets.token_urlsafe(12)),
            session_id,
            input_channel=self.name(),
            message_id=message_id,
            metadata=metadata_of(data.get(self.metadata_key)),
        )
        await self.handle(message, conversation, message_id, on_new_message, self.opening[sid])
        await self.emit("turn_done", {"id": message_id}, session_id)

    async def handle(
        self,
        message: UserMessage,
        conversation: Conversation,
        message_id: str | None,
        on_new_message: OnNewMessage,
        opening: asyncio.Lock,
    ) -> None:
        """Hand a message to the bot when those before it are done; a failure is told to the page."""
        conversation.waiting += 1
        is_answered = False
        try:
            async with conversation.lock:
                async with opening:  # who comes back gets what was missed, and only then this turn
                    pass
                await self.answer(message, conversation, on_new_message)
            is_answered = True
        except Exception as error:  # noqa: BLE001 (the person must not be left waiting for an answer that never comes)
            logger.error("the bot failed on a message of the web page (%s)", type(error).__name__)
            words = words_for(error)
            if (message.metadata or {}).get("script") == TRADITIONAL:  # the page says so; no reply passes here
                words = to_traditional(words)
            told = {**error_of("failed", message_id), "text": words}
            await self.emit(self.error_evt, told, message.sender_id)
        finally:
            conversation.waiting -= 1
            if message_id is not None:
                conversation.settle(message_id, is_answered)
            self.forget_later(message.sender_id)
        if is_answered and message_id is not None:
            await self.emit("user_accepted", {"id": message_id}, message.sender_id)

    async def answer(self, message: UserMessage, conversation: Conversation, on_new_message: OnNewMessage) -> None:
        """Let the bot answer, then say what it said: once it is stored, and not before."""
        LATEST.set(None)
        await on_new_message(message)
        conversation.progress = _progress(LATEST.get()) or conversation.progress
        is_told = await message.output_channel.finish(message.sender_id, conversation.progress)
        if not is_told and conversation.progress:
            await self.emit("progress", conversation.progress, message.sender_id)

    async def progress_of(self, session_id: str) -> dict[str, Any]:
        """How far a conversation is: as it was after its last turn here, else read from where it is kept."""
        if here := self.progress_here(session_id):
            return here
        tracker = await self.app.ctx.agent.tracker_store.retrieve(session_id)
        if here := self.progress_here(session_id):  # a turn may have ended meanwhile
            return here
        return progress.card(tracker.current_slot_values() if tracker else {})

    def progress_here(self, session_id: str) -> dict[str, Any] | None:
        """The same if this process knows; where there are others the last turn may have been theirs."""
        conversation = None if self.rooms else self.conversations.get(session_id)
        return conversation.progress if conversation else None

    def conversation(self, session_id: str) -> Conversation:
        """The memory of a session, new if there is none."""
        conversation = self.conversations.get(session_id)
        if conversation is None:
            conversation = Conversation(recent=deque(maxlen=self.keep_messages))
            self.conversations[session_id] = conversation
        self.forget_later(session_id)
        return conversation

    async def remember(self, session_id: str, frames: list[dict[str, Any]]) -> None:
        """Keep what the bot says for a page that is away."""
        self.conversation(session_id).recent.extend(frames)
        await self.kept.add(session_id, frames)

    async def said_in(self, session_id: str) -> list[dict[str, Any]]:
        """What was said in a session in the last minutes, by whichever process."""
        shared = await self.kept.all(session_id)
        if shared is not None:
            return shared
        conversation = self.conversations.get(session_id)
        return list(conversation.recent) if conversation else []

    async def forget(self, session_id: str) -> None:
        """Keep nothing that was said in a session; the frame still held says that all is deleted."""
        if conversation := self.conversations.get(session_id):
            conversation.recent.clear()
        await self.kept.drop(session_id)

    def forget_later(self, session_id: str) -> None:
        """Start the time after which an idle session is forgotten anew."""
        conversation = self.conversations.get(session_id)
        if conversation is None:
            return
        if conversation.timer is not None:
            conversation.timer.cancel()
        loop = asyncio.get_running_loop()
        conversation.timer = loop.call_later(self.keep_seconds, self._forget, session_id)

    def _forget(self, session_id: str) -> None:
        conversation = self.conversations.get(session_id)
        if conversation is not None and conversation.waiting == 0:
            del self.conversations[session_id]

    def later(self, sending: Awaitable[None]) -> None:
        """Send something without waiting for it."""
        task = asyncio.ensure_future(sending)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def refuse(self, sid: str, code: str, message_id: str | None = None) -> None:
        """Tell the connection what was wrong."""
        await self.emit(self.error_evt, error_of(code, message_id), sid)

    async def emit(self, event: str, data: Any, room: str) -> None:
        """Send an event to one connection or to all connections of a session."""
        await self.sio.emit(event, data, room=room, namespace=self.namespace)


def _progress(tracker: Any) -> dict[str, Any] | None:
    return None if tracker is None else progress.card(tracker.current_slot_values())
