"""What people tell about a talk with the lender: when, who, what was said, until when, and on which terms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.reading.characters import MAX_READ
from bot.reading.dates import find_dates
from bot.reading.money import find_amounts
from bot.reading.numerals import read_numeral
from bot.reading.terms import waiver_of
from bot.reading.workdays import working_days_on

LONGEST_SAID = 120
"""Characters of the lender's words that are kept."""
MOST_DAYS = 90
"""Days ahead up to which an answer is believed to be promised."""

_NUMBER = "[0-9]{1,3}|[一二两三四五六七八九十]{1,3}"
_ANSWER = re.compile("回复|回电|答复|回话|回我|回音|联系我|给结果|出结果|通知|反馈|审核|消息|打给我|打过来|处理")
_WAIT = re.compile("(?:等|答应|承诺|最晚|最迟|约)[^，。；]{0,3}$")
_STAFF = re.compile("(?:工号|客服号|坐席号?)(?:尾号|后几位)?[是为:：]?(?P<id>[0-9a-z*]{1,20})", re.IGNORECASE)
_TICKET = re.compile(
    "(?:工单号?|单号|投诉编号|受理号|受理编号|登记号|编号|流水号)(?:码)?[是为:：]?(?P<id>[0-9a-z][0-9a-z-]{2,39})",
    re.IGNORECASE,
)
_WORKDAYS = re.compile(f"(?:(?:{_NUMBER})(?:到|至|[-~—、]))?(?P<n>{_NUMBER})个?工作日")
_HOURS = re.compile(f"(?P<n>{_NUMBER})(?:个)?小时")
_DAYS = re.compile(f"(?:(?:{_NUMBER})(?:到|至|[-~—、]))?(?P<n>{_NUMBER})(?P<unit>天|日|周|个?星期)(?:之)?[内后]?")
_SAID = re.compile("(?:(?<![再听就想来])说(?:是|的是)?[:：,，]?|(?=让我|要我|叫我|答应))(?P<words>.{2,})", re.DOTALL)
_NOT_THE_TALK = re.compile(
    "^(?:开始|起|再|才|之?前|以前|之后|后|还|首期|第一|扣|到期)|^[^，。；]{0,4}(?:开始|还第|首期|第一期|到期)"
)
_MONTHLY_BEFORE = re.compile("(?:每个?月|从|首期|第一期|第一次|还款日?|扣款日?)[是为在]?$")
_CLOCK = re.compile(
    f"(?P<part>凌晨|早上|上午|中午|下午|傍晚|晚上)?(?P<hour>{_NUMBER})(?:点|时|:)(?P<minute>半|[0-9]{{1,2}}|[一二三四五]?十[一二三四五六七八九]?)?"
)
_LATER_HALF = ("下午", "傍晚", "晚上")
_LABELS = {
    "monthly_fen": re.compile(
        "(?:每个?月|每期|(?<![头首第这上下])一期|月供|(?<![这上下])一个月|后面(?:每期)?都?)(?:只?[还交给付扣])?(?:大概|差不多)?[是要]?$"
    ),
    "waived_fen": re.compile("(?:免|减|划|抹|省)(?:了|掉|去|免)?[^，。；0-9一二三四五六七八九十两]{0,6}$"),
    "principal_fen": re.compile("本金[^，。；0-9一二三四五六七八九十两]{0,4}$"),
    "interest_fen": re.compile("(?:利息|手续费)[^，。；0-9一二三四五六七八九十两]{0,4}$"),
    "total_fen": re.compile(
        "(?:一共|总共|总额|合计|总计|连本带利|加起来|共计|共)[^，。；0-9一二三四五六七八九十两]{0,5}$|一次性?(?:结清|还清)$"
    ),
}
_STOPS = re.compile("(?:停止?|暂停|不再?|先不)(?:了)?(?:催|打电话|联系家)|催收?[^，。；不]{0,4}(?:停|暂停)|停催")
_GOES_ON = re.compile("催收?[^，。；]{0,3}(?:不停|不会停|照常|照旧|继续|还会)|继续催|还会催")
_CREDIT = (
    (
        "after_payment",
        re.compile(
            "征信[^。；]{0,6}(?:还完|还清|结清)[^。；]{0,6}(?:更新|恢复|改|才)|(?:还完|还清|结清)[^。；]{0,8}征信"
        ),
    ),
    ("normal", re.compile("征信[^，。；]{0,6}(?:不上|不报|不影响|正常|没影响|不显示)|不(?:上|报|影响)征信")),
    ("overdue", re.compile("征信[^，。；]{0,8}(?:逾期|照报|会报|要报|会上|有影响)|(?:会|要|照样)(?:上|报|影响)征信")),
)
_SPOKEN = re.compile("口头|(?:没有?|还没|不给|不发|无)[^，。；]{0,4}(?:书面|短信|协议|邮件|确认)")
_WRITTEN = re.compile(
    "(?:短信|邮件|书面|协议|合同)[^，。；]{0,6}(?:确认|来|到|收|签|发)|(?:发|收到|签|给)[^，。；]{0,6}(?:短信|邮件|书面|协议|合同|确认)|(?:app|页面|支付宝)[^，。；]{0,6}(?:显示|看到|更新)"
)


