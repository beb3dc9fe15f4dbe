"""What is said, and what must never be said."""

from __future__ import annotations

import re

import pytest

from bot.knowledge.loader import catalog

from .texts import QUOTED, Copy, texts

_SIXTY = (
    r"(?:^|[。；，])(?![^。；，]*(?:没有|不))[^。；，]*(?:花呗|借呗)"
    r"[^。；，]*(?:可以|能|最长|最多)[^。；]{0,6}(?:60|六十)期"
)
_PROMISE = r"(?<![不低])保证(?![金人])|(?<![不没])一定(?!要)|百分之?百|100%|包过|包下|肯定能|必须批准|必定|绝对"
_GRACE = r"[3三7七]天(?:的)?宽限|宽限期[^。]{0,6}[0-9三七]+\s*[天日]|(?:没有|有)宽限期(?!，说法)"

FORBIDDEN = {
    "a promise": _PROMISE,
    "sixty periods promised": _SIXTY,
    "a period of grace": _GRACE,
    "a key of the voice menu": r"按\s*[0-9一二两三四五六七八九零]+\s*号?键|按[0-9](?![0-9.天])",
    "a hotline from a web page": r"400[-\s]?\d{3}|95189|801[-\s]?6006|95101",
    "who is not 95188 is a swindler": r"不是95188[^。]{0,12}(?:诈骗|骗子|假)",
    "points of the score": r"(?:芝麻分|信用分)[^。]{0,8}(?:[降扣减掉]|少)[^。]{0,3}\d+",
    "a rate of success": r"成功率|通过率[^。]{0,4}\d",
    "a threshold for a lawsuit": r"(?:逾期)?\d+(?:天|元)[^。]{0,6}(?:就|会)[^。]{0,3}起诉",
    "a day of reporting": r"逾期(?:第)?\d+天(?:就|才|会|后)[^。]{0,4}(?:上|报)",
    "no jail whatever happens": r"不会坐牢|不会被起诉|不会上门",
    "a debt that need not be paid": r"不用还|不必还|不需要还",
    "12378 can waive": r"12378(?:会|可以|能)[^。，]{0,12}减免",
    "round-the-clock help": r"24\s*小时|全天候|7[×x*]24",
    "the committee writes papers": r"居委会(?:可以|能|会)(?:开|出)",
    "a cap of twenty per cent": r"(?<!\d)20%",
    "the old article": r"(?:42|四十二)条",
    "a value of the LPR": r"LPR[^。]{0,6}\d\.\d",
    "relief that is not there": r"停息挂账|只还本金",
    "familiarity": r"[你妳]|亲[，！~～]|小可爱|宝宝们",
}

MUST_NOT_PASS = [
    "我们保证通过",
    "一定能谈成",
    "百分百成功",
    "花呗可以分60期",
    "借呗最长能分六十期",
    "花呗有3天宽限期",
    "宽限期为3天",
    "打95188后按2键",
    "打95188后按2",
    "请拨400-801-6006",
    "不是95188打来的就是诈骗",
    "芝麻分会降50分",
    "成功率80%",
    "逾期90天就会起诉",
    "逾期30天才上征信",
    "欠款不会坐牢",
    "被骗的钱不用还",
    "12378会让平台减免",
    "心理热线24小时开通",
    "居委会可以开困难证明",
    "消费金融公司年利率上限20%",
    "治安管理处罚法第42条",
    "可以停息挂账",
    "你先别急",
    "亲，您好",
]
MUST_PASS = [
    "要交保证金的是骗局",
    "对方不一定同意",
    "母亲住院",
    "一定要看合同",
    "没有资料说明花呗、借呗可以分到60期",
    "可以申请低保证",
    "按365天算",
    "按1.5倍算",
    "是否有宽限期，说法不一",
]

HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]")
TEXTS = texts()


def test_nothing_is_said_that_is_not_known() -> None:
    said = [
        f"{copy.where}.{copy.field}: {match[0]} is {name}"
        for copy in TEXTS
        for name, rule in FORBIDDEN.items()
        if (match := re.search(rule, QUOTED.sub("", copy.words)))
    ]
    assert said == []


@pytest.mark.parametrize("words", MUST_NOT_PASS)
def test_the_rules_catch_what_they_are_for(words: str) -> None:
    assert any(re.search(rule, words) for rule in FORBIDDEN.values())


@pytest.mark.parametrize("words", MUST_PASS)
def test_the_rules_let_honest_words_through(words: str) -> None:
    assert not [name for name, rule in FORBIDDEN.items() if re.search(rule, words)]


def test_punctuation_is_full_width() -> None:
    assert [copy for copy in TEXTS if HALF_WIDTH.search(copy.words)] == []


def test_every_number_is_backed_by_a_fact_that_is_cited() -> None:
    unbacked = [
        f"{copy.where}.{copy.field}: {', '.join(sorted(missing))}"
        for copy in TEXTS
        if not copy.where.startswith("stories/") and (missing := _numbers(copy.words) - _backed(copy))
    ]
    assert unbacked == []


def _backed(copy: Copy) -> set[str]:
    return {
        number for fact in catalog().cited(copy.facts) for number in _numbers(f"{fact.statement_zh} {fact.value or ''}")
    }


def _numbers(words: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", words))


def test_a_text_is_short_enough_to_read() -> None:
    assert [copy for copy in TEXTS if len(copy.words) > 200] == []
