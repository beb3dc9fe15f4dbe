"""The page in Chromium against a tiny bot on the real server (``tests/channels/echo_bot.py``)."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.browser.screen import PHONE, heard, kept, new_conversation, shoot, write
from tests.channels.echo_bot import SAYS

pytestmark = pytest.mark.browser

HOTLINES = ["95188", "12378", "12363", "12345", "12348", "12356", "110", "120", "96110"]


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


def test_what_is_said_while_the_session_is_being_opened_is_sent(open_page: Callable[..., Page]) -> None:
    """The server's answer to the opening is held back until the person has pressed Enter."""
    page = open_page()
    held: list[Callable[[], None]] = []

    def between(opened: WebSocketRoute) -> None:
        server = opened.connect_to_server()

        def pass_on(frame: str | bytes) -> None:
            if held or "session_confirm" in str(frame):
                held.append(lambda: opened.send(frame))
            else:
                opened.send(frame)

        server.on_message(pass_on)

    page.route_web_socket(re.compile("/socket.io/"), between)
    page.reload()
    end = time.monotonic() + 10
    while not held:
        assert time.monotonic() < end, "the session is not opened"
        page.wait_for_timeout(50)
    write(page, "quick")
    waiting, held = held, []
    for send in waiting:
        send()
    expect(page.locator(".row.bot .words").last).to_have_text("echo: quick")


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


def test_the_time_stands_once_below_what_was_said_in_a_minute_and_older_days_are_named(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(timezone_id="Asia/Shanghai")
    write(page, "abc")
    expect(page.locator(".row.bot .words").last).to_have_text("echo: abc")
    stamps = page.locator(".row .at")
    expect(page.locator(".row.user .at")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    assert page.locator(".row").evaluate_all("all => all.map((e) => !!e.querySelector('.at'))") == [
        *[False, False, True],  # the greeting
        *[True, True],
    ]
    page.evaluate(
        """() => {
             const state = JSON.parse(localStorage.getItem('repayment-guide.v1'));
             state.history[0].at = Date.UTC(2026, 0, 2, 1, 5);
             localStorage.setItem('repayment-guide.v1', JSON.stringify(state));
           }"""
    )
    page.reload()
    expect(stamps).to_have_count(4)
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


def test_words_whose_turn_failed_are_sent_again_with_one_press(open_page: Callable[..., Page], url: str) -> None:
    page = open_page()
    write(page, "half fail")
    expect(page.locator("#notice")).to_contain_text("麻烦您再发一次")  # what the server says of it
    shoot(page, "failed")
    page.reload()
    again = page.get_by_role("button", name="再发一次")
    expect(again).to_be_visible()
    again.click()
    expect(page.locator(".row.user")).to_have_count(2)
    expect(again).to_have_count(1)  # it failed once more; the first one is history
    write(page, "something else")
    expect(page.locator(".row.bot .words").last).to_have_text("echo: something else")
    expect(again).to_have_count(0)
    assert heard(url, kept(page)["session"]) == ["/greet", "half fail", "half fail", "something else"]


def test_what_the_server_says_of_a_failure_is_in_the_chosen_script(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.evaluate("localStorage.setItem('repayment-guide.looks', JSON.stringify({script: 'traditional'}))")
    page.reload()
    write(page, "fail")
    expect(page.locator("#notice")).to_contain_text("麻煩您再發一次")


def test_a_message_that_went_out_is_not_called_unsent(open_page: Callable[..., Page], url: str) -> None:
    page = open_page()
    write(page, "wait 1 and answer")
    expect(page.locator("#typing")).to_be_visible()
    page.context.set_offline(True)
    expect(page.locator("#link")).to_be_visible()
    write(page, "in the tunnel")
    expect(page.locator(".unsent")).to_have_text(["还没收到回复，连上后会再发一次", "还没发出，连上后自动发送"])
    page.context.set_offline(False)
    expect(page.locator(".row.bot .words").last).to_have_text("echo: in the tunnel", timeout=20_000)
    expect(page.locator(".unsent")).to_have_count(0)
    assert heard(url, kept(page)["session"]) == ["/greet", "wait 1 and answer", "in the tunnel"]


def test_a_server_that_cannot_be_reached_leaves_no_empty_page(browser: Browser, url: str) -> None:
    page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
    page.route(re.compile("/socket.io/"), lambda route: route.abort())
    page.route_web_socket(re.compile("/socket.io/"), lambda opened: opened.close())
    page.goto(url)
    expect(page.locator("#log a[href='tel:95188']")).to_be_visible()
    write(page, "hello")
    expect(page.locator(".empty")).to_have_count(0)
    page.close()


def test_a_full_storage_is_told_and_the_conversation_goes_on(open_page: Callable[..., Page], url: str) -> None:
    page = open_page()
    session = kept(page)["session"]
    page.evaluate(
        """() => { for (let size = 1e6; size >= 1; size /= 10)
             try { for (let i = 0; ; i += 1) localStorage.setItem(`${size}.${i}`, 'x'.repeat(size)); }
             catch { continue; } }"""
    )
    for number in range(3):
        write(page, f"full {number}")
        expect(page.locator(".row.bot .words").last).to_have_text(f"echo: full {number}")
        if number == 0:
            expect(page.locator("#notice")).to_contain_text("没能存下聊天记录")
    expect(page.locator("#notice")).to_be_hidden()  # said once
    assert heard(url, session) == ["/greet", "full 0", "full 1", "full 2"]
