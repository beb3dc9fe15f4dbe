"""Chromium, and the tiny bot on the real server (``tests/channels/echo_bot.py``) that the page is tested against."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.screen import ARGUMENTS, CHROMIUM, PHONE, ROOT, free_port

EXPECTED = ("ERR_INTERNET_DISCONNECTED", "card is not as expected")
"""What the tests bring about on the console of purpose."""


@contextmanager
def echo_bot(port: int, *origins: str) -> Iterator[str]:
    """The tiny bot on a port of its own, open to the pages of ``origins``: its address."""
    server = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.channels.echo_bot", str(port), *origins],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 90
        while True:
            try:
                urllib.request.urlopen(address, timeout=2).close()
                break
            except OSError:
                assert server.poll() is None, "the echo bot did not start"
                assert time.monotonic() < end, "the echo bot did not answer in time"
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="session")
def url() -> Iterator[str]:
    with echo_bot(free_port()) as address:
        yield address


@pytest.fixture(scope="module")  # while it is open no test may use asyncio
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} is missing: apt-get update && apt-get install -y chromium", pytrace=False)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Browser, url: str) -> Iterator[Callable[..., Page]]:
    """Opens the page in a new browser profile; at the end nothing may have gone wrong on any of them."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(line.text) if _is_bad(line) else None)
        page.on("request", lambda sent: None if _is_ours(sent.url, url) else wrong.append(sent.url))

    def opener(greeted: bool = True, **options: Any) -> Page:
        context = browser.new_context(**{"viewport": PHONE, "locale": "zh-CN", **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        context.on("page", watch)
        page = context.new_page()
        page.goto(url)
        if greeted:
            expect(page.locator(".replies button:enabled")).to_have_count(4)
        return page

    yield opener
    for context in contexts:
        context.close()
    assert wrong == []


def _is_bad(line: Any) -> bool:
    return line.type in ("error", "warning") and not any(known in line.text for known in EXPECTED)


def _is_ours(address: str, url: str) -> bool:
    return address.startswith((url, url.replace("http", "ws"), "data:"))
