"""How many crises are heard, and how often something harmless is taken for one, on tests/cases/crisis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.settings import ROOT

CASES = ROOT / "tests" / "cases" / "crisis"
CRISIS, HARMLESS = "crisis", "harmless"
FIRST_SIGHT: Mapping[str, tuple[int, int, int, int]] = {
    "first": (224, 272, 34, 621),
    "further": (155, 179, 10, 164),
}
"""Figures as in ``Figures`` for the sets before they were looked at, which is what counts for new sentences."""


@dataclass(frozen=True)
class Figures:
    """What was counted on one set."""

    found: int
    all: int
    false: int
    harmless: int
    missed: tuple[str, ...] = ()
    """The crises that were not heard."""
    mistaken: tuple[str, ...] = ()
    """The harmless sentences that were taken for one."""


def sets() -> dict[str, dict[str, list[str]]]:
    """The sentences of each file under ``crisis`` and ``harmless``."""
    return {path.stem: read(path) for path in sorted(CASES.glob("*.yml"))}


def read(path: Path) -> dict[str, list[str]]:
    """The sentences of one file."""
    told = yaml.safe_load(path.read_text("utf-8"))
    return {key: [str(text) for text in told[key]] for key in (CRISIS, HARMLESS)}


async def measure(agent: Any, told: Mapping[str, list[str]]) -> Figures:
    """What the model of ``agent`` makes of the sentences of one set."""

    async def heard(text: str) -> bool:
        return bool((await agent.parse_message(text))["intent"]["name"] == CRISIS)

    missed = [text for text in told[CRISIS] if not await heard(text)]
    mistaken = [text for text in told[HARMLESS] if await heard(text)]
    return counted(told, missed, mistaken)


def counted(told: Mapping[str, list[str]], missed: list[str], mistaken: list[str]) -> Figures:
    """The figures of a set of which these sentences went wrong."""
    crises, calm = len(told[CRISIS]), len(told[HARMLESS])
    return Figures(crises - len(missed), crises, len(mistaken), calm, tuple(missed), tuple(mistaken))
