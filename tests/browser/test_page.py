"""The page in Chromium against a tiny bot on the real server (``tests/channels/echo_bot.py``)."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.channels.echo_bot import SAYS

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
SHOTS = Path(os.environ.get("PAGE_SHOTS", "/tmp/page-shots"))
PHONE = {"width": 360, "height": 640}
HOTLINES = ["95188", "12378", "12363", "12345", "12348", "12356", "110", "120", "96110"]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.channels.echo_bot", str(port)],
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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} is missing: apt-get update && apt-get install -y chromium", pytrace=False)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-quic", "--disable-background-networking"],
        )
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
    return line.type in ("error", "warning") and "ERR_INTERNET_DISCONNECTED" not in line.text


def _is_ours(address: str, url: str) -> bool:
    return address.startswith((url, url.replace("http", "ws"), "data:"))


def heard(url: str, sender: str) -> list[str]:
    with urllib.request.urlopen(f"{url}/heard", timeout=5) as answer:
        return [one["text"] for one in json.load(answer) if one["sender"] == sender]


def kept(page: Page) -> Any:
    return page.evaluate("JSON.parse(localStorage.getItem('repayment-guide.v1'))")


def write(page: Page, text: str) -> None:
    page.fill("#input", text)
    page.press("#input", "Enter")


def new_conversation(page: Page) -> None:
    """The question whether the conversation may go is on the screen."""
    page.click("#menu-button")
    page.click("#again")


def shoot(page: Page, name: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(SHOTS / f"{name}.png"))


def sideways(page: Page) -> int:
    """By how many pixels anything sticks out to the right."""
    found: int = page.evaluate(
        """() => Math.max(
             document.documentElement.scrollWidth - document.documentElement.clientWidth,
             ...[...document.querySelectorAll('body *')].filter((e) => e.getClientRects().length
               && !e.closest('.unseen') && getComputedStyle(e).clipPath === 'none')
               .map((e) => Math.round(e.getBoundingClientRect().right - document.body.clientWidth)))"""
    )
    return found


def test_first_visit_greets_silently(open_page: Callable[..., Page], url: str) -> None:
    page = open_page()
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    expect(page.locator(".row.bot")).to_have_count(3)
    expect(page.locator(".row.user")).to_have_count(0)
    expect(page.locator("#typing")).to_be_hidden()
    assert heard(url, kept(page)["session"]) == ["/greet"]
    assert len(kept(page)["session"]) == 32
    assert page.locator("nav a").evaluate_all("all => all.map((a) => a.getAttribute('href'))") == [
        "tel:110",
        "tel:120",
        "tel:12356",
    ]


def test_the_connection_becomes_a_websocket_under_the_policy(open_page: Callable[..., Page]) -> None:
    """connect-src 'self' is enough for Chromium; a refusal would be an error on the console too."""
    page = open_page()
    frames: list[str] = []
    page.on("websocket", lambda opened: opened.on("framesent", lambda data: frames.append(str(data))))
    page.reload()
    end = time.monotonic() + 10
    while not frames:
        assert time.monotonic() < end, "no websocket"
        page.wait_for_timeout(50)
    page.wait_for_timeout(300)
    write(page, "over the websocket")
    expect(page.locator(".row.bot .words").last).to_have_text("echo: over the websocket")
    assert any("over the websocket" in frame for frame in frames)


def test_a_typed_message(open_page: Callable[..., Page], url: str) -> None:
    page = open_page()
    page.locator("#input").press_sequentially("line one")
    page.press("#input", "Shift+Enter")
    page.locator("#input").press_sequentially("line two")
    page.press("#input", "Enter")
    mine = page.locator(".row.user .words")
    expect(mine).to_have_text("line one\nline two", use_inner_text=True)
    expect(page.locator(".row.bot .words").last).to_have_text("echo: line one\nline two", use_inner_text=True)
    expect(page.locator("#input")).to_have_value("")
    expect(page.locator(".replies button:enabled")).to_have_count(0)
    page.fill("#input", "by the button")
    page.click("#send")
    expect(page.locator(".row.bot .words").last).to_have_text("echo: by the button")
    page.fill("#input", "   ")
    page.press("#input", "Enter")
    assert heard(url, kept(page)["session"]) == ["/greet", "line one\nline two", "by the button"]


def test_enter_while_composing_does_not_send(open_page: Callable[..., Page], url: str) -> None:
    page = open_page()
    client = page.context.new_cdp_session(page)
    page.focus("#input")
    client.send("Input.imeSetComposition", {"text": "hua bei", "selectionStart": 7, "selectionEnd": 7})
    page.keyboard.press("Enter")
    page.evaluate(
        """() => document.querySelector('#input').dispatchEvent(
             new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, bubbles: true, cancelable: true}))"""
    )
    expect(page.locator(".row.user")).to_have_count(0)
    client.send("Input.insertText", {"text": "done"})
    page.keyboard.press("Enter")
    expect(page.locator(".row.user")).to_have_count(1)


def test_buttons(open_page: Callable[..., Page], url: str) -> None:
    page = open_page()
    title = SAYS["/overdue"][1]["buttons"][1]["title"]
    page.locator(".replies button").nth(1).click()
    expect(page.locator(".row.user .words")).to_have_text(SAYS["/greet"][0]["buttons"][1]["title"])
    fresh = page.locator(".replies button:enabled")
    expect(fresh).to_have_count(3)
    expect(page.locator(".replies button:disabled")).to_have_count(4)
    expect(page.locator(".replies button.chosen")).to_have_count(1)
    # The buttons are the last thing in the log, below the bot's last words.
    assert page.evaluate("document.querySelector('#log').lastElementChild.className") == "replies"
    fresh.nth(1).dblclick()
    expect(page.locator(".row.user .words").last).to_have_text(title)
    expect(page.locator(".replies button:enabled")).to_have_count(0)
    expect(page.locator("#typing")).to_be_hidden()
    assert heard(url, kept(page)["session"]) == ["/greet", "/overdue", '/overdue_for{"months": 1}']


def test_reload_keeps_the_conversation_and_sends_nothing(open_page: Callable[..., Page], url: str) -> None:
    page = open_page()
    page.locator(".replies button").nth(1).click()
    expect(page.locator(".replies button:enabled")).to_have_count(3)
    before = page.locator("#log").inner_text()
    session = kept(page)["session"]
    page.reload()
    expect(page.locator("#link")).to_be_hidden()
    write(page, "after the reload")
    expect(page.locator(".row.bot .words").last).to_have_text("echo: after the reload")
    assert page.locator("#log").inner_text().startswith(before)
    expect(page.locator(".replies button.chosen")).to_have_count(1)
    assert kept(page)["session"] == session
    assert heard(url, session) == ["/greet", "/overdue", "after the reload"]


def test_buttons_still_work_after_a_reload(open_page: Callable[..., Page], url: str) -> None:
    page = open_page()
    page.reload()
    page.locator(".replies button:enabled").nth(1).click()
    expect(page.locator(".replies button:enabled")).to_have_count(3)
    assert heard(url, kept(page)["session"]) == ["/greet", "/overdue"]


def test_offline_then_sent_once(open_page: Callable[..., Page], url: str) -> None:
    page = open_page()
    page.context.set_offline(True)
    expect(page.locator("#link")).to_be_visible()
    write(page, "first while away")
    write(page, "second while away")
    expect(page.locator(".row.user .unsent")).to_have_count(2)
    shoot(page, "offline")
    page.wait_for_timeout(500)
    session = kept(page)["session"]
    assert heard(url, session) == ["/greet"]
    page.context.set_offline(False)
    expect(page.locator(".row.bot .words").last).to_have_text("echo: second while away", timeout=20_000)
    expect(page.locator("#link")).to_be_hidden()
    expect(page.locator(".row.user .unsent")).to_have_count(0)
    assert kept(page)["outbox"] == []
    page.reload()
    expect(page.locator("#link")).to_be_hidden()
    write(page, "third")
    expect(page.locator(".row.bot .words").last).to_have_text("echo: third")
    assert heard(url, session) == ["/greet", "first while away", "second while away", "third"]


def test_an_answer_given_while_away_arrives(open_page: Callable[..., Page], url: str) -> None:
    page = open_page()
    write(page, "wait 1 and answer")
    expect(page.locator("#typing")).to_be_visible()
    shoot(page, "typing")
    page.context.set_offline(True)
    expect(page.locator("#link")).to_be_visible()
    page.wait_for_timeout(1500)
    page.context.set_offline(False)
    expect(page.locator(".row.bot .words").last).to_have_text("echo: wait 1 and answer", timeout=20_000)
    expect(page.locator("#typing")).to_be_hidden()
    assert heard(url, kept(page)["session"]) == ["/greet", "wait 1 and answer"]


def test_unsent_words_survive_a_reload(open_page: Callable[..., Page], url: str) -> None:
    page = open_page()
    session = kept(page)["session"]
    page.context.set_offline(True)
    write(page, "written in a tunnel")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator(".row.bot .words").last).to_have_text("echo: written in a tunnel", timeout=20_000)
    assert heard(url, session) == ["/greet", "written in a tunnel"]


def test_words_begun_survive_a_reload_and_go_when_sent(open_page: Callable[..., Page], url: str) -> None:
    page = open_page()
    page.locator("#input").press_sequentially("abc 123")
    page.reload()
    expect(page.locator("#input")).to_have_value("abc 123")
    assert heard(url, kept(page)["session"]) == ["/greet"]
    page.press("#input", "Enter")
    expect(page.locator(".row.user .words")).to_have_text("abc 123")
    page.reload()
    expect(page.locator(".row.user .words")).to_have_text("abc 123")
    expect(page.locator("#input")).to_have_value("")


def test_clearing_this_device_clears_words_begun(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.locator("#input").press_sequentially("abc 123")
    new_conversation(page)
    page.click("#ask-yes")
    expect(page.locator("#input")).to_have_value("")
    assert page.evaluate("localStorage.getItem('repayment-guide.draft')") is None


def test_every_message_tells_its_time_and_older_ones_their_day(open_page: Callable[..., Page]) -> None:
    page = open_page(timezone_id="Asia/Shanghai")
    write(page, "abc")
    stamps = page.locator(".row .at")
    expect(page.locator(".row.user .at")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    assert stamps.count() == page.locator(".row").count()
    page.evaluate(
        """() => {
             const state = JSON.parse(localStorage.getItem('repayment-guide.v1'));
             state.history[0].at = Date.UTC(2026, 0, 2, 1, 5);
             localStorage.setItem('repayment-guide.v1', JSON.stringify(state));
           }"""
    )
    page.reload()
    expect(stamps.first).to_have_text("1月2日 09:05")
    expect(stamps.first).to_have_attribute("datetime", "2026-01-02T01:05:00.000Z")


def test_two_tabs(open_page: Callable[..., Page], url: str) -> None:
    one = open_page()
    two = one.context.new_page()
    two.goto(url)
    expect(two.locator(".row.bot")).to_have_count(3)
    write(one, "from the first tab")
    for tab in (one, two):
        expect(tab.locator(".row.user")).to_have_count(1)
        expect(tab.locator(".row.bot")).to_have_count(4)
    write(two, "from the second tab")
    for tab in (one, two):
        expect(tab.locator(".row.bot .words").last).to_have_text("echo: from the second tab")
        expect(tab.locator(".row.bot")).to_have_count(5)
    said = [message["text"] for message in kept(one)["history"]]
    assert len(said) == len(set(said)) == 7


def test_hotlines_and_links(open_page: Callable[..., Page]) -> None:
    page = open_page()
    write(page, "hotlines")
    last = page.locator(".row.bot .words").last
    expect(last.locator("a")).to_have_count(len(HOTLINES) + 2)
    links = last.locator("a").evaluate_all("all => all.map((a) => [a.getAttribute('href'), a.textContent])")
    assert links[: len(HOTLINES)] == [[f"tel:{number}", number] for number in HOTLINES]
    assert [link[0] for link in links[len(HOTLINES) :]] == [
        "https://www.12378.example/a?b=110",
        "https://example.org/x",
    ]
    assert last.locator("a").last.get_attribute("rel") == "noopener noreferrer"
    shoot(page, "hotlines")
    write(page, "amounts")
    expect(page.locator(".row.bot .words").last).to_have_text(SAYS["amounts"][0]["text"])
    expect(page.locator(".row.bot .words").last.locator("a")).to_have_count(0)


def test_markup_is_only_text(open_page: Callable[..., Page]) -> None:
    page = open_page()
    title = page.title()
    write(page, "markup")
    expect(page.locator(".row.bot .words").last).to_have_text(SAYS["markup"][0]["text"])
    write(page, "<script>document.title = 'evil'</script>")
    expect(page.locator(".row.user .words").last).to_have_text("<script>document.title = 'evil'</script>")
    expect(page.locator("#evil, #log img, #log script")).to_have_count(0)
    assert page.title() == title


def test_lines_stay_lines(open_page: Callable[..., Page]) -> None:
    page = open_page()
    write(page, "lines")
    last = page.locator(".row.bot .words").last
    expect(last).to_have_text(SAYS["lines"][0]["text"], use_inner_text=True)
    assert last.evaluate("e => e.getBoundingClientRect().height") > 70


@pytest.mark.parametrize("word", ["fail", "silent"])
def test_no_answer_is_said_out_loud(open_page: Callable[..., Page], word: str) -> None:
    page = open_page()
    write(page, word)
    expect(page.locator("#notice")).to_be_visible()
    expect(page.locator("#typing")).to_be_hidden()
    assert kept(page)["outbox"] == []


def test_a_very_long_message_is_cut_and_says_so(open_page: Callable[..., Page], url: str) -> None:
    page = open_page()
    write(page, "\u6b20" * 21_000)
    expect(page.locator(".row.bot .words").last).to_have_text("echo: 20000")
    expect(page.locator("#notice")).to_be_visible()


def test_a_new_conversation(open_page: Callable[..., Page], url: str) -> None:
    page = open_page()
    write(page, "a secret")
    expect(page.locator(".row.bot .words").last).to_have_text("echo: a secret")
    before = kept(page)["session"]
    new_conversation(page)
    expect(page.locator("#ask")).to_be_visible()
    expect(page.locator("#ask-no")).to_be_focused()
    shoot(page, "ask")
    for _ in range(3):
        page.keyboard.press("Tab")
        assert page.evaluate("!!document.activeElement.closest('#ask')")
    page.keyboard.press("Escape")
    expect(page.locator("#ask")).to_be_hidden()
    expect(page.locator("#menu-button")).to_be_focused()
    assert kept(page)["session"] == before
    new_conversation(page)
    page.click("#ask-yes")
    expect(page.locator(".row.user")).to_have_count(0)
    expect(page.locator(".row.bot")).to_have_count(3)
    after = kept(page)
    assert after["session"] != before
    assert "a secret" not in json.dumps(after)
    assert heard(url, after["session"]) == ["/greet"]
    page.locator(".replies button:enabled").nth(1).click()
    expect(page.locator(".replies button:enabled")).to_have_count(3)


def test_history_is_bounded(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.evaluate(
        """() => { const key = 'repayment-guide.v1', state = JSON.parse(localStorage.getItem(key));
             for (let i = 0; i < 700; i += 1) state.history.push({id: 'x' + i, who: 'user', text: 'old'});
             localStorage.setItem(key, JSON.stringify(state)); }"""
    )
    page.reload()
    write(page, "new")
    expect(page.locator(".row.bot .words").last).to_have_text("echo: new")
    assert len(kept(page)["history"]) == 500


@pytest.mark.parametrize("rubbish", ["{", "null", "5", '{"session": "short"}', '{"session": 5, "history": {}}'])
def test_rubbish_in_the_storage_is_replaced(open_page: Callable[..., Page], rubbish: str) -> None:
    page = open_page()
    page.evaluate("text => localStorage.setItem('repayment-guide.v1', text)", rubbish)
    page.reload()
    expect(page.locator(".replies button:enabled")).to_have_count(4)
    assert len(kept(page)["session"]) == 32


def test_without_storage(open_page: Callable[..., Page], browser: Browser, url: str) -> None:
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('not allowed'); }})"
    )
    page = context.new_page()
    page.goto(url)
    expect(page.locator(".replies button:enabled")).to_have_count(4)
    write(page, "no storage")
    expect(page.locator(".row.bot .words").last).to_have_text("echo: no storage")
    new_conversation(page)
    page.locator("#ask-yes").click()
    expect(page.locator(".row.user")).to_have_count(0)
    expect(page.locator(".replies button:enabled")).to_have_count(4)
    context.close()


def test_without_javascript(browser: Browser, url: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(url)
    expect(page.locator("noscript a[href='tel:95188']")).to_be_visible()
    context.close()


@pytest.mark.parametrize(
    ("name", "width", "height"),
    [("phone", 360, 640), ("small", 320, 480), ("zoomed", 640, 360), ("tiny", 320, 256), ("desk", 1280, 800)],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_sticks_out(open_page: Callable[..., Page], name: str, width: int, height: int, scheme: str) -> None:
    page = open_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    assert sideways(page) <= 0
    shoot(page, f"{name}-{scheme}-1")
    page.locator(".replies button").nth(1).click()
    expect(page.locator(".replies button:enabled")).to_have_count(3)
    page.wait_for_timeout(150)
    shoot(page, f"{name}-{scheme}-2")
    write(page, "long")
    expect(page.locator(".replies button:enabled")).to_have_count(1)
    assert sideways(page) <= 0
    expect(page.locator("nav a").last).to_be_in_viewport()
    shoot(page, f"{name}-{scheme}-3")
    new_conversation(page)
    assert sideways(page) <= 0


def test_the_composer_is_always_on_the_screen(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.fill("#input", "\n".join(["line"] * 30))
    for height in (640, 420, 300):
        page.set_viewport_size({"width": 360, "height": height})
        page.wait_for_timeout(100)
        box = page.locator("#send").bounding_box()
        assert box is not None
        assert 0 <= box["y"] <= height - box["height"]
        shoot(page, f"composer-{height}")


def test_twice_the_text_size(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    page.wait_for_timeout(300)
    shoot(page, "text-200-1")
    assert sideways(page) <= 0
    page.locator(".replies button").nth(1).click()
    expect(page.locator(".replies button:enabled")).to_have_count(3)
    expect(page.locator(".row.user").last).to_be_in_viewport()
    for always in ("nav a[href='tel:110']", "#input", "#send"):
        expect(page.locator(always)).to_be_in_viewport()
    page.wait_for_timeout(100)
    shoot(page, "text-200-2")
    assert sideways(page) <= 0


def test_everything_to_touch_is_big_enough(open_page: Callable[..., Page]) -> None:
    page = open_page()
    new_conversation(page)
    small = page.locator("button:visible, nav a:visible, textarea:visible").evaluate_all(
        """all => all.map((e) => [e.textContent, e.getBoundingClientRect()])
             .filter(([, box]) => box.width < 44 || box.height < 44).map(([text]) => text)"""
    )
    assert small == []


CONTRAST = """() => {
  const rgb = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (e) => { for (let at = e; at; at = at.parentElement) {
    const c = rgb(getComputedStyle(at).backgroundColor); if (c.length === 3 || c[3] === 1) return c; }
    return [255, 255, 255]; };
  const low = [];
  for (const e of document.querySelectorAll('body *')) {
    if (!e.getClientRects().length || e.matches(':disabled')) continue;
    const words = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!words && !e.matches('textarea')) continue;
    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) low.push(`${e.className || e.id || e.tagName} ${ratio.toFixed(2)}`);
  }
  const box = document.querySelector('#input');
  const edge = [light(rgb(getComputedStyle(box).borderTopColor)), light(behind(box.parentElement))];
  edge.sort((x, y) => y - x);
  if ((edge[0] + 0.05) / (edge[1] + 0.05) < 3) low.push('the edge of the text field');
  return low;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(open_page: Callable[..., Page], scheme: str) -> None:
    page = open_page(color_scheme=scheme)
    page.locator(".replies button").nth(1).click()
    expect(page.locator(".replies button:enabled")).to_have_count(3)
    write(page, "hotlines")
    write(page, "fail")
    expect(page.locator("#notice")).to_be_visible()
    assert page.evaluate(CONTRAST) == []
    page.context.set_offline(True)
    expect(page.locator("#link")).to_be_visible()
    write(page, "unsent")
    assert page.evaluate(CONTRAST) == []
    new_conversation(page)
    assert page.evaluate(CONTRAST) == []


