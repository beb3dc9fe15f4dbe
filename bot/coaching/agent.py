"""The lender's agent in the rehearsal: a manner of ``bot/knowledge/rehearsal``, a level, a seed. Same seed, same call.

Pure: the state of a call is plain JSON, every step gives a new one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

import bot.knowledge
from bot.coaching.acts import Line
from bot.money import yuan

FOLDER = Path(bot.knowledge.__file__).parent / "rehearsal"
COMMON = "common"
LEVELS = (1, 2, 3)
MOST_TURNS = 14
"""Turns after which the agent says goodbye by itself."""
SHARES = {"fits": 0, "tight": 95, "above": 130}
"""What the agent offers in percent of the most the person can pay; 0 is what the person asks for themselves."""
ANSWERED = ("secret", "insult", "numbers", "written", "proof", "time")
"""What the agent answers at once, besides going on."""
DEBTS = "debts"
"""The act of telling what is owed elsewhere."""
WHOLE_YUAN = 1_000
"""Offers are rounded up to so many fen."""


@dataclass(frozen=True)
class Beat:
    """The agent holds one line until the person does one of ``until``, or has been put off often enough."""

    until: tuple[str, ...]
    says: tuple[str, ...]
    again: tuple[str, ...]


@dataclass(frozen=True)
class Behaviour:
    """A manner of agents."""

    id: str
    order: int
    label_zh: str
    about_zh: str
    opening: tuple[str, ...]
    beats: tuple[Beat, ...]
    gives: str
    """``fits``, ``tight``, ``above``, or ``none``: only a registration."""
    offers: tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    """What the person can pay, in fen a month; ``is_example`` when it is not their own."""

    floor_fen: int
    ask_fen: int
    is_example: bool = False


@dataclass(frozen=True)
class Call:
    """A call as far as it went."""

    behaviour: str
    level: int
    seed: int
    terms: Terms
    turn: int = 0
    beat: int = 0
    put_off: int = 0
    """How often the agent has held its line since the last beat."""
    offer_fen: int | None = None
    """What the agent offered."""
    agreed_fen: int | None = None
    acts: tuple[str, ...] = ()
    """Everything the person did, each once, in order."""
    is_over: bool = False

    def as_json(self) -> dict[str, Any]:
        """The call as plain JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Call:
        """The call from ``as_json``."""
        return cls(**{**kept, "terms": Terms(**kept["terms"]), "acts": tuple(kept["acts"])})


@lru_cache(maxsize=1)
def behaviours() -> dict[str, Behaviour]:
    """All manners in their order."""
    found = [_behaviour(_read(path)) for path in FOLDER.glob("*.yml") if path.stem != COMMON]
    return {one.id: one for one in sorted(found, key=lambda one: one.order)}


@lru_cache(maxsize=1)
def _common() -> dict[str, Any]:
    return _read(FOLDER / f"{COMMON}.yml")


