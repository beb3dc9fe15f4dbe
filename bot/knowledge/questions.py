"""Which line answers a question: the rules that stand beside the texts in ``data/faq`` and ``data/responses``.

A question is one file, ``data/faq/<intent>.yml``. Its answer has layers: ``utter_faq_<intent>`` (one sentence and what
to do now) and ``utter_faq_<intent>_details`` (when the person asks for more). Any other response may say in its
metadata when it is said: ``instead`` of the first layer, or ``also`` after it. Conditions, all of which must hold:

    asked      patterns so telling that the message is this question whatever the classifier thought
    says       patterns, one of which (or of ``asked``) is in the message
    unless     patterns, none of which is in the message
    product, stage, cause, budget, debts, method, contact, paper
               values, one of which holds for the question or the case (``bot.journey.questions``)
    questions  the other questions it belongs to

A line with placeholders is said only when all of them are known. The first ``instead`` that fits is the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from bot.errors import KnowledgeError
from bot.knowledge.loader import catalog
from bot.reading import normalise

DATA = Path(__file__).parent.parent.parent / "data"
SHARED = DATA / "responses" / "questions.yml"
DETAILS = Path(__file__).parent / "wording" / "details.yml"

PLACEHOLDER = re.compile(r"{([a-z_]+)}")
PATTERNS = ("asked", "says", "unless")
STAGES = ("not_due", "early", "middle", "late")
"""Not overdue · 1–30 days · 31–90 days · longer."""
FIXED = {
    "stage": STAGES,
    "budget": ("short", "some", "unknown"),
    "debts": ("none", "one", "several"),
    "method": ("daily", "multiple", "multiple_unknown", "unknown"),
}
"""Conditions with values of their own; those of the others are ids of a catalogue."""
CATALOGUES = {"product": "products", "cause": "causes", "contact": "contacts", "paper": "documents"}
CONDITIONS = (*FIXED, *CATALOGUES)


@dataclass(frozen=True)
class Line:
    """One text that may be said in answer to a question, and when."""

    response: str
    home: str
    """The file it stands in: the question's intent, but for shared lines."""
    instead: bool
    """True when it is the whole answer; False when it is added to the first layer."""
    patterns: Mapping[str, tuple[re.Pattern[str], ...]]
    conditions: Mapping[str, tuple[str, ...]]
    needs: frozenset[str]
    """Its placeholders."""
    lent_to: tuple[str, ...]
    """Other questions it belongs to."""

    def fits(self, text: str, holds: Mapping[str, frozenset[str]], known: Iterable[str]) -> bool:
        """True for a message with ``text`` where ``holds`` is the case and the values ``known`` are at hand."""
        told = {name: any(pattern.search(text) for pattern in found) for name, found in self.patterns.items()}
        if told.pop("unless", False) or (told and not any(told.values())):
            return False
        if not all(holds.get(name, frozenset()) & set(wanted) for name, wanted in self.conditions.items()):
            return False
        return self.needs <= set(known)

    def covers(self, text: str) -> int:
        """How many characters of ``text`` its telling patterns (``asked``) cover; 0 when none is found."""
        if any(pattern.search(text) for pattern in self.patterns.get("unless", ())):
            return 0
        found = [pattern.search(text) for pattern in self.patterns.get("asked", ())]
        return max((match.end() - match.start() for match in found if match), default=0)


@dataclass(frozen=True)
class Question:
    """One question with everything that may be said to it, in the order of the file."""

    intent: str
    first: str
    """Response: one sentence and what to do now."""
    details: str
    """Response: the rest, on request."""
    lines: tuple[Line, ...]


@lru_cache(maxsize=1)
def questions() -> Mapping[str, Question]:
    """The project's own questions by intent, read once."""
    return load_questions()


