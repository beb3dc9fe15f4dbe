"""Whole conversations of the test bench with the trained bot, each through every messenger's own protocol."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from conversations.runner import Conversation, Said, conversations, problems

from tests.channels.messenger import KINDS, Messenger, messenger

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


async def turn(chat: Messenger, text: str, message_id: str) -> Said:
    """What the person reads after ``text``, and the titles of the choices listed in it."""
    before = len(chat.api.said)
    status, _ = await chat.say(text, message_id)
    assert status == 200
    heard = chat.api.said[before:]
    assert {person for person, _ in heard} <= {chat.platform.person}
    rows = [row for _, text in heard for row in text.splitlines()]
    return Said([text for _, text in heard], [row.partition(". ")[2] for row in rows if ". " in row])


@pytest.mark.model
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("conversation", CHOSEN, ids=lambda one: one.id)
def test_a_conversation_goes_through_every_messenger(conversation: Conversation, kind: str, bot: Any) -> None:
    async def held() -> None:
        async with messenger(kind, agent=bot.agent) as chat:
            chat.platform.person = f"{kind} {conversation.id}"
            await bot.agrees(f"{chat.channel.name()}:{chat.platform.person}")
            for number, wanted in zip(count(1), conversation.turns, strict=False):
                said = await turn(chat, wanted["user"], str(number))
                checks = {name: value for name, value in wanted.items() if name in SEEN_IN_TEXT}
                assert list(problems(checks, said, {}, None, 0)) == [], said.text

    bot.loop.run_until_complete(held())


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
