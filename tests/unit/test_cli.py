"""The command line."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from records.writer import talk

from bot import bootstrap, cli
from bot.channels.outbox import Box, Outbox
from bot.channels.stores import memory
from bot.errors import SettingsError
from bot.records.migrate import FOLDER
from bot.settings import settings


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project that has not kept anything yet."""
    for name in ("CONVERSATIONS_URL", "RECORDS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GUIDE_VAR", str(tmp_path))
    settings.cache_clear()
    bootstrap.records.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    settings.cache_clear()
    bootstrap.records.cache_clear()


def test_without_a_command_the_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    listed = capsys.readouterr().out
    assert all(f"  {name} " in listed for name in cli.COMMANDS)


def test_help_is_no_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    assert capsys.readouterr().err == ""


def test_an_unknown_command_is_refused_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["dance"]) == 2
    told = capsys.readouterr()
    assert "unknown command 'dance'" in told.err
    assert told.out == ""


def test_every_command_says_what_it_does() -> None:
    assert all(command.__doc__ for command in cli.COMMANDS.values())


def test_an_error_on_purpose_is_one_line_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: list[str]) -> int:
        raise SettingsError("GUIDE_PORT='x': a whole number")

    monkeypatch.setitem(cli.COMMANDS, "plan", fail)

    assert cli.main(["plan"]) == 2
    assert capsys.readouterr().err == "GUIDE_PORT='x': a whole number\n"


def test_other_errors_are_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: list[str]) -> int:
        raise ZeroDivisionError

    monkeypatch.setitem(cli.COMMANDS, "plan", fail)
    with pytest.raises(ZeroDivisionError):
        cli.main(["plan"])


def test_records_prints_one_line_of_json_a_record(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bootstrap.records().add("one", talk())
    bootstrap.records().add("two", talk())

    assert cli.main(["records", "one"]) == 0

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["number"], line["talk"]["monthly_fen"]) for line in lines] == [(1, 100_000)]


def test_the_database_of_the_records_can_be_migrated_alone(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["records", "--migrate"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "revision": max(one.name[:4] for one in (FOLDER / "versions").glob("0*.py"))
    }
    assert (var / "records.db").exists()


def test_export_prints_everything_and_writes_the_papers(
    var: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bootstrap.records().add("one", talk())

    assert cli.main(["export", "one", str(tmp_path / "out")]) == 0

    told = json.loads(capsys.readouterr().out)
    assert len(told["records"]) == 1
    assert len(told["reminders"]) == 13
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"pack.pdf", "pack-phone.pdf", "card.png", "calendar.ics", "pack.json"} <= written


@pytest.mark.parametrize("arguments", [[], ["one", "two", "three"]])
def test_export_takes_one_person_and_a_folder(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", *arguments]) == 2
    assert "name one user" in capsys.readouterr().err


def test_forget_deletes_records_and_conversation(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bootstrap.records().add("wechat:one", talk())
    asyncio.run(Outbox(memory("", settings().var), "wechat").keep(Box("one", ("not delivered",))))

    assert cli.main(["forget", "wechat:one"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told == {"records": 1, "events": 0, "reminders": 13, "waiting": 1, "left": 0}
    assert bootstrap.records().of("wechat:one") == []
    assert asyncio.run(Outbox(memory("", settings().var), "wechat").take("one")) == Box("one")


@pytest.mark.parametrize("arguments", [[], ["one", "two"]])
@pytest.mark.parametrize("command", ["records", "forget"])
def test_one_person_has_to_be_named(command: str, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([command, *arguments]) == 2
    assert "name one user" in capsys.readouterr().err


def test_the_facts_are_reached(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["facts", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) > 50
