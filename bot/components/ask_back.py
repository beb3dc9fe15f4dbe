"""Asking back where two intents are close: decided beside the rules, so that no rule has to know of it."""

from __future__ import annotations

from typing import Any

from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from bot.journey.close import close_intents
from bot.names import ActionName, Slot

RANKING = "intent_ranking"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class AskBack(Policy):
    """Lets ``action_ask_which`` run for a message that may mean two things; says nothing about any other.

    Inside a form the likelier intent is taken: the form's own question would make two at once.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # Above the rules, which are equally sure of the rule for the likelier intent.
        return {"priority": 7, "max_history": 1}

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> AskBack:
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
        if tracker.latest_action_name == ActionName.ASK_WHICH:
            return ACTION_LISTEN_NAME
        said = tracker.latest_message
        if tracker.latest_action_name != ACTION_LISTEN_NAME or tracker.active_loop_name or said is None:
            return None
        if tracker.get_slot(Slot.CARE):
            return None  # after a crisis nothing is asked
        if (tracker.get_slot(Slot.TURN) or {}).get("notes"):
            return None  # it told us something: that is read back, and the likelier intent goes on from there
        return ActionName.ASK_WHICH if close_intents((said.parse_data or {}).get(RANKING) or ()) else None
