"""The card of the checklist: every paper of the cause with its state and what can be said about it."""

from __future__ import annotations

from typing import Any

from bot.journey import record
from bot.journey.case import Case
from bot.knowledge.lines import line
from bot.knowledge.loader import catalog
from bot.records.store import PAPER_STATES

VERSION = 1


def checklist(case: Case) -> dict[str, Any]:
    """Paper by paper: how to get it, whether it is there, and buttons that tick it off or name a substitute."""
    known = catalog()
    return {
        "type": "checklist",
        "version": VERSION,
        "title": line("pack.papers"),
        "items": [_item(case, item) for item in known.causes[case.situation_cause or "other"].documents],
    }


def _item(case: Case, item: str) -> dict[str, Any]:
    paper = catalog().documents[item]
    state = record.paper_state(case, item)
    told = {"id": item, "label": paper.label_zh, "how": paper.how_zh, "state": state}
    if state != "have":
        told["substitute"] = paper.without_zh
    return {**told, "actions": [_action(item, other) for other in PAPER_STATES]}


def _action(item: str, state: str) -> dict[str, str]:
    """What a tap says: the paper came, another one stands in for it, or it is not there after all.

    All three are there whatever the state is, so that a page can tick a paper off and take it back on the same card.
    """
    payload = f'/correct_answer{{"document": "{item}", "answer": "paper.{state}"}}'
    return {"title": line(f"paper_action.{state}"), "payload": payload, "state": state}
