"""The engine is asked once for what several actions of a turn want to know."""

from __future__ import annotations

from builders import OWED, TODAY

from bot.journey import computing
from bot.journey.household import household
from bot.plan import compute, parse_case

GIVEN = parse_case(household(OWED, TODAY))


def test_equal_questions_are_computed_once() -> None:
    computing._result.cache_clear()
    first = computing.result_of(GIVEN, [24], [3])
    again = computing.result_of(parse_case(household(OWED, TODAY)), (24,), (3,))
    assert first is again
    assert computing._result.cache_info().misses == 1


def test_the_answer_is_the_engine_s() -> None:
    assert computing.result_of(GIVEN, [24], [3]) == compute(GIVEN, (24,), (3,))


def test_another_household_day_or_term_is_another_question() -> None:
    computing._result.cache_clear()
    for given, periods in ((GIVEN, ()), (GIVEN, (24,)), (parse_case(household(OWED, TODAY.replace(day=24))), ())):
        assert computing.result_of(given, periods) == compute(given, periods)
    assert computing._result.cache_info().misses == 3


def test_only_the_latest_answers_are_kept() -> None:
    computing._result.cache_clear()
    for day in range(1, 29):
        computing.result_of(parse_case(household(OWED, TODAY.replace(day=day))))
        computing.result_of(parse_case(household(OWED, TODAY.replace(day=day))), (5,))
    assert computing._result.cache_info().currsize == computing.KEPT
