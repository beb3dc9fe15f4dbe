"""Help while the call is going on: what was heard, what to answer now, and whether an offer can be kept. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

import bot.knowledge
from bot.knowledge.lines import line
from bot.knowledge.patterns import groups, pattern
from bot.knowledge.spelling import as_meant
from bot.money import yuan
from bot.reading import Terms, read_terms

FILE = Path(bot.knowledge.__file__).parent / "wording" / "live.yml"
END: Final = "end"
OFFER: Final = "offer"
WITHOUT_TERMS: Final = (
    "identity",
    "lawsuit",
    "visit",
    "self",
    "part_first",
    "full",
    "borrow",
    "credit",
    "asks_reason",
    "asks_amount",
    "proof",
)
"""What is no offer of instalments, whatever numbers are in it."""
PART: Final = "part_first"
FULL: Final = "full"
AT_ONCE: Final = (PART, FULL)
"""What asks for money at once."""
VERDICTS: Final = ("none", "fits", "tight", "breaks")
"""From the one that says nothing to the worst."""
NO_TERMS: Final = Terms()
TIGHT_PERCENT: Final = 90
"""From this share of what can be paid on an offer is tight."""


@dataclass(frozen=True)
class Heard:
    """What the agent said. Amounts in fen."""

    kind: str
    monthly_fen: int | None = None
    """What is paid month by month."""
    periods: int | None = None
    terms: Terms = NO_TERMS
    """What is to be paid at once, as an amount or as a share of the debt."""


@dataclass(frozen=True)
class Owed:
    """The debts an offer is about: what is owed on them, in fen, and their names."""

    fen: int
    names: str


@dataclass(frozen=True)
class Help:
    """What to answer now."""

    verdict: str
    """``fits``, ``tight``, ``breaks`` or ``none`` when there is nothing to judge."""
    say: str
    why: str


@dataclass(frozen=True)
class Means:
    """What the person can pay a month, in fen, and their reason in words; None where it is not known."""

    floor_fen: int | None
    ask_fen: int | None
    reason: str
    hand_fen: int | None = None
    """What there is at this moment: this month's surplus and what was saved; None while it is not known."""
    has_savings: bool = False
    """True when something saved is part of it."""


@lru_cache(maxsize=1)
def _kinds() -> dict[str, dict[str, Any]]:
    with FILE.open(encoding="utf-8") as file:
        written: dict[str, dict[str, Any]] = yaml.load(file, yaml.CSafeLoader)
    return written


@lru_cache(maxsize=1)
def _cues() -> dict[str, tuple[re.Pattern[str], ...]]:
    return {name: tuple(map(pattern, kind["cues"])) for name, kind in _kinds().items()}


def hear(text: str) -> Heard:
    """What ``text``, a few words typed during the call, says that the agent said."""
    read = as_meant(text)
    kind = next(name for name, cues in _cues().items() if any(cue.search(read) for cue in cues) or name == "unclear")
    if kind == END:
        return Heard(kind)
    terms = read_terms(read)
    if kind in AT_ONCE and terms.is_once and (terms.monthly_fen or terms.periods):
        kind = OFFER  # so much now, and the rest in instalments
    if kind in AT_ONCE:
        return Heard(kind, terms=terms)
    if kind in WITHOUT_TERMS or not (terms.monthly_fen or terms.periods):
        return Heard(kind)
    return Heard(OFFER, terms.monthly_fen, terms.periods, terms)


def help_with(heard: Heard, means: Means, monthly_fen: int | None = None, owed: Owed | None = None) -> Help:
    """What to answer to ``heard``.

    ``monthly_fen`` is what an offer without an amount comes to a month, ``owed`` what a share of the debt is of.
    """
    once = once_fen(heard, owed)
    if heard.kind == OFFER:
        told = _judged(heard.monthly_fen or monthly_fen, means, is_reckoned=heard.monthly_fen is None)
        if once is None or means.hand_fen is None:
            return told
        at_once = _judged_once(once, heard, means, owed)
        worst = max(told.verdict, at_once.verdict, key=VERDICTS.index)
        return Help(worst, at_once.say if at_once.verdict == "breaks" else told.say, at_once.why + told.why)
    if heard.kind in AT_ONCE and once is not None and means.hand_fen is not None:
        return _judged_once(once, heard, means, owed)
    words = _kinds()[heard.kind]
    return Help("none", _filled(words["say"], means), _filled(words["why"], means))


