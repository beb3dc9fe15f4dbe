"""Whole conversations from YAML, held with the real agent, live actions and a database of their own.

A conversation is a list of turns. ``user`` is what the person types (or a button's payload). What may be checked:

    bot: [patterns]         each is found in what the bot says in this turn (regular expressions)
    not: [patterns]         none is found
    replies: [names]        these responses are among those used
    buttons: [titles]       these buttons are offered
    cards: [types]          exactly these cards come along, in this order
    form: name | none       the form that is asking afterwards
    asks: slot              the slot asked for afterwards
    slots: {name: value}    values afterwards; a mapping or list is compared whole
    debts: {product: {...}} fields of the debts afterwards
    records: n              how many records are saved afterwards

A turn ``restart: true`` stops the bot and starts it again on the same database; ``today: 2026-12-24`` lets it be
another day from then on. ``after: 1`` tells how many seconds behind the message before it this one is sent.
Everybody has agreed to be kept, unless it says ``consents: false``.
A conversation may begin in the middle: ``given: budget`` is a state of ``states.yml``, put there without replaying.
In every turn, without being told: the bot says something, no braces are left open, nothing says None, and a form
that is asking asks its question once: never twice, never not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.simulate.driver import Said, always_wrong

FOLDER = Path(__file__).parent
CHECKS = {"bot", "not", "replies", "buttons", "cards", "form", "asks", "slots", "debts", "records"}
STATES: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "states.yml").read_text("utf-8"))


@dataclass(frozen=True)
class Conversation:
    """One conversation and the file it is from."""

    name: str
    turns: list[dict[str, Any]]
    path: Path
    given: str | None = None
    """The state of ``states.yml`` in which it begins; None for a new person."""
    consents: bool = True
    """False for a person who has not agreed that anything is kept."""

    @property
    def id(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}: {self.name}"


def conversations(folder: Path = FOLDER) -> list[Conversation]:
    """All conversations below ``folder``; a turn with an unknown key is an error."""
    found = []
    for path in sorted(folder.glob("*/*.yml")):
        for one in yaml.safe_load(path.read_text("utf-8")):
            for turn in one["turns"]:
                unknown = set(turn) - CHECKS - {"user", "restart", "today", "after"}
                if unknown:
                    raise ValueError(f"{path.name}, {one['name']}: {sorted(unknown)}")
            if one.get("given", next(iter(STATES))) not in STATES:
                raise ValueError(f"{path.name}, {one['name']}: no state {one['given']}")
            found.append(Conversation(one["name"], one["turns"], path, one.get("given"), one.get("consents", True)))
    return found


def problems(
    turn: Mapping[str, Any], said: Said, slots: Mapping[str, Any], form: str | None, records: int
) -> Iterator[str]:
    """What is wrong with a turn, one text each."""
    yield from always_wrong(said, slots, form)
    if "utter_error_internal" in said.replies and "utter_error_internal" not in turn.get("replies", ()):
        yield "an action failed"
    yield from (f"missing: {pattern}" for pattern in turn.get("bot", ()) if not re.search(pattern, said.text))
    yield from (f"should not be there: {pattern}" for pattern in turn.get("not", ()) if re.search(pattern, said.text))
    yield from (f"not used: {name}" for name in turn.get("replies", ()) if name not in said.replies)
    yield from (f"no button: {title}" for title in turn.get("buttons", ()) if title not in said.buttons)
    drawn = [card.get("type") for card in said.cards]
    if "cards" in turn and drawn != turn["cards"]:
        yield f"cards are {drawn}, not {turn['cards']}"
    if "form" in turn and (form or "none") != turn["form"]:
        yield f"form is {form}, not {turn['form']}"
    if "asks" in turn and slots.get("requested_slot") != turn["asks"]:
        yield f"asks {slots.get('requested_slot')}, not {turn['asks']}"
    for name, value in turn.get("slots", {}).items():
        if slots.get(name) != value:
            yield f"{name} is {slots.get(name)!r}, not {value!r}"
    debts = {debt["product"]: debt for debt in slots.get("debts") or ()}
    for product, wanted in turn.get("debts", {}).items():
        for name, value in wanted.items():
            if debts.get(product, {}).get(name) != value:
                yield f"{product}.{name} is {debts.get(product, {}).get(name)!r}, not {value!r}"
    if "records" in turn and records != turn["records"]:
        yield f"{records} records, not {turn['records']}"
