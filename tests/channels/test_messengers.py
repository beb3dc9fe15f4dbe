"""What every messenger's channel does, each on a real server with posts as its platform makes them."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels import answering, turns, webhook
from bot.channels.memory import InProcess
from bot.channels.outbox import Box
from bot.channels.platforms import platform
from bot.channels.stores import FILE, InFile, InRedis
from bot.knowledge.lines import line
from bot.metrics import DELIVERIES
from tests.channels.messenger import KINDS, Messenger, messenger
from tests.channels.platforms import FakeApi, Post

SEALED = [kind for kind in KINDS if kind not in ("wechat", "dingtalk")]


@pytest.fixture(params=KINDS)
async def chat(request: pytest.FixtureRequest) -> AsyncIterator[Messenger]:
    async with messenger(request.param) as made:
        yield made


def time_passes(chat: Messenger) -> None:
    """Everything that is to be done later is due."""
    chat.moment[0] += 7200


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


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>'
DEEP = "[" * 100_000
SURROGATE = '{"header": {"token": "\\ud800"}, "event": {}, "encrypt": "\\ud800"}'


@pytest.mark.parametrize(
    "body",
    ["", "{", "<xml>", "<xml></xml>", "[]", "null", '{"a": 1}', "\x00", "<a/>", BOMB, DEEP, SURROGATE],
    ids=["nothing", "{", "<xml>", "no fields", "[]", "null", "a", "zero", "<a/>", "bomb", "deep", "surrogate"],
)
async def test_what_cannot_be_read_is_refused_quietly(chat: Messenger, body: str) -> None:
    status, _ = await chat.deliver(chat.platform.signed(body))
    assert status in (400, 403)
    bare = chat.platform.signed(body)
    bare.body = body.encode()  # as an attacker posts it, who cannot encrypt
    status, _ = await chat.deliver(bare)
    assert status in (400, 403)
    assert chat.agent.heard == []
    assert await chat.say("still there") == await chat.say("still there", "2")


async def test_a_megabyte_is_refused(chat: Messenger) -> None:
    assert (await chat.deliver(chat.platform.signed("x" * 1_000_000)))[0] == 413
    assert (await chat.deliver(Post(b"x" * 1_000_000)))[0] == 413
    await chat.channel.settle()
    assert (chat.agent.heard, chat.api.said) == ([], [])


async def test_whoever_writes_a_very_long_message_is_told_how_much_of_it_was_read(chat: Messenger) -> None:
    most = answering.LONGEST_TEXT
    chat.agent.answers["字" * most] = [{"text": "好的。"}]
    await chat.say("字" * most)
    await chat.say("字" * most + "没读到", "2")
    assert chat.api.texts == ["好的。", f"{line('channel.cut', count=most)}\n\n好的。"]


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

    by_force = chat.platform.name == "wechat"
    assert len(chat.api.tokens) == 2 + by_force
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
    assert chat.api.texts == ["echo: secret words\n\necho: next"]


async def test_a_platform_that_was_down_gets_what_was_kept_when_it_is_back_without_a_word_of_the_person(
    chat: Messenger,
) -> None:
    chat.api.closed = FakeApi.DOWN[chat.platform.name]
    await chat.say("one")
    await chat.channel.answering.redeliver()
    assert chat.api.said == []
    chat.api.closed = None
    time_passes(chat)
    await chat.channel.answering.redeliver()
    await chat.channel.answering.redeliver()

    assert chat.api.said == [(chat.platform.person, "echo: one")]
    await chat.say("two", "2")
    assert chat.api.texts == ["echo: one", "echo: two"]


async def test_what_reached_the_platform_is_counted_and_what_did_not(chat: Messenger) -> None:
    def counted(outcome: str) -> float:
        return DELIVERIES.labels(chat.channel.answering.channel, outcome)._value.get()

    before = counted("delivered"), counted("failed")
    chat.api.closed = FakeApi.DOWN[chat.platform.name]
    await chat.say("one")
    assert (counted("delivered"), counted("failed")) == (before[0], before[1] + 1)
    chat.api.closed = None
    time_passes(chat)
    await chat.channel.answering.redeliver()
    assert (counted("delivered"), counted("failed")) == (before[0] + 1, before[1] + 1)


async def test_what_only_the_person_can_open_is_not_tried_again_by_itself(chat: Messenger) -> None:
    chat.api.closed = FakeApi.REFUSED[chat.platform.name]
    await chat.say("one")
    chat.api.closed = None
    time_passes(chat)
    await chat.channel.answering.redeliver()
    assert chat.api.said == []


@pytest.mark.parametrize("kind", KINDS)
async def test_what_was_kept_outlives_the_process_and_cannot_be_read_in_the_file(kind: str, tmp_path: Path) -> None:
    moment = [time.time()]
    first = InFile(tmp_path / FILE, lambda: moment[0])
    async with messenger(kind, first) as chat:
        chat.api.closed = FakeApi.DOWN[chat.platform.name]
        await chat.say("private words")
        person = chat.platform.person
    await first.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"private" not in kept
    assert person.encode() not in kept

    moment[0] += 60
    second = InFile(tmp_path / FILE, lambda: moment[0])
    async with messenger(kind, second) as chat:
        await chat.say("private words")  # the platform's own repeat
        assert chat.api.said == []
        await chat.channel.answering.redeliver()
        assert chat.api.said == [(person, "echo: private words")]
    await second.close()


async def test_an_answer_that_was_not_yet_sent_when_the_process_was_killed_is_sent_afterwards(tmp_path: Path) -> None:
    moment = [time.time()]
    first = InFile(tmp_path / FILE, lambda: moment[0])
    async with messenger("feishu", first) as chat:
        sending = asyncio.Event()

        async def hang(*_: object) -> None:
            sending.set()
            await asyncio.Event().wait()

        chat.channel.api.send = hang  # type: ignore[method-assign]
        await chat.deliver(chat.platform.text("hello"))
        await sending.wait()
        for task in set(chat.channel.answering.turns._tasks):  # killed
            task.cancel()
    await first.close()

    moment[0] += 121
    second = InFile(tmp_path / FILE, lambda: moment[0])
    async with messenger("feishu", second) as chat:
        await chat.channel.answering.redeliver()
        assert chat.api.texts == ["echo: hello"]
    await second.close()


async def test_the_pauses_between_tries_grow_to_an_hour(chat: Messenger) -> None:
    paused: list[float] = []

    async def later(queue: str, what: str, seconds: float) -> None:
        paused.append(seconds)

    chat.channel.answering.store.later = later  # type: ignore[method-assign]
    for tries in range(12):
        await chat.channel.answering.outbox.again(Box("p", ("t",), tries))
    assert paused[:3] == [30.0, 60.0, 120.0]
    assert max(paused) == paused[-1] == 3600.0


async def test_who_has_deleted_everything_is_forgotten_and_nobody_else(chat: Messenger) -> None:
    chat.agent.answers["hello"] = [{"text": "?", "buttons": [{"title": "好", "payload": "/affirm"}]}]
    chat.api.closed = FakeApi.DOWN[chat.platform.name]
    await chat.say("hello")
    await chat.channel.forget(f"{chat.platform.name}:another")
    await chat.channel.forget(chat.platform.person)
    assert (await chat.channel.answering.outbox.take(chat.platform.person)).pieces
    await chat.say("hello", "2")
    await chat.channel.forget(f"{chat.platform.name}:{chat.platform.person}")

    assert await chat.channel.answering.outbox.take(chat.platform.person) == Box(chat.platform.person)
    chat.api.closed = None
    await chat.say("1", "3")
    assert chat.agent.texts[-1] == "1", "what was offered is forgotten too"


async def test_what_could_not_be_sent_for_two_days_is_given_up(chat: Messenger) -> None:
    kept: dict[str, float] = {}
    outbox = chat.channel.answering.outbox

    async def put(key: str, text: str, seconds: float) -> None:
        kept[key] = seconds

    chat.channel.answering.store.put = put  # type: ignore[method-assign]
    await outbox.again(Box("p", ("t",), 3, time.time() - 47 * 3600))
    assert [3500 < seconds <= 3600 for seconds in kept.values()] == [True]
    kept.clear()
    await outbox.again(Box("p", ("t",), 50, time.time() - 49 * 3600))
    assert kept == {}


async def test_a_reminder_that_cannot_be_sent_puts_nothing_out_that_was_kept(chat: Messenger) -> None:
    chat.api.closed = FakeApi.DOWN[chat.platform.name]
    await chat.say("one")
    output = chat.channel.get_output_channel()
    await output.send_response(f"{chat.platform.name}:{chat.platform.person}", {"text": "明天是还款日。"})
    chat.api.closed = None
    await chat.say("two", "2")
    assert "".join(chat.api.texts) == "echo: one\n\n明天是还款日。\n\necho: two"


async def test_a_slow_turn_is_not_taken_for_a_dead_one(chat: Messenger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "RENEW_SECONDS", 0.0)
    post = chat.platform.text("hold on")
    await chat.deliver(post)
    await chat.agent.held.wait()
    for _ in range(3):
        chat.moment[0] += answering.CLAIM_SECONDS - 1
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    await chat.deliver(post)
    chat.agent.go.set()
    await chat.channel.settle()
    assert chat.agent.texts == ["hold on"]


@pytest.mark.redis
async def test_two_processes_answer_one_person_one_after_another(redis_url: str) -> None:
    stores = InRedis(redis_url), InRedis(redis_url)
    async with messenger("feishu", stores[0]) as one, messenger("feishu", stores[1]) as two:
        await one.deliver(one.platform.text("hold on", "1"))
        await one.agent.held.wait()
        await two.deliver(two.platform.text("second", "2"))
        assert two.agent.heard == []
        one.agent.go.set()
        await one.channel.settle()
        await two.channel.settle()
        assert two.api.texts == ["echo: second"]
    for store in stores:
        await store.close()


async def test_whoever_writes_faster_than_can_be_answered_is_asked_once_to_slow_down(
    chat: Messenger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "MOST_WAITING", 3)
    for number in range(10):
        await chat.deliver(chat.platform.text(f"hold {number}", str(number)))
    await chat.agent.held.wait()
    while not chat.api.said:
        await asyncio.sleep(0)
    assert chat.api.texts == [line("channel.too_many")]
    chat.agent.go.set()
    await chat.channel.settle()
    assert chat.agent.texts == ["hold 0", "hold 1", "hold 2"]
    await chat.say("and now", "99")
    assert chat.agent.texts[-1] == "and now"


async def test_a_platform_that_cannot_be_reached_loses_nothing(chat: Messenger) -> None:
    base, chat.channel.api._base = chat.channel.api._base, "http://127.0.0.1:9"
    await chat.say("one")
    chat.channel.api._base = base
    await chat.say("two", "2")

    assert chat.api.texts == ["echo: one\n\necho: two"]


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
        await chat.channel.answering.store.claim(chat.channel.answering.slot("seen", "1"), 120)
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
