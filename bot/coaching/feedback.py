"""What the coach says about a line, one kind sentence, and about the whole call: what went well, what to change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.coaching.acts import Line
from bot.coaching.agent import Call
from bot.knowledge.lines import line
from bot.money import yuan

AT_ONCE: Final = ("secret", "borrows", "hides", "insult", "accepts_above", "above_floor")
"""Mistakes that a line makes, the gravest first."""
LEFT_OUT: Final = {"no_reason": "reason", "no_offer": "offer", "no_numbers": "numbers", "no_written": "written"}
"""Mistakes that a whole call makes, with what was left out, in the order of a call."""
GOOD: Final = ("reason", "offer", "decline", "numbers", "written", "specialist", "debts", "proof", "time", "willing")
"""What is praised, the most useful first."""
PRAISED: Final = 3
CHANGED: Final = 2
"""As many things are named at the end, at most."""


@dataclass(frozen=True)
class Summary:
    """What came of a call, in words."""

    well: str
    change: str
    better: str


def mistakes_of(told: Line) -> list[str]:
    """The mistakes that one line makes."""
    return [name for name in AT_ONCE if name in told.acts]


def remark(told: Line, before: Call, after: Call) -> str:
    """One sentence about ``told``: its mistake, else what is good and new in it, else what would help next."""
    made = mistakes_of(told)
    if made and made[0] == "hides" and told.omitted:
        return line("coach.omits", names=line("documents.substitute_separator").join(told.omitted))
    if made:
        return line(f"coach.{made[0]}", **_values(made[0], after))
    new = [name for name in GOOD if name in told.acts and name not in before.acts]
    if new:
        return line(f"coach.good_{new[0]}")
    return line(f"coach.hint_{_missing(after)}") if _missing(after) else line("coach.hint_end")


def left_out(call: Call) -> list[str]:
    """What a call that is over never came to."""
    is_settled = call.agreed_fen is not None or call.offer_fen == 0
    needed = [name for name in LEFT_OUT if is_settled or name in ("no_reason", "no_offer")]
    return [name for name in needed if LEFT_OUT[name] not in call.acts]


def summary(call: Call, made: Sequence[str]) -> Summary:
    """The call in words; ``made`` are the mistakes of its lines, in order."""
    good = [name for name in GOOD if name in call.acts][:PRAISED]
    change = list(dict.fromkeys([*(name for name in AT_ONCE if name in made), *left_out(call)]))[:CHANGED]
    return Summary(
        well="\n".join(line(f"coach.did_{name}") for name in good) or line("coach.did_try"),
        change="\n".join(line(f"coach.change_{name}") for name in change) or line("coach.change_nothing"),
        better=line(f"coach.better_{change[0]}", **_values(change[0], call)) if change else line("coach.better_again"),
    )


def _missing(call: Call) -> str | None:
    wanted = ["reason", "offer", *(("numbers", "written") if call.offer_fen is not None else ())]
    return next((name for name in wanted if name not in call.acts), None)


def _values(name: str, call: Call) -> dict[str, str]:
    """What the sentence about a mistake or its better line has to be filled with."""
    if name in ("accepts_above", "above_floor"):
        return {"floor": yuan(call.terms.floor_fen)}
    return {"ask": yuan(min(call.terms.ask_fen, call.terms.floor_fen))} if name == "no_offer" else {}
