"""What is noticed on coming back, what comes after a refusal, and the words for an instalment that cannot be paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from builders import NEW, READY

from bot.clock import CHINA
from bot.journey import follow_up
from bot.records.store import Record, Talk

AT = datetime(2026, 11, 20, 10, tzinfo=CHINA)
AGREED = Talk(AT, "hotline_95188", "agreed", "instalments", 50_000, 3, first_due=date(2026, 12, 31), total_fen=149_000)
WAITS = Talk(AT, "hotline_95188", "pending", call_back=date(2026, 11, 22), ticket="T1")


def refused(count: int) -> list[Record]:
    """So many refusals in a row."""
    return [Record(number, Talk(AT, "hotline_95188", "refused")) for number in range(1, count + 1)]


def test_an_instalment_is_spoken_of_when_it_is_near_today_or_past() -> None:
    records, due = [Record(1, AGREED)], date(2026, 12, 31)
    assert follow_up.noticed(records, due - timedelta(days=4)) == ""
    assert "第1期快到了：2026年12月31日，500元" in follow_up.noticed(records, due - timedelta(days=3))
    assert follow_up.noticed(records, due) == "今天是第1期的还款日，500元。"
    assert "第1期（2026年12月31日，500元）的日子已经过了" in follow_up.noticed(records, due + timedelta(days=1))


def test_a_paid_instalment_is_not_spoken_of() -> None:
    records = [Record(1, AGREED, (date(2026, 12, 30),))]
    assert follow_up.noticed(records, date(2027, 1, 1)) == ""
    assert "第2期" in follow_up.noticed(records, date(2027, 1, 31))


def test_the_last_instalment_is_the_rest_of_the_total() -> None:
    records = [Record(1, AGREED, (date(2026, 12, 30),) * 2)]
    assert "490元" in follow_up.noticed(records, date(2027, 2, 28))


def test_many_missed_instalments_are_not_all_listed() -> None:
    records = [Record(1, replace(AGREED, periods=50, total_fen=None))]
    assert len(follow_up.noticed(records, date(2030, 1, 1)).splitlines()) == follow_up.SHOWN


def test_an_answer_promised_for_yesterday_is_noticed_with_the_number() -> None:
    records = [Record(1, WAITS)]
    assert "到时没有消息就主动问" in follow_up.noticed(records, date(2026, 11, 22))
    assert "报T1" in follow_up.noticed(records, date(2026, 11, 23))


def test_a_newer_talk_settles_the_promise() -> None:
    records = [Record(1, WAITS), Record(2, Talk(AT, "hotline_95188", "refused"))]
    assert follow_up.noticed(records, date(2026, 11, 23)) == ""


def test_nothing_kept_is_nothing_noticed() -> None:
    assert follow_up.noticed([], date(2026, 11, 23)) == ""
    assert follow_up.calendar([]) == ""


@pytest.mark.parametrize(("count", "step"), [(1, "ticket"), (2, "regulator"), (3, "mediation"), (9, "mediation")])
def test_each_refusal_leads_one_step_up(count: int, step: str) -> None:
    assert follow_up.next_step(refused(count)) == step


def test_after_an_agreement_the_steps_begin_again() -> None:
    assert follow_up.next_step([*refused(3), Record(4, AGREED), *refused(1)]) == "ticket"


def test_the_words_name_the_day_and_the_amount_before_and_after_the_day() -> None:
    records = [Record(1, AGREED)]
    assert "约好2026年12月31日要还的500元可能还不上" in follow_up.what_to_say(records, date(2026, 12, 30))
    assert "没能按时还上" in follow_up.what_to_say(records, date(2027, 1, 1))
    assert "这期可能还不上" in follow_up.what_to_say([], date(2027, 1, 1))


def test_the_next_days_are_listed_and_the_rest_is_counted() -> None:
    told = follow_up.calendar([Record(1, replace(AGREED, periods=10, total_fen=None))]).splitlines()
    assert len(told) == 1 + follow_up.SHOWN + 1
    assert "后面还有4期" in told[-1]


def test_papers_are_told_with_their_state_once_they_were_asked_for() -> None:
    assert follow_up.papers(NEW) == ""
    told = follow_up.papers(replace(READY, documents_substitute=("termination_proof",)))
    assert "· 已有：身份证" in told
    assert "· 用别的代替：离职证明" in told
    assert "· 还缺：" in told
