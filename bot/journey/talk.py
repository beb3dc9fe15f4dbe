"""The script in parts that fit a telephone's screen, and which part a message asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.journey.script import Step
from bot.knowledge.script_words import script_part, wants_next

OFFER = "script:"
"""Begins the pending offer of the next part; its number, from 1, follows."""
PRESSED = "script."
"""Begins the value of an entity with which a button names a part."""
ON_A_PAGE = 4
"""Refusals that are told at once."""


@dataclass(frozen=True)
class Part:
    """One part: ``words``, ``refusals`` (with its page) or ``points``."""

    kind: str
    page: int = 0


def parts(made: Sequence[Step]) -> tuple[Part, ...]:
    """The parts in their order."""
    pages = -(-len(_refusals(made)) // ON_A_PAGE)
    return (Part("words"), *(Part("refusals", page) for page in range(1, pages + 1)), Part("points"))


def page(made: Sequence[Step], number: int) -> str:
    """The refusals of page ``number``, from 1."""
    told = _refusals(made)[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    return "\n".join(told)


def pages(made: Sequence[Step]) -> int:
    """How many pages of refusals there are."""
    return sum(part.kind == "refusals" for part in parts(made))


def offer(number: int, made: Sequence[Step]) -> str | None:
    """The pending offer after part ``number``; None after the last."""
    return f"{OFFER}{number + 1}" if number + 1 < len(parts(made)) else None


def is_offered(pending: object) -> bool:
    """True when the next part of the script is what was offered last."""
    return str(pending or "").startswith(OFFER)


def wanted(text: str, values: Sequence[object], pending: object, is_asked: bool) -> str | int:
    """What to tell: the name of a part or version, or the number of a part.

    ``values`` are those of the message's entities: a button names a part so. ``is_asked``: the message asks for the
    script itself, so it begins anew unless it names something.
    """
    pressed = (str(value).removeprefix(PRESSED) for value in values if str(value).startswith(PRESSED))
    named = next(pressed, None) or script_part(text)
    if named is not None:
        return named
    if is_offered(pending) and (not is_asked or wants_next(text)):
        return int(str(pending).removeprefix(OFFER))
    return 0


def find(made: Sequence[Step], name: str) -> int:
    """The number of the part that holds the step ``name``."""
    kind = "refusals" if name == "refusals" else "points"
    return next(number for number, part in enumerate(parts(made)) if part.kind == kind)


def goes_on(text: str, pending: object) -> bool:
    """True when the message asks for the next part, which was offered."""
    return is_offered(pending) and wants_next(text)


def _refusals(made: Sequence[Step]) -> tuple[str, ...]:
    return next((step.lines for step in made if step.id == "refusals"), ())
