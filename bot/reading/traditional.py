"""Which script a person writes, and the bot's own words in the other one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Protocol, TypedDict, cast

from bot.reading.characters import MAX_READ

TRADITIONAL = "traditional"
SIMPLIFIED = "simplified"

_ENOUGH_TRADITIONAL = 2
"""Characters that only traditional script has, from which on a message counts as written in it."""
_ENOUGH_SIMPLIFIED = 3
"""Characters that only simplified script has, without one of the other: more than a button's words hold."""

_NOT = "(?:不要|不用|别用|別用|唔要|唔好用|不想看|看不懂|看不惯|看不慣|睇唔明)(?:用|写|寫|说|說|发|發)?"
_SAY = "(?:用|说|說|讲|講|打|写|寫|换|換|改|转|轉|要|看|发|發|回|切换|切換|显示|顯示)(?:成|为|為|回|到)?用?"
_TRADITIONAL_NAME = "(?:繁体|繁體|正体|正體)(?:中文|字)?"
_SIMPLIFIED_NAME = "(?:简体|簡體)(?:中文|字)?"
_ASKS = (
    (SIMPLIFIED, re.compile(f"{_NOT}{_TRADITIONAL_NAME}|{_SAY}{_SIMPLIFIED_NAME}")),
    (TRADITIONAL, re.compile(f"{_NOT}{_SIMPLIFIED_NAME}|{_SAY}{_TRADITIONAL_NAME}")),
)
_ALONE = (
    (SIMPLIFIED, re.compile(rf"\W*{_SIMPLIFIED_NAME}\W*")),
    (TRADITIONAL, re.compile(rf"\W*{_TRADITIONAL_NAME}\W*")),
)

_EVERYDAY = str.maketrans("羣説户枱", "群說戶台")
"""Where the standard that ``s2hk`` follows is not what a keyboard gives."""

_CHOICES = (
    (re.compile("(?<![公英海])里(?!程)"), "裏"),
    (re.compile("髮(?=卡)"), "發"),
    (re.compile("衝(?=抵)"), "沖"),
    (re.compile("迴(?=音)"), "回"),
)
"""Characters with two traditional forms where OpenCC's dictionary takes the one that our words do not mean."""


class Script(TypedDict):
    """A script by its name, and whether the person asked for it."""

    name: str
    asked: bool


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


def to_traditional(text: str) -> str:
    """``text`` in traditional characters as people type them in Hong Kong and Macau; the words stay the same.

    OpenCC's ``s2hk``: ``s2t`` writes 爲, 喫 and 麪 where everybody writes 為, 吃 and 麵, and ``s2twp`` changes words,
    but what the App shows has to be found on its screen.
    """
    if written_script(text) == TRADITIONAL:
        return text  # what was said before, said again
    converted = _traditional().convert(text).translate(_EVERYDAY)
    for pattern, character in _CHOICES:
        converted = pattern.sub(character, converted)
    return converted


NOT_SHOWN = frozenset({"payload", "metadata"})
"""Parts of a reply that are for programs."""


def in_traditional(part: object) -> None:
    """Convert in place every text inside a mapping or list, however deep, but what is for programs."""
    places = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for place, value in list(places):
        if place in NOT_SHOWN:
            continue
        if isinstance(value, str):
            part[place] = to_traditional(value)  # type: ignore[index]
        else:
            in_traditional(value)


def asked_script(text: str) -> str | None:
    """The script that the message asks for, in so many words; None when it does not."""
    found = [
        (match.end(), -match.start(), script)
        for script, pattern in _ASKS
        for match in pattern.finditer(text[:MAX_READ])
    ]
    if found:
        return max(found)[2]  # the last one; of two that end there, the longer: "do not use" holds "use"
    return next((script for script, pattern in _ALONE if pattern.fullmatch(text[:MAX_READ])), None)


def written_script(text: str) -> str | None:
    """The script that ``text`` (as it was typed) is plainly written in; None when it could be either."""
    characters = text[:MAX_READ]
    traditional = sum(1 for character in characters if _only_traditional(character))
    simplified = sum(1 for character in characters if _only_simplified(character))
    if traditional >= _ENOUGH_TRADITIONAL and traditional >= simplified:
        return TRADITIONAL
    if simplified >= _ENOUGH_SIMPLIFIED and not traditional:
        return SIMPLIFIED
    return None


def script_after(before: Script | None, asked: str | None, written: str | None) -> Script | None:
    """The script to answer in, None for simplified until traditional is met.

    What was asked for holds until something else is asked for; without that, what is plainly written counts.
    """
    if asked:
        return {"name": asked, "asked": True}
    if before and before["asked"]:
        return before
    if written == TRADITIONAL or (written and before):
        return {"name": written, "asked": False}
    return before


@lru_cache(maxsize=1)
def _simplified() -> _Converter:
    from opencc import OpenCC

    return cast("_Converter", OpenCC("t2s"))


@lru_cache(maxsize=1)
def _traditional() -> _Converter:
    from opencc import OpenCC

    return cast("_Converter", OpenCC("s2hk"))


@lru_cache(maxsize=8192)
def _only_traditional(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" and _simplified().convert(character) != character


@lru_cache(maxsize=8192)
def _only_simplified(character: str) -> bool:
    """True for 还 and 贷; also for 后 and 里, which traditional script has with another meaning."""
    return "\u3400" <= character <= "\u9fff" and _traditional().convert(character) != character
