"""The page about the journey is drawn from the project as it is."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from bot.journey.agenda import STAGES
from bot.knowledge.loader import catalog
from bot.tools import journey_docs


def test_the_page_is_as_the_forms_and_rules_are() -> None:
    assert journey_docs.main(["--check"]) == 0


def test_every_stage_is_in_the_picture_in_its_order() -> None:
    rows = journey_docs.picture().splitlines()
    arrows = [row.split() for row in rows if " --> " in row]
    assert [(before, after) for before, _, after in arrows] == list(pairwise(STAGES))
    assert "report_agreement / record_call" in journey_docs.picture()


def test_every_cause_has_a_conversation_up_to_a_saved_record() -> None:
    talks = journey_docs.TARGET.read_text("utf-8").split("\n### ")[1:]
    assert [talk.split("\n")[0] for talk in talks] == [
        cause.label_zh for cause in sorted(catalog().causes.values(), key=lambda one: one.order)
    ]
    assert all("编号 1" in talk for talk in talks)


def test_a_page_that_is_behind_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    behind = tmp_path / "journey.md"
    behind.write_text(journey_docs.TARGET.read_text("utf-8").replace("flowchart TD", "flowchart LR"), "utf-8")
    monkeypatch.setattr(journey_docs, "TARGET", behind)
    assert journey_docs.main(["--check"]) == 1
    assert "stale" in capsys.readouterr().err
    assert journey_docs.main([]) == 0
    assert journey_docs.main(["--check"]) == 0
    assert "编号 1" in behind.read_text("utf-8")
