"""Words that were typed by a wrong character: of the same sound, a near sound or a like shape.

A candidate is taken when the sentence becomes so much likelier by it that a slip of the finger explains the rest: the
likelihood is that of the best cut into words, with the frequencies of a dictionary. So a real word stands.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.reading.characters import NUMBER_CHARACTERS
from bot.reading.sounds import near, readings, slips, word_reading

_TOTAL = math.log(60_000_000)
"""Words that jieba's dictionary was counted from."""
_UNSEEN = 0.3
"""Count of a character that the dictionary does not have."""
_LONGEST_WORD = 5
_AROUND = 3
"""Characters on each side of a candidate that are cut into words together with it."""
_SAME_SOUND, _NEAR_SOUND, _LIKE_SHAPE = 4.0, 5.5, 5.0
_NOTHING_LEFT = 5.0
"""What a wrong character costs, in the logarithm of likelihood, and what it costs when not one is right."""
_COMMON_WORD = 4.0
"""What a word costs in addition that is not of our field; one of its characters has to be right as well."""
_OBSERVED = 1.0
"""What a spelling costs that people are known to use."""
_ROUNDS = 4
_TWICE = re.compile(r"([\u4e00-\u9fff])\1(?!\1)")


@dataclass(frozen=True)
class _Word:
    text: str
    sounds: tuple[str, ...]
    is_ours: bool


@dataclass(frozen=True)
class _Candidate:
    start: int
    end: int
    word: str
    cost: float


