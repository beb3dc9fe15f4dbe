"""Words of our field that were typed by a wrong character: of the same sound, a near sound or a like shape.

A candidate is taken when the sentence becomes so much likelier by it that a slip of the finger explains the rest: the
likelihood is that of the best cut into words, with the frequencies of a dictionary. So a real word stands.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.reading.characters import NUMBER_CHARACTERS
from bot.reading.sounds import near, readings, slips, word_reading

_TOTAL = math.log(60_000_000)
"""Words that jieba's dictionary was counted from."""
_UNSEEN = 0.3
"""Count of a character that the dictionary does not have."""
_LONGEST_WORD = 6
_AROUND = 4
"""Characters on each side of a candidate that are cut into words together with it."""
_SAME_SOUND, _NEAR_SOUND, _LIKE_SHAPE = 4.0, 5.5, 5.0
_NOTHING_LEFT = 5.0
"""What a wrong character costs, in the logarithm of likelihood, and what it costs when not one is right."""
_OBSERVED = 1.0
"""What a spelling costs that people are known to use."""
_ROUNDS = 4

_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class _Candidate:
    start: int
    end: int
    word: str
    cost: float


@dataclass
class _Node:
    """A step in the tree of words: the next character, found by itself, by its sound or by its shape."""

    word: str | None = None
    meant: str | None = None
    """The word of our field that this observed spelling is meant for."""
    following: dict[str, _Node] = field(default_factory=dict)
    by_sound: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


class Typos:
    """Corrects ``words`` in a text.

    ``shapes`` gives for a character those that are taken for it, ``observed`` for a wrong spelling the word meant;
    where one of ``kept`` stands nothing is touched. ``frequency`` is the count of a word in ordinary Chinese, with the
    words of our field among it.
    """

    def __init__(
        self,
        words: Iterable[str],
        frequency: Callable[[str], int],
        shapes: Mapping[str, str] | None = None,
        observed: Mapping[str, str] | None = None,
        kept: Collection[str] = (),
    ) -> None:
        self._frequency = frequency
        self._shapes = {wrong: right for right, wrongs in (shapes or {}).items() for wrong in wrongs}
        self._kept = re.compile("|".join(map(re.escape, sorted(kept, key=len, reverse=True))) or "(?!)")
        self._root = _Node()
        for word in words:
            self._plant(word)
        for spelling, word in (observed or {}).items():
            node = self._root
            for character in spelling:
                node = node.following.setdefault(character, _Node())
            node.meant = word

    def _plant(self, word: str) -> None:
        node = self._root
        for character, sound in zip(word, word_reading(word), strict=True):
            if character not in node.following:
                node.following[character] = _Node()
                node.by_sound.setdefault(near(sound), []).append((character, sound))
            node = node.following[character]
        node.word = word

    def correct(self, text: str) -> str:
        """``text`` with the words as they were meant; twice is once, and numbers stay."""
        for _ in range(_ROUNDS):
            corrected = self._once(text)
            if corrected == text:
                break
            text = corrected
        return text

    def _once(self, text: str) -> str:
        found = sorted(self._better(text), key=lambda one: (-one[0], one[1].start))
        taken: list[_Candidate] = []
        for _, candidate in found:
            if all(candidate.end <= other.start or other.end <= candidate.start for other in taken):
                taken.append(candidate)
        for candidate in sorted(taken, key=lambda one: -one.start):
            text = text[: candidate.start] + candidate.word + text[candidate.end :]
        return text

    def _better(self, text: str) -> Iterator[tuple[float, _Candidate]]:
        """The candidates that make the text likelier, with how much."""
        kept: list[tuple[int, int]] | None = None
        for candidate in self._candidates(text):
            if kept is None:
                kept = [match.span() for match in self._kept.finditer(text)]
            if any(start < candidate.end and candidate.start < end for start, end in kept):
                continue
            before = text[max(0, candidate.start - _AROUND) : candidate.start]
            after = text[candidate.end : candidate.end + _AROUND]
            typed = self._rarity(before + text[candidate.start : candidate.end] + after)
            gain = typed - self._rarity(before + candidate.word + after) - candidate.cost
            if gain > 0:
                yield gain, candidate

    def _candidates(self, text: str) -> Iterator[_Candidate]:
        for start, character in enumerate(text):
            if _HAN.match(character) and character not in NUMBER_CHARACTERS:
                yield from self._from(text, start)

    def _from(self, text: str, start: int) -> Iterator[_Candidate]:
        """Words of our field that what stands at ``start`` may have been meant for."""
        steps: list[tuple[_Node, int, float, bool]] = [(self._root, start, 0.0, False)]
        while steps:
            node, place, cost, any_right = steps.pop()
            if node.meant and not cost:
                yield _Candidate(start, place, node.meant, _OBSERVED)
            if node.word and cost:
                yield _Candidate(start, place, node.word, cost + (not any_right) * _NOTHING_LEFT)
            if place == len(text) or text[place] in NUMBER_CHARACTERS:
                continue
            for character, more in self._meant(node, text[place]):
                steps.append((node.following[character], place + 1, cost + more, any_right or not more))

    def _meant(self, node: _Node, typed: str) -> Iterator[tuple[str, float]]:
        """Next characters of ``node`` that ``typed`` may stand for, with what that costs."""
        if typed in node.following:
            yield typed, 0.0
        shape = self._shapes.get(typed)
        if shape in node.following:
            yield shape, _LIKE_SHAPE
        for sound in readings(typed):
            for character, said in node.by_sound.get(near(sound), ()):
                if character not in (typed, shape) and slips(sound, said) < 2:
                    yield character, _NEAR_SOUND if slips(sound, said) else _SAME_SOUND

    def _rarity(self, text: str) -> float:
        """Minus the logarithm of the likelihood of the best cut of ``text`` into words."""
        best = [0.0]
        for end in range(1, len(text) + 1):
            best.append(
                min(
                    best[start] + self._rarity_of(text[start:end])
                    for start in range(max(0, end - _LONGEST_WORD), end)
                )
            )
        return best[-1]

    def _rarity_of(self, word: str) -> float:
        count = self._frequency(word) or (_UNSEEN if len(word) == 1 else 0)
        return _TOTAL - math.log(count) if count else math.inf
