"""A case in words: rows and lists for the messages. Numbers come from the case or the engine, words from YAML."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bot.journey.agenda import STAGES, next_stage
from bot.journey.case import BUDGET_SLOTS, Case, Debt
from bot.journey.turn import Note
from bot.knowledge.lines import line
from bot.knowledge.loader import catalog
from bot.money import yuan

MONEY_SLOTS = frozenset(
    {
        *BUDGET_SLOTS,
        "debts_balance_fen",
        "debts_penalty_fen",
        "record_monthly_fen",
        "record_total_fen",
        "record_principal_fen",
        "record_interest_fen",
        "record_waived_fen",
    }
)


NAMED_SLOTS = frozenset(
    {"record_outcome", "record_kind", "record_waiver", "record_collection", "record_credit", "record_confirmation"}
)
"""Slots whose values have a line of their own."""
COUNTED = {"debts_due_day": "note.day", "debts_overdue_days": "note.days"}
"""The line with the measure word of a number."""


def product_label(product: str) -> str:
    """The name people use for a product."""
    return catalog().products[product].label_zh


def products(names: Iterable[str]) -> str:
    """Products by their names, in a row."""
    return line("documents.substitute_separator").join(map(product_label, names))


def day(value: date | str) -> str:
    """A date in words; an ISO text is read first."""
    on = date.fromisoformat(value) if isinstance(value, str) else value
    return line("date.full", year=on.year, month=on.month, day=on.day)


def moment(at: datetime) -> str:
    """A date in words, with the time of the day unless that is midnight, which stands for "not known"."""
    return f"{day(at.date())} {at:%H:%M}" if (at.hour, at.minute) != (0, 0) else day(at.date())


def percent(rate: str | Decimal, digits: int = 2) -> str:
    """A rate (0.0005) as a percentage without trailing zeros (0.05)."""
    text = f"{Decimal(rate) * 100:.{digits}f}"
    return text.rstrip("0").rstrip(".")


def value_of(slot: str, value: Any) -> str:
    """The value of ``slot`` in words."""
    if value is None or value == "":
        return line("note.none")
    if slot in MONEY_SLOTS:
        return yuan(value)
    if slot == "situation_cause":
        return catalog().causes[value].label_zh
    if slot == "debts_product":
        return product_label(value)
    if slot == "record_products":
        return products(value)
    if slot in ("contact_channel", "record_channel"):
        return catalog().contacts[value].label_zh
    if slot in ("documents_have", "documents_substitute"):
        names = [catalog().documents[item].label_zh for item in value]
        return line("documents.substitute_separator").join(names) or line("note.none")
    if slot in NAMED_SLOTS:
        return line(f"{slot.removeprefix('record_')}.{value}")
    if slot in ("record_first_due", "record_call_back"):
        return day(value)
    if slot == "record_at":
        return moment(datetime.fromisoformat(value))
    if slot in ("debts_daily_rate", "debts_annual_rate"):
        return percent(value, 4)
    return str(value)


def is_change(note: Note) -> bool:
    """Whether what was noted before holds no longer; papers that only became more are news."""
    if note.before in (None, "other"):
        return False
    return note.slot != "documents_have" or not set(note.before) <= set(note.value)


def note_item(note: Note) -> str:
    """One thing taken in, in words; with the old value when it was changed."""
    slot = note.slot
    if slot == "debts_overdue_days" and note.value == 0:
        item = line("note.debts_not_overdue", product=product_label(str(note.product)))
    elif slot == "debts_more":
        item = line("note.debts_more")
    elif slot == "documents_have" and not note.value:
        item = line("note.documents_none")
    elif slot in BUDGET_SLOTS and note.value == 0:
        item = line(f"note.{slot}_0")
    elif note.product and slot != "debts_product":
        item = line(f"note.{slot}", product=product_label(note.product), value=value_of(slot, note.value))
    else:
        item = line(f"note.{slot}", value=value_of(slot, note.value))
    if not is_change(note):
        return item
    before = value_of(slot, note.before)
    if slot in MONEY_SLOTS:
        before = line("note.yuan", value=before)
    elif slot in COUNTED:
        before = line(COUNTED[slot], value=before)
    return line("note.was", item=item, before=before)


def again_item(note: Note) -> str:
    """What was said before, in words, of an answer that is to be given anew."""
    if note.slot == "plan_choice":
        return str(note.before["words"])
    slot = "debts_product" if note.slot == "situation_products" else note.slot
    return note_item(Note(slot, note.before, note.product))


def note_items(notes: Iterable[Note]) -> str:
    """Several notes in one row; a product whose amount is noted too is named once."""
    told = list(notes)
    detailed = {note.product for note in told if note.slot != "debts_product"}
    shown = [note for note in told if not (note.slot == "debts_product" and note.product in detailed)]
    return line("note.separator").join(note_item(note) for note in shown)


def doubt_item(case: Case) -> str:
    """The odd value that waits for a yes, in words."""
    doubt = case.doubt or {}
    slot, value = doubt["slot"], doubt["value"]
    if doubt.get("product"):
        shown = yuan(value) if slot == "balance_fen" else str(value)
        return line(f"doubt.{slot}", product=product_label(doubt["product"]), value=shown)
    if slot == "budget_income_fen":
        return line("doubt.budget_income_fen", value=yuan(value))
    if not case.budget_income_fen or value <= case.budget_income_fen:  # odd by itself, and not beside the income
        return note_item(Note(slot, value))
    return line(f"doubt.{slot}", value=yuan(value), income=yuan(case.budget_income_fen or 0))


def overdue(days: int) -> str:
    """How long a debt is overdue, in words."""
    return line("debt.overdue", days=days) if days else line("debt.not_overdue")


def debt_row(debt: Debt) -> str:
    """One complete debt as a row."""
    status = overdue(debt.overdue_days or 0)
    return line(
        "debt.row",
        product=product_label(debt.product),
        balance=yuan(debt.balance_fen or 0),
        status=status,
        day=debt.due_day or 0,
    )


def known(case: Case) -> str:
    """What is known so far, as rows."""
    rows = []
    if case.situation_cause:
        rows.append(line("known.cause", value=value_of("situation_cause", case.situation_cause)))
    if case.budget_income_fen is not None and case.budget_other_fen is not None:
        rows.append(line("known.budget", income=yuan(case.budget_income_fen), expenses=yuan(case.expenses_fen)))
    else:
        rows += _budget_rows(case)
    for debt in case.debts:
        product = product_label(debt.product)
        rows.append(
            line("known.debt_open", product=product)
            if debt.balance_fen is None
            else line("known.debt", product=product, balance=yuan(debt.balance_fen))
        )
    if case.plan_choice:
        rows.append(line("known.plan", offer=str(case.plan_choice["words"])))
    return "\n".join(rows) or line("stage.nothing_known")


def all_told(case: Case) -> str:
    """Everything that was said so far, as rows: each amount by itself, each debt with its days."""
    rows = (
        [line("known.cause", value=value_of("situation_cause", case.situation_cause))] if case.situation_cause else []
    )
    rows += _budget_rows(case)
    for debt in case.debts:
        told = {name: getattr(debt, name) for name in ("balance_fen", "overdue_days", "due_day")}
        notes = [Note(f"debts_{name}", value, debt.product) for name, value in told.items() if value is not None]
        notes = notes or [Note("debts_product", debt.product, debt.product)]
        rows.append(line("known.row", item=note_items(notes)))
    if case.plan_choice:
        rows.append(line("known.plan", offer=str(case.plan_choice["words"])))
    return "\n".join(rows) or line("stage.nothing_known")


def _budget_rows(case: Case) -> list[str]:
    """Each amount of the budget that is known, as a row."""
    told = [(slot, getattr(case, slot)) for slot in BUDGET_SLOTS]
    return [line("known.row", item=note_item(Note(slot, value))) for slot, value in told if value is not None]


def stage_label(stage: str) -> str:
    """The name of a stage."""
    return line(f"stage.{stage}")


def steps(case: Case) -> str:
    """The stages with what is done, what is now and what is left."""
    now = STAGES.index(next_stage(case))
    marks = ["done"] * now + ["now"] + ["later"] * (len(STAGES) - now - 1)
    return "\n".join(line(f"stage.{mark}", stage=stage_label(stage)) for stage, mark in zip(STAGES, marks, strict=True))
