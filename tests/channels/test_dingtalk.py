"""What is particular to DingTalk: formatted texts, speech that was heard, links that say a choice."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.channels.dingtalk import DingTalk
from bot.knowledge.lines import line
from tests.channels.messenger import messenger
from tests.channels.platforms import ROBOT


@pytest.mark.parametrize(
    ("kind", "content", "heard"),
    [
        ("audio", {"recognition": "我失业了", "downloadCode": "c", "duration": 1000}, "我失业了"),
        ("richText", {"richText": [{"text": "花呗欠"}, {"downloadCode": "c"}, {"text": "8000"}]}, "花呗欠\n8000"),
    ],
)
async def test_words_are_found_in_speech_and_in_formatted_texts(kind: str, content: Any, heard: str) -> None:
    async with messenger("dingtalk") as chat:
        await chat.deliver(chat.platform.post(kind, {"content": content}))
        await chat.channel.settle()
    assert chat.agent.texts == [heard]


@pytest.mark.parametrize(
    ("kind", "content", "said"),
    [
        ("audio", {"content": {"downloadCode": "c"}}, "channel.voice_only"),
        ("richText", {"content": {"richText": [{"downloadCode": "c"}]}}, "channel.words_only"),
        ("file", {"content": {"fileName": "a.pdf"}}, "channel.words_only"),
        ("video", {"content": "a text"}, "channel.words_only"),
        ("unknownMsgType", {}, "channel.words_only"),
    ],
)
async def test_what_has_no_words_is_answered_with_what_to_do(kind: str, content: Any, said: str) -> None:
    async with messenger("dingtalk") as chat:
        await chat.deliver(chat.platform.post(kind, content))
        await chat.channel.settle()
    assert chat.api.texts == [line(said)]


async def test_another_robot_is_refused_and_somebody_from_outside_cannot_be_answered() -> None:
    async with messenger("dingtalk") as chat:
        chat.platform.robot = "another"
        assert (await chat.deliver(chat.platform.text("a")))[0] == 403
        chat.platform.robot, chat.platform.person = ROBOT, ""
        assert (await chat.deliver(chat.platform.text("a", "2")))[0] == 400
        assert chat.agent.heard == []


async def test_a_choice_is_a_link_that_says_it_beside_its_number() -> None:
    async with messenger("dingtalk") as chat:
        chat.api.takes_menus = True
        buttons = [{"title": "延后*3*个月", "payload": "/affirm"}, {"title": "不用", "payload": "/deny"}]
        chat.agent.answers["hello"] = [{"text": "# 怎么选？\n_两个_", "buttons": buttons}]
        await chat.say("hello")

    said = json.loads(json.loads(chat.api.raw[-1])["msgParam"])["text"]
    assert said.startswith("＃ 怎么选？  \n＿两个＿  \n")
    assert "A. [延后＊3＊个月](dtmd://dingtalkclient/sendMessage?content=%E5%BB%B6" in said
    assert chat.api.menus[0][1] == ["延后*3*个月", "不用"]


async def test_a_text_with_an_address_stays_a_text() -> None:
    async with messenger("dingtalk") as chat:
        chat.api.takes_menus = True
        buttons = [{"title": "好", "payload": "/affirm"}]
        chat.agent.answers["hello"] = [{"text": "https://guide.example/a_b_c", "buttons": buttons}]
        await chat.say("hello")
    assert chat.api.menus == []
    assert "https://guide.example/a_b_c\n1. 好" in chat.api.texts[0]


async def test_a_member_whom_dingtalk_does_not_know_is_not_taken_for_answered(caplog: pytest.LogCaptureFixture) -> None:
    async with messenger("dingtalk") as chat:
        chat.api.next.append((200, {"processQueryKey": "k", "invalidStaffIdList": ["staff1"]}))
        await chat.say("hello")
        chat.api.next.append((200, {"processQueryKey": "k", "flowControlledStaffIdList": ["staff1"]}))
        await chat.say("again", "2")
    assert "not delivered (invalidStaffIdList)" in caplog.text
    assert "not delivered (flowControlledStaffIdList)" in caplog.text


def test_the_signature_is_valid_for_an_hour_as_dingtalk_says() -> None:
    from bot.channels.platforms import platform

    assert platform(DingTalk.name()).remember_seconds / 2 == 3600
