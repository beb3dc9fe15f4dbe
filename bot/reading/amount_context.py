"""What the words around a number say about it: sign, 大概, 左右, 不到, another currency, a bare answer."""

from __future__ import annotations

import re

from bot.reading.scan import Number

_REACH = 12
_LINK = (
    "(?:就|也就|只|是|有|在|要|得|欠了?|还|挣|赚|能|剩|拿|到|花|差|需要|一共|总共|每个?月"
    r"|每期|一个月|月薪|工资|给|借了?|\s)*"
)
_ABOUT_BEFORE = re.compile(
    "(?:大概|大约|差不多|约莫|(?<![预签违合节契邀特解条])约|大致|估计|可能|也许|好像"
    "|似乎|将近|接近|(?<![最附远靠就])近"
    rf"|(?<![赶尽])快|至少|起码|最少|平均|粗略|大体|目测|合计大约){_LINK}$|(?<![大老])小$"
)
_ABOUT_AFTER = re.compile(r"^\s?(?:左右|上下|的?样子|差不多|吧大概|大概|附近|来着)")
_BOUND_BEFORE = re.compile(
    "(?:不到|不足|没到|不满|低于|少于|小于|不超过|超过|超|高于|多于|大于|不止|不低于|不少于|多过|破)(?:了)?$"
)
_BOUND_AFTER = re.compile(
    r"^\s?(?:以上|以下|以内|之内|不到|出头|往上|打底|起步|冒头"
    "|挂零|好几|封顶|多一点|多点)"
)
_OTHER_CURRENCY = re.compile(
    r"^\s?(?:美元|美金|刀|港币|港元|日元|欧元|英镑|韩元|台币"
    "|新台币|澳元|加元|泰铢|卢布|USDT"
    "|USD|usdt|usd)"
)
_OTHER_SIGN = re.compile(r"[$€£]\s?$")
_BARE_WORDS = re.compile(
    r"[\s，。！？；：、,.!?;:~…]|大概|大约|差不多|左右|上下|好像|估计|可能|应该|也就|就"
    "|是|的|了|呢|吧|啊|呀|嗯|哦|约|快|有|约莫|我|每月|一个月|月|欠|还"
)


def signed_at(work: str, start: int) -> tuple[int, int, bool]:
    """Where the number starts with its sign, the sign, and whether the sign is doubtful (花呗-3000)."""
    if start == 0 or work[start - 1] not in "-负":
        return start, 1, False
    before = work[max(0, start - 2) : start - 1]
    if work[start - 1] == "负":
        return start - 1, -1, False
    if not before or before.isspace() or before in "，。！？；：、,;:(（是为成":
        return start - 1, -1, False
    return start, 1, True


def about(work: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether the words call the number approximate, and whether they only bound it from one side."""
    before, after = work[max(0, start - _REACH) : start], work[end : end + 6]
    approximate = bool(_ABOUT_BEFORE.search(before) or _ABOUT_AFTER.match(after))
    return approximate, bool(_BOUND_BEFORE.search(before) or _BOUND_AFTER.match(after))


def other_currency(text: str, start: int, end: int) -> bool:
    """Whether the number is in dollars or another currency that this project does not count in."""
    return bool(_OTHER_CURRENCY.match(text[end : end + 6]) or _OTHER_SIGN.search(text[max(0, start - 2) : start]))


def is_bare_answer(number: Number, text: str) -> bool:
    """Whether a number without unit is an amount: in Chinese digits only when it is the whole answer."""
    if not number.small:
        return True
    rest = text[: number.start] + text[number.end :]
    return len(rest) <= 20 and not _BARE_WORDS.sub("", rest)
