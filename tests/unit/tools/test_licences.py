"""The page of licences: every locked library is on it, with what it states."""

from __future__ import annotations

from bot.tools.licences import LOCKED, PAGE, licence, page


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text("utf-8") == page()


def test_every_library_states_its_licence() -> None:
    rows = page().splitlines()
    assert len(rows) > 150
    assert [row for row in rows if "not stated" in row or "not installed" in row] == []


def test_a_library_that_is_not_there_is_said_to_be_missing() -> None:
    assert licence("no-such-library-at-all") == "not installed here"


def test_a_lock_file_is_read_by_name_and_version() -> None:
    assert LOCKED.findall("a-b==1.2 \\\n    --hash=sha256:x\nc==3 ; python_version < '4'\n") == [
        ("a-b", "1.2"),
        ("c", "3"),
    ]
