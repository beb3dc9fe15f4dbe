"""The classifier's model: learns, keeps, and gives the same every time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.components.softmax import Softmax, fit

LABELS = ("a", "b", "c")


@pytest.fixture(scope="module")
def examples() -> tuple[csr_matrix, Any, list[str]]:
    """Sixty examples of three labels that differ in both blocks of features."""
    random = np.random.default_rng(7)
    truth = [LABELS[number % 3] for number in range(60)]
    sparse = random.random((60, 12)) * (random.random((60, 12)) < 0.3)
    dense = random.normal(0, 0.2, (60, 5))
    for row, label in enumerate(truth):
        sparse[row, LABELS.index(label)] += 1
        dense[row, LABELS.index(label)] += 1
    return csr_matrix(sparse.astype(np.float32)), dense.astype(np.float32), truth


@pytest.fixture(scope="module")
def model(examples: Any) -> Softmax:
    return fit(*examples, c=8.0, iterations=60)


def test_the_examples_are_learned(model: Softmax, examples: Any) -> None:
    sparse, dense, truth = examples
    best = model.probabilities(sparse, dense).argmax(axis=1)
    assert [model.labels[place] for place in best] == truth


def test_probabilities_are_shares_of_one(model: Softmax, examples: Any) -> None:
    likely = model.probabilities(*examples[:2])
    assert likely.shape == (60, 3)
    assert (likely > 0).all()
    np.testing.assert_allclose(likely.sum(axis=1), 1, rtol=1e-5)


def test_labels_are_sorted_whatever_their_order(examples: Any) -> None:
    sparse, dense, truth = examples
    turned = fit(sparse[::-1], dense[::-1], truth[::-1], 8.0, 5)
    assert turned.labels == LABELS


def test_the_same_examples_give_the_same_weights(model: Softmax, examples: Any) -> None:
    again = fit(*examples, c=8.0, iterations=60)
    assert np.array_equal(again.weights, model.weights)


def test_what_is_written_reads_back_exactly(model: Softmax, examples: Any, tmp_path: Path) -> None:
    model.write(tmp_path / "softmax.npz")
    kept = Softmax.read(tmp_path / "softmax.npz")

    assert (kept.labels, kept.sparse_columns) == (model.labels, model.sparse_columns)
    assert np.array_equal(kept.weights, model.weights)
    assert np.array_equal(kept.probabilities(*examples[:2]), model.probabilities(*examples[:2]))


def test_a_file_with_a_pickle_in_it_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "bad.npz", labels=np.array([object()], dtype=object), weights=np.zeros(1), sparse_columns=0)
    with pytest.raises(ValueError, match="pickle"):
        Softmax.read(tmp_path / "bad.npz")


def test_a_stronger_penalty_gives_smaller_weights(model: Softmax, examples: Any) -> None:
    careful = fit(*examples, c=0.1, iterations=60)
    assert np.abs(careful.weights[:-1]).sum() < np.abs(model.weights[:-1]).sum()


def test_a_message_like_nothing_seen_is_unsure(model: Softmax) -> None:
    likely = model.probabilities(csr_matrix((1, 12), dtype=np.float32), np.zeros((1, 5), dtype=np.float32))
    assert likely.max() < 0.6
