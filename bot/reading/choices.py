"""Which of the offered choices an answer names: 1, 第二个, 方案二, 选3, B, 最后一个."""

from __future__ import annotations

import re

from bot.reading.numerals import read_numeral

_LEAD = (
    "(?:算了|我|就|还是|那就?|要|想要?|选择?|选项|方案|用|按|走|觉得|倾向|第|计划|办法|编号"
    r"|no\.?|No\.?|号|是|[\s，。(（【#])*"
)
_THING = r"(?:个?(?:方案|选项|计划|办法)|[个种项条款套号档])?"
_TAIL = r"(?:方案|吧|的|了|呢|啊|呀|好了?|可以|行|就行|就好|谢谢|比较好|[\s，。、.)）】！!~])*"
_NUMBER = r"(?P<number>[0-9]{1,2}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_NUMBERED = re.compile(f"{_LEAD}{_NUMBER}{_THING}{_TAIL}")
_LETTERED = re.compile(rf"{_LEAD}(?P<letter>[A-Za-z]){_THING}{_TAIL}")
_FROM_END = re.compile(rf"{_LEAD}(?:倒数第(?P<back>[一二两三1-3])|最后(?:面的?)?一?){_THING}{_TAIL}")
_OF_TWO = re.compile(f"{_LEAD}(?P<which>前者|后者|前面那?一?个?|后面那?一?个?|上面那?一?个|下面那?一?个){_TAIL}")
_COUNTED = re.compile(r"[0-9一二两三四五六七八九十]+个[\s。，！!]*")
_MAX_CHARACTERS = 24


def read_choice(text: str, count: int) -> int | None:
    """The 1-based place of the one of ``count`` choices that ``text`` names, or None. 2个 names none."""
    text = text.strip()
    if not text or len(text) > _MAX_CHARACTERS or count < 1 or _COUNTED.fullmatch(text):
        return None
    place = _place(text, count)
    return place if place is not None and 1 <= place <= count else None


def _place(text: str, count: int) -> int | None:
    if match := _NUMBERED.fullmatch(text):
        value = read_numeral(match["number"].lstrip("0") or "0")
        return None if value is None else int(value)
    if match := _LETTERED.fullmatch(text):
        return ord(match["letter"].upper()) - ord("A") + 1
    if match := _FROM_END.fullmatch(text):
        back = match["back"]
        return count + 1 - int(read_numeral(back) or 1) if back else count
    if (match := _OF_TWO.fullmatch(text)) and count == 2:
        return 1 if match["which"][0] in "前上" else 2
    return None
