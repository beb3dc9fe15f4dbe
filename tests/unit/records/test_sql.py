"""Records in real databases: kept apart, numbered, and still there after a process was killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from services import Postgres
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Connection

from bot.clock import CHINA
from bot.errors import RecordError
from bot.records.sql import SqlRecordStore, in_china
from bot.records.store import Kept, KeptDebt, Paper, Record, Reminder, Talk
from bot.settings import ROOT
from records.writer import AT, talk

KILLS = int(os.environ.get("KILLS", "5"))
"""Processes that are killed; `make kill` kills a hundred."""

Open = Callable[[], SqlRecordStore]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of each kind."""
    if request.param == "sqlite":
        return url(tmp_path)
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def open_store(database: str) -> Open:
    """Opens the same empty database again and again."""
    return lambda: SqlRecordStore(database)


@pytest.fixture
def raw(database: str, store: SqlRecordStore) -> Iterator[Connection]:
    """The database as it is, past the store; foreign keys hold nobody back."""
    engine = create_engine(database)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def store(open_store: Open) -> SqlRecordStore:
    return open_store()


def url(folder: Path) -> str:
    """The URL of the database in ``folder``; the folder below it is made on first use."""
    return f"sqlite:///{folder / 'var' / 'records.db'}"


def test_a_talk_comes_back_as_it_was_given(store: SqlRecordStore) -> None:
    full = Talk(
        AT, "app_service", "agreed", "deferral", 100_000, 12, 3, date(2026, 12, 31), "三天内回电", "8823", "T20261123",
        "先登记，三天内回复", date(2026, 11, 26), 1_200_000, 1_100_000, 100_000, 5_000, "stops", "normal", "written",
    )  # fmt: skip

    assert store.add("one", full) == Record(1, full)
    assert store.of("one") == [Record(1, full)]


def test_what_was_not_said_stays_unsaid(store: SqlRecordStore) -> None:
    bare = Talk(AT, "app_service", "refused")
    store.add("one", bare)
    assert store.of("one") == [Record(1, bare)]


def test_the_time_of_a_talk_keeps_its_zone(store: SqlRecordStore) -> None:
    at = datetime(2026, 12, 31, 23, 59, 59, tzinfo=CHINA)
    store.add("one", replace(talk(), at=at))

    kept = store.of("one")[0].talk.at
    assert kept == at
    assert kept.utcoffset() == timedelta(hours=8)


def test_records_are_numbered_for_each_person_from_one(store: SqlRecordStore) -> None:
    numbers = [store.add(person, talk()).number for person in ("one", "two", "one", "one", "two")]
    assert numbers == [1, 1, 2, 3, 2]


def test_two_persons_are_kept_apart(store: SqlRecordStore) -> None:
    store.add("one", talk())
    store.add("two", replace(talk(), outcome="refused"))
    store.add_payment("one", 1, date(2026, 12, 1))

    assert [record.talk.outcome for record in store.of("one")] == ["agreed"]
    assert [record.talk.outcome for record in store.of("two")] == ["refused"]
    assert store.of("two")[0].payments == ()
    assert store.of("on") == store.of("One") == store.of("one' OR '1'='1") == []


def test_payments_are_kept_in_order_with_their_record(store: SqlRecordStore) -> None:
    store.add("one", talk())
    store.add("one", talk())
    store.add_payment("one", 2, date(2026, 12, 31))
    record = store.add_payment("one", 2, date(2026, 12, 1))

    assert record == Record(2, talk(), (date(2026, 12, 31), date(2026, 12, 1)))
    assert store.of("one") == [Record(1, talk()), record]


def test_a_payment_for_no_record_is_refused(store: SqlRecordStore) -> None:
    store.add("one", talk())
    for person, number in (("one", 2), ("two", 1)):
        with pytest.raises(RecordError):
            store.add_payment(person, number, date(2026, 12, 1))


def test_forgetting_deletes_everything_of_one_person_only(store: SqlRecordStore, raw: Connection) -> None:
    for person in ("one", "one", "two"):
        store.add(person, talk())
    store.add_payment("one", 1, date(2026, 12, 1))

    assert store.forget("one") == 2
    assert store.of("one") == []
    assert len(store.of("two")) == 1
    assert raw.execute(text("SELECT count(*) FROM cases WHERE person = 'one'")).scalar() == 0
    for table, left in (("contacts", 1), ("agreements", 1), ("instalments", 12), ("reminders", 13)):
        assert raw.execute(text(f"SELECT count(*) FROM {table}")).scalar() == left


