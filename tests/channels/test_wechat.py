"""What is particular to WeChat and WeCom: five seconds on the open connection, echo strings, events, XML."""

from __future__ import annotations

import asyncio
import re

import pytest

from bot.channels.outbox import Box
from bot.channels.stores import InRedis
from bot.channels.wechat import WeChat
from bot.channels.xml import read_xml, write_xml
from bot.errors import ChannelError
from bot.knowledge.lines import line
from tests.channels.messenger import Messenger, inside, messenger
from tests.channels.platforms import TOKEN, FakeApi, Post, sha1, tencent_seal

WECHATS = pytest.mark.parametrize("kind", ["wechat", "wechat sealed"])
AT_ONCE = 30.0
"""More than any test takes: an answer that comes, comes on the connection."""


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
async def test_a_repeat_means_that_the_first_connection_is_dead_so_the_interface_carries_the_answer(kind: str) -> None:
    async with messenger(kind, answer_seconds=AT_ONCE) as chat:
        answers = asyncio.gather(*(chat.deliver(chat.platform.text("hold on")) for _ in range(3)))
        await chat.agent.held.wait()
        while await chat.channel.answering.store.get(chat.channel.answering.slot("again", "1")) is None:
            await asyncio.sleep(0)
        chat.agent.go.set()

        assert [body for _, body in await answers] == ["success"] * 3
        await chat.channel.settle()
        assert chat.api.texts == ["echo: hold on"]
        assert chat.agent.texts == ["hold on"]


@pytest.mark.redis
async def test_three_deliveries_at_once_to_two_workers_are_answered_once(redis_url: str) -> None:
    stores = InRedis(redis_url), InRedis(redis_url)
    async with (
        messenger("wechat sealed", stores[0], answer_seconds=AT_ONCE) as one,
        messenger("wechat sealed", stores[1], answer_seconds=AT_ONCE) as two,
    ):
        for agent in (one.agent, two.agent):
            agent.go.set()
        post = one.platform.text("hold on")
        answers = await asyncio.gather(one.deliver(post), two.deliver(post), one.deliver(post))
        await one.channel.settle()
        await two.channel.settle()

        assert {status for status, _ in answers} == {200}
        on_connection = [inside(one, body)["Content"] for _, body in answers if body != "success"]
        assert [*on_connection, *one.api.texts, *two.api.texts] == ["echo: hold on"]
        assert len(one.agent.texts) + len(two.agent.texts) == 1
    for store in stores:
        await store.close()


async def test_an_answer_is_not_lost_when_wechat_hangs_up() -> None:
    async with messenger("wechat", answer_seconds=AT_ONCE) as chat:
        post = chat.platform.text("hold on")
        waiting = asyncio.create_task(chat.deliver(post))
        await chat.agent.held.wait()
        waiting.cancel()  # closes the connection
        await asyncio.gather(waiting, return_exceptions=True)
        while chat.channel.connections:
            await asyncio.sleep(0)
        chat.agent.go.set()
        await chat.channel.settle()

    assert chat.api.texts == ["echo: hold on"]


@pytest.mark.parametrize("code", [45047, 48001, 45015])
async def test_where_the_interface_is_closed_a_quick_answer_goes_on_the_connection_message_by_message(
    code: int,
) -> None:
    async with messenger("wechat", answer_seconds=AT_ONCE) as chat:
        chat.api.closed = (200, {"errcode": code, "errmsg": "no"})
        chat.agent.answers["hello"] = [{"text": "一" * 600 + "。"}, {"text": "二" * 600}]
        assert inside(chat, (await chat.say("hello"))[1])["Content"] == "一" * 600 + "。"
        assert inside(chat, (await chat.say("next", "2"))[1])["Content"] == "二" * 600 + "\n\necho: next"
        assert inside(chat, (await chat.say("more", "3"))[1])["Content"] == "echo: more"
    assert chat.api.said == []


async def test_an_answer_of_several_messages_goes_through_the_interface_in_order() -> None:
    async with messenger("wechat", answer_seconds=AT_ONCE) as chat:
        chat.agent.answers["hello"] = [{"text": "一" * 600 + "。"}, {"text": "二" * 600}]
        assert (await chat.say("hello"))[1] == "success"

    assert chat.api.texts == ["一" * 600 + "。", "二" * 600]


async def test_an_answer_that_was_kept_is_not_said_twice() -> None:
    async with messenger("wechat", answer_seconds=AT_ONCE) as chat:
        chat.agent.answers["silent"] = []
        await chat.channel.answering.outbox.keep(Box(chat.platform.person, ("kept",)))
        body = (await chat.say("silent"))[1]
        assert inside(chat, body)["Content"] == "kept"
        assert (await chat.say("silent", "2"))[1] == "success"
        assert chat.api.said == []


def event(chat: Messenger, name: str, at: int = 1700000000, key: str = "") -> Post:
    return chat.platform.post("event", {"Event": name, "CreateTime": at, "EventKey": key})


@WECHATS
async def test_a_new_follower_is_greeted_once_and_again_after_coming_back(kind: str) -> None:
    async with messenger(kind) as chat:
        for name, at in (("subscribe", 1), ("subscribe", 1), ("unsubscribe", 2), ("subscribe", 3), ("LOCATION", 4)):
            assert await chat.deliver(event(chat, name, at)) == (200, "success")
            await chat.channel.settle()

    assert chat.agent.texts == ["/greet", "/greet"]


