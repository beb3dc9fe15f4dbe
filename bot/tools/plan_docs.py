"""How plans are worked out, in docs/plan.md: ``python -m bot.tools.plan_docs`` writes it, ``--check`` compares.

``--case NAME`` prints one of them as the engine's input instead. Words are in ``plan_docs.md``, the cases in
``plan_docs.yml``; every number comes from the engine.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bot.journey import plan, render, summary, words
from bot.journey.case import Case
from bot.journey.household import ESTIMATED_RATE, household
from bot.journey.offers import Offer
from bot.journey.wish import MOST_PERIODS
from bot.money import yuan
from bot.plan import Option, balance_fen, compute, parse_case
from bot.plan.ladder import ACCEPT_PERCENT, ASK_PERCENT
from bot.plan.model import PERIODS
from bot.plan.render import as_csv, as_png
from bot.settings import ROOT
from bot.tools.names import load

HERE = Path(__file__).parent
TARGET = ROOT / "docs" / "plan.md"
PICTURE = ROOT / "docs" / "images" / "plan_schedule.png"
ROWS = 3
"""Instalments shown from the start of a schedule, and one from its end."""


def case_of(said: Mapping[str, Any]) -> Case:
    """The case that ``plan_docs.yml`` tells."""
    return Case.from_slots({"situation_cause": "other", "debts_more": False, **said})


def option_of(case: Case, today: date, offer: Offer) -> Option:
    """The engine's option that ``offer`` was made from, with its whole schedule."""
    result = compute(parse_case(household(case, today)), (offer.periods,))
    found = result.option(f"all:{offer.kind}:{offer.periods}:{offer.price}")
    if found is None:
        raise ValueError(f"no such option: {offer.kind}, {offer.periods}, {offer.price}")
    return found


def table(option: Option) -> str:
    """The first instalments and the last one, as a Markdown table in yuan."""
    shown = [*option.schedule.rows[:ROWS], option.schedule.rows[-1]]
    head = ["No.", "Due", "Payment", "Interest", "Principal", "Left"]
    rows = [
        [
            str(row.n),
            row.due.isoformat(),
            *map(yuan, (row.payment_fen, row.interest_fen, row.principal_fen, row.balance_fen)),
        ]
        for row in shown
    ]
    rows.insert(ROWS, ["…"] * len(head))
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, ["---:"] * len(head), *rows))


def quoted(*texts: str) -> str:
    """What the bot says, as a Markdown quotation that keeps its lines."""
    return "\n>\n".join("\n".join(f"> {line}  " for line in text.splitlines()) for text in texts if text)


def worked(name: str, case: Case, today: date, what_if: Mapping[str, Any] | None) -> SimpleNamespace:
    """Everything that the page tells about one case."""
    proposal, given = plan.propose(case, today), parse_case(household(case, today))
    debt, budget = given.debts[0], summary.budget(case)
    told = [f"{budget.income} − {budget.expenses} = {budget.surplus}", summary.debts(case)]
    if proposal.capacity_fen:
        shown = [words.offers(proposal), words.notes(case, proposal), words.lenders(proposal), words.ladder(proposal)]
    else:
        shown = [words.nothing_left(proposal), words.pause(proposal)]
    first = proposal.offers[0]
    chosen = replace(case, plan_choice=first.as_choice(words.offer(first)))
    found = SimpleNamespace(
        name=name,
        told=quoted(*told),
        shown=quoted(*shown),
        why=quoted(words.working(case, proposal)),
        parts=quoted(words.parts(plan.parts(chosen, today))),
        schedule=table(option_of(case, today, first)) if first.kind == "level" else "",
        owed=yuan(balance_fen(debt)),
        principal=yuan(debt.principal_fen),
        penalty=yuan(debt.posted_penalty_fen or 0),
        days=debt.overdue_days,
        penalty_rate=render.percent(str(float(debt.penalty.per_day(debt.rate))), 4) if debt.penalty else "",
        what_if="",
        answer="",
    )
    if what_if:
        asked = replace(case, plan_wish=what_if["wish"])
        answer = plan.propose(asked, today)
        found.what_if, found.answer = what_if["said"], quoted(words.wished(answer), words.verdict(answer, asked))
    return found


def page(told: Mapping[str, Any]) -> tuple[str, Option]:
    """The page, and the option that its picture shows."""
    today = date.fromisoformat(told["today"])
    cases = {name: case_of(said) for name, said in told["cases"].items()}
    pictured = cases[told["picture"]]
    option = option_of(pictured, today, plan.propose(pictured, today).offers[0])
    text = (
        (HERE / "plan_docs.md")
        .read_text("utf-8")
        .format(
            cases=SimpleNamespace(
                **{name: worked(name, case, today, told["what_ifs"].get(name)) for name, case in cases.items()}
            ),
            facts=SimpleNamespace(**told["facts"]),
            example_rate=told["example_rate"],
            terms=", ".join(map(str, PERIODS)),
            long_terms=", ".join(map(str, plan.LONG_PERIODS)),
            most_periods=MOST_PERIODS,
            pause_months=plan.DEFER_MONTHS,
            ask_percent=ASK_PERCENT,
            accept_percent=ACCEPT_PERCENT,
            estimated_rate=render.percent(ESTIMATED_RATE, 4),
            picture=PICTURE.relative_to(TARGET.parent),
            digest=hashlib.sha256(as_csv(option).encode()).hexdigest(),
        )
    )
    return text, option


def main(argv: list[str]) -> int:
    """Write or check the page, or print a case; see the module's docstring."""
    options = argparse.ArgumentParser(prog="python -m bot.tools.plan_docs")
    options.add_argument("--check", action="store_true")
    told = load(HERE / "plan_docs.yml")
    options.add_argument("--case", choices=told["cases"])
    asked = options.parse_args(argv)
    if asked.case:
        print(json.dumps(household(case_of(told["cases"][asked.case]), date.fromisoformat(told["today"])), indent=2))
        return 0
    text, option = page(told)
    if PICTURE.exists() and TARGET.exists() and TARGET.read_text("utf-8") == text:
        return 0
    if asked.check:
        print(f"stale: {TARGET.name}; run `python -m bot.tools.plan_docs`", file=sys.stderr)
        return 1
    TARGET.write_text(text, encoding="utf-8")
    PICTURE.write_bytes(as_png(option))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
