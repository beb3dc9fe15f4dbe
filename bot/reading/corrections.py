"""Changes to what was said: 不是3000，是3500 · 收入填错了，改成5000 · 借呗其实是一万 · 刚才说错了 6500."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading.money import Amount, find_amounts

_MAX_CHARACTERS = 120


@dataclass(frozen=True)
class Correction:
    """A change. ``old`` and ``new`` are what it names as amounts, None when it does not.

    ``label_span``: the words before it that may say what is changed (收入, 借呗), for the caller to look up.
    ``new_span``: where the new value stands, also when it is no amount (a period, a day).
    """

    old: Amount | None
    new: Amount | None
    label_span: tuple[int, int] | None
    new_span: tuple[int, int] | None = None


_VALUE = r"(?=[^，。；,;]{0,12}(?:[0-9一二两三四五六七八九十几半零没]))"
_GAP = r"[\s，。、,；;！!.~…]*"
_NOT_BUT = re.compile(
    rf"(?P<label>[^，。；,;！!\s]{{0,12}}?)(?<!是)(?<!要)(?<!还)不是(?P<old>[^，。；,;！!]{{1,16}}?)(?:了|的)?{_GAP}(?:而是|应该是|应该|应是|是)(?!不)(?P<new>[^，。；,;！!]{{1,24}})"
)
_SET_TO = re.compile(
    "(?P<label>[^，。；,;！!]{0,16}?)(?:改成|改为|改到|更正为|更正成|修改为|修改成"
    f"|调成|调整为|换成|应该改成|应为|更改为){_GAP}(?P<new>[^，。；,;！!]{{1,24}})"
)
_WRONG = re.compile(
    r"(?P<label>[^，。；,;！!]{0,16}?)(?P<verb>填|写|说|输|打|记|报|弄|搞|选|算|讲|答)错(?:了|啦)?"
    rf"{_GAP}(?P<rest>.{{0,40}})",
    re.DOTALL,
)
_ACTUALLY = re.compile(
    "(?P<label>[^，。；,;！!]{0,16}?)(?:其实|实际上?|实际应该|准确(?:来|地)?说"
    "|确切(?:来|地)?说|事实上|正确的)(?:应该)?(?:就)?(?:是|只有|有|欠|只欠|只是|应该是"
    "|才|为)(?P<new>[^，。；,;！!]{1,24})"
)
_NO_IS = re.compile(
    "(?:啊|哦|噢|等等|等一下|等会儿?|呃|额|哎|抱歉|不好意思|对不起"
    r"|[\s，。、,；;！!.~…])*(?:不对|不是|错了|不不|说错|搞错了|弄错了|更正一下|更正"
    f"|纠正一下|改一下|等等|等一下)[了的啊哦不对]{{0,4}}{_GAP}"
    "(?P<label>[^，。；,;！!]{0,10}?)(?:应该是|应该|应该有|是|有|为|要|得是|才是|才"
    "|改成)?(?P<new>[0-9一二两三四五六七八九十几半零][^，。；,;！!]{0,20})",
    re.DOTALL,
)
_SAID_BEFORE = re.compile(
    "(?:刚才|刚刚|刚|之前|前面|上面|先前)(?:说|填|写|报|讲|输)(?:的"
    "|了)?(?P<label>[^，。；,;！!]{0,12}?)(?:不对|有误|不准|不准确|有问题|错的?"
    f"|不是)(?:了)?{_GAP}(?P<rest>.{{0,40}})",
    re.DOTALL,
)
_CHANGE_ONLY = re.compile(
    "(?:我)?(?:想|要|需要|能)?(?:改一下|修改一下|更正一下|重填|重新填"
    "|改改)(?P<label>(?!还款日|账单日|手机|银行卡|密码|绑定)[^，。；,;！!?？吗]{0,12})[。！!~]*"
)
_ASKED = re.compile(r"[?？]|吗|怎么|咋|能不能|可不可以|可以|是不是|如何|帮我|为什么")
_OTHERS = re.compile("你|您|客服|他们|官方|平台|银行")
"""Somebody else said it or changed it."""
_SAID_ALL = re.compile(
    rf"{_GAP}[了的啦]?{_GAP}(?:抱歉|不好意思|对不起|我?(?:想|要|需要|得)?(?:重新?|改|更正|修改).{{0,8}})?{_GAP}"
)
_LEAD_WORDS = re.compile(
    "^(?:那个|这个|刚才|刚刚|之前|前面|我的?|把|将|啊|哦|额|呃|不对|不好意思|对不起|抱歉"
    r"|等等|等一下|麻烦|请|帮|上面|说|填|的|[\s，,])+"
)
_TRAIL_WORDS = re.compile(
    "(?:那里|那项|一项|一栏|这项|这里|金额|数字|给|好像|可能"
    r"|我|是|都|的|应该|[\s，,])+$"
)


def find_correction(text: str) -> Correction | None:
    """The change that ``text`` makes to an earlier answer, or None when it makes none.

    填错了 alone is a change without values. A question (能改成12期吗) and 我不是不想还，是没钱 are none.
    """
    text = text[:_MAX_CHARACTERS]
    amounts = find_amounts(text)
    return (
        _not_but(text, amounts)
        or _set_to(text, amounts)
        or _actually(text, amounts)
        or _said_wrong(text, amounts)
        or _no_is(text, amounts)
        or _change_only(text)
    )


def _not_but(text: str, amounts: list[Amount]) -> Correction | None:
    match = _NOT_BUT.search(text)
    if match is None or not _counts(match["old"]) or not _counts(match["new"]) or _ASKED.search(text):
        return None
    return _made(text, amounts, match.span("new"), old_span=match.span("old"), label=match.span("label"))


def _set_to(text: str, amounts: list[Amount]) -> Correction | None:
    match = _SET_TO.search(text)
    if match is None or not _counts(match["new"]) or _ASKED.search(text) or _OTHERS.search(match["label"]):
        return None
    wrong = _WRONG.search(text[: match.start("new")])
    label = wrong.span("label") if wrong else match.span("label")
    return _made(text, amounts, match.span("new"), old_span=match.span("label"), label=label)


def _actually(text: str, amounts: list[Amount]) -> Correction | None:
    match = _ACTUALLY.search(text)
    if match is None or _ASKED.search(text):
        return None
    made = _made(text, amounts, match.span("new"), old_span=None, label=match.span("label"))
    return made if made.new is not None or re.match(r"[0-9一二两三四五六七八九十]+[期个天号年]", match["new"]) else None


def _said_wrong(text: str, amounts: list[Amount]) -> Correction | None:
    match = _WRONG.search(text)
    said = _SAID_BEFORE.search(text) if match is None else None
    found = match or said
    if found is None or _ASKED.search(text):
        return None
    if match is not None and match["verb"] in "算搞弄报记" and not _counts(match["rest"]):
        return None  # 利息算错了 is a complaint
    rest = found.span("rest")
    label = found.span("label")
    if _OTHERS.search(text[label[0] : label[1]]):
        return None  # somebody else is wrong
    if not _counts(found["rest"]):
        return _made(text, [], None, old_span=None, label=label) if _SAID_ALL.fullmatch(found["rest"]) else None
    return _made(text, amounts, rest, old_span=None, label=label)


def _no_is(text: str, amounts: list[Amount]) -> Correction | None:
    match = _NO_IS.match(text)
    if match is None or _ASKED.search(text):
        return None
    made = _made(text, amounts, match.span("new"), old_span=None, label=match.span("label"))
    return made if made.new is not None or re.match(r"[0-9一二两三四五六七八九十]+[期个天号年]", match["new"]) else None


def _change_only(text: str) -> Correction | None:
    match = _CHANGE_ONLY.fullmatch(text.strip())
    if match is None or text != text.strip():
        return None
    return _made(text, [], None, old_span=None, label=match.span("label"))


def _counts(part: str) -> bool:
    """Whether a number is in it, in any form. 一下 and 一样 are not numbers."""
    plain = re.sub("一(?:下|样|直|共|点|定|些|起|般)|十分|万一", "", part)
    return bool(re.search(r"[0-9一二两三四五六七八九十几半零]", plain))


def _made(
    text: str,
    amounts: list[Amount],
    new_span: tuple[int, int] | None,
    *,
    old_span: tuple[int, int] | None,
    label: tuple[int, int] | None,
) -> Correction:
    new = _within(amounts, new_span)
    old = _within(amounts, old_span)
    return Correction(old, new, _trimmed(text, label, old), new_span)


def _within(amounts: list[Amount], span: tuple[int, int] | None) -> Amount | None:
    if span is None:
        return None
    inside = [amount for amount in amounts if span[0] <= amount.start and amount.end <= span[1]]
    return inside[-1] if inside else None


def _trimmed(text: str, span: tuple[int, int] | None, old: Amount | None) -> tuple[int, int] | None:
    """The label without filler words, or None when nothing is left. The old amount is no label."""
    if span is None:
        return None
    start, end = span
    if old is not None and start <= old.start < end:
        end = old.start
    lead = _LEAD_WORDS.match(text[start:end])
    start += lead.end() if lead else 0
    trail = _TRAIL_WORDS.search(text[start:end])
    end -= len(trail[0]) if trail else 0
    return (start, end) if end > start else None
