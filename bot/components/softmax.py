"""Multinomial logistic regression on a sparse and a dense block, trained in seconds, kept without pickle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Matrix = NDArray[Any]


@dataclass(frozen=True)
class Softmax:
    """Weights of shape (sparse columns + dense columns + 1, labels); the last row is the bias."""

    labels: tuple[str, ...]
    weights: Matrix
    sparse_columns: int

    def probabilities(self, sparse: csr_matrix, dense: Matrix) -> Matrix:
        """Probability of each label, shape (rows, labels)."""
        columns = self.sparse_columns
        scores = sparse @ self.weights[:columns] + dense @ self.weights[columns:-1] + self.weights[-1]
        return _softmax(np.asarray(scores))

    def write(self, path: Path) -> None:
        """Keep the weights in one ``.npz`` file."""
        np.savez(path, labels=np.array(self.labels), weights=self.weights, sparse_columns=self.sparse_columns)

    @classmethod
    def read(cls, path: Path) -> Softmax:
        """The weights from ``path``; nothing in the file is executed."""
        with np.load(path, allow_pickle=False) as kept:
            return cls(tuple(map(str, kept["labels"])), kept["weights"], int(kept["sparse_columns"]))


def _softmax(scores: Matrix) -> Matrix:
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(scores / scores.sum(axis=1, keepdims=True))


def fit(sparse: csr_matrix, dense: Matrix, named: Sequence[str], c: float, iterations: int) -> Softmax:
    """Fit by L-BFGS from zero, so that the same examples give the same weights; few corrections, for they cost most.

    ``c`` is the inverse strength of the L2 penalty, as in scikit-learn; the bias is not penalised.
    """
    labels = tuple(sorted(set(named)))
    place = {label: number for number, label in enumerate(labels)}
    truth = np.array([place[name] for name in named])
    rows, columns = np.arange(len(truth)), sparse.shape[1]
    shape = (columns + dense.shape[1] + 1, len(labels))
    transposed = sparse.T.tocsr()

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        weights = flat.reshape(shape).astype(np.float32)
        likely = _softmax(sparse @ weights[:columns] + dense @ weights[columns:-1] + weights[-1])
        penalty = 0.5 * float((weights[:-1] ** 2).sum())
        total = -c * float(np.log(np.maximum(likely[rows, truth], 1e-12)).sum()) + penalty
        likely[rows, truth] -= 1
        slope = np.empty_like(weights)
        slope[:columns] = transposed @ likely
        slope[columns:-1] = dense.T @ likely
        slope[-1] = likely.sum(axis=0)
        slope *= c
        slope[:-1] += weights[:-1]
        return total, slope.ravel().astype(np.float64)

    start = np.zeros(shape[0] * shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": iterations, "maxcor": 4})
    return Softmax(labels, found.x.reshape(shape).astype(np.float32), columns)
