"""What the pack says: the person's own numbers, the engine's schedule, the states of the papers, dated sources."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date

from builders import BROKE, NEW, READY, TODAY

from bot.journey import plan
from bot.knowledge.loader import catalog
from bot.money import from_yuan
from bot.papers import charts
from bot.papers.content import content
from papers.packs import agreed, brimful, chosen, dated, ordinary


def fen(text: str) -> int:
    """An amount of a table in fen."""
    return from_yuan(text.replace(",", ""))


def test_the_plan_is_the_engines_to_the_fen() -> None:
    case = chosen(READY)
    schedule = plan.chosen_schedule(case, TODAY)
    assert schedule is not None
    rows = ordinary()["plan"]["rows"]
    assert [fen(row[2]) for row in rows] == [row.payment_fen for row in schedule.rows]
    assert sum(fen(row[4]) for row in rows) == sum(row.principal_fen for row in schedule.rows)
    assert rows[-1][5] == "0"
    assert all(fen(row[2]) == fen(row[3]) + fen(row[4]) for row in rows)


def test_the_budget_and_the_debts_are_what_was_told() -> None:
    pack = ordinary()
    assert [row[1] for row in pack["budget"]["rows"]] == ["6,000元", "1,500元", "2,000元", "500元", "2,000元"]
    assert ["花呗", "12,000元；逾期20天"] in pack["summary"]["rows"]


def test_the_papers_have_their_state() -> None:
    case = chosen(replace(READY, documents_substitute=("termination_proof",)))
    states = {row[1]: row[0] for row in content(case, [], [], TODAY)["papers"]["rows"]}
    assert states["身份证"] == "已有"
    assert states["离职证明"] == "用别的代替"
    assert "还缺" in states.values()


def test_the_agreement_is_told_day_by_day_with_what_was_paid() -> None:
    rows = brimful()["agreement"]["rows"]
    assert len(rows) == 50
    assert rows[0] == ["", "1", "2026-12-31", "2,000", "2026-12-30"]
    assert rows[2] == ["", "3", "2027-02-28", "2,000", "未还"]
    assert rows[-1][3] == "1,990"


def test_paid_instalments_are_not_in_the_calendar() -> None:
    assert brimful()["dues"][0]["n"] == 2
    assert len(dated(3, date(2026, 12, 10))["dues"]) == 3


def test_sources_are_dated_and_all_of_them_hold() -> None:
    sources = ordinary()["sources"]["rows"]
    known = {fact.statement_zh: fact for fact in catalog().facts.values()}
    assert len(sources) > 10
    assert all(known[statement].checked_on.isoformat() == day for statement, _, day in sources)
    assert all(known[statement].expires_on > TODAY for statement, _, day in sources)


def test_somebody_who_said_nothing_gets_the_log_and_the_hotlines_alone() -> None:
    pack = content(NEW, [], [], TODAY)
    assert pack["plan"]["rows"] == pack["budget"]["rows"] == pack["script"]["rows"] == []
    assert len(pack["hotlines"]["rows"]) > 5


def test_a_pause_has_its_words_and_no_table() -> None:
    pack = content(chosen(BROKE), [], [], TODAY)
    assert pack["plan"]["offer"]
    assert pack["plan"]["rows"] == []


def test_the_pictures_are_sound_svg_with_a_name_and_load_nothing() -> None:
    pictures = ordinary()["plan"]["charts"]
    assert len(pictures) == 3
    for picture in pictures:
        root = ET.fromstring(picture)
        assert root.get("aria-label")
        assert "href" not in picture


def test_bars_and_shares_are_in_proportion() -> None:
    root = ET.fromstring(charts.comparison([("a", 100_00), ("b", 50_00)]))
    wide, half = (int(bar.get("width", "0")) for bar in root.iter("{http://www.w3.org/2000/svg}rect") if bar.get("x"))
    assert abs(wide - 2 * half) <= 1


def test_an_agreement_with_a_rest_ends_with_the_rest() -> None:
    talk = agreed(12, date(2026, 12, 10), total_fen=1_379_950)
    assert talk.total_fen == 1_379_950
    assert dated(12, date(2026, 12, 10), 1_379_950)["dues"][-1]["amount"] == "1,149.50"
