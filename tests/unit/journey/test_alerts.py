"""Alerts on lines of our own (tests/cases/alerts), when they are due, and what of a message they leave to be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from builders import heard
from hypothesis import given
from hypothesis import strategies as st

from bot.journey.alerts import MOST, Hit, due, find_alerts, rest, without_theirs
from bot.knowledge.loader import catalog
from bot.reading import normalise
from bot.reading.traditional import to_traditional

CASES = Path(__file__).parents[2] / "cases/alerts"
ALERTS = catalog().alerts


def cases(key: str) -> Iterator[tuple[str, str]]:
    """Every line of the case files under ``key``, with the alert it is for."""
    for path in sorted(CASES.glob("*.yml")):
        for text in yaml.safe_load(path.read_text("utf-8"))[key]:
            yield path.stem, text


def found(text: str) -> list[str]:
    """The alerts that ``text`` sets off."""
    return [hit.alert.id for hit in find_alerts(normalise(text))]


def hits(*names: str) -> list[Hit]:
    """Hits of these alerts, somewhere."""
    return [Hit(ALERTS[name], 0, 1) for name in names]


@pytest.mark.parametrize(("alert", "text"), cases("sets_off"))
def test_what_is_dangerous_sets_its_alert_off(alert: str, text: str) -> None:
    assert alert in found(text)


@pytest.mark.parametrize(("alert", "text"), cases("leaves_alone"))
def test_what_is_harmless_does_not(alert: str, text: str) -> None:
    assert alert not in found(text)


def test_every_alert_has_lines_enough_on_both_sides() -> None:
    assert {path.stem for path in CASES.glob("*.yml")} == set(ALERTS)
    for key, least in (("sets_off", 8), ("leaves_alone", 6)):
        lines = list(cases(key))
        assert [name for name in ALERTS if sum(1 for alert, _ in lines if alert == name) < least] == []


def test_traditional_writing_sets_the_same_alerts_off() -> None:
    assert [text for _, text in cases("sets_off") if found(to_traditional(text)) != found(text)] == []


def test_the_most_serious_comes_first_and_covers_others() -> None:
    assert found("老公打我，还怕爸妈知道") == ["violence"]
    assert found("我15岁，借高利贷还花呗") == ["minor", "new_loan"]
    assert found("保证金已经转给中介了，他说能洗白征信") == ["money_gone"]


@pytest.mark.parametrize(
    "text",
    ["", "3000", "花呗欠8000，逾期20天", "我失业了，借呗还不上", "能不能分12期", "没有了", "95188打不通", "/affirm"],
)
def test_everyday_messages_set_nothing_off(text: str) -> None:
    assert found(text) == []


def test_the_journey_s_own_examples_set_nothing_off_but_by_right() -> None:
    """Statements of being unable to pay, and steering words, are where a false alarm would hurt most."""
    calm = {
        "affirm",
        "deny",
        "dont_know",
        "go_back",
        "greet",
        "thank",
        "goodbye",
        "stop",
        "ask_progress",
        "view_records",
    }
    calm |= {"ask_due_date", "ask_balance", "ask_minimum_payment", "ask_early_settlement", "report_agreement"}
    sentences = Path(__file__).parents[2] / "sentences"
    lines = [
        text for name in sorted(calm) for text in yaml.safe_load((sentences / f"{name}.yml").read_text())["sentences"]
    ]
    assert len(lines) > 200
    assert [text for text in lines if found(text)] == []


def test_an_alert_is_said_once_and_again_after_some_messages() -> None:
    wait = ALERTS["deposit"].cooldown

    assert due(hits("deposit"), {}, 5, is_question=False) == hits("deposit")
    assert due(hits("deposit"), {"deposit": 5}, 6, is_question=False) == []
    assert due(hits("deposit"), {"deposit": 5}, 5 + wait, is_question=False) == []
    assert due(hits("deposit"), {"deposit": 5}, 6 + wait, is_question=False) == hits("deposit")


def test_an_alert_is_said_again_when_somebody_asks() -> None:
    assert due(hits("deposit"), {"deposit": 5}, 6, is_question=True) == hits("deposit")


def test_another_alert_is_said_although_one_was() -> None:
    assert due(hits("money_gone"), {"deposit": 5}, 6, is_question=False) == hits("money_gone")


def test_after_a_new_start_the_count_of_messages_may_be_smaller() -> None:
    assert due(hits("deposit"), {"deposit": 50}, 2, is_question=False) == hits("deposit")


def test_no_more_than_a_few_are_said_at_once() -> None:
    assert due(hits("violence", "minor", "gambling"), {}, 1, is_question=False) == hits("violence", "minor")
    assert MOST == 2


def left(text: str) -> tuple[str, list[str]]:
    """What is left to be read of ``text``: the words and the kinds of mentions."""
    message = heard(text)
    words, mentions = without_theirs(message.text, message.mentions, find_alerts(message.text))
    assert len(words) == len(message.text)
    return words.strip(), [mention.entity for mention in mentions]


def test_a_swindler_s_amount_is_not_read() -> None:
    assert left("对方要我先交3000保证金") == ("", [])


def test_the_person_s_own_clause_is_read() -> None:
    words, kinds = left("对方要我先交3000保证金，我工资4000")
    assert words == "，我工资4000"
    assert kinds == ["field", "money"]


def test_products_and_causes_are_the_person_s_own_even_there() -> None:
    assert left("想再借5000还花呗")[1] == ["product"]
    assert "cause" in left("刷单被骗了两万")[1]


def test_a_forged_paper_is_no_paper_that_is_there() -> None:
    assert left("帮我P一张病历") == ("", [])


def test_what_was_lost_is_no_answer_but_a_debt_with_its_name_is() -> None:
    assert "money" not in left("被骗了5000")[1]
    assert {"product", "money"} <= set(left("被骗了，花呗欠5000")[1])
    assert {"product", "money"} <= set(left("网赌输的花呗5000")[1])


def test_beaten_people_are_read_in_full() -> None:
    words, kinds = left("老公打我，工资4000")
    assert words == "老公打我，工资4000"
    assert "money" in kinds


def test_the_rest_is_what_stands_outside_the_clause() -> None:
    message = heard("法院传票可以不理吗，花呗上征信吗")
    assert rest(message.text, message.mentions, find_alerts(message.text)).strip() == "，花呗上征信吗"


@given(st.text(max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    message = heard(text)
    left_text, _ = without_theirs(message.text, message.mentions, find_alerts(message.text))
    assert len(left_text) == len(message.text)
