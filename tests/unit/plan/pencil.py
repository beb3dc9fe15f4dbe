"""The rules of plan_engine.md a second time, slowly: Fractions, Decimals, day-by-day dates, trial and error.

Shares nothing with ``bot.plan``: the worked cases and the properties are checked against it.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction


def rounded(amount: Fraction) -> int:
    """Half-even by ``decimal``, with digits enough for every test."""
    with localcontext() as context:
        context.prec = 400
        exact = Decimal(amount.numerator) / Decimal(amount.denominator)
        return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def is_due(day: date, due_day: int) -> bool:
    """Walks: the due day itself, or the last day of a month that is too short for it."""
    last = (day + timedelta(days=1)).month != day.month
    return day.day == due_day or (last and day.day < due_day)


def dues(as_of: date, due_day: int, count: int, skip: int = 0) -> list[date]:
    """The next ``count`` due dates after ``as_of`` without the first ``skip``, looked for day by day."""
    found: list[date] = []
    day = as_of
    while len(found) < count + skip:
        day += timedelta(days=1)
        if is_due(day, due_day):
            found.append(day)
    return found[skip:]


def gaps(as_of: date, dates: list[date]) -> list[int]:
    """Days from each date to the next, from ``as_of`` on."""
    return [(after - before).days for before, after in zip([as_of, *dates], dates, strict=False)]


def walk(balance: int, payment: int, days: list[int], rate: Fraction, extra: int = 0) -> int:
    """What closes the debt after ``payment`` on all due dates but the last; unpaid interest waits."""
    waiting = extra
    for number, gap in enumerate(days):
        waiting += rounded(balance * rate * gap)
        if number == len(days) - 1:
            break
        to_interest = min(payment, waiting)
        waiting -= to_interest
        balance = max(0, balance - (payment - to_interest))
    return balance + waiting


def annuity(balance: int, days: list[int], rate: Fraction) -> Fraction:
    """The level payment without any rounding: the balance is the sum of the payments, each discounted."""
    factor, worth = Fraction(1), Fraction(0)
    for gap in days:
        factor /= 1 + rate * gap
        worth += factor
    return balance / worth


def level(balance: int, days: list[int], rate: Fraction) -> tuple[int, int]:
    """Level and closing payment: the first whole fen that works, looked for around the annuity.

    Where a payment does not cover the interest that waits, less is enough: unpaid interest bears none itself.
    """
    payment = max(0, int(annuity(balance, days, rate)) - 2 * len(days) - 2)
    while walk(balance, payment, days, rate) <= payment:
        payment -= 1
    while walk(balance, payment, days, rate) > payment:
        payment += 1
    return payment, walk(balance, payment, days, rate)


def evenly(total: int, parts: int) -> list[int]:
    """Dealt out like cards."""
    heap = [total // parts] * parts
    for place in range(total - sum(heap)):
        heap[place] += 1
    return heap


def equal_principal(balance: int, days: list[int], rate: Fraction) -> list[int]:
    """The payments."""
    payments = []
    for part, gap in zip(evenly(balance, len(days)), days, strict=True):
        payments.append(part + rounded(balance * rate * gap))
        balance -= part
    return payments


def minimum(balance: int, share: Fraction, floor: int, days: list[int], rate: Fraction) -> list[int]:
    """The payments until nothing is owed; only for shares that cover the interest."""
    payments = []
    for gap in days:
        balance += rounded(balance * rate * gap)
        payment = min(balance, max(floor, rounded(balance * share)))
        payments.append(payment)
        balance -= payment
        if balance == 0:
            break
    return payments


def strategy(
    debts: list[tuple[str, int, Fraction]], capacity: int, days: list[int]
) -> tuple[int | None, int, list[dict[str, int]]]:
    """Month of the end, interest, balances by month; ``debts`` in the order of paying, without minimums."""
    owed = {name: balance for name, balance, _ in debts}
    interest, history = 0, []
    for month, gap in enumerate(days, 1):
        for name, _, rate in debts:
            posted = rounded(owed[name] * rate * gap)
            owed[name] += posted
            interest += posted
        money = capacity
        for name, _, _ in debts:
            paid = min(money, owed[name])
            owed[name] -= paid
            money -= paid
        history.append(dict(owed))
        if not any(owed.values()):
            return month, interest, history
    return None, interest, history


def periodic(opening: int, payments: list[int]) -> float:
    """The periodic rate by bisection."""
    low, high = 0.0, 1e6
    for _ in range(400):
        middle = (low + high) / 2
        worth = sum(payment / (1 + middle) ** (number + 1) for number, payment in enumerate(payments))
        low, high = (middle, high) if worth > opening else (low, middle)
    return low
