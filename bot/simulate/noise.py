"""How people really type: pure functions from a sentence and a random source to the same sentence, untidily written.

What people put in between is in ``noise.yml``. Digits, numerals and the words that count them stay as they are, for a
wrong number is another message and no noise.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from random import Random

import jieba
import yaml
from opencc import OpenCC
from pypinyin import lazy_pinyin

from bot.components.words import teach_jieba
from bot.reading.characters import NUMBER_CHARACTERS

Noise = Callable[[str, Random], str]

ADDED: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("noise.yml").read_text("utf-8"))

HAN = re.compile("[\u4e00-\u9fff]")
NUMBERS = "".join(sorted(NUMBER_CHARACTERS))
COUNTED = re.compile(
    rf"[第上下这每]?[{NUMBERS}几半多来.]+(?:个?半?月|[年天日号期块元角分周岁]|礼拜|星期)?钱?|[上下这每本]个?月[初底]?|[今明后昨]天"
)
"""Numbers with what they count, and days with a name."""
PUNCTUATION = re.compile("[，。！？；：、,.!?;:…~]")
FULL_STOP = re.compile("。+$")
PERIOD_IN_NUMBER = re.compile(rf"(?<=[{NUMBERS}])[.,，](?=[{NUMBERS}])")
WIDE_BLANK = chr(0x3000)
NEAR = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an"), ("n", "l"))
"""Syllables that some people do not tell apart: one in four wrong characters is of such a sound."""
COMMON = 800
"""How often a character stands alone in jieba's dictionary when people choose it by mistake."""


@lru_cache(maxsize=1)
def same_sound() -> Mapping[str, list[str]]:
    """Common characters by their sound."""
    teach_jieba()
    found: defaultdict[str, list[str]] = defaultdict(list)
    for character, count in jieba.dt.FREQ.items():
        if len(character) == 1 and COMMON <= count < 900_000 and HAN.match(character):
            found[lazy_pinyin(character)[0]].append(character)
    return found


@lru_cache(maxsize=1)
def traditional() -> OpenCC:
    """The converter to traditional characters, loaded once."""
    return OpenCC("s2t")


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """``text`` in simplified characters, as whoever reads both reads it."""
    return str(_simplifier().convert(text))


def words(text: str) -> list[tuple[int, int]]:
    """Where words of two characters and more stand that neither are numbers nor count."""
    teach_jieba()
    counted = [match.span() for match in COUNTED.finditer(text)]
    found = []
    for word, start, end in jieba.tokenize(text):
        free = all(end <= first or last <= start for first, last in counted)
        if end - start > 1 and free and all(map(HAN.match, word)):
            found.append((start, end))
    return found


def places(text: str) -> list[int]:
    """Places inside ``text`` that are not within a number."""
    counted = [match.span() for match in COUNTED.finditer(text)]
    return [place for place in range(1, len(text)) if not any(first < place < last for first, last in counted)]


def spaces(text: str, random: Random) -> str:
    """Blanks in the middle of words, one to three of them."""
    inside = places(text)
    for place in sorted(random.sample(inside, min(len(inside), random.randint(1, 3))), reverse=True):
        text = text[:place] + " " + text[place:]
    return text


def by_sound(text: str, random: Random) -> str:
    """A wrong character of the same or a near sound: one, and in a long sentence two."""
    letters = list(text)
    spots = [place for start, end in words(text) for place in range(start, end)]
    for place in random.sample(spots, min(len(spots), 1 + (len(text) > 15))):
        sound = lazy_pinyin(text[place])[0]
        if random.random() < 0.25:
            sound = _nearly(sound)
        chosen = [one for one in same_sound().get(sound, ()) if one != text[place] and one not in NUMBER_CHARACTERS]
        if chosen:
            letters[place] = random.choice(chosen)
    return "".join(letters)


def _nearly(sound: str) -> str:
    for one, other in NEAR:
        for old, new in ((one, other), (other, one)):
            if (sound.startswith(old) or sound.endswith(old)) and sound.replace(old, new, 1) in same_sound():
                return sound.replace(old, new, 1)
    return sound


def in_traditional(text: str, _random: Random) -> str:
    """Traditional characters."""
    return str(traditional().convert(text))


def full_width(text: str, random: Random) -> str:
    """Full-width letters and digits, and an ideographic blank."""
    wide = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)
    if wide != text or not places(text):
        return wide
    place = random.choice(places(text))
    return text[:place] + WIDE_BLANK + text[place:]


def punctuation(text: str, random: Random) -> str:
    """No punctuation at all; where there was none, too much of it."""
    bare = PUNCTUATION.sub(lambda match: match[0] if PERIOD_IN_NUMBER.match(text, match.start()) else "", text)
    return bare if bare != text else text + random.choice(ADDED["loud"])


def emoji(text: str, random: Random) -> str:
    """One to three pictures before, in or behind the sentence."""
    starts = [start for start, _ in words(text)]
    place = random.choice([0, len(text), len(text), *starts[:1]])
    return text[:place] + random.choice(ADDED["emoji"]) * random.randint(1, 3) + text[place:]


def fillers(text: str, random: Random) -> str:
    """Words that say nothing: at the beginning, in the middle or at the end, in two of these places."""
    where = random.sample(("before", "within", "behind"), 2)
    if "within" in where and words(text):
        place = random.choice(words(text))[0]
        text = text[:place] + random.choice(ADDED["pauses"]) + text[place:] if place else text
    if "before" in where:
        text = random.choice(ADDED["openings"]) + text
    return FULL_STOP.sub("", text) + random.choice(ADDED["endings"]) if "behind" in where else text


def repeated(text: str, random: Random) -> str:
    """A character that was typed twice or three times."""
    spots = [place for start, end in words(text) for place in range(start, end)]
    if not spots:
        return text + text[-1] if HAN.match(text[-1]) and text[-1] not in NUMBER_CHARACTERS else text
    place = random.choice(spots)
    return text[:place] + text[place] * random.randint(2, 3) + text[place + 1 :]


def half_pinyin(text: str, random: Random) -> str:
    """One word in letters, with or without one of its characters."""
    spots = words(text)
    if not spots:
        return text
    start, end = random.choice(spots)
    said = lazy_pinyin(text[start:end])
    if random.random() < 0.5:
        kept = random.randrange(len(said))
        said[kept] = text[start + kept]
    return text[:start] + "".join(said) + text[end:]


KINDS: Mapping[str, Noise] = {
    "spaces": spaces,
    "sound": by_sound,
    "traditional": in_traditional,
    "full width": full_width,
    "punctuation": punctuation,
    "emoji": emoji,
    "fillers": fillers,
    "repeated": repeated,
    "half pinyin": half_pinyin,
}
"""Every kind of noise by its name."""


def perturbed(text: str, kind: str, seed: int) -> str:
    """``text`` with noise of ``kind``; the same for the same ``seed``."""
    return KINDS[kind](text, Random(f"{seed} {kind} {text}"))
