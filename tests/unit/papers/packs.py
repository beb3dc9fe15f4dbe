"""Packs for the tests: an ordinary one, and one that fills every cell to the brim."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from builders import READY, TODAY

from bot.clock import CHINA
from bot.journey import plan, words
from bot.journey.case import Case, Debt
from bot.papers.content import Content, content
from bot.records.store import Record, Reminder, Talk

AT = datetime(2026, 11, 22, 10, tzinfo=CHINA)
LONG_NAME = "王" * 40
LONG_NUMBER = "8823" * 10


def chosen(case: Case, **changes: object) -> Case:
    """``case`` with its first offer chosen."""
    proposal = plan.propose(case, TODAY)
    return replace(case, plan_choice={**proposal.offers[0].as_choice(words.offer(proposal.offers[0])), **changes})


def agreed(periods: int, first_due: date, monthly_fen: int = 115_000, total_fen: int | None = None) -> Talk:
    """An agreement on instalments with every text as long as it may be."""
    return Talk(
        AT,
        "hotline_95188",
        "agreed",
        "instalments",
        monthly_fen,
        periods,
        first_due=first_due,
        staff=LONG_NUMBER,
        ticket=LONG_NUMBER,
        said=LONG_NAME * 3,
        total_fen=total_fen,
    )


def ordinary() -> Content:
    """A plan, papers, and a talk whose answer is waited for."""
    waits = Talk(AT, "hotline_95188", "pending", call_back=date(2026, 11, 26))
    reminders = [Reminder("callback", date(2026, 11, 26), 1)]
    return content(chosen(READY), [Record(1, waits)], reminders, TODAY)


def brimful() -> Content:
    """Fifty instalments, long names and long numbers."""
    case = replace(
        READY,
        budget_income_fen=2_000_000,
        debts=(Debt("huabei", 6_000_000, 20, 3), Debt("jiebei", 3_000_000, 0, 31)),
    )
    case = chosen(case, kind="level", periods=50, price="contract", defer_months=0, words=LONG_NAME * 4)
    talk = agreed(50, date(2026, 12, 31), 200_000, 9_999_000)
    return content(case, [Record(1, talk, (date(2026, 12, 30),))], [], TODAY)


def dated(periods: int, first_due: date, total_fen: int | None = None) -> Content:
    """A pack with nothing but an agreement."""
    return content(READY, [Record(1, agreed(periods, first_due, total_fen=total_fen))], [], TODAY)
