"""Where every reply becomes text: Rasa's own generator, and traditional characters for those who write them."""

from __future__ import annotations

from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.names import Slot
from bot.reading.traditional import TRADITIONAL, in_traditional

FROM_ACTION = ("buttons", "custom")
"""Parts that Rasa takes from the action after the text was made."""

DRAWS_CARDS = frozenset({"socketio", "rest", "callback"})
"""Input channels whose other end is a program that knows our cards (``docs/cards.md``). To a messenger of Rasa's own a
card is raw JSON that it posts to the platform or breaks on, and a terminal prints it; the text tells all, so nobody
else gets one."""


class Replies(TemplatedNaturalLanguageGenerator):  # type: ignore[misc]
    """Rasa's generator, named in ``endpoints.yml``; the script is the one in the slot ``script``.

    Everything the bot says passes here, whether an action or a rule says it and wherever the actions run.
    """

    def __init__(self, endpoint_config: Any = None, domain: Domain | None = None) -> None:  # noqa: ARG002 (Rasa passes it)
        super().__init__((domain or Domain.empty()).responses)

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The reply named ``utter_action``, filled with ``kwargs``; None when there is none of that name."""
        draft: dict[str, Any] | None = await super().generate(utter_action, tracker, output_channel, **kwargs)
        if kwargs.get("custom") and tracker.get_latest_input_channel() not in DRAWS_CARDS:
            kwargs["custom"].clear()  # Rasa leaves out what is empty
        if (tracker.get_slot(Slot.SCRIPT) or {}).get("name") != TRADITIONAL:
            return draft
        for part in FROM_ACTION:
            # Rasa adds these to the draft afterwards, the very objects that it passed here.
            in_traditional(kwargs.get(part))
        in_traditional(draft)
        return draft
