"""Greetings, thanks, hesitation and loose marks around what a message is about, and pictures among its words.

They go when enough is left that says something; alone they are the message, and stay.
"""

from __future__ import annotations

import re

_MARK = r"[\s，,。.！!～~…、]"
_PICTURES = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff\u203c\u2049\u20e3\ufe0f\u200d]+"
    "|\\[[\u4e00-\u9fff]{1,3}\\]"
)
"""Emoji, and faces as the apps spell them out: [流泪]."""
_OPENING = re.compile(
    rf"(?:(?:你好|您好|哈喽|嗨|hi|hello)(?:[啊呀]?{_MARK}+|(?=我|请|麻烦|想))"
    rf"|(?:我?想)?(?:请问|麻烦问|打扰问|咨询|请教|问)(?:一下|下){_MARK}*|请问{_MARK}*|麻烦(?:你|您)?问?(?:一下|下)?{_MARK}*(?=请?问)"
    rf"|(?:那个|就是说?|嗯+|呃+|额|哎+|唉|诶|欸|亲|老师|喂|这个)[啊呀]?{_MARK}+)+",
    re.IGNORECASE,
)
_ENDING = re.compile(
    rf"{_MARK}{{0,4}}(?:谢谢|多谢)(?:你|您|啦|了|哈)*[！!。～~]*$"
    rf"|{_MARK}{{1,4}}(?:感谢|麻烦(?:你|您)?(?:了|啦)|辛苦(?:你|您)?(?:了|啦)|(?:很|挺)?急+|在线等)[！!。～~]*$"
)
_BETWEEN = re.compile(r"[，,](?:嗯+|呃+|额|那个|就是说?|怎么说呢)[，,]")
_HESITATION = re.compile("(?<=[\u4e00-\u55ee\u55f0-\u9fff])嗯+(?=[\u4e00-\u55ee\u55f0-\u9fff])")
_TRAILING = re.compile("[\\s~～…。，、.]+$")
_SAYS_SOMETHING = re.compile("[0-9\u4e00-\u9fff]|[a-zA-Z]+")
_LEAST_LEFT = 4
"""Characters that have to be left when a greeting or thanks are taken away."""


def without_pictures(text: str) -> str:
    """``text`` without emoji, unless there is nothing else in it."""
    plain = _PICTURES.sub("", text)
    return plain if _SAYS_SOMETHING.search(plain) else text


def without_fillers(text: str) -> str:
    """``text`` without what only makes it polite or hesitant; short messages stay whole."""
    text = _HESITATION.sub("", _BETWEEN.sub("，", text))
    for pattern in (_OPENING, _ENDING):
        found = pattern.match(text) if pattern is _OPENING else pattern.search(text)
        if found and len(_SAYS_SOMETHING.findall(text[: found.start()] + text[found.end() :])) >= _LEAST_LEFT:
            text = text[: found.start()] + text[found.end() :]
    plain = _TRAILING.sub("", text)
    return plain if _SAYS_SOMETHING.search(plain) else text
