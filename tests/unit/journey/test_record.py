"""From the record form to a record, and records in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from builders import OWED, READY, TODAY

from bot.clock import CHINA
from bot.journey import agreements, record, record_check
from bot.journey.case import RECORD_SLOTS, Case, Debt
from bot.records.store import Record, Talk

AT = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)
AGREED = replace(
    READY,
    record_channel="hotline_95188",
    record_outcome="agreed",
    record_kind="instalments",
    record_periods=12,
    record_monthly_fen=100_000,
    record_first_due="2026-12-31",
    record_staff="8823",
    record_confirm=True,
)
TALK = record.talk_of(AGREED, AT)
SEVERAL = replace(AGREED, debts=(*AGREED.debts, Debt("jiebei", 800_000, 0, 10)), record_products=("jiebei",))
"""An agreement on one of two debts."""


def remarks(case: Case, *records: Record) -> str:
    """What is said about the agreement in ``case`` beside those kept."""
    return record_check.check(case, TODAY, records)


def test_a_talk_is_what_the_form_holds() -> None:
    assert (
        Talk(
            AT,
            "hotline_95188",
            "agreed",
            "instalments",
            100_000,
            12,
            first_due=date(2026, 12, 31),
            staff="8823",
            products=("huabei",),
        )
        == TALK
    )


def test_answers_that_were_skipped_are_not_kept_as_zero() -> None:
    skipped = replace(
        AGREED, record_monthly_fen=0, record_periods=0, record_first_due="", record_staff="", record_next=""
    )
    talk = record.talk_of(skipped, AT)
    assert (talk.monthly_fen, talk.periods, talk.first_due, talk.staff, talk.next_step) == (None,) * 5


def test_the_form_is_empty_again_and_the_case_is_kept() -> None:
    assert record.without_record(AGREED) == READY
    assert all(getattr(record.without_record(AGREED), slot) is None for slot in RECORD_SLOTS)


def test_the_rows_show_everything_that_would_be_saved_but_nothing_skipped() -> None:
    rows = record.rows(replace(AGREED, record_staff="")).splitlines()

    assert rows == [
        "· 联系方式：95188热线" if "95188热线" in rows[0] else rows[0],
        "· 结果：同意了",
        "· 谈的是花呗",
        "· 同意的内容：分期还",
        "· 每期1,000元",
        "· 分12期",
        "· 第一次还款2026年12月31日",
    ]


@pytest.mark.parametrize(
    ("monthly", "verdict"),
    [(179_999, "以内"), (180_000, "很近"), (200_000, "很近"), (200_001, "多0.01元")],
)
def test_an_agreement_is_checked_against_the_budget(monthly: int, verdict: str) -> None:
    assert verdict in remarks(replace(AGREED, record_monthly_fen=monthly))


def test_without_a_budget_or_an_amount_nothing_is_claimed() -> None:
    for unknown in (replace(AGREED, budget_income_fen=None), replace(AGREED, record_monthly_fen=0)):
        assert "每月能还的" not in remarks(unknown)
    assert remarks(replace(AGREED, record_outcome="refused")) == ""


def test_points_that_were_not_settled_are_named() -> None:
    told = remarks(AGREED)
    assert all(point in told for point in ("减不减", "催收停不停", "征信怎么报", "书面或电子确认"))
    assert "总共还多少" not in told
    full = replace(
        AGREED, record_waived_fen=100, record_collection="stops", record_credit="normal", record_confirmation="written"
    )
    assert record_check.missing(full) == []
    assert "还没记到" not in remarks(full)


def test_a_waiver_of_the_whole_is_an_answer_without_an_amount() -> None:
    assert "减不减" not in remarks(replace(AGREED, record_waiver="penalty"))
    assert "罚息全免" in record.terms(record.talk_of(replace(AGREED, record_waiver="penalty"), AT))


def test_an_agreement_is_set_beside_the_plan() -> None:
    assert "您原来想谈的是：分9期。" in remarks(AGREED)
    same = replace(AGREED, record_periods=9, record_monthly_fen=136_000)
    assert "跟您原来想谈的一样" in remarks(same)


def test_a_total_that_does_not_add_up_is_pointed_out() -> None:
    assert "对不上" in remarks(replace(AGREED, record_total_fen=1_500_000))
    assert "对不上" not in remarks(replace(AGREED, record_total_fen=1_195_000))


def test_a_promise_by_word_of_mouth_is_to_be_confirmed() -> None:
    assert "口头" in remarks(replace(AGREED, record_confirmation="spoken"))


def test_the_papers_are_kept_with_their_state() -> None:
    kept = record.kept_of(replace(READY, documents_substitute=("termination_proof",)))
    states = {paper.document: paper.state for paper in kept.papers}
    assert (states["id_card"], states["termination_proof"]) == ("have", "substitute")
    assert set(states.values()) == {"have", "substitute", "missing"}


def test_without_a_surplus_every_instalment_breaks() -> None:
    assert "多1,000元" in remarks(replace(AGREED, budget_income_fen=0))


def test_the_listing_tells_each_record_with_its_payments() -> None:
    first = Record(1, replace(TALK, outcome="refused", kind=None, monthly_fen=None, periods=None, first_due=None))
    second = Record(2, TALK, (date(2026, 12, 30),))

    told = record.listing([first, second]).splitlines()

    assert told[0].startswith("1. 2026年11月23日")
    assert "没同意" in told[0]
    assert "分12期" in told[1]
    assert "每期1,000元" in told[1]
    assert told[2].strip() == "2026年12月30日 还了一期"


def test_the_agreement_that_holds_is_the_last_one() -> None:
    refused = replace(TALK, outcome="refused")
    assert agreements.agreement([]) is None
    assert agreements.agreement([Record(1, refused)]) is None
    assert agreements.agreement([Record(1, TALK), Record(2, TALK), Record(3, refused)]) == Record(2, TALK)


def test_the_next_instalment_is_a_month_later_on_the_same_day_or_the_last_of_the_month() -> None:
    assert "2026年12月31日，1,000元" in agreements.next_due(Record(1, TALK))
    assert "2027年1月31日" in agreements.next_due(Record(1, TALK, (date(2026, 12, 31),)))
    assert "2027年2月28日" in agreements.next_due(Record(1, TALK, (date(2026, 12, 31),) * 2))


def test_after_the_last_instalment_no_day_is_named() -> None:
    done = Record(1, TALK, (date(2026, 12, 31),) * 12)
    assert not any(character.isdigit() for character in agreements.next_due(done))


def test_a_day_is_named_without_an_amount_when_that_is_all_that_is_known() -> None:
    assert agreements.next_due(Record(1, replace(TALK, monthly_fen=None))) == "花呗下一次还款：2026年12月31日。"
    assert "日。" not in agreements.next_due(Record(1, replace(TALK, first_due=None)))


def test_terms_without_anything_say_so() -> None:
    assert record.terms(Talk(AT, "app_service", "refused")) == "没有更多内容"


def test_a_case_without_a_record_has_no_rows() -> None:
    assert record.rows(OWED) == ""


def test_an_agreement_on_one_debt_is_set_beside_its_part_of_the_plan_and_its_balance() -> None:
    told = remarks(SEVERAL)
    assert "您原来想谈的是：借呗这笔分9期" in told
    assert "一共还12,000元，比借呗现在欠的8,000元多4,000元" in told
    assert "按欠款比例，借呗每月最多还" in told


def test_an_agreement_below_the_balance_asks_what_was_taken_off() -> None:
    assert "比花呗现在欠的12,000元少1,000元" in remarks(replace(AGREED, record_total_fen=1_100_000))
    assert "现在欠的" not in remarks(replace(AGREED, record_total_fen=1_200_000))


def test_agreements_on_other_debts_go_on_beside_it() -> None:
    on_huabei = Record(1, replace(TALK, monthly_fen=120_000, products=("huabei",)))
    told = remarks(SEVERAL, on_huabei)
    assert "加上花呗每期1,200元，一起每月要还2,200元" in told
    assert "多200元" in told
    settled = replace(on_huabei, payments=(date(2026, 12, 31),) * 12)
    assert "加上" not in remarks(SEVERAL, settled)


def test_an_agreement_on_the_same_debt_takes_the_place_of_the_one_before() -> None:
    assert "加上" not in remarks(SEVERAL, Record(1, replace(TALK, products=("jiebei",))))


def test_agreements_on_different_debts_hold_beside_each_other() -> None:
    first, second = (Record(n, replace(TALK, products=(name,))) for n, name in ((1, "huabei"), (2, "jiebei")))
    assert agreements.in_force([first, second]) == (first, second)
    assert agreements.in_force([first, second, replace(first, number=3)]) == (second, replace(first, number=3))
    unnamed = Record(3, replace(TALK, products=()))
    assert agreements.in_force([first, second, unnamed]) == (unnamed,)


def test_who_speaks_of_an_instalment_means_the_debt_named_or_what_is_due() -> None:
    first = Record(1, replace(TALK, products=("huabei",), first_due=date(2026, 12, 1)))
    second = Record(2, replace(TALK, products=("jiebei",), first_due=date(2026, 12, 20)))
    kept, soon = [first, second], date(2026, 12, 3)
    assert agreements.meant(kept, ["jiebei"], soon) == (second,)
    assert agreements.meant(kept, [], soon) == (first,)
    assert agreements.meant(kept, [], date(2026, 11, 23)) == (first, second)
    assert agreements.meant(kept, [], date(2026, 12, 30)) == (first, second)
    assert agreements.meant([], [], soon) == ()
