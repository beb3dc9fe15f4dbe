"""The files of a pack on a real server: by their link and by nothing else, and never kept by anybody between."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from builders import READY, TODAY

from bot import bootstrap
from bot.channels import papers
from bot.channels.page import Page
from bot.channels.papers import Papers
from bot.clock import now
from bot.errors import ChannelError, RecordError
from bot.papers.content import content
from bot.papers.files import FILES
from bot.settings import settings
from tests.channels.echo_bot import serving


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Records of their own for each test."""
    monkeypatch.setenv("GUIDE_VAR", str(tmp_path))
    monkeypatch.setenv("GUIDE_URL", "")
    monkeypatch.delenv("RECORDS_URL", raising=False)
    settings.cache_clear()
    bootstrap.records.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()
    bootstrap.records.cache_clear()


@pytest.fixture
async def http(var: None) -> AsyncIterator[aiohttp.ClientSession]:
    async with serving(channels=[Page(), Papers()]) as (url, _), aiohttp.ClientSession(url) as session:
        yield session


def paths() -> dict[str, str]:
    """The paths of a fresh pack's files."""
    made = bootstrap.links_to("one", content(READY, [], [], TODAY))
    return {name: "/" + link.split("/", 3)[3] for name, link in made.items()}


@pytest.mark.parametrize("name", FILES)
async def test_each_file_comes_with_its_type_and_is_kept_by_nobody(http: aiohttp.ClientSession, name: str) -> None:
    async with http.get(paths()[name]) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"] == FILES[name].content_type
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert name in answer.headers["Content-Disposition"]
        assert await answer.read() == FILES[name].make(content(READY, [], [], TODAY))


async def test_wrong_links_and_unknown_files_are_not_there(http: aiohttp.ClientSession) -> None:
    good = paths()["pack.pdf"]
    for path in (
        good.replace("pack.pdf", "records.db"),
        "/papers/" + "x" * 43 + "/pack.pdf",
        "/papers/x/pack.pdf",
        good[:-9] + "x/pack.pdf",
    ):
        async with http.get(path) as answer:
            assert answer.status == 404
            assert await answer.read() == b""


async def test_an_old_link_looks_like_a_wrong_one(http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch) -> None:
    path, tomorrow = paths()["pack.json"], now() + timedelta(hours=24)
    monkeypatch.setattr(papers, "now", lambda: tomorrow)
    async with http.get(path) as answer:
        assert answer.status == 404


async def test_a_database_that_fails_is_told_without_its_words(
    http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RecordError("secret words")

    path = paths()["pack.json"]
    monkeypatch.setattr(papers.links, "follow", fail)
    async with http.get(path) as answer:
        assert answer.status == 503
        assert await answer.read() == b""


def test_the_channel_has_no_options() -> None:
    with pytest.raises(ChannelError, match="no option x"):
        Papers.from_credentials({"x": 1})
    assert isinstance(Papers.from_credentials(None), Papers)
