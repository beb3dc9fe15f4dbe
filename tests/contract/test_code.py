"""How the code is written: where Chinese may stand, how long things may grow, where the environment is read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import BotError
from bot.settings import VARIABLES
from contract.project import ROOT, short, sources, tracked, tree

CHINESE = re.compile(r"[\u3400-\u9fff\uff00-\uffef\u3000-\u303f]")
LONGEST_FILE = 400
LONGEST_FUNCTION = 40

READS_CHINESE = {
    "bot/reading/": "reads Chinese text: its words are its data",
    "bot/privacy/": "finds secrets by the words that name them",
}
"""Folders in which any string may be Chinese."""

PATTERNS_ONLY = {
    "bot/knowledge/spelling.py": "tells numbers from the words around them",
    "bot/journey/answers.py": "tells questions from answers",
    "bot/journey/binding.py": "cuts clauses at Chinese punctuation",
    "bot/journey/questions.py": "tells who wants to hear again what they said",
    "bot/journey/read_budget.py": "tells what was from what is",
    "bot/journey/read_debts.py": "tells a balance from an instalment",
    "bot/journey/read_nothing.py": "tells what there is none of",
    "bot/journey/read_times.py": "tells a due day from a day overdue",
    "bot/journey/read_plan.py": "tells a what-if from a choice",
    "bot/journey/read_wish.py": "tells what a what-if about the plan asks for",
    "bot/journey/read_preparation.py": "tells one way to the lender from another",
    "bot/journey/read_record.py": "tells a question from a note",
    "bot/simulate/noise.py": "keeps numbers and what they count as they are",
}
"""Modules that read Chinese with compiled patterns, and only in these."""

SETS_DEFAULTS = {
    "bot/server.py": {"RASA_TELEMETRY_ENABLED", "TQDM_DISABLE", "TF_CPP_MIN_LOG_LEVEL", "MAX_NUMBER_OF_PREDICTIONS"},
}
"""Where the environment is prepared for Rasa and TensorFlow before they are imported."""

INDEX = re.compile(
    "--(?:extra-)?index-url|--trusted-host|//[^ \"')]*(?:" + "pypi|pythonhosted|npmjs|artifactory|devpi|/simple" + ")"
)

CODE = sources("bot", "actions", "bench")
EACH_FILE = pytest.mark.parametrize("path", CODE, ids=short)


def strings(path: Path) -> Iterator[ast.Constant]:
    """Every string literal of a file that is no docstring."""
    told = {id(node.value) for node in ast.walk(tree(path)) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node


def in_patterns(path: Path) -> set[int]:
    """The string literals that are arguments of ``re.compile``."""
    return {
        id(inner)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile"
        for inner in ast.walk(node)
    }


def test_chinese_stands_in_yaml_and_in_the_readers_only() -> None:
    found = []
    for path in CODE:
        if short(path).startswith(tuple(READS_CHINESE)):
            continue
        allowed = in_patterns(path) if short(path) in PATTERNS_ONLY else set()
        found += [
            f"{short(path)}:{node.lineno} {node.value[:30]!r}"
            for node in strings(path)
            if CHINESE.search(str(node.value)) and id(node) not in allowed
        ]
    assert found == []


def test_the_list_of_readers_is_no_longer_than_needed() -> None:
    unneeded = [
        name for name in PATTERNS_ONLY if not any(CHINESE.search(str(node.value)) for node in strings(ROOT / name))
    ]
    assert unneeded == []


@EACH_FILE
def test_a_file_stays_readable(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_FILE


@EACH_FILE
def test_functions_stay_short(path: Path) -> None:
    long = [
        f"{short(path)}:{node.lineno} {node.name} has {length(node)} lines"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and length(node) > LONGEST_FUNCTION
    ]
    assert long == []


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


@EACH_FILE
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree(path)) or not path.read_text("utf-8").strip()


@EACH_FILE
def test_what_is_public_says_what_it_gives(path: Path) -> None:
    silent = [
        f"{short(path)}:{node.lineno} {node.name}"
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def environment_reads() -> Iterator[tuple[str, ast.AST]]:
    """Every mention of the environment in the code."""
    for path in CODE:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "putenv"):
                yield short(path), node


def test_only_the_settings_read_the_environment() -> None:
    assert {where for where, _ in environment_reads()} - SETS_DEFAULTS.keys() == {"bot/settings.py"}


@pytest.mark.parametrize("name", SETS_DEFAULTS)
def test_defaults_for_others_are_set_by_name(name: str) -> None:
    path = ROOT / name
    calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    setting = [node for node in calls if ast.unparse(node.func) == "os.environ.setdefault"]
    assert {node.args[0].value for node in setting if isinstance(node.args[0], ast.Constant)} == SETS_DEFAULTS[name]
    assert len(setting) == sum(1 for where, _ in environment_reads() if where == name)


def test_the_readme_lists_every_setting() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in VARIABLES if not re.search(rf"^\| *`{name}`", readme, re.MULTILINE)] == []


def test_the_readme_lists_no_setting_that_is_not_read() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert set(re.findall(r"^\| *`([A-Z_]+)`", readme, re.MULTILINE)) - VARIABLES.keys() == set()


def test_every_job_the_readme_names_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"`?\bmake ([a-z-]+)", (ROOT / "README.md").read_text("utf-8"))) <= targets


def test_every_folder_and_file_the_readme_names_is_there() -> None:
    named = re.findall(r"`((?:bot|data|tests|docs|actions)/[\w/.-]*)`", (ROOT / "README.md").read_text("utf-8"))
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_no_address_of_a_package_index_is_kept() -> None:
    told = []
    for path in tracked():
        if path == Path(__file__) or path.suffix in (".png", ".npz", ".gz"):
            continue
        text = path.read_text("utf-8", errors="replace")
        told += [f"{short(path)}: {match[0]}" for match in INDEX.finditer(text)]
    assert told == []


def test_nothing_that_is_made_by_running_is_tracked() -> None:
    made = re.compile(r"^(?:\.venv|\.tools|models|var|results|\.rasa)/|\.pyc$|\.db$")
    assert [short(path) for path in tracked() if made.search(short(path))] == []


def test_every_error_is_drawn_in_the_tree() -> None:
    from bot import errors

    for one in BotError.__subclasses__():
        if one.__module__ == errors.__name__:
            assert one.__name__ in (errors.__doc__ or "")
