"""Offers, the ladder and the script in words."""

from __future__ import annotations

from bot.journey import render
from bot.journey.case import Case
from bot.journey.plan import MOST_PERIODS, Offer, Proposal
from bot.knowledge.lines import line
from bot.knowledge.loader import catalog
from bot.money import yuan


def offer(one: Offer) -> str:
    """An offer in one phrase."""
    first = render.day(one.first_due)
    if one.kind == "pause":
        return line("offer.pause", months=one.periods, until=first)
    if one.kind == "deferral":
        return line(
            "offer.deferral",
            months=one.defer_months,
            periods=one.periods,
            monthly=yuan(one.monthly_fen),
            first=first,
        )
    if one.kind == "lump_then":
        return line(
            "offer.lump",
            lump=yuan(one.lump_fen),
            periods=one.periods,
            monthly=yuan(one.monthly_fen),
            first=first,
        )
    return line("offer.level", periods=one.periods, monthly=yuan(one.monthly_fen), first=first)


def offers(proposal: Proposal) -> str:
    """The offers, numbered, each with what it costs and a warning where it does not fit."""
    rows = []
    for number, one in enumerate(proposal.offers, start=1):
        rows.append(line("offer.row", number=number, offer=offer(one)))
        if one.kind == "pause":
            continue
        total, cost = yuan(one.total_paid_fen), yuan(one.total_cost_fen)
        if one.total_cost_fen:
            rows.append(line("offer.cost", total=total, cost=cost, apr=render.percent(one.apr)))
        else:
            rows.append(line("offer.free", total=total))
        if not one.fits:
            rows.append(line("offer.fails", capacity=yuan(proposal.capacity_fen)))
    return "\n".join(rows)


def ladder(proposal: Proposal) -> str:
    """What to ask for, what is still fine, and where to stop."""
    if proposal.capacity_fen == 0:
        return line("ladder.pause", months=proposal.pause_months)
    if not proposal.fits_any:
        return line("ladder.none_fits", floor=yuan(proposal.capacity_fen), most=MOST_PERIODS)
    rows = []
    if proposal.ask:
        rows.append(line("ladder.ask", offer=offer(proposal.ask)))
    if proposal.accept and (not proposal.ask or proposal.accept.periods != proposal.ask.periods):
        rows.append(line("ladder.accept", offer=offer(proposal.accept)))
    rows.append(line("ladder.floor", floor=yuan(proposal.floor_fen)))
    return "\n".join(rows)


def limit(proposal: Proposal) -> str:
    """Where to stop, alone."""
    return ladder(proposal).splitlines()[-1]


def notes(proposal: Proposal) -> str:
    """How the costs were estimated, and what each lender gets where there are several."""
    rows = [line("notes.rate_known" if proposal.rate_known else "notes.estimate")]
    if proposal.unmet_fen is not None:
        rows.insert(0, line("notes.unmet", wish=yuan(proposal.unmet_fen), most=MOST_PERIODS))
    if len(proposal.shares) > 1:
        shares = line("documents.substitute_separator").join(
            line("notes.share", product=render.product_label(product), amount=yuan(fen))
            for product, fen in proposal.shares
        )
        rows.append(line("notes.several", capacity=yuan(proposal.capacity_fen), shares=shares))
        order = line("documents.substitute_separator").join(map(render.product_label, proposal.order))
        rows.append(line("notes.order", order=order))
    return "\n".join(rows)


def working(case: Case, proposal: Proposal) -> str:
    """How the numbers of the plan come about."""
    values = {"income": yuan(case.budget_income_fen or 0), "expenses": yuan(case.expenses_fen)}
    if proposal.capacity_fen == 0:
        return line("working.nothing", **values, surplus=yuan(proposal.surplus_fen))
    return line("working.surplus", **values, capacity=yuan(proposal.capacity_fen), total=yuan(case.owed_fen))


def script(case: Case, proposal: Proposal) -> str:
    """What to say, line by line, with the person's own numbers and cause."""
    separator = line("documents.substitute_separator")
    income, expenses = yuan(case.budget_income_fen or 0), yuan(case.expenses_fen)
    choice = case.plan_choice or {}
    overdue = any(debt.overdue_days for debt in case.debts)
    debts = separator.join(
        line("script.debt", product=render.product_label(debt.product), balance=yuan(debt.balance_fen or 0))
        for debt in case.debts
    )
    papers = separator.join(catalog().documents[item].label_zh for item in case.documents_have or ())
    if proposal.capacity_fen == 0:
        budget = line("script.budget_nothing", income=income, expenses=expenses)
    else:
        monthly = yuan(int(choice.get("monthly_fen", 0)))
        budget = line("script.budget", income=income, expenses=expenses, monthly=monthly)
    if choice.get("kind") == "pause":
        request = line("script.request_pause", months=choice["periods"])
    else:
        asked = "script.request" if overdue else "script.request_not_overdue"
        request = line(asked, offer=str(choice.get("words", "")))
    rows = [
        line("script.opening" if overdue else "script.opening_not_overdue"),
        line("script.reason", reason=catalog().causes[case.situation_cause or "other"].short_reason_zh),
        budget,
        line("script.debts", debts=debts),
        request,
        line("script.papers", papers=papers) if papers else line("script.papers_none"),
        line("script.closing" if case.contact_channel != "app_service" else "script.closing_app"),
    ]
    if case.contact_channel == "social_accounts":
        rows.append(line("script.social"))
    return "\n".join(rows)
