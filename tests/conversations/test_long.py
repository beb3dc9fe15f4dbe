"""A long conversation stays as quick as it began, and keeps what was said."""

from __future__ import annotations

from itertools import cycle, islice
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from builders import TODAY
from conversations.runner import STATES, problems

SAYS = ("逾期会坐牢吗", "生活费改成1500", "为什么问这个", "生活费改成1600", "会影响征信吗", "收入改成5100", "谢谢")
TURNS = 66
PART = 15
SLOWER = 2.0
"""So much longer may a turn at the end take than one at the beginning."""


@pytest.mark.model
def test_the_sixtieth_turn_takes_no_longer_than_the_first(bot: Any) -> None:
    person, times = "long", []
    bot.travel(TODAY)
    bot.begin(person, STATES["other"])
    for text in islice(cycle(SAYS), TURNS):
        started = perf_counter()
        said = bot.say(text, person)
        times.append(perf_counter() - started)
        tracker = bot.tracker(person)
        assert not list(problems({}, said, tracker.current_slot_values(), tracker.active_loop_name, 0)), said
        assert tracker.get_slot("requested_slot") == "budget_other_fen", text
    assert median(times[-PART:]) <= SLOWER * median(times[:PART])
