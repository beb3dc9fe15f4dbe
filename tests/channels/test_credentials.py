"""How the channels are switched on: from credentials.yml, with everything secret from the environment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.core.channels import BUILTIN_CHANNELS
from rasa.core.channels.botframework import BotFrameworkInput
from rasa.core.run import create_http_input_channels

from bot.channels.dingtalk import DingTalk
from bot.channels.feishu import Feishu
from bot.channels.webhook import Webhook
from bot.channels.wechat import WeChat
from bot.channels.wecom import WeCom
from bot.errors import ChannelError
from bot.settings import ROOT, VARIABLES, settings
from tests.channels.platforms import AES_KEY

OURS: list[type[Webhook]] = [WeChat, WeCom, DingTalk, Feishu]
CREDENTIALS = (ROOT / "credentials.yml").read_text("utf-8")
NO_SERVICE = {"cmdline", "callback", "rasa", "rest", "socketio", "twilio_voice"}
"""Channels of Rasa that are no messenger, or speak no Chinese (twilio_voice)."""


def uncommented() -> dict[str, Any]:
    """credentials.yml with every block switched on."""
    lines = [re.sub(r"^# (?=[a-z_.A-Z]+:$|  [a-z_-]+: )", "", row) for row in CREDENTIALS.splitlines()]
    found: dict[str, Any] = yaml.safe_load("\n".join(lines))
    return found


@pytest.fixture
def _fresh() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


def values(channel: type[Webhook]) -> dict[str, str]:
    return {name: "5" if "AGENT" in name else AES_KEY if "AES" in name else "x" for name in channel.VARIABLES}


@pytest.mark.usefixtures("_fresh")
@pytest.mark.parametrize("channel", OURS)
def test_a_channel_is_made_from_the_environment(channel: type[Webhook], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in values(channel).items():
        monkeypatch.setenv(name, value)
    made = channel.from_credentials(None)
    assert isinstance(made, channel)
    assert made.url_prefix() == channel.__module__.rsplit(".", 1)[-1]


@pytest.mark.usefixtures("_fresh")
@pytest.mark.parametrize(("channel", "missing"), [(one, name) for one in OURS for name in one.VARIABLES])
def test_a_missing_variable_is_named(channel: type[Webhook], missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in values(channel).items():
        monkeypatch.setenv(name, "" if name == missing else value)
    with pytest.raises(ChannelError, match=f"{channel.name()} needs {missing}$"):
        channel.from_credentials(None)


@pytest.mark.parametrize("channel", OURS)
def test_a_secret_in_the_file_is_refused_without_showing_it(channel: type[Webhook]) -> None:
    with pytest.raises(ChannelError, match="environment") as refused:
        channel.from_credentials({"secret": "made-up-secret"})
    assert "made-up" not in str(refused.value)


@pytest.mark.usefixtures("_fresh")
def test_wechat_takes_a_key_and_wecom_wants_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**values(WeChat), **values(WeCom), "WECHAT_AES_KEY": "short"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("WECOM_AGENT_ID", "five")
    with pytest.raises(ChannelError, match="43"):
        WeChat.from_credentials(None)
    with pytest.raises(ChannelError, match="number"):
        WeCom.from_credentials(None)


def test_every_channel_of_ours_has_its_block_and_its_variables_are_settings() -> None:
    for channel in OURS:
        assert uncommented()[f"{channel.__module__}.{channel.__name__}"] is None
        assert set(channel.VARIABLES) <= VARIABLES.keys()


def test_no_messenger_is_on_until_somebody_switches_it_on() -> None:
    assert set(yaml.safe_load(CREDENTIALS)) == {
        "bot.channels.rest.Rest",
        "bot.channels.page.Page",
        "bot.channels.papers.Papers",
        "bot.channels.socket.WebChat",
    }


def test_every_messenger_of_rasas_own_has_its_block_with_its_secrets_from_the_environment() -> None:
    blocks = uncommented()
    assert BUILTIN_CHANNELS.keys() - NO_SERVICE <= blocks.keys()
    for name in BUILTIN_CHANNELS.keys() - NO_SERVICE:
        assert all(re.fullmatch(r"\$\{[A-Z_]+\}", value) for value in blocks[name].values()), name


def test_rasas_own_channels_start_from_their_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Bot Framework fetches Microsoft's keys when it is made; tests use no network.
    monkeypatch.setattr(BotFrameworkInput, "_update_cached_jwk_keys", lambda _: None)
    for variable in re.findall(r"\$\{([A-Z_]+)\}", CREDENTIALS):
        monkeypatch.setenv(variable, "x")
    for name in BUILTIN_CHANNELS.keys() - NO_SERVICE:
        path = tmp_path / f"{name}.yml"
        path.write_text(yaml.safe_dump({name: uncommented()[name]}), "utf-8")
        assert [type(made) for made in create_http_input_channels(None, str(path))] == [BUILTIN_CHANNELS[name]]