def test_a_screen_reader_hears_new_words_only(open_page: Callable[..., Page]) -> None:
    page = open_page()
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    page.reload()
    expect(log).to_have_attribute("aria-live", "polite")
    assert page.locator("#log").get_attribute("aria-label")
    assert page.locator("label[for=input]").count() == 1
    page.keyboard.press("Tab")
    expect(page.locator("#menu-button")).to_be_focused()


def test_reduced_motion(open_page: Callable[..., Page]) -> None:
    page = open_page(reduced_motion="reduce")
    write(page, "wait 1")
    expect(page.locator("#typing")).to_be_visible()
    name = page.locator(".dots i").first.evaluate("e => getComputedStyle(e).animationName")
    assert name == "none"


def test_the_beginning_of_a_long_answer_stays_in_sight(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 360, "height": 480})
    write(page, "hello")
    expect(page.locator(".row.bot .words").last).to_have_text("echo: hello")
    write(page, "/greet")
    expect(page.locator(".replies button:enabled")).to_have_count(4)
    expect(page.locator(".row.user").last).to_be_in_viewport()
    expect(page.locator("#more")).to_be_visible()
    shoot(page, "more")
    for _ in range(4):
        if page.locator("#more").is_visible():
            page.click("#more")
            page.wait_for_timeout(100)
    expect(page.locator("#more")).to_be_hidden()
    expect(page.locator(".replies button:enabled").last).to_be_in_viewport()
