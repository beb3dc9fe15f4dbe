"""Every Chinese text of the knowledge files, with the place it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple

from bot.knowledge.loader import catalog

QUOTED = re.compile(r"「[^」]*」")
CATALOGUES = ("causes", "products", "documents", "contacts", "refusals", "stories", "alerts")


class Copy(NamedTuple):
    """One text: where it stands, which field it is, the words, and the facts behind them."""

    where: str
    field: str
    words: str
    facts: tuple[str, ...]


def texts() -> list[Copy]:
    """All ``*_zh`` texts that people may read: the sources' titles are not among them."""
    found = [Copy(fact.id, "statement_zh", fact.statement_zh, (fact.id,)) for fact in catalog().facts.values()]
    for name in CATALOGUES:
        for entry in getattr(catalog(), name).values():
            found += [Copy(f"{name}/{entry.id}", field, words, entry.facts) for field, words in _chinese(entry)]
    return found


def _chinese(entry: Any) -> Iterator[tuple[str, str]]:
    for field in fields(entry):
        value = getattr(entry, field.name)
        if is_dataclass(value):
            yield from _chinese(value)
        elif field.name.endswith("_zh"):
            yield from ((field.name, words) for words in ((value,) if isinstance(value, str) else value or ()))