@dataclass(frozen=True)
class TalkTold:
    """What a message tells about a talk; None where it says nothing. Amounts in fen."""

    day: date | None = None
    clock: str | None = None
    """The time of the day as ``15:30``."""
    staff: str | None = None
    ticket: str | None = None
    said: str | None = None
    call_back: date | None = None
    monthly_fen: int | None = None
    total_fen: int | None = None
    principal_fen: int | None = None
    interest_fen: int | None = None
    waived_fen: int | None = None
    waiver: str | None = None
    """``penalty``, ``interest``, ``both`` or ``none``."""
    collection: str | None = None
    """``stops`` or ``goes_on``."""
    credit: str | None = None
    """``normal``, ``overdue`` or ``after_payment``."""
    confirmation: str | None = None
    """``written`` or ``spoken``."""
    labelled: tuple[int, ...] = ()
    """Where the amounts stand that have a name of their own: they are no instalments."""


def read_talk(text: str, today: date) -> TalkTold:
    """What ``text`` (from ``normalise``) tells about a talk that took place by ``today``."""
    text = text[:MAX_READ]
    day = _day(text, today)
    amounts, labelled = _amounts(text)
    staff, ticket = _STAFF.search(text), _TICKET.search(text)
    return TalkTold(
        day=day,
        clock=_clock(text),
        staff=staff["id"] if staff else None,
        ticket=ticket["id"] if ticket else None,
        said=_said(text),
        call_back=read_call_back(text, day or today),
        waiver=waiver_of(text),
        collection="goes_on" if _GOES_ON.search(text) else "stops" if _STOPS.search(text) else None,
        credit=next((name for name, pattern in _CREDIT if pattern.search(text)), None),
        confirmation="spoken" if _SPOKEN.search(text) else "written" if _WRITTEN.search(text) else None,
        labelled=labelled,
        **amounts,
    )


def read_call_back(text: str, base: date, is_asked: bool = False) -> date | None:
    """The day until which an answer was promised, counted from ``base``; ``is_asked``: the text is nothing else."""
    for pattern in (_WORKDAYS, _HOURS):
        match = pattern.search(text)
        if match and (is_asked or _promises(text, match.start(), match.end())):
            count = _count(match["n"])
            return working_days_on(base, count) if pattern is _WORKDAYS else base + timedelta(days=-(-count // 24))
    for mention in find_dates(text, base):
        last = mention.latest
        is_promise = is_asked or _promises(text, mention.start, mention.end)
        if last and is_promise and base < last <= base + timedelta(days=MOST_DAYS):
            return last
    match = _DAYS.search(text)
    if match and (is_asked or _promises(text, match.start(), match.end())):
        return base + timedelta(days=_count(match["n"]) * (1 if match["unit"] in "天日" else 7))
    return None


def _count(text: str) -> int:
    value = read_numeral(text)
    return min(int(value), MOST_DAYS) if value is not None else 0


def _promises(text: str, start: int, end: int) -> bool:
    """True when the words around a time make it the time of an answer."""
    return bool(_ANSWER.search(text[end : end + 12]) or _WAIT.search(text[max(0, start - 6) : start]))


def _day(text: str, today: date) -> date | None:
    """The day of the talk: the first day that is past or today and belongs to nothing else."""
    for mention in find_dates(text, today, "past"):
        day = mention.earliest
        if day is None or day != mention.latest or day > today:
            continue
        if _MONTHLY_BEFORE.search(text[: mention.start]) or _NOT_THE_TALK.search(text[mention.end :]):
            continue
        if _WAIT.search(text[max(0, mention.start - 6) : mention.start]):
            continue
        return day
    return None


def _clock(text: str) -> str | None:
    match = _CLOCK.search(text)
    if match is None or (match["part"] is None and match["minute"] is None):
        return None
    hour = _count(match["hour"])
    if match["part"] in _LATER_HALF and hour < 12:
        hour += 12
    minute = 30 if match["minute"] == "半" else _count(match["minute"]) if match["minute"] else 0
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def _said(text: str) -> str | None:
    match = _SAID.search(text)
    return match["words"].strip("，,。；;:： ")[:LONGEST_SAID] or None if match else None


def _amounts(text: str) -> tuple[dict[str, int], tuple[int, ...]]:
    """The amounts that are named, by their name, and where they stand."""
    found: dict[str, int] = {}
    places = []
    for amount in find_amounts(text):
        before = text[max(0, amount.start - 12) : amount.start]
        name = next((name for name, pattern in _LABELS.items() if pattern.search(before)), None)
        if name is not None:
            if name != "monthly_fen":
                places.append(amount.start)
            if not amount.vague and amount.low_fen > 0:
                found.setdefault(name, amount.low_fen)
    return found, tuple(places)
