"""Values outside their range are refused by name, whichever function they are given to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.errors import PlanInputError
from bot.money import Fen
from bot.plan import (
    Capacity,
    Minimum,
    Rate,
    Start,
    compute,
    deferral,
    equal_principal,
    flat_fee_instalments,
    in_full,
    irr,
    level_instalments,
    lump_then,
    minimum_payments,
    needed,
    parse_case,
    pause,
    pro_rata,
    simulate,
    step_up,
    terms_of,
    xirr,
)

from .household import CASE

HOUSEHOLD = parse_case(CASE)
DEBT = HOUSEHOLD.debts[0]
TERMS = terms_of(DEBT, "contract")
NOTHING = replace(TERMS, opening_fen=0)
FLAT = Rate("flat_fee", Decimal(0), 3)
ALL_AT_ONCE = Minimum(Decimal(1), Fen(0))
WHEN = (date(2026, 11, 23), date(2026, 12, 9), 9)
START = Start(*WHEN)
NOW = WHEN[0]


@pytest.mark.parametrize(
    ("said", "call"),
    [
        ("balance_fen=0: must be 1 or more", lambda: level_instalments(0, 3, DEBT.rate, *WHEN)),
        ("balance_fen=0: must be 1 or more", lambda: equal_principal(0, 3, DEBT.rate, *WHEN)),
        ("balance_fen=0: must be 1 or more", lambda: flat_fee_instalments(0, 3, FLAT, *WHEN)),
        ("balance_fen=0: must be 1 or more", lambda: minimum_payments(0, ALL_AT_ONCE, DEBT.rate, *WHEN)),
        ("balance_fen=0: must be 1 or more", lambda: in_full(NOTHING, START)),
        ("balance_fen=0: must be 1 or more", lambda: pause(NOTHING, 3, START)),
        ("balance_fen=0: must be 1 or more", lambda: step_up(NOTHING, 3, 1, 1, START)),
        ("periods=61: must be 1 to 60", lambda: level_instalments(1, 61, DEBT.rate, *WHEN)),
        ("periods=61: must be 1 to 60", lambda: equal_principal(1, 61, DEBT.rate, *WHEN)),
        ("periods=0: must be 1 to 60", lambda: flat_fee_instalments(1, 0, FLAT, *WHEN)),
        ("periods=61: must be 1 to 60", lambda: step_up(TERMS, 61, 1, 1, START)),
        ("rate.periods=None: must be given for a flat fee", lambda: flat_fee_instalments(1, 3, DEBT.rate, *WHEN)),
        (
            "price='half': must be one of contract, penalty_waived, interest_waived",
            lambda: terms_of(DEBT, "half"),
        ),
        (
            "then='minimum': must be one of level, equal_principal",
            lambda: deferral(TERMS, 3, 3, START, then="minimum"),
        ),
        ("months=0: must be 1 or more", lambda: deferral(TERMS, 0, 3, START)),
        ("months=0: must be 1 or more", lambda: pause(TERMS, 0, START)),
        ("low_periods=3: must be 1 or more and fewer than periods", lambda: step_up(TERMS, 3, 1, 3, START)),
        ("low_periods=0: must be 1 or more and fewer than periods", lambda: step_up(TERMS, 3, 1, 0, START)),
        ("low_fen=-1: must not be negative", lambda: step_up(TERMS, 3, -1, 1, START)),
        (
            "lump_fen=1202701: must be 0 or more and not more than the balance",
            lambda: lump_then(TERMS, 1_202_701, 3, START),
        ),
        ("lump_fen=-1: must be 0 or more and not more than the balance", lambda: lump_then(TERMS, -1, 3, START)),
        ("capacity_fen=-1: must not be negative", lambda: pro_rata(-1, {"a": 1})),
        ("balances_fen.a=-1: must not be negative", lambda: pro_rata(1, {"a": -1})),
        (
            "order='alphabet': must be one of avalanche, snowball, due_first, pro_rata, custom",
            lambda: simulate([DEBT], Capacity(1), "alphabet", NOW),
        ),
        (
            "custom=['d2']: must name each debt at most once, and only debts of the case",
            lambda: simulate([DEBT], Capacity(1), "custom", NOW, ("d2",)),
        ),
        (
            "custom=['d1', 'd1']: must name each debt at most once, and only debts of the case",
            lambda: simulate([DEBT], Capacity(1), "custom", NOW, ("d1", "d1")),
        ),
        ("months=0: must be 1 to 600", lambda: needed([DEBT], 0, NOW)),
        ("months=601: must be 1 to 600", lambda: needed([DEBT], 601, NOW)),
        ("opening_fen=0: must be 1 or more", lambda: irr(0, [1])),
        ("opening_fen=0: must be 1 or more", lambda: xirr(0, [1], [1])),
        ("payments_fen=[50, 49]: must not be negative and must cover the opening", lambda: irr(100, (50, 49))),
        ("payments_fen=[-1, 200]: must not be negative and must cover the opening", lambda: irr(100, (-1, 200))),
        ("payments_fen=[99]: must not be negative and must cover the opening", lambda: xirr(100, (99,), [1])),
        ("days=[0]: must be one number of 1 or more for each payment", lambda: xirr(100, [100], (0,))),
        ("days=[]: must be one number of 1 or more for each payment", lambda: xirr(100, [100], ())),
        ("periods=61: must be 1 to 60", lambda: compute(HOUSEHOLD, asked_periods=[61])),
        ("months=0: must be 1 or more", lambda: compute(HOUSEHOLD, asked_deferrals=[0])),
    ],
)
def test_the_field_its_value_and_the_rule_are_told(said: str, call: Callable[[], object]) -> None:
    with pytest.raises(PlanInputError) as caught:
        call()

    assert str(caught.value) == said


@pytest.mark.parametrize(
    "call",
    [
        lambda: level_instalments(1, 1, DEBT.rate, *WHEN),
        lambda: equal_principal(60, 60, DEBT.rate, *WHEN),
        lambda: minimum_payments(1, ALL_AT_ONCE, DEBT.rate, *WHEN),
        lambda: deferral(TERMS, 1, 60, START),
        lambda: step_up(TERMS, 2, 0, 1, START),
        lambda: lump_then(TERMS, 0, 3, START),
        lambda: lump_then(TERMS, 1_202_700, 3, START),
        lambda: pro_rata(0, {"a": 0}),
        lambda: needed([DEBT], 600, NOW),
        lambda: compute(HOUSEHOLD, asked_periods=[1, 60], asked_deferrals=[1]),
    ],
)
def test_the_last_value_that_is_allowed_is_taken(call: Callable[[], object]) -> None:
    assert call() is not None


def test_one_fen_lent_and_paid_back_costs_nothing() -> None:
    assert irr(1, [0, 1]) == 0
    assert xirr(1, [1], [1]) == 0
