"""A line of the log stays one line, whatever is in it."""

from __future__ import annotations

import logging
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.log_lines import LONGEST, OneLine, one_line
from bot.service.logs import Json, Text


def record(message: str, *args: object, error: BaseException | None = None) -> logging.LogRecord:
    told = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("bot.x", logging.ERROR, "x.py", 1, message, args, told)


@given(st.text())
def test_nothing_in_a_line_ends_it_or_moves_the_cursor(text: str) -> None:
    told = OneLine().format(record("said: %s", text))

    assert len(told.splitlines()) == 1
    assert [one for one in told if unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"}] == []


def test_a_forged_line_is_seen_for_what_it_is() -> None:
    assert one_line("x\r\n2026-11-23 ERROR bot: all gone") == "x\\r\\n2026-11-23 ERROR bot: all gone"


def test_colours_and_directions_are_written_out() -> None:
    assert one_line("\x1b[31m红\x9b0m \u202e元\u2066\ud800") == "\\x1b[31m红\\x9b0m \\u202e元\\u2066\\ud800"


def test_ordinary_words_stay_as_they_are() -> None:
    assert one_line("在 http://127.0.0.1:5005/ 打开 — “好”") == "在 http://127.0.0.1:5005/ 打开 — “好”"


def test_a_line_does_not_grow_without_end() -> None:
    assert len(one_line("长" * 100_000)) == LONGEST


def test_a_traceback_of_ours_keeps_its_lines() -> None:
    try:
        raise ValueError("x")
    except ValueError as error:
        told = OneLine().format(record("failed", error=error)).splitlines()
    assert told[0].endswith("ERROR bot.x failed")
    assert told[1].startswith("Traceback")


@pytest.mark.parametrize("kind", [Text, Json])
@pytest.mark.parametrize("where", ["message", "channel"])
def test_a_service_s_line_cannot_be_forged_either(kind: type[logging.Formatter], where: str) -> None:
    forged = "x\r\n2026-11-23 ERROR bot: all gone\u2028\u202e\x1b[31m"
    line = record("%s", forged if where == "message" else "y")
    line.channel = forged if where == "channel" else "rest"

    told = kind().format(line)

    assert len(told.splitlines()) == 1
    assert not {"\u2028", "\u202e", "\x1b"} & set(told)
