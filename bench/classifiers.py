"""Set-ups for telling intents apart, compared: five-fold on our own corpus, and on labelled files from outside.

    python bench/classifiers.py [FILE.tsv ...]

A file has the columns id, gold, accepted (with commas), text. Each set-up is fitted once per fold and once on the
whole corpus. Prints one row per set-up: share of right intents in cross-validation (mean of the folds), then for each
file lenient accuracy, accuracy in scope and recall out of scope at the threshold of ``config.yml``.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jieba
import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC
from tqdm import tqdm

from bot.components.sentences import encoder
from bot.components.softmax import fit
from bot.reading import normalise

ROOT = Path(__file__).resolve().parent.parent
THRESHOLD = 0.2
FOLDS = 5
C, ITERATIONS, DENSE = 8.0, 60, 2.0

Rows = NDArray[Any]
Features = tuple[csr_matrix, Rows]
Classifier = Callable[[Features, Sequence[str], Features], tuple[Rows, Sequence[str]]]


def corpus() -> tuple[list[str], list[str]]:
    """Every training sentence, normalised, and its intent."""
    texts, intents = [], []
    for path in sorted((ROOT / "data").rglob("*.yml")):
        for group in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader).get("nlu") or ():
            for line in group["examples"].splitlines():
                texts.append(normalise(line.removeprefix("- ")))
                intents.append(group["intent"])
    return texts, intents


def labelled(path: Path) -> tuple[list[str], list[set[str]], list[str]]:
    """Texts, accepted intents and gold intents of a file."""
    texts, accepted, gold = [], [], []
    with path.open(encoding="utf-8", newline="") as lines:
        for cells in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if len(cells) < 4 or cells[0] == "id":
                continue
            texts.append(normalise(cells[4] if len(cells) > 4 and cells[3].isdigit() else cells[3]))
            gold.append(cells[1])
            accepted.append({cells[1], *(name.strip() for name in cells[2].split(",") if name.strip())})
    return texts, accepted, gold


class Featurizer:
    """What the pipeline computes of a sentence, fitted on the training sentences."""

    def __init__(self, texts: Sequence[str], *, words: bool, characters: bool, dense: bool) -> None:
        self.parts: list[Any] = []
        if words:
            cut = CountVectorizer(tokenizer=jieba.lcut, token_pattern=None, ngram_range=(1, 2), min_df=2)
            self.parts.append(cut.fit(texts))
        if characters:
            grams = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=3, sublinear_tf=True)
            self.parts.append(grams.fit(texts))
        self.dense = dense

    def __call__(self, texts: Sequence[str], vectors: Rows) -> Features:
        """Sparse rows and dense rows; a block that is left out has no columns."""
        sparse = [part.transform(texts) for part in self.parts]
        block = csr_matrix(normalize(hstack(sparse))) if sparse else csr_matrix((len(texts), 0))
        return block.astype(np.float32), vectors * DENSE if self.dense else np.zeros((len(texts), 0), np.float32)


def regression(known: Features, intents: Sequence[str], asked: Features) -> tuple[Rows, Sequence[str]]:
    """The softmax regression of the pipeline."""
    model = fit(*known, list(intents), C, ITERATIONS)
    return model.probabilities(*asked), model.labels


def support_vectors(known: Features, intents: Sequence[str], asked: Features) -> tuple[Rows, Sequence[str]]:
    """A linear support vector machine; its margins through a softmax, for it knows no probabilities."""
    model = LinearSVC(C=0.5).fit(hstack(known), intents)
    margins = 3 * model.decision_function(hstack(asked))
    likely = np.exp(margins - margins.max(axis=1, keepdims=True))
    return likely / likely.sum(axis=1, keepdims=True), list(model.classes_)


def neighbours(known: Features, intents: Sequence[str], asked: Features) -> tuple[Rows, Sequence[str]]:
    """The ten nearest sentence vectors, each with a voice by its likeness."""
    labels = sorted(set(intents))
    hot = (np.array(intents)[:, None] == np.array(labels)).astype(np.float32)
    found = []
    for likeness in normalize(asked[1]) @ normalize(known[1]).T:
        best = np.argpartition(-likeness, 10)[:10]
        voices = np.exp((likeness[best] - likeness[best].max()) / 0.05)
        found.append(voices @ hot[best] / voices.sum())
    return np.array(found), labels


def both(known: Features, intents: Sequence[str], asked: Features) -> tuple[Rows, Sequence[str]]:
    """The regression and the neighbours, two to one."""
    likely, labels = regression(known, intents, asked)
    near, _ = neighbours(known, intents, asked)
    return (2 * likely + near) / 3, labels


ALL = {"words": True, "characters": True, "dense": True}
SETUPS: dict[str, tuple[dict[str, bool], Classifier]] = {
    "words, regression": ({**ALL, "characters": False, "dense": False}, regression),
    "characters, regression": ({**ALL, "words": False, "dense": False}, regression),
    "sentence vector, regression": ({"words": False, "characters": False, "dense": True}, regression),
    "sentence vector, nearest ten": ({"words": False, "characters": False, "dense": True}, neighbours),
    "words + characters, regression": ({**ALL, "dense": False}, regression),
    "characters + vector, regression (ours)": ({**ALL, "words": False}, regression),
    "all three, support vectors": (ALL, support_vectors),
    "all three, regression": (ALL, regression),
    "all three, regression + nearest ten": (ALL, both),
}


def vectors_of(texts: Sequence[str]) -> Rows:
    """Unit sentence vectors, in batches with progress."""
    batches = [list(texts[first : first + 64]) for first in range(0, len(texts), 64)]
    return np.asarray(
        normalize(np.vstack([np.atleast_2d(encoder().encode(batch)) for batch in tqdm(batches, "vectors")])),
        dtype=np.float32,
    )


def rates(likely: Rows, labels: Sequence[str], accepted: list[set[str]], gold: list[str]) -> str:
    """Lenient accuracy, accuracy in scope and recall out of scope, as one cell."""
    said = [labels[row.argmax()] if row.max() >= THRESHOLD else "out_of_scope" for row in likely]
    good = np.array([intent in allowed for intent, allowed in zip(said, accepted, strict=True)])
    outside = np.array(gold) == "out_of_scope"
    inside = f"{good[~outside].mean():.3f}"
    return f"{good.mean():.3f} / {inside} / {good[outside].mean():.3f}" if outside.any() else f"{good.mean():.3f}"


def main(files: Sequence[str]) -> None:
    """Print the table."""
    texts, intents = corpus()
    vectors = vectors_of(texts)
    outside = {Path(name).stem: labelled(Path(name)) for name in files}
    asked = {name: vectors_of(found[0]) for name, found in outside.items()}
    named = np.array(intents)
    folds = list(StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(texts, intents))
    print("| set-up | five-fold | " + " | ".join(outside) + " | seconds to fit |")
    print("| --- |" + " --- |" * (len(outside) + 2))
    for name, (parts, classify) in SETUPS.items():
        shares = []
        for known, left in folds:
            featurize = Featurizer([texts[i] for i in known], **parts)
            given = featurize([texts[i] for i in known], vectors[known])
            likely, labels = classify(given, named[known], featurize([texts[i] for i in left], vectors[left]))
            shares.append(np.mean(np.array(labels)[likely.argmax(axis=1)] == named[left]))
        began = time.perf_counter()
        featurize = Featurizer(texts, **parts)
        given, cells = featurize(texts, vectors), []
        for file, (lines, accepted, gold) in outside.items():
            likely, labels = classify(given, intents, featurize(lines, asked[file]))
            cells.append(rates(likely, labels, accepted, gold))
        seconds = (time.perf_counter() - began) / max(len(outside), 1)
        print(f"| {name} | {np.mean(shares):.3f} | " + " | ".join(cells) + f" | {seconds:.0f} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
