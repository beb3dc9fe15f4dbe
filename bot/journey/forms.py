"""How a form answers what was just said: reading back, and help that grows with each answer that will not do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot.journey import render
from bot.journey.again import is_earlier
from bot.journey.agenda import next_question
from bot.journey.case import Case
from bot.journey.turn import Note
from bot.money import yuan
from bot.replies import Say

Turn = Mapping[str, Any]

RETRY: dict[str, Callable[[Say], None]] = {
    "not_a_number": Say.retry_not_a_number,
    "negative": Say.retry_negative,
    "again": Say.retry_again,
    "not_yet": Say.retry_not_yet,
    "which_answer": Say.which_correction,
    "record_first": Say.retry_record_first,
    "whole_balance": Say.retry_whole_balance,
    "how_many_days": Say.retry_how_many_days,
    "overdue_or_not": Say.retry_overdue_or_not,
    "more_or_not": Say.retry_more_or_not,
    "vague_days": Say.retry_vague_days,
    "not_days": Say.retry_not_days,
    "day_invalid": Say.retry_day_invalid,
    "day_vague": Say.retry_day_vague,
    "not_a_day": Say.retry_not_a_day,
    "which_product": Say.retry_which_product,
    "yes_or_no": Say.retry_yes_or_no,
    "not_understood": Say.retry_not_understood,
    "no_cause": Say.retry_no_cause,
    "no_product": Say.retry_no_product,
    "no_documents": Say.retry_no_documents,
    "no_channel": Say.retry_no_channel,
    "no_choice": Say.retry_no_choice,
    "what_is_wrong": Say.retry_what_is_wrong,
    "no_outcome": Say.retry_no_outcome,
    "no_kind": Say.retry_no_kind,
    "which_debt": Say.retry_which_debt,
    "how_low": Say.retry_how_low,
    "odd_rate": Say.retry_odd_rate,
    "odd_penalty": Say.retry_odd_penalty,
}
"""The reply for each problem that needs no values of its own."""

EXPLAIN: dict[str, Callable[[Say], None]] = {
    "situation_cause": Say.explain_situation_cause,
    "situation_products": Say.explain_situation_products,
    "budget_income_fen": Say.explain_budget_income_fen,
    "budget_housing_fen": Say.explain_budget_housing_fen,
    "budget_living_fen": Say.explain_budget_living_fen,
    "budget_other_fen": Say.explain_budget_other_fen,
    "debts_balance_fen": Say.explain_debts_balance_fen,
    "debts_overdue_days": Say.explain_debts_overdue_days,
    "debts_due_day": Say.explain_debts_due_day,
    "debts_more": Say.explain_debts_more,
    "documents_have": Say.explain_documents_have,
    "contact_channel": Say.explain_contact_channel,
    "record_channel": Say.explain_record_channel,
    "record_outcome": Say.explain_record_outcome,
    "record_products": Say.explain_record_products,
    "record_kind": Say.explain_record_kind,
    "record_periods": Say.explain_record_periods,
    "record_monthly_fen": Say.explain_record_monthly_fen,
    "record_defer_months": Say.explain_record_defer_months,
    "record_first_due": Say.explain_record_first_due,
    "record_next": Say.explain_record_next,
    "record_staff": Say.explain_record_staff,
    "record_confirm": Say.explain_record_confirm,
}
"""Why each question is asked; the plan's is computed (``bot.journey.plan``)."""

HINT: dict[str, Callable[[Say], None]] = {
    "budget_income_fen": Say.hint_budget_income_fen,
    "budget_housing_fen": Say.hint_budget_housing_fen,
    "budget_living_fen": Say.hint_budget_living_fen,
    "budget_other_fen": Say.hint_budget_other_fen,
    "debts_balance_fen": Say.hint_debts_balance_fen,
    "debts_overdue_days": Say.hint_debts_overdue_days,
    "debts_due_day": Say.hint_debts_due_day,
    "debts_more": Say.hint_debts_more,
    "plan_choice": Say.hint_plan_choice,
    "documents_have": Say.hint_documents_have,
    "contact_channel": Say.hint_contact_channel,
    "record_periods": Say.hint_record,
    "record_monthly_fen": Say.hint_record,
    "record_defer_months": Say.hint_record,
    "record_first_due": Say.hint_record,
}
"""How to find out what is asked for."""

NO_MISS = ("doubt", "again", "not_yet", "record_first")
"""Problems that are no try to answer the question."""
HELP_FROM = 2
"""From this miss on the question is explained as well."""
LEAVE_FROM = 3
"""From this miss on a way out is offered."""
WHOLE = 10_000
"""Estimates are in whole hundreds of yuan; this many fen."""


def notes_of(turn: Turn) -> list[Note]:
    """The notes of a turn as it is kept in the slot."""
    return [Note(**note) for note in turn.get("notes", ())]


