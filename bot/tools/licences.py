"""Write ``docs/licences.md``: what is installed to run, with version and licence, from the metadata."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any

from bot.settings import ROOT

PAGE = ROOT / "docs" / "licences.md"
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
CLASSIFIER = "License :: "
LONGEST = 60
HEAD = """# Licences of what is installed

Written by `make docs` from the libraries' own metadata. Tools that only tests and development use are not listed.

| Library | Version | Licence |
| --- | --- | --- |
"""


def licence(name: str) -> str:
    """The licence that a library states: its expression, else its classifiers, else the first line of its text."""
    try:
        told: Any = metadata(name)
    except PackageNotFoundError:
        return "not installed here"
    stated = told.get("License-Expression") or ""
    classified = [one.split(" :: ")[-1] for one in told.get_all("Classifier") or () if one.startswith(CLASSIFIER)]
    text = (told.get("License") or "").strip().splitlines()
    return stated or ", ".join(classified) or (text[0][:LONGEST] if text else "not stated")


def page() -> str:
    """The whole page."""
    locked = LOCKED.findall((ROOT / "requirements" / "runtime.txt").read_text("utf-8"))
    rows = [
        f"| {name} | {version} | {licence(name)} |" for name, version in sorted(locked, key=lambda one: one[0].lower())
    ]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
