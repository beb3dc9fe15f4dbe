"""How alarming a sentence is by its meaning: learned from the crises and from what only sounds like one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from bot.components.characters import counter, read_grams, write_grams
from bot.components.sentences import BATCH, encoder
from bot.components.softmax import Matrix, Softmax, fit

LONGEST, LEAST = 3, 2
"""Characters of an n-gram, and sentences it has to stand in."""
C, ITERATIONS = 20.0, 150
CALM, ALARMING = "calm", "alarming"
WEIGHTS, GRAMS = "meaning.npz", "meaning.json"


class Meaning:
    """Two-class logistic regression on character n-grams and the sentence vector; kept without pickle."""

    def __init__(self) -> None:
        self._counter = counter(LONGEST, LEAST)
        self._model: Softmax | None = None

    def train(self, alarming: Sequence[str], calm: Sequence[str], known: Mapping[str, Matrix] | None = None) -> None:
        """Learn from both kinds of sentences; a sentence that is there twice counts twice.

        ``known`` are the sentence vectors that there are already: to make them takes most of the time.
        """
        vectors = dict(known or {})
        new = sorted({*alarming, *calm} - vectors.keys())
        vectors |= dict(zip(new, encode(new), strict=True)) if new else {}
        texts = [*alarming, *calm]
        sparse = csr_matrix(self._counter.fit_transform(texts))
        dense = np.vstack([vectors[text] for text in texts])
        named = [ALARMING] * len(alarming) + [CALM] * len(calm)
        self._model = fit(sparse, dense, named, C, ITERATIONS)

    def alarm(self, texts: Sequence[str], vectors: Matrix) -> Matrix:
        """The probability for each text, with its sentence vector, that it tells of a crisis.

        Raises ``ValueError`` before it was trained or read.
        """
        if self._model is None:
            raise ValueError("nothing was learned yet")
        likely = self._model.probabilities(csr_matrix(self._counter.transform(texts)), vectors)
        return np.asarray(likely[:, self._model.labels.index(ALARMING)])

    def write(self, folder: Path) -> None:
        """Keep what was learned."""
        if self._model is not None:
            self._model.write(folder / WEIGHTS)
            write_grams(self._counter, folder / GRAMS)

    @classmethod
    def read(cls, folder: Path) -> Meaning:
        """What was kept in ``folder``."""
        meaning = cls()
        read_grams(meaning._counter, folder / GRAMS)
        meaning._model = Softmax.read(folder / WEIGHTS)
        return meaning


def encode(texts: Sequence[str]) -> Matrix:
    """One sentence vector a row."""
    batches = [encoder().encode(list(texts[first : first + BATCH])) for first in range(0, len(texts), BATCH)]
    return np.vstack([np.atleast_2d(batch) for batch in batches]).astype(np.float32)
