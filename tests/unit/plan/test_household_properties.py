"""What must always hold for whole households; see ``test_properties`` for how many cases are tried."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.money import yuan
from bot.plan import (
    compute,
    parse_case,
    result_as_json,
)
from bot.plan.render import tables

from .generators import (
    WHOLE,
    check,
    days,
    due_days,
    often,
)
from .household import changed

households = st.fixed_dictionaries(
    {
        "as_of": days.map(str),
        "income_fen": st.integers(0, 5_000_000),
        "lump_sum_fen": st.one_of(st.just(0), st.integers(0, 3_000_000)),
        "recovery": st.one_of(
            st.none(),
            st.fixed_dictionaries({"from": days.map(str), "income_fen": st.integers(0, 5_000_000)}),
        ),
    }
)
json_rates = st.one_of(
    st.builds(lambda steps: {"kind": "daily", "value": str(Decimal(steps) / 20_000)}, st.integers(2, 20)),
    st.builds(lambda steps: {"kind": "annual", "value": str(Decimal(steps) / 100)}, st.integers(1, 36)),
    st.just({"kind": "flat_fee", "value": "0.088", "periods": 12}),
    st.just({"kind": "none"}),
)
json_debts = st.lists(
    st.fixed_dictionaries(
        {
            "principal_fen": st.integers(0, 5_000_000),
            "posted_interest_fen": st.integers(0, 20_000),
            "rate": json_rates,
            "minimum": st.one_of(st.none(), st.just({"kind": "fraction", "value": "0.10", "floor_fen": 1000})),
            "penalty": st.one_of(st.none(), st.just({"kind": "daily", "value": "0.0008"})),
            "due_day": due_days,
            "priority": st.sampled_from((False, False, True)),
            "overdue": st.integers(0, 100),
        }
    ),
    max_size=3,
)


def whole_case(changes: dict[str, Any], owed: list[dict[str, Any]]) -> dict[str, Any]:
    recovery = changes["recovery"]
    if recovery and recovery["from"] <= changes["as_of"]:
        later = date.fromisoformat(changes["as_of"]) + timedelta(days=100)
        recovery = {**recovery, "from": str(later)}
    case = changed({**changes, "recovery": recovery, "many": len(owed)})
    for debt, given_debt in zip(case["debts"], owed, strict=True):
        share = given_debt["overdue"] if given_debt["overdue"] > 50 else 0
        overdue = given_debt["principal_fen"] * share // 100
        debt.update({key: value for key, value in given_debt.items() if key != "overdue"})
        debt.update({"overdue_fen": overdue, "overdue_days": share if overdue else 0, "posted_penalty_fen": None})
    return case


@settings(often, max_examples=WHOLE)
@given(households, json_debts, st.randoms(use_true_random=False))
def test_no_feasible_option_exceeds_a_month_and_permutations_change_nothing(
    changes: dict[str, Any], owed: list[dict[str, Any]], random: Any
) -> None:
    case = whole_case(changes, owed)
    household = parse_case(case)
    result = compute(household)
    found = result_as_json(result)
    capacity = result.budget.capacity

    assert len({option.id for option in result.options}) == len(result.options)
    given_to = {ladder.debt: ladder.capacity_fen for ladder in (*result.ladders, result.ladder)}
    for option in result.options:
        rows = option.schedule.rows
        if option.feasible:
            assert all(row.payment_fen <= capacity.on(row.due) for row in rows if row.due > household.as_of)
            assert sum(row.payment_fen for row in rows if row.due == household.as_of) <= household.lump_sum_fen
        else:
            assert option.fails_on in {row.due for row in rows}
        if option.kind != "pause":
            assert given_to[option.debt] > 0 or option.kind == "in_full"
            if option.schedule.unpaid_fen == 0:
                check(option.schedule, option.schedule.opening_fen)
        if option.price == "interest_waived" and option.kind != "pause":
            assert option.total_cost_fen == 0
    if any(row["balance_fen"] for row in found["pro_rata"]):
        assert sum(given_to[debt.id] for debt in household.debts) == capacity.now_fen
    assert sum(result.pro_rata.values()) == min(capacity.now_fen, sum(row["balance_fen"] for row in found["pro_rata"]))

    random.shuffle(case["debts"])
    assert result_as_json(compute(parse_case(case))) == found


@settings(often, max_examples=WHOLE)
@given(households, json_debts)
def test_every_amount_in_the_tables_is_the_engines(changes: dict[str, Any], owed: list[dict[str, Any]]) -> None:
    result = compute(parse_case(whole_case(changes, owed)))

    lines = {line.split()[0]: line.split() for line in tables(result).splitlines() if ":" in line}

    for option in result.options:
        plan = option.schedule
        amounts = (option.monthly_fen, option.last_fen, plan.total_paid_fen, option.total_cost_fen)
        assert lines[option.id][1:5] == [yuan(amount) for amount in amounts]