def test_forgetting_somebody_unknown_is_no_error(store: SqlRecordStore) -> None:
    assert store.forget("nobody") == 0


def test_after_forgetting_the_numbers_begin_again(store: SqlRecordStore) -> None:
    store.add("one", talk())
    store.forget("one")
    assert store.add("one", talk()).number == 1


def test_records_are_there_after_a_restart(open_store: Open) -> None:
    open_store().add("one", talk())
    open_store().add_payment("one", 1, date(2026, 12, 1))
    assert open_store().of("one") == [Record(1, talk(), (date(2026, 12, 1),))]


def test_a_database_that_fails_is_a_record_error_without_its_text(store: SqlRecordStore, raw: Connection) -> None:
    store.add("one", talk())
    is_postgres = raw.dialect.name == "postgresql"
    with raw.begin():
        raw.execute(text("DROP TABLE contacts CASCADE" if is_postgres else "DROP TABLE contacts"))

    for call in (
        lambda: store.add("one", talk()),
        lambda: store.of("one"),
        lambda: store.add_payment("one", 1, date(2026, 12, 1)),
        lambda: store.forget("one"),
        lambda: store.reminders("one"),
    ):
        with pytest.raises(RecordError) as caught:
            call()
        assert "one" not in str(caught.value)
        assert "8823" not in str(caught.value)


def test_a_failed_add_leaves_nothing_behind(store: SqlRecordStore) -> None:
    with pytest.raises(RecordError):
        store.add("one", replace(talk(), channel=None))  # type: ignore[arg-type]
    assert store.of("one") == []


def test_a_database_that_cannot_be_opened_is_a_record_error(tmp_path: Path) -> None:
    with pytest.raises(RecordError):
        SqlRecordStore(f"sqlite:///{tmp_path}")


@pytest.mark.timeout(0)
def test_a_killed_process_loses_nothing_that_was_promised(database: str, open_store: Open) -> None:
    """Processes that write are killed in the middle; what ``add`` had returned is there, and whole."""
    chance = random.Random(20261123)
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.unit.records.writer", database], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        said = b"".join(process.stdout.readline() for _ in range(chance.randint(1, 25)))
        for _ in range(chance.randint(0, 200_000)):
            pass
        process.send_signal(signal.SIGKILL)
        said += process.stdout.read()
        assert process.wait() == -signal.SIGKILL

        promised = [int(number) for number in said.split(b"\n")[:-1]]
        kept = open_store().of("one")
        assert promised
        assert [record.number for record in kept] == list(range(1, len(kept) + 1))
        assert len(kept) >= promised[-1]
        assert counts(database) == [len(kept), len(kept), 12 * len(kept), 13 * len(kept)]
        assert all(record == Record(record.number, talk()) for record in kept)


def counts(database: str) -> list[int]:
    """How many contacts, agreements, instalments and reminders there are."""
    engine = create_engine(database)
    with engine.connect() as connection:
        found = [
            connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()
            for table in ("contacts", "agreements", "instalments", "reminders")
        ]
    engine.dispose()
    return found


def test_a_moment_is_given_back_in_china_whatever_zone_the_database_uses() -> None:
    midnight = datetime(2026, 11, 23, tzinfo=CHINA)

    assert in_china(midnight.astimezone(timezone.utc)).date() == date(2026, 11, 23)
    assert in_china(midnight.replace(tzinfo=None)) == midnight


