"""The report as a whole: what it prints, how it ends, and that it gets to its end."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from redis_server import free_port

from bot import cli
from bot.doctor.command import as_text, examine, run
from bot.doctor.finding import note, ok, wrong
from bot.settings import ROOT, settings


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a model and this project's credentials."""
    shutil.copy(ROOT / "credentials.yml", tmp_path)
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "guide.tar.gz").write_text("x")
    return tmp_path


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {"GUIDE_VAR": str(folder / "var"), "GUIDE_PORT": str(free_port()), **more}


def test_a_sound_setup_has_nothing_wrong(root: Path) -> None:
    found = list(examine(environment(root), root, is_online=False))
    assert [one for one in found if one.status == "wrong" and one.area != "facts"] == []
    assert {one.area for one in found} >= {"python", "model", "papers", "facts", "clock", "disk", "port", "database"}


def test_with_a_messenger_on_and_nothing_set_everything_missing_is_named(root: Path) -> None:
    told = (
        (root / "credentials.yml")
        .read_text("utf-8")
        .replace("# bot.channels.wechat.WeChat:", "bot.channels.wechat.WeChat:")
    )
    (root / "credentials.yml").write_text(told, "utf-8")
    redis = f"redis://:made-up-password@127.0.0.1:{free_port()}/0"
    found = list(examine(environment(root, CHANNELS_REDIS_URL=redis), root, is_online=True))
    assert {one.area for one in found if one.status == "wrong"} >= {"wechat", "address", "redis"}
    assert "made-up" not in repr(found)


def test_a_setting_that_cannot_be_read_ends_the_report_there(root: Path) -> None:
    *_, last = examine(environment(root, GUIDE_PORT="many"), root, is_online=False)
    assert (last.area, last.status) == ("settings", "wrong")


def test_a_credentials_file_that_cannot_be_read_is_named(root: Path) -> None:
    (root / "credentials.yml").write_text("a: b: c")
    *_, last = examine(environment(root), root, is_online=False)
    assert (last.area, last.status) == ("channels", "wrong")


def test_it_ends_with_0_or_1_and_prints_lines_or_json(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.doctor.command.ROOT", root)
    for name, value in environment(root).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("bot.doctor.machine.facts_fresh", lambda *_: iter(()))
    settings.cache_clear()
    assert run(["--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert all(row.keys() == {"area", "status", "found", "todo"} for row in rows)

    (root / "models" / "guide.tar.gz").unlink()
    assert cli.main(["doctor"]) == 1
    out = capsys.readouterr().out
    assert "WRONG" in out
    assert "-> run `make train`" in out
    settings.cache_clear()


def test_what_to_do_stands_below_what_was_found() -> None:
    told = as_text([ok("python", "3.10.13"), note("clock", "fixed", "unset it"), wrong("model", "none", "train")])
    assert told.splitlines() == [
        "python    ok     3.10.13",
        "clock     note   fixed",
        "                 -> unset it",
        "model     WRONG  none",
        "                 -> train",
        "",
        "1 to put right.",
    ]
    assert as_text([]).endswith("All that is needed is there.\n")
