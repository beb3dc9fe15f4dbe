"""Calling a platform: when a call is tried again and when it must not be."""

from __future__ import annotations

import asyncio
import contextlib
import socket

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.api import DeliveryError
from bot.channels.dingtalk import DingTalkApi
from bot.channels.feishu import FeishuApi
from bot.channels.memory import InProcess
from bot.channels.wechat import WeChatApi
from bot.channels.wecom import WeComApi
from tests.channels.platforms import AGENT, APP, SECRET, FakeApi


async def test_a_token_is_renewed_before_it_ends() -> None:
    fake, moment = FakeApi(), [0.0]
    async with fake.serving() as base:
        api = WeChatApi(APP, SECRET, base, now=lambda: moment[0])
        for at, tokens in ((0.0, 1), (6800.0, 1), (6901.0, 2), (6902.0, 2)):
            moment[0] = at
            await api.send("p", "t")
            assert len(fake.tokens) == tokens
    assert fake.asked_for_tokens[0] == {"grant_type": "client_credential", "appid": APP, "secret": SECRET}


async def test_many_at_once_fetch_one_token_and_renew_it_once() -> None:
    fake = FakeApi()
    async with fake.serving() as base:
        api = FeishuApi(APP, SECRET, base)
        await asyncio.gather(*(api.send("p", str(n)) for n in range(10)))
        assert len(fake.tokens) == 1
        fake.good.clear()
        await asyncio.gather(*(api.send("p", str(n)) for n in range(10)))
    assert len(fake.tokens) == 2
    assert len(fake.said) == 20


async def test_workers_share_one_token_and_the_one_that_is_refused_is_changed_once_for_all() -> None:
    fake, store = FakeApi(), InProcess()
    async with fake.serving() as base:
        workers = [WeComApi(APP, AGENT, SECRET, base) for _ in range(3)]
        for worker in workers:
            worker.share(store)
            await worker.send("p", "t")
        assert len(fake.tokens) == 1
        fake.good.clear()
        for worker in workers:
            await worker.send("p", "t")
    assert len(fake.tokens) == 2
    assert len(fake.said) == 6


async def test_two_apps_do_not_share_a_token() -> None:
    fake, store = FakeApi(), InProcess()
    async with fake.serving() as base:
        for app in ("one", "two"):
            api = WeChatApi(app, SECRET, base)
            api.share(store)
            await api.send("p", "t")
    assert len(fake.tokens) == 2


async def test_a_token_that_wechat_refuses_and_gives_again_is_changed_by_force() -> None:
    fake = FakeApi()
    async with fake.serving() as base:
        api = WeChatApi(APP, SECRET, base)
        await api.send("p", "one")
        fake.good.clear()
        fake.gives_the_same_token = True
        await api.send("p", "two")
    assert [asked.get("force_refresh") for asked in fake.asked_for_tokens] == [None, None, True]
    assert fake.texts == ["one", "two"]


@pytest.mark.parametrize(
    ("code", "tries", "closed"),
    [(45047, 1, True), (45015, 1, True), (45009, 1, False), (-1, 3, False), (45011, 3, False)],
)
async def test_a_limit_is_waited_for_only_where_seconds_help(code: int, tries: int, closed: bool) -> None:
    fake = FakeApi()
    fake.closed = (200, {"errcode": code, "errmsg": "no"})
    async with fake.serving() as base:
        with pytest.raises(DeliveryError, match=str(code)) as failed:
            await WeChatApi(APP, SECRET, base, pauses=(0.0, 0.0)).send("p", "t")
    assert len(fake.raw) == tries
    assert failed.value.closed is closed


async def test_where_no_connection_comes_about_nothing_was_sent_so_it_is_tried_again() -> None:
    with socket.socket() as full, contextlib.ExitStack() as waiting:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _ in range(3):  # nobody accepts: the next one hangs
            one = waiting.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        api = WeChatApi(APP, SECRET, f"http://127.0.0.1:{full.getsockname()[1]}", pauses=(0.0,), timeout=0.4)
        api._token, api._good_until = "t", float("inf")
        with pytest.raises(DeliveryError, match="unreachable") as failed:
            await api.send("p", "words")
    assert not failed.value.unsure
    assert failed.value.passing


async def test_no_redirection_is_followed() -> None:
    async def elsewhere(_: web.Request) -> web.Response:
        raise web.HTTPFound("http://169.254.169.254/")

    app = web.Application()
    app.router.add_post("/{rest:.*}", elsewhere)
    server = TestServer(app)
    await server.start_server(access_log=None)
    with pytest.raises(DeliveryError):
        await WeChatApi(APP, SECRET, str(server.make_url("")), pauses=()).send("p", "t")
    await server.close()


@pytest.mark.parametrize(("make", "tries"), [(WeChatApi, 1), (FeishuApi, 3)])
async def test_what_may_have_arrived_is_sent_again_only_where_the_platform_drops_repeats(
    make: type[WeChatApi] | type[FeishuApi], tries: int
) -> None:
    got: list[str] = []

    async def token(_: web.Request) -> web.Response:
        told = {"access_token": "t", "tenant_access_token": "t", "expires_in": 7200, "expire": 7200}
        return web.json_response(told)

    async def hang_up(request: web.Request) -> web.Response:
        got.append(request.path)
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    app = web.Application()
    app.router.add_post("/cgi-bin/stable_token", token)
    app.router.add_post("/auth/v3/tenant_access_token/internal", token)
    app.router.add_post("/{rest:.*}", hang_up)
    server = TestServer(app)
    await server.start_server(access_log=None)
    with pytest.raises(DeliveryError) as failed:
        await make(APP, SECRET, str(server.make_url("")), pauses=(0.0, 0.0)).send("p", "words")
    await server.close()

    assert len(got) == tries
    assert failed.value.unsure is (tries == 1)
    assert "words" not in str(failed.value)


@pytest.mark.parametrize("body", ["", "no JSON", "[]", '{"expires_in": 7200}', '{"access_token": "t"}'])
async def test_a_token_that_cannot_be_read_is_a_failure_and_no_crash(body: str) -> None:
    async def token(_: web.Request) -> web.Response:
        return web.Response(text=body)

    app = web.Application()
    app.router.add_post("/cgi-bin/stable_token", token)
    server = TestServer(app)
    await server.start_server(access_log=None)
    with pytest.raises(DeliveryError, match="no "):
        await WeChatApi(APP, SECRET, str(server.make_url("")), pauses=()).send("p", "words")
    await server.close()


async def test_the_platform_is_given_time_before_it_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    fake, slept = FakeApi(), []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async with fake.serving() as base:
        api = DingTalkApi("k", SECRET, "dingrobot0", base)
        fake.next.extend([(429, {}), (500, {}), (503, {})])
        with monkeypatch.context() as patched:
            patched.setattr("bot.channels.api.asyncio.sleep", sleep)
            await api.send("p", "t")
    assert slept == [1.0, 3.0, 9.0]
    assert fake.texts == ["t"]
