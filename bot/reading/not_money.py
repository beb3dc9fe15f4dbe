"""What looks like an amount and is none: times, counts, telephone and card numbers, idioms, rates, dates."""

from __future__ import annotations

import re
from datetime import date

from bot.reading.characters import COUNT, COUNTER, PLAIN
from bot.reading.dates import find_dates
from bot.reading.periods import find_periods
from bot.reading.rates import find_rates

FILLER = "\x00"
"""Stands in for each character that is not to be read as money, so that offsets stay."""

_ANY_DAY = date(2026, 1, 1)
"""Only the places of dates matter here, not which days they are."""

_OCLOCK = rf"(?<![0-9一二两三四五六七八九十零.])(?:[0-9]{{1,2}}|{PLAIN}|十{PLAIN}?|二十[一二三四]?)"
_ONE_WORDS = (
    "一(?:下|直|共|起|些|样|定|般|旦|切|边|方面|次性|会儿?|律|向|心|家人|辈子|时"
    "|点(?![零〇一二三四五六七八九0-9])|块儿|半|早|再|生"
    "|无所有|毛不拔|分一毛|[毛分块]钱?的?(?:收入|工资|进账|存款|积蓄)?(?=[都也]?[没不])|个[毛分]钱)"
)
"""Words that begin with 一. A number may stand right before them: 五千一共."""

_WORDS = (
    "(?<![0-9一二两三四五六七八九十百千万零])(?:"
    "万一|千万(?=不|别|要|注意|记|小心)|一一|一五一十|不三不四|三三两两|十分|万分(?!之)"
    "|万般|百姓|千方百计|千辛万苦|十万火急"
    "|百万富翁|千千万万|四处|四川|八成|六神无主|七夕|九江|两(?:难|边|口子|头|者)|三方"
    "|三农|五险一金|五险|二维码|三七二十一"
    "|二手|二宝|十一黄金周|百度|百分百|万能|万元户|几乎|几率|几时|几度|七大姑|八大姑"
    "|十全十美|二婚|三无|五一|双十[一二])"
    "|(?:第|统|唯|之|逐|其|专|单)一(?![百千万])|接二连三|乱七八糟|七上八下|多少|数据"
    "|你[个这]?二百五|百万医疗|百万保障"
)

_MASKS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![0-9])1[3-9][0-9](?:[ -]?[0-9]{4}){2}(?![0-9])",
        r"(?<![0-9])(?=(?:[0-9]{4}[ -]){0,4}[0-9]{3}[1-9])[3-6][0-9]{3}"
        r"(?:[ -][0-9]{4}){3,4}(?:[ -][0-9]{1,4})?(?![0-9])",
        r"(?<![0-9.])[0-9]{11,}[xX]?(?!\s?[元块.])",
        r"(?<![0-9])[48]00-?(?:[0-9]{3}-?[0-9]{4}|[0-9]{4}-?[0-9]{3})(?![0-9])",
        r"(?<![0-9])0[0-9]{2,3}-[0-9]{7,8}(?![0-9])",
        "(?<![0-9.,])(?:95188|95187|95118|95017|955(?:88|33|99|66|55|59|80|68|28|61|77"
        "|95|08|11)|12378|12363|12315|12348|12368)(?![0-9,.元块万多])",
        "(?:打|拨|拨打|报警|电话|热线|投诉|找)(?:是|了|过|给)?(?:110|120|119|114|10086"
        "|10010|10000|12345|12381|12333|12321|12306)(?![0-9元块])",
        "(?:尾号|账号|卡号|编号|工号|单号|案号|房号|验证码|密码|QQ|qq|微信号"
        "|身份证号?码?|合同号)(?:是|为|:|：|尾号| )*[0-9]+",
        "(?:手机|电话)号?码?(?:是|为|:|：| )*[0-9]{7,}",
        "(?:今年|身高|体重|年龄)(?:是|才|都|快|已经)?[0-9]{2,3}(?:多|岁)?(?![0-9.万千百wWkK元块])",
        r"(?:^|[\s，。；;,！])[1-9][0-9]?[.、)）](?=[^0-9\s零一二两三四五六七八九十几])",
        r"(?<![0-9.百千万wWkK])(?:1[0-2]|0?[1-9])月",
        "(?:芝麻分|信用分|芝麻信用分?|积分|评分|分数)(?:是|才|只有|有|到|降到|为|:|：)*[0-9]{1,4}(?![0-9元块])",
        r"(?<![0-9])[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?(?![0-9])",
        rf"{_OCLOCK}点(?!{PLAIN}{{1,4}}[万千百亿元块%]|[0-9]{{1,4}}[万千百亿wWkK元块%])"
        rf"(?:钟|半|整|多|[0-9]{{1,2}}(?![0-9])分?|{PLAIN}?十?{PLAIN}?分)?",
        r"(?<![0-9])[0-9]{1,2}[*xX乘][0-9]{1,2}小时|7[*xX]24",
        rf"第(?:[0-9]{{1,6}}|{PLAIN}?[百十]?{PLAIN}?十?{PLAIN}?)(?={COUNTER}|[笔条个款])?",
        rf"(?:初|周|星期|礼拜)[一二三四五六七八九十日天末]{PLAIN}?(?![千百万])",
        rf"{COUNT}分之{COUNT}",
        "(?<![0-9])[0-9]{1,4}/[0-9]{1,4}(?![0-9])|双(?:11|12)|(?<![0-9])[0-9]0后"
        "|(?<![0-9.])(?:996|985|211)(?![0-9.,元块])",
        rf"{COUNT}(?:多|来)?{COUNTER}",
        r"[0-9一两三四五六七八九几]个人(?![贷信征消所借账名])",
        r"(?<![0-9.])[0-9]{1,9}(?:\.[0-9]{1,4})?分(?![期批次开成之摊几多0-9一二两三四五六七八九十钱])",
        r"(?<![0-9.])[0-9]{1,9}(?:\.[0-9]{1,4})?(?:多|来)?(?:个|次|天|人|岁|%|％|折|倍"
        "|年(?![化利息薪底初终收费付末])|公里|斤|平米|小时|分钟)"
        r"(?![人税体性民])",
        _ONE_WORDS,
        _WORDS,
    )
)


def blank(text: str) -> str:
    """``text`` with everything that cannot be money replaced by as many fillers."""
    work = list(text)
    for pattern in _MASKS:
        for match in pattern.finditer(text):
            work[match.start() : match.end()] = FILLER * (match.end() - match.start())
    spans = [(rate.start, rate.end) for rate in find_rates(text)]
    spans += [(period.start, period.end) for period in find_periods(text)]
    spans += [(day.start, day.end) for day in find_dates(text, _ANY_DAY)]
    for start, end in spans:
        work[start:end] = FILLER * (end - start)
    return "".join(work)
