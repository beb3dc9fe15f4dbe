"""What agents say to turn somebody down, and what to answer."""

from __future__ import annotations

from bot.knowledge.lines import line
from bot.knowledge.loader import catalog
from bot.knowledge.model import Refusal
from bot.knowledge.spelling import as_meant

REHEARSED = ("no_policy", "only_full_amount", "pay_part_first", "borrow_from_relatives")
"""Those heard most, in the order of a usual call."""


def find(text: str) -> Refusal | None:
    """The refusal that ``text`` quotes: the one with the longest phrase in it."""
    read = as_meant(text)
    found = [
        (len(phrase), refusal)
        for refusal in catalog().refusals.values()
        for phrase in refusal.they_say
        if phrase in read
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def rehearsal() -> str:
    """The refusals heard most, each with its answer."""
    known = catalog().refusals
    return "\n".join(
        line("refusal.row", they_say=known[name].they_say[0], answer=known[name].answer_zh) for name in REHEARSED
    )
