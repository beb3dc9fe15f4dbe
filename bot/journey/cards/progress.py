"""How far the journey is: the stages, and what was answered in each, to be changed with one press."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.journey import render
from bot.journey.agenda import BUDGET_QUESTIONS, STAGES, next_stage
from bot.journey.cards import shape
from bot.journey.case import Case, Debt
from bot.knowledge.lines import line
from bot.reading.traditional import TRADITIONAL, in_traditional

Answer = dict[str, Any]


def card(slots: Mapping[str, Any]) -> shape.Card:
    """The progress of the conversation with these slots, in the script that its person reads."""
    made = of(Case.from_slots(slots))
    if (slots.get("script") or {}).get("name") == TRADITIONAL:
        in_traditional(made)
    return made


def of(case: Case) -> shape.Card:
    """The progress of a case."""
    now = STAGES.index(next_stage(case))
    states = ["done"] * now + ["now"] + ["ahead"] * (len(STAGES) - now - 1)
    stages = [
        {"id": stage, "label": render.stage_label(stage), "state": state, "answers": list(_answers(stage, case))}
        for stage, state in zip(STAGES, states, strict=True)
    ]
    return shape.card("progress", stages=stages)


def _answers(stage: str, case: Case) -> Iterator[Answer]:
    if stage == "situation":
        yield from _situation(case)
    elif stage == "budget":
        for slot in BUDGET_QUESTIONS:
            if (fen := getattr(case, slot)) is not None:
                yield _answer(slot, shape.amount(fen))
    elif stage == "debts":
        for debt in case.debts:
            yield from _debt(debt)
        if case.debts_more is False:
            yield _answer("debts_more", line("card.no_more_debts"))
    elif stage == "plan" and case.plan_choice:
        yield _answer("plan_choice", str(case.plan_choice["words"]))
    elif stage == "documents" and case.documents_have is not None:
        yield _answer("documents_have", render.value_of("documents_have", case.documents_have))
    elif stage == "contact" and case.contact_channel:
        yield _answer("contact_channel", render.value_of("contact_channel", case.contact_channel))


def _situation(case: Case) -> Iterator[Answer]:
    if case.situation_cause:
        yield _answer("situation_cause", render.value_of("situation_cause", case.situation_cause))
    # Once an amount is known, each debt stands with its own answers, and naming all anew would lose them.
    if case.debts and all(debt.balance_fen is None for debt in case.debts):
        names = line("documents.substitute_separator").join(render.product_label(debt.product) for debt in case.debts)
        yield _answer("situation_products", names)


def _debt(debt: Debt) -> Iterator[Answer]:
    product = debt.product
    if debt.balance_fen is not None:
        yield _answer("debts_balance_fen", shape.amount(debt.balance_fen), product)
    if debt.overdue_days is not None:
        yield _answer("debts_overdue_days", render.overdue(debt.overdue_days), product)
    if debt.due_day is not None:
        yield _answer("debts_due_day", line("card.due_day", day=debt.due_day), product)


def _answer(slot: str, value: str, product: str | None = None) -> Answer:
    label = line(f"answer.{slot}") if product is None else line(f"answer.{slot}", product=render.product_label(product))
    return {"label": label, "value": value, "edit": shape.edit(label, slot, product)}
