"""What the pack says, as plain JSON: every text is ready to be set, every number comes from the engine or a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from bot.journey import agreements, plan, record, render, script, versions, words
from bot.journey.case import Case
from bot.knowledge.lines import line
from bot.knowledge.loader import catalog
from bot.knowledge.model import Fact
from bot.money import yuan
from bot.papers import charts
from bot.plan import Schedule
from bot.records.schedule import schedule
from bot.records.store import Record, Reminder

VERSION = 1
FACTS = (
    "contact.hotline",
    "practice.record_calls",
    "practice.agreement_items",
    "practice.act_before_due",
    "practice.escalation",
    "practice.settlement_proof",
    "law.complaint_15_days",
    "scams.no_loan_to_pay_loan",
)
"""What the fixed texts of the pack rest on."""
LOG_ROWS = 10
"""Empty rows of the log sheet."""
KINDS = ("lender", "regulator", "help", "emergency")

Content = dict[str, Any]


def content(case: Case, records: Sequence[Record], reminders: Sequence[Reminder], today: date) -> Content:
    """The whole pack of ``case`` as it stands on ``today``."""
    proposal = plan.propose(case, today) if case.debts and case.open_debt is None else None
    chosen = plan.chosen_schedule(case, today) if proposal and case.plan_choice else None
    return {
        "version": VERSION,
        "made_on": today.isoformat(),
        "title": line("pack.title"),
        "made": line("pack.made", day=render.day(today)),
        "note": line("pack.note"),
        "summary": _section("summary", _summary(case, records)),
        "budget": _section("budget", _budget(case)),
        "plan": {**_section("plan", _plan_rows(chosen)), **_plan(case, proposal), "charts": _charts(chosen, proposal)},
        **_words(case, proposal),
        "papers": _section("papers", _papers(case)),
        "agreement": {**_section("agreement", _agreement(records)), "head": _head("agreement", AGREEMENT)},
        "log": {**_section("log", _log(records)), "empty": LOG_ROWS, "head": _head("log", LOG)},
        "hotlines": _section("hotlines", _hotlines()),
        "sources": _section("sources", _sources()),
        "reminders": _reminders(records, reminders),
        "dues": _dues(records),
        "alarm": {kind: line(f"alarm.{kind}") for kind in ("callback", "due")},
    }


AGREEMENT = ("about", "n", "due", "payment", "paid")
LOG = ("when", "channel", "staff", "said", "result", "next")


def _section(name: str, rows: Any) -> Content:
    return {"heading": line(f"pack.{name}"), "rows": rows}


def _head(name: str, columns: Sequence[str]) -> list[str]:
    return [line(f"column.{name}_{column}") for column in columns]


def _summary(case: Case, records: Sequence[Record]) -> list[list[str]]:
    rows = []
    if case.situation_cause:
        rows.append([line("pack.cause"), render.value_of("situation_cause", case.situation_cause)])
    rows += [[render.product_label(debt.product), _debt(debt)] for debt in case.debts]
    if case.debts:
        rows.append([line("pack.owed"), line("note.yuan", value=yuan(case.owed_fen))])
    if case.plan_choice:
        rows.append([line("pack.request"), str(case.plan_choice["words"])])
    return rows + [[line("pack.agreed"), record.terms(agreed.talk)] for agreed in agreements.in_force(records)]


def _debt(debt: Any) -> str:
    told = [line("note.yuan", value=yuan(debt.balance_fen))] if debt.balance_fen is not None else []
    if debt.overdue_days is not None:
        told.append(line("debt.overdue", days=debt.overdue_days) if debt.overdue_days else line("debt.not_overdue"))
    return line("note.separator").join(told) or line("note.none")


def _budget(case: Case) -> list[list[str]]:
    if case.budget_income_fen is None or case.budget_other_fen is None:
        return []
    fields = {
        "income": case.budget_income_fen,
        "housing": case.budget_housing_fen or 0,
        "living": case.budget_living_fen or 0,
        "other": case.budget_other_fen,
        "surplus": case.budget_income_fen - case.expenses_fen,
    }
    return [[line(f"budget_row.{name}"), line("note.yuan", value=yuan(fen))] for name, fen in fields.items()]


def _plan(case: Case, proposal: plan.Proposal | None) -> Content:
    if proposal is None or case.plan_choice is None:
        return {"offer": "", "limit": "", "head": []}
    columns = ("n", "due", "payment", "interest", "principal", "balance")
    return {
        "offer": str(case.plan_choice["words"]),
        "limit": words.limit(proposal) if proposal.capacity_fen else "",
        "head": _head("plan", columns),
    }


def _plan_rows(chosen: Schedule | None) -> list[list[str]]:
    """One row for each payment; fees stand with the interest."""
    return [
        [
            str(row.n),
            row.due.isoformat(),
            yuan(row.payment_fen),
            yuan(row.interest_fen + row.fee_fen),
            yuan(row.principal_fen),
            yuan(row.balance_fen),
        ]
        for row in (chosen.rows if chosen else ())
    ]


def _charts(chosen: Schedule | None, proposal: plan.Proposal | None) -> list[str]:
    """The pictures as SVG: what is left over time, the offers side by side, where the money goes."""
    made = []
    if chosen is not None and len(chosen.rows) > 1:
        made.append(charts.balance(chosen))
    if proposal is not None and proposal.capacity_fen:
        compared = [
            (line("chart.offer", number=number), one.total_paid_fen)
            for number, one in enumerate(proposal.offers, start=1)
            if one.total_paid_fen and not one.left_fen
        ]
        if len(compared) > 1:
            made.append(charts.comparison(compared))
    if chosen is not None:
        interest = sum(row.interest_fen for row in chosen.rows)
        fees = sum(row.fee_fen for row in chosen.rows)
        made.append(charts.shares(chosen.total_paid_fen - interest - fees, interest, fees))
    return made


def _words(case: Case, proposal: plan.Proposal | None) -> Content:
    """The script card and its versions in writing; without a plan only the line for social accounts."""
    has_plan = proposal is not None and case.plan_choice is not None
    made = script.steps(case, proposal) if proposal and has_plan else ()
    steps = [{"id": one.id, "kind": one.kind, "title": one.title, "lines": list(one.lines)} for one in made]
    letter = versions.letter(case, proposal) if proposal and has_plan else ()
    messages = versions.messages(case, proposal) if proposal and has_plan else ()
    return {
        "script": {**_section("script", script.spoken(made).splitlines()), "steps": steps},
        "letter": _section("letter", list(letter)),
        "messages": _section("messages", list(messages)),
        "social": _section("social", list(versions.social())),
    }


def _papers(case: Case) -> list[list[str]]:
    known = catalog()
    rows = []
    for item in known.causes[case.situation_cause or "other"].documents:
        paper = known.documents[item]
        state = record.paper_state(case, item)
        rows.append([line(f"paper.{state}"), paper.label_zh, paper.how_zh if state == "missing" else ""])
    return rows


def _agreement(records: Sequence[Record]) -> list[list[str]]:
    """Every instalment of the agreements that hold, one agreement after the other."""
    return [
        [
            render.products(agreed.talk.products),
            str(due.n),
            due.on.isoformat(),
            yuan(due.amount_fen) if due.amount_fen else "",
            agreed.payments[due.n - 1].isoformat() if due.n <= len(agreed.payments) else line("paper.open"),
        ]
        for agreed in agreements.in_force(records)
        for due in schedule(agreed.talk)
    ]


def _log(records: Sequence[Record]) -> list[list[str]]:
    return [
        [
            f"{one.talk.at:%Y-%m-%d %H:%M}",
            render.value_of("record_channel", one.talk.channel),
            line("note.separator").join(number for number in (one.talk.staff, one.talk.ticket) if number),
            line("note.separator").join(told for told in (render.products(one.talk.products), one.talk.said) if told),
            render.value_of("record_outcome", one.talk.outcome),
            one.talk.call_back.isoformat() if one.talk.call_back else one.talk.next_step or "",
        ]
        for one in records
    ]


def _hotlines() -> list[list[str]]:
    return [
        [one.label_zh, one.number, one.what_for_zh]
        for one in catalog().contacts.values()
        if one.number and one.kind in KINDS
    ]


def _sources() -> list[list[str]]:
    """Every fact the pack rests on, with where it was read and when."""
    known = catalog()
    ids = [*FACTS, *(fact for one in known.contacts.values() if one.number for fact in one.facts)]
    return [_source(fact) for fact in known.cited(dict.fromkeys(ids))]


def _source(fact: Fact) -> list[str]:
    place = line("note.separator").join(text for text in (fact.source.title_zh, fact.source.locator_zh) if text)
    return [fact.statement_zh, place, fact.checked_on.isoformat()]


def _dues(records: Sequence[Record]) -> list[Content]:
    """The instalments of the agreements that are still open, for the calendar: one agreement after the other."""
    return [
        {
            "record": agreed.number,
            "about": render.products(agreed.talk.products),
            "n": due.n,
            "on": due.on.isoformat(),
            "day": agreed.talk.first_due.day,
            "amount": yuan(due.amount_fen or 0),
        }
        for agreed in agreements.in_force(records)
        for due in schedule(agreed.talk)[len(agreed.payments) :]
        if agreed.talk.first_due is not None
    ]


def _reminders(records: Sequence[Record], reminders: Sequence[Reminder]) -> list[Content]:
    """What is not done yet, with the debts it is about."""
    about = {one.number: render.products(one.talk.products) for one in records}
    return [
        {**asdict(one), "on": one.on.isoformat(), "about": about.get(one.record, "")}
        for one in reminders
        if one.done_on is None
    ]
