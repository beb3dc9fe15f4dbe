"""The limits in docs/channels.md are those that the code keeps to, with the day they were checked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.channels.platforms import platform, told
from bot.tools import channel_docs


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page apart from the real one."""
    page = tmp_path / "channels.md"
    page.write_text(channel_docs.TARGET.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(channel_docs, "TARGET", page)
    return page


def test_the_page_is_fresh() -> None:
    assert channel_docs.main(["--check"]) == 0


def test_a_changed_limit_is_stale_until_it_is_written(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fresh = elsewhere.read_text("utf-8")
    elsewhere.write_text(fresh.replace("2048 bytes", "9999 bytes", 1), "utf-8")
    assert channel_docs.main(["--check"]) == 1
    assert "channels.md" in capsys.readouterr().err
    assert "9999" in elsewhere.read_text("utf-8"), "a check writes nothing"

    assert channel_docs.main([]) == 0
    assert elsewhere.read_text("utf-8") == fresh


def test_a_page_without_the_marks_is_refused(elsewhere: Path) -> None:
    elsewhere.write_text("# Channels\n", "utf-8")
    with pytest.raises(ValueError, match="no place"):
        channel_docs.main([])


def test_every_platform_tells_everything_and_when_it_was_checked() -> None:
    for name, one in told().items():
        assert one.keys() == {"name", "name_zh", *channel_docs.ROWS.values()}, name
        assert isinstance(one["checked"], date)
        assert one["text"]["unit"] in ("bytes", "characters")
        assert platform(name).most == one["text"]["most"]


def test_a_bar_in_a_limit_does_not_break_the_table() -> None:
    rows = channel_docs.table({"a": {**told()["wechat"], "cards": "a|b"}}).splitlines()
    assert "a\\|b" in channel_docs.table({"a": {**told()["wechat"], "cards": "a|b"}})
    assert len(rows) == len(channel_docs.ROWS) + 2
