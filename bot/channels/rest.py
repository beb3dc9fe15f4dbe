"""``POST /webhooks/rest/webhook {"sender": "...", "message": "...", "id"?: "..."}``: for programs.

Rasa's own channel writes a message into the log when something fails, takes everybody without a ``sender`` for the same
person, and answers an odd body with an error of its insides. Whoever calls here chooses the senders: who knows one
reads that conversation. So beyond this machine the channel is shut unless ``GUIDE_REST_TOKEN`` is set.

With an ``id`` a message may be sent again when no answer came: it is answered once, and the answer is told again. A
message that could not be answered has ``X-Guide-Answered: no`` beside the words that say so; nothing of it was kept.
"""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.channels.failing import words_for
from bot.channels.guarding import is_exposed, problem
from bot.channels.session import clean, message_id_of, metadata_of
from bot.errors import ChannelError
from bot.settings import Settings, settings

log = logging.getLogger(__name__)

LONGEST_SENDER = 255
LONGEST_TEXT = 20_000


class Rest(InputChannel):
    """The input channel ``rest``; in credentials.yml ``bot.channels.rest.Rest``."""

    @classmethod
    def name(cls) -> str:
        return "rest"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> Rest:
        if credentials:
            raise ChannelError(f"the rest channel has no option {', '.join(sorted(credentials))}")
        return cls(settings())

    def __init__(self, given: Settings) -> None:
        self._token = given.rest_token
        self._is_open = bool(given.rest_token) or not is_exposed(given)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Any:
        """A health check and the one route for messages."""
        hook = Blueprint("rest_webhook", __name__)

        async def health(_: Any) -> HTTPResponse:
            return json_response({"status": "ok"})

        async def receive(request: Any) -> HTTPResponse:
            refusal = self._refusal(request)
            return refusal or await _answer(request, on_new_message)

        hook.add_route(health, "/", methods=["GET"], name="health")
        hook.add_route(receive, "/webhook", methods=["POST"], name="receive")
        return hook

    def _refusal(self, request: Any) -> HTTPResponse | None:
        if not self._is_open:
            return problem(403, "set GUIDE_REST_TOKEN to open this channel beyond this machine")
        given = str(request.headers.get("authorization", ""))
        if self._token and not hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode()):
            return problem(401, "a token is needed")
        return None


def read(body: bytes) -> UserMessage:
    """The message in ``body``, its answers to be collected. Raises ``ChannelError`` saying what is wrong."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ChannelError("not JSON") from error
    if not isinstance(told, dict):
        raise ChannelError("not an object")
    sender, text, message_id = told.get("sender"), told.get("message"), told.get("id")
    if not isinstance(sender, str) or not 0 < len(sender) <= LONGEST_SENDER or not sender.isprintable():
        raise ChannelError(f"sender: a text of 1 to {LONGEST_SENDER} characters")
    if not isinstance(text, str):
        raise ChannelError("message: a text")
    if message_id is not None and message_id_of(message_id) is None:
        raise ChannelError("id: 1 to 64 letters, digits, - and _")
    return UserMessage(
        clean(text)[:LONGEST_TEXT],
        CollectingOutputChannel(),
        sender,
        input_channel=Rest.name(),
        message_id=message_id,
        metadata=metadata_of(told.get("metadata")),
    )


async def _answer(request: Any, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> HTTPResponse:
    try:
        message = read(request.body)
    except ChannelError as error:
        return problem(400, str(error))
    output = message.output_channel
    try:
        await on_new_message(message)
    except Exception as error:  # noqa: BLE001 (past this line nobody would answer the person)
        log.error("rest: the bot broke down (%s)", type(error).__name__)
        # Nothing of the turn was kept, so nothing that it said counts.
        output.messages[:] = [{"recipient_id": message.sender_id, "text": words_for(error)}]
        return json_response(output.messages, headers={"X-Guide-Answered": "no"})
    return json_response(output.messages)
