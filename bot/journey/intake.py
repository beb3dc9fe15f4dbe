"""From a message as Rasa hands it over to the slots it changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from bot.journey import answers, care, guard, passing, read_plan, read_record
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


@dataclass(frozen=True)
class Away:
    """How long the person was away before the message."""

    seconds: float = 0.0
    """Since their message before."""
    ages: bool = False
    """True when days that passed count on what is overdue."""


def take_in(
    latest: Mapping[str, Any], slots: Mapping[str, Any], asked: str | None, today: date, away: Away | None = None
) -> dict[str, Any]:
    """The slots that ``latest`` changes, with what it did in the slot ``turn``; nothing when it was read already.

    Rasa asks for the slots again each time a form starts, so the same message may come here several times.
    """
    before, away = slots.get("turn") or {}, away or Away()
    number = latest.get("message_id")
    if number is not None and before.get("id") == number:
        return {}
    message = message_of(latest)
    told = Case.from_slots(slots)
    aged = passing.age(told, today) if away.ages else passing.Aged(told)
    count = int(before.get("number") or 0) + 1
    look = guard.look(message, latest, slots, count)
    resting = care.is_resting(bool(slots.get("care")), message)
    look, turn = _read(look, aged.case, slots, asked, today, rests=resting and message.intent != care.CRISIS)
    changed = turn.case.changes_from(told)
    if resting != bool(slots.get("care")):
        changed["care"] = resting or None
        if not resting and message.intent != "ask_negotiation":
            changed["paused_form"] = None  # something else is asked for than what the crisis interrupted
    changed["turn"] = {
        **_as_slot(turn, message, aged.case),
        **_looks(message, latest),
        "id": number,
        "number": count,
        **look.as_turn(),
        "passed": list(aged.rows),
        "asked": asked,
        "pause": away.seconds,
        "about_debt": answers.is_about_debt(look.message),
    }
    changed.update((name, value) for name, value in look.as_slots().items() if value != slots.get(name))
    if turn.notes:
        changed["last_note"] = {"slot": turn.notes[-1].slot, "product": turn.notes[-1].product}
    return changed


def _read(
    look: guard.Look, case: Case, slots: Mapping[str, Any], asked: str | None, today: date, *, rests: bool
) -> tuple[guard.Look, Turn]:
    """The message read; ``rests``: after a crisis nothing is taken as data, nor said beside the gentle answer."""
    if rests:
        return replace(look, first=None, notice=False), Turn(case)
    last = slots.get("last_note") or {}
    turn = read_turn(look.message, case, asked, today, (last["slot"], last.get("product")) if last else None)
    if look.first and not turn.answered:
        turn = replace(turn, problem=None)  # a warning is no place to say that the answer will not do
    return look, turn


def _looks(message: Message, latest: Mapping[str, Any]) -> dict[str, Any]:
    """What a message looks like at first sight, for those who answer when nothing else is known of it."""
    return {
        "is_long": bool(latest.get("is_cut")) or len(str(latest.get("text") or "")) > LONGEST,
        "is_empty": not message.text.strip(),
        "is_number": len(message.mentions) == 1 and message.mentions[0].entity == "money" and _covers(message),
        "product_alone": answers.product_alone(message),
        "outcomes": read_record.outcomes_by_debt(message),
        "has_no_words": not message.is_button and not HAN.search(message.text),
    }


def repeated(latest: Mapping[str, Any], slots: Mapping[str, Any], asked: str | None) -> dict[str, Any]:
    """The slot ``turn`` for a message that only repeats the one before (``bot.journey.repeats``): nothing is read."""
    return {**unread(latest, slots, asked), "repeated": True}


def unread(latest: Mapping[str, Any], slots: Mapping[str, Any], asked: str | None) -> dict[str, Any]:
    """The slot ``turn`` for a message of which nothing is taken as data: a line of a rehearsal, say."""
    before = slots.get("turn") or {}
    return {
        **_as_slot(Turn(Case.from_slots(slots)), message_of(latest), Case.from_slots(slots)),
        "id": latest.get("message_id"),
        "number": int(before.get("number") or 0) + 1,
        "asked": asked,
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
        "chosen": turn.answered and turn.case.plan_choice is not None and read_plan.pressed(message) is not None,
        "reopened": before.plan_choice is not None and turn.case.plan_choice is None,
        "handled": False,
    }
    if turn.problem == "vague":
        amount = next(m for m in message.mentions if m.entity == "money" and m.vague)
        kept["range"] = [amount.value["low_fen"], amount.value["high_fen"]]
    if turn.problem in MOST:
        kept["most"] = MOST[turn.problem]
    return kept
