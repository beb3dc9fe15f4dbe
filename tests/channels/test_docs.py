"""The pages on the channels say what the code does: variables, addresses, error codes, limits."""

from __future__ import annotations

import re

import pytest
import yaml
from rasa.core.channels import BUILTIN_CHANNELS

from bot.channels.dingtalk import DingTalk, DingTalkApi
from bot.channels.feishu import MENU, OPENED, PRESSED, RECEIVED, Feishu, FeishuApi
from bot.channels.platforms import told
from bot.channels.webhook import Webhook
from bot.channels.wechat import WeChat, WeChatApi
from bot.channels.wecom import WeCom, WeComApi
from bot.settings import ROOT, VARIABLES
from bot.tools.channel_docs import TARGET, page
from tests.channels.test_credentials import NO_SERVICE, uncommented

OURS = {WeChat: WeChatApi, WeCom: WeComApi, DingTalk: DingTalkApi, Feishu: FeishuApi}
FOLDER = ROOT / "docs" / "channels"


def page_of(channel: type[Webhook]) -> str:
    return (FOLDER / f"{channel.name()}.md").read_text("utf-8")


@pytest.mark.parametrize("channel", OURS)
def test_a_page_names_the_channels_variables_its_block_and_its_address(channel: type[Webhook]) -> None:
    text = page_of(channel)
    wanted = {name for name in VARIABLES if name.startswith(f"{channel.name().upper()}_")}
    assert set(re.findall(r"^   \| `(\w+)` \|", text, re.MULTILINE)) == wanted | {"GUIDE_URL"}
    assert f"`{channel.__module__}.{channel.__name__}:`" in text
    assert f"https://guide.example/webhooks/{channel.name()}/webhook" in text


@pytest.mark.parametrize("channel", OURS)
def test_a_page_explains_every_code_that_the_code_knows(channel: type[Webhook]) -> None:
    table = page_of(channel).partition("## When something is wrong")[2]
    api = OURS[channel]
    assert [code for code in api.EXPIRED | api.BUSY | api.CLOSED if code not in table] == []


@pytest.mark.parametrize("reason", ["not what was expected", "too old"])
@pytest.mark.parametrize("channel", OURS)
def test_a_page_explains_what_a_refusal_says_in_the_log(channel: type[Webhook], reason: str) -> None:
    assert f"({reason})" in page_of(channel)


@pytest.mark.parametrize("event", [RECEIVED, PRESSED, MENU, OPENED])
def test_feishus_events_are_subscribed_to_in_its_page(event: str) -> None:
    assert f"`{event}`" in page_of(Feishu)


def test_the_others_page_names_every_channel_of_rasa_and_its_variables() -> None:
    text = (FOLDER / "others.md").read_text("utf-8")
    for name in BUILTIN_CHANNELS.keys() - NO_SERVICE:
        assert f"/webhooks/{name}/webhook" in text
        assert [one for one in re.findall(r"\$\{(\w+)\}", yaml.safe_dump(uncommented()[name])) if one not in text] == []


def test_the_overview_leads_to_every_page_and_its_table_is_of_today() -> None:
    text = TARGET.read_text("utf-8")
    assert {path.name for path in FOLDER.glob("*.md")} == set(re.findall(r"\]\(channels/(\w+\.md)\)", text))
    assert page(text) == text, "run `make docs`"


def test_what_people_see_has_a_day_and_a_source_for_each_platform() -> None:
    for one in told().values():
        assert str(one["checked"]) > "2026"
        assert "." in one["source"]
