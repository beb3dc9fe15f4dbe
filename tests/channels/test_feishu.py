"""What is particular to Feishu: the question for its address, and messages it drops when they come twice."""

from __future__ import annotations

import json

import pytest

from tests.channels.messenger import messenger
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
