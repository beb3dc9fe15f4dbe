"""What people see of a result: the tables to the letter, the CSV to the byte, the chart to the bar."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.plan import Option, Result, compute, parse_case
from bot.plan.render import as_csv, as_png, chart, tables

from .household import changed

TWO = {
    "debts.0.principal_fen": 100_000,
    "debts.0.overdue_fen": 0,
    "debts.0.overdue_days": 0,
    "debts.0.minimum": None,
    "debts.0.penalty": None,
    "add": {"id": "d2", "principal_fen": 50_000, "rate": {"kind": "none"}},
}
"""1,000 yuan at 0.05 % a day and 500 without interest, both due on the 9th."""


@pytest.fixture
def result() -> Result:
    """With 600 yuan a month: 5,159 − 4,559."""
    return compute(parse_case(changed({"income_fen": 515_900, **TWO})))


def option(name: str, **changes: object) -> Option:
    found = compute(parse_case(changed({**TWO, **changes}))).option(name)
    assert found is not None
    return found


def test_the_tables_of_a_household_without_income_are_these_to_the_letter() -> None:
    # 1000 × 0.0005 × 106 days = 53.00; 53/1000 in 4 months: 12 × (1.053^¼ − 1) = 15.59 %, 1.053^(365/106) − 1 = 19.46 %
    expected = Path(__file__).parents[2].joinpath("cases", "plan", "tables.txt").read_text("utf-8")

    assert tables(compute(parse_case(changed({"income_fen": 0, "lump_sum_fen": 150_000, **TWO})))) == expected


def lines(result: Result, title: str) -> list[str]:
    """The lines below the heading of one table."""
    return tables(result).split(f"{title}\n")[1].split("\n\n")[0].splitlines()[2:]


def test_a_rung_shows_its_instalments_and_a_household_with_money_needs_no_pause(result: Result) -> None:
    # 600 × 1000/1500 = 400 for d1; 70 % of it is 280, so 6 x 174.39; 90 % is 360: 3 x 341.19
    assert lines(result, "Ladder") == [
        "d1         400  6 x 174.39  3 x 341.19        400  3 x 341.19",
        "d2         200   6 x 83.34  3 x 166.67        200  3 x 166.67",
        "all        600  6 x 257.73  3 x 507.86        600  3 x 507.86",
    ]


def test_a_strategy_that_ends_shows_its_day_and_no_other_capacity(result: Result) -> None:
    # Worked out by hand in strategies.yml: 14.32 by avalanche, 27.06 by snowball.
    assert lines(result, "Strategies")[:2] == [
        "avalanche       3  2027-02-09     14.32",
        "snowball        3  2027-02-09     27.06",
    ]


def test_an_option_that_does_not_fit_shows_the_day_on_which_it_fails(result: Result) -> None:
    # 1000 × 0.0005 × 16 days = 8.00; 12 × 0.008 = 9.60 %; 1.008^(365/16) − 1 = 19.93 %
    row = next(line for line in lines(result, "Options") if line.startswith("d1:in_full:1:contract "))
    assert row.split() == [
        "d1:in_full:1:contract",
        "1,008",
        "1,008",
        "1,008",
        "8",
        "9.60%",
        "19.93%",
        "no",
        "2026-12-09",
    ]


def test_csv_has_a_header_and_one_line_for_each_payment() -> None:
    # Rest 500 without interest in three: 166.67, 166.67 and 166.66.
    assert as_csv(option("d2:level:3:contract")) == (
        "n,due,payment_fen,interest_fen,fee_fen,principal_fen,balance_fen\n"
        "1,2026-12-09,16667,0,0,16667,33333\n"
        "2,2027-01-09,16667,0,0,16667,16666\n"
        "3,2027-02-09,16666,0,0,16666,0\n"
    )


def test_the_chart_stacks_principal_interest_and_fee_and_draws_the_balance() -> None:
    deferred = {"debts.0.overdue_fen": 40_000, "debts.0.overdue_days": 1, "debts.0.posted_penalty_fen": 0}
    penalty = {"debts.0.penalty": {"kind": "daily", "value": "0.001"}}
    found = option("d1:deferral-3:3:contract", **deferred, **penalty)
    rows = found.schedule.rows

    axes, right = chart(found).axes

    bars = [[(round(bar.get_y(), 2), round(bar.get_height(), 2)) for bar in group] for group in axes.containers]
    principal, interest, fee = bars
    assert axes.get_legend_handles_labels()[1] == ["principal", "interest", "fee"]
    assert principal == [(0, row.principal_fen / 100) for row in rows]
    assert interest == [(row.principal_fen / 100, row.interest_fen / 100) for row in rows]
    # 400 × 0.001 × 106 days = 42.40 of penalty on top of the first payment, nothing later
    assert [height for _, height in fee] == [42.40, 0, 0]
    assert fee[0][0] == (rows[0].principal_fen + rows[0].interest_fen) / 100
    (line,) = right.lines
    assert (line.get_label(), list(line.get_ydata())) == ("balance", [row.balance_fen / 100 for row in rows])
    assert list(line.get_xdata()) == ["2027-03-09", "2027-04-09", "2027-05-09"]


def test_the_chart_is_labelled_in_yuan_and_starts_at_nothing() -> None:
    figure = chart(option("d2:level:3:contract"))
    axes, right = figure.axes

    assert axes.get_title() == "monthly 166.67, cost 0 yuan"
    assert (axes.get_ylabel(), right.get_ylabel()) == ("payment (yuan)", "balance (yuan)")
    assert right.get_ylim()[0] == 0
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["principal", "interest", "fee", "balance"]


def test_a_pause_is_drawn_without_a_bar_below_the_line() -> None:
    figure = chart(option("d1:pause:3:contract", income_fen=0))

    # Its principal is −53.00: what the pause adds. The interest stands as a bar of 53.00.
    assert [[bar.get_height() for bar in group] for group in figure.axes[0].containers] == [[0], [53], [0]]


def test_the_picture_is_a_png() -> None:
    assert as_png(option("d2:level:3:contract")).startswith(b"\x89PNG")
