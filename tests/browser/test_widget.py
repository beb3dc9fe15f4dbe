"""The widget on a page of another site: one line there, and nothing of either side's style reaches the other."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import echo_bot
from tests.browser.screen import CARDS, PHONE, ROOT, free_port, shoot, violations

pytestmark = pytest.mark.browser

POLICY = "default-src 'none'; script-src {bot}; connect-src {bot} {socket}; style-src 'self'"
"""What a careful site allows: the widget's script and its connection, no style from elsewhere and none inline."""
SITE = """<!doctype html><html lang="zh-CN"><head><title>another site</title><link rel="stylesheet" href="/site.css">
<script src="{bot}/widget.js" data-bot="{bot}" defer></script></head>
<body><main><h1>another site</h1><p id="ours">text</p><button>ours</button></main></body></html>"""
DEMO = (ROOT / "web" / "demo.html").read_text("utf-8")
"""The page that docs/widget.md shows; the policy is written in it."""
NAMED = "127.0.0.1:5005"
NO_SOCKETS = """window.WebSocket = class {
  constructor() { setTimeout(() => { this.onerror?.(new Event('error')); this.onclose?.(new CloseEvent('close')); }); }
  close() {}
};"""
"""As behind a proxy that lets none through."""
HOSTILE = """* { all: revert !important; color: red !important; font-size: 40px !important;
  letter-spacing: 9px !important; text-transform: uppercase !important; text-align: right !important;
  direction: rtl !important }"""
"""What some sites do to every element, the widget's own among them."""
STYLE = "button, p, div, textarea { color: rgb(255, 0, 0) !important; font-size: 40px !important; display: block }"


@pytest.fixture(scope="module")
def ports() -> tuple[int, int]:
    return free_port(), free_port()


