"""What a person does with a line in a call: gives a reason, names an amount, asks for the ticket, insults, gives in …

Wordings come from ``wording/acts.yml``; amounts and terms from the readers. Pure: no Rasa, no clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.coaching.given_away import gives_away
from bot.coaching.named import Named, named
from bot.coaching.owed import OwnDebt, debts_told
from bot.coaching.wording import acts, clauses_of, does, is_denied


@dataclass(frozen=True)
class Line:
    """A line as it was understood. Amounts in fen."""

    acts: frozenset[str]
    """Names of ``wording/acts.yml``, and ``offer``, ``above_floor`` and ``accepts_above``."""
    monthly_fen: int | None = None
    """What the person says they will pay a month, or at once."""
    periods: int | None = None
    """Instalments the person names."""
    omitted: tuple[str, ...] = ()
    """Debts of their own that the line denies or leaves out, by name."""


def read_line(
    text: str,
    floor_fen: int | None = None,
    offer_fen: int | None = None,
    *,
    has_secret: bool = False,
    owed: Sequence[OwnDebt] = (),
    asks_debts: bool = False,
) -> Line:
    """What ``text``, as it was typed, does in the call.

    ``floor_fen``: the most the person can pay a month; ``offer_fen``: what the agent offered last; ``has_secret``:
    something secret was found in it and taken out before; ``owed``: the debts of the person's own case;
    ``asks_debts``: the agent has just asked for debts elsewhere.
    """
    clauses = clauses_of(text)
    done = {name for name in acts() if does(name, clauses)}
    if gives_away(clauses) or (has_secret and not any(is_denied("secret", clause) for clause in clauses)):
        done.add("secret")
    told = debts_told(clauses, owed, asks_debts)
    if told.omitted:
        done.add("hides")
    elif told.is_answer:
        done.add("debts")
    own = named(clauses)
    paid = own.promised[-1] if own.promised else None
    if "hides" in done:
        return Line(frozenset(done), paid, own.periods, told.omitted)
    return Line(frozenset(done | _about_money(done, own, floor_fen, offer_fen)), paid, own.periods)


def _about_money(done: set[str], own: Named, floor_fen: int | None, offer_fen: int | None) -> set[str]:
    """What the person offers or agrees to pay, and whether that is more than they can."""
    agrees = "accept" in done or (offer_fen is not None and own.promised == (offer_fen,))
    is_other = any(fen != offer_fen for fen in own.promised)
    money = {"accept"} if agrees else set()
    if is_other or own.periods:
        money.add("offer")
    if floor_fen is None:
        return money
    over = any(fen > floor_fen for fen in own.promised)
    if agrees and offer_fen is not None and offer_fen > floor_fen and (over or not own.promised):
        money.add("accepts_above")
    elif over:
        money.add("above_floor")
    return money
