"""Actions without a second server: Rasa's calls reach the SDK's executor and fail as they would over HTTP."""

from __future__ import annotations

import json
from typing import Any

import pytest
from builders import NEW
from contract.project import domain
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError

from bot.actions_in_process import InProcessActions


@pytest.fixture(scope="module")
def endpoint() -> InProcessActions:
    return InProcessActions()


def call(action: str, **slots: Any) -> dict[str, Any]:
    """What Rasa posts to an action server."""
    return {
        "next_action": action,
        "sender_id": "one",
        "tracker": {
            "sender_id": "one",
            "slots": {**NEW.as_slots(), "requested_slot": None, "turn": None, "misses": None, **slots},
            "latest_message": {"text": "x", "intent": {"name": "greet"}, "entities": []},
            "events": [],
            "active_loop": {},
            "paused": False,
            "followup_action": None,
            "latest_action_name": "action_listen",
        },
        "domain": {},
        "version": "3.6.21",
    }


async def test_an_action_says_and_sets_as_over_http(endpoint: InProcessActions) -> None:
    told = await endpoint.request(json=call("action_greet", consent="refused"))

    assert [response["response"] for response in told["responses"]] == ["utter_welcome"]
    assert told["events"] == []


async def test_events_are_plain_json(endpoint: InProcessActions) -> None:
    told = await endpoint.request(json=call("action_continue_journey"))

    assert json.loads(json.dumps(told)) == told
    assert {"event": "slot", "timestamp": None, "name": "journey_next", "value": "situation"} in told["events"]


async def test_an_action_that_rejects_is_answered_with_400(endpoint: InProcessActions) -> None:
    from rasa_sdk.interfaces import ActionExecutionRejection

    async def reject(dispatcher: Any, tracker: Any, domain: Any) -> None:
        raise ActionExecutionRejection("action_rejecting")

    other = InProcessActions()
    other.executor.register_function("action_rejecting", reject)

    with pytest.raises(ClientResponseError) as caught:
        await other.request(json=call("action_rejecting"))

    assert caught.value.status == 400
    assert json.loads(caught.value.text)["action_name"] == "action_rejecting"


async def test_an_unknown_action_is_answered_with_404(endpoint: InProcessActions) -> None:
    with pytest.raises(ClientResponseError) as caught:
        await endpoint.request(json=call("action_nobody_wrote"))

    assert caught.value.status == 404
    assert json.loads(caught.value.text)["action_name"] == "action_nobody_wrote"


async def test_what_is_kept_of_one_call_is_not_there_in_the_next(endpoint: InProcessActions) -> None:
    first = await endpoint.request(json=call("action_greet"))
    second = await endpoint.request(json=call("action_greet"))
    assert first == second


def test_every_action_of_the_domain_is_there(endpoint: InProcessActions) -> None:
    assert set(domain()["actions"]) <= set(endpoint.executor.actions)


def test_rasa_sends_no_domain_along(endpoint: InProcessActions) -> None:
    assert endpoint.kwargs.get("enable_selective_domain") is True
    assert RemoteAction("action_greet", endpoint)._is_selective_domain_enabled()
