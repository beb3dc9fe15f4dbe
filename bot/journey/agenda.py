"""What comes next: the stages in order, and the questions of each."""

from __future__ import annotations

from dataclasses import replace

from bot.journey.about import is_open
from bot.journey.case import Case

STAGES = ("situation", "budget", "debts", "plan", "documents", "contact", "coach")
"""The spine before the call. Record and follow-up come after it, when there is something to record."""

BUDGET_QUESTIONS = ("budget_income_fen", "budget_housing_fen", "budget_living_fen", "budget_other_fen")


def next_stage(case: Case) -> str:
    """The first stage with something left to ask; ``coach`` when the person is ready for the call."""
    for stage in STAGES[:-1]:
        if next_question(stage, case) is not None:
            return stage
    return "coach"


def next_question(stage: str, case: Case) -> str | None:
    """The slot that ``stage`` asks for next, or None when the stage is complete."""
    return _QUESTIONS[stage](case)


def step_back(asked: str | None, case: Case) -> Case | None:
    """The case without the answer given before the question ``asked``; None when there is none.

    ``asked`` is None outside a form: then the last answer of all is taken back.
    """
    answered: list[tuple[str, str | None]] = []
    for slot, product in _in_order(case):
        if slot == asked and _is_open(case, slot, product):
            break
        if not _is_open(case, slot, product):
            answered.append((slot, product))
    if not answered:
        return None
    slot, product = answered[-1]
    if product is not None:
        return case.with_debt(product, **{slot.removeprefix("debts_"): None})
    if slot == "situation_products":
        return replace(case, debts=(), debts_more=None)
    return case.with_slot(slot, None)


def _in_order(case: Case) -> list[tuple[str, str | None]]:
    """Every question in the order of the journey, those about debts once per debt."""
    order: list[tuple[str, str | None]] = [("situation_cause", None), ("situation_products", None)]
    order += [(slot, None) for slot in BUDGET_QUESTIONS]
    for debt in case.debts:
        order += [(slot, debt.product) for slot in ("debts_balance_fen", "debts_overdue_days", "debts_due_day")]
    order += [(slot, None) for slot in ("debts_more", "plan_choice", "documents_have", "contact_channel")]
    return order


def _is_open(case: Case, slot: str, product: str | None) -> bool:
    if slot == "situation_products":
        return not case.debts
    if product is not None:
        return getattr(case.debt(product), slot.removeprefix("debts_")) is None
    return getattr(case, slot) is None


def _situation(case: Case) -> str | None:
    if case.situation_cause is None:
        return "situation_cause"
    return None if case.debts else "situation_products"


def _budget(case: Case) -> str | None:
    return next((slot for slot in BUDGET_QUESTIONS if getattr(case, slot) is None), None)


def _debts(case: Case) -> str | None:
    debt = case.open_debt
    if debt is None:
        return None if case.debts_more is False else "debts_more"
    if debt.balance_fen is None:
        return "debts_balance_fen"
    return "debts_overdue_days" if debt.overdue_days is None else "debts_due_day"


def _plan(case: Case) -> str | None:
    if case.open_debt is not None:  # a debt that was named just now: its questions come first
        return None
    return "plan_choice" if case.plan_choice is None else None


def _documents(case: Case) -> str | None:
    if case.plan_choice is None:  # the numbers changed: the plan comes first
        return None
    return "documents_have" if case.documents_have is None or case.documents_open else None


def _contact(case: Case) -> str | None:
    if case.plan_choice is None:
        return None
    return "contact_channel" if case.contact_channel is None else None


def _record(case: Case) -> str | None:
    wanted = ["record_channel", "record_outcome"]
    if is_open(case):
        wanted.append("record_products")
    if case.record_outcome == "agreed":
        wanted.append("record_kind")
        wanted += {
            "instalments": ["record_periods", "record_monthly_fen", "record_first_due"],
            "deferral": ["record_defer_months", "record_first_due"],
        }.get(case.record_kind or "", [])
    if case.record_outcome == "pending" and case.record_call_back is None:
        wanted.append("record_next")
    if case.record_ticket is None:  # one of the two numbers is enough
        wanted.append("record_staff")
    wanted.append("record_confirm")
    return next((slot for slot in wanted if getattr(case, slot) is None), None)


_QUESTIONS = {
    "situation": _situation,
    "budget": _budget,
    "debts": _debts,
    "plan": _plan,
    "documents": _documents,
    "contact": _contact,
    "record": _record,
}
