"""Reading one value of a case: a wrong one raises ``PlanInputError`` with its path, itself and the rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from bot.errors import PlanInputError
from bot.money import Fen

MOST_FEN: Final = 10**12
"""Ten billion yuan: no household, so a slip of the keyboard."""
YEARS: Final = (1970, 2200)
_NUMBER: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,18})?")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ID: Final = re.compile(r"[^\s:]{1,64}")


def mapping(path: str, value: object, required: Iterable[str], optional: Iterable[str] = ()) -> Mapping[str, object]:
    """An object with every ``required`` key and no key beside those and ``optional``."""
    if not isinstance(value, Mapping):
        raise PlanInputError(path or "case", value, "must be an object")
    required, known = list(required), {*required, *optional}
    for key in value:
        if key not in known:
            raise PlanInputError(_at(path, key), value[key], "is not a known field")
    for key in required:
        if key not in value:
            raise PlanInputError(_at(path, key), None, "is missing")
    return value


def rows(path: str, value: object, most: int) -> Sequence[object]:
    """A list of at most ``most``."""
    if not isinstance(value, list | tuple):
        raise PlanInputError(path, value, "must be a list")
    if len(value) > most:
        raise PlanInputError(path, len(value), f"must hold at most {most}")
    return value


def whole(path: str, value: object, least: int, most: int) -> int:
    """A whole number from ``least`` to ``most``; true and false are not numbers."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise PlanInputError(path, value, "must be a whole number")
    if not least <= value <= most:
        raise PlanInputError(path, value, f"must be {least} to {most}")
    return value


def fen(path: str, value: object) -> Fen:
    """An amount that is not negative, in whole fen."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise PlanInputError(path, value, "must be a whole number of fen")
    if value < 0:
        raise PlanInputError(path, value, "must not be negative")
    if value > MOST_FEN:
        raise PlanInputError(path, value, f"must be at most {MOST_FEN} fen")
    return Fen(value)


def decimal(path: str, value: object, most: int) -> Decimal:
    """A decimal string such as ``"0.0005"`` from 0 to ``most``."""
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise PlanInputError(path, value, 'must be a decimal string, such as "0.0005"')
    number = Decimal(value)
    if number > most:
        raise PlanInputError(path, value, f"must be at most {most}")
    return number


def day(path: str, value: object) -> date:
    """An ISO date that exists, in a year in which a plan can be made."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise PlanInputError(path, value, "must be a date, YYYY-MM-DD")
    try:
        found = date.fromisoformat(value)
    except ValueError:
        raise PlanInputError(path, value, "must be a date that exists") from None
    if not YEARS[0] <= found.year <= YEARS[1]:
        raise PlanInputError(path, value, f"must be in the years {YEARS[0]} to {YEARS[1]}")
    return found


def choice(path: str, value: object, known: Sequence[str]) -> str:
    """One of ``known``."""
    if not isinstance(value, str) or value not in known:
        raise PlanInputError(path, value, f"must be one of {', '.join(known)}")
    return value


def flag(path: str, value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise PlanInputError(path, value, "must be true or false")
    return value


def text(path: str, value: object) -> str:
    """Any text, also an empty one."""
    if not isinstance(value, str):
        raise PlanInputError(path, value, "must be text")
    return value


def identifier(path: str, value: object, reserved: str) -> str:
    """Text of 1 to 64 characters without spaces or colons, and not ``reserved``."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise PlanInputError(path, value, "must be 1 to 64 characters without spaces or colons")
    if value == reserved:
        raise PlanInputError(path, value, f"must not be {reserved}, which means every debt together")
    return value


def _at(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)
