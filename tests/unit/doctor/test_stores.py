"""What the doctor says of databases and Redis: real ones, or none."""

from __future__ import annotations

from pathlib import Path

import pytest
from redis_server import free_port, redis_server
from sqlalchemy import create_engine, text

from bot.doctor.stores import databases, redis
from bot.records.sql import SqlRecordStore
from bot.settings import Settings, read_settings


def records_at(url: str) -> Settings:
    return read_settings({"RECORDS_URL": url, "GUIDE_VAR": "/tmp/nowhere-at-all"})


def test_a_database_that_is_not_there_yet_is_made_at_the_first_start(tmp_path: Path) -> None:
    found = list(databases(read_settings({"GUIDE_VAR": str(tmp_path / "var")})))
    assert [one.status for one in found] == ["ok", "ok"]
    assert not (tmp_path / "var").exists(), "looking makes nothing"


def test_records_of_the_newest_form_are_well_and_older_ones_are_to_be_migrated(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'records.db'}"
    SqlRecordStore(url)
    assert [one.status for one in databases(records_at(url))] == ["ok", "ok"]
    with create_engine(url).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    _, found = databases(records_at(url))
    assert found.status == "wrong"
    assert "bot records --migrate" in found.todo
    with create_engine(url).begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    assert [one.status for one in databases(records_at(url))] == ["ok", "note"]


def test_a_file_that_is_no_database_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "records.db").write_text("this is not a database" * 100)
    _, found = databases(records_at(f"sqlite:///{tmp_path / 'records.db'}"))
    assert (found.status, "DatabaseError" in found.found) == ("wrong", True)


def test_a_database_that_does_not_answer_is_wrong_and_its_password_stays_secret() -> None:
    _, found = databases(records_at(f"postgresql://guide:made-up-password@127.0.0.1:{free_port()}/guide"))
    assert found.status == "wrong"
    assert "RECORDS_URL" in found.todo
    assert "made-up" not in repr(found)
    assert "127.0.0.1" in found.found


@pytest.mark.parametrize("url", ["no address", "unknown://user:made-up-password@host/x"])
def test_an_address_that_is_none_is_wrong_and_is_not_shown(url: str) -> None:
    _, found = databases(records_at(url))
    assert found.status == "wrong"
    assert "made-up-password" not in repr(found)


@pytest.mark.redis
def test_a_redis_that_answers_is_well(tmp_path: Path) -> None:
    with redis_server(tmp_path) as url:
        assert [one.status for one in redis(url, is_needed=True)] == ["ok"]
    (found,) = redis(url, is_needed=True)
    assert found.status == "wrong"


@pytest.mark.parametrize("url", ["redis://:made-up-password@127.0.0.1:9/0", "made-up-password"])
def test_a_redis_that_does_not_answer_is_wrong_and_its_password_stays_secret(url: str) -> None:
    (found,) = redis(url, is_needed=False)
    assert found.status == "wrong"
    assert "made-up" not in repr(found)


def test_without_a_redis_a_file_will_do() -> None:
    assert list(redis("", is_needed=False)) == []
    assert [one.status for one in redis("", is_needed=True)] == ["ok"]
