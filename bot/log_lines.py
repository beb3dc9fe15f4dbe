"""Lines of the log: each stays one line and says what it says, whatever somebody put into a request."""

from __future__ import annotations

import logging
import re

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
LONGEST = 2_000
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
"""Ends a line, moves a terminal's cursor, turns the direction of reading, hides, or cannot be written at all."""


def one_line(text: str) -> str:
    """``text`` with such characters written as escapes, at most ``LONGEST`` characters of it."""
    return UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text[:LONGEST])


class OneLine(logging.Formatter):
    """A traceback goes below its line, as ever."""

    def __init__(self) -> None:
        super().__init__(FORMAT)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (the library's name)
        """The line without its traceback."""
        return one_line(super().formatMessage(record))
