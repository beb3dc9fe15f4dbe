"""The plan and the pack's card as pictures: uploaded and sent by each platform's own way, after the text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import READY, TODAY

from bot import bootstrap
from bot.bootstrap import links_to
from bot.channels.pictures import pictures
from bot.knowledge.lines import line
from bot.papers.content import content
from bot.papers.picture import can_draw, draw
from bot.settings import settings
from tests.channels.messenger import KINDS, messenger
from tests.channels.platforms import FakeApi

PNG = b"\x89PNG\r\n\x1a\n"
PLAN: dict[str, Any] = {
    "type": "plan",
    "version": 1,
    "title": "可以谈的方案",
    "offers": [
        {
            "number": 1,
            "title": "每月1,000元，20期",
            "verdict": "在您能承受的范围内",
            "rows": [{"label": "一共要还", "value": "20,000元"}, {"label": "第一期", "value": "12月20日"}],
        },
        {"number": 2, "title": "先停三个月", "rows": []},
    ],
    "chart": {
        "kind": "bar",
        "title": "每个月",
        "x": ["方案1", "方案2"],
        "series": [{"label": "要还", "values_fen": [100000, 0]}, {"label": "能拿出", "values_fen": [120005, 120005]}],
        "unit": "元",
    },
}


@pytest.fixture
def link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The link to a card, under a public address."""
    monkeypatch.setenv("RECORDS_URL", f"sqlite:///{tmp_path / 'records.db'}")
    monkeypatch.setenv("GUIDE_URL", "https://guide.example/base")
    settings.cache_clear()
    bootstrap.records.cache_clear()
    yield links_to("wechat:p", content(READY, [], [], TODAY))["card.png"]
    settings.cache_clear()
    bootstrap.records.cache_clear()


def sent(chat: Any) -> list[bytes]:
    assert {person for person, _ in chat.api.shown} <= {chat.platform.person}
    return [png for _, png in chat.api.shown]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_plan_comes_as_a_picture_after_its_text(kind: str) -> None:
    async with messenger(kind) as chat:
        chat.agent.answers["plan"] = [{"text": "有两个方案。", "custom": PLAN}]
        await chat.say("plan")
    assert chat.api.texts == ["有两个方案。"]
    (png,) = sent(chat)
    assert png.startswith(PNG)
    assert png == draw(PLAN)


@pytest.mark.parametrize("kind", KINDS)
async def test_the_packs_card_comes_as_a_picture_beside_its_link(kind: str, link: str) -> None:
    async with messenger(kind) as chat:
        chat.agent.answers["pack"] = [{"text": f"您的资料：\n{link}"}]
        await chat.say("pack")
    assert chat.api.texts == [f"您的资料：\n{link}"]
    (png,) = sent(chat)
    assert png.startswith(PNG)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_picture_that_is_not_taken_takes_nothing_away(kind: str, link: str) -> None:
    async with messenger(kind) as chat:
        chat.api.takes_pictures = False
        chat.agent.answers["plan"] = [{"text": "有两个方案。", "custom": PLAN}]
        chat.agent.answers["pack"] = [{"text": f"您的资料：\n{link}"}]
        await chat.say("plan")
        await chat.say("pack", "2")
        assert chat.api.texts == ["有两个方案。", f"您的资料：\n{link}", line("channel.picture", address=link)]
        assert chat.api.shown == []
        chat.api.closed = FakeApi.DOWN[chat.platform.name]
        await chat.say("plan", "3")
        assert chat.api.uploaded == [], "no picture of what was not said"


async def test_a_quick_answer_on_the_connection_is_followed_by_its_picture() -> None:
    async with messenger("wechat", answer_seconds=30.0) as chat:
        chat.agent.answers["plan"] = [{"text": "有两个方案。", "custom": PLAN}]
        assert "有两个方案。" in (await chat.say("plan"))[1]
    assert len(chat.api.shown) == 1
    assert chat.api.texts == []


@pytest.mark.parametrize(
    "card",
    [
        {"type": "ladder", "rungs": []},
        {"type": "plan"},
        {"type": "plan", "offers": []},
        {"type": "plan", "offers": ["a"]},
        {"type": "plan", "offers": [{"number": 1}]},
    ],
)
def test_other_cards_are_not_drawn(card: dict[str, Any]) -> None:
    assert not can_draw(card)
    assert pictures([{"text": "甲", "custom": card}]) == []


def test_a_card_that_cannot_be_drawn_is_left_out() -> None:
    (picture,) = pictures([{"custom": {**PLAN, "chart": {"x": 5}}}])
    assert picture.make() is None


def test_nothing_is_fetched_and_only_our_own_links_are_followed(link: str) -> None:
    secret = link.split("/")[-2]
    for text in ("https://guide.example/papers/short/card.png", link.replace("card.png", "pack.pdf")):
        assert pictures([{"text": text}]) == []
    (other,) = pictures([{"text": f"http://169.254.169.254/papers/{secret[:-1]}_/card.png"}])
    assert other.make() is None
