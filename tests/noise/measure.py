"""How much of what is understood survives untidy writing: figures for each kind of noise.

``measure(parse)`` is pure but for ``parse``, which gives what Rasa's ``Agent.parse_message`` gives.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from bot.journey.case import Case, Debt
from bot.journey.intake import take_in
from bot.simulate.noise import KINDS, perturbed

FOLDER = Path(__file__).parent
SENTENCES = FOLDER.parent / "sentences"
ANSWERS = FOLDER / "answers.yml"
TODAY = date(2026, 11, 23)
EACH_INTENT = 2
"""Held-out sentences of each intent that are written untidily; those that come first and are understood when clean."""
SEED = 20261123

Parse = Callable[[str], Mapping[str, Any]]
Meaning = Callable[[str], Any]


@dataclass(frozen=True)
class Tried:
    """One untidy sentence: from what, how, and whether it still means the same."""

    kind: str
    clean: str
    noisy: str
    kept: bool
    meant: Any
    understood: Any


@dataclass(frozen=True)
class Share:
    """How many of how many were kept."""

    kept: int
    tried: int

    @property
    def rate(self) -> float:
        return self.kept / self.tried if self.tried else 0.0


@dataclass(frozen=True)
class Measured:
    """All that was tried."""

    tried: tuple[Tried, ...]

    @property
    def whole(self) -> Share:
        return _share(self.tried)

    @property
    def kinds(self) -> dict[str, Share]:
        """The share of each kind of noise, in the order of ``KINDS``."""
        return {kind: _share(one for one in self.tried if one.kind == kind) for kind in KINDS}

    def table(self) -> str:
        """The shares as rows of text."""
        rows = [*self.kinds.items(), ("all", self.whole)]
        return "\n".join(f"{name:<12} {one.kept:>5}/{one.tried:<5} {one.rate:7.1%}" for name, one in rows)


def _share(tried: Iterable[Tried]) -> Share:
    kept = [one.kept for one in tried]
    return Share(sum(kept), len(kept))


def measure(parse: Parse, seed: int = SEED) -> Measured:
    """Write held-out sentences and form answers untidily in every way, and compare what is understood."""
    tried: list[Tried] = []
    for text, meant in _understood(parse):
        tried += _each_kind(text, meant, partial(intent_and_entities, parse), seed)
    for asked, text, meant in answers():
        tried += _each_kind(text, meant, partial(notes, parse, asked), seed)
    return Measured(tuple(tried))


def _each_kind(text: str, meant: Any, meaning: Meaning, seed: int) -> Iterable[Tried]:
    for kind in KINDS:
        noisy = perturbed(text, kind, seed)
        if noisy != text:
            understood = meaning(noisy)
            yield Tried(kind, text, noisy, understood == meant, meant, understood)


def _understood(parse: Parse) -> Iterable[tuple[str, Any]]:
    """Some held-out sentences of each intent that are understood when clean, with what is understood."""
    for path in sorted(SENTENCES.glob("*.yml")):
        held_out = yaml.safe_load(path.read_text("utf-8"))
        found = 0
        for text in held_out["sentences"]:
            meant = intent_and_entities(parse, text)
            if meant[0] == held_out["intent"] and found < EACH_INTENT:
                found += 1
                yield text, meant
            if found == EACH_INTENT:
                break


def answers() -> Iterable[tuple[str, str, dict[str, Any]]]:
    """The form answers: the slot asked for, the text, and what has to be noted."""
    for asked, several in yaml.safe_load(ANSWERS.read_text("utf-8")).items():
        yield from ((asked, text, meant) for text, meant in several.items())


def intent_and_entities(parse: Parse, text: str) -> tuple[str, list[str]]:
    """The intent, out of scope for a fallback, and the entities without their places."""
    parsed = parse(text)
    name = parsed["intent"]["name"]
    told = (json.dumps([one["entity"], one["value"]], ensure_ascii=False) for one in parsed["entities"])
    return "out_of_scope" if name in (None, "nlu_fallback") else name, sorted(told)


def notes(parse: Parse, asked: str, text: str) -> dict[str, Any]:
    """What is noted when ``text`` answers the question for ``asked``; of a debt with its product.

    A cause that the answer names as well is left out: it hangs on the intent, which is measured with the sentences.
    """
    before = Case() if asked == "situation_products" else Case(debts=(Debt("huabei"),))
    changed = take_in({**parse(text), "text": text}, before.as_slots(), asked, TODAY)
    found = [one for one in changed["turn"]["notes"] if one["slot"] != "situation_cause"]
    return {(f"{one['product']}.{one['slot']}" if one["product"] else one["slot"]): one["value"] for one in found}
