"""Everything that is kept of one person, as JSON and as the pack of papers."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from bot.bootstrap import records
from bot.clock import today
from bot.journey.case import Case
from bot.papers.content import content
from bot.papers.files import FILES
from bot.records.conversations import messages_of, slots_of


def export(person: str, folder: str | None = None) -> str:
    """All data of ``person`` as JSON, shaped as ``export.schema.json`` says.

    With ``folder`` the files of the pack are written there.

    Raises ``RecordError`` when the database refuses.
    """
    store, case = records(), Case.from_slots(slots_of(person))
    kept, reminders = store.of(person), store.reminders(person)
    case_kept = store.kept(person)
    told = {
        "case": case.as_slots(),
        "kept": asdict(case_kept) if case_kept else None,
        "records": [asdict(record) for record in kept],
        "reminders": [asdict(reminder) for reminder in reminders],
        "messages": messages_of(person),
    }
    if folder is not None:
        target, made = Path(folder), content(case, kept, reminders, today())
        target.mkdir(parents=True, exist_ok=True)
        for name, file in FILES.items():
            (target / name).write_bytes(file.make(made))
        for number, picture in enumerate(made["plan"]["charts"], start=1):
            (target / f"chart-{number}.svg").write_text(picture, "utf-8")
    return json.dumps(told, ensure_ascii=False, default=str)
