"""Taking everything away: links where there is a page, text where there is none; and what is saved on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import READY
from unit.actions.test_base import run, tracker
from unit.papers.packs import chosen

from actions.control import Greet
from actions.documents import ShowDocuments
from actions.follow_up import ReportMissedPayment
from actions.record import Export, SaveRecord
from bot import bootstrap
from bot.journey.case import Case
from bot.settings import settings


@pytest.fixture(autouse=True)
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Records of their own for each test, on a day that does not move."""
    monkeypatch.setenv("GUIDE_VAR", str(tmp_path))
    monkeypatch.setenv("GUIDE_TODAY", "2026-11-23")
    monkeypatch.setenv("GUIDE_URL", "https://guide.example/")
    monkeypatch.delenv("RECORDS_URL", raising=False)
    settings.cache_clear()
    bootstrap.records.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    settings.cache_clear()
    bootstrap.records.cache_clear()


def on(channel: str, case: Case = READY, **more: Any) -> Any:
    """A conversation on that channel."""
    given = tracker(chosen(case), **{"consent": "given", **more})
    given.events = [{"event": "user", "input_channel": channel}]
    return given


def said(action: Any, given: Any) -> list[dict[str, Any]]:
    """The replies with their values."""
    from rasa_sdk.executor import CollectingDispatcher

    dispatcher = CollectingDispatcher()
    action.run(dispatcher, given, {})
    return dispatcher.messages


@pytest.mark.parametrize("channel", ["socketio", "wechat", "rest"])
def test_links_to_every_file_are_said_where_they_lead_to_us(channel: str) -> None:
    (links,) = said(Export(), on(channel))
    assert links["response"] == "utter_export_links"
    found = [links[name] for name in ("pdf", "phone", "card", "calendar", "data")]
    assert all(link.startswith("https://guide.example/papers/") for link in found)
    assert len({link.split("/")[-2] for link in found}) == 1


def test_the_files_are_a_card_too() -> None:
    (links,) = said(Export(), on("socketio"))
    assert [one["kind"] for one in links["custom"]["files"]] == ["pdf", "pdf", "png", "ics", "json"]


@pytest.mark.parametrize("channel", ["rest", "cmdline", "wecom"])
def test_other_channels_get_text_while_the_address_is_not_public(channel: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIDE_URL", "http://127.0.0.1:5005")
    settings.cache_clear()
    reply, no_files = said(Export(), on(channel))
    assert (reply["response"], no_files["response"]) == ("utter_export", "utter_export_no_files")
    assert "已有：身份证" in reply["summary"]


def test_a_record_is_saved_with_the_case_it_belongs_to() -> None:
    given = on("rest", record_channel="hotline_95188", record_outcome="refused", record_confirm=True)
    assert run(SaveRecord(), given)[0] == ["utter_record_saved", "utter_record_saved_refused"]
    kept = bootstrap.records().kept("one")
    assert kept is not None
    assert (kept.cause, kept.debts[0].product, len(bootstrap.records().of("one"))) == ("unemployment", "huabei", 1)


@pytest.mark.parametrize("consent", [None, "asked", "refused"])
def test_without_consent_nothing_reaches_the_disk_and_the_person_hears_why(consent: str | None) -> None:
    given = on("socketio", record_channel="hotline_95188", record_outcome="refused", consent=consent)
    replies, events = run(SaveRecord(), given)
    assert replies == ["utter_record_not_kept"]
    assert {"event": "slot", "timestamp": None, "name": "pending_offer", "value": "keep_record"} in events
    run(ShowDocuments(), given)
    assert run(Export(), given)[0] == ["utter_export", "utter_export_not_kept"]
    assert (bootstrap.records().of("one"), bootstrap.records().kept("one")) == ([], None)


def test_the_papers_are_kept_when_they_were_asked_for() -> None:
    run(ShowDocuments(), on("rest"))
    kept = bootstrap.records().kept("one")
    assert kept is not None
    assert ("id_card", "have") in [(paper.document, paper.state) for paper in kept.papers]


def test_a_promise_that_was_broken_is_noticed_on_coming_back() -> None:
    given = on("rest", record_channel="hotline_95188", record_outcome="pending", record_call_back="2026-11-22")
    run(SaveRecord(), given)
    assert run(Greet(), on("rest"))[0] == ["utter_noticed", "utter_welcome_back"]


def test_the_words_for_a_missed_instalment_need_no_record() -> None:
    (reply,) = said(ReportMissedPayment(), on("rest"))
    assert reply["response"] == "utter_payment_missed"
    assert reply["words"].startswith("「")
