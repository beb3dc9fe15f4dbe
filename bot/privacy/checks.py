"""Check digits: whether a row of digits can be an identity number or a card number at all."""

from __future__ import annotations

from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
"""GB 11643-1999: the weights of the first 17 digits, and the check character for each remainder."""

_PROVINCES = frozenset(
    map(
        str,
        (
            *range(11, 16),
            *range(21, 24),
            *range(31, 38),
            *range(41, 47),
            *range(50, 55),
            *range(61, 66),
            71,
            81,
            82,
            83,
        ),
    )
)
"""GB/T 2260: the first two digits; 81 to 83 are residence permits of Hong Kong, Macau and Taiwan."""

_FIRST_YEAR, _LAST_YEAR = 1900, 2099


def is_identity_number(text: str) -> bool:
    """True for 18 characters whose province, birthday and check character fit, or 15 digits of the old form."""
    if len(text) == 15:
        return text.isdigit() and text[:2] in _PROVINCES and _is_day("19" + text[6:12])
    if len(text) != 18 or not text[:17].isdigit() or text[:2] not in _PROVINCES or not _is_day(text[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], _WEIGHTS, strict=True))
    return text[17].upper() == _CHECK[total % 11]


def is_card_number(text: str) -> bool:
    """True for 16 to 19 digits that begin as cards do and pass the Luhn check (ISO/IEC 7812-1)."""
    return text.isdigit() and 16 <= len(text) <= 19 and text[0] in "34569" and _luhn(text) % 10 == 0


def _luhn(digits: str) -> int:
    """The Luhn sum of ``digits``, check digit included."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled)


def _is_day(text: str) -> bool:
    """True for the eight digits of a day that there is."""
    try:
        day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return _FIRST_YEAR <= day.year <= _LAST_YEAR
