"""Whether a card is as ``cards.schema.json`` says, so that every page can rely on it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from bot.reading.traditional import NOT_SHOWN

SCHEMA = Path(__file__).with_name("cards.schema.json")


def problems(card: Mapping[str, Any]) -> list[str]:
    """What is wrong with the shape of ``card``, one text each; nothing when it is as the schema says."""
    found = [f"{error.json_path}: {error.message}" for error in _validator().iter_errors(card)]
    return [*found, *(f"{path}: values and x do not match" for path in _uneven("$", card))]


def texts(part: object) -> Iterator[str]:
    """Every text of a card that a person may read, however deep."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for name, value in part.items():
            if name not in NOT_SHOWN:
                yield from texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from texts(value)


def _uneven(path: str, part: object) -> Iterator[str]:
    """The charts with more or fewer values than places, which a schema cannot say."""
    if isinstance(part, Mapping):
        if isinstance(part.get("series"), list) and isinstance(part.get("x"), list):
            lengths = {len(one["values_fen"]) for one in part["series"] if "values_fen" in one}
            if lengths - {len(part["x"])}:
                yield path
        for name, value in part.items():
            yield from _uneven(f"{path}.{name}", value)
    elif isinstance(part, list):
        for place, value in enumerate(part):
            yield from _uneven(f"{path}[{place}]", value)


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
