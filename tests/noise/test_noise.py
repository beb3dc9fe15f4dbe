"""Sentences written untidily in every way of ``perturb`` still mean what they meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from noise.measure import Measured, measure

LEAST_TRIED = 1_200
LEAST_KEPT = 0.95
LEAST_OF_A_KIND = 0.85


@pytest.fixture(scope="module")
def measured(bot: Any) -> Measured:
    def parse(text: str) -> Mapping[str, Any]:
        return bot.loop.run_until_complete(bot.agent.parse_message(text))  # type: ignore[no-any-return]

    return measure(parse)


@pytest.mark.model
def test_untidy_writing_changes_next_to_nothing(measured: Measured) -> None:
    assert measured.whole.tried >= LEAST_TRIED
    lost = "\n".join(
        f"{one.kind}: {one.noisy} → {one.understood}, not {one.meant}" for one in measured.tried if not one.kept
    )
    assert measured.whole.rate >= LEAST_KEPT, f"{measured.table()}\n{lost}"


@pytest.mark.model
def test_no_kind_of_noise_is_much_worse_than_the_others(measured: Measured) -> None:
    assert min(one.rate for one in measured.kinds.values()) >= LEAST_OF_A_KIND, measured.table()
