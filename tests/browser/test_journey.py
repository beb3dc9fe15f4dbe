"""A person's way through the real page with the real bot: first words, buttons, a record, a restart of the server."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screen import ROOT, free_port, shoot, sideways, violations

PATIENCE = 60
TYPED = ["4000", "房租1200", "1000", "没有", "9号", "20号"]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Start the bot, stopping the one before; the databases and the address stay the same."""
    port, running = free_port(), []
    environment = {
        **os.environ,
        "GUIDE_PORT": str(port),
        "GUIDE_VAR": str(tmp_path),
        "GUIDE_TODAY": "2026-11-23",
        "PYTHONPATH": str(ROOT),
    }

    def stop() -> None:
        while running:
            process = running.pop()
            process.kill()
            process.wait()

    def start() -> str:
        stop()
        running.append(subprocess.Popen([sys.executable, "-m", "bot", "serve"], cwd=ROOT, env=environment))
        address, until = f"http://127.0.0.1:{port}/", time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(address):
                    return address
            except (urllib.error.URLError, ConnectionError):
                with contextlib.suppress(subprocess.TimeoutExpired):  # still starting: that is what is hoped for
                    running[0].wait(timeout=0.2)
                    raise AssertionError("the bot stopped while it was starting") from None
        raise AssertionError("the bot did not start")

    yield start
    stop()


def say(page: Page, text: str, answer: str, patience: int = 15_000) -> None:
    page.locator("textarea").fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_contain_text(answer, timeout=patience)


def press(page: Page, name: str, answer: str, within: str = "#log") -> None:
    page.locator(within).get_by_role("button", name=name).last.click()
    expect(page.get_by_role("log")).to_contain_text(answer, timeout=15_000)


def phone(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN").new_page()
    page.goto(address)
    expect(page.get_by_role("log")).to_contain_text("还款协商助手", timeout=15_000)
    return page


@pytest.mark.browser
@pytest.mark.model
def test_a_person_walks_from_first_words_to_a_record_that_survives_a_restart(
    browser: Browser, serve: Callable[[], str]
) -> None:
    address = serve()
    page = phone(browser, address)
    press(page, "同意保存", "下次可以接着谈")
    say(page, "我上个月被裁了，花呗还有一万二，借呗八千，下周就到期，还不上怎么办", "现在每月到手的收入")
    questions = ["房租或房贷", "基本生活", "别的必要支出", "花呗每月几号还款", "借呗每月几号还款", "还有别的欠款吗"]
    for number, (typed, question) in enumerate(zip(TYPED, questions, strict=True)):
        if number == 2:
            page.reload()  # in the middle of a form
        say(page, typed, question)
    press(page, "没有了", "每月超过这个数就不要答应")
    for drawn in ("debts", "plan", "ladder"):
        expect(page.locator(f'.card[data-type="{drawn}"]').last).to_be_visible()
    press(page, "按第1个谈", "哪些已经有了", within='.card[data-type="plan"]')
    shoot(page, "journey-papers")
    page.get_by_role("checkbox", name="身份证").click()
    expect(page.get_by_role("log")).to_contain_text("还有哪些已经有了", timeout=15_000)
    expect(page.get_by_role("checkbox", name="身份证").last).to_be_checked()
    press(page, "就这些", "您想怎么联系平台")
    assert violations(page) == ""
    press(page, "打95188", "照着念")
    expect(page.locator('.card[data-type="contact"] a[href="tel:95188"]').first).to_be_visible()
    expect(page.locator('.card[data-type="script"]').first).to_be_visible()
    shoot(page, "journey-script")
    say(page, "谈成了，分24期每期990", "这次谈的是哪一笔")
    press(page, "几笔一起谈的", "第一次还款是哪天")
    say(page, "12月9号", "工号或工单号")
    say(page, "没有", "都对吗")
    press(page, "对，保存", "已保存")
    serve()
    page.reload()
    say(page, "看看我的记录", "2026年11月23日", patience=40_000)  # a bot that has just started takes its time
    expect(page.locator('.card[data-type="records"]').last).to_contain_text("同意了")
    expect(page.locator("#progress-toggle")).to_contain_text("第7步，共7步")  # also after the restart
    page.click("#progress-toggle")
    page.get_by_role("button", name="改一下每月收入").click()
    expect(page.get_by_role("log")).to_contain_text("原来记的是：每月收入", timeout=15_000)
    assert sideways(page) <= 0
    page.context.close()


@pytest.mark.browser
@pytest.mark.model
def test_the_keyboard_alone_is_enough_and_everything_can_be_deleted(browser: Browser, serve: Callable[[], str]) -> None:
    """The way to a plan, the script of the page, the deletion: not one click."""
    page = phone(browser, serve())
    tab_to(page, "#input")
    page.keyboard.type("我上个月被裁了，花呗还有一万二，下周就到期，还不上怎么办")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("现在每月到手的收入", timeout=15_000)
    for typed, question in (
        ("4000", "房租或房贷"),
        ("1200", "基本生活"),
        ("1000", "别的必要支出"),
        ("没有", "每月几号还款"),
    ):
        expect(page.locator("#input")).to_be_focused()  # nothing that was said has taken it away
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        expect(page.get_by_role("log")).to_contain_text(question, timeout=15_000)
    page.keyboard.type("9号")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("还有别的欠款吗", timeout=15_000)
    tab_to(page, ".replies button:enabled:has-text('没有了')")
    page.keyboard.press("Enter")
    expect(page.locator('.card[data-type="plan"]').last).to_be_visible(timeout=15_000)
    tab_to(page, '.card[data-type="plan"] .act')
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("哪些已经有了", timeout=15_000)
    tab_to(page, "[role=checkbox]")
    page.keyboard.press("Space")
    expect(page.get_by_role("log")).to_contain_text("还有哪些已经有了", timeout=15_000)
    tab_to(page, ".replies button:enabled:has-text('就这些')")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("您想怎么联系平台", timeout=15_000)
    tab_to(page, "#menu-button")
    page.keyboard.press("Enter")
    tab_to(page, "#menu fieldset:nth-of-type(4) input")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#send")).to_have_text("發送")
    page.keyboard.press("Escape")
    expect(page.get_by_role("log")).to_contain_text("就用這種字", timeout=15_000)
    tab_to(page, "#menu-button")
    page.keyboard.press("Enter")
    tab_to(page, "#remove")
    page.keyboard.press("Enter")
    tab_to(page, "#ask-yes")
    page.keyboard.press("Enter")
    tab_to(page, ".replies button:enabled")
    page.keyboard.press("Enter")
    expect(page.locator("#ask")).to_be_visible(timeout=15_000)  # whether this device forgets the words too
    tab_to(page, "#ask-yes")
    page.keyboard.press("Enter")
    expect(page.locator(".row.user")).to_have_count(0)
    page.context.close()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what ``selector`` names has the focus."""
    for _ in range(200):
        if page.locator(selector).evaluate_all("all => all.includes(document.activeElement)"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached with the keyboard")
