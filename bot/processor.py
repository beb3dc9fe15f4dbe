"""Rasa's message processor, without what it repeats in every turn.

For each action Rasa checks what came back against a JSON schema, and before that the schema itself against the schema
of schemas: the same constant each time, which took half of a turn (``docs/performance.md``). Here the schema is checked
once, when this module is loaded; what the actions bring is checked as before.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Final

from jsonschema import ValidationError
from jsonschema.validators import validator_for
from rasa.core.actions.action import Action, ActionExtractSlots, RemoteAction, action_for_name_or_text
from rasa.core.actions.forms import FormAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

log = logging.getLogger(__name__)

_SPEC = RemoteAction.action_response_format_spec()
validator_for(_SPEC).check_schema(_SPEC)
_ANSWER = validator_for(_SPEC)(_SPEC)


class CheckedAction(RemoteAction):  # type: ignore[misc]
    """An action of our own, in this process or at ``ACTION_ENDPOINT_URL``."""

    def _validate_action_result(self, result: dict[str, Any]) -> bool:
        """True when ``result`` has the shape Rasa expects. Raises ``ValidationError`` without the values."""
        wrong = next(_ANSWER.iter_errors(result), None)
        if wrong is not None:
            raise ValidationError(f"{self.name()}: not an action's answer, by {list(wrong.schema_path)}")
        return True


class CheckedForm(FormAction):  # type: ignore[misc]
    """A form whose validator is such an action, as is what it asks with."""

    async def activate(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        """Slots that are filled already, as the validator sees them, and those that only now can be filled."""
        taken = await CheckedExtraction(self.action_endpoint).run(output_channel, nlg, tracker, domain)
        tracker.update_with_events(taken, domain)
        known = {slot: tracker.get_slot(slot) for slot in self.required_slots(domain)}
        filled = {slot: value for slot, value in known.items() if value is not None}
        seen = await self.validate_slots(filled, tracker, domain, output_channel, nlg)
        decided = {event.key for event in seen if isinstance(event, SlotSet)}
        return [*seen, *(event for event in taken if isinstance(event, SlotSet) and event.key not in decided)]

    async def validate_slots(
        self,
        slot_candidates: dict[str, Any],
        tracker: DialogueStateTracker,
        domain: Domain,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
    ) -> list[Event]:
        """What ``validate_<form>`` returns, if there is one."""
        name = f"validate_{self.name()}"
        if name not in domain.user_actions:
            return []
        filled = [SlotSet(slot, value) for slot, value in slot_candidates.items()]
        seen = self._temporary_tracker(tracker, filled, domain)
        events: list[Event] = await CheckedAction(name, self.action_endpoint).run(output_channel, nlg, seen, domain)
        return events

    async def _ask_for_slot(
        self,
        domain: Domain,
        nlg: NaturalLanguageGenerator,
        output_channel: OutputChannel,
        slot_name: str,
        tracker: DialogueStateTracker,
    ) -> list[Event]:
        name = self._name_of_utterance(domain, slot_name)
        if not name:
            return []
        asking = checked(action_for_name_or_text(name, domain, self.action_endpoint), self.action_endpoint)
        events: list[Event] = await asking.run(output_channel, nlg, tracker, domain)
        return events


class CheckedExtraction(ActionExtractSlots):  # type: ignore[misc]
    """The action before each prediction, whose custom mappings are such actions."""

    async def _run_custom_action(
        self,
        custom_action: str,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        """Its slots and replies; nothing when it cannot be run."""
        try:
            events = await CheckedAction(custom_action, self._action_endpoint).run(output_channel, nlg, tracker, domain)
        except (RasaException, ClientResponseError) as error:
            log.warning("%s did not run: %s", custom_action, type(error).__name__)
            return []
        return [event for event in events if isinstance(event, (SlotSet, BotUttered))]


CHECKED: Final[dict[type[Action], type[Action]]] = {RemoteAction: CheckedAction, FormAction: CheckedForm}


def checked(found: Action, endpoint: EndpointConfig | None) -> Action:
    """One of the actions above in the place of what Rasa made."""
    return CHECKED[type(found)](found.name(), endpoint) if type(found) in CHECKED else found


class Processor(MessageProcessor):  # type: ignore[misc]
    """Handles messages with the actions above."""

    def _get_action(self, action_name: str) -> Action:
        return checked(super()._get_action(action_name), self.action_endpoint)

    def predict_next_with_tracker_if_should(self, tracker: DialogueStateTracker) -> tuple[Action, PolicyPrediction]:
        """The next action and how sure the policies are of it. Raises ``ActionLimitReached``."""
        found, prediction = super().predict_next_with_tracker_if_should(tracker)
        return checked(found, self.action_endpoint), prediction

    async def run_action_extract_slots(
        self, output_channel: OutputChannel, tracker: DialogueStateTracker
    ) -> DialogueStateTracker:
        """``tracker`` with what is taken from the message."""
        events = await CheckedExtraction(self.action_endpoint).run(output_channel, self.nlg, tracker, self.domain)
        await self._send_bot_messages(events, tracker, output_channel)
        tracker.update_with_events(events, self.domain)
        return tracker


class Guide(Agent):  # type: ignore[misc]
    """Rasa's agent with this processor."""

    def load_model(self, model_path: str | Path, fingerprint: str | None = None) -> None:
        """Load the model of ``model_path`` and be ready. Raises ``ModelNotFound``."""
        self.processor = Processor(
            model_path=model_path,
            tracker_store=self.tracker_store,
            lock_store=self.lock_store,
            action_endpoint=self.action_endpoint,
            generator=self.nlg,
            http_interpreter=self.http_interpreter,
        )
        self.domain = self.tracker_store.domain = self.processor.domain
        self.nlg.responses = self.domain.responses
        self._set_fingerprint(fingerprint)
