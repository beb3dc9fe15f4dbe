"""What to think of an agreement before it is saved: can it be kept, is it what was planned, does it add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.journey import agreements, plan, render, words
from bot.journey.about import about
from bot.journey.case import Case
from bot.knowledge.lines import line
from bot.money import yuan
from bot.records.store import Record

TIGHT = (9, 10)
"""From nine tenths of the capacity on an agreement is called tight."""


@dataclass(frozen=True)
class Check:
    """One remark on an agreement."""

    text: str
    is_fine: bool = False


@dataclass(frozen=True)
class Planned:
    """What was to be asked for, for the debts of the talk."""

    words: str
    monthly_fen: int
    periods: int


def checks(case: Case, today: date, records: Sequence[Record] = ()) -> list[Check]:
    """The remarks; ``records`` are those kept so far, whose agreements on other debts go on beside this one."""
    if case.record_outcome != "agreed":
        return []
    told = [*_fits(case, records, today), *_compared(case, today), *map(Check, _adds_up(case)), *_owed(case)]
    if case.record_confirmation == "spoken":
        told.append(Check(line("record.spoken_only")))
    return told


def check(case: Case, today: date, records: Sequence[Record] = ()) -> str:
    """The same in words, with what was not asked yet."""
    told = [one.text for one in checks(case, today, records)]
    points = missing(case)
    if points:
        told.append(line("record.missing", points=line("documents.substitute_separator").join(points)))
    return "\n".join(told)


def missing(case: Case) -> list[str]:
    """The points an agreement should settle and the record does not name yet, in words."""
    if case.record_outcome != "agreed":
        return []
    told = {
        "total": case.record_total_fen or (case.record_monthly_fen and case.record_periods),
        "waived": case.record_waived_fen or case.record_waiver or case.record_kind == "waiver",
        "first_due": case.record_first_due or case.record_kind in ("waiver", "other"),
        "collection": case.record_collection,
        "credit": case.record_credit,
        "confirmation": case.record_confirmation,
        "number": case.record_staff or case.record_ticket,
    }
    return [line(f"missing.{point}") for point, value in told.items() if not value]


def _fits(case: Case, records: Sequence[Record], today: date) -> list[Check]:
    """Whether the instalments can be kept beside those of the other agreements; nothing when that cannot be said."""
    monthly, income = case.record_monthly_fen, case.budget_income_fen
    if not monthly or income is None or case.budget_other_fen is None:
        return []
    capacity = max(0, income - case.expenses_fen)
    others = _others(case, records)
    paid = monthly + agreements.monthly_fen(others)
    values = {"monthly": yuan(monthly), "capacity": yuan(capacity)}
    beside = [_beside(others, paid)] if paid > monthly else []
    if paid > capacity:
        over = Check(line("record.breaks", **values, over=yuan(paid - capacity)))
        if beside:
            over = Check(line("record.breaks_together", capacity=yuan(capacity), over=yuan(paid - capacity)))
        floor = [Check(line("record.over_floor", floor=yuan(capacity)))] if capacity and not beside else []
        return [*beside, over, *floor]
    if beside:
        is_tight = paid * TIGHT[1] >= capacity * TIGHT[0]
        key = "record.tight_together" if is_tight else "record.fits_together"
        return [*beside, Check(line(key, capacity=yuan(capacity)), not is_tight)]
    if monthly * TIGHT[1] >= capacity * TIGHT[0]:
        return [Check(line("record.tight", **values)), *_share(case, today)]
    return [Check(line("record.fits", **values), is_fine=True), *_share(case, today)]


def _others(case: Case, records: Sequence[Record]) -> list[Record]:
    """The agreements that this one does not replace."""
    own = about(case)
    return [
        one
        for one in agreements.in_force(records)
        if own and one.talk.products and not set(own).intersection(one.talk.products) and not agreements.is_settled(one)
    ]


def _beside(others: Sequence[Record], paid: int) -> Check:
    """What goes on beside this agreement, and what all of them come to a month."""
    told = line("note.separator").join(
        line("record.other", product=render.products(one.talk.products), monthly=yuan(one.talk.monthly_fen or 0))
        for one in others
        if one.talk.monthly_fen
    )
    return Check(line("record.together", others=told, sum=yuan(paid)), is_fine=True)


def _share(case: Case, today: date) -> list[Check]:
    """A word when one debt takes more than its part of what there is, and others are still to be agreed on."""
    own = about(case)
    if not own or len(own) >= len(case.debts) or case.open_debt is not None:
        return []
    shares = {share.product: share.capacity_fen for share in plan.propose(case, today).shares}
    part, monthly = sum(shares.get(product, 0) for product in own), case.record_monthly_fen or 0
    if monthly <= part:
        return []
    rest = [debt.product for debt in case.debts if debt.product not in own]
    values = {"product": render.products(own), "share": yuan(part), "over": yuan(monthly - part)}
    return [Check(line("record.over_share", **values, rest=render.products(rest)))]


def planned(case: Case, today: date) -> Planned | None:
    """What was to be asked for: the plan that was chosen, or its part for the debts of the talk."""
    chosen, own = case.plan_choice, about(case)
    if not chosen:
        return None
    if not own or {debt.product for debt in case.debts} <= set(own):
        return Planned(str(chosen["words"]), int(chosen["monthly_fen"]), int(chosen["periods"]))
    parts = dict(plan.parts(case, today)) if case.open_debt is None else {}
    if not parts or not set(own) <= set(parts):
        return None
    told = [line("script.part", product=render.product_label(one), offer=words.offer(parts[one])) for one in own]
    mine = [parts[one] for one in own]
    return Planned(line("note.separator").join(told), sum(one.monthly_fen for one in mine), mine[0].periods)


def _compared(case: Case, today: date) -> list[Check]:
    """The agreement beside the plan that was chosen."""
    if not case.record_monthly_fen or not case.record_periods:
        return []
    wanted = planned(case, today)
    if wanted is None:
        return []
    is_same = (wanted.monthly_fen, wanted.periods) == (case.record_monthly_fen, case.record_periods)
    return [Check(line("record.planned_same" if is_same else "record.planned", offer=wanted.words), is_same)]


def _adds_up(case: Case) -> list[str]:
    """A word when instalments and total do not match by more than the last instalment may differ."""
    monthly, periods, total = case.record_monthly_fen, case.record_periods, case.record_total_fen
    if not (monthly and periods and total):
        return []
    if 0 < total - monthly * (periods - 1) <= 2 * monthly:
        return []
    values = {"monthly": yuan(monthly), "sum": yuan(monthly * periods), "total": yuan(total)}
    return [line("record.sum_differs", periods=periods, **values)]


def _owed(case: Case) -> list[Check]:
    """All that is to be paid beside what is owed on the debts of the talk; nothing where either is not known."""
    owed = [case.debt(product) for product in about(case)]
    balances = [debt.balance_fen for debt in owed if debt is not None and debt.balance_fen]
    total = case.record_total_fen or (case.record_monthly_fen or 0) * (case.record_periods or 0)
    if not total or not balances or len(balances) < len(owed):
        return []
    values = {"total": yuan(total), "product": render.products(about(case)), "balance": yuan(sum(balances))}
    over = total - sum(balances)
    if over == 0:
        return []
    key = "record.over_balance" if over > 0 else "record.under_balance"
    return [Check(line(key, **values, difference=yuan(abs(over))))]
