"""The patterns of the knowledge files: groups of words, gaps, and what is no pattern."""

from __future__ import annotations

import re

import pytest

from bot.knowledge.loader import catalog
from bot.knowledge.patterns import GAP, LONG_GAP, groups, pattern


def test_a_group_stands_for_each_of_its_words() -> None:
    for word in ("客服", "骗子"):
        assert pattern("<they>让我").search(f"{word}让我转钱")


def test_a_short_gap_stays_inside_a_clause() -> None:
    assert pattern("保证金…退").search("保证金" + "一" * GAP + "退")
    assert not pattern("保证金…退").search("保证金" + "一" * (GAP + 1) + "退")
    assert not pattern("保证金…退").search("保证金，退")


def test_a_long_gap_stays_inside_a_sentence() -> None:
    assert pattern("保证金……退").search("保证金，" + "一" * (LONG_GAP - 1) + "退")
    assert not pattern("保证金……退").search("保证金。退")


def test_letters_are_read_in_either_case() -> None:
    assert pattern("todesk").search("下载ToDesk")


def test_an_unknown_group_is_an_error() -> None:
    with pytest.raises(ValueError, match="no group <nobody>"):
        pattern("<nobody>让我")


def test_what_is_no_pattern_is_an_error() -> None:
    with pytest.raises(ValueError, match="no pattern"):
        pattern("(让我")


def test_every_group_is_used_and_its_words_are_patterns() -> None:
    written = "".join(text for alert in catalog().alerts.values() for text in (*alert.cues, *alert.shields))
    gaps = {"sentence_ends", "clause_ends"}
    assert [name for name in groups() if name not in gaps and f"<{name}>" not in written] == []
    for name, words in groups().items():
        assert name in gaps or all(re.compile(word) for word in words)
        assert len(set(words)) == len(words)
