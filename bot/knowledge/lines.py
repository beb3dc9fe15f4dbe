"""Short pieces of copy that longer messages are put together from: rows of lists, labels, units.

Whole messages are responses in ``data/responses``; a row that is repeated a varying number of times lives here.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from string import Formatter

import yaml

from bot.errors import KnowledgeError

LINES = Path(__file__).parent / "wording" / "lines.yml"


@lru_cache(maxsize=1)
def lines() -> dict[str, str]:
    """All lines by their dotted key."""
    with LINES.open(encoding="utf-8") as file:
        groups = yaml.load(file, yaml.CSafeLoader)
    return {f"{group}.{name}": text for group, texts in groups.items() for name, text in texts.items()}


def has_line(key: str) -> bool:
    """True when there is a line ``key``."""
    return key in lines()


def line(key: str, **values: str | int) -> str:
    """The line ``key`` with its placeholders filled.

    Raises ``KnowledgeError`` for an unknown key and for placeholders that do not match ``values`` exactly.
    """
    text = lines().get(key)
    if text is None:
        raise KnowledgeError(f"no line {key!r} in {LINES.name}")
    wanted = {name for _, name, _, _ in Formatter().parse(text) if name}
    if wanted != set(values):
        raise KnowledgeError(f"line {key!r} wants {sorted(wanted)}, got {sorted(values)}")
    return text.format(**values)
