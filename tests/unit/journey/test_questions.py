"""The answer to a question: which line, filled with what."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import BROKE, NEW, OWED, TODAY, heard

from bot.journey.case import Case, Debt
from bot.journey.questions import MOST_ADDED, VALUES, Answer, answer, details, spoken, stage
from bot.knowledge.loader import catalog
from bot.knowledge.questions import questions


def reply(intent: str, text: str, case: Case = NEW) -> Answer:
    return answer(intent, heard(text), case, TODAY)


def names(intent: str, text: str, case: Case = NEW) -> list[str]:
    return [response.removeprefix("utter_").removeprefix("faq_") for response, _ in reply(intent, text, case).said]


def test_without_anything_known_the_first_layer_answers() -> None:
    assert names("ask_deferral", "能不能晚点还") == ["ask_deferral"]


def test_a_trap_is_answered_alone() -> None:
    assert names("ask_deferral", "花呗有宽限期吗", OWED) == ["ask_deferral_grace"]


def test_lines_of_the_case_stand_beside_the_first_layer() -> None:
    assert names("ask_deferral", "能不能晚点还", OWED) == [
        "ask_deferral",
        "ask_deferral_overdue",
        "ask_deferral_reason",
    ]


@pytest.mark.parametrize("intent", sorted(questions()))
@pytest.mark.parametrize("case", [NEW, OWED, BROKE], ids=["new", "owed", "broke"])
def test_every_question_has_an_answer_that_is_complete(intent: str, case: Case) -> None:
    found = reply(intent, "想问一下", case)
    assert 1 <= len(found.said) <= 1 + MOST_ADDED
    assert found.question in questions()
    assert all(value and "{" not in value for _, values in found.said for value in values.values())


@pytest.mark.parametrize("product", sorted(catalog().products))
def test_a_question_about_paying_later_is_answered_for_every_product(product: str) -> None:
    label = catalog().products[product].label_zh
    assert reply("ask_deferral", f"{label}能晚点还吗").said


@pytest.mark.parametrize("cause", sorted(catalog().causes))
def test_the_papers_of_every_cause_are_told(cause: str) -> None:
    said = dict(reply("ask_documents", "要什么材料", Case(situation_cause=cause)).said)
    assert "身份证" in said["utter_documents_list"]["papers"]


@pytest.mark.parametrize("paper", sorted(catalog().documents))
def test_every_paper_has_an_answer_of_its_own(paper: str) -> None:
    label = catalog().documents[paper].label_zh
    (how,) = reply("ask_documents", f"{label}怎么弄").said
    assert how[0] == "utter_faq_ask_documents_paper"
    assert how[1]["paper_how"] == catalog().documents[paper].how_zh
    (without,) = reply("ask_documents", f"没有{label}怎么办").said
    assert without[1]["paper_without"] == catalog().documents[paper].without_zh


@pytest.mark.parametrize("contact", sorted(c.id for c in catalog().contacts.values() if c.kind != "lender"))
def test_every_hotline_says_what_it_is_not_for(contact: str) -> None:
    known = catalog().contacts[contact]
    (card,) = reply("ask_contact", f"{known.number}是干什么的").said
    assert card[0] == "utter_faq_ask_contact_card"
    assert card[1]["contact_not_for"] == known.not_for_zh


def test_a_paper_is_called_what_the_person_calls_it() -> None:
    (said,) = reply("ask_documents", "没有病历怎么办").said
    assert said[1]["paper"] == "病历"


def test_the_cause_in_the_question_chooses_the_story() -> None:
    said = dict(reply("ask_success_stories", "有没有被裁员的案例", OWED).said)
    assert "小陈" in said["utter_story"]["story"]


def test_debts_named_in_the_question_are_computed_with_and_not_kept() -> None:
    (said,) = reply("ask_debt_priority", "欠花呗8000借呗20000先还哪个").said
    assert said[1]["total"] == "28,000"


def test_a_debt_that_is_named_again_takes_the_amount_of_the_question() -> None:
    case = Case(debts=(Debt("huabei", 800_000, 0, 9),))
    (said,) = reply("ask_cost", "花呗3000逾期18天要多少利息", case).said
    assert said[1]["so_far"] == "27"


def test_details_belong_to_the_line_that_answered() -> None:
    found = reply("ask_regulation", "晚上11点打电话催收合法吗")
    assert (found.said[0][0], found.question) == ("utter_faq_ask_collection_night", "ask_collection")
    assert details(found.question) == "utter_faq_ask_collection_details"


def test_when_the_details_were_told_there_is_no_more() -> None:
    assert details("told") is None


@pytest.mark.parametrize(
    ("days", "name"), [(0, "not_due"), (1, "early"), (30, "early"), (31, "middle"), (90, "middle"), (91, "late")]
)
def test_stages_begin_and_end_where_the_facts_say(days: int, name: str) -> None:
    assert stage(days) == name


def test_with_several_debts_the_longest_overdue_sets_the_stage() -> None:
    case = replace(OWED, debts=(Debt("huabei", 1, 5, 3), Debt("jiebei", 1, 100, 3)))
    assert "ask_lawsuit_late" in names("ask_lawsuit", "会被起诉吗", case)


def test_a_pressed_button_has_no_words() -> None:
    assert spoken({"text": "/ask_cost", "intent": {"name": "ask_cost"}}).text == ""


def test_words_are_read_as_the_pipeline_reads_them() -> None:
    assert spoken({"text": "花唄  逾期 １８ 天", "intent": {}}).text == "花呗逾期18天"


def test_lines_are_filled_with_named_values_only() -> None:
    used = {name for question in questions().values() for line in question.lines for name in line.needs}
    assert used <= VALUES.keys()
