"""How a database is opened."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from bot.records import engine as opened
from bot.records.engine import open_engine


def test_many_connections_that_open_a_new_file_at_once_all_get_the_write_ahead_log(tmp_path: Path) -> None:
    """SQLite refuses some of them at once, however long they would wait: seen in about one of sixty."""
    together = Barrier(8)

    def mode(url: str) -> str:
        engine = open_engine(url)
        together.wait()
        with engine.begin() as connection:
            return str(connection.exec_driver_sql("PRAGMA journal_mode").scalar())

    for attempt in range(40):
        with ThreadPoolExecutor(8) as pool:
            modes = list(pool.map(mode, [f"sqlite:///{tmp_path}/{attempt}.db"] * 8))
        assert modes == ["wal"] * 8


@pytest.mark.parametrize(
    ("text", "waits"), [("disk I/O error", 0), ("database or disk is full", 0), ("database is locked", 2)]
)
def test_only_a_locked_file_is_waited_for(monkeypatch: pytest.MonkeyPatch, text: str, waits: int) -> None:
    slept: list[float] = []
    monkeypatch.setattr(opened, "sleep", slept.append)
    monkeypatch.setattr(opened, "WAITS", (0.1, 0.2))

    class Refuses:
        def execute(self, _: str) -> Any:
            raise sqlite3.OperationalError(text)

    with pytest.raises(sqlite3.OperationalError, match=text):
        opened._write_ahead(Refuses())
    assert len(slept) == waits
