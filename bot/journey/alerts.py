"""What has to be answered at once, wherever it is said: the alerts of ``bot/knowledge/alerts`` found in a message."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.journey.binding import LABELS, clauses
from bot.journey.mentions import QUANTITIES, Mention
from bot.knowledge.loader import catalog
from bot.knowledge.model import Alert
from bot.knowledge.patterns import pattern

MOST = 2
"""Alerts that one message brings up; the most serious come first."""

TOLD_ANYWAY = frozenset({"cause", "product"})
"""What a swindler's clause still tells about the person: what happened to them, and which debts they have."""

FILLER = " "


@dataclass(frozen=True)
class Hit:
    """An alert and the place of the words that set it off; no place at all when the intent did."""

    alert: Alert
    start: int
    end: int


def find_alerts(text: str, intent: str | None = None) -> list[Hit]:
    """Every alert that ``text`` (normalised) sets off, the most serious first, without those that another covers.

    ``intent`` is what the classifier is sure of: it adds alerts and never takes one away.
    """
    hits = [hit for alert in catalog().alerts.values() if (hit := _hit(alert, text, intent))]
    covered = {name for hit in hits for name in hit.alert.covers}
    return [hit for hit in hits if hit.alert.id not in covered]


def due(hits: Sequence[Hit], said: Mapping[str, int], number: int, is_question: bool) -> list[Hit]:
    """Those to say now: not an alert said in the last few messages, unless somebody asks.

    ``said`` holds the number of the message at which each was said last, ``number`` is this message's.
    """
    fresh = [
        hit
        for hit in hits
        if is_question or hit.alert.id not in said or not 0 < number - said[hit.alert.id] <= hit.alert.cooldown
    ]
    return fresh[:MOST]


def without_theirs(text: str, mentions: Sequence[Mention], hits: Iterable[Hit]) -> tuple[str, list[Mention]]:
    """``text`` and ``mentions`` without what is not the person's own: a swindler's amounts, a forged paper.

    Places stay as they are.
    """
    kept = list(mentions)
    cuts = [-1, *clauses(text, mentions), len(text)]
    for hit in hits:
        if hit.alert.ignores == "nothing" or hit.start == hit.end:
            continue
        for start, end in pairwise(cuts):
            if start < hit.end and hit.start <= end:
                kept = [one for one in kept if not (start < one.start < end) or _is_own(one, kept, hit, (start, end))]
                if hit.alert.ignores == "clause":
                    text = text[: start + 1] + FILLER * (end - start - 1) + text[end:]
    return text, kept


def rest(text: str, mentions: Sequence[Mention], hits: Iterable[Hit]) -> str:
    """What ``text`` says besides the clauses that set off ``hits``."""
    left = list(text)
    for hit in hits:
        for start, end in pairwise([-1, *clauses(text, mentions), len(text)]):
            if start < hit.end and hit.start <= end and hit.start < hit.end:
                left[start + 1 : end] = FILLER * (end - start - 1)
    return "".join(left)


def _is_own(mention: Mention, mentions: Collection[Mention], hit: Hit, clause: tuple[int, int]) -> bool:
    """True for what is the person's own although it stands in the alert's clause."""
    if hit.alert.ignores == "clause":
        return mention.entity in TOLD_ANYWAY
    named = any(one.entity in LABELS and clause[0] < one.start < clause[1] for one in mentions)
    return mention.entity not in QUANTITIES or named


def _hit(alert: Alert, text: str, intent: str | None) -> Hit | None:
    for shield in alert.shields:
        text = pattern(shield).sub(_blank, text)
    found = (pattern(cue).search(text) for cue in alert.cues)
    first = next((match for match in found if match), None)
    if first is not None:
        return Hit(alert, first.start(), first.end())
    return Hit(alert, 0, 0) if intent in alert.intents else None


def _blank(match: re.Match[str]) -> str:
    return FILLER * len(match[0])
