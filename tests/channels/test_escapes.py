"""What a person types goes through replies, the database, the papers and the export as words and never as code."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import TODAY
from conversations.runner import STATES
from pypdf import PdfReader

from bot import bootstrap
from bot.channels.cards import texts
from bot.export import export
from bot.journey.case import Case
from bot.papers.content import Content, content
from bot.papers.files import FILES
from bot.records.conversations import slots_of
from bot.settings import settings
from bot.simulate.driver import NEVER, Said

TYPED = {
    "template": "{monthly_yuan} {0} {{ x }} {plan} %s",
    "typst": "#panic() *a* $x$ [c] \\e @ref = h",
    "typst reads a file": '#read("/etc/passwd")',
    "sql": "'; DROP TABLE talk; --",
    "html": "<img src=x onerror=alert(1)>",
    "shell": "$(id) `id` ; rm -rf x | y",
    "path": "a/../../etc/passwd",
    "markdown": "[a](javascript:alert(1))",
    "calendar": "x;VALUE=1,ATTENDEE:mailto",
}


def squeezed(text: str) -> str:
    """Without blanks, and without what the papers put between the letters of long words."""
    return "".join(text.replace("\u200b", "").split())


def of_cards(said: Said) -> Iterator[str]:
    """Every text of the cards."""
    return (text for card in said.cards for text in texts(card))


def tables() -> set[tuple[str, str]]:
    """The tables of both databases."""
    found = set()
    for name in ("conversations.db", "records.db"):
        if (settings().var / name).exists():
            opened = sqlite3.connect(settings().var / name)
            found |= {(name, table) for (table,) in opened.execute("SELECT name FROM sqlite_master")}
            opened.close()
    return found


def begin(bot: Any, person: str, typed: str) -> None:
    """Let ``person`` be asked whether the record is right in which ``typed`` is what the lender said."""
    bot.travel(TODAY)
    told = {"outcome": "pending", "staff": "8421", "call_back": "2026-11-26", "said": typed}
    slots = {**STATES["record"]["slots"], **{f"record_{name}": value for name, value in told.items()}}
    bot.begin(person, {"form": "record_form", "asks": "record_confirm", "slots": slots})


def whole(bot: Any, person: str) -> Content:
    """All that the papers of ``person`` are made of."""
    return content(Case.from_slots(slots_of(person)), bootstrap.records().of(person), [], TODAY)


@pytest.mark.model
@pytest.mark.parametrize("kind", TYPED)
def test_what_was_typed_is_told_back_and_printed_as_it_was(bot: Any, kind: str) -> None:
    typed, person = TYPED[kind], f"escapes {kind}"
    begin(bot, person, typed)

    said = [bot.say(text, person) for text in ("对", "看看我的记录", "导出")]

    assert "utter_record_saved" in said[0].replies
    assert [record.talk.said for record in bootstrap.records().of(person)] == [typed]
    assert typed in said[1].by_name["utter_records"]
    assert typed in list(of_cards(said[1]))
    made = whole(bot, person)
    pdf = PdfReader(io.BytesIO(FILES["pack.pdf"].make(made)))
    assert squeezed(typed) in squeezed("".join(page.extract_text() for page in pdf.pages))
    assert all(FILES[name].make(made) for name in FILES)


@pytest.mark.model
@pytest.mark.parametrize("kind", TYPED)
def test_a_message_of_code_is_answered_and_changes_nothing_else(bot: Any, kind: str) -> None:
    bot.travel(TODAY)
    person = f"code {kind}"
    before = tables()

    said = bot.say(TYPED[kind], person)

    assert said.text.strip()
    assert "utter_error_internal" not in said.replies
    assert not NEVER.search(said.text.replace(TYPED[kind], ""))
    assert tables() == before


@pytest.mark.model
@pytest.mark.parametrize("person", ["../../escaped", "a'; DROP TABLE events; --", "{name}", "$(touch escaped)", "<b>"])
def test_whatever_a_person_is_called_their_data_is_theirs_alone(bot: Any, person: str, tmp_path: Path) -> None:
    begin(bot, person, "等通知")
    bot.say("对", person)

    before, told = tables(), json.loads(export(person, str(tmp_path / "inside")))

    assert [record["talk"]["said"] for record in told["records"]] == ["等通知"]
    assert [path.name for path in tmp_path.iterdir()] == ["inside"]
    assert sorted(path.name for path in (tmp_path / "inside").iterdir() if path.suffix != ".svg") == sorted(FILES)
    assert tables() == before
    bot.forget(person)
    assert bootstrap.records().of(person) == []
