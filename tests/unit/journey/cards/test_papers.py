"""The checklist card: each paper with its state, and taps that change it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from builders import READY, told

from bot.journey.cards.papers import checklist
from bot.journey.case import Case
from bot.journey.mentions import Mention
from bot.journey.turn import Message, read_turn
from bot.knowledge.loader import catalog


def state(case: Case, paper: str) -> str:
    """The state of a paper on the card."""
    return next(str(one["state"]) for one in checklist(case)["items"] if one["id"] == paper)


def tap(case: Case, paper: str, wanted: str, asked: str | None = None) -> Case:
    """The case after the button of ``paper`` for the state ``wanted`` was pressed."""
    item = next(one for one in checklist(case)["items"] if one["id"] == paper)
    payload = next(one["payload"] for one in item["actions"] if one["state"] == wanted)
    intent, _, values = payload.partition("{")
    mentions = [Mention(name, value, 0, 0) for name, value in json.loads("{" + values).items()]
    return read_turn(Message(payload, intent[1:], mentions), case, asked, date(2026, 11, 23)).case


def test_every_paper_of_the_cause_is_there_with_how_to_get_it() -> None:
    items = checklist(READY)["items"]
    assert [one["id"] for one in items] == list(catalog().causes["unemployment"].documents)
    assert all(one["how"] and len(one["actions"]) == 3 for one in items)
    assert state(READY, "id_card") == "have"
    assert state(READY, "termination_proof") == "missing"


def test_a_tap_ticks_replaces_and_takes_back() -> None:
    case = tap(READY, "termination_proof", "have")
    assert (state(case, "termination_proof"), state(case, "id_card")) == ("have", "have")
    case = tap(case, "termination_proof", "substitute")
    assert state(case, "termination_proof") == "substitute"
    assert case.documents_have == ("id_card",)
    case = tap(case, "termination_proof", "missing")
    assert state(case, "termination_proof") == "missing"


def test_a_tap_while_the_papers_are_asked_for_answers() -> None:
    fresh = replace(READY, documents_have=None)
    assert tap(fresh, "income_flow", "have", "documents_have").documents_have == ("income_flow",)


def test_words_change_the_list_too() -> None:
    assert "termination_proof" in (told("离职证明拿到了", READY).case.documents_have or ())
    replaced = told("离职证明用社保记录代替", READY).case
    assert replaced.documents_substitute == ("termination_proof",)
    lost = told("身份证丢了", READY).case
    assert lost.documents_have == ()
    assert told("离职证明怎么开", READY).case == READY
