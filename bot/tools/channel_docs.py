"""The table of limits in docs/channels.md: ``python -m bot.tools.channel_docs`` writes it, ``--check`` compares.

It comes from ``bot/channels/platforms.yml`` and stands between two marks; the rest of the page is written by hand.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping
from typing import Any

from bot.channels.platforms import told
from bot.settings import ROOT

TARGET = ROOT / "docs" / "channels.md"
BETWEEN = re.compile(r"(?<=<!-- limits: made by bot\.tools\.channel_docs -->\n).*(?=<!-- end of limits -->)", re.DOTALL)
ROWS = {
    "A text message": "text",
    "Messages after one of the person's": "messages_per_turn",
    "Pictures among them, at most": "pictures_per_turn",
    "Must be acknowledged within (seconds)": "answer_seconds",
    "Delivered again": "repeats",
    "Ids are remembered for (seconds)": "remember_seconds",
    "May be answered": "answer_window",
    "Buttons": "buttons",
    "Cards": "cards",
    "Links": "links",
    "Pictures": "pictures",
    "Files": "files",
    "Rate": "rate",
    "Checked": "checked",
    "Against": "source",
}


def table(platforms: Mapping[str, Mapping[str, Any]]) -> str:
    """The Markdown table, one column a platform."""
    rows = [["", *(f"{one['name']} {one['name_zh']}" for one in platforms.values())], ["---"] * (len(platforms) + 1)]
    rows += [[title, *(_cell(one[key]) for one in platforms.values())] for title, key in ROWS.items()]
    return "".join("| " + " | ".join(row) + " |\n" for row in rows)


def page(old: str) -> str:
    """The page with the table of today. Raises ``ValueError`` when its place is missing."""
    if not BETWEEN.search(old):
        raise ValueError(f"no place for the table in {TARGET.name}")
    return BETWEEN.sub(lambda _: table(told()), old)


def _cell(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{value['most']} {value['unit']}"
    return str(value).replace("|", "\\|")


def main(argv: list[str]) -> int:
    """Write or check the table; see the module's docstring."""
    options = argparse.ArgumentParser(prog="python -m bot.tools.channel_docs")
    options.add_argument("--check", action="store_true")
    asked = options.parse_args(argv)
    old = TARGET.read_text("utf-8")
    new = page(old)
    if new == old:
        return 0
    if asked.check:
        print(f"stale: {TARGET.name}; run `python -m bot.tools.channel_docs`", file=sys.stderr)
        return 1
    TARGET.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
