"""Rich replies as plain text, and what an answer to a list of choices means."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.plain import compose, meant
from bot.knowledge.lines import line

BY_NUMBER, BY_LETTER = line("channel.choose_number"), line("channel.choose_letter")


def buttons(*titles: str, **payloads: str) -> list[dict[str, str]]:
    return [{"title": title, "payload": payloads.get(f"p{n}", f"/{n}")} for n, title in enumerate(titles, 1)]


def test_messages_of_a_turn_become_one_text() -> None:
    assert compose([{"text": "一\n二"}, {"text": " 三 "}]).text == "一\n二\n\n三"


@pytest.mark.parametrize("messages", [[], [{}], [{"text": ""}], [{"text": None, "buttons": []}]])
def test_nothing_said_is_nothing_sent(messages: list[dict[str, Any]]) -> None:
    assert compose(messages).text == ""


def test_buttons_are_numbered_through_the_whole_turn() -> None:
    said = compose([{"text": "甲", "buttons": buttons("讲细一点")}, {"text": "乙？", "buttons": buttons("是", "否")}])

    assert said.text == f"甲\n1. 讲细一点\n\n乙？\n2. 是\n3. 否\n\n{BY_NUMBER}"
    assert [choice.payload for choice in said.choices] == ["/1", "/1", "/2"]


def test_choices_before_an_open_question_get_letters_so_that_a_number_answers_the_question() -> None:
    said = compose([{"text": "甲", "buttons": buttons("讲细一点")}, {"text": "欠了几笔？"}])

    assert said.text == f"甲\nA. 讲细一点\n\n欠了几笔？\n\n{BY_LETTER}"
    assert meant("1", said.choices, said.lettered) == "1"
    assert meant("A", said.choices, said.lettered) == meant("ａ", said.choices, said.lettered) == "/1"


def test_small_numbers_in_titles_get_letters_so_that_three_means_three_months() -> None:
    said = compose([{"text": "延多久？", "buttons": buttons("6个月", "12个月", "3个月")}])

    assert "C. 3个月" in said.text
    assert meant("3", said.choices, said.lettered) == "3"
    assert meant("B", said.choices, said.lettered) == "/2"
    assert meant("3个月", said.choices, said.lettered) == "/3"


@pytest.mark.parametrize("title", ["打95188", "3000元以上"])
def test_a_telephone_number_or_an_amount_is_no_small_number(title: str) -> None:
    assert not compose([{"text": "怎么办？", "buttons": buttons(title, "在App里说")}]).lettered


def test_offers_that_send_their_own_number_keep_it() -> None:
    said = compose([{"text": "哪个？", "buttons": buttons("按第1个谈", "按第2个谈", p1="1", p2="2")}])

    assert not said.lettered
    assert meant("第二个", said.choices, said.lettered) == "2"


@pytest.mark.parametrize("text", ["3", "2个", "0", "我有2个孩子", "20000", "逾期2个月", "好的", "", "第九个"])
def test_what_names_no_choice_stays_what_it_is(text: str) -> None:
    said = compose([{"text": "?", "buttons": buttons("是", "否")}])
    assert meant(text, said.choices, said.lettered) == text


def test_a_card_is_its_text_unless_a_text_stands_beside_it() -> None:
    assert compose([{"custom": {"type": "ladder", "text": "先要一千"}}]).text == "先要一千"
    assert compose([{"text": "甲", "custom": {"text": "乙"}}]).text == "甲"
    assert compose([{"custom": {"type": "chart"}}]).text == ""


@pytest.mark.parametrize(
    "attachment",
    [
        "https://guide.example/a.pdf",
        {"type": "file", "payload": {"url": "https://guide.example/a.pdf"}},
        {"type": "image", "payload": {"src": "https://guide.example/a.pdf"}},
        {"url": "https://guide.example/a.pdf"},
    ],
)
def test_a_file_is_a_link(attachment: Any) -> None:
    link = "https://guide.example/a.pdf"
    assert compose([{"text": "材料", "attachment": attachment}]).text == f"材料\n{line('channel.file', address=link)}"


def test_a_picture_is_a_link_and_a_broken_one_is_nothing() -> None:
    assert compose([{"image": "https://a.example/p.png"}]).text == line(
        "channel.picture", address="https://a.example/p.png"
    )
    assert compose([{"text": "甲", "image": {"payload": 5}, "attachment": {}}]).text == "甲"


def test_more_choices_than_letters_are_numbered() -> None:
    many = compose([{"text": "?", "buttons": buttons(*(f"选{n}号" for n in range(1, 31)))}])
    assert "30. 选30号" in many.text
