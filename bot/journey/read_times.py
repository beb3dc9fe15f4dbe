"""When debts are due and since when they are overdue, from whatever a message says of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from bot.journey.binding import Bound, clause_text, clauses, products_in_clause, segments
from bot.journey.checks import MOST_DAYS, is_odd_overdue
from bot.journey.turn import Reading
from bot.reading import is_not_overdue

OVERDUE = re.compile(r"逾期|超期|过期|晚了|没还上|拖了")
DAYS_IN_MONTH = 30
DAYS = {"days": 1, "months": DAYS_IN_MONTH}
ALL = re.compile(r"都|全部|全都|每个(?!月)|各")
DUE = re.compile(r"到期|还款日|该还|要还|扣款|出账|还款|[号日]还|(?<!能)(?<!再)还$")
PAYDAY = re.compile(r"工资|发薪|薪水|发钱|到账|借[了的款过]|开通")


def read_of_others(reading: Reading) -> None:
    """While a time of one debt is asked for, the times of others that the message names: 花呗下个月8号还，借呗15号."""
    asked = reading.case.open_debt
    for bound in reading.bound:
        is_time = bound.quantity.entity in ("period", "date")
        if is_time and bound.product and not bound.is_lent and asked and bound.product != asked.product:
            take_when(reading, bound.product, bound)


def not_of_others(reading: Reading, entity: str) -> list[dict[str, Any]]:
    """The values of ``entity`` that are not bound to another debt than the one asked about."""
    asked = reading.case.open_debt
    mine = (None, asked.product if asked else None)
    return [b.quantity.value for b in reading.bound if b.quantity.entity == entity and (b.is_lent or b.product in mine)]


def read_shared(reading: Reading) -> None:
    """Between the budget's questions, when all is due and that nothing is late: of every debt that lacks it."""
    text = reading.message.text
    is_budget = (reading.asked or "").startswith("budget")
    if not is_budget or reading.message.values("product") or reading.money() or len(reading.case.debts) < 2:
        return
    if not (is_not_overdue(text) or DUE.search(text)):
        return
    days = [b.quantity.value["day_of_month"] for b in reading.bound if b.quantity.entity == "date"]
    for debt in reading.case.debts:
        if debt.overdue_days is None and is_not_overdue(text):
            reading.note_debt(debt.product, "overdue_days", 0)
        if (debt.due_day is None or debt.is_due_day_reckoned) and len(days) == 1 and days[0]:
            reading.note_debt(debt.product, "due_day", days[0])


def targets(reading: Reading, bound: Bound) -> list[str]:
    """The debts a period or date speaks of."""
    text, message = reading.message.text, reading.message
    if bound.product and not bound.is_lent and not ALL.search(text):
        return [bound.product]
    if bound.field is not None and not bound.is_lent:
        return []
    here = products_in_clause(text, message.mentions, bound.clause)
    named = message.values("product")
    known = [debt.product for debt in reading.case.debts]
    open_debt = reading.case.open_debt
    if ALL.search(text):
        return named or known
    if here or named:
        return here or _last_before(reading, bound.quantity.start) or named
    return [open_debt.product] if open_debt else known


def _last_before(reading: Reading, place: int) -> list[str]:
    """The debt named last before a time without a name, unless the time may be meant for all that are named.

    It is that debt's own when another one follows (网商贷十万，逾期45天，花呗三千), or when one is late and one is not.
    """
    names = [mention for mention in reading.message.mentions if mention.entity == "product"]
    before = [mention.value for mention in names if mention.start < place]
    return before[-1:] if len(before) < len(names) or _is_mixed(reading) else []


def _is_mixed(reading: Reading) -> bool:
    """True when the message says that one debt is overdue and that another is not."""
    text, mentions = reading.message.text, reading.message.mentions
    is_late = any(b.quantity.entity == "period" and b.quantity.value["overdue"] for b in reading.bound)
    if not is_late or len(reading.message.values("product")) < 2:
        return False
    return any(is_not_overdue(clause_text(text, mentions, one)) for one in range(len(clauses(text, mentions)) + 1))


def take_when(reading: Reading, product: str, bound: Bound) -> None:
    """A time that a statement gives in passing: only when its words say which time it is."""
    value, text = bound.quantity.value, reading.message.text
    if bound.quantity.entity == "period":
        if value["overdue"] and value["kind"] in DAYS and not value["vague"]:
            take_overdue(reading, product, int(value["low"]) * DAYS[value["kind"]])
        return
    clause = clause_text(text, reading.message.mentions, bound.clause)
    is_bare = _is_bare_day(value, clause) or (_is_ahead(reading, value) and not PAYDAY.search(clause))
    is_due = bool(DUE.search(clause)) or (is_bare and (bound.product == product or is_plainly_due(reading, bound)))
    if not (is_due or OVERDUE.search(clause)) or value["invalid"]:
        return
    take_date(reading, product, value, is_overdue=bool(OVERDUE.search(clause)) and not is_not_overdue(clause))


