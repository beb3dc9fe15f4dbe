"""Replies of a turn as one plain text, with choices that can be answered by their number or letter.

Buttons become a list. It is numbered when a number can mean nothing but a choice, and lettered when the question asked
last has no buttons or a button's own title holds a small number ("3 months": is "3" the third or the months?).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.knowledge.lines import line
from bot.reading import normalise
from bot.reading.choices import read_choice

SMALL_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
LETTER = re.compile(r"[A-Za-z]")
MOST_LETTERS = 26


@dataclass(frozen=True)
class Choice:
    """One button: what is shown and what it sends."""

    title: str
    payload: str


@dataclass(frozen=True)
class Plain:
    """What is sent as text, and what may be chosen in it."""

    text: str
    choices: tuple[Choice, ...] = ()
    lettered: bool = False
    body: str = ""
    """The text without the list, where buttons below it can take its place: all choices belong to what is said last."""

    @property
    def titles(self) -> tuple[str, ...]:
        """What stands on the buttons; pressing one says it."""
        return tuple(choice.title for choice in self.choices)

    @property
    def labels(self) -> tuple[str, ...]:
        """The number or letter of each choice."""
        return tuple(_label(place, self.lettered) for place in range(len(self.choices)))


def compose(messages: Sequence[Mapping[str, Any]]) -> Plain:
    """All messages of a turn as one text; an empty text when there is nothing to say."""
    messages = [message for message in messages if any(_texts(message)) or _choices(message)]  # a card says nothing
    choices = tuple(choice for message in messages for choice in _choices(message))
    lettered = bool(choices) and (not _choices(messages[-1]) or _numbers_clash(choices))
    place, blocks = 0, []
    for message in messages:
        rows = list(_texts(message))
        for choice in _choices(message):
            rows.append(f"{_label(place, lettered)}. {choice.title}")
            place += 1
        blocks.append("\n".join(rows))
    if choices:
        blocks.append(line("channel.choose_letter" if lettered else "channel.choose_number"))
    body = ""
    if choices and len(_choices(messages[-1])) == len(choices):
        body = _joined("\n".join(_texts(message)) for message in messages)
    return Plain(_joined(blocks), choices, lettered, body)


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in blocks if block)


def meant(text: str, choices: Sequence[Choice], lettered: bool) -> str:
    """The payload of the choice that ``text`` names; ``text`` itself when it names none."""
    said = normalise(text).strip()
    for choice in choices:
        if said in (choice.title, normalise(choice.title)):
            return choice.payload
    if lettered and not LETTER.search(said):
        return text
    place = read_choice(said, len(choices))
    return choices[place - 1].payload if place else text


def _choices(message: Mapping[str, Any]) -> list[Choice]:
    buttons = message.get("buttons") or ()
    return [
        Choice(str(one["title"]), str(one["payload"])) for one in buttons if one.get("title") and one.get("payload")
    ]


def _texts(message: Mapping[str, Any]) -> Iterable[str]:
    """Text, then a link for each picture and file. A card's text is used only where no text stands beside it."""
    text = message.get("text")
    card = message.get("custom")
    if not text and isinstance(card, Mapping):
        text = card.get("text")
    if text:
        yield str(text).strip()
    for kind, key in (("image", "channel.picture"), ("attachment", "channel.file")):
        if address := _address(message.get(kind)):
            yield line(key, address=address)


def _address(given: Any) -> str | None:
    """The address of a picture or a file: a text, or inside what Facebook's format makes of it."""
    if isinstance(given, Mapping):
        payload = given.get("payload")
        given = payload.get("src") or payload.get("url") if isinstance(payload, Mapping) else given.get("url")
    return given if isinstance(given, str) and given else None


def _numbers_clash(choices: Sequence[Choice]) -> bool:
    return len(choices) <= MOST_LETTERS and any(
        SMALL_NUMBER.search(normalise(choice.title)) and choice.payload != str(place)
        for place, choice in enumerate(choices, 1)
    )


def _label(place: int, lettered: bool) -> str:
    return chr(ord("A") + place) if lettered and place < MOST_LETTERS else str(place + 1)
