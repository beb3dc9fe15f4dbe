"""What the doctor says of this machine, each check against the real thing."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bot.doctor import machine
from bot.doctor.finding import Finding
from bot.knowledge.loader import catalog
from bot.settings import ROOT, Settings, read_settings

FACTS = list(catalog().facts.values())


def statuses(found: Iterable[Finding]) -> list[str]:
    told = list(found)
    assert all(one.todo for one in told if one.status != "ok"), "whatever is not well says what to do"
    return [one.status for one in told]


def test_this_python_will_do_and_another_will_not() -> None:
    assert statuses(machine.python()) == ["ok"]
    assert statuses(machine.python((3, 12, 1))) == ["wrong"]


def test_this_rasa_will_do_and_another_or_none_will_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "RASA", "3.7.0")
    assert statuses(machine.python()) == ["ok", "wrong"]

    def missing(name: str) -> str:
        raise machine.PackageNotFoundError(name)

    monkeypatch.setattr(machine, "version", missing)
    assert statuses(machine.python()) == ["ok", "wrong"]


def project(folder: Path) -> Path:
    for name in ("config.yml", "domain.yml", "data/nlu/plan.yml", "bot/knowledge/facts/a.yml", "bot/reading/a.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
        os.utime(folder / name, (1000, 1000))
    return folder


def test_a_model_must_be_there(tmp_path: Path) -> None:
    (found,) = machine.model(project(tmp_path))
    assert found.status == "wrong"
    assert "make train" in found.todo


@pytest.mark.parametrize(
    "changed", ["data/nlu/plan.yml", "config.yml", "bot/knowledge/facts/a.yml", "bot/reading/a.py"]
)
def test_a_model_must_be_newer_than_what_it_is_made_from(tmp_path: Path, changed: str) -> None:
    root = project(tmp_path)
    (root / "models").mkdir()
    (root / "models" / "guide.tar.gz").write_text("x")
    os.utime(root / "models" / "guide.tar.gz", (2000, 2000))
    assert statuses(machine.model(root)) == ["ok"]

    os.utime(root / changed, (3000, 3000))
    (found,) = machine.model(root)
    assert found.status == "wrong"
    assert changed in found.found


def test_what_makes_a_model_old_is_what_the_makefile_says() -> None:
    wanted = next(row for row in (ROOT / "Makefile").read_text().splitlines() if row.startswith("TRAINED_FROM"))
    assert all(name in wanted for name in machine.TRAINED_FROM)


def test_the_folder_is_made_and_can_be_written_to(tmp_path: Path) -> None:
    assert statuses(machine.disk(tmp_path / "new" / "var")) == ["ok"]
    assert list((tmp_path / "new" / "var").iterdir()) == []
    (tmp_path / "file").write_text("no folder")
    assert statuses(machine.disk(tmp_path / "file" / "var")) == ["wrong"]


@pytest.mark.parametrize(("least", "little", "status"), [(0, 0, "ok"), (0, 2**62, "note"), (2**62, 2**62, "wrong")])
def test_a_full_disk_is_named(
    least: int, little: int, status: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "LEAST_FREE", least)
    monkeypatch.setattr(machine, "LITTLE_FREE", little)
    assert statuses(machine.disk(tmp_path)) == [status]


def listening_on(port: int) -> Settings:
    return read_settings({"GUIDE_PORT": str(port)})


def test_a_port_that_somebody_else_has_is_wrong() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        given = listening_on(taken.getsockname()[1])
        taken.settimeout(1)
        threading.Thread(target=lambda: taken.accept()[0].close(), daemon=True).start()
        assert statuses(machine.port(given)) == ["wrong"]
    assert statuses(machine.port(given)) == ["ok"]


@pytest.fixture
def guide() -> Iterator[int]:
    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/webhooks/rest/" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Health) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_the_guide_itself_may_have_its_port(guide: int) -> None:
    (found,) = machine.port(listening_on(guide))
    assert (found.status, "running" in found.found) == ("ok", True)


def test_a_port_that_only_another_user_may_have_is_wrong() -> None:
    given = read_settings({"GUIDE_HOST": "203.0.113.1"})  # not an address of this machine
    assert statuses(machine.port(given)) == ["wrong"]


def test_a_clock_before_the_facts_is_wrong_and_a_fixed_day_is_noted() -> None:
    latest = max(fact.checked_on for fact in FACTS)
    noon = datetime(latest.year, latest.month, latest.day, 12, tzinfo=timezone.utc)
    assert statuses(machine.clock(noon, FACTS, None)) == ["ok"]
    assert statuses(machine.clock(noon - timedelta(days=3), FACTS, None)) == ["wrong"]
    assert statuses(machine.clock(noon, FACTS, date(2026, 11, 23))) == ["ok", "note"]


def test_facts_that_have_expired_are_wrong_and_those_that_soon_will_are_noted() -> None:
    first = min(fact.expires_on for fact in FACTS)
    assert statuses(machine.facts_fresh(FACTS, first - timedelta(days=31))) == ["ok"]
    assert statuses(machine.facts_fresh(FACTS, first - timedelta(days=30))) == ["note"]
    (found, *_) = machine.facts_fresh(FACTS, first)
    assert found.status == "wrong"
    assert "bot facts --stale" in found.todo


def test_the_font_is_there_and_a_typesetter_that_fails_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert statuses(machine.font()) == ["ok"]
    monkeypatch.setattr("bot.papers.files.HERE", Path("/nowhere"))
    assert statuses(machine.font()) == ["wrong"]
