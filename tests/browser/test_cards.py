"""Each card, as the server sends it, on the screen of a phone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bot.channels.cards import SCHEMA, problems
from tests.browser.screen import CARDS, LOOKS, card, heard, kept, shoot, sideways, violations, write

pytestmark = pytest.mark.browser

TYPES = json.loads(SCHEMA.read_text("utf-8"))["properties"]["type"]["enum"]


def unfold(page: Page) -> None:
    """Open everything that is folded."""
    for summary in page.locator("details:not([open]) > summary").all()[::-1]:
        summary.evaluate("e => { e.parentElement.open = true; }")


def said(page: Page) -> str:
    return page.locator(".row.user .words").last.inner_text()


@pytest.mark.parametrize("name", CARDS)
def test_what_is_drawn_here_is_what_the_server_may_send(name: str) -> None:
    assert problems(CARDS[name]["custom"]) == []


def test_there_is_an_example_of_every_type() -> None:
    assert sorted(one["custom"]["type"] for one in CARDS.values()) == sorted(TYPES)


@pytest.mark.parametrize("look", LOOKS)
def test_every_card_can_be_read_by_everybody_and_fits_a_phone(open_page: Callable[..., Page], look: str) -> None:
    page = open_page(**LOOKS[look])
    for name in CARDS:
        drawn = card(page, name)
        expect(drawn.get_by_role("heading", level=2)).to_have_text(CARDS[name]["custom"]["title"])
        drawn.evaluate("e => e.scrollIntoView()")
        shoot(page, f"card-{name}-{look}")
        unfold(page)
        assert sideways(page) <= 0, name
    assert violations(page) == ""


def test_cards_fit_the_narrowest_screen_with_the_largest_letters(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 320, "height": 568})
    page.click("#menu-button")
    page.locator("#menu fieldset").first.locator("label").last.click()
    page.keyboard.press("Escape")
    for name in CARDS:
        card(page, name)
        unfold(page)
        assert sideways(page) <= 0, name
    shoot(page, "cards-320-large")


def test_every_number_of_a_card_is_on_the_screen(open_page: Callable[..., Page]) -> None:
    """Nothing of what the text tells is lost when the card stands in its place."""
    page = open_page()
    for name in ("plan", "ladder", "budget", "debts", "record", "records", "live", "script", "messages", "letter"):
        card(page, name)
        unfold(page)
        row = page.locator(".row.user ~ .row.bot, .row.user ~ .replies")
        seen = "".join(row.all_inner_texts()).replace(" ", "")
        for number in _numbers(CARDS[name]["text"]):
            assert number in seen, (name, number)


def _numbers(text: str) -> list[str]:
    return [found for found in re.findall(r"\d[\d,.]*\d|\d", text) if len(found) > 2]


@pytest.mark.parametrize(
    "custom",
    [
        {"type": "hologram", "version": 1, "title": "a"},
        {"type": "plan", "version": 2, "title": "a", "offers": []},
        {"type": "constructor", "version": 1, "title": "a"},
        {"type": "plan", "version": 1, "title": "a", "offers": "none"},
        {"type": "record", "version": 1, "title": "a"},
    ],
    ids=["unknown", "newer", "inherited", "broken", "incomplete"],
)
def test_a_card_that_cannot_be_drawn_is_told_by_its_text(open_page: Callable[..., Page], custom: Any) -> None:
    page = open_page()
    page.evaluate(
        """card => { const key = 'repayment-guide.v1', state = JSON.parse(localStorage.getItem(key));
             state.history.push({id: 'x', who: 'bot', text: 'all in words', card});
             localStorage.setItem(key, JSON.stringify(state)); }""",
        custom,
    )
    page.reload()
    expect(page.locator(".row.bot .words").last).to_have_text("all in words")
    expect(page.locator(".card")).to_have_count(0)


def test_a_plan_is_chosen_on_its_card(open_page: Callable[..., Page], url: str) -> None:
    page = open_page()
    drawn = card(page, "plan")
    offer = CARDS["plan"]["custom"]["offers"][1]
    expect(drawn.locator(".offer").nth(1).locator(".badge")).to_have_text(offer["verdict"])
    drawn.get_by_role("button", name=offer["choose"]["title"]).click()
    expect(page.locator(".row.bot .words").last).to_contain_text("echo")
    assert said(page).endswith(offer["choose"]["title"])
    assert heard(url, kept(page)["session"])[-1] == offer["choose"]["payload"]


def test_a_tick_is_sent_once_and_stays(open_page: Callable[..., Page], url: str) -> None:
    page = open_page()
    drawn = card(page, "checklist")
    boxes = page.get_by_role("checkbox")
    expect(boxes.nth(1)).not_to_be_checked()
    boxes.nth(1).focus()
    page.keyboard.press("Space")
    expect(boxes.nth(1)).to_be_checked()
    expect(boxes.nth(1)).to_be_focused()
    expect(drawn.locator(".ready")).to_contain_text("3 / 8")
    item = CARDS["checklist"]["custom"]["items"][1]
    expect(page.locator(".row.user .words").last).to_contain_text(item["label"])
    expect(page.locator(".row.bot .words").last).to_contain_text("paper.have")
    other = page.context.new_page()
    other.goto(url)
    expect(other.get_by_role("checkbox").nth(1)).to_be_checked()
    other.get_by_role("checkbox").nth(1).click()
    for tab in (page, other):
        expect(tab.get_by_role("checkbox").nth(1)).not_to_be_checked()
        expect(tab.locator(".row.bot .words").last).to_contain_text("paper.missing")
    page.reload()
    expect(page.get_by_role("checkbox").nth(1)).not_to_be_checked()
    payloads = {action["state"]: action["payload"] for action in item["actions"]}
    assert heard(url, kept(page)["session"])[-2:] == [payloads["have"], payloads["missing"]]


def test_a_paper_is_replaced_by_another_where_how_to_get_it_stands(open_page: Callable[..., Page]) -> None:
    page = open_page()
    paper = card(page, "checklist").locator(".papers > li").nth(3)
    paper.locator("summary").click()
    paper.locator(".act").first.click()
    expect(page.locator(".papers > li").nth(3)).to_have_class("substitute")
    expect(page.locator(".papers > li").nth(3).locator("details")).to_have_attribute("open", "")


def test_what_holds_only_now_cannot_be_pressed_later(open_page: Callable[..., Page]) -> None:
    page = open_page()
    drawn = card(page, "record")
    asked = drawn.locator(".once, .replies button")
    row = page.locator(".replies button:enabled")
    assert asked.count() + row.count() > 0
    write(page, "something else")
    expect(page.locator(".row.bot .words").last).to_contain_text("something else")
    expect(drawn.locator(".once:enabled")).to_have_count(0)
    page.reload()
    expect(page.locator('.card[data-type="record"] .once:enabled')).to_have_count(0)


def test_a_line_of_the_script_is_copied_without_its_quotation_marks(open_page: Callable[..., Page]) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    line = card(page, "script").locator(".line").first
    line.get_by_role("button").click()
    expect(line.get_by_role("button")).to_have_text("已复制")
    first = next(step for step in CARDS["script"]["custom"]["steps"] if step["kind"] == "say")["lines"][0]
    assert page.evaluate("navigator.clipboard.readText()") == first.strip("「」")
    expect(line.get_by_role("button")).to_have_text("复制", timeout=5000)


def test_a_letter_is_copied_whole(open_page: Callable[..., Page]) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    card(page, "letter").get_by_role("button", name="复制全文").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "\n".join(CARDS["letter"]["custom"]["lines"])


def test_hotlines_can_be_called_and_files_opened(open_page: Callable[..., Page]) -> None:
    page = open_page()
    call = card(page, "contact").locator("a.call")
    assert call.first.get_attribute("href") == CARDS["contact"]["custom"]["items"][0]["href"]
    links = card(page, "files").locator("a")
    assert links.evaluate_all("all => all.map((a) => a.href)") == [
        one["url"] for one in CARDS["files"]["custom"]["files"]
    ]
    assert links.first.get_attribute("rel") == "noopener noreferrer"


def test_a_chart_has_its_numbers_in_a_table_behind_it(open_page: Callable[..., Page]) -> None:
    page = open_page()
    drawn = card(page, "chart")
    custom = CARDS["chart"]["custom"]
    expect(drawn.get_by_role("img", name=custom["title"])).to_be_visible()
    drawn.locator("summary").click()
    rows = drawn.locator("tbody tr")
    expect(rows).to_have_count(len(custom["x"]))
    expect(rows.first.locator("th")).to_have_text(custom["x"][0])
    fen = custom["series"][0]["values_fen"][0]
    expect(rows.first.locator("td").first).to_have_text(f"{fen / 100:,.2f}".removesuffix(".00") + custom["unit"])
    expect(drawn.locator("thead th")).to_have_count(1 + len(custom["series"]))


def test_the_journey_is_always_in_sight_and_answers_can_be_given_anew(open_page: Callable[..., Page], url: str) -> None:
    page = open_page()
    write(page, "earns 4000")
    expect(page.locator(".row.bot .words").last).to_contain_text("earns")
    page.reload()
    toggle = page.locator("#progress-toggle")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    expect(toggle).to_contain_text("共7步")
    toggle.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#progress-panel")).to_contain_text("4,000元")
    shoot(page, "progress-open")
    assert violations(page) == ""
    assert sideways(page) <= 0
    page.keyboard.press("Escape")
    expect(page.locator("#progress-panel")).to_be_hidden()
    expect(toggle).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("#progress-panel .edit").first.click()
    expect(page.locator("#progress-panel")).to_be_hidden()
    expect(page.locator(".row.bot .words").last).to_contain_text("correct_answer")
    assert heard(url, kept(page)["session"])[-1].startswith("/correct_answer{")
    page.reload()
    expect(toggle).to_be_visible()


def remembered(page: Page, *messages: dict[str, Any]) -> None:
    """The page with these messages as what was said, besides the greeting."""
    page.evaluate(
        """added => { const key = 'repayment-guide.v1', state = JSON.parse(localStorage.getItem(key));
             added.forEach((one, i) => state.history.push({id: `x${i}`, who: 'bot', ...one}));
             localStorage.setItem(key, JSON.stringify(state)); }""",
        list(messages),
    )
    page.reload()


def test_only_the_newest_list_of_papers_stands_open(open_page: Callable[..., Page]) -> None:
    page = open_page()
    first = card(page, "checklist")
    lists = page.locator('.card[data-type="checklist"]')
    page.get_by_role("checkbox").nth(1).focus()
    page.evaluate("document.querySelector('#input').value = 'card checklist'")
    page.locator("#form").evaluate("form => { const at = document.activeElement; form.requestSubmit(); at.focus(); }")
    expect(lists).to_have_count(2)
    expect(first.get_by_role("checkbox").first).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(8)  # those of the newest
    expect(lists.last.get_by_role("checkbox").nth(1)).to_be_focused()  # the keyboard goes on on the same paper
    lists.first.locator("summary").first.click()
    expect(page.get_by_role("checkbox")).to_have_count(16)
    assert violations(page) == ""


def test_what_the_card_has_just_told_is_not_told_again(open_page: Callable[..., Page]) -> None:
    page = open_page()
    script = CARDS["script"]["custom"]
    private = next(step for step in script["steps"] if step["kind"] == "note")
    listed = "\n".join(f"· {one}" for one in private["lines"])
    remembered(
        page,
        {"text": "", "card": script},
        {"text": f"这些只给自己看，不要说给对方：\n{listed}"},
        {"text": f"这些只给自己看，不要说给对方：\n{listed}\n· 首付987,654元"},
        {"text": "准备好就可以联系了。"},
    )
    expect(page.locator(".card")).to_have_count(1)
    said = page.locator(
        ".card >> xpath=ancestor::*[contains(@class,'row')] >> xpath=following-sibling::*[contains(@class,'row')]"
    )
    expect(said).to_have_count(2)
    expect(said.first).to_contain_text("987,654")


def test_buttons_stand_below_the_question_they_answer(open_page: Callable[..., Page]) -> None:
    page = open_page()
    two = [{"title": "甲", "payload": "甲"}, {"title": "乙", "payload": "乙"}]
    remembered(
        page,
        {"text": "有什么困难？", "buttons": [{"title": "失业", "payload": "失业"}]},
        {"text": "可以存下来吗？", "buttons": two},
        {"text": "慢慢来。"},
    )
    expect(page.locator(".row.bot .words").last).to_have_text("慢慢来。")
    order = page.locator("#log > *").evaluate_all(
        "all => all.slice(-5).map((e) => (e.querySelector('.words') || e).textContent)"
    )
    assert order == ["有什么困难？", "失业", "可以存下来吗？", "慢慢来。", "甲乙"]


@pytest.mark.parametrize("name", ["plan", "ladder", "budget", "debts", "record", "records"])
def test_an_amount_is_never_broken_in_two(open_page: Callable[..., Page], name: str) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    page.evaluate("localStorage.setItem('repayment-guide.looks', JSON.stringify({size: 2}))")
    page.reload()
    card(page, name)
    unfold(page)
    broken = page.locator(f'.card[data-type="{CARDS[name]["custom"]["type"]}"]').evaluate(
        """card => { const found = [], walk = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
             for (let node; (node = walk.nextNode());) {
               for (const hit of node.data.matchAll(/[\\d,.]+[元%]?/g)) {
                 const range = document.createRange();
                 range.setStart(node, hit.index); range.setEnd(node, hit.index + hit[0].length);
                 const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
                 if (lines.size > 1) found.push(node.data);
             } } return found; }"""
    )
    assert broken == []
