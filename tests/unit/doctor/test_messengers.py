"""What the doctor says of the channels: offline from the variables, online with a local fake of each platform."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.doctor import messengers
from bot.doctor.finding import Finding
from bot.errors import ChannelError
from bot.settings import ROOT, read_settings
from tests.channels.messenger import KINDS
from tests.channels.platforms import FakeApi

GOOD = {
    "WECHAT_APP_ID": "wx0123456789abcdef",
    "WECHAT_APP_SECRET": "0123456789abcdef" * 2,
    "WECHAT_TOKEN": "token",
    "WECHAT_AES_KEY": "a" * 42 + "A",
    "WECOM_CORP_ID": "ww0123456789abcdef",
    "WECOM_AGENT_ID": "1000002",
    "WECOM_SECRET": "made-up-secret",
    "WECOM_TOKEN": "token",
    "WECOM_AES_KEY": "a" * 42 + "A",
    "DINGTALK_APP_KEY": "dingkey",
    "DINGTALK_APP_SECRET": "made-up-secret",
    "DINGTALK_ROBOT_CODE": "dingkey",
    "FEISHU_APP_ID": "cli_0123456789abcdef",
    "FEISHU_APP_SECRET": "made-up-secret",
    "FEISHU_ENCRYPT_KEY": "key",
    "FEISHU_VERIFICATION_TOKEN": "token",
}
ALL: dict[str, Any] = dict.fromkeys(messengers.OURS)


def told(blocks: dict[str, Any], environment: dict[str, str]) -> list[Finding]:
    found = list(messengers.configured(blocks, read_settings(environment), environment))
    assert all(one.todo for one in found if one.status != "ok")
    for value in environment.values():
        assert len(value) < 9 or value not in repr(found), "no value is shown"
    return found


def test_all_channels_with_all_variables_are_well() -> None:
    assert [(one.area, one.status) for one in told(ALL, GOOD)] == [
        (name, "ok") for name in ("wechat", "wecom", "dingtalk", "feishu")
    ]


@pytest.mark.parametrize("name", [name for name in GOOD if name != "WECHAT_AES_KEY"])
def test_each_missing_variable_is_named_with_where_to_find_it(name: str) -> None:
    (found,) = [one for one in told(ALL, {**GOOD, name: ""}) if one.status != "ok"]
    assert found.status == "wrong"
    assert name in found.found
    page = re.search(r"docs/channels/\w+\.md", found.todo)
    assert page
    assert f"`{name}`" in (ROOT / page.group()).read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("WECHAT_AES_KEY", "a" * 42, "wrong"),
        ("WECHAT_AES_KEY", "a" * 42 + "A=", "note"),
        ("WECOM_AES_KEY", "!" * 43, "wrong"),
        ("WECOM_AGENT_ID", "my agent", "wrong"),
        ("WECHAT_APP_ID", "gh_0123456789ab", "note"),
        ("WECHAT_TOKEN", "a token with blanks", "note"),
        ("WECOM_CORP_ID", "My Company Ltd", "note"),
        ("FEISHU_APP_ID", "0123456789abcdef", "note"),
    ],
)
def test_a_value_of_the_wrong_shape_is_named_without_showing_it(name: str, value: str, status: str) -> None:
    (found,) = [one for one in told(ALL, {**GOOD, name: value}) if one.status != "ok"]
    assert found.status == status
    assert name in found.found + found.todo


def test_plain_mode_is_noted() -> None:
    (found,) = [one for one in told(ALL, {**GOOD, "WECHAT_AES_KEY": ""}) if one.status != "ok"]
    assert (found.status, "plain mode" in found.found) == ("note", True)


def test_variables_of_a_channel_that_is_off_are_noted() -> None:
    found = told({"rest": None}, {"WECOM_SECRET": "made-up-secret"})
    assert [(one.area, one.status) for one in found] == [("wecom", "note")]


def test_rasas_own_channels_want_their_variables_too() -> None:
    block = {"telegram": {"access_token": "${TELEGRAM_ACCESS_TOKEN}", "verify": "${TELEGRAM_BOT_NAME}"}}
    (found,) = told(block, {"TELEGRAM_BOT_NAME": "a"})
    assert (found.status, found.found) == ("wrong", "not set: TELEGRAM_ACCESS_TOKEN")
    assert [one.status for one in told(block, {"TELEGRAM_BOT_NAME": "a", "TELEGRAM_ACCESS_TOKEN": "b"})] == ["ok"]


def test_the_projects_own_file_can_be_read_and_a_broken_one_is_named(tmp_path: Path) -> None:
    assert "bot.channels.rest.Rest" in messengers.switched_on(ROOT / "credentials.yml")
    (tmp_path / "credentials.yml").write_text("a: b: c")
    with pytest.raises(ChannelError, match=r"credentials\.yml"):
        messengers.switched_on(tmp_path / "credentials.yml")
    with pytest.raises(ChannelError, match=r"missing\.yml"):
        messengers.switched_on(tmp_path / "missing.yml")
    (tmp_path / "credentials.yml").write_text(yaml.safe_dump(["a"]))
    assert messengers.switched_on(tmp_path / "credentials.yml") == {}


@pytest.mark.parametrize(
    ("url", "needed", "status"),
    [
        ("https://guide.example", True, "ok"),
        ("http://8.8.8.8:5005", True, "note"),
        ("http://guide.example", False, "ok"),
        ("", True, "wrong"),
        ("http://localhost:5005", True, "wrong"),
        ("http://192.168.1.5:5005", True, "wrong"),
        ("http://[::1]:5005", True, "wrong"),
        ("http://mini.local", True, "wrong"),
        ("", False, "ok"),
    ],
)
def test_messengers_want_an_address_that_is_public(url: str, needed: bool, status: str) -> None:
    (found,) = messengers.address(read_settings({"GUIDE_URL": url}), needed)
    assert found.status == status


def test_only_platforms_have_to_reach_this_server() -> None:
    at_home = yaml.safe_load((ROOT / "credentials.yml").read_text("utf-8"))
    assert not messengers.is_reached_from_outside(at_home)
    for block in (*messengers.OURS, "telegram"):
        assert messengers.is_reached_from_outside({**at_home, block: None})


@pytest.mark.parametrize("kind", KINDS)
async def test_online_a_token_is_fetched_and_the_clocks_are_compared(kind: str) -> None:
    fake = FakeApi()
    async with fake.serving() as base:
        found = await messengers.online([KINDS[kind][1](base, None)], read_settings({}))
    assert [one.status for one in found] == ["ok", "ok"]
    assert len(fake.tokens) == 1


@pytest.mark.parametrize(
    ("kind", "status", "answer", "code"),
    [
        ("wechat", 200, {"errcode": 40164, "errmsg": "invalid ip 1.2.3.4"}, "40164"),
        ("wechat", 200, {"errcode": 40125, "errmsg": "invalid appsecret"}, "40125"),
        ("wecom", 200, {"errcode": 40001, "errmsg": "invalid credential"}, "40001"),
        ("dingtalk", 400, {"code": "invalidClientIdOrSecret", "message": "no"}, "invalidClientIdOrSecret"),
        ("feishu", 200, {"code": 10014, "msg": "app secret invalid"}, "10014"),
        ("feishu", 200, {"code": 99999, "msg": "another"}, "99999"),
    ],
)
async def test_online_a_refusal_is_named_by_its_code_with_what_to_do(
    kind: str, status: int, answer: dict[str, Any], code: str
) -> None:
    async def refuse(_: web.Request) -> web.Response:
        return web.json_response(answer, status=status)

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", refuse)
    server = TestServer(app)
    await server.start_server(access_log=None)
    found, *_ = await messengers.online([KINDS[kind][1](str(server.make_url("")), None)], read_settings({}))
    await server.close()
    assert found.status == "wrong"
    assert code in found.found
    assert found.todo
    assert "made-up" not in repr(found)


async def test_online_a_platform_that_cannot_be_reached_and_a_clock_that_is_wrong_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (found,) = await messengers.online([KINDS["feishu"][1]("http://127.0.0.1:9", None)], read_settings({}))
    assert (found.status, "unreachable" in found.found) == ("wrong", True)
    fake = FakeApi()
    async with fake.serving() as base:
        monkeypatch.setattr(messengers, "LARGEST_SKEW", -1.0)
        _, skewed = await messengers.online([KINDS["wecom"][1](base, None)], read_settings({}))
    assert skewed.status == "wrong"


async def test_online_the_address_is_asked_as_the_platform_does() -> None:
    async def health(_: web.Request) -> web.Response:
        return web.Response(text="ok")

    app = web.Application()
    app.router.add_get("/webhooks/wechat/", health)
    server = TestServer(app)
    await server.start_server(access_log=None)
    url = str(server.make_url("")).rstrip("/")
    assert (await messengers.answers("wechat", url)).status == "ok"
    assert (await messengers.answers("wecom", url)).found.endswith("HTTP 404")
    await server.close()
    assert (await messengers.answers("wechat", url)).status == "note"


def test_only_channels_that_can_be_made_are_asked() -> None:
    given = read_settings({**GOOD, "WECOM_AES_KEY": "short", "FEISHU_APP_ID": ""})
    assert [one.name() for one in messengers.made(ALL, given)] == ["wechat", "dingtalk"]
    assert messengers.made({}, given) == []
