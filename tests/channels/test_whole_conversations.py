"""Whole conversations of the test bench with the trained bot, each through the own protocol of every channel."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from itertools import count
from typing import Any

import aiohttp
import pytest
from conversations.runner import Conversation, Said, conversations, problems
from rasa.core.channels import BUILTIN_CHANNELS

from bot.channels.rest import Rest
from bot.channels.socket import WebChat
from bot.settings import settings
from tests.channels.messenger import KINDS, Messenger, inside, listening, messenger
from tests.channels.test_credentials import uncommented
from tests.channels.test_socket import phone, until

MOST_TURNS = 6
SEEN_IN_TEXT = ("bot", "not", "buttons")
"""What of a turn can be told from the messages alone."""

SHORT = [
    one
    for one in conversations()
    if len(one.turns) <= MOST_TURNS and not one.given and not any("restart" in turn for turn in one.turns)
]
"""Held over a messenger from the first word on: nothing is given, and nothing is started anew in between."""
CHOSEN = SHORT[:: max(len(SHORT) // 20, 1)][:20]


Turn = Callable[[str, str], Awaitable[Said]]
"""What a person reads after saying a text with an id, and the titles of the choices in it."""


async def turn(chat: Messenger, text: str, message_id: str) -> Said:
    """A turn over a messenger: what comes on the connection, and what comes through the interface."""
    before = len(chat.api.said)
    status, body = await chat.say(text, message_id)
    assert status == 200
    on_connection = [inside(chat, body)["Content"]] if body.startswith("<xml>") else []
    heard = chat.api.said[before:]
    assert {person for person, _ in heard} <= {chat.platform.person}
    assert not (on_connection and heard), "never both"
    texts = on_connection or [text for _, text in heard]
    if chat.api.menus and texts and chat.api.menus[-1][0] == texts[-1]:
        return Said(texts, chat.api.menus[-1][1])
    rows = [row for text in texts for row in text.splitlines()]
    return Said(texts, [row.partition(". ")[2] for row in rows if ". " in row])


@asynccontextmanager
async def over_a_messenger(kind: str, person: str, bot: Any, **how: Any) -> AsyncIterator[Turn]:
    takes_menus = how.pop("takes_menus", False)
    async with messenger(kind, agent=bot.agent, **how) as chat:
        chat.platform.person = person
        await bot.agrees(f"{chat.channel.name()}:{person}")
        chat.api.takes_menus = takes_menus
        yield lambda text, message_id: turn(chat, text, message_id)


@asynccontextmanager
async def over_rest(person: str, bot: Any) -> AsyncIterator[Turn]:
    async def say(text: str, _: str) -> Said:
        asked = {"sender": person, "message": text}
        async with aiohttp.ClientSession() as http, http.post(f"{url}/webhooks/rest/webhook", json=asked) as answer:
            return said_in(await answer.json(), "buttons")

    await bot.agrees(person)
    async with listening([Rest(settings())], bot.agent) as url:
        yield say


@asynccontextmanager
async def over_the_page(person: str, bot: Any) -> AsyncIterator[Turn]:
    async def say(text: str, message_id: str) -> Said:
        before = len(one.all("bot_uttered"))
        await one.send(text, id=message_id)
        await until(lambda: {"id": message_id} in one.all("turn_done"), seconds=60)
        return said_in(one.all("bot_uttered")[before:], "quick_replies")

    session = hashlib.sha256(person.encode()).hexdigest()
    await bot.agrees(session)
    async with listening([WebChat()], bot.agent) as url, phone(url, ("polling",)) as one:
        await one.open(session)
        yield say


def said_in(messages: list[dict[str, Any]], buttons: str) -> Said:
    titles = [button["title"] for message in messages for button in message.get(buttons) or ()]
    return Said([message["text"] for message in messages if message.get("text")], titles)


WAYS: dict[str, Callable[[str, Any], AbstractAsyncContextManager[Turn]]] = {
    **{kind: partial(over_a_messenger, kind) for kind in KINDS},
    **{
        f"{kind} with buttons": partial(over_a_messenger, kind, takes_menus=True)
        for kind in ("wechat", "dingtalk", "feishu")
    },
    "wechat sealed, on the connection": partial(over_a_messenger, "wechat sealed", answer_seconds=60.0),
    "rest": over_rest,
    "the page": over_the_page,
}


@pytest.mark.model
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("conversation", CHOSEN, ids=lambda one: one.id)
def test_a_conversation_goes_through_every_channel(conversation: Conversation, way: str, bot: Any) -> None:
    async def held() -> None:
        async with WAYS[way](f"{way} {conversation.id}", bot) as say:
            for number, wanted in zip(count(1), conversation.turns, strict=False):
                said = await say(wanted["user"], str(number))
                checks = {name: value for name, value in wanted.items() if name in SEEN_IN_TEXT}
                assert list(problems(checks, said, {}, None, 0)) == [], said.text

    bot.loop.run_until_complete(held())


def test_every_channel_of_credentials_yml_is_gone_through() -> None:
    ours = {f"{type(KINDS[kind][1]('http://x', None)).__module__}" for kind in KINDS}
    held = ours | {"rest", "bot.channels.socket"}
    no_conversation = {"bot.channels.page", "bot.channels.papers"}
    named = {name.rpartition(".")[0] or name for name in uncommented()}
    assert named - BUILTIN_CHANNELS.keys() == held - {"rest"} | no_conversation


def test_twenty_conversations_are_held() -> None:
    assert len(CHOSEN) == 20


@pytest.mark.model
def test_a_person_answers_by_number_over_wechats_own_xml(bot: Any) -> None:
    async def held() -> None:
        async with messenger("wechat sealed", agent=bot.agent) as chat:
            chat.platform.person = "oWholeConversation"
            first = await turn(chat, "删除我的数据", "1")
            assert first.buttons == ["删除", "不删"]
            second = await turn(chat, "２", "2")
            assert "都留着没动" in second.text
            third = await turn(chat, "我失业了，花呗欠了8000块，还不上", "3")
            assert "花呗" in third.text
            assert "8,000" in third.text
            again = await turn(chat, "我失业了，花呗欠了8000块，还不上", "3")
            assert again.texts == [], "a repeat is not answered again"

    bot.loop.run_until_complete(held())


@pytest.mark.model
@pytest.mark.parametrize("kind", KINDS)
def test_the_pack_comes_as_links_and_as_a_picture_where_the_address_is_public(
    kind: str, bot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUIDE_URL", "https://guide.example")
    settings.cache_clear()

    async def held() -> None:
        async with messenger(kind, agent=bot.agent) as chat:
            chat.platform.person = f"pack {kind}"
            await turn(chat, "我失业了，花呗欠了8000块，还不上", "1")
            said = await turn(chat, "导出", "2")
            for name in ("pack.pdf", "pack-phone.pdf", "card.png", "calendar.ics"):
                assert f"/{name}" in said.text
            assert "https://guide.example/papers/" in said.text
            ((person, png),) = chat.api.shown
            assert person == chat.platform.person
            assert png.startswith(b"\x89PNG")

    try:
        bot.loop.run_until_complete(held())
    finally:
        monkeypatch.undo()
        settings.cache_clear()
