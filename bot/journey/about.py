"""Which debts a talk was about: as they were named, else as far as the case and the office leave no doubt."""

from __future__ import annotations

from bot.journey.case import Case
from bot.knowledge.loader import catalog


def candidates(case: Case) -> tuple[str, ...]:
    """The debts that the talk may be about: those of the office that was called, else all of them."""
    owed = tuple(debt.product for debt in case.debts)
    handled = tuple(product for product in owed if case.record_channel in catalog().products[product].contact)
    return handled or owed


def about(case: Case) -> tuple[str, ...]:
    """The debts that the talk being written down is about; empty when that is not known."""
    if case.record_products is not None:
        return case.record_products
    found = candidates(case)
    return found if len(found) == 1 else ()


def is_open(case: Case) -> bool:
    """True when several debts may be meant and nobody said which."""
    return case.record_products is None and len(candidates(case)) > 1


def usual_channel(case: Case) -> str | None:
    """The way that was planned, unless the office of the debts named is another one."""
    channel = case.contact_channel
    if channel is None or not case.record_products:
        return channel
    offices = [catalog().products[product].contact for product in case.record_products]
    return channel if all(channel in office for office in offices) else None
