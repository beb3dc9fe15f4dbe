"""Replies in the script of the person: texts, buttons and cards, those of the domain and those of the actions."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.core.actions.action import ActionBotResponse, RemoteAction
from rasa.core.channels import BUILTIN_CHANNELS
from rasa.core.channels.channel import CollectingOutputChannel, OutputChannel
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig, read_endpoint_config

from bot.nlg import DRAWS_CARDS, Replies
from bot.settings import ROOT

OURS = {"wechat", "wecom", "dingtalk", "feishu"}
"""The messengers that speak through ``bot.channels.plain``."""

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
slots: {script: {type: any, influence_conversation: false, mappings: [{type: custom}]}}
responses:
  utter_plan:
    - text: "每月还{monthly}元"
      buttons: [{title: 就这样谈, payload: 就这样谈}]
      metadata: {facts: [机构]}
"""
)


def person(script: str | None, channel: str = "rest") -> DialogueStateTracker:
    """A conversation over ``channel`` whose replies are in ``script``."""
    tracker = DialogueStateTracker.from_events("one", [UserUttered("x", input_channel=channel)], slots=DOMAIN.slots)
    if script:
        tracker.update(SlotSet("script", {"name": script, "asked": False}))
    return tracker


@pytest.fixture
def nlg() -> NaturalLanguageGenerator:
    """The generator as Rasa makes it from ``endpoints.yml``."""
    return NaturalLanguageGenerator.create(read_endpoint_config(str(ROOT / "endpoints.yml"), "nlg"), DOMAIN)


async def said(nlg: NaturalLanguageGenerator, script: str | None, channel: str = "rest", **message: Any) -> Any:
    """What leaves for the channel when an action says ``utter_plan``."""
    messages = [{"response": "utter_plan", "monthly": "三千", **message}]
    events = await RemoteAction._utter_responses(messages, CollectingOutputChannel(), nlg, person(script, channel))
    return events[0]


def test_rasa_finds_the_generator_by_its_name(nlg: NaturalLanguageGenerator) -> None:
    assert isinstance(nlg, Replies)


async def test_nothing_changes_for_those_who_write_simplified(nlg: NaturalLanguageGenerator) -> None:
    for script in (None, "simplified"):
        event = await said(nlg, script, buttons=[{"title": "还有", "payload": "还有"}])
        assert event.text == "每月还三千元"
        assert [one["title"] for one in event.data["buttons"]] == ["就这样谈", "还有"]


async def test_texts_and_titles_are_converted_and_payloads_are_not(nlg: NaturalLanguageGenerator) -> None:
    event = await said(nlg, "traditional", buttons=[{"title": "还有", "payload": "还有"}])
    assert event.text == "每月還三千元"
    assert event.data["buttons"] == [
        {"title": "就這樣談", "payload": "就这样谈"},
        {"title": "還有", "payload": "还有"},
    ]


async def test_the_domain_s_own_texts_stay_as_they_are(nlg: NaturalLanguageGenerator) -> None:
    await said(nlg, "traditional")
    assert (await said(nlg, None)).text == "每月还三千元"


async def test_a_card_is_converted_wherever_it_holds_text(nlg: NaturalLanguageGenerator) -> None:
    card = {"type": "plan", "version": 1, "rows": [{"label": "每月还", "payload": "分12期"}, ["费用", 3]]}
    event = await said(nlg, "traditional", custom=card)
    assert event.data["custom"] == {
        "type": "plan",
        "version": 1,
        "rows": [{"label": "每月還", "payload": "分12期"}, ["費用", 3]],
    }


class Platform(OutputChannel):
    """A platform that takes words and no card: what Rasa's messengers are."""

    def __init__(self) -> None:
        self.told: list[str] = []

    async def send_text_message(self, recipient_id: str, text: str, **_: Any) -> None:
        self.told.append(text)

    async def send_custom_json(self, recipient_id: str, json_message: dict[str, Any], **_: Any) -> None:
        raise AssertionError("a card has come to a platform")


@pytest.mark.parametrize("channel", sorted((BUILTIN_CHANNELS.keys() | OURS) - DRAWS_CARDS))
async def test_a_messenger_gets_the_text_and_no_card(nlg: NaturalLanguageGenerator, channel: str) -> None:
    event = await said(nlg, "traditional", channel, custom={"type": "plan", "version": 1, "title": "方案"})
    assert event.data["custom"] is None
    platform = Platform()
    await platform.send_response("one", event.message())
    assert platform.told[0] == "每月還三千元"


@pytest.mark.parametrize("channel", sorted(DRAWS_CARDS))
async def test_the_page_and_programs_get_the_card(nlg: NaturalLanguageGenerator, channel: str) -> None:
    card = {"type": "plan", "version": 1, "title": "方案"}
    assert (await said(nlg, None, channel, custom=dict(card))).data["custom"] == card


async def test_nobody_knows_who_listens_so_there_is_no_card(nlg: NaturalLanguageGenerator) -> None:
    tracker = DialogueStateTracker.from_events("one", [], slots=DOMAIN.slots)
    message = [{"response": "utter_plan", "monthly": "三千", "custom": {"type": "plan"}}]
    events = await RemoteAction._utter_responses(message, CollectingOutputChannel(), nlg, tracker)
    assert events[0].data["custom"] is None


async def test_what_rasa_says_by_itself_is_converted_too(nlg: NaturalLanguageGenerator) -> None:
    tracker = person("traditional")
    tracker.update(SlotSet("monthly", "三千"))
    events = await ActionBotResponse("utter_plan").run(CollectingOutputChannel(), nlg, tracker, DOMAIN)
    assert events[0].text.startswith("每月還")


async def test_the_facts_behind_a_reply_stay_as_they_are(nlg: NaturalLanguageGenerator) -> None:
    assert (await said(nlg, "traditional")).metadata["metadata"] == {"facts": ["机构"]}


async def test_an_unknown_reply_stays_unknown() -> None:
    generator = Replies(EndpointConfig(), DOMAIN)
    assert await generator.generate("utter_nothing", person("traditional"), "web") is None
