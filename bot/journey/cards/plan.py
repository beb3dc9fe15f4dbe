"""The offers side by side."""

from __future__ import annotations

from typing import Any

from bot.journey import plan, render, words
from bot.journey.cards import charts, shape
from bot.journey.case import Case
from bot.journey.offers import Offer
from bot.journey.plan import Proposal
from bot.knowledge.lines import line


def card(case: Case, proposal: Proposal) -> shape.Card:
    """All offers, with how their costs were estimated."""
    offers = list(enumerate(proposal.offers, start=1))
    return _made(proposal, offers, notes=words.notes(case, proposal).splitlines())


def pause(proposal: Proposal) -> shape.Card:
    """What can be asked for where nothing can be paid."""
    return _made(proposal, [(1, proposal.offers[0])], title=line("card.pause"))


def what_if(case: Case, proposal: Proposal, one: Offer) -> shape.Card:
    """What was asked for, alone; its charts stand it beside the other offers. Without a number it cannot be chosen."""
    offers = list(enumerate(proposal.offers, start=1))
    shown = [(number, each) for number, each in offers if each == one] or [(0, one)]
    notes = words.verdict(proposal, case).splitlines()
    made = _made(proposal, shown, title=line("card.what_if"), notes=notes or None)
    return {**made, **_charts(proposal, offers if shown[0][0] else [])}


def _made(proposal: Proposal, offers: list[tuple[int, Offer]], **more: Any) -> shape.Card:
    shown = [_offer(proposal, number, one) for number, one in offers]
    return {**shape.card("plan", offers=shown, **more), **_charts(proposal, offers)}


def _charts(proposal: Proposal, offers: list[tuple[int, Offer]]) -> dict[str, Any]:
    """The comparison first, then the rest; nothing where there is nothing to draw."""
    drawn = [charts.monthly(proposal, offers), charts.balance(proposal, offers), charts.shares(offers)]
    found = [one for one in drawn if one] if offers else []
    return {"chart": found[0], "charts": found[1:]} if found else {}


def _offer(proposal: Proposal, number: int, one: Offer) -> dict[str, Any]:
    strain, values = plan.strain(one, proposal), _values(one)
    shown: dict[str, Any] = {
        "title": words.term(one),
        "fits": strain,
        "verdict": line(f"strain.{strain}"),
        "periods": one.periods,
        "first_due": render.day(one.first_due),
        **{name: values[name] for name in ("monthly", "total", "cost", "apr") if name in values},
        "rows": [{"label": _label(proposal, one, name), "value": value} for name, value in values.items()],
        "notes": words.warnings(proposal, one),
    }
    return {"number": number, **shown, "choose": _choose(number, one)} if number else shown


def _label(proposal: Proposal, one: Offer, name: str) -> str:
    """What stands before a value; what it costs says whether penalty is in it, as the text does."""
    if name == "cost" and words.has_penalty(proposal, one):
        return line("offer_row.cost_penalty")
    return line(f"offer_row.{name}")


def _values(one: Offer) -> dict[str, str]:
    """What is to be said of an offer, by name."""
    first = render.day(one.first_due)
    if one.kind == "pause":
        return {"until": first, "left": shape.amount(one.left_fen)}
    told = {"monthly": shape.amount(one.monthly_fen), "first_due": first}
    if one.left_fen:
        return {**told, "left": shape.amount(one.left_fen)}
    total, cost = shape.amount(one.total_paid_fen), shape.amount(one.total_cost_fen)
    return {**told, "total": total, "cost": cost, "apr": line("card.percent", value=render.percent(one.apr))}


def _choose(number: int, one: Offer) -> shape.Action:
    """Says the offer itself and not its number, so that it means the same when other offers stand there by then."""
    return {
        "title": line("buttons.choose", number=number),
        "payload": shape.command("request_plan", answer=one.name),
    }
