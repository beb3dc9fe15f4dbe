"""The comparison with stock Rasa: its arithmetic, its page, and a short run of our side as a real process."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from bench.stock.figures import BOUNDS, FIGURES, compared, medians, times_better
from bench.stock.report import missed, page
from bench.stock.training import fingerprint
from bench.stock.turns import LENGTHS, ROUND, SAYS, Talk, around, messages, pace
from bot.settings import ROOT

BY_NAME = {figure.name: figure for figure in FIGURES}
STOCK = {figure.name: 100.0 for figure in FIGURES} | {"silent": 0.25}
OURS = {figure.name: 1000.0 if figure.is_more_better else 2.0 for figure in FIGURES} | {"silent": 0.0}


def test_the_median_of_an_outlier_and_two_others_is_one_of_the_two() -> None:
    assert medians([{"a": 1.0}, {"a": 900.0}, {"a": 2.0}]) == {"a": 2.0}


def test_a_figure_that_one_run_lacks_is_the_median_of_the_others() -> None:
    assert medians([{"a": 1.0, "b": 4.0}, {"a": 3.0}]) == {"a": 2.0, "b": 4.0}


def test_a_third_of_the_time_and_three_times_the_pace_are_both_three_times_better() -> None:
    assert times_better(BY_NAME["turn_10_p50"], stock=30.0, ours=10.0) == 3.0
    assert times_better(BY_NAME["pace_8"], stock=10.0, ours=30.0) == 3.0


def test_a_target_is_reached_at_exactly_its_ratio_and_missed_below() -> None:
    reached, below = {**OURS, "turn_10_p50": 100 / 8}, {**OURS, "turn_10_p50": 100 / 7.9}

    assert {row.figure.name: row.is_reached for row in compared([STOCK], [reached])}["turn_10_p50"] is True
    assert missed([STOCK], [below])[0] == "turn at length 10, p50"


def test_memory_has_to_be_at_most_sixty_percent() -> None:
    row = {row.figure.name: row for row in compared([STOCK], [{**OURS, "memory": 60.5}])}["memory"]
    assert row.is_reached is False


def test_growth_and_start_are_judged_by_ours_alone() -> None:
    slow = {**OURS, "turn_10_p50": 10.0, "turn_200_p50": 14.0, "first_answer": 13.0}
    assert [bound.of(slow) for bound in BOUNDS] == [1.4, 13.0]
    assert missed([{**STOCK, "turn_200_p50": 1000.0}], [slow])[-2:] == [bound.title for bound in BOUNDS]


def test_the_page_names_both_figures_the_ratio_and_the_verdict() -> None:
    told = page([STOCK], [{**OURS, "turn_200_p50": 10.0}], SAYS)

    assert "| turn at length 200, p50 | 100.0 ms | 10.0 ms | 10.0 × | ≥ 20 × | **missed** |" in told
    assert "| turns a second, 64 clients | 100.0 | 1,000.0 | 10.0 × |  |  |" in told
    assert "stock 25.0%, ours 0.0%" in told


@pytest.mark.parametrize("length", LENGTHS)
def test_each_length_holds_every_message_of_the_journey_once(length: int) -> None:
    said = list(messages(around(length).stop))
    assert sorted(said[around(length)]) == sorted(SAYS["round"])


def test_the_pace_of_a_length_is_that_of_its_own_turns() -> None:
    seconds = [0.001] * around(50).start + [0.05] * ROUND + [0.2] * (around(200).stop - around(50).stop)
    found = pace([Talk(seconds), Talk(seconds)])
    assert (found["turn_10_p50"], found["turn_50_p95"], found["turn_200_p50"]) == (1.0, 50.0, 200.0)


def test_a_training_is_kept_by_all_that_it_reads() -> None:
    assert fingerprint("stock") == fingerprint("stock")
    assert fingerprint("stock") != fingerprint("ours")


@pytest.mark.model
def test_a_short_run_of_our_side_answers_every_turn_and_stores_it() -> None:
    command = [sys.executable, "-m", "bench.stock", "--only-ours", "--talks", "1", "--seconds", "0.5", "--turns", "20"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=240)

    found = json.loads(ran.stdout)

    assert found["silent"] == 0
    assert found["stored"] > 100
    assert min(found["memory"], found["first_answer"], found["turn_10_p50"], found["pace_8"], found["pace_1"]) > 0
