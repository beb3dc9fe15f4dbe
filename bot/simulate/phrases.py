"""The words of simulated users: phrases from ``phrases.yml``, and amounts as different people write them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

WAN = 10_000


@lru_cache(maxsize=1)
def phrases() -> dict[str, Any]:
    """All phrases, read once."""
    told: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("phrases.yml").read_text("utf-8"))
    return told


def pick(random: Random, *path: str) -> str:
    """One of the phrases found under ``path``."""
    found: Any = phrases()
    for name in path:
        found = found[name]
    return str(random.choice(found))


def amount(fen: int, random: Random) -> str:
    """``fen``, whole yuan, as a person may write it; every way means exactly that amount."""
    number = fen // 100
    written = random.choice([str(number), str(number), f"{number:,}", in_words(number), _in_wan(number)])
    return pick(random, "money").format(written)


def _in_wan(number: int) -> str:
    if number < WAN or number % 100:
        return str(number)
    return f"{number / WAN:g}" + str(phrases()["wan"])


def in_words(number: int) -> str:
    """A whole number below a hundred million in Chinese numerals."""
    high, low = divmod(number, WAN)
    if not high:
        return _below_wan(low)
    gap = phrases()["digits"][0] if 0 < low < 1000 else ""
    many = str(phrases()["liang"]) if high == 2 else _below_wan(high)
    return many + str(phrases()["wan"]) + str(gap) + (_below_wan(low) if low else "")


def _below_wan(number: int) -> str:
    digits: str = phrases()["digits"]
    units: list[str] = phrases()["units"]
    if not number:
        return str(digits[0])
    told, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            told += (digits[0] if gap and told else "") + digits[digit] + units[place]
        gap = not digit
    if told.startswith(digits[1] + units[1]):
        told = told[1:]
    return str(phrases()["liang"] + told[1:]) if told[:1] == digits[2] and told[1:2] in units[2:] else told
