"""Contacts with a number can be tapped; nothing is said that the catalogue does not say."""

from __future__ import annotations

import pytest

from bot.channels.cards import problems
from bot.journey.cards import contact
from bot.knowledge.loader import catalog


@pytest.mark.parametrize("name", catalog().contacts)
def test_a_contact_is_shown_as_the_catalogue_has_it(name: str) -> None:
    known = catalog().contacts[name]
    made = contact.card([name])
    assert problems(made) == []
    (item,) = made["items"]
    assert (item["label"], item["note"], item["steps"]) == (known.label_zh, known.what_for_zh, list(known.how_zh))
    assert item.get("number") == known.number
    assert item.get("href") == (f"tel:{known.number}" if known.number else None)
    assert item.get("hours") == known.hours_zh


def test_hours_are_said_only_where_a_fact_says_them() -> None:
    told = {name: one.hours_zh for name, one in catalog().contacts.items() if one.hours_zh}
    assert set(told) == {"hotline_95188", "regulator_12378", "central_bank_12363", "psych_12356", "youth_12355"}
