"""What of a message may be kept: secrets are taken out of everything that a person or a channel put into it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.privacy import find_secrets, mask
from bot.reading import normalise

LONGEST = 4_000
"""Characters that are kept of one message; the pipeline reads 2,000."""


def kept_text(text: str) -> str:
    """``text`` without secrets, however they are written; what only normalising uncovers is kept normalised."""
    masked = mask(text[:LONGEST])
    plain = normalise(masked)
    return mask(plain) if find_secrets(plain) else masked


def kept_value(value: Any) -> Any:
    """The same for every text inside a mapping or list, however deep."""
    if isinstance(value, str):
        return kept_text(value)
    if isinstance(value, dict):
        return {key: kept_value(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [kept_value(inner) for inner in value]
    return value


def kept_parse(parsed: dict[str, Any]) -> dict[str, Any]:
    """What the pipeline made of a message, without secrets: its text, its metadata, the values of its entities."""
    entities = [{**one, "value": kept_value(one.get("value"))} for one in parsed.get("entities") or ()]
    kept = {**parsed, "text": kept_text(str(parsed.get("text") or "")), "entities": entities}
    return {**kept, "metadata": kept_value(parsed["metadata"])} if "metadata" in parsed else kept


def mask_latest(events: Iterable[Any]) -> None:
    """Take secrets out of what the person said last among Rasa's ``events``, in place; the rest had its turn."""
    for event in reversed(list(events)):
        if event.type_name == "user":
            event.text = kept_text(event.text) if event.text else event.text
            event.metadata = kept_value(event.metadata)
            event.parse_data = kept_parse(event.parse_data or {})
            for entity in event.entities or ():
                entity["value"] = kept_value(entity.get("value"))
            return