def is_plainly_due(reading: Reading, bound: Bound) -> bool:
    """True for a time that answers no question about money, of the only debt there is: 刚逾期5天, 没逾期，9号."""
    value = bound.quantity.value
    asked = reading.asked or ""
    if len(reading.case.debts) != 1 or not (asked.startswith("budget") or asked == "debts_more") or reading.money():
        return False
    if bound.quantity.entity == "period":
        return bool(value["overdue"])
    return value["kind"] == "day_of_month" and not PAYDAY.search(reading.message.text)


def _is_ahead(reading: Reading, value: dict[str, object]) -> bool:
    """True for one day to come: 花呗9800，下月10号."""
    first = day_of(value["earliest"])
    return first is not None and first == day_of(value["latest"]) and first > reading.today


def _is_bare_day(value: dict[str, object], clause: str) -> bool:
    """True for a day of the month beside a debt's name (「花呗10号」), which is its due day, not a payday."""
    return value["kind"] == "day_of_month" and not PAYDAY.search(clause)


def take_date(reading: Reading, product: str, value: dict[str, object], *, is_overdue: bool) -> None:
    """Take a date as the due day, and where its words say so as the day since when it is overdue."""
    first, last = day_of(value["earliest"]), day_of(value["latest"])
    if value["kind"] == "day_of_month" and value["day_of_month"]:
        reading.note_debt(product, "due_day", value["day_of_month"])
    elif first and first == last and not value["vague"]:
        reading.note_debt(product, "due_day", first.day)
    if first and not is_overdue and last and last >= reading.today and value["kind"] != "day_of_month":
        reading.note_debt(product, "overdue_days", 0)
    elif first and last and last < reading.today and first == last:
        take_overdue(reading, product, (reading.today - first).days)


def take_overdue(reading: Reading, product: str, days: int) -> None:
    """Take days overdue; the due day follows from them when it is not known."""
    debt = reading.case.debt(product)
    if days > MOST_DAYS:
        reading.problem = "not_days"
        return
    if is_odd_overdue(days):
        reading.doubt("overdue_days", days, product)
        return
    reading.note_debt(product, "overdue_days", days)
    if days > 0 and (debt is None or debt.due_day is None):
        due = date.fromordinal(reading.today.toordinal() - days)
        reading.case = reading.case.with_debt(product, due_day=due.day)


def asked_debts(reading: Reading, slot: str) -> list[str]:
    """The debt that is asked about; with a word for "all", every debt of which ``slot`` is not known."""
    debt = reading.case.open_debt
    if ALL.search(reading.message.text):
        return [d.product for d in reading.case.debts if getattr(d, slot) is None]
    return [debt.product] if debt else []


def read_each_overdue(reading: Reading) -> bool:
    """Days overdue for each debt that the message names, name by name; False when it says nothing of the kind.

    Where overdue days are what is asked for, a bare number of days will do; elsewhere the word must be there.
    """
    text = reading.message.text
    before = len(reading.notes)
    parts = segments(text, reading.message.mentions)
    if _is_mixed(reading):  # then what is said without a name goes with the name before it
        ends = [*(part.start for part in parts[1:]), len(text)]
        parts = [replace(part, end=end) for part, end in zip(parts, ends, strict=True)]
    for part in parts:
        days = [
            int(b.quantity.value["low"]) * DAYS[b.quantity.value["kind"]]
            for b in reading.bound
            if b.quantity.entity == "period" and part.start <= b.quantity.start < part.end
            if b.quantity.value["kind"] in DAYS and not b.quantity.value["vague"]
            if b.quantity.value["overdue"] or reading.asked == "debts_overdue_days"
        ]
        is_fine = is_not_overdue(text[part.start : part.end])
        for product in part.products:
            if is_fine:
                reading.note_debt(product, "overdue_days", 0)
            elif days:
                take_overdue(reading, product, days[0])
    return len(reading.notes) > before or reading.problem == "doubt"


def read_only_overdue(reading: Reading) -> None:
    """Not overdue, said without a name: of the only debt there is."""
    debts, text = reading.case.debts, reading.message.text
    is_fine = reading.message.says("not_overdue") or is_not_overdue(text)
    if is_fine and len(debts) == 1 and debts[0].overdue_days is None:
        reading.note_debt(debts[0].product, "overdue_days", 0)


def day_of(iso: object) -> date | None:
    """The date that an ISO text names."""
    return date.fromisoformat(str(iso)) if iso else None
