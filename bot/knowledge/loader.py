"""Read the knowledge files into a ``Catalog``; if anything is wrong, report all of it at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from bot.errors import KnowledgeError
from bot.knowledge.model import Alert, CaseStory, Catalog, Cause, Contact, Document, Fact, Product, Refusal
from bot.knowledge.schema import EntryError, build
from bot.reading.alarms import Alarm, Shield

FOLDER = Path(__file__).parent

Entry = TypeVar("Entry", bound="Cause | Product | Document | Contact | Refusal | CaseStory | Alert | Alarm | Shield")
Words = Callable[[Any], Iterable[str]]

_REFERENCES: tuple[tuple[str, str, str], ...] = (
    ("causes", "documents", "documents"),
    ("products", "contact", "contacts"),
    ("stories", "cause", "causes"),
    ("stories", "product", "products"),
    ("stories", "channel", "contacts"),
    ("alerts", "covers", "alerts"),
    *(
        (name, "facts", "facts")
        for name in ("causes", "products", "documents", "contacts", "refusals", "stories", "alerts")
    ),
)
"""(catalogue, field, catalogue it points into)."""

_WORDS: dict[str, Words] = {
    "causes": lambda one: (one.label_zh, *one.phrases),
    "products": lambda one: (one.label_zh, *one.aliases),
    "documents": lambda one: (one.label_zh, *one.aliases),
    "contacts": lambda one: (one.label_zh, *one.aliases),
    "refusals": lambda one: one.they_say,
}
"""Words by which people name an entry: each may mean one entry only."""


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    """The project's own catalogue, read once."""
    return load_catalog()


def load_catalog(folder: Path | None = None) -> Catalog:
    """The catalogue in ``folder`` (the project's own by default).

    Raises ``KnowledgeError`` whose text holds one line per problem.
    """
    problems: list[str] = []
    root = folder or FOLDER
    known = Catalog(
        facts=_facts(root, problems),
        causes=entries(Cause, root, "causes", problems),
        products=entries(Product, root, "products", problems),
        documents=entries(Document, root, "documents", problems),
        contacts=entries(Contact, root, "contacts", problems),
        refusals=entries(Refusal, root, "refusals", problems),
        stories=entries(CaseStory, root, "stories", problems),
        alerts=entries(Alert, root, "alerts", problems),
    )
    problems += _dangling(known)
    problems += _ambiguous(known)
    if problems:
        raise KnowledgeError("\n".join(problems))
    return known


def _facts(root: Path, problems: list[str]) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for path, content in files(root, "facts", problems):
        if not isinstance(content, list):
            problems.append(f"{path}: must be a list of facts")
            continue
        for number, raw in enumerate(content, start=1):
            fact = _built(Fact, raw, f"{path}[{number}]", problems)
            if fact is None:
                continue
            if fact.topic != Path(path).stem:
                problems.append(f"{path}[{number}]: id {fact.id} belongs to another file")
            if fact.id in facts:
                problems.append(f"{path}[{number}]: id {fact.id} is there twice")
            facts[fact.id] = fact
    return facts


def entries(kind: type[Entry], root: Path, folder: str, problems: list[str]) -> dict[str, Entry]:
    """The entries of one catalogue: one file each, named after the id. What is wrong is added to ``problems``."""
    found: list[Entry] = []
    for path, content in files(root, folder, problems):
        entry = _built(kind, content, path, problems)
        if entry is None:
            continue
        if entry.id != Path(path).stem:
            problems.append(f"{path}: id {entry.id} is not the file's name")
        found.append(entry)
    found.sort(key=lambda entry: (entry.order, entry.id))
    taken: dict[str, Entry] = {}
    for entry in found:
        if entry.id in taken:
            problems.append(f"{folder}: id {entry.id} is there twice")
        taken[entry.id] = entry
    return taken


T = TypeVar("T")


def _built(kind: type[T], raw: Any, where: str, problems: list[str]) -> T | None:
    try:
        return build(kind, raw)
    except EntryError as error:
        problems += [f"{where}: {one}" for one in error.found]
        return None


def files(root: Path, folder: str, problems: list[str]) -> Iterable[tuple[str, Any]]:
    """Each file's path, as messages name it, and content. What is wrong is added to ``problems``."""
    paths = sorted((root / folder).glob("*.yml"))
    if not paths:
        problems.append(f"{folder}/: holds no files")
    for path in paths:
        name = f"{folder}/{path.name}"
        try:
            yield name, yaml.load(path.read_bytes(), _Loader)
        except (yaml.YAMLError, ValueError) as error:
            problems.append(f"{name}: cannot be read: {' '.join(str(error).split())}")


class _Loader(yaml.CSafeLoader):
    """YAML as usual, but a key that is there twice is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping of ``node``."""
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) != len(node.value):
            raise yaml.MarkedYAMLError(problem="a key is there twice", problem_mark=node.start_mark)
        return mapping


def _dangling(known: Catalog) -> list[str]:
    """References to entries that do not exist."""
    problems = []
    for name, field, target in _REFERENCES:
        there: Mapping[str, Any] = getattr(known, target)
        for entry in getattr(known, name).values():
            value = getattr(entry, field)
            ids = (value,) if isinstance(value, str) else value
            problems += [f"{name}/{entry.id}.yml: {field}: no {one} in {target}" for one in ids if one not in there]
    return problems


def _ambiguous(known: Catalog) -> list[str]:
    """Words that name two entries of one catalogue, or one entry twice."""
    problems = []
    for name, words in _WORDS.items():
        owner: dict[str, str] = {}
        for entry in getattr(known, name).values():
            for word in words(entry):
                first = owner.setdefault(word.casefold(), entry.id)
                if first != entry.id:
                    problems.append(f"{name}/{entry.id}.yml: {word} already names {first}")
    return problems
