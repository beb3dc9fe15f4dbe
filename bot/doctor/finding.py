"""What a check says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["ok", "note", "wrong"]


@dataclass(frozen=True)
class Finding:
    """One line of the report. Holds no secret: what is shown of an address has its password hidden."""

    area: str
    status: Status
    found: str
    """What was looked at and how it is."""
    todo: str = ""
    """What to do; empty where nothing is to be done."""


def ok(area: str, found: str) -> Finding:
    """All is well."""
    return Finding(area, "ok", found)


def note(area: str, found: str, todo: str) -> Finding:
    """It works, but somebody should know."""
    return Finding(area, "note", found, todo)


def wrong(area: str, found: str, todo: str) -> Finding:
    """It does not work before something is done."""
    return Finding(area, "wrong", found, todo)
