"""The page's files and headers on a real server. What the page does in a browser is in tests/browser."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.channels.page import EMBEDDED, FILES, INDEX, LOADED, WEB, Page, load
from bot.errors import ChannelError
from bot.settings import ROOT
from tests.channels.echo_bot import serving

LARGEST = 45_000  # bytes over the wire, all that is needed before the first word
PATHS = ["/", *FILES]


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with serving() as (url, _), aiohttp.ClientSession(url, auto_decompress=False) as session:
        yield session


@pytest.mark.parametrize("path", PATHS)
async def test_every_file_has_the_headers(http: aiohttp.ClientSession, path: str) -> None:
    async with http.get(path, headers={"Accept-Encoding": "identity", "Origin": "https://evil.example"}) as answer:
        assert answer.status == 200
        policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
        assert policy["img-src"] == "'self' data:"
        assert policy["frame-ancestors"] == policy["form-action"] == policy["base-uri"] == "'none'"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cross-Origin-Resource-Policy"] == ("cross-origin" if path in EMBEDDED else "same-origin")
        assert answer.headers["Content-Type"].endswith("charset=utf-8")
        assert await answer.read() == load()[path].body


async def test_the_root_is_the_page_and_not_rasas_greeting(http: aiohttp.ClientSession) -> None:
    async with http.get("/") as answer:
        body = gzip.decompress(await answer.read()).decode()
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert 'lang="zh-CN"' in body
    assert "Rasa" not in body


@pytest.mark.parametrize("path", PATHS)
async def test_gzip_head_and_not_modified(http: aiohttp.ClientSession, path: str) -> None:
    async with http.get(path) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert gzip.decompress(await answer.read()) == load()[path].body
        etag = answer.headers["ETag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}'):
        async with http.get(path, headers={"If-None-Match": known}) as answer:
            assert answer.status == 304
            assert await answer.read() == b""
    async with http.get(path, headers={"If-None-Match": '"other"'}) as answer:
        assert answer.status == 200
    async with http.head(path) as answer:
        assert answer.status == 200
        assert int(answer.headers["Content-Length"]) > 0


async def test_caching(http: aiohttp.ClientSession) -> None:
    async with http.get("/") as answer:
        assert answer.headers["Cache-Control"] == "no-cache"
        named = re.findall(r'"(/chat/[^"]+)"', gzip.decompress(await answer.read()).decode())
    assert sorted(name.split("?")[0] for name in named) == sorted(LOADED)
    for name in named:
        async with http.get(name) as answer:
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        for stale in (name.split("?")[0], name.split("?")[0] + "?v=older"):
            async with http.get(stale) as answer:
                assert answer.status == 200
                assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    ["/chat/", "/chat/index.html", "/chat/widget.js", "/app.js", "/chat/../page.py", "/chat/%2e%2e/page.py"],
)
async def test_nothing_else_is_served(http: aiohttp.ClientSession, path: str) -> None:
    async with http.get(path) as answer:
        assert answer.status == 404


async def test_the_page_takes_no_posts(http: aiohttp.ClientSession) -> None:
    async with http.post("/", data=b"x") as answer:
        assert answer.status == 405


def test_nothing_comes_from_elsewhere() -> None:
    for name in (INDEX, "app.css", "app.js", "widget.js"):
        text = (WEB / name).read_text("utf-8")
        assert "sourceMappingURL" not in text
        addresses = set(re.findall(r"https?://[a-z0-9.-]+", text)) - {
            "http://www.w3.org",
            "https://socket.io",
        }
        assert addresses == set(), name
        assert "innerHTML" not in text
        assert "eval(" not in text
    index = (WEB / INDEX).read_text("utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|\bstyle=|\bon[a-z]+=|<style", index)


def test_old_safari_can_read_the_script() -> None:
    """A lookbehind is a syntax error before Safari 16.4: the whole page would be dead."""
    for name in ("app.js", "widget.js"):
        script = (WEB / name).read_text("utf-8")
        assert "(?<=" not in script
        assert "(?<!" not in script


def test_the_licences_of_what_is_bundled_are_kept() -> None:
    licences = (WEB / "licences.txt").read_text("utf-8")
    for name in ("socket.io-client 4.8.", "engine.io-client", "socket.io-parser", "@socket.io/component-emitter"):
        assert f"\n{name}" in f"\n{licences}"
    assert licences.count("Permission is hereby granted") == licences.count("-" * 80) + 1
    for name in ("app.js", "widget.js"):
        assert "/chat/licences.txt" in (WEB / name).read_text("utf-8")[:100]


def test_script_and_style_are_small() -> None:
    sizes = {path: len(asset.packed) for path, asset in load().items()}
    assert sum(sizes[path] for path in ("/", *LOADED)) <= LARGEST, sizes
    assert sizes["/widget.js"] <= LARGEST, sizes


SOURCES = pytest.mark.skipif(
    not (ROOT / "web" / "node_modules" / "esbuild").is_dir(),
    reason="the packages of web/ are not there: make check-web brings them, and so does make test where there is npm",
)


@SOURCES
@pytest.mark.parametrize("script", ["types", "test"])
def test_the_sources_of_the_page_pass_their_own_checks(script: str) -> None:
    done = subprocess.run(["npm", "run", "--silent", script], cwd=ROOT / "web", capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@SOURCES
def test_the_committed_files_are_what_the_source_builds(tmp_path: Path) -> None:
    subprocess.run(["node", "build.mjs", str(tmp_path)], cwd=ROOT / "web", check=True)
    built = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert built == {path.name: path.read_bytes() for path in WEB.iterdir()}, "make web"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    web = tmp_path / "web"
    shutil.copytree(WEB, web)
    (web / "index.html").write_text("<html></html>", "utf-8")
    with pytest.raises(ChannelError, match=r"does not load /chat/app\.js"):
        load(web)
    (web / "app.css").unlink()
    with pytest.raises(ChannelError, match="missing"):
        load(web)


def test_credentials() -> None:
    assert Page.name() == "page"
    assert Page.from_credentials(None).url_prefix() == "/"
    assert Page.from_credentials({}).url_prefix() == "/"
    with pytest.raises(ChannelError, match="no option colour"):
        Page.from_credentials({"colour": "red"})