def say_notes(turn: Turn, say: Say) -> None:
    """Read back what was taken in: changes apart from news; or what is to be answered anew."""
    if turn.get("again"):
        again = Note(**turn["again"])
        is_next = is_earlier(again.slot, turn.get("asked")) or again.slot.split("_")[0] == _stage(turn)
        if is_next:
            say.asked_again(item=render.again_item(again))
        else:
            say.asked_again_later(item=render.again_item(again))
        return
    notes = notes_of(turn)
    changed = [note for note in notes if render.is_change(note)]
    new = [note for note in notes if note not in changed]
    if new:
        say.noted(items=render.note_items(new))
    if changed:
        say.changed(items=render.note_items(changed))
    if turn.get("reopened"):
        say.recomputed()


def _stage(turn: Turn) -> str:
    return str(turn.get("asked") or "").split("_")[0]


DOUBT = "doubt"
"""The slot that is asked for while an odd value waits for a yes."""


def next_slot(stage: str, case: Case) -> str | None:
    """What ``stage`` asks for next; an odd value is settled before anything else."""
    return DOUBT if case.doubt else next_question(stage, case)


def asked_slot(requested: str | None, case: Case) -> str | None:
    """The slot of the case that the question for ``requested`` is about."""
    if requested != DOUBT or case.doubt is None:
        return requested
    return f"debts_{case.doubt['slot']}" if case.doubt.get("product") else str(case.doubt["slot"])


def count_misses(before: Mapping[str, Any] | None, turn: Turn, is_reply: bool) -> dict[str, Any]:
    """How often in a row the slot asked got no answer."""
    asked, problem = turn.get("asked"), turn.get("problem")
    if not is_reply or not problem or problem in NO_MISS:
        return {"slot": asked, "count": 0}
    same = before is not None and before.get("slot") == asked
    return {"slot": asked, "count": (before or {}).get("count", 0) + 1 if same else 1}


def retry(turn: Turn, case: Case, misses: int, say: Say, today: date) -> Case:
    """Say why the answer will not do; the case comes back with a default when the person may pass on."""
    problem, asked = str(turn["problem"]), str(turn["asked"])
    if problem == "unknown":
        return _unknown(asked, case, misses, say, today)
    if problem == "doubt":
        return case  # its question is asked by itself
    if problem == "vague":
        low, high = turn["range"]
        say.retry_vague(low=yuan(low), high=yuan(high), buttons=_bounds(low, high))
    elif problem == "too_many_periods":
        say.retry_too_many_periods(most=str(turn["most"]))
    elif problem == "too_long_deferral":
        say.retry_too_long_deferral(most=str(turn["most"]))
    else:
        RETRY[problem](say)
    if misses == HELP_FROM and asked in HINT:
        HINT[asked](say)
    if misses >= LEAVE_FROM:
        _offer_way_out(asked, say)
    return case


def _unknown(asked: str, case: Case, misses: int, say: Say, today: date) -> Case:
    """Help to find the number first; the second time the question is passed over where that is possible."""
    if misses >= HELP_FROM:
        passed = skip(asked, case, today)
        if passed is None and misses >= LEAVE_FROM:
            passed = assume(asked, case, say)
        if passed is not None:
            return passed
        _offer_way_out(asked, say)
        return case
    say.retry_unknown()
    if asked in HINT:
        HINT[asked](say)
    return case


def skip(asked: str, case: Case, today: date) -> Case | None:
    """The case with a cautious default for ``asked``; None when a plan cannot do without the answer."""
    debt = case.open_debt
    if asked == "debts_due_day" and debt is not None:
        return case.with_debt(debt.product, due_day=today.day)
    if asked in ("budget_other_fen", "budget_housing_fen"):
        return case.with_slot(asked, 0)
    return None


def assume(asked: str, case: Case, say: Say) -> Case | None:
    """The case with an estimate that is said openly, for who cannot find out what a plan needs; None without one."""
    debt = case.open_debt
    if asked == "budget_income_fen":
        say.assumed_income()
        return case.with_slot(asked, 0)
    if asked == "budget_living_fen":
        left = (case.budget_income_fen or 0) - (case.budget_housing_fen or 0)
        fen = max(0, left) // WHOLE // 2 * WHOLE
        say.assumed_living(amount=yuan(fen))
        return case.with_slot(asked, fen)
    if asked == "debts_overdue_days" and debt is not None:
        say.assumed_overdue(product=render.product_label(debt.product))
        return case.with_debt(debt.product, overdue_days=0)
    return None


def _offer_way_out(asked: str, say: Say) -> None:
    """To pass over the question; without a balance nothing can be computed, so there a rough one is offered."""
    if asked == "debts_balance_fen":
        say.needed_balance()
    else:
        say.skip_offer()


def _bounds(low: int, high: int) -> list[dict[str, str]]:
    return [{"title": yuan(fen), "payload": yuan(fen).replace(",", "")} for fen in dict.fromkeys((low, high))]
