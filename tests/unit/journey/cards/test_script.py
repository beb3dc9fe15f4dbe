"""The cards of the script and its versions: the same words as the text."""

from __future__ import annotations

from builders import READY, TODAY

from bot.journey import plan, script, versions
from bot.journey.cards import script as cards

STEPS = script.steps(READY, plan.propose(READY, TODAY))


def test_the_card_has_every_step_in_its_order() -> None:
    card = cards.script(STEPS)
    assert [one["id"] for one in card["steps"]] == [step.id for step in STEPS]
    assert [tuple(one["lines"]) for one in card["steps"]] == [step.lines for step in STEPS]
    assert {one["kind"] for one in card["steps"]} == {"say", "note", "avoid", "write_down"}


def test_every_version_is_a_button() -> None:
    payloads = [one["payload"] for one in cards.script(STEPS)["versions"]]
    assert [payload.split('"')[3] for payload in payloads] == ["script.messages", "script.letter", "script.social"]


def test_what_is_pasted_one_by_one_and_what_is_copied_whole() -> None:
    told = versions.social()
    assert cards.written("social", told) == {
        "type": "messages", "version": 1, "title": "社交账号上的留言", "lines": list(told),
    }  # fmt: skip
    assert cards.written("letter", told)["type"] == "letter"
