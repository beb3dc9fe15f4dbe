"""What is particular to Feishu: the question for its address, and messages it drops when they come twice."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.channels import feishu
from bot.knowledge.lines import line
from tests.channels.messenger import Messenger, messenger
from tests.channels.platforms import TOKEN, Post


def asks(chat: object, **told: str) -> Post:
    return Post(chat.platform.sealed(json.dumps({"type": "url_verification", "challenge": "c1", **told})))  # type: ignore[attr-defined]


async def test_feishu_gets_its_challenge_back_without_a_signature() -> None:
    async with messenger("feishu") as chat:
        status, body = await chat.deliver(asks(chat, token=TOKEN))
        assert (status, json.loads(body)) == (200, {"challenge": "c1"})


@pytest.mark.parametrize("token", ["", "another"])
async def test_a_challenge_with_another_token_is_refused(token: str) -> None:
    async with messenger("feishu") as chat:
        assert await chat.deliver(asks(chat, token=token)) == (403, "")


async def test_what_is_not_encrypted_is_refused() -> None:
    async with messenger("feishu") as chat:
        assert (await chat.deliver(Post(b'{"type": "url_verification", "challenge": "c1"}')))[0] == 403


def event(chat: Messenger, kind: str, event_id: str, told: dict[str, Any]) -> Post:
    head = {"event_id": event_id, "event_type": kind, "token": TOKEN, "app_id": chat.platform.app}
    return chat.platform.signed(json.dumps({"schema": "2.0", "header": head, "event": told}))


async def test_only_a_challenge_may_come_without_a_signature() -> None:
    async with messenger("feishu") as chat:
        post = chat.platform.text("hello")
        assert (await chat.deliver(Post(post.body)))[0] == 403
        assert chat.agent.heard == []


async def test_nothing_is_decrypted_before_its_signature_is_known_to_be_right(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(feishu, "feishu_open", lambda sealed, key: opened.append(sealed))
    async with messenger("feishu") as chat:
        post = chat.platform.text("hello")
        post.headers["X-Lark-Signature"] = "0" * 64
        assert (await chat.deliver(post))[0] == 403
    assert opened == []


async def test_choices_are_buttons_and_a_button_says_its_title_once() -> None:
    async with messenger("feishu") as chat:
        chat.api.takes_menus = True
        buttons = [{"title": "删除", "payload": "/affirm"}, {"title": "不删", "payload": "/deny"}]
        chat.agent.answers["hello"] = [{"text": "要删除吗？", "buttons": buttons}]
        await chat.say("hello")
        assert chat.api.menus == [(f"要删除吗？\n\n{line('channel.tap')}", ["删除", "不删"])]

        pressed = {"operator": {"open_id": chat.platform.person}, "action": {"tag": "button", "value": {"say": "不删"}}}
        for _ in range(3):
            status, body = await chat.deliver(event(chat, "card.action.trigger", "e1", pressed))
            assert (status, body) == (200, "{}")
        await chat.channel.settle()
        assert chat.agent.texts == ["hello", "/deny"]

        await chat.deliver(event(chat, "card.action.trigger", "e2", pressed))  # an old card, pressed later
        await chat.channel.settle()
        assert chat.agent.texts[-1] == "不删"


async def test_a_card_without_our_value_and_another_bots_message_need_no_answer() -> None:
    async with messenger("feishu") as chat:
        pressed = {"operator": {"open_id": "ou_1"}, "action": {"tag": "button"}}
        message = {"chat_type": "p2p", "message_type": "text", "content": '{"text": "a"}'}
        bot = {"sender": {"sender_type": "app", "sender_id": {"open_id": "ou_2"}}, "message": message}
        assert (await chat.deliver(event(chat, "card.action.trigger", "1", pressed)))[0] == 200
        assert (await chat.deliver(event(chat, "im.message.receive_v1", "2", bot)))[0] == 200
        nobody = {"sender": {"sender_type": "user", "sender_id": {"open_id": None}}, "message": message}
        assert (await chat.deliver(event(chat, "im.message.receive_v1", "3", nobody)))[0] == 400
        assert chat.agent.heard == []


async def test_the_menu_says_its_key_and_opening_the_chat_greets_once() -> None:
    async with messenger("feishu") as chat:
        opened = {"operator_id": {"open_id": chat.platform.person}}
        menu = {"event_key": "我要协商还款", "operator": {"operator_id": {"open_id": chat.platform.person}}}
        for number in range(2):
            await chat.deliver(event(chat, feishu.OPENED, f"o{number}", opened))
            await chat.channel.settle()
        await chat.deliver(event(chat, "application.bot.menu_v6", "m", menu))
        await chat.channel.settle()
    assert chat.agent.texts == ["/greet", "我要协商还款"]


async def test_a_formatted_text_is_read_and_its_pictures_are_not() -> None:
    rows = [[{"tag": "text", "text": "我"}, {"tag": "a", "text": "失业了"}], [{"tag": "img", "image_key": "k"}]]
    async with messenger("feishu") as chat:
        await chat.deliver(
            chat.platform.post("post", {"title": "", "content": [*rows, [{"tag": "text", "text": "还不上"}]]})
        )
        await chat.channel.settle()
        assert chat.agent.texts == ["我失业了\n还不上"]
        for number, (kind, content, said) in enumerate(
            [
                ("post", {"content": rows[1:]}, "words_only"),
                ("audio", {"file_key": "k", "duration": 2000}, "voice_only"),
                ("sticker", {"file_key": "k"}, "emoji_only"),
                ("location", {"name": "private"}, "place_only"),
            ],
            2,
        ):
            await chat.deliver(chat.platform.post(kind, content, str(number)))
            await chat.channel.settle()
            assert chat.api.texts[-1] == line(f"channel.{said}")


async def test_other_events_need_no_answer() -> None:
    async with messenger("feishu") as chat:
        head = {
            "event_id": "1",
            "event_type": "im.message.message_read_v1",
            "token": TOKEN,
            "app_id": chat.platform.app,
        }
        assert await chat.deliver(chat.platform.signed(json.dumps({"header": head, "event": {}}))) == (200, "{}")
        assert chat.agent.heard == []


async def test_a_message_sent_again_has_the_same_uuid_and_another_message_has_another() -> None:
    async with messenger("feishu") as chat:
        chat.api.next.append((500, {}))
        await chat.say("one", "1")
        await chat.say("two", "2")
        uuids = [json.loads(body)["uuid"] for body in chat.api.raw]
    assert uuids[0] == uuids[1] != uuids[2]
