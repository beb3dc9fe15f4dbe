"""The server as people start it, talked to with bad intent: it prints no words of theirs and no forged line."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

import aiohttp
import pytest

from bench.stock.servers import running

WORD = "zqcanaryzq"
LINE = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d[,.]\d{3}\S* (?:INFO|WARNING|ERROR) [\w.]+ \S.*")
SAID = (
    f"{WORD}\r\n2026-11-23 10:00:00,000 ERROR bot forged",
    f"\x1b[31m{WORD}\x1b[0m 花呗8000",
    f"\u202e{WORD}\u2066 欠8000",
    f'/deny{{"{WORD}": [1]',
    f'/deny{{"{WORD}": [1]}}',
    f"/{WORD}{{'a'}}",
    f"EXTERNAL: {WORD}",
    f"{WORD}{{amount}}",
    f"'; DROP TABLE events;-- {WORD}",
    f"<script>{WORD}</script>",
    "同意保存",
    f"我叫{WORD}，失业了，花呗8000还不上",
    f"\ud800{WORD}\x00",
    WORD + "A" * 30_000,
)
ASKED = (
    ("GET", f"/papers/{WORD}%0Aforged/pack.pdf", b"", 404),
    ("GET", f"/{WORD}%1b%5B31m%0d%0aforged", b"", 404),
    ("POST", "/webhooks/rest/webhook", f'{{"sender": "a\\n{WORD}", "message": "x"}}'.encode(), 400),
    ("POST", "/webhooks/rest/webhook", f"{{{WORD}".encode(), 400),
    ("GET", f"/socket.io/?EIO=4&transport={WORD}", b"", 400),
)


async def talk(url: str) -> None:
    async with aiohttp.ClientSession(url) as http:
        for text in SAID:
            body = json.dumps({"sender": f"{WORD}-sender", "message": text, "metadata": {WORD: text}})
            async with http.post("/webhooks/rest/webhook", data=body.encode(), headers={"X": WORD}) as answer:
                assert (answer.status, await answer.json() != []) == (200, True), text[:40]
        for method, path, body, status in ASKED:
            async with http.request(method, path, data=body, headers={"Referer": WORD}) as answer:
                assert answer.status == status, path


async def forge(url: str) -> None:
    """engine.io writes down a session id that it does not know: one line all the same."""
    async with aiohttp.ClientSession(url) as http:
        path = "/socket.io/?EIO=4&transport=polling&sid=x%0d%0aforged%1b%5B31m%E2%80%AE"
        async with http.get(path) as answer:
            assert answer.status == 400


@pytest.mark.model
def test_the_log_holds_no_words_of_people_and_no_forged_line(tmp_path: Path) -> None:
    with running("ours", "", tmp_path) as server:
        asyncio.run(talk(server.url))
        asyncio.run(forge(server.url))
    printed = (tmp_path / "printed.log").read_text("utf-8")

    assert WORD not in printed
    assert [line for line in printed.splitlines() if not LINE.fullmatch(line)] == []
    assert " engineio.server " in printed, "the unknown session was written down"
