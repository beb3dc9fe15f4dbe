"""Chinese typed in letters: 「huabei yuqi le zenme ban」, 「jie呗」, 「怎么ban」.

The letters are cut into syllables and the syllables into the words they are likeliest for, by how often our own
examples use each word and run of words. What is no pinyin, or fits no words, stays as it is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.reading.sounds import HUAN, readings, without_tone, word_reading

_RUN = re.compile("[a-z]+")
_RUN_AS_TYPED = re.compile("[A-Za-z]+")
_STRETCH = re.compile(r"(?<![a-z@_./\\:=<>{}#&?-])[a-z]+(?:[ '’][a-z]+)*(?![a-z@_/\\:=<>{}-]|[0-9]*\.[a-z0-9])")
_TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ]")
_NUMBERED = re.compile(r"(?<![0-9a-z])[a-z]+[1-5](?: ?[a-z]+[1-5])+(?![0-9])")
_HAN_BEFORE = re.compile("[\u4e00-\u9fff]*$")
_HAN_AFTER = re.compile("[\u4e00-\u9fff]*")
_CONTEXT = 4
"""Characters on each side that help to tell what the letters mean."""
_MOST_LETTERS = 240
"""Longer stretches of letters are not read: nobody types so much pinyin, and it bounds the time."""
_LONGEST_SYLLABLE = 6
_UNKNOWN_CHARACTER, _UNKNOWN_SYLLABLE, _OTHER_LANGUAGE = 11.0, 16.0, 40.0
"""What a sign costs that is in no word, in the logarithm of likelihood."""
_LEAST_NEAR = 6
"""Letters of a misspelt word that are enough to tell which was meant."""


@dataclass
class _Node:
    """A step in the tree of words: the next character, found by itself or by its syllable."""

    cost: float | None = None
    following: dict[str, _Node] = field(default_factory=dict)
    by_sound: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Piece:
    """Part of a reading: the signs in ``[start, end)`` as ``text``; ``sounds`` of its characters were letters."""

    start: int
    end: int
    text: str
    sounds: int
    cost: float
    known: bool = True


class Pinyin:
    """Reads letters with ``counts`` (how often our examples use each word or run of words).

    ``words`` are those of our field, which are recognised with one slip as well; ``spelled`` gives what abbreviations
    mean, and ``alone`` what short answers mean that are the whole message.
    """

    def __init__(
        self,
        counts: Mapping[str, int],
        words: Iterable[str] = (),
        spelled: Mapping[str, str] | None = None,
        alone: Mapping[str, str] | None = None,
    ) -> None:
        self._total = math.log(sum(counts.values()) or 1)
        self._syllables: set[str] = set()
        self._root = _Node()
        for word, count in counts.items():
            self._plant(word, count)
        self._spelled = dict(spelled or {})
        self._alone = dict(alone or {})
        near = {"".join(word_reading(word)): word for word in words}
        self._near = {letters: word for letters, word in near.items() if len(letters) >= _LEAST_NEAR}

    def _plant(self, word: str, count: int) -> None:
        node = self._root
        for character, syllable in zip(word, word_reading(word), strict=True):
            for spelling in {syllable, syllable.replace("v", "u"), *(readings(character) if character == HUAN else ())}:
                self._syllables.add(spelling)
                sounds = node.by_sound.setdefault(spelling, [])
                if character not in sounds:
                    sounds.append(character)
            node = node.following.setdefault(character, _Node())
        node.cost = self._total - math.log(count)

    def to_characters(self, text: str) -> str:
        """``text`` with its pinyin in characters; digits, other languages and everything else stay."""
        small = _TONED.sub(lambda match: without_tone(match[0]), text.lower())
        small = _NUMBERED.sub(lambda match: re.sub("[1-5]", "", match[0]), small)
        if small.strip() in self._alone:
            return self._alone[small.strip()]
        found = [match.span() for match in _STRETCH.finditer(small)]
        if not found or sum(end - start for start, end in found) > _MOST_LETTERS:
            return text
        if len(small) != len(text):
            text = small  # tones were taken out, so the places are those of the plain letters
        parts, last = [], 0
        for start, end in found:
            parts += [text[last:start], self._read(small, start, end) or self._run_by_run(text[start:end])]
            last = end
        return "".join([*parts, text[last:]])

    def _read(self, small: str, start: int, end: int) -> str | None:
        """What the letters in ``[start, end)`` mean; None when that is unclear."""
        left, right = _HAN_BEFORE.search(small[:start][-_CONTEXT:]), _HAN_AFTER.match(small[end : end + _CONTEXT])
        before, after = left[0] if left else "", right[0] if right else ""
        pieces = self._best(before, _RUN.findall(small[start:end]), after)
        if _is_likely(pieces):
            text = "".join(piece.text for piece in pieces)
            return text[len(before) : len(text) - len(after)]
        return None

    def _run_by_run(self, stretch: str) -> str:
        """``stretch`` with the runs of letters that are an abbreviation, or a word of our field but for one slip."""
        return _RUN_AS_TYPED.sub(lambda match: self._spelled.get(match[0].lower()) or self._nearest(match[0]), stretch)

    def _nearest(self, run: str) -> str:
        if len(run) < _LEAST_NEAR:
            return run
        best = process.extractOne(run.lower(), self._near.keys(), scorer=OSA.distance, score_cutoff=1)
        return self._near[best[0]] if best else run

    def _best(self, before: str, runs: list[str], after: str) -> list[_Piece]:
        """The likeliest reading of ``runs`` of letters, in the light of the characters beside them."""
        signs = [*before, *(letter for run in runs for letter in run), *after]
        edges, place = set(), len(before)
        for run in runs:
            edges.add(place)
            place += len(run)
        edges |= {*range(len(before)), *range(place, len(signs) + 1)}
        costs = [0.0] + [math.inf] * len(signs)
        last: list[_Piece | None] = [None] * (len(signs) + 1)
        for start in range(len(signs)):
            if costs[start] < math.inf:
                for piece in self._pieces(signs, start, edges):
                    if costs[start] + piece.cost < costs[piece.end]:
                        costs[piece.end] = costs[start] + piece.cost
                        last[piece.end] = piece
        path, reached = [], last[len(signs)]
        while reached:
            path.append(reached)
            reached = last[reached.start]
        return path[::-1]

    def _pieces(self, signs: list[str], start: int, edges: set[int]) -> Iterator[_Piece]:
        """What may begin at ``start``: words, and the signs as they are. ``edges`` are the places between runs."""
        if start in edges:
            end = min(edge for edge in edges if edge > start)
            text = "".join(signs[start:end])
            if text.isascii():
                yield _Piece(start, end, text, 1, _OTHER_LANGUAGE, known=False)
            else:
                yield _Piece(start, end, text, 0, _UNKNOWN_CHARACTER, known=False)
        for end in _ends(signs, start, edges):
            syllable = "".join(signs[start:end])
            if syllable in self._syllables:
                yield _Piece(start, end, syllable, 1, _UNKNOWN_SYLLABLE, known=False)
        stack = [(self._root, start, "", 0)]
        while stack:
            node, place, text, sounds = stack.pop()
            if node.cost is not None:
                yield _Piece(start, place, text, sounds, node.cost)
            if place == len(signs):
                continue
            if signs[place] in node.following:
                stack.append((node.following[signs[place]], place + 1, text + signs[place], sounds))
            for end in _ends(signs, place, edges):
                for character in node.by_sound.get("".join(signs[place:end]), ()):
                    stack.append((node.following[character], end, text + character, sounds + 1))


def _ends(signs: list[str], start: int, edges: set[int]) -> Iterator[int]:
    """Where a syllable that begins at ``start`` may end: in the same run of letters."""
    if signs[start].isascii():
        for end in range(start + 1, min(start + _LONGEST_SYLLABLE, len(signs)) + 1):
            yield end
            if end in edges:
                return


def _is_likely(pieces: list[_Piece]) -> bool:
    """True when more than half of the syllables are in words of two characters or more, and most in a word."""
    every = sum(piece.sounds for piece in pieces)
    in_words = sum(piece.sounds for piece in pieces if piece.known and len(piece.text) > 1)
    unknown = sum(piece.sounds for piece in pieces if not piece.known)
    return every > 0 and 2 * in_words > every and 3 * unknown <= every
