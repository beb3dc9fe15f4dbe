"""Every word of the catalogues that the pipeline has to know, in one list.

A new product, alias, cause or field phrase is one line of YAML; jieba's dictionary and spaCy's matcher read it here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from bot.errors import KnowledgeError
from bot.knowledge.loader import catalog
from bot.reading import normalise

FIELDS = Path(__file__).parent / "wording" / "fields.yml"
QUESTIONS = Path(__file__).parent / "wording" / "questions.yml"


@dataclass(frozen=True)
class Word:
    """One way of naming something: ``text`` stands for the ``value`` of ``entity``."""

    entity: str
    value: str
    text: str


@lru_cache(maxsize=1)
def catalogue_words() -> tuple[Word, ...]:
    """All names of products, causes, papers, contacts and budget fields, normalised as messages are.

    Raises ``KnowledgeError`` when one text would stand for two things.
    """
    known = catalog()
    words = [Word("product", p.id, name) for p in known.products.values() for name in (p.label_zh, *p.aliases)]
    words += [Word("document", d.id, name) for d in known.documents.values() for name in (d.label_zh, *d.aliases)]
    words += [Word("contact", c.id, name) for c in known.contacts.values() for name in (c.label_zh, *c.aliases)]
    words += [Word("cause", c.id, name) for c in known.causes.values() for name in (c.label_zh, *c.phrases)]
    with FIELDS.open(encoding="utf-8") as file:
        fixed = yaml.load(file, yaml.CSafeLoader)
    words += [
        Word(entity, value, name)
        for entity, values in fixed.items()
        for value, names in values.items()
        for name in names
    ]
    return tuple(_unique(words))


@lru_cache(maxsize=1)
def question_names() -> tuple[tuple[str, str], ...]:
    """What people call a question, with its slot; the longest first. Raises ``KnowledgeError`` for a name twice."""
    with QUESTIONS.open(encoding="utf-8") as file:
        written = yaml.load(file, yaml.CSafeLoader)
    found: dict[str, str] = {}
    for slot, names in written.items():
        for name in names:
            if name in found:
                raise KnowledgeError(f"{name!r} names both {found[name]} and {slot}")
            found[name] = slot
    return tuple(sorted(found.items(), key=lambda item: -len(item[0])))


def _unique(words: list[Word]) -> list[Word]:
    seen: dict[str, Word] = {}
    for word in words:
        text = normalise(word.text).lower()
        first = seen.setdefault(text, Word(word.entity, word.value, text))
        if (first.entity, first.value) != (word.entity, word.value):
            raise KnowledgeError(
                f"{word.text!r} names both {first.entity} {first.value} and {word.entity} {word.value}"
            )
    return list(seen.values())
