"""Which answers are odd enough to be asked about before they are used. Thresholds are in fen and days."""

from __future__ import annotations

from bot.journey.case import Case

MOST_INCOME = 20_000_000
MOST_SPENDING = 5_000_000
LEAST_MONTHLY = 10_000
LEAST_DEBT = 1_000
LEAST_SHARE = 50
MOST_DEBT = 500_000_000
MOST_OVERDUE_DAYS = 3_650
MOST_FEN = 1_000_000_000_000
"""Ten billion yuan: beyond this nothing is computed."""
MOST_DAYS = 36_500


def is_odd_budget(slot: str, fen: int, case: Case) -> bool:
    """True for 200,000 yuan a month and more, for 20 yuan a month, or spending that is larger than a known income."""
    if slot != "budget_other_fen" and 0 < fen < LEAST_MONTHLY:
        return True
    if slot == "budget_income_fen":
        return fen > MOST_INCOME
    income = case.budget_income_fen
    return fen > MOST_SPENDING or bool(income and fen > income)


def is_odd_debt(fen: int, before: int | None = None) -> bool:
    """True for less than 10 yuan, for more than five million, and for a sliver of the balance told ``before``."""
    return not LEAST_DEBT <= fen <= MOST_DEBT or fen * LEAST_SHARE < (before or 0)


def is_odd_overdue(days: int) -> bool:
    """True for more than ten years."""
    return days > MOST_OVERDUE_DAYS
