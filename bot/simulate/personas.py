"""Who a simulated user is: a case, a goal, a mood and habits, all drawn from one seed and a number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import yaml


@dataclass(frozen=True)
class Owed:
    """One debt as it really is."""

    product: str
    balance_fen: int
    overdue_days: int
    due_day: int


@dataclass(frozen=True)
class Persona:
    """A person before the first word; amounts a month in fen, habits as chances from 0 to 1 a message."""

    number: int
    cause: str
    budget: dict[str, int]
    """What each slot of the budget really is."""
    debts: tuple[Owed, ...]
    mood: str
    outcome: str
    """What the lender will say."""
    is_cooperative: bool
    habits: dict[str, float]

    def debt(self, product: str) -> Owed | None:
        """The debt on ``product``."""
        return next((debt for debt in self.debts if debt.product == product), None)


@lru_cache(maxsize=1)
def ranges() -> dict[str, Any]:
    """What may be drawn."""
    told: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("personas.yml").read_text("utf-8"))
    return told


def draw(number: int, seed: int) -> tuple[Persona, Random]:
    """The ``number``-th person of ``seed`` and the source of all their choices: the same in every process."""
    told, random = ranges(), Random(f"{seed} {number}")
    income = random.choice(told["income"])
    spending = {name: random.choice(told[name]) for name in ("housing", "living", "other")}
    if income:  # spending above a known income is asked about: rare, but it happens
        spending = {name: min(value, income) if random.random() < 0.95 else value for name, value in spending.items()}
    products: list[str] = []
    while len(products) < random.choice(told["debts"]):
        found = random.choices(list(told["weights"]), list(told["weights"].values()))[0]
        products += [] if found in products else [found]
    persona = Persona(
        number=number,
        cause=random.choice(told["causes"]),
        budget={f"budget_{name}_fen": value * 100 for name, value in {"income": income, **spending}.items()},
        debts=tuple(
            Owed(p, random.choice(told["balance"]) * 100, random.choice(told["overdue"]), random.choice(told["due"]))
            for p in products
        ),
        mood=random.choice(told["moods"]),
        outcome=random.choice(("instalments", "instalments", "deferral", "refused", "pending")),
        is_cooperative=random.random() >= told["uncooperative"],
        habits={name: random.choice(values) for name, values in told["habits"].items()},
    )
    return persona, random


def plain(number: int, seed: int, cause: str) -> Persona:
    """Somebody with ``cause`` who answers everything and does nothing else: for conversations that people read."""
    persona, _ = draw(number, seed)
    habits = dict.fromkeys(persona.habits, 0.0)
    return replace(persona, cause=cause, is_cooperative=True, habits=habits)
