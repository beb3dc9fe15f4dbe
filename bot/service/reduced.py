"""What of a conversation leaves the house: that something happened and when, never what a person said or owes.

A list of what may go, not of what may not: a kind of event or a field that nobody has thought of stays here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.privacy.pseudonym import pseudonym

Fields = Callable[[Mapping[str, Any]], dict[str, Any]]


def reduced(event: Mapping[str, Any], secret: bytes) -> dict[str, Any]:
    """The form of Rasa's ``event`` that goes out; its person is a hash that only the holder of ``secret`` can make."""
    kind = str(event.get("event"))
    return {
        "person": pseudonym(str(event.get("sender_id")), secret),
        "event": kind,
        "timestamp": event.get("timestamp"),
        **FIELDS.get(kind, _nothing)(event),
    }


def _nothing(_: Mapping[str, Any]) -> dict[str, Any]:
    return {}


def _name(event: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": event.get("name")}


def _user(event: Mapping[str, Any]) -> dict[str, Any]:
    intent = (event.get("parse_data") or {}).get("intent") or {}
    return {
        "intent": intent.get("name"),
        "confidence": intent.get("confidence"),
        "channel": event.get("input_channel"),
    }


def _action(event: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": event.get("name"), "policy": event.get("policy")}


def _bot(event: Mapping[str, Any]) -> dict[str, Any]:
    return {"response": (event.get("metadata") or {}).get("utter_action")}


FIELDS: dict[str, Fields] = {
    "user": _user,
    "action": _action,
    "bot": _bot,
    "slot": _name,  # that it was filled, never with what
    "active_loop": _name,
    "action_execution_rejected": _name,
    "followup": _name,
}
