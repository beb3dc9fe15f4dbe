"""A bot for the tests: the trained model, live actions, and databases that are gone afterwards."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

TODAY = "2026-11-23"


class Bot:
    """The bot as ``make chat`` runs it, without the web server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.loop = asyncio.new_event_loop()
        self.start()

    def start(self) -> None:
        """Load everything anew, as after a restart; the databases stay."""
        from bot import bootstrap
        from bot.server import load
        from bot.settings import settings

        os.environ.update(GUIDE_VAR=str(self.folder), GUIDE_TODAY=TODAY)
        for name in ("CONVERSATIONS_URL", "RECORDS_URL", "ACTION_ENDPOINT_URL"):
            os.environ.pop(name, None)
        settings.cache_clear()
        bootstrap.records.cache_clear()
        self.agent = self.loop.run_until_complete(load(settings()))

    def begin(self, person: str, state: Mapping[str, Any]) -> None:
        """Put ``person`` into the middle of a conversation: the slots and the form that asks, without replaying."""
        from rasa.shared.core import events

        async def put() -> None:
            tracker = await self.agent.tracker_store.get_or_create_tracker(person)
            tracker.update(events.ActionExecuted("action_session_start"))
            tracker.update(events.SessionStarted())
            tracker.update(events.ActionExecuted("action_listen"))
            for name, value in state["slots"].items():
                tracker.update(events.SlotSet(name, value))
            if state.get("form"):
                tracker.update(events.ActionExecuted(state["form"]))
                tracker.update(events.ActiveLoop(state["form"]))
                tracker.update(events.SlotSet("requested_slot", state["asks"]))
                tracker.update(events.ActionExecuted("action_listen"))
            await self.agent.tracker_store.save(tracker)

        self.loop.run_until_complete(put())

    def say(self, text: str, person: str) -> Any:
        """What the bot answers, as the runner wants it."""
        from conversations.runner import Said

        async def turn() -> Said:
            before = len((await self.agent.tracker_store.get_or_create_tracker(person)).events)
            replies = await self.agent.handle_text(text, sender_id=person) or []
            tracker = await self.agent.tracker_store.get_or_create_tracker(person)
            used = [
                event.metadata.get("utter_action")
                for event in list(tracker.events)[before:]
                if event.type_name == "bot" and event.metadata
            ]
            return Said(
                [reply["text"] for reply in replies if reply.get("text")],
                [button["title"] for reply in replies for button in reply.get("buttons") or ()],
                [name for name in used if name],
            )

        return self.loop.run_until_complete(turn())

    def tracker(self, person: str) -> Any:
        """The conversation so far."""
        return self.loop.run_until_complete(self.agent.tracker_store.get_or_create_tracker(person))

    def records(self, person: str) -> int:
        """How many records are saved for ``person``."""
        from bot.bootstrap import records

        return len(records().of(person))


@pytest.fixture(scope="session")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    """One bot for the whole run; each conversation is another person."""
    return Bot(tmp_path_factory.mktemp("var"))
