"""The answers to questions: three layers, every line reachable, and no pattern that steals another question."""

from __future__ import annotations

import re

import pytest

from bot.components.known import NEVER
from bot.journey.questions import VALUES
from bot.knowledge.questions import Line, Question, known_by_words, questions, wants_details
from contract.project import examples, replies

LONGEST_FIRST = 130
"""Characters of a first layer or of any line: what a frightened person reads at once."""
LONGEST_DETAILS = 330
LINES = {line.response: line for question in questions().values() for line in question.lines}
EACH_LINE = pytest.mark.parametrize("line", LINES.values(), ids=lambda one: one.response)
EACH_QUESTION = pytest.mark.parametrize("question", questions().values(), ids=lambda one: one.intent)

STATEMENTS = ("state_", "report_", "record_", "express_")
"""Intents that known words replace only where the classifier is not sure; their examples may hold such words."""

ANSWERED_AS_WELL = {
    "客服让我找亲戚借钱怎么回": "the answer says what to reply",
    "催收要爆通讯录我该怎么回他": "the answer says what may be done about it",
    "情况说明怎么写，有没有范文": "says what to write in it",
    "停催是什么": "the answer explains it",
    "什么是贫困证明": "the answer explains it",
    "还有呢": "goes to what is next where no question was answered before",
    "12315": "says what the number is for",
    "协商要多久能出结果": "that very question",
    "有没有困难客户的纾困政策": "that very question",
    "怎样协商成功率高": "that very question",
    "债权转让了我还能在支付宝里还吗": "says where to pay after that",
    "只是晚了五天,催收就说要发律师函给我公司,他们可不可以这样": "says what such a letter is",
    "网商贷逾期会影响子女上学吗": "that very question",
    "网贷不还真的会影响下一代考公务员吗": "that very question",
    "疫情期间的利息能免不": "says that those rules have ended",
    "抖音上说停息挂账要交钱 能信不": "says what is true of it",
}
"""Examples of another intent whose known words lead to a right answer too."""


def text_of(response: str) -> str:
    """The one text of a response."""
    return str(replies()[response][0]["text"])


@EACH_QUESTION
def test_the_first_layer_is_short_and_says_what_to_do_now(question: Question) -> None:
    first = text_of(question.first)
    assert len(first) <= LONGEST_FIRST
    assert len(first.splitlines()) == 2
    assert first.splitlines()[1].startswith("现在可以做的：")


@EACH_QUESTION
def test_the_details_are_more_than_the_first_layer_and_not_endless(question: Question) -> None:
    assert len(text_of(question.first)) < len(text_of(question.details)) + 40
    assert len(text_of(question.details)) <= LONGEST_DETAILS


@EACH_LINE
def test_a_line_is_short(line: Line) -> None:
    assert len(re.sub(r"{\w+}", "", text_of(line.response))) <= LONGEST_FIRST


@EACH_LINE
def test_a_line_asks_for_values_that_can_be_known(line: Line) -> None:
    assert line.needs - VALUES.keys() == set()


def test_every_value_is_said_somewhere() -> None:
    assert VALUES.keys() - {name for line in LINES.values() for name in line.needs} == set()


@EACH_LINE
def test_an_answer_of_its_own_does_not_hide_the_general_one(line: Line) -> None:
    told = {name: found for name, found in line.patterns.items() if name != "unless"}
    assert not line.instead or told or line.conditions or line.needs


@EACH_LINE
def test_a_sum_is_hedged_where_it_is_computed(line: Line) -> None:
    computed = {"so_far", "per_day", "each", "minimum", "fit_each", "choices", "rest_per_day", "interest_per_day"}
    if line.needs & computed:
        assert re.search("以(?:合同和)?App页面为准|看还款页面|大约|约|估", text_of(line.response))


def test_known_words_lead_to_no_question_that_another_intent_was_meant_by() -> None:
    stolen = []
    for example in examples():
        if example.intent in NEVER or example.intent.startswith(STATEMENTS):
            continue
        meant = ("explain_question",) if wants_details(example.key) else known_by_words(example.key)
        if meant and example.intent not in meant and example.text not in ANSWERED_AS_WELL:
            stolen.append((example.intent, meant[0], example.text))
    assert stolen == []


def test_the_exceptions_are_examples_still() -> None:
    assert ANSWERED_AS_WELL.keys() - {example.text for example in examples()} == set()
