"""How fast the page is on a slow phone, and with a long conversation; and that a server may come and go."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import echo_bot
from tests.browser.screen import PHONE, free_port, heard, kept, violations, write

log = logging.getLogger(__name__)

pytestmark = pytest.mark.browser

FIRST_WORDS = 1000  # milliseconds from the tap to the first words
SLOW_NET = {"offline": False, "latency": 70, "downloadThroughput": 9e6 / 8, "uploadThroughput": 1.5e6 / 8}
"""4G as it is outside a city."""
SLOWDOWN = 4  # times slower than this machine, as Lighthouse takes for an ordinary phone
TRIES = 6
GROWTH = 8  # times as long as a short conversation takes, at most
TRIVIAL = 1500  # milliseconds that nobody would call slow, whatever the short one takes
MANY = 500
STEPS = ("drawn", "answered")


def first_words(browser: Browser, url: str, is_slow: bool) -> float:
    """Milliseconds from the tap on the address to the first words of the bot, in a new profile with nothing kept."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN")  # type: ignore[arg-type]
    page = context.new_page()
    if is_slow:
        client = context.new_cdp_session(page)
        client.send("Network.enable")
        client.send("Network.emulateNetworkConditions", SLOW_NET)
        client.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    page.add_init_script(
        """new MutationObserver((_, watch) => {
             if (document.querySelector('.row.bot')) { window.firstWords = performance.now(); watch.disconnect(); }
           }).observe(document, {childList: true, subtree: true});"""
    )
    page.goto(url)
    expect(page.locator(".row.bot").first).to_be_visible(timeout=30_000)
    taken = float(page.evaluate("window.firstWords"))
    context.close()
    return taken


def test_the_first_words_are_there_in_a_second_on_a_slow_phone(browser: Browser, url: str) -> None:
    """The best of several: whatever else the machine does makes it slower, never faster."""
    first_words(browser, url, is_slow=False)  # the server has served it once
    times: list[float] = []
    while len(times) < TRIES and min(times, default=FIRST_WORDS) >= FIRST_WORDS:
        times.append(first_words(browser, url, is_slow=True))
    log.info("first words on a slow phone: %s ms", ", ".join(f"{one:.0f}" for one in times))
    assert min(times) < FIRST_WORDS, times


def opened_and_answered(page: Page, last: str, text: str) -> tuple[float, float]:
    """Milliseconds until the kept conversation is on the screen after a reload, and until ``text`` is answered."""
    page.reload(wait_until="commit")
    started = time.monotonic()
    expect(page.locator(".row").filter(has_text=last)).to_have_count(1, timeout=30_000)
    drawn = time.monotonic()
    write(page, text)
    expect(page.locator(".row.bot .words").last).to_have_text(f"echo: {text}", timeout=30_000)
    return (drawn - started) * 1000, (time.monotonic() - drawn) * 1000


def test_five_hundred_messages_do_not_make_it_slow(open_page: Callable[..., Page]) -> None:
    """Compared with the same page and a short conversation at the same moment, since the machine may be busy."""
    page = open_page()
    write(page, "the first")
    expect(page.locator(".row.bot .words").last).to_have_text("echo: the first")
    short = opened_and_answered(page, "echo: the first", "the second")
    page.evaluate(
        """many => { const key = 'repayment-guide.v1', state = JSON.parse(localStorage.getItem(key));
             const older = Array.from({length: many}, (_, i) =>
               ({id: 'x' + i, who: i % 2 ? 'bot' : 'user', text: 'message ' + i + ' ' + 'x'.repeat(i % 200)}));
             state.history = [...older, ...state.history];
             localStorage.setItem(key, JSON.stringify(state)); }""",
        MANY,
    )
    long = opened_and_answered(page, f"message {MANY - 1}", "the newest")
    for step, few, many in zip(STEPS, short, long, strict=True):
        log.info("%s in %.0f ms, with %s messages in %.0f ms", step, few, MANY, many)
        assert many < max(TRIVIAL, GROWTH * few), (step, few, many)
    expect(page.locator(".row.user").last).to_be_in_viewport()
    assert len(kept(page)["history"]) == MANY
    assert page.locator(".row").count() >= MANY
    assert violations(page) == ""


def test_a_restart_of_the_server_loses_nothing_and_repeats_nothing(browser: Browser) -> None:
    port = free_port()
    page = browser.new_context(viewport=PHONE, locale="zh-CN").new_page()  # type: ignore[arg-type]
    with echo_bot(port) as address:
        page.goto(address)
        expect(page.locator(".replies button:enabled")).to_have_count(4)
        write(page, "before")
        expect(page.locator(".row.bot .words").last).to_have_text("echo: before")
        page.fill("#input", "half a sen")
    expect(page.locator("#link")).to_be_visible()
    page.fill("#input", "said while it was away")
    page.press("#input", "Enter")
    page.fill("#input", "half a sentence")
    with echo_bot(port) as address:
        expect(page.locator(".row.bot .words").last).to_have_text("echo: said while it was away", timeout=20_000)
        expect(page.locator("#link")).to_be_hidden()
        expect(page.locator("#input")).to_have_value("half a sentence")
        assert heard(address, kept(page)["session"]) == ["said while it was away"]
        said = [message["text"] for message in kept(page)["history"]]
        assert said.count("before") == said.count("said while it was away") == 1
    page.context.close()
