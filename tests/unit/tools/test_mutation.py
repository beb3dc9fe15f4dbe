"""The judge of the mutation tests: what it mutates, what it excuses, what it says."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bot.tools import mutation
from bot.tools.mutation import Mutant, Reason

DECORATED = '''"""A module."""

class Square:
    @property
    def area(self):
        """Its area."""
        return self.side * self.side

    @cached_property
    def edge(self):
        return 4 * self.side

    @classmethod
    def unit(cls):
        return cls()


@lru_cache(maxsize=8)
def half(number):
    return number // 2
'''
PLAIN = '''"""A module."""

class Square:
    def area(self):
        """Its area."""
        return self.side * self.side
    area = property(area)

    def edge(self):
        return 4 * self.side
    edge = cached_property(edge)

    @classmethod
    def unit(cls):
        return cls()


def half(number):
    return number // 2
'''


def mutant(was: str = "return 1 + fen", now: str = "return 2 + fen", status: str = "survived") -> Mutant:
    return Mutant("bot.plan.share", "pro_rata", was, now, status)


def test_properties_are_laid_open_and_caches_are_dropped() -> None:
    assert mutation.undecorated(DECORATED) == PLAIN


def test_the_lines_that_differ_are_told_whatever_their_layout() -> None:
    before, after = (
        ast.parse(f"def one(a, b=1):\n    x = (a,\n        {word})\n    return x").body[0] for word in ("b", "None")
    )
    assert isinstance(before, ast.FunctionDef)
    assert isinstance(after, ast.FunctionDef)

    assert mutation.changed(before, after) == ("x = (a, b)", "x = (a, None)")


def test_a_changed_default_is_told_too() -> None:
    before, after = (ast.parse(f"def one(a={default}):\n    return a").body[0] for default in (1, 2))
    assert isinstance(before, ast.FunctionDef)
    assert isinstance(after, ast.FunctionDef)

    assert mutation.changed(before, after) == ("a=1", "a=2")


def test_a_fragment_is_the_change_and_what_stands_next_to_it() -> None:
    long = f"{'x' * 50}1{'y' * 50}", f"{'x' * 50}2{'y' * 50}"

    assert mutant(*long).fragment == (f"{'x' * 24}1{'y' * 24}", f"{'x' * 24}2{'y' * 24}")
    assert mutant("aa", "a").fragment == ("aa", "a")


@pytest.mark.parametrize(
    ("status", "survives"),
    [("killed", False), ("timeout", False), ("segfault", False), ("survived", True), ("no tests", True)],
)
def test_what_hangs_or_crashes_is_noticed(status: str, survives: bool) -> None:
    assert mutant(status=status).survived is survives


@pytest.mark.parametrize(
    ("reason", "excused"),
    [
        (Reason("why", "plan.share.pro_rata", "return 1 + fen", ("return 2 + fen",)), True),
        (Reason("why", None, "return 1 + fen", ("return 3 + fen", "return 2 + fen")), True),
        (Reason("why", "plan.share.apportion", "return 1 + fen", ("return 2 + fen",)), False),
        (Reason("why", None, "return 1 + fen", ("return 3 + fen",)), False),
        (Reason("why", None, only=r"\d+"), True),
        (Reason("why", None, only="fen"), False),
    ],
)
def test_a_reason_excuses_what_it_names_and_nothing_else(reason: Reason, excused: bool) -> None:
    assert reason.excuses(mutant()) is excused


def test_reasons_are_read_and_a_key_that_is_not_known_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "survivors.yml"
    path.write_text("- {in: plan.share, was: a, now: b, why: c}\n- {only: d, why: e}\n", "utf-8")

    assert mutation.read_reasons(path) == [Reason("c", "plan.share", "a", ("b",)), Reason("e", only="d")]
    path.write_text("- {because: c}\n", "utf-8")
    with pytest.raises(TypeError):
        mutation.read_reasons(path)


def test_every_reason_that_is_kept_says_what_it_excuses() -> None:
    for reason in mutation.read_reasons():
        assert reason.why.endswith(".")
        assert bool(reason.only) != bool(reason.was and reason.now)


def test_the_table_counts_by_module() -> None:
    found = [mutant(), mutant(status="killed"), mutant(status="timeout"), Mutant("bot.money", "yuan", "", "", "killed")]

    assert mutation.table(found)[2:] == [
        "| money | 1 | 1 | 0 | 0 | 100.0 % |",
        "| plan.share | 3 | 1 | 1 | 1 | 66.7 % |",
        "| all | 4 | 2 | 1 | 1 | 75.0 % |",
    ]


def test_the_report_gives_the_reason_or_says_that_there_is_none() -> None:
    told = mutation.report([mutant(), mutant(), mutant("a", "b")], [Reason("It is equal.", None, only=r"\d")])

    assert "It is equal.\n\n- `plan.share.pro_rata`: `return 1 + fen` → `return 2 + fen` (2 times)\n" in told
    assert "NO REASON IS GIVEN.\n\n- `plan.share.pro_rata`: `a` → `b`\n" in told


@pytest.mark.parametrize(
    ("killed", "reasons", "status"),
    [(9, [Reason("Equal.", only=r"\d")], 0), (8, [Reason("Equal.", only=r"\d")], 1), (9, [], 1)],
)
def test_too_few_noticed_or_one_without_a_reason_fails(killed: int, reasons: list[Reason], status: int) -> None:
    assert mutation.judge([mutant(), *[mutant(status="killed")] * killed], reasons, whole=False) == status


def test_what_was_not_tried_is_no_result() -> None:
    with pytest.raises(SystemExit, match="1 of 1 mutants were not tried"):
        mutation.judge([mutant(status="not checked")], [], whole=False)
