"""Every mistake has its lines; a detector that finds too much or too little fails, also on lines it never saw."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.coaching.acts import read_line

FOLDER = Path(__file__).parents[2] / "cases" / "rehearsal"
FILES = sorted(FOLDER.glob("*.yml"))
PRECISION, RECALL = 0.9, 0.8
LEAST = 25


def found(name: str, told: dict[str, Any], text: str) -> bool:
    """Whether ``text`` is taken to do ``name``."""
    floor, offer = (told[key] * 100 if key in told else None for key in ("floor", "offer"))
    return name in read_line(text, floor, offer).acts


def counted(path: Path, part: str) -> tuple[int, list[str], list[str]]:
    """How many lines of ``part`` were found rightly, which were missed, which were found wrongly."""
    told = yaml.safe_load(path.read_text("utf-8"))
    missed = [text for text in told[part]["is"] if not found(path.stem, told, text)]
    false = [text for text in told[part]["is_not"] if found(path.stem, told, text)]
    return len(told[part]["is"]) - len(missed), missed, false


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_detector_is_precise_and_misses_little(path: Path) -> None:
    hits, missed, false = counted(path, "lines")

    assert hits / (hits + len(false)) >= PRECISION, false
    assert hits / (hits + len(missed)) >= RECALL, missed


def test_all_detectors_together_hold_on_lines_they_were_not_fitted_to() -> None:
    hits, missed, false = zip(*(counted(path, "held_out") for path in FILES), strict=True)

    assert sum(hits) / (sum(hits) + sum(map(len, false))) >= PRECISION, false
    assert sum(hits) / (sum(hits) + sum(map(len, missed))) >= RECALL, missed


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_detector_has_lines_enough(path: Path) -> None:
    told = yaml.safe_load(path.read_text("utf-8"))
    assert sum(len(texts) for texts in told["lines"].values()) >= LEAST


OTHERS = sorted((FOLDER.parent / "rehearsal_others").glob("*.yml"))
REACHED = {"lines": (0.95, 0.9), "held_out": (0.75, 0.5)}
"""Precision and recall over all detectors on lines written by somebody else: what is reached, rounded down."""


@pytest.mark.parametrize("part", REACHED)
def test_lines_written_by_somebody_else_are_read_as_well_as_is_claimed(part: str) -> None:
    right = wrong = missed = 0
    for path in OTHERS:
        for one in yaml.safe_load(path.read_text("utf-8"))[part]:
            is_found = found(path.stem, one, one["text"])
            right += is_found and one["is"]
            wrong += is_found and not one["is"]
            missed += one["is"] and not is_found

    precision, recall = REACHED[part]
    assert right / (right + wrong) >= precision
    assert right / (right + missed) >= recall
