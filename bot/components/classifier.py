"""Which of the intents a message has: one linear model over words, character n-grams and a sentence vector."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

NOTHING = {"name": None, "confidence": 0.0}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceClassifier(LogisticRegressionClassifier):  # type: ignore[misc]
    """Rasa's logistic regression with each kind of feature brought to one length, and messages without features.

    Stock Rasa crashes on a message for which no featurizer has anything to say (only emoji, say).
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            **LogisticRegressionClassifier.get_default_config(),
            "solver": "lbfgs",
            "max_iter": 60,
            "tol": 1e-2,
            # Inverse strength of the regularisation.
            "C": 8.0,
            # Weights of the sparse and of the dense part, each a unit vector before.
            "sparse_weight": 1.0,
            "dense_weight": 2.0,
        }

    def __init__(self, config: dict[str, Any], name: str, model_storage: Any, resource: Any) -> None:
        super().__init__(config, name, model_storage, resource)
        self.clf = LogisticRegression(
            C=self.config["C"],
            solver=self.config["solver"],
            max_iter=self.config["max_iter"],
            tol=self.config["tol"],
            random_state=self.config["random_state"],
        )

    def _create_X(self, messages: list[Message]) -> csr_matrix:  # noqa: N802 (Rasa's name)
        rows = []
        for message in messages:
            sparse = message.get_sparse_features(attribute=TEXT)[1]
            dense = message.get_dense_features(attribute=TEXT)[1]
            rows.append(
                hstack(
                    [
                        normalize(csr_matrix(sparse.features, dtype=np.float64)) * self.config["sparse_weight"],
                        csr_matrix(dense.features.astype(np.float64)) * self.config["dense_weight"],
                    ]
                )
            )
        return csr_matrix(vstack(rows))

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the intents of each message; a message without features has none."""
        written = []
        for message in messages:
            if message.get_sparse_features(attribute=TEXT)[1] and message.get_dense_features(attribute=TEXT)[1]:
                written.append(message)
            else:
                message.set(INTENT, NOTHING, add_to_output=True)
                message.set("intent_ranking", [], add_to_output=True)
        if written:
            super().process(written)
        return messages
