"""The budget and the debts as they are shown when their stage is done."""

from __future__ import annotations

from dataclasses import dataclass

from bot.journey import render
from bot.journey.case import Case
from bot.knowledge.lines import line
from bot.knowledge.loader import catalog
from bot.money import yuan


@dataclass(frozen=True)
class BudgetShown:
    """The budget in words; amounts in yuan."""

    income: str
    expenses: str
    surplus: str
    verdict: str


def budget(case: Case) -> BudgetShown:
    """Income, necessary spending, what is left, and what that means."""
    income = case.budget_income_fen or 0
    surplus = income - case.expenses_fen
    if income == 0:
        verdict = line("budget.none")
    elif surplus < 0:
        verdict = line("budget.deficit")
    elif surplus == 0:
        verdict = line("budget.zero")
    else:
        verdict = line("budget.positive", surplus=yuan(surplus))
    return BudgetShown(yuan(income), yuan(case.expenses_fen), yuan(surplus), verdict)


def debts(case: Case) -> str:
    """All debts, one a row."""
    return "\n".join(render.debt_row(debt) for debt in case.debts)


def documents(case: Case) -> str:
    """The papers of this cause with who gives them, those at hand ticked."""
    known, have = catalog(), set(case.documents_have or ())
    rows = []
    for item in known.causes[case.situation_cause or "other"].documents:
        paper = known.documents[item]
        rows.append(
            line("documents.have", label=paper.label_zh)
            if item in have
            else line("documents.row", label=paper.label_zh, how=paper.issuer_zh)
        )
    return "\n".join(rows)


def substitutes(case: Case) -> str:
    """What may stand in for papers that cannot be had."""
    told = catalog().causes[case.situation_cause or "other"].substitutes_zh
    return told if isinstance(told, str) else line("documents.substitute_separator").join(told)


def missing_documents(case: Case) -> str:
    """The papers of this cause that are not there yet, with how to get each; empty when none is missing."""
    known, have = catalog(), {*(case.documents_have or ()), *case.documents_substitute}
    return "\n".join(
        line("documents.row", label=known.documents[item].label_zh, how=known.documents[item].how_zh)
        for item in known.causes[case.situation_cause or "other"].documents
        if item not in have
    )
