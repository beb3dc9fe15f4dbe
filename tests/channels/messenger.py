"""A messenger's channel on a real server, with a fake platform on both sides of it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from xml.etree import ElementTree

import aiohttp
from rasa.core.run import configure_app
from sanic import Sanic

from bot.channels.dingtalk import DingTalk, DingTalkApi
from bot.channels.feishu import Feishu, FeishuApi
from bot.channels.memory import InProcess, Memory
from bot.channels.sealed import TencentCipher
from bot.channels.webhook import Webhook
from bot.channels.wechat import WeChat, WeChatApi
from bot.channels.wecom import WeCom, WeComApi
from tests.channels.platforms import (
    AES_KEY,
    AGENT,
    APP,
    FEISHU_KEY,
    ROBOT,
    SECRET,
    TOKEN,
    DingTalkPlatform,
    FakeApi,
    FeishuPlatform,
    Post,
    SealedWeChatPlatform,
    WeChatPlatform,
    WeComPlatform,
    sha1,
    tencent_open,
)

NO_PAUSE = (0.0, 0.0)


class ScriptedAgent:
    """Says what it is told to say; ``hold`` makes it wait until ``go`` is set."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.answers: dict[str, list[dict[str, Any]]] = {}
        self.go = asyncio.Event()
        self.held = asyncio.Event()

    async def handle_message(self, message: Any) -> None:
        self.heard.append((message.sender_id, message.text))
        if message.text == "fail":
            raise RuntimeError("told to fail with private words")
        if message.text.startswith("hold"):
            self.held.set()
            await self.go.wait()
        for said in self.answers.get(message.text, [{"text": f"echo: {message.text}"}]):
            await message.output_channel.send_response(message.sender_id, dict(said))

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.heard]


def _wechat(url: str, store: Memory | None) -> Webhook:
    return WeChat(TOKEN, None, WeChatApi(APP, SECRET, url, pauses=NO_PAUSE), store)


def _sealed_wechat(url: str, store: Memory | None) -> Webhook:
    return WeChat(TOKEN, TencentCipher(AES_KEY, APP), WeChatApi(APP, SECRET, url, pauses=NO_PAUSE), store)


def _wecom(url: str, store: Memory | None) -> Webhook:
    return WeCom(TOKEN, TencentCipher(AES_KEY, APP), WeComApi(APP, AGENT, SECRET, url, pauses=NO_PAUSE), store)


def _dingtalk(url: str, store: Memory | None) -> Webhook:
    return DingTalk(SECRET, ROBOT, DingTalkApi("key", SECRET, ROBOT, url, url, pauses=NO_PAUSE), store)


def _feishu(url: str, store: Memory | None) -> Webhook:
    return Feishu(APP, FEISHU_KEY, TOKEN, FeishuApi(APP, SECRET, url, pauses=NO_PAUSE), store)


KINDS: dict[str, tuple[type, Callable[[str, Memory | None], Webhook]]] = {
    "wechat": (WeChatPlatform, _wechat),
    "wechat sealed": (SealedWeChatPlatform, _sealed_wechat),
    "wecom": (WeComPlatform, _wecom),
    "dingtalk": (DingTalkPlatform, _dingtalk),
    "feishu": (FeishuPlatform, _feishu),
}


class Messenger:
    """One channel under test with everything around it."""

    def __init__(self, url: str, channel: Webhook, platform: Any, api: FakeApi, agent: Any) -> None:
        self.url, self.channel, self.platform, self.api, self.agent = url, channel, platform, api, agent
        self.moment = [0.0]
        """The clock of what the channel remembers, where the test gives it no memory of its own."""

    async def deliver(self, post: Post) -> tuple[int, str]:
        """Post as the platform does: the status and the body of the answer."""
        address = f"{self.url}/webhooks/{self.platform.name}/webhook"
        async with (
            aiohttp.ClientSession() as http,
            http.post(address, data=post.body, params=post.params, headers=post.headers) as answer,
        ):
            return answer.status, await answer.text()

    async def ask(self, params: dict[str, str]) -> tuple[int, str]:
        """The platform's question whether the address is ours."""
        address = f"{self.url}/webhooks/{self.platform.name}/webhook"
        async with aiohttp.ClientSession() as http, http.get(address, params=params) as answer:
            return answer.status, await answer.text()

    async def say(self, text: str, message_id: str = "1") -> tuple[int, str]:
        """Deliver a text and wait until it is answered."""
        answer = await self.deliver(self.platform.text(text, message_id))
        await self.channel.settle()
        return answer


@asynccontextmanager
async def listening(channels: list[Any], agent: Any) -> AsyncIterator[str]:
    """Rasa's own server with ``channels``: its address."""
    Sanic._app_registry.clear()
    Sanic.test_mode = True
    app = configure_app(channels, None, None, enable_api=False, use_uvloop=False)
    app.ctx.agent = agent
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    server = await app.create_server(sock=bound, return_asyncio_server=True, access_log=False)
    assert server is not None
    await server.startup()
    await server.before_start()
    await server.after_start()
    try:
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        await server.before_stop()
        server.close()
        await server.wait_closed()
        await server.after_stop()


@asynccontextmanager
async def messenger(
    kind: str, store: Memory | None = None, agent: Any = None, answer_seconds: float | None = 0.0
) -> AsyncIterator[Messenger]:
    """The channel of ``kind``; nothing is answered on the open connection unless ``answer_seconds`` says so."""
    platform, make = KINDS[kind]
    api, agent, moment = FakeApi(), agent or ScriptedAgent(), [0.0]
    async with api.serving() as base:
        channel = make(base, store or InProcess(lambda: moment[0]))
        if answer_seconds is not None:
            channel.answer_seconds = answer_seconds
        async with listening([channel], agent) as url:
            chat = Messenger(url, channel, platform(), api, agent)
            chat.moment = moment
            yield chat
            await channel.settle()


def inside(chat: Messenger, body: str) -> dict[str, str]:
    """The fields of WeChat's answer on the connection, its signature checked."""
    fields = {field.tag: field.text or "" for field in ElementTree.fromstring(body)}
    if "Encrypt" not in fields:
        return fields
    assert fields["MsgSignature"] == sha1(TOKEN, fields["TimeStamp"], fields["Nonce"], fields["Encrypt"])
    message, owner = tencent_open(fields["Encrypt"])
    assert owner == chat.platform.owner
    return {field.tag: field.text or "" for field in ElementTree.fromstring(message)}
