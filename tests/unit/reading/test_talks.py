"""Reports of a talk: the day, the numbers, the promise and the terms, and nothing where nothing is said."""

from __future__ import annotations

from datetime import date

import pytest

from bot.reading import normalise, read_call_back, read_talk
from bot.reading.talks import TalkTold
from bot.reading.workdays import is_working_day, working_days_on

TODAY = date(2026, 11, 23)
"""A Monday."""


def told(text: str) -> TalkTold:
    """What the reader finds in ``text`` as a person types it."""
    return read_talk(normalise(text), TODAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今天下午打了95188", date(2026, 11, 23)),
        ("昨天打的", date(2026, 11, 22)),
        ("前天联系过客服", date(2026, 11, 21)),
        ("上周五打的，说下周三之前给答复", date(2026, 11, 20)),
        ("周三客服答应周五回电", date(2026, 11, 18)),
        ("10月8号下午三点打的", date(2026, 10, 8)),
        ("11月20日跟客服谈的", date(2026, 11, 20)),
        ("每月10号还500", None),
        ("12月10号开始还", None),
        ("第一次还款11月20日", None),
        ("客服同意了", None),
        ("专员说批了，到3月10号再还", None),
        ("延到10月8号才还", None),
    ],
)
def test_the_day_of_the_talk(text: str, day: date | None) -> None:
    assert told(text).day == day


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("下午三点打的", "15:00"),
        ("上午十点半", "10:30"),
        ("上午10点40", "10:40"),
        ("晚上8点", "20:00"),
        ("三点打的", None),
        ("25点半", None),
        ("说了几点要求", None),
    ],
)
def test_the_time_of_the_talk(text: str, clock: str | None) -> None:
    assert told(text).clock == clock


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("说三天内回复", date(2026, 11, 26)),
        ("让我等三天", date(2026, 11, 26)),
        ("说五个工作日内有人回电", date(2026, 11, 30)),
        ("三到五个工作日回复", date(2026, 11, 30)),
        ("24小时内回复", date(2026, 11, 24)),
        ("48小时内联系我", date(2026, 11, 25)),
        ("客服说一周内给答复", date(2026, 11, 30)),
        ("客服答应周五回电", date(2026, 11, 27)),
        ("明天给结果", date(2026, 11, 24)),
        ("昨天打的，说三天内回复", date(2026, 11, 25)),
        ("每月10号还500", None),
        ("同意分3期，12月9号开始还", None),
        ("延期三个月", None),
        ("让我等消息", None),
    ],
)
def test_the_day_until_which_an_answer_was_promised(text: str, day: date | None) -> None:
    assert told(text).call_back == day


@pytest.mark.parametrize(
    ("text", "day"),
    [("三天", date(2026, 11, 26)), ("周五", date(2026, 11, 27)), ("三个工作日", date(2026, 11, 26)), ("没说", None)],
)
def test_an_answer_to_the_question_needs_no_other_words(text: str, day: date | None) -> None:
    assert read_call_back(normalise(text), TODAY, is_asked=True) == day


@pytest.mark.parametrize(
    ("text", "staff", "ticket"),
    [
        ("工号8821", "8821", None),
        ("客服工号是8821", "8821", None),
        ("工号：A1203，工单号：20261123001", "A1203", "20261123001"),
        ("工号尾号39的客服", "39", None),
        ("投诉编号T-2026-11", None, "T-2026-11"),
        ("没记工号", None, None),
    ],
)
def test_the_number_of_the_agent_and_of_the_ticket(text: str, staff: str | None, ticket: str | None) -> None:
    assert (told(text).staff, told(text).ticket) == (staff, ticket)


def test_amounts_with_a_name_are_told_from_the_instalment() -> None:
    text = normalise("本金28400分48期，每期600，罚息免了1200，利息400，总共还28800")
    found = read_talk(text, TODAY)
    assert found.principal_fen == 2_840_000
    assert found.waived_fen == 120_000
    assert found.interest_fen == 40_000
    assert found.total_fen == 2_880_000
    assert text.index("600") not in found.labelled
    assert len(found.labelled) == 4


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("催收先停", "collection", "stops"),
        ("答应不再打电话", "collection", "stops"),
        ("催收会继续", "collection", "goes_on"),
        ("征信不上报", "credit", "normal"),
        ("还清以后征信才更新", "credit", "after_payment"),
        ("征信照样报逾期", "credit", "overdue"),
        ("口头答应的", "confirmation", "spoken"),
        ("没有书面的", "confirmation", "spoken"),
        ("已经收到短信", "confirmation", "written"),
        ("电子协议签了", "confirmation", "written"),
        ("客服同意了", "collection", None),
        ("客服同意了", "credit", None),
        ("客服同意了", "confirmation", None),
    ],
)
def test_the_terms_in_words(text: str, field: str, value: str | None) -> None:
    assert getattr(told(text), field) == value


def test_what_the_lender_said_is_kept_but_not_endlessly() -> None:
    assert told("打了95188，说先登记").said == "先登记"
    assert told("打了95188，让我补材料").said == "让我补材料"
    assert len(told("客服说" + "登记" * 500).said or "") == 120
    assert told("听说可以协商").said is None


@pytest.mark.parametrize(
    "text", ["", "工号", "说", "9" * 3000, "等" * 3000, "00:00", "工作日", "99999999个工作日内回复"]
)
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(told(text), TalkTold)


def test_working_days_pass_over_weekends_and_announced_holidays() -> None:
    assert working_days_on(date(2026, 11, 27), 1) == date(2026, 11, 30)
    assert not is_working_day(date(2026, 10, 1))
    assert working_days_on(date(2026, 9, 30), 1) >= date(2026, 10, 8)


def test_a_year_without_announced_holidays_has_plain_weeks() -> None:
    assert is_working_day(date(2039, 1, 3))
    assert not is_working_day(date(2039, 1, 1))


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("可以分18期，每个月680", 68_000),
        ("12期一期1230", 123_000),
        ("头一期900，后面都是883", 88_300),
        ("分九期每期八百二十块", 82_000),
        ("每月只还500", 50_000),
        ("先还掉本期的3200", None),
        ("这一期900已经还了", None),
        ("一共26500", None),
    ],
)
def test_the_amount_of_an_instalment_has_its_words(text: str, fen: int | None) -> None:
    assert told(text).monthly_fen == fen


def test_what_settles_it_at_once_is_the_total() -> None:
    assert told("剩下的月底前一次结清9800").total_fen == 980_000
