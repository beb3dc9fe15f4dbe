"""The policy that lets the bot ask back."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.components.ask_back import AskBack
from bot.names import ActionName, Slot

NEAR = [{"name": "ask_cost", "confidence": 0.4}, {"name": "ask_waiver", "confidence": 0.38}]
SURE = [{"name": "ask_cost", "confidence": 0.9}, {"name": "ask_waiver", "confidence": 0.05}]
DOMAIN = Domain.from_dict(
    {
        "intents": ["ask_cost", "ask_waiver"],
        "actions": [str(ActionName.ASK_WHICH)],
        "forms": {"budget_form": {"required_slots": []}},
        "slots": {name: {"type": "any", "mappings": [{"type": "custom"}]} for name in (Slot.TURN, Slot.CARE)},
    }
)


def said(ranking: list[dict[str, Any]]) -> list[Event]:
    return [ActionExecuted("action_listen"), UserUttered("…", ranking[0], parse_data={"intent_ranking": ranking})]


def predicted(events: list[Event]) -> str | None:
    context = ExecutionContext(GraphSchema({}), "test")
    policy = AskBack(AskBack.get_default_config(), None, Resource("ask_back"), context)  # type: ignore[arg-type]
    tracker = DialogueStateTracker.from_events("somebody", events, domain=DOMAIN)
    likely = policy.predict_action_probabilities(tracker, DOMAIN).probabilities
    return DOMAIN.action_names_or_texts[likely.index(1.0)] if any(likely) else None


@pytest.mark.parametrize(
    ("events", "action"),
    [
        (said(NEAR), ActionName.ASK_WHICH),
        ([*said(NEAR), ActionExecuted(ActionName.ASK_WHICH)], "action_listen"),
        (said(SURE), None),
        ([ActiveLoop("budget_form"), *said(NEAR)], None),
        ([*said(NEAR), ActionExecuted("action_other")], None),
        ([*said(NEAR), SlotSet(Slot.TURN, {"notes": [{"slot": "situation_cause"}]})], None),
        ([*said(NEAR), SlotSet(Slot.TURN, {"first": {"alerts": ["mediator"]}})], None),
        ([SlotSet(Slot.CARE, True), *said(NEAR)], None),
    ],
    ids=[
        "two are close",
        "it was asked",
        "one is sure",
        "a form is asking",
        "another action answers",
        "it told something",
        "it was warned about",
        "after a crisis",
    ],
)
def test_it_asks_once_and_only_where_two_intents_are_close(events: list[Event], action: str | None) -> None:
    assert predicted(events) == action


def test_it_stands_above_the_rules() -> None:
    from rasa.core.constants import RULE_POLICY_PRIORITY

    assert AskBack.get_default_config()["priority"] > RULE_POLICY_PRIORITY
