"""Composed cases of how talks went, told to fit the person's cause."""

from __future__ import annotations

from bot.knowledge.lines import line
from bot.knowledge.loader import catalog


def tell(cause: str | None) -> str:
    """The story for ``cause``, or the first there is."""
    told = list(catalog().stories.values())
    story = next((one for one in told if one.cause == cause), told[0])
    return line("story.row", title=story.title_zh, text=story.text_zh, lesson=story.lesson_zh)
