"""From a message as Rasa hands it over to the slots it changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from bot.journey import answers, guard
from bot.journey.case import Case
from bot.journey.mentions import from_entities
from bot.journey.turn import Message, Turn, read_turn
from bot.reading import normalise

HAN = re.compile(r"[\u4e00-\u9fff]")
LONGEST = 2_000
"""Characters of a message that are read: as many as the pipeline looks at."""


def take_in(latest: Mapping[str, Any], slots: Mapping[str, Any], asked: str | None, today: date) -> dict[str, Any]:
    """The slots that ``latest`` changes, with what it did in the slot ``turn``; nothing when it was read already.

    Rasa asks for the slots again each time a form starts, so the same message may come here several times.
    """
    number = latest.get("message_id")
    before = slots.get("turn") or {}
    if number is not None and before.get("id") == number:
        return {}
    original = str(latest.get("text") or "")
    text = original if original.startswith("/") else normalise(original[:LONGEST])
    intent = latest.get("intent") or {}
    message = Message(
        text,
        intent.get("name"),
        from_entities(latest.get("entities") or ()),
        float(intent.get("confidence") or 0.0),
    )
    case = Case.from_slots(slots)
    count = int(before.get("number") or 0) + 1
    look = guard.look(message, latest, slots, count)
    last = slots.get("last_note") or {}
    turn = read_turn(look.message, case, asked, today, (last["slot"], last.get("product")) if last else None)
    if look.first and not turn.answered:
        turn = replace(turn, problem=None)  # a warning is no place to say that the answer will not do
    changed = turn.case.changes_from(case)
    changed["turn"] = {
        **_as_slot(turn, message, case),
        "id": number,
        "number": count,
        "first": look.first,
        "asked": asked,
        "is_long": bool(latest.get("is_cut")) or len(original) > LONGEST,
        "is_empty": not text.strip(),
        "is_number": len(message.mentions) == 1 and message.mentions[0].entity == "money" and _covers(message),
        "has_no_words": not message.is_button and not HAN.search(text),
        "about_debt": answers.is_about_debt(look.message),
    }
    changed.update((name, value) for name, value in look.as_slots().items() if value != slots.get(name))
    if turn.notes:
        changed["last_note"] = {"slot": turn.notes[-1].slot, "product": turn.notes[-1].product}
    return changed


def _covers(message: Message) -> bool:
    """True when the one mention is the whole message."""
    return message.mentions[0].end - message.mentions[0].start >= len(message.text)


def _as_slot(turn: Turn, message: Message, before: Case) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "notes": [asdict(note) for note in turn.notes],
        "problem": turn.problem,
        "answered": turn.answered,
        "interrupts": turn.interrupts,
        "reopened": before.plan_choice is not None and turn.case.plan_choice is None,
        "handled": False,
    }
    if turn.problem == "vague":
        amount = next(m for m in message.mentions if m.entity == "money" and m.vague)
        kept["range"] = [amount.value["low_fen"], amount.value["high_fen"]]
    if turn.problem == "too_many_periods":
        from bot.journey.plan import MOST_PERIODS

        kept["most"] = MOST_PERIODS
    return kept
