"""When a message may mean two things."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.journey.close import GAP, LEAST, SURE, close_intents
from bot.knowledge.lines import lines


def ranking(*pairs: tuple[str, float]) -> list[dict[str, object]]:
    return [{"name": name, "confidence": confidence} for name, confidence in pairs]


def test_two_near_questions_are_asked_about() -> None:
    assert close_intents(ranking(("ask_cost", 0.4), ("ask_waiver", 0.35))) == ("ask_cost", "ask_waiver")


@pytest.mark.parametrize(
    "given_ranking",
    [
        ranking(),
        ranking(("ask_cost", 1.0)),
        ranking(("ask_cost", SURE), ("ask_waiver", 0.44)),
        ranking(("ask_cost", 0.5), ("ask_waiver", 0.5 - GAP)),
        ranking(("ask_cost", 0.19), ("ask_waiver", 0.18)),
        ranking(("state_cannot_repay", 0.4), ("state_overspending", 0.39)),
    ],
    ids=["nothing", "a button", "sure enough", "far enough apart", "nothing understood", "both begin the journey"],
)
def test_anything_else_is_taken_as_it_is(given_ranking: list[dict[str, object]]) -> None:
    assert close_intents(given_ranking) is None


@pytest.mark.parametrize("name", ["crisis", "stop", "affirm", "deny", "nlu_fallback", "correct_answer"])
def test_steering_words_and_people_in_danger_are_never_asked_back(name: str) -> None:
    assert close_intents(ranking((name, 0.4), ("ask_cost", 0.39))) is None
    assert close_intents(ranking(("ask_cost", 0.4), (name, 0.39))) is None


@given(st.floats(0, 1), st.floats(0, 1))
def test_only_a_small_gap_between_middling_confidences_is_asked_about(one: float, other: float) -> None:
    first, second = max(one, other), min(one, other)
    asked = close_intents(ranking(("ask_cost", first), ("ask_waiver", second))) is not None
    assert asked == (LEAST <= first < SURE and first - second < GAP)


def test_no_two_buttons_read_alike() -> None:
    labels = [text for key, text in lines().items() if key.startswith("intent.")]
    assert len(labels) == len(set(labels))
