"""What is particular to WeChat and WeCom: five seconds on the open connection, echo strings, events, XML."""

from __future__ import annotations

import asyncio
import re
from xml.etree import ElementTree

import pytest

from bot.channels.wechat import WeChat
from bot.channels.xml import read_xml, write_xml
from bot.errors import ChannelError
from tests.channels.messenger import Messenger, messenger
from tests.channels.platforms import TOKEN, sha1, tencent_open, tencent_seal

WECHATS = pytest.mark.parametrize("kind", ["wechat", "wechat sealed"])
AT_ONCE = 30.0
"""More than any test takes: an answer that comes, comes on the connection."""


def inside(chat: Messenger, body: str) -> dict[str, str]:
    """The fields of an answer on the connection, its signature checked."""
    fields = {field.tag: field.text or "" for field in ElementTree.fromstring(body)}
    if "Encrypt" not in fields:
        return fields
    assert fields["MsgSignature"] == sha1(TOKEN, fields["TimeStamp"], fields["Nonce"], fields["Encrypt"])
    message, owner = tencent_open(fields["Encrypt"])
    assert owner == chat.platform.owner
    return {field.tag: field.text or "" for field in ElementTree.fromstring(message)}


@WECHATS
async def test_a_quick_answer_goes_on_the_connection_and_nowhere_else(kind: str) -> None:
    async with messenger(kind, answer_seconds=AT_ONCE) as chat:
        status, body = await chat.say("<还> & ]]>")
        fields = inside(chat, body)

    assert status == 200
    assert (fields["ToUserName"], fields["FromUserName"]) == (chat.platform.person, "gh_1")
    assert (fields["MsgType"], fields["Content"]) == ("text", "echo: <还> & ]]>")
    assert fields["CreateTime"].isdigit()
    assert chat.api.said == []


@WECHATS
async def test_a_slow_bot_is_acknowledged_in_time_and_answers_once_through_the_interface(kind: str) -> None:
    async with messenger(kind, answer_seconds=0.05) as chat:
        status, body = await chat.deliver(chat.platform.text("hold on"))
        assert (status, body) == (200, "success")
        assert chat.api.said == []
        for _ in range(2):  # the repeats that come when the first acknowledgement was lost
            assert await chat.deliver(chat.platform.text("hold on")) == (200, "success")
        chat.agent.go.set()
        await chat.channel.settle()

    assert chat.api.said == [(chat.platform.person, "echo: hold on")]
    assert chat.agent.texts == ["hold on"]


def test_wechat_is_answered_before_its_five_seconds_are_over() -> None:
    assert 3 <= WeChat.answer_seconds < 5


@WECHATS
async def test_of_three_deliveries_at_once_one_carries_the_answer(kind: str) -> None:
    async with messenger(kind, answer_seconds=AT_ONCE) as chat:
        answers = asyncio.gather(*(chat.deliver(chat.platform.text("hold on")) for _ in range(3)))
        await chat.agent.held.wait()
        chat.agent.go.set()
        bodies = sorted((body for _, body in await answers), key=len)

    assert bodies[:2] == ["success", "success"]
    assert inside(chat, bodies[2])["Content"] == "echo: hold on"
    assert chat.api.said == []


async def test_an_answer_of_several_messages_goes_through_the_interface_in_order() -> None:
    async with messenger("wechat", answer_seconds=AT_ONCE) as chat:
        chat.agent.answers["hello"] = [{"text": "一" * 600 + "。"}, {"text": "二" * 600}]
        assert (await chat.say("hello"))[1] == "success"

    assert chat.api.texts == ["一" * 600 + "。", "二" * 600]


async def test_an_answer_that_was_kept_is_not_said_twice() -> None:
    async with messenger("wechat", answer_seconds=AT_ONCE) as chat:
        chat.agent.answers["silent"] = []
        await chat.channel._keep(chat.platform.person, ["kept"])
        body = (await chat.say("silent"))[1]
        assert inside(chat, body)["Content"] == "kept"
        assert (await chat.say("silent", "2"))[1] == "success"
        assert chat.api.said == []


@WECHATS
async def test_a_new_follower_is_greeted_once_and_other_events_need_no_answer(kind: str) -> None:
    async with messenger(kind) as chat:
        for event in ("subscribe", "subscribe", "unsubscribe", "CLICK", "LOCATION"):
            assert await chat.deliver(chat.platform.post("event", {"Event": event})) == (200, "success")
        await chat.channel.settle()

    assert chat.agent.texts == ["/greet"]


async def test_wechat_gets_its_echo_string_back_when_it_is_wechat() -> None:
    async with messenger("wechat") as chat:
        params = chat.platform.text("a").params
        assert await chat.ask({**params, "echostr": "12345"}) == (200, "12345")
        assert await chat.ask({**params, "echostr": "12345", "signature": "0"}) == (403, "")
        assert await chat.ask({}) == (403, "")


async def test_wecom_gets_what_is_inside_its_echo_string() -> None:
    async with messenger("wecom") as chat:
        params, sealed = chat.platform.text("a").params, tencent_seal("12345")
        signed = {**params, "msg_signature": sha1(TOKEN, params["timestamp"], "n", sealed)}
        assert await chat.ask({**signed, "echostr": sealed}) == (200, "12345")
        assert await chat.ask({**signed, "echostr": tencent_seal("12345")}) == (403, "")


async def test_an_unencrypted_message_is_refused_where_a_key_is_set() -> None:
    async with messenger("wechat sealed") as chat, messenger("wechat") as plain:
        assert (await chat.deliver(plain.platform.text("a")))[0] == 403
        assert chat.agent.heard == []


async def test_wecom_refuses_a_message_for_another_app_of_the_company() -> None:
    async with messenger("wecom") as chat:
        chat.platform.agent = 1
        assert (await chat.deliver(chat.platform.text("a")))[0] == 403


async def test_a_member_who_may_not_be_written_to_is_not_taken_for_answered(caplog: pytest.LogCaptureFixture) -> None:
    async with messenger("wecom") as chat:
        chat.api.next.append((200, {"errcode": 0, "invaliduser": chat.platform.person}))
        await chat.say("hello")
    assert "not delivered (invaliduser)" in caplog.text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"text",
        b"<xml>",
        b"\xff",
        b'<!DOCTYPE a [<!ENTITY b "c">]><xml><a>&b;</a></xml>',
        '<!DOCTYPE a [<!ENTITY b "c">]><xml><a>&b;</a></xml>'.encode("utf-16"),
    ],
    ids=["nothing", "text", "unclosed", "no UTF-8", "an entity", "an entity in UTF-16"],
)
def test_what_is_no_plain_xml_is_refused(body: bytes) -> None:
    with pytest.raises(ChannelError):
        read_xml(body)


@pytest.mark.parametrize("text", ["", "a", "<b>&amp;</b>", "]]>", "a]]>]]>b", "行一\n行二", "\U0001f62d"])
def test_what_is_written_is_read_again(text: str) -> None:
    body = write_xml({"Content": text, "CreateTime": 5})
    assert read_xml(body) == {"Content": text, "CreateTime": "5"}
    assert re.search(rb"<CreateTime>5</CreateTime>", body)