def test_messages_that_come_at_once_get_numbers_of_their_own(open_store: Open) -> None:
    stores = [open_store() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        numbers = sorted(pool.map(lambda turn: stores[turn % 4].add("one", talk()).number, range(20)))
    assert numbers == list(range(1, 21))


KEPT = Kept(
    "unemployment",
    400_000,
    300_000,
    (KeptDebt("huabei", 1_200_000, 18, 9), KeptDebt("jiebei", 500_000, 0, 20)),
    (Paper("id_card", "have"), Paper("termination_proof", "missing"), Paper("income_flow", "substitute")),
)


def test_the_case_is_kept_with_its_debts_and_papers_and_replaced_as_a_whole(store: SqlRecordStore) -> None:
    assert store.kept("one") is None
    store.keep("one", KEPT)
    assert store.kept("one") == KEPT

    store.keep("one", replace(KEPT, debts=KEPT.debts[:1], papers=()))
    assert store.kept("one") == replace(KEPT, debts=KEPT.debts[:1], papers=())
    assert store.kept("two") is None


def test_a_talk_and_the_case_are_saved_together_or_not_at_all(store: SqlRecordStore) -> None:
    with pytest.raises(RecordError):
        store.add("one", replace(talk(), outcome=None), KEPT)  # type: ignore[arg-type]
    assert store.kept("one") is None

    store.add("one", talk(), KEPT)
    assert store.kept("one") == KEPT


def test_reminders_come_from_the_promise_and_from_each_instalment(store: SqlRecordStore) -> None:
    waits = Talk(AT, "hotline_95188", "pending", call_back=date(2026, 11, 26))
    agreed = Talk(AT, "hotline_95188", "agreed", "instalments", 50_000, 2, first_due=date(2026, 12, 31))
    store.add("one", waits)
    assert store.reminders("one") == [Reminder("callback", date(2026, 11, 26), 1)]

    store.add("one", agreed)
    store.add_payment("one", 2, date(2026, 12, 30))

    assert store.reminders("one") == [
        Reminder("callback", date(2026, 11, 26), 1, None, AT.date()),
        Reminder("due", date(2026, 12, 31), 2, 1, date(2026, 12, 30)),
        Reminder("due", date(2027, 1, 31), 2, 2),
    ]


def test_a_talk_keeps_the_debts_it_was_about(store: SqlRecordStore) -> None:
    both = replace(talk(), products=("huabei", "jiebei"))
    assert store.add("one", both).talk == both
    assert [one.talk.products for one in store.of("one")] == [("huabei", "jiebei")]


def test_a_talk_settles_only_the_promises_about_the_same_debts(store: SqlRecordStore) -> None:
    waits = Talk(AT, "hotline_95188", "pending", call_back=date(2026, 11, 26))
    for products in (("huabei",), ("jiebei",)):
        store.add("one", replace(waits, products=products))
    store.add("one", replace(waits, outcome="refused", call_back=None, products=("huabei",)))
    open_ones = [one.record for one in store.reminders("one") if one.done_on is None]
    assert open_ones == [2]


def test_reminders_that_wait_are_found_by_their_day_with_whom_they_are_for(store: SqlRecordStore) -> None:
    store.add("one", Talk(AT, "hotline_95188", "pending", call_back=date(2026, 11, 26)))
    store.add("two", Talk(AT, "hotline_95188", "agreed", "instalments", 50_000, 2, first_due=date(2026, 12, 31)))
    store.add_payment("two", 1, date(2026, 12, 30))

    assert store.waiting(date(2026, 11, 25)) == []
    found = store.waiting(date(2027, 3, 1))
    assert [(one.person, one.reminder.kind, one.reminder.instalment) for one in found] == [
        ("one", "callback", None),
        ("two", "due", 2),
    ]
    assert {one.since for one in found} == {AT.date()}


def test_a_reminder_is_told_once_and_may_be_taken_back(open_store: Open) -> None:
    one, two = open_store(), open_store()
    one.add("one", Talk(AT, "hotline_95188", "pending", call_back=date(2026, 11, 26)))
    (waiting,) = two.waiting(date(2026, 11, 26))

    assert [store.tell(waiting, date(2026, 11, 26)) for store in (one, two)] == [True, False]
    one.untell(waiting)
    assert two.tell(waiting, date(2026, 11, 26))
    (again,) = one.waiting(date(2026, 11, 26))
    assert again.told_on == date(2026, 11, 26)


def test_a_reminder_that_is_done_meanwhile_is_not_told(store: SqlRecordStore) -> None:
    store.add("one", Talk(AT, "hotline_95188", "pending", call_back=date(2026, 11, 26)))
    (waiting,) = store.waiting(date(2026, 11, 26))
    store.add("one", Talk(AT, "hotline_95188", "refused"))
    assert not store.tell(waiting, date(2026, 11, 26))
