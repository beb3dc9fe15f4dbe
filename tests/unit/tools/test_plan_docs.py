"""docs/plan.md is what the engine says today, and says no number of its own."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from bot.plan.command import run
from bot.tools import plan_docs


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for the page and its picture apart from the real ones."""
    monkeypatch.setattr(plan_docs, "TARGET", tmp_path / "plan.md")
    monkeypatch.setattr(plan_docs, "PICTURE", tmp_path / "plan.png")
    return tmp_path


def test_the_page_is_fresh() -> None:
    assert plan_docs.main(["--check"]) == 0


def test_the_template_says_no_number_of_its_own() -> None:
    template = (plan_docs.HERE / "plan_docs.md").read_text("utf-8")
    assert re.findall(r"[^\n]*\d[^\n]*", re.sub(r"\{[^}]*\}", "", template)) == []


def test_what_is_missing_is_stale_and_is_written(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert plan_docs.main(["--check"]) == 1
    assert "plan.md" in capsys.readouterr().err
    assert not list(elsewhere.iterdir())

    assert plan_docs.main([]) == 0
    assert (elsewhere / "plan.png").read_bytes().startswith(b"\x89PNG")
    assert plan_docs.main(["--check"]) == 0


def test_a_page_with_another_number_is_stale(elsewhere: Path) -> None:
    plan_docs.main([])
    page = elsewhere / "plan.md"
    page.write_text(page.read_text("utf-8").replace("12", "13", 1), "utf-8")

    assert plan_docs.main(["--check"]) == 1


@pytest.mark.parametrize("name", ["one", "overdue", "several", "nothing"])
def test_every_case_can_be_recomputed_on_the_command_line(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert plan_docs.main(["--case", name]) == 0
    case = capsys.readouterr().out
    assert json.loads(case)["as_of"] == "2026-11-23"

    monkeypatch.setattr("sys.stdin", io.StringIO(case))
    assert run(["-", "--table"]) == 0
    assert "Ladder" in capsys.readouterr().out


def test_a_case_that_is_not_there_is_refused() -> None:
    with pytest.raises(SystemExit) as refused:
        plan_docs.main(["--case", "elsewhere"])
    assert refused.value.code == 2
