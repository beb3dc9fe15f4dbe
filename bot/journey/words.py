"""Offers, the ladder and the script in words."""

from __future__ import annotations

from bot.journey import render
from bot.journey.case import Case, Debt
from bot.journey.household import is_rate_told, rate_of
from bot.journey.offers import Offer
from bot.journey.plan import Proposal
from bot.journey.wish import MOST_PERIODS
from bot.knowledge.lines import line
from bot.money import yuan
from bot.plan.model import CONTRACT, INTEREST_WAIVED, PENALTY_WAIVED

AT_PRICE = {PENALTY_WAIVED: "offer.penalty_waived", INTEREST_WAIVED: "offer.interest_waived"}
"""The line around an offer that counts on the lender giving something up."""


def offer(one: Offer) -> str:
    """An offer in one phrase."""
    first, monthly = render.day(one.first_due), yuan(one.monthly_fen)
    if one.kind == "pause":
        return line("offer.pause", months=one.periods, until=first)
    if one.kind == "part":
        return line("offer.part", periods=one.periods, monthly=monthly, first=first)
    if one.kind == "minimum":
        return line("offer.minimum", periods=one.periods, monthly=monthly, first=first)
    if one.kind == "step_up":
        low = yuan(one.first.payment_fen)
        return line("offer.step_up", months=one.low_months, low=low, monthly=monthly, periods=one.periods, first=first)
    if one.kind == "deferral":
        said = line("offer.deferral", months=one.defer_months, periods=one.periods, monthly=monthly, first=first)
    elif one.kind == "lump_then":
        paid, lump = render.day(one.lump_on or one.first_due), yuan(one.lump_fen)
        said = line("offer.lump", day=paid, lump=lump, periods=one.periods, monthly=monthly, first=first)
    elif one.periods == 1:
        said = line("offer.at_once", monthly=monthly, first=first)
    else:
        said = line("offer.level", periods=one.periods, monthly=monthly, first=first)
    return line(AT_PRICE[one.price], offer=said) if one.price != CONTRACT else said


def offers(proposal: Proposal) -> str:
    """The offers, numbered, each with what it costs and a warning where it does not fit."""
    return "\n".join(row for number in range(len(proposal.offers)) for row in _rows(proposal, number + 1))


def nothing_left(proposal: Proposal) -> str:
    """Why there is nothing to pay with."""
    if proposal.surplus_fen == 0:
        return line("pause.zero")
    return line("pause.deficit", missing=yuan(-proposal.surplus_fen))


def pause(proposal: Proposal) -> str:
    """The pause to ask for and what is owed after it."""
    return "\n".join([offer(proposal.offers[0]), *_details(proposal, proposal.offers[0])])


def wished(proposal: Proposal) -> str:
    """What was asked for, under its number where it may be chosen."""
    if proposal.wished is None:
        return ""
    if proposal.wished not in proposal.offers:
        return "\n".join([offer(proposal.wished), *_details(proposal, proposal.wished)])
    return "\n".join(_rows(proposal, proposal.offers.index(proposal.wished) + 1))


def _rows(proposal: Proposal, number: int) -> list[str]:
    one = proposal.offers[number - 1]
    return [line("offer.row", number=number, offer=offer(one)), *_details(proposal, one)]


def _details(proposal: Proposal, one: Offer) -> list[str]:
    """What an offer costs, what it leaves, and what has to hold for it, as rows below it."""
    return [line("offer.detail", detail=detail) for detail in (_cost(proposal, one), *warnings(proposal, one))]


def _cost(proposal: Proposal, one: Offer) -> str:
    if one.left_fen:
        return line("offer.left", left=yuan(one.left_fen))
    total, cost, apr = yuan(one.total_paid_fen), yuan(one.total_cost_fen), render.percent(one.apr)
    if not one.total_cost_fen:
        return line("offer.free", total=total)
    if not one.apr:  # nothing from today on: all of it is penalty so far
        return line("offer.penalty_only", total=total, cost=cost)
    key = "offer.cost_penalty" if has_penalty(proposal, one) else "offer.cost"
    return line(key, total=total, cost=cost, apr=apr)


def has_penalty(proposal: Proposal, one: Offer) -> bool:
    """Whether what an offer costs includes penalty that is owed already."""
    return bool(proposal.penalty_fen) and one.price == CONTRACT


def warnings(proposal: Proposal, one: Offer) -> list[str]:
    """What has to hold for an offer, one text each."""
    rows = []
    if one.extra_fen:
        rows.append(line("offer.extra", extra=yuan(one.extra_fen)))
    if not one.fits and one.periods == 1:
        rows.append(line("offer.at_once_fails"))
    elif not one.fits and proposal.capacity_fen:
        rows.append(line("offer.fails", capacity=yuan(proposal.capacity_fen)))
    return rows


