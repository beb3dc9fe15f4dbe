"""Which of the intents a message has: one linear model over character n-grams and a sentence vector."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack
from sklearn.preprocessing import normalize

from bot.components.softmax import Matrix, Softmax, fit

NOTHING = {"name": None, "confidence": 0.0}
FILE = "softmax.npz"
RANKING = "intent_ranking"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceClassifier(GraphComponent, IntentClassifier):
    """Multinomial logistic regression on the sparse and the dense sentence features, each brought to unit length.

    Rasa's own classifier treats the dense part as sparse, which makes it about ten times slower to train, and
    crashes on a message for which no featurizer has anything to say (only emoji, say).
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "C": 8.0,
            "iterations": 60,
            # Length of the dense part against 1 for the sparse one.
            "dense_weight": 2.0,
            "ranking_length": 10,
        }

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self.model: Softmax | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceClassifier:
        """The classifier with its trained weights."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component.model = Softmax.read(folder / FILE)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the examples and keep the weights."""
        examples = [m for m in training_data.intent_examples if m.get(INTENT) and _has_features(m)]
        sparse, dense = self._features(examples)
        intents = [message.get(INTENT) for message in examples]
        self.model = fit(sparse, dense, intents, self._config["C"], self._config["iterations"])
        with self._storage.write_to(self._resource) as folder:
            self.model.write(folder / FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the intents of each message; a message without features has none."""
        for message in messages:
            if self.model is None or not _has_features(message):
                message.set(INTENT, NOTHING, add_to_output=True)
                message.set(RANKING, [], add_to_output=True)
                continue
            likely = self.model.probabilities(*self._features([message]))[0]
            best = np.argsort(-likely)[: self._config["ranking_length"]]
            ranking = [{"name": self.model.labels[i], "confidence": float(likely[i])} for i in best]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(RANKING, ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after this component needs the predictions on the examples."""
        return training_data

    def _features(self, messages: list[Message]) -> tuple[csr_matrix, Matrix]:
        sparse = vstack([csr_matrix(m.get_sparse_features(attribute=TEXT)[1].features) for m in messages])
        dense = np.vstack([m.get_dense_features(attribute=TEXT)[1].features for m in messages])
        return (
            csr_matrix(normalize(sparse), dtype=np.float32),
            np.asarray(normalize(dense) * self._config["dense_weight"], dtype=np.float32),
        )


def _has_features(message: Message) -> bool:
    """True when both the sparse and the dense featurizers had something to say."""
    return bool(message.get_sparse_features(attribute=TEXT)[1] and message.get_dense_features(attribute=TEXT)[1])