def once_fen(heard: Heard, owed: Owed | None) -> int | None:
    """What is to be paid at once, in fen; None when nothing is, or it cannot be worked out."""
    terms = heard.terms
    if terms.once_fen is not None:
        return terms.once_fen
    if owed is None or not terms.is_once:
        return None
    if terms.share is not None:
        return int(owed.fen * terms.share)
    if heard.kind == FULL:
        return max(0, owed.fen - (terms.off_fen or 0))
    return None


def _judged_once(once: int, heard: Heard, means: Means, owed: Owed | None) -> Help:
    """Whether there is money for it at this moment; it is no monthly rate."""
    hand = means.hand_fen or 0
    found = verdict(once, hand)
    of = line("live.hand_savings" if means.has_savings else "live.hand_surplus")
    values = {"once": yuan(once), "hand": yuan(hand), "of": of}
    about = ""
    if owed is not None and heard.terms.once_fen is None:
        about = line("live.once_about", product=owed.names, owed=yuan(owed.fen), once=values["once"])
    over = {"over": yuan(once - hand)} if found == "breaks" else {}
    why = about + line(f"live.once_why_{found}", **values, **over)
    if found != "breaks":
        full = line("live.once_say_full", once=values["once"])
        return Help(found, full if heard.kind == FULL else _filled(_kinds()[PART]["say"], means), why)
    key = "live.once_no" if means.ask_fen is None else "live.once_no_ask"
    ask = {"ask": yuan(means.ask_fen)} if means.ask_fen is not None else {}
    return Help(found, line(key, once=values["once"], **ask), why)


def verdict(monthly_fen: int, floor_fen: int) -> str:
    """Whether ``monthly_fen`` can be kept by somebody who can pay ``floor_fen`` a month at most."""
    if monthly_fen > floor_fen:
        return "breaks"
    return "tight" if monthly_fen * 100 > floor_fen * TIGHT_PERCENT else "fits"


def _judged(paid: int | None, means: Means, *, is_reckoned: bool) -> Help:
    if paid is None or means.floor_fen is None:
        return Help("none", line("live.say_unknown"), line("live.why_unknown"))
    found = verdict(paid, means.floor_fen)
    values = {"monthly": yuan(paid), "floor": yuan(means.floor_fen), "ask": yuan(means.ask_fen or means.floor_fen)}
    about = line("live.about", monthly=values["monthly"]) if is_reckoned else ""
    over = yuan(abs(paid - means.floor_fen))
    why = line(f"live.why_{found}", floor=values["floor"], over=over)
    if found != "breaks":
        return Help(found, line(f"live.say_{found}"), about + why)
    has_some = bool(means.ask_fen or means.floor_fen)  # nobody is to offer "0 a month"
    say = line("live.say_breaks", ask=values["ask"]) if has_some else line("live.say_nothing_left")
    return Help(found, say, about + why)


def _filled(text: str, means: Means) -> str:
    """The text with the person's numbers; sentences whose numbers are not known are left out."""
    values = {
        "floor": yuan(means.floor_fen) if means.floor_fen is not None else None,
        "ask": yuan(means.ask_fen) if means.ask_fen is not None else None,
        "reason": means.reason,
    }
    ends = "".join(groups()["sentence_ends"])
    kept = [
        part
        for part in re.split(f"(?<=[{re.escape(ends)}])", text)
        if all(values[name] for name in re.findall(r"{(\w+)}", part))
    ]
    return "".join(kept).format(**{name: value or "" for name, value in values.items()}) or line("live.say_unknown")