def term(one: Offer) -> str:
    """What kind of plan an offer is, without amounts a month and days."""
    if one.kind == "part":
        said = line("term.part", periods=one.periods)
    elif one.kind == "pause":
        said = line("term.pause", months=one.periods)
    elif one.kind == "minimum":
        said = line("term.minimum", periods=one.periods)
    elif one.kind == "step_up":
        low = yuan(one.first.payment_fen)
        said = line("term.step_up", months=one.low_months, low=low, periods=one.periods)
    elif one.kind == "deferral":
        said = line("term.deferral", months=one.defer_months, periods=one.periods)
    elif one.kind == "lump_then":
        said = line(
            "term.lump", day=render.day(one.lump_on or one.first_due), lump=yuan(one.lump_fen), periods=one.periods
        )
    else:
        said = line("term.at_once") if one.periods == 1 else line("term.level", periods=one.periods)
    return line(AT_PRICE[one.price], offer=said) if one.price != CONTRACT else said


def verdict(proposal: Proposal, case: Case) -> str:
    """What to think of the what-if: what it costs beside the first offer, what stands in its way, what it needs."""
    one, wish = proposal.wished, case.plan_wish
    if one is None:
        return ""
    rows = _compared(one, proposal.offers[0])
    if not proposal.is_wish_met:
        rows.append(line("what_if.unmet", wish=yuan(wish["monthly_fen"]), most=one.periods))
    if not one.fits and proposal.capacity_fen == 0:
        rows.append(line("what_if.nothing_left", missing=yuan(-proposal.surplus_fen)))
    elif not one.fits and proposal.floor and one.periods > 1:
        monthly = yuan(proposal.floor.monthly_fen)
        rows.append(line("what_if.shortest", periods=proposal.floor.periods, monthly=monthly))
    if one.kind == "in_full":
        rows.append(line("what_if.clears"))
    if one.price != CONTRACT:
        rows.append(line("what_if.waived"))
    if one.periods == MOST_PERIODS and one.kind == "level" and proposal.is_wish_met:
        rows.append(line("what_if.longest", most=MOST_PERIODS))
    if one.lump_fen and "lump_on" not in wish:
        rows.append(line("what_if.lump_today"))
    return "\n".join(rows)


def _compared(one: Offer, first: Offer) -> list[str]:
    """How much less or more ``one`` asks for a month and in all than the first offer; nothing where none compares."""
    if one == first or min(one.periods, first.periods) == 1 or "part" in (one.kind, first.kind) or first.left_fen:
        return []
    monthly, total = one.monthly_fen - first.monthly_fen, one.total_paid_fen - first.total_paid_fen
    return [line("what_if.compared", number=1, monthly=_difference(monthly), total=_difference(total))]


def _difference(fen: int) -> str:
    if fen == 0:
        return line("what_if.same")
    return line("what_if.less" if fen < 0 else "what_if.more", amount=yuan(abs(fen)))


def others(proposal: Proposal) -> str:
    """The offers that stand beside the what-if, each in a few words."""
    return "\n".join(
        line("what_if.other", number=number, offer=_short(one))
        for number, one in enumerate(proposal.offers, start=1)
        if one != proposal.wished
    )


def _short(one: Offer) -> str:
    """An offer by its term and its amount a month."""
    monthly = yuan(one.monthly_fen)
    if one.kind == "part":
        return line("what_if.part", monthly=monthly)
    if one.kind == "pause":
        return line("offer.pause", months=one.periods, until=render.day(one.first_due))
    if one.kind == "deferral":
        said = line("what_if.deferral", months=one.defer_months, periods=one.periods, monthly=monthly)
    else:
        said = line("what_if.level", periods=one.periods, monthly=monthly)
    return line(AT_PRICE[one.price], offer=said) if one.price != CONTRACT else said


def ladder(proposal: Proposal) -> str:
    """What to ask for, what is still fine, and where to stop; offers are named by their numbers."""
    if proposal.capacity_fen == 0:
        return line("ladder.pause", months=proposal.pause_months)
    floor = line("ladder.floor", floor=yuan(proposal.floor_fen))
    if not proposal.fits_any:
        return "\n".join([line("ladder.none_fits", number=1, most=MOST_PERIODS), floor])
    rungs = [one for one in (proposal.ask, proposal.accept) if one]
    keys = ["ladder.ask", "ladder.accept"]
    if not rungs and proposal.floor:
        rungs, keys = [proposal.floor], ["ladder.close"]
    rows = [
        line(key, number=proposal.offers.index(one) + 1, monthly=yuan(one.monthly_fen))
        for key, one in zip(keys, dict.fromkeys(rungs), strict=False)
    ]
    return "\n".join([*rows, floor])


def limit(proposal: Proposal) -> str:
    """Where to stop, alone."""
    return ladder(proposal).splitlines()[-1]


