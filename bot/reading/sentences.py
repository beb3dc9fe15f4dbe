"""Where a long text may be cut so that each part still reads well."""

from __future__ import annotations

import re
from collections.abc import Callable

_ENDS = tuple(re.compile(mark) for mark in (r"\n\n+", r"\n", r"[。！？；!?;]+[」”’）)]*|\.\s", r"[，、,：:]\s*"))
_UNBROKEN = re.compile(r"[!-~]+\Z")
_EARLIEST = 3


def cut(text: str, most: int, size: Callable[[str], int]) -> list[str]:
    """``text`` in parts of at most ``most``, as ``size`` counts: characters, bytes, whatever a platform counts.

    Cut after a paragraph, else a line, else a sentence, else a clause; a number or an address stays whole when it
    can. Nothing but white space at the cuts is lost. Raises ``ValueError`` when one character is larger than ``most``.
    """
    parts, left = [], text.strip()
    while size(left) > most:
        fits = _fitting(left, most, size)
        end = _end(left, fits)
        parts.append(left[:end].rstrip())
        left = left[end:].lstrip()
    return [part for part in (*parts, left) if part]


def _fitting(text: str, most: int, size: Callable[[str], int]) -> int:
    """How many characters from the beginning fit, by halving."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(text[:middle]) <= most else (low, middle - 1)
    if low == 0:
        raise ValueError(f"not one character fits into {most}")
    return low


def _end(text: str, fits: int) -> int:
    """The best place to cut in the first ``fits`` characters, not in their first third."""
    head = text[:fits]
    for mark in _ENDS:
        ends = [match.end() for match in mark.finditer(head) if match.end() > fits // _EARLIEST]
        if ends:
            return ends[-1]
    unbroken = _UNBROKEN.search(head)
    return unbroken.start() if unbroken and unbroken.start() > fits // _EARLIEST else fits
