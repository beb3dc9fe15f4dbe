"""What every messenger's channel does, each on a real server with posts as its platform makes them."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator

import pytest

from bot.channels.memory import InProcess
from bot.channels.platforms import platform
from bot.knowledge.lines import line
from tests.channels.messenger import KINDS, Messenger, messenger
from tests.channels.platforms import FakeApi

SEALED = [kind for kind in KINDS if kind not in ("wechat", "dingtalk")]


@pytest.fixture(params=KINDS)
async def chat(request: pytest.FixtureRequest) -> AsyncIterator[Messenger]:
    async with messenger(request.param) as made:
        yield made


async def test_a_message_is_answered_once_to_the_person_who_sent_it(chat: Messenger) -> None:
    status, body = await chat.say("我还不上了")

    assert status == 200
    assert "echo" not in body
    assert chat.api.said == [(chat.platform.person, "echo: 我还不上了")]
    assert chat.agent.heard == [(f"{chat.platform.name}:{chat.platform.person}", "我还不上了")]


async def test_chinese_goes_out_unescaped(chat: Messenger) -> None:
    await chat.say("还款")

    assert b"\\u" not in b"".join(chat.api.raw)
    assert "还款".encode() in b"".join(chat.api.raw)


async def test_a_wrong_signature_is_refused_and_nothing_is_processed(chat: Messenger) -> None:
    post = chat.platform.text("hello")
    where, name = next(
        (place, name)
        for name in ("msg_signature", "signature", "sign", "X-Lark-Signature")
        for place in (post.params, post.headers)
        if name in place
    )
    for wrong in ("0" * len(where[name]), "", where[name][:-1]):
        where[name] = wrong
        assert (await chat.deliver(post))[0] == 403
    del where[name]
    assert (await chat.deliver(post))[0] == 403
    await chat.channel.settle()
    assert (chat.agent.heard, chat.api.said) == ([], [])


@pytest.mark.parametrize("hours", [-9, 9])
async def test_a_stale_message_is_refused(chat: Messenger, hours: int) -> None:
    status, _ = await chat.deliver(chat.platform.text("hello", at=time.time() + hours * 3600))

    assert status == 403
    assert chat.agent.heard == []


async def test_an_id_is_remembered_longer_than_its_message_may_be_under_way(chat: Messenger) -> None:
    limit = platform(chat.platform.name).remember_seconds
    assert (await chat.deliver(chat.platform.text("a", at=time.time() - limit / 2 + 30)))[0] == 200
    assert (await chat.deliver(chat.platform.text("b", at=time.time() - limit / 2 - 30)))[0] == 403


async def test_a_message_delivered_again_is_only_acknowledged(chat: Messenger) -> None:
    post = chat.platform.text("hello")
    first = await chat.deliver(post)
    await chat.channel.settle()

    assert await chat.deliver(post) == first
    await chat.channel.settle()
    assert chat.api.texts == ["echo: hello"]


async def test_three_deliveries_at_once_are_answered_once(chat: Messenger) -> None:
    post = chat.platform.text("hold on")
    answers = asyncio.gather(*(chat.deliver(post) for _ in range(3)))
    await chat.agent.held.wait()

    assert {status for status, _ in await answers} == {200}  # acknowledged while the bot is still at it
    assert chat.api.said == []
    chat.agent.go.set()
    await chat.channel.settle()
    assert chat.api.texts == ["echo: hold on"]
    assert chat.agent.texts == ["hold on"]


@pytest.mark.parametrize("kind", SEALED)
async def test_a_message_for_another_app_is_refused(kind: str) -> None:
    async with messenger(kind) as chat:
        chat.platform.owner = chat.platform.app = "wx1111111111111111"
        assert (await chat.deliver(chat.platform.text("hello")))[0] == 403
        assert chat.agent.heard == []


async def test_a_picture_gets_a_kind_answer_without_the_bot(chat: Messenger) -> None:
    kind, content = chat.platform.picture
    assert (await chat.deliver(chat.platform.post(kind, content)))[0] == 200
    await chat.channel.settle()

    assert chat.api.texts == [line("channel.words_only")]
    assert chat.agent.heard == []


@pytest.mark.parametrize("text", ["", "   ", "\u200b"])
async def test_nothing_to_read_gets_the_same_answer(chat: Messenger, text: str) -> None:
    await chat.say(text)
    assert chat.api.texts == [line("channel.words_only")]


@pytest.mark.parametrize("body", ["", "{", "<xml>", "<xml></xml>", "[]", "null", '{"a": 1}', "\x00", "<a/>"])
async def test_what_cannot_be_read_is_refused_quietly(chat: Messenger, body: str) -> None:
    status, _ = await chat.deliver(chat.platform.signed(body))

    assert status in (400, 403)
    assert chat.agent.heard == []
    assert await chat.say("still there") == await chat.say("still there", "2")


async def test_a_megabyte_is_refused(chat: Messenger) -> None:
    assert (await chat.deliver(chat.platform.signed("x" * 1_000_000)))[0] == 413


async def test_a_long_answer_is_cut_at_sentences_as_the_platform_counts(chat: Messenger) -> None:
    limits = platform(chat.platform.name)
    sentence = "先把吃饭和住处的钱留出来，再看能还多少。"
    chat.agent.answers["hello"] = [{"text": sentence * (limits.most * 3 // len(sentence.encode()))}]
    await chat.say("hello")

    assert len(chat.api.texts) > 1 if limits.unit == "bytes" else chat.api.texts
    assert "".join(chat.api.texts) == chat.agent.answers["hello"][0]["text"]
    for text in chat.api.texts:
        assert text.endswith("。")
        assert len(text.encode() if limits.unit == "bytes" else text) <= limits.most


async def test_what_is_more_than_the_platform_takes_comes_with_the_next_answer(chat: Messenger) -> None:
    limits = platform(chat.platform.name)
    filling = "一" * (limits.most // (3 if limits.unit == "bytes" else 1) - 3)
    rows = [f"{number:02}{filling}。" for number in range(limits.messages_per_turn + 2)]
    chat.agent.answers["hello"] = [{"text": "\n\n".join(rows)}]
    await chat.say("hello")
    assert chat.api.texts == rows[: limits.messages_per_turn]

    await chat.say("next", "2")
    assert chat.api.texts == [*rows, "echo: next"]


@pytest.mark.parametrize("answer", ["2", "２", "第二个", "选2", "②", "不删"])
async def test_a_choice_is_answered_by_its_number(chat: Messenger, answer: str) -> None:
    buttons = [{"title": "删除", "payload": "/affirm"}, {"title": "不删", "payload": "/deny"}]
    chat.agent.answers["hello"] = [{"text": "要删除吗？", "buttons": buttons}]
    await chat.say("hello")
    await chat.say(answer, "2")
    await chat.say(answer, "3")

    assert chat.api.texts[0] == f"要删除吗？\n1. 删除\n2. 不删\n\n{line('channel.choose_number')}"
    assert chat.agent.texts == ["hello", "/deny", answer], "a choice counts until something else was said"


async def test_two_people_do_not_share_their_choices(chat: Messenger) -> None:
    chat.agent.answers["hello"] = [{"text": "?", "buttons": [{"title": "好", "payload": "/affirm"}]}]
    await chat.say("hello")
    chat.platform.person = "somebody-else"
    await chat.say("1", "2")

    assert chat.agent.texts == ["hello", "1"]


async def test_a_bot_that_breaks_down_says_so_and_logs_no_words(
    chat: Messenger, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await chat.say("fail")

    assert chat.api.texts == [line("channel.failed")]
    assert "RuntimeError" in caplog.text
    assert "private words" not in caplog.text


async def test_a_token_is_fetched_once_and_renewed_once_when_it_has_ended(chat: Messenger) -> None:
    await chat.say("one", "1")
    await chat.say("two", "2")
    assert len(chat.api.tokens) == 1

    chat.api.good.clear()
    await chat.say("three", "3")
    assert len(chat.api.tokens) == 2
    assert chat.api.texts == ["echo: one", "echo: two", "echo: three"]


async def test_a_token_that_is_never_good_is_not_fetched_for_ever(
    chat: Messenger, caplog: pytest.LogCaptureFixture
) -> None:
    chat.api.new_token = lambda: chat.api.tokens.append("bad") or "bad"  # type: ignore[method-assign, func-returns-value]
    await chat.say("hello")

    assert len(chat.api.tokens) == 2
    assert chat.api.said == []
    assert "not delivered" in caplog.text


async def test_passing_trouble_is_waited_out(chat: Messenger) -> None:
    chat.api.next.extend([(500, {}), (503, {})])
    await chat.say("hello")

    assert chat.api.texts == ["echo: hello"]


async def test_what_the_platform_refuses_is_logged_without_words_and_comes_with_the_next_answer(
    chat: Messenger, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    refused = FakeApi.REFUSED[chat.platform.name]
    chat.api.next.append(refused)
    await chat.say("secret words")
    assert chat.api.said == []
    assert str(refused[1].get("errcode") or refused[1]["code"]) in caplog.text
    for private in ("secret words", chat.platform.person, "token-1", "made-up"):
        assert private not in caplog.text

    await chat.say("next", "2")
    assert chat.api.texts == ["echo: secret words", "echo: next"]


async def test_a_platform_that_cannot_be_reached_loses_nothing(chat: Messenger) -> None:
    base, chat.channel.api._base = chat.channel.api._base, "http://127.0.0.1:9"
    await chat.say("one")
    chat.channel.api._base = base
    await chat.say("two", "2")

    assert chat.api.texts == ["echo: one", "echo: two"]


async def test_messages_of_one_person_are_answered_in_their_order(chat: Messenger) -> None:
    await chat.deliver(chat.platform.text("hold it", "1"))
    await chat.deliver(chat.platform.text("second", "2"))
    await chat.agent.held.wait()
    assert chat.agent.texts == ["hold it"]
    chat.agent.go.set()
    await chat.channel.settle()

    assert chat.api.texts == ["echo: hold it", "echo: second"]


async def test_a_repeat_is_taken_after_the_worker_that_had_it_died() -> None:
    moment = [0.0]
    async with messenger("feishu", InProcess(lambda: moment[0])) as chat:
        await chat.channel._store.claim(chat.channel._slot("seen", "1"), 120)
        await chat.say("hello")
        assert chat.api.said == []
        moment[0] = 121.0
        await chat.say("hello")
        assert chat.api.texts == ["echo: hello"]
        moment[0] = 6 * 3600.0
        await chat.say("hello")
        assert chat.api.texts == ["echo: hello"]


async def test_a_reminder_is_sent_without_being_asked(chat: Messenger) -> None:
    await chat.channel.get_output_channel().send_response(
        f"{chat.platform.name}:{chat.platform.person}", {"text": "明天是还款日。"}
    )
    assert chat.api.said == [(chat.platform.person, "明天是还款日。")]


@pytest.mark.parametrize("kind", ["dingtalk", "feishu"])
async def test_in_a_group_the_person_is_asked_in_private_to_talk_in_private(kind: str) -> None:
    async with messenger(kind) as chat:
        chat.platform.kind_of_chat = "2" if kind == "dingtalk" else "group"
        await chat.say("我欠了三万")

        assert chat.api.said == [(chat.platform.person, line("channel.alone_only"))]
        assert chat.agent.heard == []
