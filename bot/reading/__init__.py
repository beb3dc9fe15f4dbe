"""Reads amounts, periods, days, rates and short answers from Chinese text, and says when it cannot be sure.

Every reader takes text from ``normalise`` and gives offsets into it. None raises on any text.
"""

from __future__ import annotations

from bot.reading.answers import is_no, is_not_overdue, is_skip, is_unknown, is_yes, is_zero
from bot.reading.choices import read_choice
from bot.reading.corrections import Correction, find_correction
from bot.reading.dates import DateMention, find_dates
from bot.reading.money import Amount, find_amounts
from bot.reading.normalise import normalise
from bot.reading.numerals import read_numeral
from bot.reading.periods import Period, find_periods
from bot.reading.rates import Rate, find_rates
from bot.reading.talks import TalkTold, read_call_back, read_talk
from bot.reading.terms import Terms, read_terms, waiver_of

__all__ = [
    "Amount",
    "Correction",
    "DateMention",
    "Period",
    "Rate",
    "TalkTold",
    "Terms",
    "find_amounts",
    "find_correction",
    "find_dates",
    "find_periods",
    "find_rates",
    "is_no",
    "is_not_overdue",
    "is_skip",
    "is_unknown",
    "is_yes",
    "is_zero",
    "normalise",
    "read_call_back",
    "read_choice",
    "read_numeral",
    "read_talk",
    "read_terms",
    "waiver_of",
]
