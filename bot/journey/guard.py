"""What is said before anything else: warnings, a word about secrets that were typed, the other script.

It depends on the words alone and never on the stage or the intent, except that a person in danger hears nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.journey import alerts, consent
from bot.journey.answers import QUESTION, SURE
from bot.journey.turn import Message
from bot.knowledge.lines import line
from bot.knowledge.loader import catalog
from bot.privacy import MASK
from bot.reading.consent import consent_of
from bot.reading.traditional import Script, script_after
from bot.replies import Say

DANGER = "crisis"
"""The intent beside which nothing is said."""

WORDS = re.compile(r"\w")
ASKS_MORE = 4
"""Characters besides a warning's clause, or a secret, from which on the rest of the message wants its own answer."""

NUMBERS = ("id_number", "bank_card", "phone", "email", "account", "address", "name")
"""Kinds of secrets that can only be told not to send; passwords and codes have to be changed as well."""


@dataclass(frozen=True)
class Look:
    """A message after a first look at it."""

    message: Message
    """Without what is not the person's own."""
    first: dict[str, Any] | None
    """What to say first, as plain JSON for ``say_first``; with ``is_all`` it answers all that the message says."""
    said: Mapping[str, int]
    """The number of the message at which each alert was said last."""
    script: Script | None
    """The script to answer in; None as long as nothing plain was written."""
    notice: bool = False
    """True when it is time to ask whether what the person says may be kept."""

    def as_turn(self) -> dict[str, Any]:
        """What is to be said in this turn."""
        return {"first": self.first, "notice": self.notice}

    def as_slots(self) -> dict[str, Any]:
        """What is remembered of it for later messages."""
        told: dict[str, Any] = {"alerts": dict(self.said) or None, "script": self.script}
        wish = (self.first or {}).get("consent")
        if wish:
            told["consent"] = consent.GIVEN if wish == consent.GIVEN else consent.REFUSED
        elif self.notice:
            told["consent"] = consent.ASKED
        return told


def look(message: Message, latest: Mapping[str, Any], slots: Mapping[str, Any], number: int) -> Look:
    """A first look at ``message``, the ``number``-th one, which Rasa handed over as ``latest``."""
    said = dict(slots.get("alerts") or {})
    script = script_after(slots.get("script"), latest.get("asked_script"), latest.get("written_script"))
    is_sure = message.confidence >= SURE
    hits = alerts.find_alerts("" if message.is_button else message.text, message.intent if is_sure else None)
    text, mentions = alerts.without_theirs(message.text, message.mentions, hits)
    own = replace(message, text=_without_masks(text, is_told=bool(mentions)), mentions=mentions)
    if message.intent == DANGER:
        return Look(own, None, said, script)
    warnings = alerts.due(hits, said, number, bool(QUESTION.search(message.text)))
    names = [hit.alert.id for hit in warnings]
    first = {
        "alerts": names,
        "answers": sorted({intent for hit in warnings for intent in hit.alert.answers}),
        "papers": message.values("document") if any(hit.alert.papers for hit in warnings) else [],
        "secrets": list(latest.get("secrets") or ()),
        "script": latest.get("asked_script"),
        "consent": _consent(message.text, slots.get("consent")),
        "is_all": len(WORDS.findall(alerts.rest(message.text, message.mentions, warnings))) < ASKS_MORE,
    }
    if first["consent"]:
        first.update(is_all=True, answers=["privacy_question"])
    is_silent = not any(first[name] for name in ("alerts", "secrets", "script", "consent"))
    notice = is_silent and consent.wants_notice(slots, number, message.intent)
    return Look(own, None if is_silent else first, {**said, **dict.fromkeys(names, number)}, script, notice)


def _consent(text: str, before: str | None) -> str | None:
    """What the message says about keeping: ``given``, ``refused``, or ``withdrawn`` by who had agreed."""
    said = consent_of(text)
    return consent.WITHDRAWN if said == consent.REFUSED and before == consent.GIVEN else said


def _without_masks(text: str, *, is_told: bool) -> str:
    """``text`` without the marks that stand for secrets; nothing at all when next to nothing is left beside them."""
    if MASK not in text:
        return text
    left = text.replace(MASK, alerts.FILLER)
    return left if is_told or len(WORDS.findall(left)) >= ASKS_MORE else ""


def say_first(first: Mapping[str, Any], say: Say) -> None:
    """Say what ``look`` left to be said."""
    if first["script"]:
        say.script_changed()
    for name in first["alerts"]:
        say.alert(warning=catalog().alerts[name].text_zh)
    papers = [catalog().documents[name] for name in first["papers"]]
    if papers:
        say.honest_papers(papers="\n".join(line("papers.row", paper=one.label_zh, how=one.how_zh) for one in papers))
    _say_secrets(first["secrets"], say)
    if first.get("consent"):
        consent.say_heard(first["consent"], say)


def _say_secrets(kinds: list[str], say: Say) -> None:
    numbers = [line(f"secret.{kind}") for kind in kinds if kind in NUMBERS]
    if numbers:
        say.secret_number(what=line("secret.and").join(numbers))
    if len(numbers) < len(kinds):
        say.secret_password()
