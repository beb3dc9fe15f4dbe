"""The bot in a terminal: the same process as the web page's, one conversation, kept between runs."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Mapping
from string import ascii_uppercase
from typing import Any, TextIO

from bot.server import load, quiet_logs
from bot.settings import settings

PERSON = "shell"
"""The sender id, so that the next run goes on where this one stopped."""
PROMPT = "> "


def show(replies: Iterable[Mapping[str, Any]], out: TextIO) -> list[Mapping[str, str]]:
    """Print the replies, their buttons with letters, and return the buttons."""
    buttons: list[Mapping[str, str]] = []
    for reply in replies:
        if reply.get("text"):
            out.write(f"{reply['text']}\n\n")
        buttons = list(reply.get("buttons") or ())
    for letter, button in zip(ascii_uppercase, buttons, strict=False):
        out.write(f"  [{letter}] {button['title']}\n")
    return buttons


def payload(typed: str, buttons: list[Mapping[str, str]]) -> str:
    """What to send for ``typed``: a button's payload for its letter, else the words themselves."""
    place = ascii_uppercase.find(typed.upper()) if len(typed) == 1 else -1
    return buttons[place]["payload"] if 0 <= place < len(buttons) else typed


async def talk(lines: Iterable[str], out: TextIO) -> None:
    """Greet, then answer each line until there are no more."""
    agent = await load(settings())
    buttons = show(await agent.handle_text("/greet", sender_id=PERSON) or (), out)
    out.write(PROMPT)
    out.flush()
    for typed in lines:
        buttons = show(await agent.handle_text(payload(typed.strip(), buttons), sender_id=PERSON) or (), out)
        out.write(PROMPT)
        out.flush()


def run() -> int:
    """Talk on standard input and output until it ends or Ctrl-C."""
    quiet_logs()
    try:
        asyncio.run(talk(sys.stdin, sys.stdout))
    except KeyboardInterrupt:
        sys.stdout.write("\n")
    return 0
