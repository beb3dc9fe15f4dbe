"""What an offer asks for: money at once, money each month, what is taken off; as amounts or as shares of the debt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from bot.reading.characters import MAX_READ
from bot.reading.money import find_amounts
from bot.reading.numerals import read_numeral
from bot.reading.periods import find_periods

_ONCE = re.compile(
    r"先(?:给?我?(?:还|付|交|拿|给|打|缴|存))|首付|首期|首笔|(?:今天|现在|马上|立刻|当天|今晚|明天|这两天|月底前?|本周)[^，。；每]{0,6}(?:还|付|交|拿|给|打|凑)"
    r"|一次性?(?:还|付|结|缴|交|拿|给|$)|一把还|结清|还清|付清|全额"
)
_MONTHLY = re.compile(r"每个?月|每期|(?<![头首第这上下])一期|一个月|月供|后面|剩下|余下|其余|之后")
_OFF = re.compile(r"(?:减免?|免掉?|少还|少收|优惠|抹掉?|划掉|扣掉|便宜|让利)(?:了|去|我|您|到)?[^，。；]{0,6}$")
_TO = re.compile(r"(?:减|降|免|优惠|打折)到$")
_PERCENT = re.compile(r"(?P<n>[0-9]{1,2}(?:\.[0-9])?)[%％]|百分之(?P<said>[0-9一二两三四五六七八九十]{1,3})")
_TENTHS = re.compile(r"(?P<n>[一二两三四五六七八九1-9])成(?P<half>半)?")
_DISCOUNT = re.compile(r"(?P<n>[0-9](?:\.[0-9])?|[一二三四五六七八九1-9]{1,2})折")
_HALF = re.compile(r"(?:减|免|还|付|只要|收)(?:掉|了)?一半|(?:对|半|五)折")
_PENALTY_GONE = re.compile(
    r"(?:罚息|违约金|逾期费|滞纳金)(?:和利息)?(?:都|也|可以|能|给我?|就|帮我?){0,3}(?:全(?:部|都|给)?|都|通通)?(?:免|不收|取消)(?:掉|除|了|$|，|吧)(?![0-9一二两三四五六七八九])"
    r"|(?:全|都)?免(?:掉|除|了|去|全部|所有)?(?:罚息|违约金|逾期费|滞纳金)|(?:罚息|违约金|逾期费|滞纳金)全免|不收(?:罚息|违约金)"
)
_INTEREST_GONE = re.compile(
    r"(?:利息|息费|手续费)(?:和罚息)?(?:都|也|可以|能|给我?|就|帮我?){0,3}(?:全(?:部|都|给)?|都|通通)?(?:免|不收|取消)(?:掉|除|了|$|，|吧)(?![0-9一二两三四五六七八九])"
    r"|(?:全|都)?免(?:掉|除|了|去|全部|所有)?(?:利息|息费|手续费)|免息|停息|只还本金|只要本金|不收利息|利息全免"
)
_BOTH_GONE = re.compile(
    r"(?:利息|息费)[和跟、及]?(?:罚息|违约金)[^，。；]{0,4}(?:免|不收)(?![0-9一二两三四五六七八九])"
    r"|(?:罚息|违约金)[和跟、及]?利息[^，。；]{0,4}(?:免|不收)(?![0-9一二两三四五六七八九])|免(?:掉|除)?(?:利息|罚息)[和跟、及](?:罚息|利息)"
)
_NOT_GONE = re.compile(
    r"(?:罚息|利息|违约金|息费)[^，。；]{0,6}(?:不(?:能|给|可以|会)?(?:免|减)|免不了|减不了|照(?:收|算)|一分不)|(?:不(?:能|给|可以)?|没法|没有)(?:减免|免息|免罚息|减息)"
)
_NUMERALS = dict(zip("一二两三四五六七八九", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))


@dataclass(frozen=True)
class Terms:
    """An offer in numbers; None is "not said". Amounts in fen."""

    monthly_fen: int | None = None
    periods: int | None = None
    once_fen: int | None = None
    """What is to be paid at once."""
    off_fen: int | None = None
    """What is taken off what is owed."""
    share: Fraction | None = None
    """The part of what is owed that is to be paid at once."""
    is_once: bool = False
    """True when something is to be paid at once, also where no number says how much."""


def read_terms(text: str) -> Terms:
    """The terms in ``text`` (from ``normalise``), a few words about what the lender's agent offers."""
    text = text[:MAX_READ]
    found: dict[str, int] = {}
    start = 0
    is_once = bool(_ONCE.search(text))
    for amount in find_amounts(text):
        before = text[start : amount.start]
        start = amount.end
        if not amount.vague and amount.low_fen > 0:
            found.setdefault(_kind(before, text[amount.end :], found), amount.low_fen)
    periods = [one.low for one in find_periods(text) if one.kind == "instalments"]
    share = _share(text) if is_once else None
    return Terms(
        found.get("monthly"), periods[0] if periods else None, found.get("once"), found.get("off"), share, is_once
    )


def waiver_of(text: str) -> str | None:
    """What is waived as a whole, without an amount: ``penalty``, ``interest``, ``both`` or ``none``; None: not said."""
    if _NOT_GONE.search(text):
        return "none"
    if _BOTH_GONE.search(text):
        return "both"
    penalty, interest = _PENALTY_GONE.search(text), _INTEREST_GONE.search(text)
    if penalty and interest:
        return "both"
    return "penalty" if penalty else "interest" if interest else None


def _kind(before: str, after: str, found: dict[str, int]) -> str:
    """What an amount is, by the words since the amount before it."""
    if _OFF.search(before) and not _TO.search(before):
        return "off"
    once = [match.end() for match in _ONCE.finditer(before)]
    monthly = [match.end() for match in _MONTHLY.finditer(before)]
    if once and (not monthly or once[-1] > monthly[-1]):
        return "once"
    if not monthly and re.match(r"[^，。；]{0,3}(?:结清|了结|一次还清|就算(?:结|还)清)", after):
        return "once"
    return "monthly" if "monthly" not in found else "more"


def _share(text: str) -> Fraction | None:
    """The part of the debt to be paid: 先还10%, 先付两成, 打八折, 减免三成."""
    if match := _DISCOUNT.search(text):
        return _discount(match["n"])
    if _HALF.search(text):
        return Fraction(1, 2)
    share = None
    match = _PERCENT.search(text) or _TENTHS.search(text)
    if match and "said" in match.groupdict():
        share = Fraction(match["n"] or _hundredths(match["said"])) / 100
    elif match:
        share = Fraction(_digit(match["n"]) * 2 + bool(match["half"]), 20)
    if match is None or share is None or not 0 < share < 1:
        return None
    is_off = _OFF.search(text[: match.start()]) and not _TO.search(text[: match.start()])
    return 1 - share if is_off else share


def _discount(said: str) -> Fraction | None:
    digits = [str(_digit(one)) for one in said if one != "."]
    share = Fraction(int("".join(digits)), 10 ** len(digits))
    return share if 0 < share < 1 else None


def _digit(character: str) -> int:
    return int(character) if character.isdigit() and character.isascii() else _NUMERALS[character]


def _hundredths(said: str) -> int:
    return int(read_numeral(said) or 0)
