"""The facts: each with its source, its grade and a day on which it has to be checked again."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from bot.knowledge.loader import catalog
from bot.knowledge.model import GRADES, Fact

FACTS = list(catalog().facts.values())
EACH = pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
HEDGES = re.compile(
    "为准|一般|通常|说法不一|有页面|有的|有些|没有公[布开]|没有查到|没有可靠资料|因人而异|请看|请对照"
    "|常|可能|可以|不一定|要问|建议|不管|没有强制力|会变|都能用|隔"
)
LONGEST = {"A": 366, "A-press": 366, "A-calc": 366, "B": 366, "C": 184, "contested": 184}


def test_every_topic_is_there() -> None:
    files = "contact huabei jiebei wangshangdai relief cost law credit collection hotlines scams practice budget"
    assert {fact.topic for fact in FACTS} == set(files.split())


@EACH
def test_a_fact_names_source_grade_and_expiry(fact: Fact) -> None:
    assert fact.source.title_zh
    assert fact.grade in GRADES
    assert fact.checked_on <= date(2026, 11, 23) < fact.expires_on
    assert fact.expires_on - fact.checked_on <= timedelta(days=LONGEST[fact.grade])


@EACH
def test_what_the_lender_alone_decides_is_checked_twice_a_year(fact: Fact) -> None:
    if fact.topic in {"contact", "huabei", "jiebei", "wangshangdai"} and fact.grade in {
        "B",
        "C",
        "contested",
    }:
        assert fact.expires_on - fact.checked_on <= timedelta(days=184)


@EACH
def test_a_weak_fact_is_worded_weakly(fact: Fact) -> None:
    if fact.grade in {"C", "contested"}:
        assert HEDGES.search(fact.statement_zh)


@EACH
def test_a_statement_is_a_sentence(fact: Fact) -> None:
    assert fact.statement_zh.endswith("。")
    assert len(fact.statement_zh) <= 120


@EACH
def test_a_law_names_its_article(fact: Fact) -> None:
    if fact.source.title_zh == "中华人民共和国民法典":
        assert re.search("第.+条|合同编", fact.source.locator_zh or "")


def test_statements_are_all_different() -> None:
    statements = [fact.statement_zh for fact in FACTS]
    assert len(set(statements)) == len(statements)


def test_the_credit_repair_window_is_closed() -> None:
    closed = catalog().facts["credit.one_off_repair_closed"]
    assert closed.valid_until == date(2026, 3, 31)
    assert "已过" in closed.statement_zh