def notes(case: Case, proposal: Proposal) -> str:
    """How the costs were estimated, and the penalty that may be asked away."""
    rows = [line("notes.estimate", products=_names(debts), rate=rate) for rate, debts in _estimated(case).items()]
    rows = rows or [line("notes.rate_told")]
    if proposal.penalty_fen:
        told = all(debt.penalty_fen is not None for debt in case.debts if debt.overdue_days)
        penalty = yuan(proposal.penalty_fen)
        rows.append(line("notes.penalty_told" if told else "notes.penalty_estimate", penalty=penalty))
        if proposal.saved_fen:
            saved = yuan(proposal.saved_fen)
            rows.append(line("notes.waiver", periods=proposal.offers[0].periods, saved=saved))
    return "\n".join(rows)


def lenders(proposal: Proposal) -> str:
    """What each lender gets a month, and in which order to pay; empty for a single one."""
    if len(proposal.shares) < 2 or proposal.capacity_fen == 0:
        return ""
    rows = [line("lenders.several", capacity=yuan(proposal.capacity_fen))]
    for share in proposal.shares:
        product, most = render.product_label(share.product), yuan(share.capacity_fen)
        if share.ask:
            asked = _short(share.ask)
            rows.append(line("lenders.share", product=product, most=most, offer=asked))
        else:
            rows.append(line("lenders.share_only", product=product, most=most))
    return "\n".join([*rows, order(proposal)])


def order(proposal: Proposal) -> str:
    """In which order to pay several debts, and what that saves."""
    names = line("lenders.then").join(map(render.product_label, proposal.order))
    if proposal.is_late_first:
        return line("lenders.late_first", order=names)
    if proposal.order_saves_fen:
        return line("lenders.order", order=names, saved=yuan(proposal.order_saves_fen))
    return line("lenders.any_order", order=names)


def parts(chosen: tuple[tuple[str, Offer], ...]) -> str:
    """What is asked of each lender, one a row; empty for a single one."""
    if len(chosen) < 2:
        return ""
    rows = [line("lenders.part", product=render.product_label(product), offer=offer(one)) for product, one in chosen]
    return "\n".join([line("lenders.parts"), *rows])


def working(case: Case, proposal: Proposal) -> str:
    """How the numbers of the plan come about, step by step."""
    values = {"income": yuan(case.budget_income_fen or 0), "expenses": yuan(case.expenses_fen)}
    if proposal.capacity_fen == 0:
        return line("working.nothing", **values, surplus=yuan(proposal.surplus_fen))
    steps = [line("working.surplus", **values, capacity=yuan(proposal.capacity_fen))]
    if proposal.ask:
        steps.append(line("working.ask"))
    one = proposal.wished or proposal.offers[0]
    if not proposal.fits_any:
        steps += [
            line("working.none_fits", periods=MOST_PERIODS, monthly=yuan(dear.monthly_fen))
            for dear in proposal.offers
            if (dear.kind, dear.periods, dear.price) == ("level", MOST_PERIODS, CONTRACT)
        ]
    if one.kind == "level" and len(case.debts) == 1 and one.first.interest_fen:
        steps.append(line("working.interest", **_interest(case, proposal, one)))
    if one.kind != "part":
        steps.append(line("working.first", **_first(proposal, one)))
    return "\n".join(line("working.step", number=number, step=step) for number, step in enumerate(steps, start=1))


def _first(proposal: Proposal, one: Offer) -> dict[str, str | int]:
    """What the first payment of ``one`` goes to."""
    return {
        "number": proposal.offers.index(one) + 1,
        "day": render.day(one.first_due),
        "paid": yuan(one.first.payment_fen),
        "charges": yuan(one.first.interest_fen + one.first.fee_fen),
        "principal": yuan(one.first.principal_fen),
    }


def _interest(case: Case, proposal: Proposal, one: Offer) -> dict[str, str | int]:
    """How the interest of the first payment of a single debt is worked out."""
    return {
        "number": proposal.offers.index(one) + 1,
        "day": render.day(one.first_due),
        "days": (one.first_due - proposal.as_of).days,
        "owed": yuan(one.first.balance_fen + one.first.principal_fen),
        "rate": _rate(case.debts[0]),
        "interest": yuan(one.first.interest_fen),
    }


def _estimated(case: Case) -> dict[str, list[str]]:
    """The products whose rate is an estimate, by that rate in words."""
    found: dict[str, list[str]] = {}
    for debt in case.debts:
        if not is_rate_told(debt):
            found.setdefault(_rate(debt), []).append(debt.product)
    return found


def _rate(debt: Debt) -> str:
    """The rate a debt is reckoned with, in words."""
    rate = rate_of(debt)
    percent = render.percent(rate["value"], 4)
    return line("notes.daily", rate=percent) if rate["kind"] == "daily" else line("notes.annual", rate=percent)


def _names(products: list[str]) -> str:
    return line("documents.substitute_separator").join(map(render.product_label, products))