class Typos:
    """Corrects the ``words`` of our field in a text, and with more care the ``common`` ones; all are Chinese.

    ``shapes`` gives for a character those that are taken for it, ``observed`` for a wrong spelling the word meant;
    where one of ``kept`` stands nothing is touched. ``frequency`` is the count of a word in ordinary Chinese, with the
    words of our field among it.
    """

    def __init__(
        self,
        words: Collection[str],
        frequency: Callable[[str], int],
        shapes: Mapping[str, str] | None = None,
        observed: Mapping[str, str] | None = None,
        common: Iterable[str] = (),
        kept: Collection[str] = (),
    ) -> None:
        self._frequency = frequency
        self._shapes = {wrong: right for right, wrongs in (shapes or {}).items() for wrong in wrongs}
        self._observed, self._observed_any = dict(observed or {}), _any_of(observed or ())
        self._kept = _any_of(kept)
        self._ours = frozenset(words)
        self._by_sound: defaultdict[tuple[str, str], list[_Word]] = defaultdict(list)
        for word, is_ours in {**dict.fromkeys(common, False), **dict.fromkeys(words, True)}.items():
            sounds = word_reading(word)
            self._by_sound[near(sounds[0]), near(sounds[1])].append(_Word(word, sounds, is_ours))

    def correct(self, text: str) -> str:
        """``text`` with the words as they were meant; twice is once, and numbers stay."""
        for _ in range(_ROUNDS):
            corrected = self._once(text)
            if corrected == text:
                break
            text = corrected
        return text

    def _once(self, text: str) -> str:
        text = _TWICE.sub(self._typed_once, text)
        found = sorted(self._better(text), key=lambda one: (-one[0], one[1].start))
        taken: list[_Candidate] = []
        for _, candidate in found:
            if all(candidate.end <= other.start or other.end <= candidate.start for other in taken):
                taken.append(candidate)
        for candidate in sorted(taken, key=lambda one: -one.start):
            text = text[: candidate.start] + candidate.word + text[candidate.end :]
        return text

    def _typed_once(self, twice: re.Match[str]) -> str:
        """A character typed twice by mistake, once: it is in a word of our field, and no two words meet in it."""
        text, start, end = twice.string, *twice.span()
        before = [text[place : start + 1] for place in range(max(0, start - _AROUND), start)]
        after = [text[end - 1 : place] for place in range(end + 1, min(len(text), end + _AROUND) + 1)]
        if self._frequency(twice[0]) or twice[1] in NUMBER_CHARACTERS or not self._ours.intersection(before + after):
            return twice[0]
        both = any(map(self._frequency, before)) and any(map(self._frequency, after))
        return twice[0] if both else twice[1]

    def _better(self, text: str) -> Iterator[tuple[float, _Candidate]]:
        """The candidates that make the text likelier, with how much."""
        kept: list[tuple[int, int]] | None = None
        for candidate in self._candidates(text):
            typed = text[candidate.start : candidate.end]
            if self._rarity_of(typed) - self._rarity_of(candidate.word) <= candidate.cost:
                continue  # a real word
            if kept is None:
                kept = [match.span() for match in self._kept.finditer(text)]
            if any(start < candidate.end and candidate.start < end for start, end in kept):
                continue
            before = text[max(0, candidate.start - _AROUND) : candidate.start]
            after = text[candidate.end : candidate.end + _AROUND]
            gain = self._rarity(before + typed + after) - self._rarity(before + candidate.word + after) - candidate.cost
            if gain > 0:
                yield gain, candidate

    def _candidates(self, text: str) -> Iterator[_Candidate]:
        for match in self._observed_any.finditer(text):
            yield _Candidate(*match.span(), self._observed[match[0]], _OBSERVED)
        sounds = [self._sounds(character) for character in text]
        for start in range(len(text) - 1):
            for first in sounds[start]:
                for second in sounds[start + 1]:
                    for word in self._by_sound.get((first, second), ()):
                        cost = self._cost(text[start : start + len(word.text)], word)
                        if cost is not None:
                            yield _Candidate(start, start + len(word.text), word.text, cost)

    def _sounds(self, typed: str) -> tuple[str, ...]:
        """What ``typed`` sounds nearly like, and what the character does that it looks like; none for a number."""
        if typed in NUMBER_CHARACTERS:
            return ()
        sounds = readings(typed)
        if typed in self._shapes:
            sounds += readings(self._shapes[typed])
        return tuple(dict.fromkeys(near(sound) for sound in sounds)) if len(sounds) > 1 else _nears(sounds)

    def _cost(self, typed: str, word: _Word) -> float | None:
        """What it costs to take ``typed`` for ``word``; None when it is the word, or cannot be meant for it."""
        if typed == word.text or len(typed) != len(word.text):
            return None
        costs = [self._cost_of(one, *meant) for one, *meant in zip(typed, word.text, word.sounds, strict=True)]
        if None in costs:
            return None
        cost = sum(one or 0.0 for one in costs)
        if word.is_ours:
            return cost if 0.0 in costs else cost + _NOTHING_LEFT
        return cost + _COMMON_WORD if 0.0 in costs else None

    def _cost_of(self, typed: str, meant: str, sound: str) -> float | None:
        if typed == meant:
            return 0.0
        if typed in NUMBER_CHARACTERS:
            return None
        if self._shapes.get(typed) == meant:
            return _LIKE_SHAPE
        least = min((slips(one, sound) for one in readings(typed) if near(one) == near(sound)), default=2)
        return (_SAME_SOUND, _NEAR_SOUND, None)[least]

    def _rarity(self, text: str) -> float:
        """Minus the logarithm of the likelihood of the best cut of ``text`` into words."""
        best = [0.0]
        for end in range(1, len(text) + 1):
            best.append(
                min(best[start] + self._rarity_of(text[start:end]) for start in range(max(0, end - _LONGEST_WORD), end))
            )
        return best[-1]

    def _rarity_of(self, word: str) -> float:
        count = self._frequency(word) or (_UNSEEN if len(word) == 1 else 0)
        return _TOTAL - math.log(count) if count else math.inf


def _nears(sounds: tuple[str, ...]) -> tuple[str, ...]:
    return (near(sounds[0]),) if sounds else ()


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of ``words``, the longest first; with none of them, nothing."""
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)")
