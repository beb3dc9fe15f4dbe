"""The menu: how the page looks, which script it is in, and the deletion of everything."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import card, heard, kept, shoot, sideways, violations, write

pytestmark = pytest.mark.browser

TRADITIONAL = re.compile("還款|對話|發送|寫下")


def choose(page: Page, legend: str, option: str) -> None:
    page.click("#menu-button")
    page.locator("#menu fieldset", has=page.locator("legend", has_text=legend)).locator("label").get_by_text(
        option, exact=True
    ).locator("..").click()
    page.keyboard.press("Escape")


def look(page: Page, name: str) -> str:
    found: str = page.locator("#log").evaluate(f"e => getComputedStyle(e).{name}")
    return found


def test_the_menu_is_usable_by_everybody(open_page: Callable[..., Page]) -> None:
    for scheme in ("light", "dark"):
        page = open_page(color_scheme=scheme)
        page.click("#menu-button")
        expect(page.locator("#menu")).to_be_visible()
        shoot(page, f"menu-{scheme}")
        assert violations(page) == ""
        assert sideways(page) <= 0
        for _ in range(12):
            page.keyboard.press("Tab")
            assert page.evaluate("!!document.activeElement.closest('#menu')")
        page.keyboard.press("Escape")
        expect(page.locator("#menu-button")).to_be_focused()


def test_letters_grow_and_stay_large(open_page: Callable[..., Page]) -> None:
    page = open_page()
    before = float(look(page, "fontSize").removesuffix("px"))
    choose(page, "字号", "特大")
    assert float(look(page, "fontSize").removesuffix("px")) > before * 1.3
    assert sideways(page) <= 0
    page.reload()
    assert float(look(page, "fontSize").removesuffix("px")) > before * 1.3
    shoot(page, "large")


def test_dark_and_light_are_chosen_whatever_the_system_says(open_page: Callable[..., Page]) -> None:
    page = open_page(color_scheme="light")
    log, light = page.locator("#log"), look(page, "color")
    choose(page, "外观", "深色")
    expect(log).not_to_have_css("color", light)
    dark = look(page, "color")
    page.reload()
    expect(log).to_have_css("color", dark)
    page.emulate_media(color_scheme="dark")
    choose(page, "外观", "浅色")
    expect(log).to_have_css("color", light)
    choose(page, "外观", "跟随系统")
    expect(log).to_have_css("color", dark)
    page.emulate_media(color_scheme="light")
    expect(log).to_have_css("color", light)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_high_contrast_is_black_and_white(open_page: Callable[..., Page], scheme: str) -> None:
    page = open_page(color_scheme=scheme)
    choose(page, "高对比度", "开")
    card(page, "plan")
    assert look(page, "color") == ("rgb(0, 0, 0)" if scheme == "light" else "rgb(255, 255, 255)")
    shoot(page, f"contrast-{scheme}")
    assert violations(page) == ""


def test_traditional_characters_for_the_page_and_for_the_bot(open_page: Callable[..., Page], url: str) -> None:
    page = open_page()
    page.fill("#input", "half a sentence")
    choose(page, "文字", "繁體")
    expect(page.locator("#send")).to_have_text("發送")
    expect(page.locator("#input")).to_have_value("half a sentence")
    expect(page.locator("#guide > .guide")).to_have_attribute("lang", "zh-HK")
    expect(page.locator(".row.bot .words").last).to_have_text("echo: 请用繁体")
    page.reload()
    expect(page.locator("h1")).to_have_text("還款協商助手")
    assert TRADITIONAL.search(page.locator("#guide").inner_text())
    choose(page, "文字", "简体")
    expect(page.locator("#send")).to_have_text("发送")
    expect(page.locator(".row.bot .words").last).to_have_text("echo: 請用簡體")
    assert heard(url, kept(page)["session"])[1:] == ["请用繁体", "請用簡體"]


def test_another_tab_looks_the_same(open_page: Callable[..., Page], url: str) -> None:
    page = open_page()
    other = page.context.new_page()
    other.goto(url)
    choose(page, "外观", "深色")
    expect(other.locator("#guide > .guide")).to_have_attribute("data-theme", "dark")


def test_everything_is_deleted_only_after_a_question(open_page: Callable[..., Page], url: str) -> None:
    page = open_page()
    write(page, "a secret")
    expect(page.locator(".row.bot .words").last).to_have_text("echo: a secret")
    session = kept(page)["session"]
    page.click("#menu-button")
    page.click("#remove")
    expect(page.locator("#ask")).to_be_visible()
    expect(page.locator("#ask-no")).to_be_focused()
    assert violations(page) == ""
    shoot(page, "remove")
    page.click("#ask-no")
    assert heard(url, session) == ["/greet", "a secret"]
    page.click("#menu-button")
    page.click("#remove")
    page.click("#ask-yes")
    expect(page.locator(".row.bot .words").last).to_have_text("确定要删除全部数据吗？")
    assert heard(url, session)[-1] == "/delete_my_data"


def test_without_a_network_nothing_is_said_to_be_deleted(open_page: Callable[..., Page], url: str) -> None:
    page = open_page()
    page.context.set_offline(True)
    expect(page.locator("#link")).to_be_visible()
    page.click("#menu-button")
    page.click("#remove")
    page.click("#ask-yes")
    expect(page.locator("#notice")).to_contain_text("网络")
    assert kept(page)["outbox"] == []
