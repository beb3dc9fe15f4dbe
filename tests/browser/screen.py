"""What the tests of the page do again and again: look, write, take a picture."""

from __future__ import annotations

import json
import os
import socket
import urllib.request
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
SHOTS = Path(os.environ.get("PAGE_SHOTS", "/tmp/page-shots"))
PHONE = {"width": 360, "height": 640}
CARDS: dict[str, dict[str, Any]] = json.loads((ROOT / "tests/channels/cards.json").read_text("utf-8"))
LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "contrast": {"contrast": "more"},
    "dark-contrast": {"color_scheme": "dark", "contrast": "more"},
}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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
    """By how many pixels anything sticks out to the right; a table of numbers may scroll in its frame."""
    found: int = page.evaluate(
        """() => Math.max(
             document.documentElement.scrollWidth - document.documentElement.clientWidth,
             ...[...document.querySelectorAll('body *')].filter((e) => e.getClientRects().length
               && !e.closest('.unseen, .scrolled table') && getComputedStyle(e).clipPath === 'none')
               .map((e) => Math.round(e.getBoundingClientRect().right - document.body.clientWidth)))"""
    )
    return found


def card(page: Page, name: str) -> Any:
    """The card that the tiny bot has of that name, on the screen."""
    write(page, f"card {name}")
    found = page.locator(f'.card[data-type="{CARDS[name]["custom"]["type"]}"]').last
    expect(found).to_be_visible()
    return found


def violations(page: Page) -> str:
    """What keeps people with disabilities out, as axe sees it; nothing when it sees nothing."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARDS}})
    return str(found.generate_report()) if found.violations_count else ""
