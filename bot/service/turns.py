"""The agent as the channels see it: each message is answered once, counted and timed."""

from __future__ import annotations

import logging
import time
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage

from bot import metrics
from bot.privacy.pseudonym import pseudonym
from bot.records.once import AnsweredError, turn_of

log = logging.getLogger(__name__)


class Turns:
    """Looks like Rasa's agent to whoever hands messages over."""

    def __init__(self, agent: Any, secret: bytes) -> None:
        self.agent = agent
        self._secret = secret

    def __getattr__(self, name: str) -> Any:
        return getattr(self.agent, name)

    async def handle_message(self, message: UserMessage) -> list[dict[str, Any]] | None:
        """Answer ``message``; one that was answered before gets the same answer again and changes nothing.

        Raises whatever keeps it from being answered; then nothing of it is stored.
        """
        channel, began, outcome = message.input_channel or "none", time.monotonic(), "failed"
        with turn_of(message.message_id) as turn, metrics.UNDER_WAY.track_inprogress():
            try:
                answered: list[dict[str, Any]] | None = await self.agent.handle_message(message)
                outcome = "answered"
            except AnsweredError as before:
                outcome = "repeated"
                for said in before.said:
                    await message.output_channel.send_response(message.sender_id, said)
                answered = None
            finally:
                self._note(message.sender_id, channel, outcome, time.monotonic() - began)
            metrics.observe(turn.happened)
        return answered

    async def handle_text(
        self, text: str, output_channel: OutputChannel | None = None, sender_id: str = "default"
    ) -> list[dict[str, Any]] | None:
        """The same for a text alone."""
        return await self.handle_message(UserMessage(text, output_channel, sender_id))

    def _note(self, person: str, channel: str, outcome: str, seconds: float) -> None:
        metrics.TURNS.labels(channel, outcome).inc()
        metrics.TURN_SECONDS.labels(channel).observe(seconds)
        told = {"person": pseudonym(person, self._secret), "channel": channel, "outcome": outcome}
        log.debug("turn", extra={**told, "seconds": round(seconds, 4)})
