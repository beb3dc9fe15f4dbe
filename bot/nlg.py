"""Where every reply becomes text: Rasa's own generator, and traditional characters for those who write them."""

from __future__ import annotations

from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.names import Slot
from bot.reading.traditional import TRADITIONAL, to_traditional

NOT_SHOWN = frozenset({"payload", "metadata"})
"""Parts of a reply that are for programs."""

FROM_ACTION = ("buttons", "custom")
"""Parts that Rasa takes from the action after the text was made."""


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
        if (tracker.get_slot(Slot.SCRIPT) or {}).get("name") != TRADITIONAL:
            return draft
        for part in FROM_ACTION:
            # Rasa adds these to the draft afterwards, the very objects that it passed here.
            _convert_in_place(kwargs.get(part))
        _convert_in_place(draft)
        return draft


def _convert_in_place(part: Any) -> None:
    """Convert every text inside a mapping or list, however deep, but what is for programs."""
    places = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for place, value in list(places):
        if place in NOT_SHOWN:
            continue
        if isinstance(value, str):
            part[place] = to_traditional(value)
        else:
            _convert_in_place(value)
