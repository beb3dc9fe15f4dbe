"""What to ask for, what is still fine, and where to stop."""

from __future__ import annotations

from bot.journey import words
from bot.journey.cards import shape
from bot.journey.offers import Offer
from bot.journey.plan import Proposal
from bot.journey.wish import MOST_PERIODS
from bot.knowledge.lines import line

Rung = dict[str, str]


def card(proposal: Proposal) -> shape.Card:
    """The rungs that there are, the first to ask for first."""
    return shape.card("ladder", rungs=_rungs(proposal))


def _rungs(proposal: Proposal) -> list[Rung]:
    if proposal.capacity_fen == 0:
        return [_rung("ask", line("rung.pause", months=proposal.pause_months), line("rung.pause_detail"))]
    floor = _rung("floor", shape.amount(proposal.floor_fen), line("rung.floor_detail"))
    if not proposal.fits_any:
        first = proposal.offers[0]
        return [_offered("ask", proposal, first, line("rung.none_fits", most=MOST_PERIODS)), floor]
    named = {"ask": proposal.ask, "accept": proposal.accept}
    distinct = {one: rung for rung, one in reversed(named.items()) if one}
    rungs = [_offered(rung, proposal, one) for one, rung in reversed(distinct.items())]
    if not rungs and proposal.floor:
        rungs = [_offered("accept", proposal, proposal.floor, line("rung.close"))]
    return [*rungs, floor]


def _offered(rung: str, proposal: Proposal, one: Offer, more: str = "") -> Rung:
    number = proposal.offers.index(one) + 1
    detail = line("rung.offer", number=number, offer=words.term(one))
    return _rung(rung, shape.amount(one.monthly_fen), line("note.separator").join(filter(None, (detail, more))))


def _rung(rung: str, title: str, detail: str) -> Rung:
    return {"id": rung, "label": line(f"rung.{rung}"), "title": title, "detail": detail}
