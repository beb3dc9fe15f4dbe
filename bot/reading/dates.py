"""Days as people name them: 9号, 下个月15号, 12月8号, 明天, 下周二, 月底, 三天后, 发工资那天."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from bot.reading.calendar_days import Prefer
from bot.reading.characters import MAX_READ
from bot.reading.date_meanings import MEANINGS, DateMention, Reader, with_tail
from bot.reading.date_words import PATTERNS

__all__ = ["DateMention", "find_dates"]

_MAX_FOUND = 60


def find_dates(text: str, today: date, prefer: Prefer = "future") -> list[DateMention]:
    """The days in ``text``, first to last, none overlapping.

    ``today`` is the day it is.
    ``prefer`` says whether a day without a month or year is the next or the last; today counts for both.
    """
    text = text[:MAX_READ]
    reader = Reader(today, prefer)
    found: list[tuple[int, DateMention]] = []
    for order, (name, pattern) in enumerate(PATTERNS.items()):
        found += ((order, mention) for mention in _read(pattern, MEANINGS[name], text, reader))
    chosen: list[DateMention] = []
    for _, mention in sorted(found, key=lambda pair: (pair[1].start, -pair[1].end, pair[0])):
        if not chosen or mention.start >= chosen[-1].end:
            chosen.append(mention)
    return chosen


def _read(
    pattern: re.Pattern[str],
    meaning: Callable[[Reader, re.Match[str]], DateMention | None],
    text: str,
    reader: Reader,
) -> list[DateMention]:
    mentions: list[DateMention] = []
    for match in pattern.finditer(text):
        mention = meaning(reader, match)
        if mention is not None:
            mentions.append(with_tail(mention, match))
        if len(mentions) == _MAX_FOUND:
            break
    return mentions
