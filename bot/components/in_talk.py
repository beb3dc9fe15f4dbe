"""Messages of a rehearsal or of a call that is going on go there, whatever they were taken for."""

from __future__ import annotations

from typing import Any, Final

from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from bot.coaching.calls import LEAVES, goes_on
from bot.names import ActionName, Slot

ACTIONS: Final = {ActionName.PRACTISE: Slot.PRACTICE, ActionName.LIVE: Slot.LIVE}
"""The action that goes on with each, and the slot that holds it."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class InTalk(Policy):
    """Lets the action of the rehearsal or of the call answer while one is going on; says nothing otherwise."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # Above the rules and above asking back: a line of a call is not asked back about.
        return {"priority": 8, "max_history": 1}

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> InTalk:
        """The policy; nothing was kept, for there is nothing to learn."""
        return cls(config, model_storage, resource, execution_context)

    def train(self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """Nothing to learn."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Certainty of one action or of none."""
        likely = self._default_predictions(domain)
        action = self._action(tracker)
        if action:
            likely[domain.index_for_action(action)] = 1.0
        return self._prediction(likely)

    @staticmethod
    def _action(tracker: DialogueStateTracker) -> str | None:
        going_on = next((name for name, slot in ACTIONS.items() if goes_on(tracker.get_slot(slot))), None)
        intent = (tracker.latest_message.intent or {}).get("name") if tracker.latest_message else None
        if tracker.latest_action_name in ACTIONS:
            return ACTION_LISTEN_NAME  # what is to come next, if anything, the action has named itself
        if going_on is None or intent in LEAVES or tracker.get_slot(Slot.CARE):
            return None
        return going_on if tracker.latest_action_name == ACTION_LISTEN_NAME else None
