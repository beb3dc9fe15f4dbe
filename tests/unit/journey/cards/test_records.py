"""The cards of records: what is known, what is missing, what to think of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from builders import READY, TODAY

from bot.clock import CHINA
from bot.journey.cards import records as cards
from bot.records.store import Record, Talk

AGREED = replace(
    READY,
    record_channel="hotline_95188",
    record_outcome="agreed",
    record_kind="instalments",
    record_periods=9,
    record_monthly_fen=150_000,
    record_first_due="2026-12-09",
)


def test_the_record_names_what_is_known_and_what_is_not() -> None:
    rows = cards.to_check(AGREED, TODAY)["rows"]
    values = {one["label"]: one["value"] for one in rows if not one.get("missing")}
    assert (values["期数"], values["每期"], values["第一次还款"]) == ("9期", "1,500元", "2026年12月9日")
    assert {one["label"] for one in rows if one.get("missing")} >= {"催收停不停", "工号或工单号"}


def test_a_check_is_fine_only_when_it_can_be_kept() -> None:
    assert [one["ok"] for one in cards.to_check(AGREED, TODAY)["checks"]] == [True, False, False]
    over = cards.to_check(replace(AGREED, record_monthly_fen=250_000), TODAY)["checks"]
    assert not any(one["ok"] for one in over)
    assert "底线" in over[1]["text"]


def test_saved_records_show_their_terms_and_what_was_paid() -> None:
    at = datetime(2026, 11, 22, 10, tzinfo=CHINA)
    talk = Talk(at, "hotline_95188", "agreed", "instalments", 50_000, 3, first_due=date(2026, 12, 9), staff="8823")
    (shown,) = cards.saved([Record(4, talk, (date(2026, 12, 9),))])["records"]
    assert (shown["number"], shown["day"], shown["outcome"]) == (4, "2026年11月22日", "同意了")
    assert {"label": "每期", "value": "500元"} in shown["rows"]
    assert {"label": "还上的日子", "value": "2026年12月9日"} in shown["rows"]


def test_every_file_has_a_name_and_a_use() -> None:
    shown = cards.files({name: f"https://guide.example/{name}" for name in cards.FILES})["files"]
    assert [one["kind"] for one in shown] == ["pdf", "pdf", "png", "ics", "json"]
    assert all(one["label"] and one["detail"] and one["url"] for one in shown)
