"""A person's way through the real page with the real bot: first words, buttons, a record, a restart of the server."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
PATIENCE = 60
TYPED = ["4000", "房租1200", "1000", "没有", "9号", "20号"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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


def say(page: Page, text: str, answer: str) -> None:
    page.locator("textarea").fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_contain_text(answer, timeout=15_000)


@pytest.mark.browser
@pytest.mark.model
def test_a_person_walks_from_first_words_to_a_record_that_survives_a_restart(serve: Callable[[], str]) -> None:
    assert Path(CHROMIUM).exists(), "Chromium is missing: apt-get install -y chromium"
    address = serve()
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 360, "height": 780})
        page.goto(address)
        expect(page.get_by_role("log")).to_contain_text("还款协商助手", timeout=15_000)
        say(page, "我上个月被裁了，花呗还有一万二，借呗八千，下周就到期，还不上怎么办", "现在每月到手的收入")
        questions = ["房租或房贷", "基本生活", "别的必要支出", "花呗每月几号还款", "借呗每月几号还款", "还有别的欠款吗"]
        for typed, question in zip(TYPED, questions, strict=True):
            say(page, typed, question)
        page.get_by_role("button", name="没有了").click()
        expect(page.get_by_role("log")).to_contain_text("每月超过1,800元就不要答应", timeout=15_000)
        page.get_by_role("button", name="按第1个谈").click()
        expect(page.get_by_role("log")).to_contain_text("哪些已经有了", timeout=15_000)
        page.get_by_role("button", name="都没有").click()
        expect(page.get_by_role("log")).to_contain_text("您想怎么联系平台", timeout=15_000)
        page.get_by_role("button", name="打95188").click()
        expect(page.get_by_role("log")).to_contain_text("照着念也可以", timeout=15_000)
        say(page, "谈成了，分24期每期990", "第一次还款是哪天")
        say(page, "12月9号", "工号或工单号")
        say(page, "没有", "请核对这次记录")
        page.get_by_role("button", name="对，保存").click()
        expect(page.get_by_role("log")).to_contain_text("已保存", timeout=15_000)
        serve()
        page.reload()
        say(page, "看看我的记录", "1. 2026年11月23日｜")
        expect(page.locator("#way-now")).to_contain_text("第7步，共7步")  # how far it is, also after the restart
        page.locator("#way summary").click()
        page.get_by_role("button", name="改一下每月收入").click()
        expect(page.get_by_role("log")).to_contain_text("原来记的是：每月收入", timeout=15_000)
        browser.close()
