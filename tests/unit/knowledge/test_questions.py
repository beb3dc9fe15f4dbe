"""Rules beside the texts: what fits, what is known by its words, and what is wrong in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge.questions import known_by_words, load_questions, questions, wants_details

NOTHING: dict[str, frozenset[str]] = {}


def write(folder: Path, extra: str = "") -> tuple[Path, Path]:
    """A folder with one question and an empty file of shared lines."""
    (folder / "faq").mkdir()
    (folder / "faq" / "ask_cost.yml").write_text(
        "responses:\n  utter_faq_ask_cost: [{text: a}]\n  utter_faq_ask_cost_details: [{text: b}]\n" + extra,
        "utf-8",
    )
    shared = folder / "questions.yml"
    shared.write_text("responses: {}\n", "utf-8")
    return folder / "faq", shared


def line(tmp_path: Path, when: str, text: str = "c"):
    folder, shared = write(tmp_path, f"  utter_faq_ask_cost_x: [{{text: '{text}', metadata: {when}}}]\n")
    return load_questions(folder, shared)["ask_cost"].lines[0]


def test_a_line_needs_one_of_its_patterns(tmp_path: Path) -> None:
    one = line(tmp_path, "{instead: {says: ['罚息', '违约']}}")
    assert one.instead
    assert one.fits("罚息多少", NOTHING, ())
    assert not one.fits("利息多少", NOTHING, ())


def test_a_word_that_must_not_be_there_rules_a_line_out(tmp_path: Path) -> None:
    one = line(tmp_path, "{also: {says: ['罚息'], unless: ['提前']}}")
    assert not one.instead
    assert not one.fits("提前还有罚息吗", NOTHING, ())


def test_all_conditions_must_hold(tmp_path: Path) -> None:
    one = line(tmp_path, "{also: {product: [huabei], stage: [early, middle]}}")
    holds = {"product": frozenset({"huabei"}), "stage": frozenset({"middle"})}
    assert one.fits("", holds, ())
    assert not one.fits("", {"product": frozenset({"huabei"})}, ())
    assert not one.fits("", {**holds, "product": frozenset({"jiebei"})}, ())


def test_a_line_with_a_place_to_fill_waits_for_its_value(tmp_path: Path) -> None:
    one = line(tmp_path, "{also: {}}", text="{principal}")
    assert not one.fits("", NOTHING, ())
    assert one.fits("", NOTHING, ("principal", "days"))


def test_a_line_may_belong_to_several_questions() -> None:
    lent = {line.response for line in questions()["ask_regulation"].lines}
    assert "utter_faq_ask_collection_night" in lent


@pytest.mark.parametrize(
    ("extra", "problem"),
    [
        ("  utter_x: [{text: c, metadata: {instead: {saying: [a]}}}]\n", "saying: unknown condition"),
        ("  utter_x: [{text: c, metadata: {instead: {product: [gold]}}}]\n", "product: no gold"),
        ("  utter_x: [{text: c, metadata: {instead: {stage: [soon]}}}]\n", "stage: no soon"),
        ("  utter_x: [{text: c, metadata: {instead: {says: a}}}]\n", "says: must be a list"),
        ("  utter_x: [{text: c, metadata: {instead: {says: ['(']}}}]\n", "ask_cost.yml: utter_x: (:"),
        ("  utter_x: [{text: c, metadata: {instead: {}, also: {}}}]\n", "one of instead and also"),
        ("  utter_x: [{text: c, metadata: {also: {questions: [ask_gold]}}}]\n", "no question ask_gold"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(tmp_path: Path, extra: str, problem: str) -> None:
    folder, shared = write(tmp_path, extra)
    with pytest.raises(KnowledgeError) as raised:
        load_questions(folder, shared)
    assert problem in str(raised.value)


def test_a_question_without_details_is_refused(tmp_path: Path) -> None:
    folder, shared = write(tmp_path)
    (folder / "ask_waiver.yml").write_text("responses:\n  utter_faq_ask_waiver: [{text: a}]\n", "utf-8")
    with pytest.raises(KnowledgeError, match="no utter_faq_ask_waiver_details"):
        load_questions(folder, shared)


def test_the_question_that_covers_most_of_the_words_counts() -> None:
    assert known_by_words("12378能让平台减免吗")[0] == "ask_complaint"
    assert known_by_words("12378是干嘛的")[0] == "ask_contact"


@pytest.mark.parametrize("text", ["", "5000", "没有", "分60期", "先延期三个月", "花呗逾期18天", "只还本金"])
def test_answers_to_a_form_are_no_known_question(text: str) -> None:
    assert known_by_words(text) == ()


MORE = "详细说说 具体呢 还有吗 展开讲讲 讲细一点 说详细点 再说具体点 多说一点 能不能说得再细一点 请详细说明 详情 细说"
NOT_MORE = (
    "再说一遍 为什么问这个 下一步呢 没看懂 怎么说 具体怎么申请 说说 清楚 明白了 还有 还有房租 还有5000 没有了 我想说"
)


@pytest.mark.parametrize("text", MORE.split())
def test_asking_for_more_is_heard(text: str) -> None:
    assert wants_details(text)


@pytest.mark.parametrize("text", NOT_MORE.split())
def test_other_words_do_not_ask_for_more(text: str) -> None:
    assert not wants_details(text)
