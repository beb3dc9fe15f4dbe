"""The plan engine: what a household can pay, what it may ask for, and what each plan costs.

Pure: no clock, no I/O, no Rasa, no YAML (``command`` alone reads and writes). Same input, same output. Every
rule is in plan_engine.md; where that leaves a choice, the docstring of the function says which one was taken
and why.
"""

from __future__ import annotations

from bot.plan.budget import Budget, asked_fen, balance_fen, budget_of
from bot.plan.engine import Result, compute
from bot.plan.irr import irr, xirr
from bot.plan.ladder import Ladder
from bot.plan.model import (
    Capacity,
    Debt,
    Household,
    Minimum,
    Option,
    Penalty,
    Rate,
    Recovery,
    Row,
    Schedule,
)
from bot.plan.output import option_as_json, result_as_json
from bot.plan.parse import parse_case
from bot.plan.price import Terms, penalty_fen, terms_of
from bot.plan.relief import deferral, in_full, lump_then, pause, step_up
from bot.plan.schedule import equal_principal, flat_fee_instalments, level_instalments, minimum_payments
from bot.plan.share import pro_rata
from bot.plan.strategies import Strategy, needed, simulate
from bot.plan.walk import Start

__all__ = [
    "Budget",
    "Capacity",
    "Debt",
    "Household",
    "Ladder",
    "Minimum",
    "Option",
    "Penalty",
    "Rate",
    "Recovery",
    "Result",
    "Row",
    "Schedule",
    "Start",
    "Strategy",
    "Terms",
    "asked_fen",
    "balance_fen",
    "budget_of",
    "compute",
    "deferral",
    "equal_principal",
    "flat_fee_instalments",
    "in_full",
    "irr",
    "level_instalments",
    "lump_then",
    "minimum_payments",
    "needed",
    "option_as_json",
    "parse_case",
    "pause",
    "penalty_fen",
    "pro_rata",
    "result_as_json",
    "simulate",
    "step_up",
    "terms_of",
    "xirr",
]
