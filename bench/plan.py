"""How long the plan engine takes: one household with 5 debts (target 50 ms), one with 50 (target 1 s).

Run: python -m bench.plan        Prints median CPU milliseconds.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot.plan import compute, parse_case, result_as_json

TARGETS_MS = {5: 50, 50: 1000}
RUNS = 15


def household(count: int) -> dict[str, Any]:
    """A case with ``count`` debts of mixed kinds, due days and rates, some of them overdue."""
    return {
        "as_of": "2026-11-23",
        "income_fen": 800_000 + 300_000 * count,
        "expenses_fen": {"housing": 180_000, "food": 120_000, "dependants": 60_000},
        "buffer_fen": 20_000,
        "lump_sum_fen": 0,
        "recovery": {"from": "2027-03-01", "income_fen": 1_000_000 + 350_000 * count},
        "debts": [_debt(number) for number in range(count)],
    }


def _debt(number: int) -> dict[str, Any]:
    rates = [
        {"kind": "daily", "value": "0.0005"},
        {"kind": "annual", "value": "0.1458"},
        {"kind": "daily", "value": "0.00035"},
        {"kind": "flat_fee", "value": "0.088", "periods": 12},
        {"kind": "none"},
    ]
    return {
        "id": f"d{number:02d}",
        "product": "huabei",
        "lender": "",
        "principal_fen": 900_000 + 123_457 * number,
        "overdue_fen": 100_000 * (number % 3),
        "overdue_days": 18 * bool(number % 3),
        "posted_interest_fen": 1234 * (number % 4),
        "posted_penalty_fen": None,
        "rate": rates[number % 5],
        "penalty": {"kind": "daily", "value": "0.0005"} if number % 2 else None,
        "minimum": {"kind": "fraction", "value": "0.10", "floor_fen": 1000} if number % 5 < 3 else None,
        "due_day": 1 + number * 7 % 31,
        "priority": number == 1,
    }


def measure(count: int) -> float:
    """Median milliseconds of ``RUNS`` warm runs, from the case to the JSON dictionary."""
    case = household(count)
    times = []
    for _ in range(RUNS + 1):
        started = process_time()
        result_as_json(compute(parse_case(case)))
        times.append((process_time() - started) * 1000)
    return median(times[1:])


if __name__ == "__main__":
    for debts, target in TARGETS_MS.items():
        found = measure(debts)
        print(f"{debts:3} debts: {found:7.1f} ms   target {target} ms   {found / target:.2f} of it")
