"""The characters of numbers, units and counters, and small pieces of pattern made of them."""

from __future__ import annotations

import re

DIGIT_VALUES: dict[str, int] = {
    **dict(zip("一二三四五六七八九", range(1, 10), strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True)),
    "两": 2,
}
ZEROS = "零〇"
SMALL_UNITS: dict[str, int] = {
    "十": 10,
    "拾": 10,
    "百": 100,
    "佰": 100,
    "千": 1000,
    "仟": 1000,
    "k": 1000,
    "K": 1000,
}
BIG_UNITS: dict[str, int] = {"万": 10**4, "萬": 10**4, "w": 10**4, "W": 10**4, "亿": 10**8, "億": 10**8}
TWENTIES: dict[str, int] = {"廿": 2, "卅": 3}

DIGIT = "[" + "".join(DIGIT_VALUES) + "]"
PLAIN = "[一二两三四五六七八九]"
"""A digit as it is written in everyday counting."""

PAIR = "(?:一两|一二|两三|二三|三四|三五|四五|五六|六七|七八|八九)"
"""Two digits for "one or the other"; 五一 in 三千五一个月 is not one."""

NUMBER_CHARACTERS = frozenset("0123456789" + "".join(DIGIT_VALUES) + ZEROS + "十拾百佰千仟万萬亿億" + "".join(TWENTIES))

HAS_NUMBER = re.compile("[几数上" + "".join(sorted(NUMBER_CHARACTERS)) + "]")

COUNT = (
    rf"(?:(?<![0-9.,])[0-9]{{1,4}}(?![0-9])"
    rf"|(?<![一二两三四五六七八九零十])(?:(?<![千万]){PLAIN}百(?:零{PLAIN}|{PLAIN}十{PLAIN}?)?"
    rf"|(?:{PAIR}|{PLAIN})?十(?:{PAIR}|{PLAIN}|几)?|几十{PLAIN}?|{PAIR}|{PLAIN}|几)"
    rf"|(?<=[千万百]{PLAIN}){PLAIN}(?![一二两三四五六七八九十百千万]))"
)
"""A small count: Arabic digits, or Chinese up to some hundreds; also 七八 and 十几. May follow 千 or 万."""

COUNTER = (
    r"(?:个(?!人|税|体|性)|期(?![限间望待末货])|次(?![日月要性])|天(?!天)|岁|张|家(?![里人庭用])|位(?!于)"
    r"|人(?![民家均工])|口(?!头)|名(?![下义])|辆|部(?![分门])|台|间(?!接)|笔|遍|句|分钟|小时|钟头|钟"
    "|周(?![一二三四五六日末天几转])|(?:星期|礼拜)(?![一二三四五六日天几])|%|％|‰|个点"
    "|成(?![功本了交为])|折|倍|份|件|项|种"
    r"|步|级|楼|层|室|栋|号(?!称)|公里|斤|平米|平方|度(?![过日])|米|页|章|代|轮|封|通(?![过知])|条(?!件)"
    r"|本(?![金月来息人周年])|双|杯|袋|瓶|顿|晚|夜|季|届|秒|刻|线|孩(?!子)|娃(?!娃)|胎|年(?![化利息薪底初终收费付末])"
    r"|日(?![息利均常期])|码)"
)
"""What makes the number before it a count of something other than money."""

MAX_READ = 2000
"""Readers look at no more characters than this. Nobody types more, and it bounds their time."""
