"""The crisis layer: last in the pipeline, where nothing can overrule it, and with words and a meaning of its own."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.meaning import Meaning, encode
from bot.components.normaliser import TYPED
from bot.components.softmax import Matrix
from bot.knowledge.safety import alarms, sentences
from bot.reading import normalise
from bot.reading.alarms import Heard, most_urgent

CRISIS, DISTRESS, UNCLEAR = "crisis", "express_distress", "unclear"
KIND = "crisis_kind"
"""Set in what was understood of a crisis: whose life is in danger (``bot.reading.alarms.KINDS``)."""
RANKING = "intent_ranking"
FALLBACK = {"name": "nlu_fallback", "confidence": 0.0}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CrisisLayer(GraphComponent):
    """Makes a message a crisis by its words or by its meaning, whatever the classifier thought of it.

    Takes a crisis back that only the classifier saw when words and meaning say that it only sounds like one.
    What was written in a crisis yields no entities: it is not used for anything else.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # Probabilities from ``Meaning``. From ``strict`` on the meaning alone makes a crisis,
            "strict": 0.45,
            # from here on against words that excuse it,
            "shielded": 0.55,
            # from here on with the classifier, or with a word that people in danger use,
            "doubtful": 0.2,
            # and words that are not clear from here on.
            "calm": 0.01,
            # How often each harmless sentence counts when the meaning is learned: there are few of them.
            "harmless_weight": 3,
            # Messages of more characters are looked at sentence by sentence, this many at most.
            "longest": 40,
            "most_sentences": 4,
            # What ``FallbackClassifier`` asks of an intent.
            "understood": 0.25,
        }

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self.meaning = Meaning()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CrisisLayer:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> CrisisLayer:
        """The layer with what it learned; the words are read from ``bot/knowledge/safety``."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component.meaning = Meaning.read(folder)
        return component

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa keeps what was learned until this changes: our own sentences are no part of its data."""
        own = sentences()
        return hashlib.sha256("\n".join([*own.alarming, "", *own.harmless]).encode()).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the crises against all other examples and the sentences that only sound like one."""
        own = sentences()
        alarming = [one.get(TEXT) for one in training_data.intent_examples if one.get(INTENT) == CRISIS]
        calm = [one.get(TEXT) for one in training_data.intent_examples if one.get(INTENT) != CRISIS]
        alarming += [normalise(text) for text in own.alarming]
        calm += [normalise(text) for text in own.harmless] * self._config["harmless_weight"]
        self.meaning.train(alarming, calm, _vectors(training_data))
        with self._storage.write_to(self._resource) as folder:
            self.meaning.write(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at each message that has a text."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                self._judge(message, text)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after this component needs it on the examples."""
        return training_data

    def _judge(self, message: Message, text: str) -> None:
        typed = message.get(TYPED) or text
        # A corrected typo must not hide a crisis, and a mistyped one is heard only when it is corrected.
        heard = most_urgent(alarms().hear(text), alarms().hear(typed))
        named = (message.get(INTENT) or {}).get("name") == CRISIS
        kind = self._kind(message, text, heard, named)
        if kind is not None:
            _name(message, {"name": CRISIS, "confidence": 1.0})
            message.set(KIND, kind, add_to_output=True)
            message.set(ENTITIES, [], add_to_output=True)
        elif named:
            _name(message, self._instead(message, heard))

    def _kind(self, message: Message, text: str, heard: Heard, named: bool) -> str | None:
        """Whose life is in danger; None when nobody's is."""
        if heard.kind not in (None, UNCLEAR):
            return heard.kind
        alarm = self._alarm(message, text)
        if heard.kind == UNCLEAR:
            return UNCLEAR if alarm > self._config["calm"] else None
        if heard.denied or alarm <= self._enough(text, heard, named):
            return None
        if heard.shielded and self._alarm_of([heard.rest]) <= self._config["shielded"]:
            return None
        return UNCLEAR

    def _enough(self, text: str, heard: Heard, named: bool) -> float:
        """How alarming the meaning has to be: less where the classifier or a word says so, and nothing excuses it."""
        if heard.shielded:
            return float(self._config["shielded"])
        return float(self._config["doubtful" if named or alarms().suspicious(text) else "strict"])

    def _alarm(self, message: Message, text: str) -> float:
        """How alarming the meaning is: of the whole, or of its most alarming sentence."""
        dense = message.get_dense_features(attribute=TEXT)[1]
        whole = dense.features if dense is not None else encode([text])
        alarm = float(self.meaning.alarm([text], np.asarray(whole, dtype=np.float32)).max())
        if len(text) <= self._config["longest"]:
            return alarm
        # The last sentences come closest to what the person feels now.
        return max(alarm, self._alarm_of(alarms().suspicious(text)[-self._config["most_sentences"] :]))

    def _alarm_of(self, texts: list[str]) -> float:
        told = [text for text in texts if text.strip()]
        return float(self.meaning.alarm(told, encode(told)).max()) if told else 0.0

    def _instead(self, message: Message, heard: Heard) -> dict[str, Any]:
        """The intent of a message that only sounds like a crisis: what is denied is distress, else what comes next."""
        if heard.denied:
            return {"name": DISTRESS, "confidence": 1.0}
        ranking = message.get(RANKING) or []
        crisis = sum(one["confidence"] for one in ranking if one["name"] == CRISIS)
        others = [one for one in ranking if one["name"] not in (CRISIS, FALLBACK["name"])]
        if not others or crisis >= 1:
            return FALLBACK
        confidence = others[0]["confidence"] / (1 - crisis)
        if confidence < self._config["understood"]:
            return FALLBACK
        return {"name": others[0]["name"], "confidence": confidence}


def _vectors(training_data: TrainingData) -> dict[str, Matrix]:
    """The sentence vectors of the examples, which an earlier component made, by their texts."""
    made = ((one.get(TEXT), one.get_dense_features(attribute=TEXT)[1]) for one in training_data.intent_examples)
    return {text: dense.features[0].astype(np.float32) for text, dense in made if text and dense is not None}


def _name(message: Message, intent: dict[str, Any]) -> None:
    """Make ``intent`` that of ``message``, first in the ranking too: whoever reads that must not think otherwise."""
    others = [one for one in message.get(RANKING) or () if one["name"] not in (intent["name"], CRISIS)]
    message.set(INTENT, intent, add_to_output=True)
    message.set(RANKING, [intent, *others], add_to_output=True)
