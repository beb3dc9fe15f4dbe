"""The cards of a talk with the lender: before it is saved, all that were saved, and the files to take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.journey import record, record_check, render
from bot.journey.case import Case
from bot.knowledge.lines import line
from bot.records.store import Record

VERSION = 1
FILES = {
    "pack.pdf": "pdf",
    "pack-phone.pdf": "pdf",
    "card.png": "png",
    "calendar.ics": "ics",
    "pack.json": "json",
}
"""What can be downloaded, by file name, with the kind the card knows."""


def to_check(case: Case, today: date, records: Sequence[Record] = ()) -> dict[str, Any]:
    """The record as it would be saved, what an agreement does not name yet, and what to think of it."""
    told = [
        {"label": line(f"record_label.{slot}"), "value": _value(slot, value)} for slot, value in record.filled(case)
    ]
    points = record_check.missing(case)
    open_points = [{"label": point, "value": line("record.unknown"), "missing": True} for point in points]
    return {
        "type": "record",
        "version": VERSION,
        "title": line("record.card"),
        "rows": [*told, *open_points],
        "checks": [{"ok": one.is_fine, "text": one.text} for one in record_check.checks(case, today, records)],
        "actions": [
            {"title": line("record.save"), "payload": "/affirm"},
            {"title": line("record.change"), "payload": "/deny"},
        ],
    }


def saved(records: Sequence[Record]) -> dict[str, Any]:
    """All that was saved, the oldest first."""
    return {
        "type": "records",
        "version": VERSION,
        "title": line("record.all"),
        "records": [
            {
                "number": one.number,
                "day": render.day(one.talk.at.date()),
                "outcome": render.value_of("record_outcome", one.talk.outcome),
                "rows": [
                    {"label": line(f"record_label.{slot}"), "value": _value(slot, value)}
                    for slot, value in [("record_channel", one.talk.channel), *record.told_of(one.talk)]
                ]
                + [{"label": line("column.agreement_paid"), "value": render.day(paid)} for paid in one.payments],
            }
            for one in records
        ],
    }


def files(links: Mapping[str, str]) -> dict[str, Any]:
    """The files of the pack, each with what it is for."""
    return {
        "type": "files",
        "version": VERSION,
        "title": line("pack.title"),
        "files": [
            {
                "label": line(f"file.{kind_key(name)}"),
                "url": links[name],
                "detail": line(f"file.{kind_key(name)}_detail"),
                "kind": kind,
            }
            for name, kind in FILES.items()
        ],
    }


def kind_key(name: str) -> str:
    """The name of a file as the lines know it."""
    return name.replace("-", "_").replace(".", "_")


def _value(slot: str, value: Any) -> str:
    shown = render.value_of(slot, value)
    if slot in render.MONEY_SLOTS:
        return line("note.yuan", value=shown)
    return line(f"record_unit.{slot}", value=shown) if slot in ("record_periods", "record_defer_months") else shown
