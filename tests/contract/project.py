"""What the contract tests look at: the project's own files, read once and without Rasa."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.reading import normalise
from bot.tools.names import ROOT, load, placeholders, responses

DATA = ROOT / "data"
GENERATED = (ROOT / "bot/names.py", ROOT / "bot/replies.py")


@lru_cache(maxsize=1)
def domain() -> dict[str, Any]:
    """``domain.yml``."""
    return load(ROOT / "domain.yml")


@lru_cache(maxsize=1)
def intents() -> tuple[str, ...]:
    """The names of the intents, in the domain's order."""
    return tuple(name for entry in domain()["intents"] for name in ([entry] if isinstance(entry, str) else entry))


def question_slots() -> list[tuple[str, str]]:
    """Every form with each slot it asks for."""
    return [(form, slot) for form, spec in domain()["forms"].items() for slot in spec["required_slots"]]


@lru_cache(maxsize=1)
def replies() -> dict[str, list[dict[str, Any]]]:
    """All responses by name."""
    return responses()


@lru_cache(maxsize=1)
def rules() -> list[dict[str, Any]]:
    """All rules of ``data/``."""
    return [rule for path in data_files() for rule in load(path).get("rules") or ()]


def data_files() -> list[Path]:
    """Every file that Rasa trains on."""
    return sorted(DATA.rglob("*.yml"))


def steps(rule: dict[str, Any], key: str) -> list[str]:
    """What the steps of ``rule`` name under ``key``, those inside an ``or`` too."""
    every = [one for step in rule["steps"] for one in step.get("or", [step])]
    return [one[key] for one in every if one.get(key)]


@dataclass(frozen=True)
class Example:
    """One training example."""

    intent: str
    text: str
    path: Path

    @property
    def key(self) -> str:
        """The text as the pipeline reads it."""
        return normalise(self.text).lower()


def blocks() -> Iterator[tuple[Path, str, str]]:
    """Each block of examples as it is written: file, intent, text."""
    for path in data_files():
        for entry in load(path).get("nlu") or ():
            yield path, entry["intent"], entry["examples"]


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    """All training examples."""
    return tuple(
        Example(intent, row.removeprefix("- "), path) for path, intent, text in blocks() for row in text.splitlines()
    )


def sources(*folders: str) -> list[Path]:
    """The Python files of these folders that people write."""
    return sorted(p for folder in folders for p in (ROOT / folder).rglob("*.py") if p not in GENERATED)


@lru_cache(maxsize=256)
def tree(path: Path) -> ast.Module:
    """A Python file, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def short(path: Path) -> str:
    """The path as people name it."""
    return path.relative_to(ROOT).as_posix()


@dataclass(frozen=True)
class Said:
    """One place where the code uses a method of ``Say``; ``passed`` is None where it is named and not called."""

    where: str
    response: str
    passed: frozenset[str] | None


@lru_cache(maxsize=1)
def said() -> tuple[Said, ...]:
    """Every use of ``say.…``, ``say.showing(card).…`` and ``Say.…`` in the code."""
    found = []
    for path in sources("actions", "bot"):
        called = {id(node.func): node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}
        for node in ast.walk(tree(path)):
            if not (isinstance(node, ast.Attribute) and _is_say(node.value)) or node.attr == "showing":
                continue
            call = called.get(id(node))
            passed = frozenset(str(one.arg) for one in call.keywords) - {"buttons"} if call else None
            found.append(Said(f"{short(path)}:{node.lineno}", f"utter_{node.attr}", passed))
    return tuple(one for one in found if one.response != "utter_reply")


def _is_say(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        node = node.func
        if isinstance(node, ast.Attribute) and node.attr == "showing":
            node = node.value
    return isinstance(node, ast.Name) and node.id in ("say", "Say")


def wants(response: str) -> frozenset[str]:
    """The placeholders of a response."""
    return frozenset(placeholders(replies()[response]))


@lru_cache(maxsize=1)
def tracked() -> tuple[Path, ...]:
    """Every file that is, or is about to be, under version control."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return tuple(path for name in sorted(set(listed.stdout.split("\0"))) if name and (path := ROOT / name).is_file())
