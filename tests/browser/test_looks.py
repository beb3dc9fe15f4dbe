"""How the page looks and fits: sizes, colours, contrast, and what people with disabilities need."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import LOOKS, new_conversation, shoot, sideways, violations, write

pytestmark = pytest.mark.browser


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(open_page: Callable[..., Page], scheme: str) -> None:
    page = open_page(color_scheme=scheme)
    assert violations(page) == "", "greeted"
    page.locator(".replies button").nth(1).click()
    expect(page.locator(".replies button:enabled")).to_have_count(3)
    assert violations(page) == "", "a reply chosen"
    write(page, "wait 5")
    expect(page.locator("#typing")).to_be_visible()
    assert violations(page) == "", "typing"
    page.context.set_offline(True)
    write(page, "unsent")
    expect(page.locator(".unsent").last).to_be_visible()
    assert violations(page) == "", "offline"
    page.context.set_offline(False)
    expect(page.locator("#link")).to_be_hidden(timeout=20_000)
    write(page, "fail")
    expect(page.locator("#notice")).to_be_visible(timeout=20_000)
    assert violations(page) == "", "something went wrong"
    new_conversation(page)
    assert violations(page) == "", "asked"


def test_words_that_come_in_never_take_the_focus(open_page: Callable[..., Page]) -> None:
    page = open_page()
    write(page, "wait 1")
    page.locator("#input").press_sequentially("meanwhile")
    expect(page.locator(".row.bot .words").last).to_have_text("echo: wait 1")
    expect(page.locator("#input")).to_be_focused()
    expect(page.locator("#input")).to_have_value("meanwhile")
    write(page, "card plan")
    expect(page.locator(".card")).to_be_visible()
    expect(page.locator("#input")).to_be_focused()


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_where_something_is_decided(open_page: Callable[..., Page], look: str) -> None:
    """What is agreed to, what is deleted, and the questions before it, with a network and without."""
    page = open_page(**LOOKS[look])
    write(page, "consent")
    expect(page.locator(".replies button:enabled")).to_have_count(2)
    assert violations(page) == "", "consent asked"
    page.locator(".replies button:enabled").first.click()
    expect(page.locator(".row.bot .words").last).to_have_text("echo: 同意保存")
    assert violations(page) == "", "consent given"
    page.context.set_offline(True)
    expect(page.locator("#link")).to_be_visible()
    page.click("#menu-button")
    assert violations(page) == "", "the menu without a network"
    page.click("#remove")
    shoot(page, f"remove-offline-{look}")
    assert violations(page) == "", "deletion asked without a network"
    page.click("#ask-yes")
    expect(page.locator("#notice")).to_be_visible()
    assert violations(page) == "", "both notices"
    shoot(page, f"notices-{look}")
    page.context.set_offline(False)
    expect(page.locator("#link")).to_be_hidden(timeout=20_000)
    page.click("#menu-button")
    page.click("#remove")
    page.click("#ask-yes")
    expect(page.locator(".replies button:enabled")).to_have_count(2)
    expect(page.locator("#notice")).to_be_hidden()
    assert violations(page) == "", "the bot asks whether to delete"
    page.locator(".replies button:enabled").first.click()
    expect(page.locator("#ask")).to_be_visible(timeout=20_000)
    assert violations(page) == "", "deleted; this device too?"
    shoot(page, f"removed-{look}")


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_the_open_progress(open_page: Callable[..., Page], look: str) -> None:
    page = open_page(**LOOKS[look])
    write(page, "earns 4000")
    expect(page.locator(".row.bot .words").last).to_have_text("echo: earns 4000")
    page.reload()
    page.click("#progress-toggle")
    expect(page.get_by_role("button", name="改一下每月收入")).to_be_visible()
    assert violations(page) == ""
    shoot(page, f"progress-{look}")