def _read(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as file:
        written: dict[str, Any] = yaml.load(file, yaml.CSafeLoader)
    return written


def _behaviour(raw: Mapping[str, Any]) -> Behaviour:
    beats = tuple(Beat(**{name: tuple(value) for name, value in beat.items()}) for beat in raw["beats"])
    return Behaviour(**{**raw, "opening": tuple(raw["opening"]), "beats": beats, "offers": tuple(raw["offers"])})


def opening(call: Call) -> str:
    """What the agent says when it takes the call."""
    return _pick(behaviours()[call.behaviour].opening, call, "opening")


def asks_debts(call: Call) -> bool:
    """True when the agent's last words asked for debts elsewhere."""
    is_running = not call.is_over and call.offer_fen is None and call.put_off > 0
    return is_running and DEBTS in behaviours()[call.behaviour].beats[call.beat].until


def answer(call: Call, line: Line) -> tuple[Call, str]:
    """What the agent says to ``line``, and the call after it."""
    call = replace(call, turn=call.turn + 1, acts=tuple(dict.fromkeys([*call.acts, *sorted(line.acts)])))
    said = [_filled(_pick(_common()["answers"][act], call, act), call) for act in ANSWERED if act in line.acts]
    if call.turn >= MOST_TURNS or call.agreed_fen is not None or _was_registered(call):
        return _closing(call, line, said)
    call, more = _on_offer(call, line) if call.offer_fen is not None else _on_beat(call, line)
    return call, "".join([*said, more])


def _on_beat(call: Call, line: Line) -> tuple[Call, str]:
    """Hold the line of the beat until the person has done what ends it and the level's patience is over."""
    beat = behaviours()[call.behaviour].beats[call.beat]
    is_met = bool(set(call.acts) & set(beat.until))
    if (is_met and call.put_off >= call.level - 1) or call.put_off > call.level:
        return _next(call, line)
    said = beat.again[(call.put_off - 1) % len(beat.again)] if call.put_off else _pick(beat.says, call, "says")
    return replace(call, put_off=call.put_off + 1), said


def _next(call: Call, line: Line) -> tuple[Call, str]:
    """The next beat that ``line`` has not answered already, or the offer."""
    manner = behaviours()[call.behaviour]
    for place in range(call.beat + 1, len(manner.beats)):
        if call.level > 1 or not line.acts & set(manner.beats[place].until):
            call = replace(call, beat=place, put_off=1)
            return call, _pick(manner.beats[place].says, call, "says")
    if manner.gives == "none":
        return replace(call, offer_fen=0), _pick(manner.offers, call, "offers")
    call = replace(call, offer_fen=_amount(call, manner.gives, line.monthly_fen), put_off=0)
    return call, _filled(_pick(manner.offers, call, "offers"), call)


def _amount(call: Call, gives: str, asked_fen: int | None) -> int:
    """What the agent offers: its share of what can be paid, or for a friendly one what was just asked for."""
    share = SHARES[gives]
    fen = call.terms.floor_fen * share // 100 if share else min(asked_fen or call.terms.ask_fen, call.terms.floor_fen)
    return max(WHOLE_YUAN, -(-fen // WHOLE_YUAN) * WHOLE_YUAN if gives == "above" else fen // WHOLE_YUAN * WHOLE_YUAN)


def _on_offer(call: Call, line: Line) -> tuple[Call, str]:
    """A yes agrees; another amount or a no is haggled over as the level has it, then met or left open."""
    if "accept" in line.acts and not line.acts & {"decline", "offer"}:
        return _agree(call, line.monthly_fen or int(call.offer_fen or 0))
    if line.acts & {"decline", "offer", "specialist", "above_floor"} and (
        call.put_off >= call.level - 1 or "specialist" in line.acts
    ):
        if fen := _promised(call, line):
            return _agree(call, fen)
        return replace(call, offer_fen=0), _pick(_common()["left_open"], call, "open")
    manner = behaviours()[call.behaviour]
    again = manner.beats[-1].again
    call = replace(call, put_off=call.put_off + 1)
    return call, "".join([again[(call.put_off - 1) % len(again)], _filled(_pick(manner.offers, call, "offers"), call)])


def _promised(call: Call, line: Line) -> int | None:
    """What the person says they will pay: not what others pay, nor what they call too much."""
    if line.monthly_fen is None or not line.acts & {"offer", "above_floor"}:
        return None
    return line.monthly_fen if line.monthly_fen <= call.terms.floor_fen or "above_floor" in line.acts else None


def _agree(call: Call, fen: int) -> tuple[Call, str]:
    call = replace(call, agreed_fen=fen)
    return call, _filled(_pick(_common()["agreed"], call, "agreed"), call)


def _was_registered(call: Call) -> bool:
    return call.offer_fen == 0


def _closing(call: Call, line: Line, said: Sequence[str]) -> tuple[Call, str]:
    """After the end only questions are answered; with nothing to answer the agent hangs up."""
    fen = _promised(call, line)
    if call.agreed_fen is not None and fen and fen != call.agreed_fen:
        return _agree(call, fen)  # thought better of it
    more = [_filled(_pick(_common()["answers"]["specialist"], call, "specialist"), call)]
    told = [*said, *(more if "specialist" in line.acts else ())]
    if told and call.turn < MOST_TURNS:
        return call, "".join(told)
    return replace(call, is_over=True), "".join([*told, _pick(_common()["bye"], call, "bye")])


def _pick(variants: Sequence[str], call: Call, place: str) -> str:
    return Random(f"{call.seed} {call.turn} {place}").choice(list(variants))


def _filled(text: str, call: Call) -> str:
    draw = Random(f"{call.seed} numbers")
    values = {"staff": str(draw.randrange(1000, 9999)), "ticket": str(draw.randrange(10_000_000, 99_999_999))}
    values |= {"offer": yuan(call.offer_fen or 0), "agreed": yuan(call.agreed_fen or 0)}
    return text.format(**values)
