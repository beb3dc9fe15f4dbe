"""What each messenger takes, from ``platforms.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.reading.sentences import cut

FILE = Path(__file__).with_name("platforms.yml")
UNITS = {"bytes": lambda text: len(text.encode("utf-8")), "characters": len}


@dataclass(frozen=True)
class Platform:
    """The limits that the code keeps to."""

    most: int
    unit: str
    """``bytes`` of UTF-8 or ``characters``."""
    messages_per_turn: int
    remember_seconds: int
    """How long a message may be under way, and its id is remembered: longer than the platform goes on repeating."""
    pictures_per_turn: int

    def size(self, text: str) -> int:
        """How long ``text`` is, as the platform counts."""
        return UNITS[self.unit](text)

    def pieces(self, text: str) -> list[str]:
        """``text`` in messages that the platform takes."""
        return cut(text, self.most, UNITS[self.unit])


@lru_cache(maxsize=1)
def told() -> dict[str, dict[str, Any]]:
    """The whole file."""
    with FILE.open(encoding="utf-8") as file:
        return dict(yaml.load(file, yaml.CSafeLoader))


def platform(name: str) -> Platform:
    """The limits of one platform."""
    one = told()[name]
    return Platform(
        most=one["text"]["most"],
        unit=one["text"]["unit"],
        messages_per_turn=one["messages_per_turn"],
        remember_seconds=one["remember_seconds"],
        pictures_per_turn=one["pictures_per_turn"],
    )
