"""Every number that a message says, and every number that the engine returned for a case."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import permutations
from typing import Any

from builders import TODAY

from bot.journey.case import Case
from bot.journey.household import household, later, rate_of
from bot.journey.plan import Proposal
from bot.journey.render import percent
from bot.journey.wish import MOST_PERIODS
from bot.money import Fen, from_yuan
from bot.plan import Household, Option, Recovery, Result, compute, parse_case
from bot.plan.calendar import months_on, next_due

MONEY = re.compile(r"(-?[\d,]+(?:\.\d\d)?) ?元")
PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")
DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
COUNTS = re.compile(r"(\d+)(个月|期|天)")
LABELS = re.compile(r"【\d】|^\d\. ", re.MULTILINE)
EXAMPLES = re.compile("「[^」]*」")


def amounts(text: str) -> list[int]:
    """The amounts that ``text`` names, in fen."""
    return [from_yuan(found.replace(",", "")) for found in MONEY.findall(text)]


@dataclass
class Numbers:
    """Numbers by what they count."""

    money: set[int] = field(default_factory=set)
    percents: set[str] = field(default_factory=set)
    dates: set[date] = field(default_factory=set)
    counts: set[tuple[int, str]] = field(default_factory=set)

    def __or__(self, other: Numbers) -> Numbers:
        return Numbers(
            self.money | other.money,
            self.percents | other.percents,
            self.dates | other.dates,
            self.counts | other.counts,
        )

    def __sub__(self, other: Numbers) -> Numbers:
        return Numbers(
            self.money - other.money,
            self.percents - other.percents,
            self.dates - other.dates,
            self.counts - other.counts,
        )

    def __bool__(self) -> bool:
        return bool(self.money or self.percents or self.dates or self.counts)


def numbers(text: str) -> Numbers:
    """Every number that ``text`` says; examples of what to type apart. None is left over."""
    text = EXAMPLES.sub("", text)
    found = Numbers(
        set(amounts(text)),
        set(PERCENT.findall(text)),
        {date(*map(int, parts)) for parts in DATE.findall(text)},
        {(int(number), unit) for number, unit in COUNTS.findall(text)},
    )
    for pattern in (DATE, MONEY, PERCENT, COUNTS, LABELS):
        text = pattern.sub("", text)
    assert not re.search(r"\d", text), text
    return found


def asked_about(given: Household, wish: dict[str, Any]) -> Household:
    """The household of the what-if, put together by hand."""
    spent = sum(fen for _, fen in given.expenses_fen)
    income = max(spent + 1, given.income_fen + wish.get("extra_fen", 0))
    if "low_months" in wish:
        due = min(next_due(given.as_of, debt.due_day) for debt in given.debts)
        since = months_on(due, wish["low_months"], 1)
        return replace(given, income_fen=Fen(spent + wish["monthly_fen"]), recovery=Recovery(since, Fen(income)))
    given = replace(given, income_fen=Fen(income))
    if "lump_on" in wish:
        given = later(given, date.fromisoformat(wish["lump_on"]))
    return replace(given, lump_sum_fen=Fen(wish.get("lump_sum_fen", 0)))


def results(case: Case, proposal: Proposal) -> list[Result]:
    """What the engine returns for the case, and for what was asked about."""
    given, wish = parse_case(household(case, TODAY)), dict(case.plan_wish)
    deferrals = [3, wish["defer_months"]] if "defer_months" in wish else [3]
    terms = [1, 48, 60, *([proposal.wished.periods] if proposal.wished and proposal.wished.periods <= 60 else [])]
    return [compute(given, terms, deferrals), compute(asked_about(given, wish), terms, deferrals)]


def of_option(option: Option) -> Numbers:
    """The numbers of one engine option."""
    schedule = option.schedule
    first = next(row for row in schedule.rows if row.n > 0)
    return Numbers(
        {
            option.monthly_fen,
            schedule.total_paid_fen,
            option.total_cost_fen,
            schedule.unpaid_fen,
            *(row.payment_fen for row in schedule.rows if row.n == 0),
            first.payment_fen,
            first.interest_fen,
            first.interest_fen + first.fee_fen,
            first.principal_fen,
            first.balance_fen + first.principal_fen,
        },
        {percent(schedule.apr_effective)},
        {first.due, schedule.as_of},
        {
            (option.periods, "期"),
            (option.periods, "个月"),
            (schedule.deferred, "个月"),
            ((first.due - TODAY).days, "天"),
        },
    )


def returned(case: Case, proposal: Proposal) -> Numbers:
    """All that the engine returned, what the person told, and the differences between two offers."""
    found = Numbers(counts={(MOST_PERIODS, "期"), (3, "个月")})
    for result in results(case, proposal):
        for option in result.options:
            found |= of_option(option)
        found.money |= {result.budget.capacity.now_fen, abs(result.budget.surplus_fen), result.budget.surplus_fen}
        found.money |= {*result.pro_rata.values()}
        interest = [strategy.total_interest_fen for strategy in result.strategies]
        found.money |= {more - less for more, less in permutations(interest, 2)}
    compared = [*proposal.offers, *([proposal.wished] if proposal.wished else [])]
    for more, less in permutations(compared, 2):
        found.money |= {more.monthly_fen - less.monthly_fen, more.total_paid_fen - less.total_paid_fen}
    return found | told_by(case, proposal)


def told_by(case: Case, proposal: Proposal) -> Numbers:
    """What the person said, the rates, and the part that is penalty."""
    given = parse_case(household(case, TODAY))
    posted = [int(debt.posted_penalty_fen or 0) for debt in given.debts]
    wish = {value for key, value in case.plan_wish.items() if key.endswith("_fen")}
    same = [one for one in results(case, proposal)[0].options if one.debt == "all" and one.kind == "level"]
    totals = {(one.periods, one.price): one.schedule.total_paid_fen for one in same}
    saved = {
        fen - totals[terms, "penalty_waived"]
        for (terms, price), fen in totals.items()
        if price == "contract" and (terms, "penalty_waived") in totals
    }
    return Numbers(
        {case.budget_income_fen or 0, case.expenses_fen, sum(posted), *wish, *saved},
        {percent(rate_of(debt)["value"], 4) for debt in case.debts},
        set(),
        {(case.plan_wish.get("low_months", 3), "个月")},
    )