def load_questions(folder: Path = DATA / "faq", shared: Path = SHARED) -> dict[str, Question]:
    """The questions of ``folder``, each with the lines of ``shared`` that belong to it.

    Raises ``KnowledgeError`` whose text holds one line per problem.
    """
    problems: list[str] = []
    paths = sorted(folder.glob("*.yml"))
    lines = [line for path in (*paths, shared) for line in _lines(path, problems)]
    found = {}
    for path in paths:
        intent, there = path.stem, _responses(path)
        own = [line for line in lines if line.home == intent]
        lent = [line for line in lines if intent in line.lent_to]
        first, details = f"utter_faq_{intent}", f"utter_faq_{intent}_details"
        problems += [f"{path.name}: no {one}" for one in (first, details) if one not in there]
        found[intent] = Question(intent, first, details, (*own, *lent))
    problems += [f"{line.response}: no question {one}" for line in lines for one in line.lent_to if one not in found]
    if problems:
        raise KnowledgeError("\n".join(problems))
    return found


@lru_cache(maxsize=64)
def _responses(path: Path) -> dict[str, list[dict[str, Any]]]:
    with path.open(encoding="utf-8") as file:
        return (yaml.load(file, yaml.CSafeLoader) or {}).get("responses") or {}


def _lines(path: Path, problems: list[str]) -> Iterator[Line]:
    """The lines of one file that say when, each with the questions it names."""
    for response, variations in _responses(path).items():
        metadata = variations[0].get("metadata") or {}
        roles = [role for role in ("instead", "also") if role in metadata]
        if not roles:
            continue
        where = f"{path.name}: {response}"
        if len(variations) != 1 or len(roles) != 1:
            problems.append(f"{where}: one text and one of instead and also")
        when = metadata[roles[0]] or {}
        problems += [f"{where}: {one}" for one in _wrong(when)]
        yield Line(
            response,
            path.stem,
            roles[0] == "instead",
            {name: tuple(_patterns(when[name], where, problems)) for name in PATTERNS if name in when},
            {name: tuple(when[name]) for name in CONDITIONS if name in when},
            frozenset(PLACEHOLDER.findall(variations[0]["text"])),
            tuple(when.get("questions", ())),
        )


def _wrong(when: Mapping[str, Any]) -> Iterator[str]:
    """What cannot be in a condition."""
    for name, values in when.items():
        if name not in (*PATTERNS, *CONDITIONS, "questions"):
            yield f"{name}: unknown condition"
        elif not isinstance(values, list) or not values:
            yield f"{name}: must be a list"
        elif name in CONDITIONS:
            allowed = FIXED.get(name) or getattr(catalog(), CATALOGUES[name])
            yield from (f"{name}: no {value}" for value in values if value not in allowed)


def _patterns(texts: Iterable[str], where: str, problems: list[str]) -> Iterator[re.Pattern[str]]:
    for text in texts:
        try:
            yield re.compile(text, re.IGNORECASE)
        except re.error as error:
            problems.append(f"{where}: {text}: {error}")


MOST_KNOWN: Final = 30
"""Characters of a message whose words may say by themselves what is asked."""


def known_by_words(text: str) -> tuple[str, ...]:
    """The question that the words of ``text`` (normalised) leave no doubt about, then those that have the same answer.

    Empty for any other message, and for one that is longer than ``MOST_KNOWN``: it tells a story, and a few of its
    words do not say what is asked. Where patterns of several questions are found, the one that covers most counts.
    """
    if len(text) > MOST_KNOWN:
        return ()
    lines = {line.response: line for question in questions().values() for line in question.lines}
    found = [(line.covers(text), line) for line in lines.values() if line.home in questions()]
    longest, best = max(found, key=lambda one: one[0])
    return (best.home, *best.lent_to) if longest else ()


@lru_cache(maxsize=1)
def _details() -> re.Pattern[str]:
    with DETAILS.open(encoding="utf-8") as file:
        words = yaml.load(file, yaml.CSafeLoader)
    return re.compile(f"{words['before']}(?:{'|'.join(words['wholly'])}){words['after']}")


def wants_details(text: str) -> bool:
    """True when the whole message asks to hear more of what was just said."""
    return bool(_details().fullmatch(normalise(text).strip()))