@pytest.fixture(scope="module")
def site(ports: tuple[int, int]) -> Iterator[str]:
    """Another site, on another origin."""
    bot = f"http://127.0.0.1:{ports[0]}"

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_style = self.path == "/site.css"
            is_demo = self.path == "/demo.html"
            other = DEMO.replace(NAMED, bot.removeprefix("http://")) if is_demo else SITE.format(bot=bot)
            is_hostile = "/hostile.html" in (self.path, urlsplit(self.headers.get("Referer", "")).path)
            body = (HOSTILE if is_hostile else STYLE) if is_style else other
            self.send_response(200)
            self.send_header("Content-Type", "text/css" if is_style else "text/html; charset=utf-8")
            policy = POLICY.format(bot=bot, socket=bot.replace("http", "ws"))
            if not is_demo:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: Any) -> None:
            """Keep the tests' output clean."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", ports[1]), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{ports[1]}"
    server.shutdown()


@pytest.fixture(scope="module")
def bot(ports: tuple[int, int]) -> Iterator[str]:
    with echo_bot(ports[0], f"http://localhost:{ports[1]}") as address:
        yield address


@pytest.fixture
def visit(browser: Browser, bot: str, site: str) -> Iterator[Callable[..., Page]]:
    contexts = []
    wrong: list[str] = []

    def opener(path: str = "", before: str = "", **options: Any) -> Page:
        context = browser.new_context(**{"viewport": PHONE, "locale": "zh-CN", **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(line.text) if line.type in ("error", "warning") else None)
        page.on("request", lambda sent: None if sent.url.startswith(known) else wrong.append(sent.url))
        page.add_init_script(before)
        page.goto(site + path)
        expect(page.locator(".launcher")).to_be_visible()
        return page

    known = (site, bot, bot.replace("http", "ws"), "data:")
    yield opener
    for context in contexts:
        context.close()
    assert wrong == []


def opened(page: Page) -> None:
    page.locator(".launcher").click()
    expect(page.locator(".replies button:enabled")).to_have_count(4)


def test_nothing_is_sent_before_it_is_opened(visit: Callable[..., Page], bot: str) -> None:
    page = visit()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.on("websocket", lambda opening: sent.append(opening.url))
    page.wait_for_timeout(300)
    assert sent == []
    opened(page)
    assert sent


def test_a_conversation_on_another_sites_page(visit: Callable[..., Page]) -> None:
    page = visit()
    opened(page)
    expect(page.locator("#menu-button")).to_be_focused()
    page.fill("#input", "from elsewhere")
    page.press("#input", "Enter")
    expect(page.locator(".row.bot .words").last).to_have_text("echo: from elsewhere")
    for name in ("plan", "script"):
        page.fill("#input", f"card {name}")
        page.press("#input", "Enter")
        expect(page.locator(f'.card[data-type="{name}"]')).to_contain_text(CARDS[name]["custom"]["title"])
    shoot(page, "widget-phone")
    assert violations(page) == ""
    page.reload()  # and on the next page of that site it is still open, with all that was said
    expect(page.locator(".row.user .words").first).to_have_text("from elsewhere")
    expect(page.locator(".card")).to_have_count(2)
    page.locator("#menu-button").press("Escape")
    expect(page.locator("#scroll")).to_be_hidden()
    expect(page.locator(".launcher")).to_be_focused()


def test_where_no_websocket_passes_it_talks_by_plain_requests(visit: Callable[..., Page]) -> None:
    """These are subject to CORS; a connection of sockets is not."""
    page = visit(before=NO_SOCKETS)
    asked: list[str] = []
    page.on("response", lambda got: asked.append(got.url) if "transport=polling" in got.url else None)
    opened(page)
    page.fill("#input", "the long way")
    page.press("#input", "Enter")
    expect(page.locator(".row.bot .words").last).to_have_text("echo: the long way")
    assert asked


def test_the_page_of_the_documentation_works(visit: Callable[..., Page]) -> None:
    assert f'src="http://{NAMED}/widget.js"' in DEMO
    page = visit("/demo.html")
    opened(page)
    page.fill("#input", "as documented")
    page.press("#input", "Enter")
    expect(page.locator(".row.bot .words").last).to_have_text("echo: as documented")
    shoot(page, "widget-demo")
    assert violations(page) == ""


def test_the_conversation_is_kept_by_the_site_under_the_bots_name(visit: Callable[..., Page], bot: str) -> None:
    page = visit()
    assert page.evaluate("Object.keys(localStorage)") == []
    opened(page)
    assert page.evaluate("Object.keys(localStorage)") == [f"repayment-guide.v1@{bot}"]
    assert page.context.cookies() == []


def test_the_guards_headers_are_on_what_the_site_loads(visit: Callable[..., Page], bot: str, site: str) -> None:
    page = visit()
    got = page.request.get(f"{bot}/widget.js", headers={"Origin": site}).headers
    assert got["cross-origin-resource-policy"] == "cross-origin"
    refused = page.request.get(f"{bot}/nowhere").headers
    assert refused["cross-origin-resource-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in refused["content-security-policy"]
    assert refused["x-content-type-options"] == "nosniff"


def test_no_style_passes_in_either_direction(visit: Callable[..., Page]) -> None:
    page = visit(viewport={"width": 1100, "height": 760})
    before = page.locator("#ours").evaluate("e => JSON.stringify(Object.entries(getComputedStyle(e)))")
    opened(page)
    words = page.locator(".row.bot .words").first
    assert words.evaluate("e => getComputedStyle(e).color") != "rgb(255, 0, 0)"
    assert words.evaluate("e => getComputedStyle(e).fontSize") == "17px"
    assert page.locator("#ours").evaluate("e => JSON.stringify(Object.entries(getComputedStyle(e)))") == before
    shoot(page, "widget-desk")
    box = page.locator(".floating").bounding_box()
    assert box is not None
    assert box["x"] > 0
    assert box["x"] + box["width"] <= 1100
    assert box["y"] + box["height"] <= 760


def test_a_site_that_is_not_named_cannot_connect(browser: Browser, bot: str, site: str) -> None:
    """GUIDE_CORS names the site as localhost; by its number it is another one."""
    page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
    page.goto(site.replace("localhost", "127.0.0.1"))
    page.locator(".launcher").click()
    expect(page.locator("#link")).to_be_visible()
    expect(page.locator(".row.bot")).to_have_count(0)
    page.close()


def test_two_lines_on_a_page_are_one_widget(visit: Callable[..., Page], bot: str) -> None:
    page = visit()
    page.evaluate(
        """address => new Promise((done) => { const again = document.createElement('script');
             again.src = `${address}/widget.js`; again.dataset.bot = address; again.onload = done;
             document.head.append(again); })""",
        bot,
    )
    expect(page.locator(".launcher")).to_have_count(1)


def test_what_the_site_says_of_every_element_stops_at_the_widget(visit: Callable[..., Page]) -> None:
    """Its rule for the widget's own element is stronger than any of ours; what inherits from there must not come in."""
    page = visit("/hostile.html")
    opened(page)
    shoot(page, "widget-hostile")
    words = page.locator(".row.bot .words").first.evaluate(
        """e => { const s = getComputedStyle(e);
             return [s.fontSize, s.letterSpacing, s.textTransform, s.textAlign, s.direction, s.color]; }"""
    )
    assert words[:5] == ["17px", "normal", "none", "left", "ltr"]
    assert words[5] != "rgb(255, 0, 0)"
    assert page.locator("#ours").evaluate("e => getComputedStyle(e).letterSpacing") == "9px"


@pytest.mark.parametrize(("size", "stays"), [(PHONE, True), ({"width": 1100, "height": 760}, False)])
def test_the_keyboard_stays_in_the_panel_where_it_hides_the_page(
    visit: Callable[..., Page], size: dict[str, int], stays: bool
) -> None:
    page = visit(viewport=size)
    opened(page)
    inside = "document.activeElement.localName === 'repayment-guide'"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(inside) is stays
    page.locator("#send").focus()
    page.keyboard.press("Tab")
    assert page.evaluate(inside) is stays
    if stays:
        expect(page.locator("#menu-button")).to_be_focused()
    page.locator("#input").press("Escape")
    expect(page.locator(".launcher")).to_be_focused()
