"""A process that adds records for as long as it lives, and says each number when ``add`` has returned."""

from __future__ import annotations

import sys
from datetime import date, datetime

from bot.clock import CHINA
from bot.records.sql import SqlRecordStore
from bot.records.store import Talk

AT = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)
STAFF = "8823" * 10
FIRST = date(2026, 12, 15)


def talk() -> Talk:
    """A talk with every text filled, so that half of one would be seen."""
    return Talk(
        AT,
        "hotline_95188",
        "agreed",
        "instalments",
        100_000,
        12,
        first_due=FIRST,
        staff=STAFF,
        next_step=STAFF,
        call_back=FIRST,
    )


def main(url: str) -> None:
    """Add until killed."""
    store = SqlRecordStore(url)
    while True:
        sys.stdout.write(f"{store.add('one', talk()).number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
