"""One agent with live actions and databases of its own, spoken to message by message: for tests and simulated users."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.shared.core import events

from bot import bootstrap
from bot.channels.cards import problems as card_problems
from bot.channels.cards import texts
from bot.journey.repeats import SENT
from bot.privacy import find_secrets
from bot.records.conversations import forget_conversation
from bot.records.discretion import LATEST
from bot.server import load
from bot.settings import settings, use_folder

QUESTION = re.compile(
    r"utter_ask_(?:\w+_form_\w+|doubt)|utter_debts_ask_\w+|utter_documents_(?:checklist|ask_again|ask_more)|utter_record_(?:summary|ask_products)"
    r"|utter_plan_(?:offers|ask_again|what_if_choose|pause|pause_again)"
)
"""Responses with which a form asks."""
NEVER = re.compile(r"[{}]|\bNone\b|utter_|Traceback")
"""What no person should ever read."""
CHANNEL = "rest"
"""The channel that is spoken through, so that cards come with the texts."""
PACE = 20.0
"""Seconds between two messages of a person who takes their time."""


@dataclass
class Said:
    """What the bot said in one turn."""

    texts: list[str] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    payloads: list[str] = field(default_factory=list)
    """What the buttons send, in their order."""
    by_name: dict[str, str] = field(default_factory=dict)
    """The text of each response."""
    cards: list[dict[str, Any]] = field(default_factory=list)
    """What rich channels draw beside the texts."""

    @property
    def text(self) -> str:
        """All that was said."""
        return "\n".join(self.texts)

    @property
    def questions(self) -> list[str]:
        """The responses that ask for a slot."""
        return [name for name in self.replies if QUESTION.fullmatch(name)]


def always_wrong(said: Said, slots: Mapping[str, Any], form: str | None) -> Iterator[str]:
    """What is wrong with any turn, one text each: silence, what is not for people, a form that does not ask once.

    Cards are as their schema says, and hold nothing that no person should read.
    """
    if not said.text.strip():
        yield "the bot is silent"
    if found := NEVER.search(said.text):
        yield f"not for people: {found!r}"
    for card in said.cards:
        yield from (f"card {card.get('type')}: {problem}" for problem in card_problems(card))
        for text in texts(card):
            if found := NEVER.search(text):
                yield f"card {card.get('type')}, not for people: {found!r}"
            if find_secrets(text):
                yield f"card {card.get('type')} carries a secret"
    if len(said.questions) != (1 if form and slots.get("requested_slot") else 0):
        yield f"asked {len(said.questions)} times: {said.questions}"


class Driver:
    """The bot as ``make chat`` runs it, without the web server; its data is below ``folder``.

    Everybody has agreed to be kept before they say the first word, unless ``consent`` is taken away.
    """

    def __init__(self, folder: Path, today: date) -> None:
        self.folder, self.today = folder, today
        self.consent = True
        self.clock: dict[str, float] = {}
        self.heard: dict[str, float] = {}
        """When the last thing happened that was told to each person."""
        self.latest: Any = None
        """The tracker after the last message of anybody."""
        self.loop = asyncio.new_event_loop()
        self.start()

    def start(self) -> None:
        """Load everything anew, as after a restart; the databases stay."""
        self.travel(self.today)
        self.heard.clear()  # what nobody agreed to keep is gone
        self.agent = self.loop.run_until_complete(load(settings()))

    def travel(self, today: date) -> None:
        """Let it be ``today`` from now on."""
        use_folder(self.folder, today)
        bootstrap.records.cache_clear()

    async def agrees(self, person: str) -> None:
        """Let ``person``, who is new, have agreed to be kept."""
        await self._put(person, {"slots": {}})

    def begin(self, person: str, state: Mapping[str, Any]) -> None:
        """Put ``person`` into the middle of a conversation: the slots and the form that asks, without replaying."""
        self.loop.run_until_complete(self._put(person, state))

    async def _put(self, person: str, state: Mapping[str, Any]) -> None:
        tracker = await self.agent.tracker_store.get_or_create_tracker(person)
        tracker.update(events.ActionExecuted("action_session_start"))
        tracker.update(events.SessionStarted())
        tracker.update(events.ActionExecuted("action_listen"))
        agreed = {"consent": "given"} if self.consent else {}
        for name, value in {**agreed, **state["slots"]}.items():
            tracker.update(events.SlotSet(name, value))
        if state.get("form"):
            tracker.update(events.ActionExecuted(state["form"]))
            tracker.update(events.ActiveLoop(state["form"]))
            tracker.update(events.SlotSet("requested_slot", state["asks"]))
            tracker.update(events.ActionExecuted("action_listen"))
        await self.agent.tracker_store.save(tracker)

    def say(self, text: str, person: str, after: float = PACE) -> Said:
        """What the bot answers to ``text``, which is sent ``after`` seconds behind the message before."""
        return self.loop.run_until_complete(self._turn(text, person, after))

    async def _turn(self, text: str, person: str, after: float) -> Said:
        self.clock[person] = self.clock.get(person, 0.0) + after
        if person not in self.heard:
            known = await self.agent.tracker_store.retrieve(person)
            if known is None and self.consent:
                await self.agrees(person)
            known = await self.agent.tracker_store.get_or_create_tracker(person)
            self.heard[person] = known.events[-1].timestamp
        message = UserMessage(text, sender_id=person, input_channel=CHANNEL, metadata={SENT: self.clock[person]})
        replies = await self.agent.handle_message(message) or []
        tracker = LATEST.get()  # what was forgotten in this turn can be seen nowhere else
        before, self.heard[person] = self.heard[person], tracker.events[-1].timestamp
        used = [
            (event.metadata["utter_action"], event.text or "")
            for event in tracker.events
            if event.timestamp > before and event.type_name == "bot" and (event.metadata or {}).get("utter_action")
        ]
        self.latest = tracker
        if tracker.get_slot("forgotten"):
            self.heard[person] = 0.0
        buttons = [button for reply in replies for button in reply.get("buttons") or ()]
        return Said(
            [reply["text"] for reply in replies if reply.get("text")],
            [button["title"] for button in buttons],
            [name for name, _ in used],
            [button["payload"] for button in buttons],
            dict(used),
            [reply["custom"] for reply in replies if reply.get("custom")],
        )

    def tracker(self, person: str) -> Any:
        """The conversation so far."""
        return self.loop.run_until_complete(self.agent.tracker_store.get_or_create_tracker(person))

    def forget(self, person: str) -> None:
        """Let ``person`` be somebody new."""
        forget_conversation(person)
        bootstrap.records().forget(person)
        self.heard.pop(person, None)
        self.loop.run_until_complete(self.agent.tracker_store.unsaved.drop(person))
        self.clock.pop(person, None)

    def records(self, person: str) -> int:
        """How many records are saved for ``person``."""
        return len(bootstrap.records().of(person))


def transcript(lines: list[tuple[str, Said]]) -> str:
    """The conversation as people would read it."""
    told = []
    for user, said in lines:
        told.append(f"> {user}")
        told += [f"  {text}" for text in said.texts]
        if said.buttons:
            told.append(f"    [{'] ['.join(said.buttons)}]")
    return "\n".join(told)
