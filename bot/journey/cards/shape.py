"""What all cards have in common."""

from __future__ import annotations

import json
from typing import Any

from bot.knowledge.lines import line
from bot.money import yuan

VERSION = 1

Card = dict[str, Any]
Action = dict[str, str]


def card(kind: str, **parts: Any) -> Card:
    """A card of that type, with its usual title unless there is one; parts that are None are left out."""
    told = {name: part for name, part in parts.items() if part is not None}
    return {"type": kind, "version": VERSION, "title": line(f"card.{kind}"), **told}


def command(intent: str, **values: str) -> str:
    """What a button sends that means ``intent`` and nothing else, with the entities ``values``."""
    return f"/{intent}" + (json.dumps(values, separators=(",", ":")) if values else "")


def edit(label: str, slot: str, product: str | None = None) -> Action:
    """The button that has the question for ``slot`` asked anew (``bot.journey.again``)."""
    named = {"field": slot} if product is None else {"field": slot, "product": product}
    return {"title": line("card.edit", label=label), "payload": command("correct_answer", **named)}


def amount(fen: int) -> str:
    """An amount in yuan with its unit."""
    return line("note.yuan", value=yuan(fen))
