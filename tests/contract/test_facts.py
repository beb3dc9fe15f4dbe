"""Numbers, hotlines and rights are said only where a fact stands behind them, and no fact is out of date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from bot.clock import CHINA
from bot.knowledge.command import as_markdown
from bot.knowledge.freshness import stale
from bot.knowledge.lines import lines
from bot.knowledge.loader import catalog
from contract.project import ROOT, replies, short, sources

CHECKED = date(2026, 11, 23)
NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
ENUMERATION = re.compile(r"^\d+\. ", re.MULTILINE)
EXAMPLE = re.compile("(?:例如|写|也可以说)「[^」]*」(?:或?「[^」]*」)*")
"""Words shown as something that the person might type: their numbers claim nothing."""

NOT_CLAIMED = {
    ("utter_retry_negative", "0"): "the smallest amount there is",
    ("utter_retry_day_invalid", "1"): "days of the calendar",
    ("utter_retry_day_invalid", "31"): "days of the calendar",
    ("utter_hint_plan_choice", "1"): "the number of an offer above",
    ("note.budget_living_fen_0", "0"): "the answer zero, read back",
}
"""Numbers that state nothing about the world, each with its reason."""

LINES_BACKED_BY = {"notes.estimate": ("huabei.overdue_rate", "cost.daily_rate_yearly")}
"""Lines cannot carry facts; those that state a number name them here."""

OVER = {"credit.one_off_repair_closed": "says itself that it is over"}
"""Facts about what has ended, each with its reason."""

RIGHTS = re.compile(
    "有权|不得|应当|义务|可以请求|可以要求|依法|规定|征信|罚息|犯罪|起诉|投诉|热线|诈骗|骗局|展期|逾期会|结清证明|工伤"
)
"""Words that state a right, a duty or a consequence."""

NO_RIGHT = {
    "utter_help": "names topics only",
    "utter_welcome": "says who we are; its facts are cited",
}

NAMED_IN_CODE = re.compile(r"\(fact ``([a-z_.0-9]+)``\)")


def texts() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each variation of each reply with the facts it cites."""
    for name, variations in replies().items():
        for variation in variations:
            yield name, variation["text"], tuple((variation.get("metadata") or {}).get("facts") or ())


def numbers(text: str) -> set[str]:
    """The numbers that ``text`` claims."""
    return set(NUMBER.findall(ENUMERATION.sub("", EXAMPLE.sub("", text))))


def backed(facts: tuple[str, ...]) -> set[str]:
    """The numbers in the statements and values of these facts."""
    return {
        number
        for fact in catalog().cited(facts)
        for number in NUMBER.findall(f"{fact.statement_zh} {fact.value or ''}")
    }


def test_every_fact_that_is_cited_exists() -> None:
    missing = [(name, fact) for name, _, facts in texts() for fact in facts if fact not in catalog().facts]
    assert missing == []


def test_every_fact_named_in_code_exists() -> None:
    named = [
        (short(path), fact)
        for path in sources("bot", "actions")
        for fact in NAMED_IN_CODE.findall(path.read_text("utf-8"))
    ]
    assert named
    assert [one for one in named if one[1] not in catalog().facts] == []


def test_no_fact_is_cited_twice_by_one_reply() -> None:
    assert [name for name, _, facts in texts() if len(set(facts)) != len(facts)] == []


def test_no_fact_had_expired_when_the_copy_was_written() -> None:
    assert stale(catalog().facts.values(), CHECKED) == []


def test_no_fact_has_expired_today() -> None:
    """Fails on the day a fact has to be checked again: ``python -m bot facts --stale`` names it and its source."""
    assert [one.id for one in stale(catalog().facts.values(), datetime.now(CHINA).date())] == []


def test_every_fact_expires_one_day() -> None:
    everything = list(catalog().facts.values())
    assert len(stale(everything, date(2028, 1, 1))) == len(everything)


def test_every_fact_that_is_cited_holds_today_and_is_not_ahead_of_its_time() -> None:
    cited = {fact for _, _, facts in texts() for fact in facts}
    over = [one.id for one in catalog().cited(sorted(cited)) if one.valid_until and one.valid_until < CHECKED]
    early = [one.id for one in catalog().cited(sorted(cited)) if one.valid_from and one.valid_from > CHECKED]
    assert ([one for one in over if one not in OVER], early) == ([], [])


def test_every_number_in_a_reply_is_in_a_fact_it_cites() -> None:
    unbacked = [
        f"{name}: {number}"
        for name, text, facts in texts()
        for number in sorted(numbers(text) - backed(facts))
        if (name, number) not in NOT_CLAIMED
    ]
    assert unbacked == []


def test_every_number_in_a_line_is_in_a_fact() -> None:
    unbacked = [
        f"{name}: {number}"
        for name, text in lines().items()
        for number in sorted(numbers(text) - backed(LINES_BACKED_BY.get(name, ())))
        if (name, number) not in NOT_CLAIMED
    ]
    assert unbacked == []


def test_a_reply_about_rights_and_consequences_cites_a_fact() -> None:
    bare = [
        f"{name}: {match[0]}"
        for name, text, facts in texts()
        if not facts and name not in NO_RIGHT and (match := RIGHTS.search(EXAMPLE.sub("", text)))
    ]
    assert bare == []


def test_the_exceptions_are_still_needed() -> None:
    told = {name: text for name, text, _ in texts()} | dict(lines())
    assert [pair for pair in NOT_CLAIMED if pair[1] not in numbers(told[pair[0]])] == []
    assert [name for name in (*NO_RIGHT, *LINES_BACKED_BY) if name not in told] == []
    cited = {fact for _, _, facts in texts() for fact in facts}
    assert [name for name in OVER if name not in cited] == []


def test_the_page_of_facts_is_current() -> None:
    page = (ROOT / "docs/facts.md").read_text("utf-8")
    assert page == as_markdown(catalog().facts.values()), "run `make docs`"
