"""Which script a person writes, and the bot's words in traditional characters."""

from __future__ import annotations

import pytest
from contract.test_copy import COPY
from hypothesis import given
from hypothesis import strategies as st
from unit.knowledge.texts import texts

from bot.reading import normalise
from bot.reading.traditional import (
    SIMPLIFIED,
    TRADITIONAL,
    asked_script,
    script_after,
    to_traditional,
    written_script,
)

EVERYTHING = sorted({*(text for _, text in COPY), *(one.words for one in texts())})


@pytest.mark.parametrize("text", ["花唄還不上", "還錢", "我失業了，點算好", "借唄同花唄都逾期啦", "沒有錢還"])
def test_traditional_writing_is_seen(text: str) -> None:
    assert written_script(text) == TRADITIONAL


@pytest.mark.parametrize("text", ["没钱还借呗", "这个月实在还不上了，怎么办", "逾期几天会上征信"])
def test_simplified_writing_is_seen(text: str) -> None:
    assert written_script(text) == SIMPLIFIED


@pytest.mark.parametrize("text", ["", "3000", "有", "沒有", "没有", "是的", "ok", "不知道", "收到", "/affirm", "9号"])
def test_a_few_characters_tell_nothing(text: str) -> None:
    assert written_script(text) is None


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("用繁体", TRADITIONAL),
        ("请用繁體字回答", TRADITIONAL),
        ("可以說繁體嗎", TRADITIONAL),
        ("繁體", TRADITIONAL),
        ("看不懂简体", TRADITIONAL),
        ("讲简体", SIMPLIFIED),
        ("换成简体中文", SIMPLIFIED),
        ("请不要用繁体", SIMPLIFIED),
        ("看不懂繁體，用簡體", SIMPLIFIED),
        ("简体", SIMPLIFIED),
        ("我身体不好，简单说吧", None),
        ("你说的繁体字我看不懂", None),
        ("花呗还不上", None),
    ],
)
def test_a_wish_for_a_script_is_heard(text: str, script: str | None) -> None:
    assert asked_script(text) == script


def test_the_script_is_the_one_written_last() -> None:
    assert script_after(None, None, None) is None
    assert script_after(None, None, SIMPLIFIED) is None
    first = script_after(None, None, TRADITIONAL)
    assert first == {"name": TRADITIONAL, "asked": False}
    assert script_after(first, None, None) == first
    assert script_after(first, None, SIMPLIFIED) == {"name": SIMPLIFIED, "asked": False}


def test_a_wish_holds_until_the_next_wish() -> None:
    wished = script_after(None, TRADITIONAL, SIMPLIFIED)
    assert wished == {"name": TRADITIONAL, "asked": True}
    assert script_after(wished, None, SIMPLIFIED) == wished
    assert script_after(wished, SIMPLIFIED, None) == {"name": SIMPLIFIED, "asked": True}


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("为了还款，请在App里点客服", "為了還款，請在App裏點客服"),
        ("着急吃饭，群里说账户余额", "着急吃飯，群裏說賬戶餘額"),
        ("发卡银行从本金里扣，先冲抵利息，没有回音", "發卡銀行從本金裏扣，先沖抵利息，沒有回音"),
        ("去柜台复印病历，看日历，复利", "去櫃台複印病歷，看日曆，複利"),
        ("跑了三公里", "跑了三公里"),
        ("网贷、短信、视频", "網貸、短信、視頻"),  # the words stay: the App's labels have to be found
    ],
)
def test_the_everyday_forms_are_written(simplified: str, traditional: str) -> None:
    assert to_traditional(simplified) == traditional


def test_what_is_said_can_be_typed_back() -> None:
    assert [text for text in EVERYTHING if normalise(to_traditional(text)) != normalise(text)] == []


def test_converting_twice_changes_nothing_more() -> None:
    assert [text for text in EVERYTHING if to_traditional(to_traditional(text)) != to_traditional(text)] == []


def test_no_reply_is_taken_for_traditional_by_itself() -> None:
    assert [text for text in EVERYTHING if written_script(text) == TRADITIONAL] == []


@given(st.text(max_size=50))
def test_no_text_makes_it_fail(text: str) -> None:
    to_traditional(text)
    assert written_script(text) in (None, SIMPLIFIED, TRADITIONAL)
    assert asked_script(text) in (None, SIMPLIFIED, TRADITIONAL)


@given(st.text(alphabet="用繁體简体说還不上花唄贷钱", max_size=12), st.sampled_from([None, SIMPLIFIED, TRADITIONAL]))
def test_reading_the_same_message_twice_gives_the_same_script(text: str, name: str | None) -> None:
    before = script_after(None, None, name)
    once = script_after(before, asked_script(text), written_script(text))
    assert script_after(once, asked_script(text), written_script(text)) == once
