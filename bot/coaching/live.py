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
from bot.reading import find_amounts, find_periods

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
TIGHT_PERCENT: Final = 90
"""From this share of what can be paid on an offer is tight."""


@dataclass(frozen=True)
class Heard:
    """What the agent said. Amounts in fen."""

    kind: str
    monthly_fen: int | None = None
    periods: int | None = None


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
    amounts = [one for one in find_amounts(read) if one.low_fen > 0 and not one.vague]
    periods = [one.low for one in find_periods(read) if one.kind == "instalments"]
    if kind in WITHOUT_TERMS or not (amounts or periods):
        return Heard(kind, amounts[0].low_fen if amounts else None)
    return Heard(OFFER, amounts[-1].low_fen if amounts else None, periods[0] if periods else None)


def help_with(heard: Heard, means: Means, monthly_fen: int | None = None) -> Help:
    """What to answer to ``heard``; ``monthly_fen`` is what an offer without an amount comes to a month."""
    paid = heard.monthly_fen or monthly_fen
    if heard.kind == OFFER:
        return _judged(paid, means, is_reckoned=heard.monthly_fen is None)
    words = _kinds()[heard.kind]
    is_above = heard.kind == "part_first" and paid and means.floor_fen is not None and paid > means.floor_fen
    return Help("breaks" if is_above else "none", _filled(words["say"], means), _filled(words["why"], means))


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
    say = line("live.say_breaks", ask=values["ask"]) if found == "breaks" else line(f"live.say_{found}")
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
