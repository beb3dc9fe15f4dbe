"""Debts as they are told in a rehearsal, held against those of the person's own case. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.coaching.wording import word


@dataclass(frozen=True)
class OwnDebt:
    """A debt of the person who practises."""

    label: str
    names: tuple[str, ...]
    """What it is called, with its label."""
    is_elsewhere: bool
    """True when another lender's office handles it, so that this agent does not see it."""


@dataclass(frozen=True)
class DebtsTold:
    """What a line says about debts: whether it answers, and which it leaves out of those there are."""

    is_answer: bool = False
    omitted: tuple[str, ...] = ()
    """Labels of the debts that it denies or leaves out."""


def debts_told(clauses: tuple[str, ...], owed: Sequence[OwnDebt], is_asked: bool) -> DebtsTold:
    """What the line says of ``owed``; ``is_asked``: the agent has just asked for debts elsewhere.

    Who names no debt and denies any other answers for those elsewhere; who says that one they name is the only one
    leaves out all others. Some without a name (two more, 30,000 in all) hide nothing.
    """
    if any(word("debts_question").search(clause) for clause in clauses):
        return DebtsTold()
    whole = "".join(clauses)
    named = [one for one in owed if any(name in whole for name in one.names)]
    is_denied = any(word("debts_denied").search(clause) for clause in clauses)
    is_only = any(word("debts_only").search(clause) for clause in clauses)
    if is_only or (is_denied and (is_asked or word("debts_word").search(whole))):
        others = [one for one in owed if one not in named and (one.is_elsewhere or (named and is_only))]
        return DebtsTold(is_asked, tuple(one.label for one in others))
    if not is_asked:
        return DebtsTold()
    if any(one.is_elsewhere for one in named) and not word("debts_more").search(whole):
        missing = [one for one in owed if one.is_elsewhere and one not in named]
        return DebtsTold(is_answer=True, omitted=tuple(one.label for one in missing))
    return DebtsTold(is_answer=bool(named or word("debts_more").search(whole)))
