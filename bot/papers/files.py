"""The files of the pack, each made from its content alone: the same content gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import typst
from fontTools.ttLib import TTFont
from pylopdf_fonts_zh_cn import sans_path

from bot.knowledge.lines import line
from bot.papers.calendar import calendar
from bot.papers.content import Content

HERE = Path(__file__).parent
Kind = Literal["pdf", "png"]
CARD_PPI = 216
"""Three pixels a point: a card is 1,080 pixels wide."""


@dataclass(frozen=True)
class File:
    """One file of the pack, by the name it is asked for."""

    content_type: str
    make: Callable[[Content], bytes]


def _pdf(content: Content, paper: str = "a4") -> bytes:
    return _typeset("pack.typ", content, "pdf", paper)


def pages(content: Content, paper: str = "a4", ppi: int = 80) -> list[bytes]:
    """The pages of the PDF as pictures, to look at."""
    made = _compile("pack.typ", content, "png", paper, ppi)
    return made if isinstance(made, list) else [made]


def _card(content: Content) -> bytes:
    return _typeset("card.typ", content, "png", "phone", CARD_PPI)


def _json(content: Content) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode("utf-8")


FILES: dict[str, File] = {
    "pack.pdf": File("application/pdf", _pdf),
    "pack-phone.pdf": File("application/pdf", lambda content: _pdf(content, "phone")),
    "card.png": File("image/png", _card),
    "calendar.ics": File("text/calendar; charset=utf-8", calendar),
    "pack.json": File("application/json", _json),
}


def settable(text: str) -> str:
    """``text`` with every character that our font does not have, an emoji say, replaced by one that it has."""
    known, mark = _characters(), line("pack.missing_character")
    return "".join(character if ord(character) in known else mark for character in text)


@lru_cache(maxsize=1)
def _characters() -> frozenset[int]:
    return frozenset(TTFont(sans_path(), lazy=True)["cmap"].getBestCmap())


def _typeset(template: str, content: Content, kind: Kind, paper: str, ppi: int | None = None) -> bytes:
    made = _compile(template, content, kind, paper, ppi)
    return made[0] if isinstance(made, list) else made


def typeset_picture(template: str, told: str) -> bytes:
    """A picture of ``told``, which is JSON, for a telephone."""
    made = _set(template, told, "png", "phone", CARD_PPI)
    return made[0] if isinstance(made, list) else made


def _compile(template: str, content: Content, kind: Kind, paper: str, ppi: int | None) -> bytes | list[bytes]:
    return _set(template, json.dumps(content, ensure_ascii=False, sort_keys=True), kind, paper, ppi)


def _set(template: str, told: str, kind: Kind, paper: str, ppi: int | None) -> bytes | list[bytes]:
    """Only our own font is used, whatever the machine has; the text goes in as data and is set literally."""
    made: bytes | list[bytes] = typst.compile(
        HERE / template,
        format=kind,
        ppi=ppi,
        font_paths=[sans_path().parent],
        ignore_system_fonts=True,
        sys_inputs={"content": settable(told), "paper": paper},
    )
    return made
