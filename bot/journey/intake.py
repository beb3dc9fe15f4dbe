"""From a message as Rasa hands it over to the slots it changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from bot.journey import answers, care, guard
from bot.journey.case import Case
from bot.journey.mentions import from_entities
from bot.journey.turn import Message, Turn, read_turn
from bot.journey.wish import MOST_MONTHS, MOST_PERIODS
from bot.knowledge.spelling import as_meant

HAN = re.compile(r"[\u4e00-\u9fff]")
LONGEST = 2_000
"""Characters of a message that are read: as many as the pipeline looks at."""

MOST = {"too_many_periods": MOST_PERIODS, "too_long_deferral": MOST_MONTHS}
"""The bound that an answer was beyond, by problem."""


def take_in(latest: Mapping[str, Any], slots: Mapping[str, Any], asked: str | None, today: date) -> dict[str, Any]:
    """The slots that ``latest`` changes, with what it did in the slot ``turn``; nothing when it was read already.

    Rasa asks for the slots again each time a form starts, so the same message may come here several times.
    """
    number = latest.get("message_id")
    before = slots.get("turn") or {}
    if number is not None and before.get("id") == number:
        return {}
    message = message_of(latest)
    text = message.text
    case = Case.from_slots(slots)
    count = int(before.get("number") or 0) + 1
    look = guard.look(message, latest, slots, count)
    last = slots.get("last_note") or {}
    resting = care.is_resting(bool(slots.get("care")), message)
    if resting and message.intent != care.CRISIS:
        turn = Turn(case)  # after a crisis nothing is taken as data until the person wants to go on
        look = replace(look, first=None, notice=False)  # nor is anything said beside the gentle answer
    else:
        turn = read_turn(look.message, case, asked, today, (last["slot"], last.get("product")) if last else None)
    if look.first and not turn.answered:
        turn = replace(turn, problem=None)  # a warning is no place to say that the answer will not do
    changed = turn.case.changes_from(case)
    if resting != bool(slots.get("care")):
        changed["care"] = resting or None
        if not resting and message.intent != "ask_negotiation":
            changed["paused_form"] = None  # something else is asked for than what the crisis interrupted
    changed["turn"] = {
        **_as_slot(turn, message, case),
        "id": number,
        "number": count,
        **look.as_turn(),
        "asked": asked,
        "is_long": bool(latest.get("is_cut")) or len(str(latest.get("text") or "")) > LONGEST,
        "is_empty": not text.strip(),
        "is_number": len(message.mentions) == 1 and message.mentions[0].entity == "money" and _covers(message),
        "has_no_words": not message.is_button and not HAN.search(text),
        "about_debt": answers.is_about_debt(look.message),
    }
    changed.update((name, value) for name, value in look.as_slots().items() if value != slots.get(name))
    if turn.notes:
        changed["last_note"] = {"slot": turn.notes[-1].slot, "product": turn.notes[-1].product}
    return changed


def repeated(latest: Mapping[str, Any], slots: Mapping[str, Any], asked: str | None) -> dict[str, Any]:
    """The slot ``turn`` for a message that only repeats the one before (``bot.journey.repeats``): nothing is read."""
    before = slots.get("turn") or {}
    return {
        **_as_slot(Turn(Case.from_slots(slots)), message_of(latest), Case.from_slots(slots)),
        "id": latest.get("message_id"),
        "number": int(before.get("number") or 0) + 1,
        "asked": asked,
        "repeated": True,
    }


def message_of(latest: Mapping[str, Any]) -> Message:
    """A message as Rasa hands it over, read the way the pipeline read it."""
    original = str(latest.get("text") or "")
    intent = latest.get("intent") or {}
    return Message(
        original if original.startswith("/") else as_meant(original[:LONGEST]),
        intent.get("name"),
        from_entities(latest.get("entities") or ()),
        float(intent.get("confidence") or 0.0),
    )


def _covers(message: Message) -> bool:
    """True when the one mention is the whole message."""
    return message.mentions[0].end - message.mentions[0].start >= len(message.text)


def _as_slot(turn: Turn, message: Message, before: Case) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "notes": [asdict(note) for note in turn.notes],
        "problem": turn.problem,
        "answered": turn.answered,
        "interrupts": turn.interrupts,
        "again": asdict(turn.again) if turn.again else None,
        "reopened": before.plan_choice is not None and turn.case.plan_choice is None,
        "handled": False,
    }
    if turn.problem == "vague":
        amount = next(m for m in message.mentions if m.entity == "money" and m.vague)
        kept["range"] = [amount.value["low_fen"], amount.value["high_fen"]]
    if turn.problem in MOST:
        kept["most"] = MOST[turn.problem]
    return kept
