"""What the model learns from: enough of each intent, nothing twice, nothing that it is tested on."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import yaml

from bot.reading import normalise
from contract.project import DATA, ROOT, blocks, data_files, examples, intents, short

LEAST = 60
SENTENCES = sorted((ROOT / "tests/sentences").glob("*.yml"))
TOP_LEVEL = {"version", "nlu", "rules", "stories", "responses"}

BY_WORDS = {"live_call"}
"""Intents that known words have and the classifier never learns (bot/components/known.py)."""


def test_only_intents_of_the_domain_have_examples() -> None:
    assert {example.intent for example in examples()} == set(intents()) - BY_WORDS


def test_every_intent_has_enough_examples() -> None:
    counted = Counter(example.intent for example in examples())
    assert {intent: counted[intent] for intent in set(intents()) - BY_WORDS if counted[intent] < LEAST} == {}


def test_no_example_stands_for_two_intents() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for example in examples():
        owners[example.key].add(example.intent)
    assert {text: sorted(of) for text, of in owners.items() if len(of) > 1} == {}


def test_no_example_is_there_twice() -> None:
    counted = Counter((example.intent, example.text) for example in examples())
    assert [pair for pair, times in counted.items() if times > 1] == []


def test_an_intent_has_its_examples_in_one_file() -> None:
    files: dict[str, set[Path]] = defaultdict(set)
    for path, intent, _ in blocks():
        files[intent].add(path)
    assert {intent: sorted(map(short, of)) for intent, of in files.items() if len(of) > 1} == {}


def test_a_block_of_examples_holds_only_examples() -> None:
    """A ``#`` is no comment there: Rasa warns and skips the line; brackets and braces would be annotations."""
    wrong = [
        f"{short(path)}: {intent}: {row}"
        for path, intent, text in blocks()
        for row in text.splitlines()
        if not row.startswith("- ") or not row[2:].strip() or any(sign in row for sign in "#[]{}")
    ]
    assert wrong == []


def held_out() -> list[tuple[str, str]]:
    """Every sentence that the model is tested on, with its file."""
    found = []
    for path in SENTENCES:
        told = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        found += [(path.name, text) for text in told["sentences"]]
        found += [(path.name, one["text"]) for one in told.get("never") or ()]
    return found


def test_no_sentence_that_is_tested_is_learned() -> None:
    learned = {example.key: example for example in examples()}
    leaked = [f"{name}: {text}" for name, text in held_out() if normalise(text).lower() in learned]
    assert leaked == []


def test_every_intent_is_tested_on_sentences_of_its_own() -> None:
    assert {path.stem for path in SENTENCES} == set(intents()) - BY_WORDS


def test_data_holds_only_what_rasa_reads() -> None:
    """Rasa parses any YAML below ``data/``; knowledge lives in ``bot/knowledge``."""
    assert [p for p in DATA.rglob("*") if p.is_file() and p.suffix != ".yml"] == []
    for path in data_files():
        assert set(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)) <= TOP_LEVEL, short(path)


def test_an_answer_stands_in_the_file_of_its_question() -> None:
    for path in sorted((DATA / "faq").glob("*.yml")):
        told = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        assert [entry["intent"] for entry in told["nlu"]] == [path.stem]
        own = f"utter_faq_{path.stem}"
        assert list(told["responses"])[:2] == [own, f"{own}_details"]
        assert [name for name in told["responses"] if not f"{name}_".startswith(f"{own}_")] == []
