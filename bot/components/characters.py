"""Character n-grams of the text as it is written: what holds when a word is misspelt or cut differently."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer

FILE = "characters.json"


def counter(longest: int, least: int) -> TfidfVectorizer:
    """Counts the n-grams of up to ``longest`` characters that stand in ``least`` texts or more."""
    return TfidfVectorizer(analyzer="char", ngram_range=(1, longest), min_df=least, sublinear_tf=True, dtype=np.float32)


def write_grams(vectorizer: TfidfVectorizer, path: Path) -> None:
    """Keep the n-grams that were learned, and how rare each is."""
    kept = {"grams": vectorizer.get_feature_names_out().tolist(), "idf": vectorizer.idf_.tolist()}
    path.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")


def read_grams(vectorizer: TfidfVectorizer, path: Path) -> None:
    """Give ``vectorizer`` what was kept."""
    kept = json.loads(path.read_text("utf-8"))
    vectorizer.vocabulary_ = {gram: place for place, gram in enumerate(kept["grams"])}
    vectorizer.idf_ = np.array(kept["idf"], dtype=np.float32)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class CharacterNgrams(SparseFeaturizer, GraphComponent):
    """Adds one tf-idf row of unit length for each message.

    Rasa's count vectors put a blank between jieba's tokens before they count characters, so a sentence that is
    cut differently looks different; these look at the text itself.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**SparseFeaturizer.get_default_config(), "alias": "characters", "longest": 3, "least": 3}

    def __init__(self, config: dict[str, Any], name: str, storage: ModelStorage, resource: Resource) -> None:
        super().__init__(name, config)
        self._storage = storage
        self._resource = resource
        self.vectorizer = counter(config["longest"], config["least"])

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """The two numbers are checked by scikit-learn."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CharacterNgrams:
        return cls(config, execution_context.node_name, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> CharacterNgrams:
        """The featurizer with the n-grams it was trained on."""
        component = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            read_grams(component.vectorizer, folder / FILE)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn which n-grams there are and how rare each is."""
        self.vectorizer.fit([message.get(TEXT) for message in training_data.intent_examples])
        with self._storage.write_to(self._resource) as folder:
            write_grams(self.vectorizer, folder / FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the row of each message that has a text."""
        written = [message for message in messages if message.get(TEXT)]
        if written:
            rows = self.vectorizer.transform([message.get(TEXT) for message in written])
            for place, message in enumerate(written):
                row = rows[place].tocoo()
                message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._config["alias"]))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the rows of the examples."""
        self.process(training_data.training_examples)
        return training_data
