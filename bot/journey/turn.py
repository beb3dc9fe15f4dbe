"""One message read in its place: what the person told us, what is odd about it, and whether it is an answer at all.

``read_turn`` is the only way anything a person says gets into their case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bot.journey.binding import Bound, bind
from bot.journey.case import Case
from bot.journey.mentions import Mention


@dataclass(frozen=True)
class Message:
    """A message as the pipeline understood it; ``text`` is normalised, empty for a button without words."""

    text: str
    intent: str | None
    mentions: Sequence[Mention] = ()
    confidence: float = 1.0

    @property
    def is_button(self) -> bool:
        """True for a pressed button, whose text is a command to Rasa."""
        return self.text.startswith("/")

    def values(self, entity: str) -> list[Any]:
        """The values mentioned for ``entity``, each once, in order."""
        found: list[Any] = []
        for mention in self.mentions:
            if mention.entity == entity and mention.value not in found:
                found.append(mention.value)
        return found

    def says(self, meaning: str) -> bool:
        """True when a phrase with that fixed meaning is in it (``bot/knowledge/wording/fields.yml``)."""
        return meaning in self.values("answer")


@dataclass(frozen=True)
class Note:
    """One thing taken in, to be read back: the slot, the product for a debt's slot, and the values after and before."""

    slot: str
    value: Any
    product: str | None = None
    before: Any = None


@dataclass
class Reading:
    """The turn while it is being read: the case so far and what was noted."""

    message: Message
    asked: str | None
    today: date
    case: Case
    bound: list[Bound] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    problem: str | None = None
    answered: bool = False
    again: Note | None = None
    """The answer that was taken back to be given anew, with its old value as ``before``."""
    last: tuple[str, str | None] | None = None
    """Slot and product of what was noted last in an earlier turn: what a bare correction means."""

    def note(self, slot: str, value: Any) -> None:
        """Set a slot of the case and note it; the same value again is an answer but no news."""
        before = getattr(self.case, slot)
        self.answered = True
        if before != value:
            self.case = self.case.with_slot(slot, value)
            self.notes.append(Note(slot, value, before=before))

    def settle(self, slot: str, value: Any) -> None:
        """Set a slot that its stage reads back by itself, so that it is not noted."""
        self.answered = True
        self.case = self.case.with_slot(slot, value)

    def note_debt(self, product: str, slot: str, value: Any) -> None:
        """Set one field of a debt (``slot`` is its name in ``Debt``) and note it."""
        debt = self.case.debt(product)
        before = getattr(debt, slot) if debt else None
        if slot == "due_day" and debt and debt.is_due_day_reckoned:
            before = None  # it was reckoned and not told, so nothing is taken back
            self.case = self.case.with_debt(product, due_day=None)
        self.answered = True
        if before != value:
            self.case = self.case.with_debt(product, **{slot: value})
            self.notes.append(Note(f"debts_{slot}", value, product, before))
        if slot == "overdue_days":
            self.case = self.case.with_debt(product, told_on=self.today.isoformat())

    def add_product(self, product: str) -> None:
        """Add a debt of which only the product is known."""
        self.answered = True
        if self.case.debt(product) is None:
            self.case = self.case.with_debt(product)
            self.notes.append(Note("debts_product", product, product))

    def doubt(self, slot: str, value: Any, product: str | None = None) -> None:
        """Hold an odd value back until the person says yes to it."""
        self.case = replace(self.case, doubt={"slot": slot, "value": value, "product": product})
        self.problem = "doubt"

    def money(self) -> list[Bound]:
        """The amounts of the message with what they belong to."""
        return [b for b in self.bound if b.quantity.entity == "money"]


@dataclass(frozen=True)
class Turn:
    """What a message did."""

    case: Case
    notes: tuple[Note, ...] = ()
    problem: str | None = None
    """Why the question asked got no answer (``vague``, ``negative`` …); None when nothing was wrong."""
    answered: bool = False
    interrupts: bool = False
    """True when something else wants an answer first: a question, distress, a control word."""
    again: Note | None = None
    """The answer that was taken back to be given anew."""


def read_turn(
    message: Message,
    case: Case,
    asked: str | None,
    today: date,
    last: tuple[str, str | None] | None = None,
) -> Turn:
    """Read ``message`` as the answer to the slot ``asked`` (None: nothing was asked), and as anything else it says."""
    from bot.journey import answers

    if answers.is_plain_amount(message, asked):
        message = replace(message, intent=None)
    reading = Reading(message, asked, today, case, bind(message.text, message.mentions), last=last)
    if message.intent not in answers.NOT_READ or answers.is_unsure_command(message, asked):
        answers.read(reading)
        answers.reopen(reading, case)
    return Turn(
        reading.case,
        tuple(reading.notes),
        reading.problem,
        reading.answered,
        answers.interrupts(reading),
        reading.again,
    )
