"""``python -m bot facts``."""

from __future__ import annotations

import json

import pytest

from bot.errors import KnowledgeError
from bot.knowledge import command
from bot.knowledge.loader import catalog


def test_the_table_has_a_row_for_every_fact(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run([]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[0].split() == list(command.HEADERS)
    assert len(rows) == len(catalog().facts) + 1


def test_json_holds_every_field(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(["--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == len(catalog().facts)
    assert {"id", "statement_zh", "grade", "source", "checked_on", "expires_on"} <= set(rows[0])


@pytest.mark.parametrize(("day", "code", "some"), [("2026-11-23", 0, False), ("2030-01-01", 1, True)])
def test_stale_facts_are_counted(capsys: pytest.CaptureFixture[str], day: str, code: int, some: bool) -> None:
    assert command.run(["--stale", "--json", "--on", day]) == code
    assert bool(json.loads(capsys.readouterr().out)) == some


def test_wrong_files_are_told_on_standard_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise KnowledgeError("facts/law.yml: cannot be read")

    monkeypatch.setattr(command, "load_catalog", broken)
    assert command.run([]) == 2
    assert "facts/law.yml" in capsys.readouterr().err


def test_a_day_that_does_not_exist_is_refused() -> None:
    with pytest.raises(SystemExit) as caught:
        command.run(["--on", "2026-02-30"])
    assert caught.value.code == 2
