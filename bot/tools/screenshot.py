"""The README's pictures of real conversations: ``python -m bot.tools.screenshot`` while ``make chat`` is running."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bot.settings import ROOT, settings
from bot.tools.names import load

TARGET = ROOT / "docs" / "images"
SAID = Path(__file__).parent / "screenshot.yml"
CHROMIUM = "/usr/bin/chromium"
WIDTH, LEAST, MOST = 400, 900, 1400
"""Of the window, in its own pixels."""
ARGUMENTS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]


def say(page: Page, text: str) -> None:
    """Type one message and wait until the bot has answered."""
    bubbles = page.locator("[role=log] > *")
    before = bubbles.count()
    page.locator("textarea").fill(text)
    page.keyboard.press("Enter")
    page.wait_for_function("count => document.querySelectorAll('[role=log] > *').length > count + 1", arg=before)
    page.wait_for_timeout(1200)  # the messages of one answer come one after another


def unfold(page: Page) -> None:
    """Make the window high enough for the whole last answer, if that is not too much."""
    below = page.locator("#scroll").evaluate("e => e.scrollHeight - e.clientHeight - e.scrollTop")
    page.set_viewport_size({"width": WIDTH, "height": min(LEAST + int(below), MOST)})
    page.wait_for_timeout(300)


def main(address: str) -> int:
    """Hold the conversations of ``screenshot.yml`` and keep a picture of each."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, messages in load(SAID).items():
            page = browser.new_page(viewport={"width": WIDTH, "height": LEAST}, device_scale_factor=2)
            page.goto(address)
            page.wait_for_timeout(2500)
            for message in messages:
                say(page, message)
            unfold(page)
            page.screenshot(path=str(TARGET / f"{name}.png"))
            page.close()
            print(TARGET / f"{name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else f"http://{settings().host}:{settings().port}/"))
