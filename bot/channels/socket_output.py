"""What a page of the web chat gets: each reply as frames, the progress of the journey with the last one of a turn."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rasa.core.channels.socketio import SocketIOOutput

from bot.channels.session import frames_of

if TYPE_CHECKING:
    from bot.channels.socket import WebChat

ELSEWHERE = ("image", "attachment", "elements")
"""Parts of a reply that come as frames of their own, as with stock Rasa."""


class WebChatOutput(SocketIOOutput):
    """Rasa's output, with an id on every message and a memory for pages that were away.

    In a turn (``message_id``) nothing is sent before ``finish``: until the turn is stored it may still fail, and the
    last frame carries the progress as it is after the turn. The ids of its frames come from the message's own, so a
    page that gets an answer twice knows it. Outside of a turn everything is sent at once.
    """

    def __init__(self, channel: WebChat, message_id: str | None = None) -> None:
        super().__init__(channel.sio, channel.bot_message_evt)
        self.channel = channel
        self.message_id = message_id
        self._held: list[dict[str, Any]] = []

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """One reply: text, buttons and card in one frame. Stock Rasa sends the card behind, as a message of its own."""
        for frame in frames_of(message):
            await self._send_message(recipient_id, frame)
        rest = {part: message[part] for part in ELSEWHERE if message.get(part)}
        if rest:
            await super().send_response(recipient_id, rest)

    async def send_text_message(self, recipient_id: str, text: str, **_: Any) -> None:
        await self.send_response(recipient_id, {"text": text})

    async def send_text_with_buttons(
        self, recipient_id: str, text: str, buttons: Iterable[Mapping[str, Any]], **_: Any
    ) -> None:
        await self.send_response(recipient_id, {"text": text, "buttons": list(buttons)})

    async def send_custom_json(self, recipient_id: str, json_message: dict[str, Any], **_: Any) -> None:
        """Stock Rasa spreads the dictionary over the arguments of emit(), room included; this does not."""
        await self.send_response(recipient_id, {"custom": json_message})

    async def finish(self, session_id: str, progress: Mapping[str, Any] | None) -> bool:
        """Send what was said in the turn, the progress with the last frame; False when nothing was said."""
        held, self._held = self._held, []
        if held and progress:
            held[-1] = {**held[-1], "progress": progress}
        await self._emit(session_id, [{"id": self._id(n), **frame} for n, frame in enumerate(held)])
        return bool(held)

    async def _send_message(self, socket_id: str, response: Mapping[str, Any]) -> None:
        if self.message_id is None:
            await self._emit(socket_id, [{"id": secrets.token_urlsafe(9), **response}])
        else:
            self._held.append(dict(response))

    async def _emit(self, session_id: str, frames: list[dict[str, Any]]) -> None:
        await self.channel.remember(session_id, frames)
        for frame in frames:
            await self.channel.emit(self.bot_message_evt, frame, session_id)

    def _id(self, n: int) -> str:
        told = hashlib.sha256(f"{self.message_id}.{n}".encode()).digest()
        return base64.urlsafe_b64encode(told[:9]).decode()
