"""The details of a talk out of whatever message they come in: when, who, until when, and the terms with a name."""

from __future__ import annotations

from bot.journey.turn import Reading
from bot.reading import TalkTold, read_talk

DETAILS = {
    "record_staff": "staff",
    "record_ticket": "ticket",
    "record_call_back": "call_back",
    "record_total_fen": "total_fen",
    "record_principal_fen": "principal_fen",
    "record_interest_fen": "interest_fen",
    "record_waived_fen": "waived_fen",
    "record_waiver": "waiver",
    "record_collection": "collection",
    "record_credit": "credit",
    "record_confirmation": "confirmation",
}
"""Slots of the record by what the reader calls them."""
TERMS = frozenset(
    {
        "record_total_fen",
        "record_principal_fen",
        "record_interest_fen",
        "record_waived_fen",
        "record_waiver",
        "record_collection",
        "record_credit",
        "record_confirmation",
    }
)
"""What only an agreement has."""


def told(reading: Reading) -> TalkTold:
    """What the message tells about a talk."""
    return read_talk(reading.message.text, reading.today)


def take(reading: Reading, overwrite: bool = False) -> None:
    """Note every detail of the message that is not known yet; with ``overwrite`` also those that are."""
    found, agreed = told(reading), reading.case.record_outcome == "agreed"
    for slot, name in DETAILS.items():
        value = getattr(found, name)
        is_open = overwrite or getattr(reading.case, slot) in (None, "")
        if value is None or not is_open or (slot in TERMS and not agreed):
            continue
        reading.note(slot, value.isoformat() if slot == "record_call_back" else value)


def take_moment(reading: Reading) -> None:
    """Note when the talk was, where the message says so and it was not just now."""
    found = told(reading)
    if found.day is not None and (found.day != reading.today or found.clock):
        day = found.day.isoformat()
        reading.note("record_at", f"{day}T{found.clock}" if found.clock else day)


def take_words(reading: Reading) -> None:
    """Note what the lender said."""
    said = told(reading).said
    if said and reading.case.record_said is None:
        reading.note("record_said", said)
