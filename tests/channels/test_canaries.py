"""Secrets planted through every kind of channel are nowhere afterwards: not on the disk, not in a log, not in a paper.

The real bot with its databases on the disk, the real channels on a real server; then every file is searched.
"""

from __future__ import annotations

import asyncio
import json
import logging
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import socketio
import yaml
from builders import TODAY
from conversations.runner import STATES

from bot import bootstrap
from bot.channels.page import Page
from bot.channels.papers import Papers
from bot.channels.rest import Rest
from bot.channels.socket import WebChat
from bot.export import export
from bot.settings import settings
from tests.channels.echo_bot import serving
from tests.channels.messenger import messenger

SECRETS: dict[str, list[list[str]]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases/privacy/secrets.yml").read_text("utf-8")
)
PLANTED = [(text, value) for rows in SECRETS.values() for text, value in rows if len(value) >= 8 or value[0] > "\u2e80"]
"""Messages and their secrets; those too short to be told from any other number are left out."""
SESSION = "canarySessionOfThePageXyz"


def traces(folder: Path, values: set[str]) -> list[str]:
    """Every file below ``folder`` that holds one of ``values``, as it is or as JSON writes it."""
    written = {value: {value.encode(), json.dumps(value)[1:-1].encode()} for value in values}
    return [
        f"{path.name}: {value}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for content in [path.read_bytes()]
        for value, forms in written.items()
        if any(form in content for form in forms)
    ]


async def over_rest(url: str, sender: str, text: str) -> str:
    async with (
        aiohttp.ClientSession(url) as http,
        http.post(
            "/webhooks/rest/webhook", json={"sender": sender, "message": text, "metadata": {"x": text}}
        ) as answer,
    ):
        assert answer.status == 200
        return await answer.text()


async def over_socket(url: str, texts: list[str]) -> str:
    """Say ``texts`` as the page does; all that came back."""
    client, heard, done = socketio.AsyncClient(), [], asyncio.Event()
    client.on("bot_uttered", lambda data: heard.append(json.dumps(data, ensure_ascii=False)))
    client.on("turn_done", lambda _: done.set())
    client.on("session_confirm", lambda _: done.set())
    await client.connect(url, transports=["polling"])
    await client.emit("session_request", {"session_id": SESSION})
    await asyncio.wait_for(done.wait(), 60)
    for number, text in enumerate(texts):
        done.clear()
        await client.emit("user_uttered", {"id": f"m{number}", "message": text, "metadata": {"entry": text}})
        await asyncio.wait_for(done.wait(), 60)
    await client.disconnect()
    return "\n".join(heard)


@pytest.mark.model
def test_no_secret_is_left_anywhere(bot: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    bot.travel(TODAY)
    for person in ("canary rest", SESSION, "wechat:oCanary"):
        bot.begin(person, STATES["record"])
    third = len(PLANTED) // 3

    async def plant() -> str:
        channels = [Rest(settings()), WebChat(), Page(), Papers()]
        async with serving(channels=channels, agent=bot.agent) as (url, _):
            said = [await over_rest(url, "canary rest", text) for text, _ in PLANTED[:third]]
            said.append(await over_socket(url, [*(text for text, _ in PLANTED[third : 2 * third]), "导出"]))
        async with messenger("wechat", agent=bot.agent) as chat:
            chat.platform.person = "oCanary"
            for number, (text, _) in enumerate(PLANTED[2 * third :]):
                await chat.say(text, str(number))
            said += [text for _, text in chat.api.said]
        return "\n".join(said)

    said = bot.loop.run_until_complete(plant())
    values = {value for _, value in PLANTED}
    for person in ("canary rest", SESSION, "wechat:oCanary"):
        (tmp_path / "export.json").write_text(export(person, str(tmp_path / person.replace(":", " "))), "utf-8")

    assert (settings().var / "conversations.db").stat().st_size > 100_000, "the conversations were kept"
    assert traces(settings().var, values) == []
    assert traces(tmp_path, values) == []
    assert [value for value in values if value in said] == []
    assert [value for value in values if value in caplog.text] == []


@pytest.mark.model
def test_who_deletes_everything_is_nowhere_afterwards(bot: Any) -> None:
    bot.travel(TODAY)
    person, word = "deleted 7f3a", "东篱采菊悠然南山"
    bot.begin(person, STATES["record"])
    for text in ("没同意", word, "没有", "对"):
        bot.say(text, person)
    assert bot.records(person) == 1
    assert traces(settings().var, {word}) != []

    bot.say("删除我的数据", person)
    said = bot.say("删除", person)

    assert "utter_deleted" in said.replies
    assert traces(settings().var, {word, person}) == []
    assert bootstrap.records().kept(person) is None


@pytest.mark.model
def test_without_consent_nothing_reaches_the_disk(bot: Any) -> None:
    bot.travel(TODAY)
    person, word = "unsaved 91bc", "采菊东篱下的小店"
    bot.consent = False
    try:
        for text in (f"我的{word}生意亏了，花呗8000还不上", "没有", "1500"):
            bot.say(text, person)
    finally:
        bot.consent = True
    assert bot.tracker(person).get_slot("budget_housing_fen") == 150000
    assert traces(settings().var, {word, person}) == []
