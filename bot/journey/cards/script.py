"""The card of the call script, and those of its versions in writing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.journey.script import Step
from bot.knowledge.lines import line

VERSION = 1
WRITTEN = ("messages", "letter", "social")


def script(steps: Sequence[Step]) -> dict[str, Any]:
    """All steps of the call, and buttons for the versions in writing."""
    return {
        "type": "script",
        "version": VERSION,
        "title": line("pack.script"),
        "steps": [{"id": step.id, "title": step.title, "lines": list(step.lines), "kind": step.kind} for step in steps],
        "versions": [
            {"title": line(f"version.{one}"), "payload": f'/ask_script{{"answer": "script.{one}"}}'} for one in WRITTEN
        ],
    }


def buttons(*names: str) -> list[dict[str, str]]:
    """Buttons for these versions."""
    return [
        {"title": line(f"version_button.{name}"), "payload": f'/ask_script{{"answer": "script.{name}"}}'}
        for name in names
    ]


def written(name: str, lines: Sequence[str]) -> dict[str, Any]:
    """``messages``, ``letter`` or ``social``: the letter is copied whole, the others line by line."""
    kind = "letter" if name == "letter" else "messages"
    return {"type": kind, "version": VERSION, "title": line(f"version.{name}"), "lines": list(lines)}
