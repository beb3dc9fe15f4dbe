"""One conversation of a simulated user with the real agent, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from bot.bootstrap import records
from bot.simulate.driver import Driver, Said, always_wrong, transcript
from bot.simulate.person import Person
from bot.simulate.personas import Persona, draw

TODAY = date(2026, 11, 23)
MOST_TURNS = 60
PATIENCE = 12
"""Turns without anything new after which a person leaves for good."""
LOOP = 4
"""So often in a row the same question after an answer that changed nothing is a loop."""
FALLBACKS = ("utter_not_understood", "utter_not_understood_again", "utter_default", "utter_out_of_scope")
AMOUNTS = ("_fen",)


@dataclass
class Outcome:
    """What came of one conversation; turns are the person's messages, counted from 1."""

    number: int
    is_cooperative: bool
    cause: str
    reached: dict[str, int] = field(default_factory=dict)
    """``plan``, ``script`` and ``record``, each with the turn in which it was reached."""
    turns: int = 0
    fallbacks: int = 0
    longest_stall: int = 0
    loops: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    """Silences and whatever else is wrong in any conversation."""
    contradictions: list[str] = field(default_factory=list)
    transcript: str = ""

    @property
    def is_silent(self) -> bool:
        """True when the bot said nothing once."""
        return any("silent" in one for one in self.broken)

    @property
    def wrong_amounts(self) -> list[str]:
        """The contradictions that are about money that was stored."""
        return [one for one in self.contradictions if one.split()[0].endswith(AMOUNTS) and ": stored" in one]

    @property
    def is_successful(self) -> bool:
        """True when the words for the call were reached."""
        return {"plan", "script"} <= self.reached.keys()

    @property
    def badness(self) -> int:
        """How much there is to look at; 0 for nothing."""
        counted = len(self.broken) * 20 + len(self.loops) * 10 + len(self.contradictions) * 5 + self.fallbacks
        return counted + (15 if self.is_cooperative and not self.is_successful else 0)


@dataclass
class _Course:
    """How the conversation went on so far."""

    state: Any = None
    stall: int = 0
    question: str | None = None
    same: int = 0


def hold(driver: Driver, number: int, seed: int, goal: str = "record") -> Outcome:
    """Hold the conversation of the ``number``-th person of ``seed``, up to ``goal``."""
    persona, random = draw(number, seed)
    return hold_with(driver, persona, random, f"simulated {seed} {number}", goal)


def hold_with(driver: Driver, persona: Persona, random: Random, sender: str, goal: str = "record") -> Outcome:
    """Hold the conversation of ``persona``, who makes choices with ``random``, up to ``goal``."""
    person = Person(persona, random, TODAY)
    outcome = Outcome(persona.number, persona.is_cooperative, persona.cause)
    said, course, lines = Said(), _Course(), list[tuple[str, Said]]()
    while outcome.turns < MOST_TURNS and course.stall < PATIENCE and goal not in outcome.reached:
        move = person.reply(said)
        said = driver.say(move.text, sender, move.after)
        lines.append((move.text, said))
        outcome.turns += 1
        slots = driver.latest.current_slot_values()
        _look(outcome, said, slots, driver.latest.active_loop_name)
        _follow(outcome, course, said, slots, move.kind)
    outcome.contradictions = person.contradictions(driver.latest.current_slot_values())
    outcome.contradictions += _kept(person, sender)
    outcome.transcript = transcript(lines)
    return outcome


def _look(outcome: Outcome, said: Said, slots: dict[str, Any], form: str | None) -> None:
    outcome.broken += [f"turn {outcome.turns}: {one}" for one in always_wrong(said, slots, form)]
    if "utter_error_internal" in said.replies:
        outcome.broken.append(f"turn {outcome.turns}: an action failed")
    outcome.fallbacks += any(name in FALLBACKS for name in said.replies)
    goals = {"plan": slots.get("plan_choice"), "script": "utter_script" in said.replies}
    goals["record"] = "utter_record_saved" in said.replies
    for goal, is_reached in goals.items():
        if is_reached:
            outcome.reached.setdefault(goal, outcome.turns)


def _follow(outcome: Outcome, course: _Course, said: Said, slots: dict[str, Any], kind: str) -> None:
    """Count how long nothing new has come of it, and how often the same was asked after an answer."""
    passing = ("turn", "misses", "requested_slot", "alerts", "last_question", "pending_offer", "script")
    state = {name: value for name, value in slots.items() if value is not None and name not in passing}
    question = "".join(said.by_name[name] for name in said.questions) or None
    is_new = state != course.state or question != course.question
    course.stall = 0 if is_new else course.stall + 1
    outcome.longest_stall = max(outcome.longest_stall, course.stall)
    if is_new:
        course.same = 1
    elif kind == "answer" and question:
        course.same += 1
        if course.same == LOOP:
            outcome.loops.append(f"turn {outcome.turns}: {said.questions[-1]}")
    course.state, course.question = state, question


def _kept(person: Person, sender: str) -> list[str]:
    """Whether the amount of the saved record is the one that was told."""
    told = person.told.get(("record_monthly_fen", None))
    kept = [record.talk.monthly_fen for record in records().of(sender)]
    return [f"record_monthly_fen : stored {fen}, said {told}" for fen in kept if told and fen != told]
