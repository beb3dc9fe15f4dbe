"""Which amounts and instalments of a line are the speaker's own: not what others want, not what is owed or refused."""

from __future__ import annotations

from dataclasses import dataclass

from bot.coaching.wording import word
from bot.reading import Amount, find_amounts, find_periods


@dataclass(frozen=True)
class Named:
    """What the speaker would pay, in fen, in the order it was said, and the instalments they name."""

    promised: tuple[int, ...] = ()
    periods: int | None = None


def named(clauses: tuple[str, ...]) -> Named:
    """What the speaker of ``clauses`` says that they will pay or would like to pay."""
    promised: list[int] = []
    periods = None
    for place, clause in enumerate(clauses):
        if word("not_own").search(clause):
            continue
        after = clauses[place + 1] if place + 1 < len(clauses) else ""
        found = [one for one in find_amounts(clause) if one.low_fen > 0 and not word("several").search(one.text)]
        # What follows without an amount of its own may take back what was said: 一次还六千，我拿不出来.
        is_taken_back = bool(word("takes_back").search(after)) and not find_amounts(after)
        if not is_taken_back:
            promised += [one.low_fen for number, one in enumerate(found) if _is_promised(clause, found, number)]
        periods = periods or _periods(clause)
    return Named(tuple(promised), periods)


def _is_promised(clause: str, found: list[Amount], number: int) -> bool:
    start = found[number - 1].end if number else 0
    end = found[number + 1].start if number + 1 < len(found) else len(clause)
    before, after = clause[start : found[number].start], clause[found[number].end : end]
    if word("not_paid").search(before) or word("not_paid_after").search(after):
        return False
    if is_refused(after) or word("refused_before").search(word("harmless").sub("", before)):
        return False
    is_alone = not before and not after
    return is_alone or found[number].unit or bool(word("paid").search(before) or word("paid_after").search(after))


def is_refused(clause: str) -> bool:
    """Whether ``clause`` says that something cannot be paid or taken on."""
    return bool(word("cannot").search(word("harmless").sub("", clause)))


def _periods(clause: str) -> int | None:
    for one in find_periods(clause):
        before, after = clause[: one.start], clause[one.end :]
        is_asked = one.kind == "instalments" or word("spread").search(before) or word("spread_after").search(after)
        is_told = word("not_periods").search(before) or word("not_periods_after").search(after)
        if one.kind != "days" and is_asked and not is_told and not is_refused(after):
            return one.low
    return None
