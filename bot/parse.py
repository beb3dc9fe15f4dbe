"""Understanding as JSON lines: a tool for people, and for measuring."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from typing import Any, TextIO

from rasa.core.agent import Agent

from bot.server import latest_model, quiet_logs


def as_line(text: str, parsed: dict[str, Any]) -> str:
    """One message with its intent, the ranking and its entities, as a line of JSON."""
    intent = parsed["intent"]
    shown = {
        "text": text,
        "normalised": parsed["text"],
        "intent": intent["name"],
        "confidence": round(intent["confidence"], 4),
        "ranking": [[one["name"], round(one["confidence"], 4)] for one in parsed.get("intent_ranking", [])[:5]],
        "entities": [
            {key: entity.get(key) for key in ("entity", "value", "start", "end")} for entity in parsed["entities"]
        ],
    }
    return json.dumps(shown, ensure_ascii=False)


async def _parse(lines: Iterable[str], out: TextIO) -> None:
    agent = Agent.load(latest_model())
    for typed in lines:
        text = typed.rstrip("\n")
        out.write(as_line(text, await agent.parse_message(text)) + "\n")
        out.flush()


def run(lines: Iterable[str], out: TextIO) -> int:
    """Parse each line of ``lines`` and write its JSON line to ``out``."""
    quiet_logs()
    asyncio.run(_parse(lines, out))
    return 0
