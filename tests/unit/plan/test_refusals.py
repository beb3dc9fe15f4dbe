"""Values outside their range are refused by name, whichever function they are given to."""

from __future__ import annotations

from collections.abc import Callable
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
    irr,
    level_instalments,
    lump_then,
    minimum_payments,
    needed,
    parse_case,
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
WHEN = (date(2026, 11, 23), date(2026, 12, 9), 9)
START = Start(*WHEN)
NOW = WHEN[0]


@pytest.mark.parametrize(
    ("field", "call"),
    [
        ("balance_fen", lambda: level_instalments(0, 3, DEBT.rate, *WHEN)),
        ("balance_fen", lambda: minimum_payments(0, Minimum(Decimal(1), Fen(0)), DEBT.rate, *WHEN)),
        ("periods", lambda: equal_principal(1, 61, DEBT.rate, *WHEN)),
        ("periods", lambda: flat_fee_instalments(1, 0, Rate("flat_fee", Decimal(0), 3), *WHEN)),
        ("rate.periods", lambda: flat_fee_instalments(1, 3, DEBT.rate, *WHEN)),
        ("price", lambda: terms_of(DEBT, "half")),
        ("then", lambda: deferral(TERMS, 3, 3, START, then="minimum")),
        ("months", lambda: deferral(TERMS, 0, 3, START)),
        ("low_periods", lambda: step_up(TERMS, 3, 1, 3, START)),
        ("low_periods", lambda: step_up(TERMS, 3, 1, 0, START)),
        ("low_fen", lambda: step_up(TERMS, 3, -1, 1, START)),
        ("lump_fen", lambda: lump_then(TERMS, 1_202_701, 3, START)),
        ("capacity_fen", lambda: pro_rata(-1, {"a": 1})),
        ("balances_fen.a", lambda: pro_rata(1, {"a": -1})),
        ("order", lambda: simulate([DEBT], Capacity(1), "alphabet", NOW)),
        ("custom", lambda: simulate([DEBT], Capacity(1), "custom", NOW, ["d2"])),
        ("custom", lambda: simulate([DEBT], Capacity(1), "custom", NOW, ["d1", "d1"])),
        ("months", lambda: needed([DEBT], 0, NOW)),
        ("opening_fen", lambda: irr(0, [1])),
        ("payments_fen", lambda: irr(100, [50, 49])),
        ("payments_fen", lambda: irr(100, [-1, 200])),
        ("days", lambda: xirr(100, [100], [0])),
        ("days", lambda: xirr(100, [100], [])),
        ("periods", lambda: compute(HOUSEHOLD, asked_periods=[61])),
        ("months", lambda: compute(HOUSEHOLD, asked_deferrals=[0])),
    ],
)
def test_the_field_is_named(field: str, call: Callable[[], object]) -> None:
    with pytest.raises(PlanInputError) as caught:
        call()

    assert caught.value.field == field
