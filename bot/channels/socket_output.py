"""What a page of the web chat gets: each reply as frames, the progress of the journey with the last one of a turn."""

from __future__ import annotations

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

    In a turn (``holds``) the frame said last waits until it is clear that none follows, so that it can carry the
    progress as it is after the turn; ``finish`` sends it.
    """

    def __init__(self, channel: WebChat, holds: bool = False) -> None:
        super().__init__(channel.sio, channel.bot_message_evt)
        self.channel = channel
        self.holds = holds
        self._held: tuple[str, dict[str, Any]] | None = None

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

    async def finish(self, progress: Mapping[str, Any] | None) -> bool:
        """Send what is held, with the progress; False when nothing was held."""
        if self._held is None:
            return False
        (session_id, frame), self._held = self._held, None
        await self._emit(session_id, {**frame, "progress": progress} if progress else frame)
        return True

    async def _send_message(self, socket_id: str, response: Mapping[str, Any]) -> None:
        before, self._held = self._held, (socket_id, dict(response))
        if before is not None:
            await self._emit(*before)
        if not self.holds:
            await self.finish(None)

    async def _emit(self, session_id: str, frame: Mapping[str, Any]) -> None:
        message = {"id": secrets.token_urlsafe(9), **frame}
        self.channel.remember(session_id, message)
        await self.channel.emit(self.bot_message_evt, message, session_id)
