"""The household that worked cases and tests start from, and how to change it."""

from __future__ import annotations

import copy
from typing import Any

CASE: dict[str, Any] = {
    "as_of": "2026-11-23",
    "income_fen": 650_000,
    "expenses_fen": {
        "housing": 180_000,
        "food": 120_000,
        "utilities": 20_000,
        "transport": 20_000,
        "medical": 0,
        "dependants": 60_000,
        "insurance": 0,
        "communication": 5_900,
        "other": 30_000,
    },
    "buffer_fen": 20_000,
    "lump_sum_fen": 0,
    "recovery": None,
    "debts": [
        {
            "id": "d1",
            "product": "huabei",
            "lender": "lender",
            "principal_fen": 1_200_000,
            "overdue_fen": 300_000,
            "overdue_days": 18,
            "posted_interest_fen": 0,
            "posted_penalty_fen": None,
            "rate": {"kind": "daily", "value": "0.0005"},
            "penalty": {"kind": "daily", "value": "0.0005"},
            "minimum": {"kind": "fraction", "value": "0.10", "floor_fen": 1000},
            "due_day": 9,
            "priority": False,
        }
    ],
}
ANOTHER = {**CASE["debts"][0], "overdue_fen": 0, "overdue_days": 0, "penalty": None, "minimum": None}


def changed(changes: dict[str, Any]) -> dict[str, Any]:
    """The case with dotted paths set; ``add`` adds a plain debt, ``many`` makes n, ``remove`` drops a key."""
    case = copy.deepcopy(CASE)
    for path, value in changes.items():
        if path == "add":
            case["debts"].append({**ANOTHER, **value})
        elif path == "many":
            case["debts"] = [{**ANOTHER, "id": f"d{number}"} for number in range(value)]
        elif path == "remove":
            del case[value]
        else:
            *parents, last = path.split(".")
            place: Any = case
            for key in parents:
                place = place[int(key) if isinstance(place, list) else key]
            place[last] = value
    return case


def at(value: Any, path: str) -> Any:
    """What is at a dotted path."""
    for key in path.split("."):
        value = value[int(key) if isinstance(value, list) else key]
    return value
