"""The agent behind its confidentiality: a message is read as it was typed, in memory, and goes on without its secrets.

Rasa writes the text of a message into the conversation as it came in. Here the pipeline reads it first; what Rasa then
writes down, hands to actions, logs, and sends to a broker is the masked text. The tracker store masks once more
(``bot.records.masking``), for whoever runs Rasa without this module.
"""

from __future__ import annotations

from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage

from bot.records.discretion import LATEST, forget_elsewhere
from bot.records.masking import kept_parse, kept_text, kept_value


class Confidential:
    """Looks like Rasa's agent to whoever hands messages over."""

    def __init__(self, agent: Agent) -> None:
        self.agent = agent

    def __getattr__(self, name: str) -> Any:
        return getattr(self.agent, name)

    async def handle_message(self, message: UserMessage) -> list[dict[str, Any]] | None:
        """Answer ``message``; its text and metadata are masked before anything is written down."""
        if message.parse_data is None:
            message.parse_data = kept_parse(await self.agent.processor.parse_message(message))
        message.text = kept_text(message.text or "")
        message.metadata = kept_value(message.metadata)
        answered: list[dict[str, Any]] | None = await self.agent.handle_message(message)
        latest = LATEST.get()
        if latest is not None and latest.sender_id == message.sender_id and latest.get_slot("forgotten"):
            await forget_elsewhere(message.sender_id)
        return answered

    async def handle_text(
        self, text: str, output_channel: OutputChannel | None = None, sender_id: str = "default"
    ) -> list[dict[str, Any]] | None:
        """The same for a text alone."""
        return await self.handle_message(UserMessage(text, output_channel, sender_id))
