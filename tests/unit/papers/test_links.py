"""Links: nobody guesses one, each ends after a day, and deleting one's data ends them at once."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import CHINA
from bot.papers import links
from bot.papers.files import FILES
from bot.records.sql import SqlRecordStore
from papers.packs import ordinary

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=CHINA)


@pytest.fixture
def store(tmp_path: Path) -> SqlRecordStore:
    return SqlRecordStore(f"sqlite:///{tmp_path / 'records.db'}")


def secret_of(made: dict[str, str]) -> str:
    """The secret part of a link."""
    return made["pack.pdf"].split("/")[-2]


def test_a_link_leads_to_each_file(store: SqlRecordStore) -> None:
    made = links.make(store, "one", ordinary(), NOW, "https://guide.example")
    assert made["pack.pdf"].startswith("https://guide.example/papers/")
    for name in FILES:
        found = links.follow(store, secret_of(made), name, NOW)
        assert found == (FILES[name].make(ordinary()), FILES[name].content_type)


def test_a_link_ends_after_a_day(store: SqlRecordStore) -> None:
    secret = secret_of(links.make(store, "one", ordinary(), NOW, ""))
    assert links.follow(store, secret, "pack.json", NOW + timedelta(hours=23, minutes=59)) is not None
    assert links.follow(store, secret, "pack.json", NOW + timedelta(hours=24)) is None


def test_secrets_are_long_and_never_the_same_and_are_not_kept(store: SqlRecordStore, tmp_path: Path) -> None:
    secrets = {secret_of(links.make(store, "one", ordinary(), NOW, "")) for _ in range(20)}
    assert len(secrets) == 20
    assert all(links.SECRET.fullmatch(secret) for secret in secrets)
    with sqlite3.connect(tmp_path / "records.db") as raw:
        kept = "".join(str(row) for row in raw.execute("SELECT * FROM links"))
    assert not any(secret in kept for secret in secrets)


@pytest.mark.parametrize("secret", ["", "x" * 43, "../" * 14 + "x", "' OR 1=1 --", "é" * 43])
def test_a_wrong_secret_leads_nowhere(store: SqlRecordStore, secret: str) -> None:
    links.make(store, "one", ordinary(), NOW, "")
    assert links.follow(store, secret, "pack.pdf", NOW) is None


def test_a_file_that_is_none_of_the_pack_is_not_there(store: SqlRecordStore) -> None:
    secret = secret_of(links.make(store, "one", ordinary(), NOW, ""))
    assert links.follow(store, secret, "../records.db", NOW) is None


def test_forgetting_a_person_ends_their_links(store: SqlRecordStore) -> None:
    secret = secret_of(links.make(store, "one", ordinary(), NOW, ""))
    store.forget("one")
    assert links.follow(store, secret, "pack.json", NOW) is None


def test_links_that_have_ended_are_cleared_away(store: SqlRecordStore, tmp_path: Path) -> None:
    links.make(store, "one", ordinary(), NOW - timedelta(days=2), "")
    links.make(store, "two", ordinary(), NOW, "")
    with sqlite3.connect(tmp_path / "records.db") as raw:
        assert raw.execute("SELECT count(*) FROM links").fetchone() == (1,)
