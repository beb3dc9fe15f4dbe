"""Sums in answers: checked with a pencil."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import BROKE, NEW, OWED, TODAY

from bot.journey.case import Case, Debt
from bot.journey.subject import Subject
from bot.journey.sums import VALUES, lateness, shares, spare_fen, values_of


def test_huabei_late_for_18_days() -> None:
    values = values_of(Subject("huabei", 300_000, 18), NEW, TODAY)
    # 3,000 × 0.05 % = 1.50 a day; × 18 = 27.00
    assert (values["so_far"], values["per_day"], values["penalty_rate"]) == ("27", "1.50", "0.05")


def test_jiebei_needs_the_contracts_rate() -> None:
    assert "so_far" not in values_of(Subject("jiebei", 2_000_000, 10), NEW, TODAY)
    values = values_of(Subject("jiebei", 2_000_000, 10, daily_rate="0.0004"), NEW, TODAY)
    # 0.04 % × 1.5 = 0.06 %; 20,000 × 0.06 % = 12 a day
    assert (values["contract_rate"], values["penalty_rate"], values["per_day"]) == ("0.04", "0.06", "12")
    assert values["so_far"] == "120"


@pytest.mark.parametrize(
    ("product", "rate", "method"),
    [
        ("huabei", None, "daily"),
        ("jiebei", None, "multiple_unknown"),
        ("jiebei", "0.0004", "multiple"),
        ("credit_card", None, "unknown"),
        (None, None, "unknown"),
    ],
)
def test_how_lateness_is_charged(product: str | None, rate: str | None, method: str) -> None:
    assert lateness(product, rate).method == method


def test_the_minimum_is_a_tenth_but_no_less_than_ten_yuan_and_no_more_than_everything() -> None:
    least = {owed: values_of(Subject("huabei", owed), NEW, TODAY)["minimum"] for owed in (500_000, 5_000, 500)}
    assert least == {500_000: "500", 5_000: "10", 500: "5"}


def test_the_rest_after_the_minimum_bears_interest() -> None:
    values = values_of(Subject("huabei", 500_000), NEW, TODAY)
    assert (values["minimum_rest"], values["minimum_per_day"]) == ("4,500", "2.25")


def test_only_a_product_of_which_it_is_known_has_a_minimum() -> None:
    assert "minimum" not in values_of(Subject("jiebei", 500_000), NEW, TODAY)


def test_instalments_cost_what_the_engine_says() -> None:
    values = values_of(Subject("huabei", 300_000, periods=12), NEW, TODAY)
    assert (values["bare"], values["each"], values["periods_cost"], values["rate"]) == (
        "250",
        "275.32",
        "303.73",
        "0.05",
    )


def test_instalments_use_the_persons_own_rate() -> None:
    values = values_of(Subject("huabei", 300_000, daily_rate="0.0003", periods=3), NEW, TODAY)
    assert values["rate"] == "0.03"


@pytest.mark.parametrize("periods", [0, 61])
def test_no_more_instalments_are_computed_than_anybody_may_ask_for(periods: int) -> None:
    assert "each" not in values_of(Subject("huabei", 300_000, periods=periods), NEW, TODAY)


def test_what_is_left_after_a_part() -> None:
    values = values_of(Subject("huabei", 1_200_000, part_fen=50_000), NEW, TODAY)
    assert (values["part"], values["rest"], values["rest_per_day"]) == ("500", "11,500", "5.75")


def test_a_part_as_large_as_the_debt_leaves_nothing_to_say() -> None:
    assert "rest" not in values_of(Subject("huabei", 50_000, part_fen=50_000), NEW, TODAY)


def test_the_fewest_instalments_that_fit_what_is_left() -> None:
    values = values_of(Subject("huabei", 1_200_000, 20, 3), OWED, TODAY)
    # 6,000 - 4,000 = 2,000 a month; six instalments would be more than that
    assert (values["capacity"], values["fit_periods"]) == ("2,000", "9")


def test_without_anything_left_nothing_fits() -> None:
    values = values_of(Subject("huabei", 1_200_000, 20, 3), BROKE, TODAY)
    assert not {"capacity", "fit_periods"} & values.keys()
    assert spare_fen(BROKE) == -400_000


def test_half_a_budget_tells_nothing() -> None:
    assert spare_fen(replace(OWED, budget_other_fen=None)) is None


def test_the_next_due_date_counts_today_in() -> None:
    due = values_of(Subject("huabei", 1, 0, 23), NEW, date(2026, 11, 23))
    assert (due["due_date"], due["days_left"]) == ("2026年11月23日", "0")


def test_what_is_overdue_has_no_next_due_date() -> None:
    assert "due_date" not in values_of(Subject("huabei", 1, 5, 23), NEW, TODAY)


def test_several_late_debts_are_told_one_by_one() -> None:
    case = Case(debts=(Debt("huabei", 800_000, 10, 3), Debt("jiebei", 2_000_000, 40, 3), Debt("beiyongjin", 100, 0, 3)))
    rows = values_of(Subject(None), case, TODAY)["cost_rows"].splitlines()
    assert rows == ["· 花呗：8,000元×0.05%×10天＝40元", "· 借呗：逾期40天，要看您合同里的日利率才算得出"]


def test_what_is_left_is_shared_in_proportion() -> None:
    case = replace(OWED, debts=(Debt("huabei", 800_000), Debt("jiebei", 2_400_000)))
    assert shares(case) == "花呗500元、借呗1,500元"


@pytest.mark.parametrize("case", [NEW, OWED, BROKE])
def test_nothing_is_shared_without_several_debts_and_money(case: Case) -> None:
    assert shares(case) == ""


def test_every_value_has_a_name_that_lines_may_use() -> None:
    case = replace(OWED, debts=(Debt("huabei", 800_000, 10, 3), Debt("jiebei", 2_000_000, 40, 3)))
    found = values_of(Subject("huabei", 300_000, 18, 3, "0.0005", 12, 10_000), case, TODAY)
    found |= values_of(Subject("jiebei", 300_000, 0, 3, "0.0004"), case, TODAY)
    assert found.keys() - VALUES.keys() == set()
    assert VALUES.keys() - found.keys() == set()
