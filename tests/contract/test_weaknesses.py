"""The table of known weaknesses names the versions that are pinned, and says for each why it cannot hurt."""

from __future__ import annotations

import re

from contract.project import ROOT

ROW = re.compile(r"^\| ([a-z-]+) ([0-9][0-9a-z.]*) \| (.+) \| (.+) \|$", re.MULTILINE)
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
ROWS = ROW.findall((ROOT / "docs" / "security.md").read_text("utf-8"))


def test_every_library_of_the_table_is_pinned_at_the_version_it_names() -> None:
    locked = dict(LOCKED.findall((ROOT / "requirements" / "runtime.txt").read_text("utf-8")))
    assert len(ROWS) >= 15
    assert [f"{name} {version}" for name, version, _, _ in ROWS if locked.get(name) != version] == []


def test_every_row_names_an_advisory_and_a_reason() -> None:
    assert [name for name, _, weakness, _ in ROWS if not re.search(r"CVE-\d{4}-\d{4,}", weakness)] == []
    assert [name for name, _, _, here in ROWS if len(here.split()) < 4] == []
