"""From the record form to a record, and records in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from bot.journey import render
from bot.journey.about import about
from bot.journey.case import RECORD_SLOTS, Case
from bot.journey.read_details import TERMS as AGREED
from bot.journey.turn import Note
from bot.knowledge.lines import line
from bot.knowledge.loader import catalog
from bot.records.store import Kept, KeptDebt, Paper, Record, Talk

TERMS = frozenset(
    {"record_kind", "record_monthly_fen", "record_periods", "record_defer_months", "record_first_due", *AGREED}
)
"""Slots of the form that only an agreement has."""


def talk_of(case: Case, at: datetime) -> Talk:
    """The talk as the form holds it; skipped answers are None."""
    moment = datetime.fromisoformat(case.record_at).replace(tzinfo=at.tzinfo) if case.record_at else at
    return Talk(
        at=moment,
        channel=str(case.record_channel),
        outcome=str(case.record_outcome),
        kind=case.record_kind,
        monthly_fen=case.record_monthly_fen or None,
        periods=case.record_periods or None,
        defer_months=case.record_defer_months or None,
        first_due=date.fromisoformat(case.record_first_due) if case.record_first_due else None,
        next_step=case.record_next or None,
        staff=case.record_staff or None,
        ticket=case.record_ticket or None,
        said=case.record_said or None,
        call_back=date.fromisoformat(case.record_call_back) if case.record_call_back else None,
        total_fen=case.record_total_fen or None,
        principal_fen=case.record_principal_fen or None,
        interest_fen=case.record_interest_fen or None,
        waived_fen=case.record_waived_fen or None,
        waiver=case.record_waiver,
        collection=case.record_collection,
        credit=case.record_credit,
        confirmation=case.record_confirmation,
        products=about(case),
    )


def kept_of(case: Case) -> Kept:
    """What is kept of the case beside its records."""
    papers = catalog().causes[case.situation_cause or "other"].documents if case.documents_have is not None else ()
    return Kept(
        case.situation_cause,
        case.budget_income_fen,
        case.expenses_fen if case.budget_other_fen is not None else None,
        tuple(KeptDebt(debt.product, debt.balance_fen, debt.overdue_days, debt.due_day) for debt in case.debts),
        tuple(Paper(item, paper_state(case, item)) for item in papers),
    )


def paper_state(case: Case, document: str) -> str:
    """``have``, ``substitute`` or ``missing``."""
    if document in (case.documents_have or ()):
        return "have"
    return "substitute" if document in case.documents_substitute else "missing"


def without_record(case: Case) -> Case:
    """The case with the record form emptied, ready for the next talk."""
    for slot in RECORD_SLOTS:
        case = case.with_slot(slot, None)
    return case


def rows(case: Case) -> str:
    """What the form holds, one a row, to be checked before it is saved."""
    return "\n".join(line("record.row", label=render.note_item(Note(slot, value))) for slot, value in filled(case))


def filled(case: Case) -> list[tuple[str, Any]]:
    """The slots of the form that hold something, in their order, with their values; the debts as far as known."""
    told = {slot: getattr(case, slot) for slot in RECORD_SLOTS if slot != "record_confirm"}
    told["record_products"] = about(case) if case.record_outcome else None
    if case.record_outcome in ("refused", "pending"):  # what was offered is no agreement
        told = {slot: value for slot, value in told.items() if slot not in TERMS}
    return [(slot, value) for slot, value in told.items() if value not in (None, "", 0, ())]


def told_of(talk: Talk) -> list[tuple[str, Any]]:
    """What a talk brought, as the form's slots with their values."""
    values = {
        "record_products": talk.products,
        "record_kind": talk.kind,
        "record_periods": talk.periods,
        "record_monthly_fen": talk.monthly_fen,
        "record_defer_months": talk.defer_months,
        "record_first_due": talk.first_due.isoformat() if talk.first_due else None,
        "record_total_fen": talk.total_fen,
        "record_principal_fen": talk.principal_fen,
        "record_interest_fen": talk.interest_fen,
        "record_waived_fen": talk.waived_fen,
        "record_waiver": talk.waiver,
        "record_collection": talk.collection,
        "record_credit": talk.credit,
        "record_confirmation": talk.confirmation,
        "record_said": talk.said,
        "record_next": talk.next_step,
        "record_call_back": talk.call_back.isoformat() if talk.call_back else None,
        "record_staff": talk.staff,
        "record_ticket": talk.ticket,
    }
    return [(slot, value) for slot, value in values.items() if value]


def terms(talk: Talk) -> str:
    """What was agreed or is to come, in one phrase."""
    told = [
        render.value_of(slot, value) if slot == "record_products" else render.note_item(Note(slot, value))
        for slot, value in told_of(talk)
    ]
    return line("note.separator").join(told) or line("record.no_terms")


def listing(records: Sequence[Record]) -> str:
    """All records, the oldest first, each with what was paid since."""
    told = []
    for record in records:
        talk = record.talk
        told.append(
            line(
                "record.saved",
                number=record.number,
                day=render.day(talk.at.date()),
                channel=render.value_of("record_channel", talk.channel),
                outcome=render.value_of("record_outcome", talk.outcome),
                terms=terms(talk),
            )
        )
        told += [line("record.saved_payment", day=render.day(paid)) for paid in record.payments]
    return "\n".join(told)