async def test_whoever_leaves_gets_nothing_any_more() -> None:
    async with messenger("wechat") as chat:
        chat.api.next.append(FakeApi.DOWN["wechat"])
        await chat.say("hello")
        await chat.deliver(event(chat, "unsubscribe"))
        await chat.channel.settle()
        assert await chat.channel.answering.outbox.take(chat.platform.person) == Box(chat.platform.person)
    assert chat.api.said == []


@pytest.mark.parametrize("kind", ["wechat", "wecom"])
async def test_a_click_in_the_menu_is_said_as_words(kind: str) -> None:
    async with messenger(kind) as chat:
        for _ in range(3):
            await chat.deliver(event(chat, "CLICK", key="我要协商还款"))
        await chat.deliver(event(chat, "CLICK", at=1700000001, key="导出"))
        await chat.deliver(event(chat, "VIEW", key="https://guide.example"))
        await chat.channel.settle()
    assert chat.agent.texts == ["我要协商还款", "导出"]


async def test_opening_the_chat_greets_once_and_never_in_a_conversation() -> None:
    async with messenger("wecom") as chat:
        for at in (1, 2):
            await chat.deliver(event(chat, "enter_agent", at))
            await chat.channel.settle()
        assert chat.agent.texts == ["/greet"]
        chat.platform.person = "somebody-else"
        await chat.say("我欠了三万")
        await chat.deliver(event(chat, "enter_agent", 3))
        await chat.channel.settle()
    assert chat.agent.texts == ["/greet", "我欠了三万"]


async def test_after_an_event_wechat_takes_three_messages() -> None:
    async with messenger("wechat") as chat:
        rows = [f"{number}{'一' * 600}。" for number in range(5)]
        chat.agent.answers["/greet"] = [{"text": row} for row in rows]
        await chat.deliver(event(chat, "subscribe"))
        await chat.channel.settle()
        assert chat.api.texts == rows[:3]
        await chat.say("next")
        assert chat.api.texts[3:] == [rows[3], f"{rows[4]}\n\necho: next"]


MENU = [{"title": "删除", "payload": "/affirm"}, {"title": "不删", "payload": "/deny"}]


async def test_choices_are_a_menu_and_what_is_pressed_comes_back_as_words() -> None:
    async with messenger("wechat", answer_seconds=AT_ONCE) as chat:
        chat.api.takes_menus = True
        chat.agent.answers["hello"] = [{"text": "您好。"}, {"text": "要删除吗？", "buttons": MENU}]
        assert (await chat.say("hello"))[1] == "success"
        assert chat.api.menus == [(f"您好。\n\n要删除吗？\n\n删除\n不删\n\n{line('channel.tap')}", ["删除", "不删"])]
        await chat.deliver(chat.platform.post("text", {"Content": "不删", "bizmsgmenuid": "2"}, "2"))
        await chat.channel.settle()
    assert chat.agent.texts == ["hello", "/deny"]


async def test_an_account_without_menus_gets_the_list_on_the_connection_and_no_further_menu_is_tried() -> None:
    async with messenger("wechat", answer_seconds=AT_ONCE) as chat:
        chat.agent.answers["hello"] = chat.agent.answers["more"] = [{"text": "要删除吗？", "buttons": MENU}]
        listed = f"要删除吗？\n1. 删除\n2. 不删\n\n{line('channel.choose_number')}"
        await chat.say("hello")
        await chat.say("more", "2")
        assert chat.api.texts == [listed, listed]
        assert sum(b"msgmenu" in body for body in chat.api.raw) == 0
        chat.api.closed = (200, {"errcode": 48001, "errmsg": "api unauthorized"})
        chat.agent.answers["again"] = chat.agent.answers["hello"]
        assert inside(chat, (await chat.say("again", "3"))[1])["Content"] == listed


async def test_choices_before_an_open_question_stay_a_list() -> None:
    async with messenger("wechat") as chat:
        chat.api.takes_menus = True
        chat.agent.answers["hello"] = [{"text": "甲", "buttons": MENU}, {"text": "欠了几笔？"}]
        await chat.say("hello")
    assert chat.api.menus == []
    assert "A. 删除" in chat.api.texts[0]


@pytest.mark.parametrize("kind", ["wechat", "wecom"])
async def test_speech_is_taken_as_words_where_wechat_has_heard_them(kind: str) -> None:
    async with messenger(kind) as chat:
        heard = {"MediaId": "m", "Format": "amr", "Recognition": "我失业了"}
        await chat.deliver(chat.platform.post("voice", heard, "1"))
        await chat.deliver(chat.platform.post("voice", {**heard, "Recognition": ""}, "2"))
        await chat.channel.settle()
    assert chat.agent.texts == ["我失业了"]
    assert chat.api.texts == ["echo: 我失业了", line("channel.voice_only")]


@pytest.mark.parametrize(
    ("kind", "content", "said"),
    [
        ("video", {"MediaId": "m", "ThumbMediaId": "t"}, "channel.words_only"),
        ("location", {"Location_X": "1", "Location_Y": "2", "Label": "private"}, "channel.place_only"),
        ("link", {"Title": "t", "Url": "http://169.254.169.254/"}, "channel.words_only"),
        ("text", {"Content": "【收到不支持的消息类型，暂无法显示】"}, "channel.words_only"),
    ],
)
async def test_what_is_no_text_is_answered_with_what_to_do(kind: str, content: dict[str, str], said: str) -> None:
    async with messenger("wechat") as chat:
        await chat.deliver(chat.platform.post(kind, content))
        await chat.channel.settle()
    assert chat.api.texts == [line(said)]
    assert chat.agent.heard == []


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
