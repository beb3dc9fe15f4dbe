"""Whether somebody's words say that a life is in danger: known words in a row, what shields them, what denies them.

The words are data (``bot/knowledge/safety``). A pattern is a row of parts with blanks between: ``{want}`` is any word
of that list, another part stands for itself. The next part has to follow within a few characters of the same clause,
right away where no blank is written, and after ``…`` within some more of any clause.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.reading.spelling import expand

CLOSE, NEAR, FAR = 2, 6, 16
"""Characters that may stand between two parts: written together, with a blank, with ``…``."""
KINDS = ("self", "harm", "other", "loss", "unclear")
"""Whose life it is, the most urgent first."""
DENIAL, FILLER, DENIAL_AFTER, NEVER_DENIAL, HINT = "denial", "filler", "denial_after", "never_denial", "hint"
"""Lists with a meaning of their own: what denies before an alarm, what may stand between, what denies after it,
longer words in which those before deny nothing, and words that make it worth looking at a sentence by itself."""

_SENTENCES = re.compile("[。！？!?;；\n]+")
_END = re.compile("[，。！？；,.!?;…\n]")
_PARTS = re.compile(r"\{[a-z_]+\}|[^{]+")
_HAN = "\u3400-\u9fff"
_SPLIT = re.compile(f"(?<=[{_HAN}])[ ·*•_\\-^|/\\\\+#@&$%'\"“”‘’()（）【】]{{1,3}}(?=[{_HAN}])")


@dataclass(frozen=True)
class Shield:
    """Patterns that look alarming and mean something else; ``words`` are lists by name, blanks between their words."""

    id: str
    order: int
    without: tuple[str, ...]
    """Lists of which no word may stand inside a match."""
    words: Mapping[str, str]
    patterns: tuple[str, ...]


@dataclass(frozen=True)
class Alarm(Shield):
    """Patterns that say so."""

    kind: str
    """One of ``KINDS``."""
    alone: bool
    """False for signs of which it takes two of different alarms."""


@dataclass(frozen=True)
class Heard:
    """What the words of a message say."""

    kind: str | None = None
    """Whose life is in danger; None when no words say so."""
    denied: bool = False
    """True when alarming words are there and all of them are denied."""
    shielded: bool = False
    """True when words are there that look alarming and mean something else."""
    rest: str = ""
    """The text without the shielded words."""
    why: tuple[str, ...] = ()
    """Ids of the alarms that went off."""


def most_urgent(first: Heard, second: Heard) -> Heard:
    """Of what two readings of one message say, the more urgent; ``first`` where they are alike."""
    return min(first, second, key=lambda heard: KINDS.index(heard.kind) if heard.kind else len(KINDS))


@dataclass(frozen=True)
class _Spot:
    """A known word in its place, with the lists it is of."""

    start: int
    end: int
    names: frozenset[str]


_Row = tuple[tuple[str, int], ...]
"""Names of lists, each with the most characters that may stand before it."""


class Alarms:
    """The words and patterns, ready to listen. Raises ``ValueError`` with all that cannot be read, one a line."""

    def __init__(
        self,
        alarms: Sequence[Alarm],
        shields: Sequence[Shield],
        words: Mapping[str, str],
        spellings: Mapping[str, str],
    ) -> None:
        self._names: dict[str, set[str]] = defaultdict(set)
        self._lists: set[str] = set()
        self._faults: list[str] = []
        self._spellings = [(re.compile(wrong), right) for wrong, right in spellings.items()]
        for where, lists in [("words", words), *((one.id, one.words) for one in (*alarms, *shields))]:
            self._learn_lists(where, lists)
        self._shields = [(frozenset(one.without), self._rows(one)) for one in shields]
        self._alarms = [(one, self._rows(one)) for one in alarms]
        if self._faults:
            raise ValueError("\n".join(self._faults))
        self._longest = max(map(len, self._names), default=0)
        self._starts = frozenset(word[0] for word in self._names)

    def _learn_lists(self, where: str, lists: Mapping[str, str]) -> None:
        for name, text in lists.items():
            if name in self._lists:
                self._faults.append(f"{where}: the list {name} is there twice")
            self._lists.add(name)
            for word in text.split():
                self._learn(name, word, where)

    def _learn(self, name: str, written: str, where: str) -> None:
        try:
            for word in expand(written):
                self._names[word].add(name)
        except ValueError as error:
            self._faults.append(f"{where}: {error}")

    def _rows(self, group: Shield) -> list[_Row]:
        self._faults += [f"{group.id}: no list {name}" for name in group.without if name not in self._lists]
        return [self._row(group.id, pattern) for pattern in group.patterns]

    def _row(self, where: str, pattern: str) -> _Row:
        row, gap = [], NEAR
        for chunk in pattern.split():
            if chunk == "…":
                gap = FAR
                continue
            for part in _PARTS.findall(chunk):
                name = part
                if part.startswith("{"):
                    name = part[1:-1]
                    if name not in self._lists:
                        self._faults.append(f"{where}: {pattern}: no list {name}")
                else:
                    self._learn(part, part, where)
                row.append((name, gap))
                gap = CLOSE
            gap = NEAR
        return tuple(row)

    def fold(self, text: str) -> str:
        """``text`` (normalised) in the spelling of the words."""
        text = _SPLIT.sub("", text.lower())
        for wrong, right in self._spellings:
            text = wrong.sub(right, text)
        return text

    def hear(self, text: str) -> Heard:
        """What the words of ``text`` (normalised) say."""
        text = self.fold(text)
        spots = list(self._spots(text))
        shields = self._shielding(text, spots)
        free = [spot for spot in spots if not any(_hides(shield, spot) for shield in shields)]
        gone_off: list[Alarm] = []
        denied = False
        for alarm, rows in self._alarms:
            found, was_denied = _first(text, free, rows, frozenset(alarm.without))
            denied = denied or was_denied
            if found is None:
                continue
            gone_off.append(alarm)
            if alarm.without:  # somebody else's words are not the person's own
                free = [spot for spot in free if spot.end <= found[0].start or spot.start >= found[-1].end]
        kinds = _kinds(gone_off)
        kind = next((one for one in KINDS if one in kinds), None)
        is_shielded = any(NEVER_DENIAL not in shield.names for shield in shields)
        return Heard(
            kind, denied and kind is None, is_shielded, _cut_out(text, shields), tuple(one.id for one in gone_off)
        )

    def suspicious(self, text: str) -> list[str]:
        """The sentences of ``text`` that hold a word of the list ``hint``, in their order."""
        sentences = [one for one in _SENTENCES.split(text) if one]
        return [one for one in sentences if any(HINT in spot.names for spot in self._spots(self.fold(one)))]

    def _spots(self, text: str) -> Iterator[_Spot]:
        """Every place of every known word; of those that begin together the longest comes first."""
        for start, character in enumerate(text):
            if character in self._starts:
                for end in range(min(start + self._longest, len(text)), start, -1):
                    names = self._names.get(text[start:end])
                    if names is not None:
                        yield _Spot(start, end, frozenset(names))

    def _shielding(self, text: str, spots: Sequence[_Spot]) -> list[_Spot]:
        """The words that mean something else, and those in which nothing is denied."""
        shields: list[_Spot] = []
        for without, rows in self._shields:
            for found in _matches(text, spots, rows, without):
                is_word = len(found) == 1
                shields += [_Spot(one.start, one.end, one.names if is_word else frozenset()) for one in found]
        return shields + [spot for spot in spots if NEVER_DENIAL in spot.names]


def _hides(shield: _Spot, spot: _Spot) -> bool:
    """True when ``spot`` lies in or across ``shield``; a longer word around one shielding word means what it says."""
    is_around = spot.start <= shield.start and shield.end <= spot.end
    is_inside = shield.start <= spot.start and spot.end <= shield.end
    if NEVER_DENIAL in shield.names:
        return DENIAL in spot.names and is_inside
    if spot.end <= shield.start or shield.end <= spot.start or NEVER_DENIAL in spot.names:
        return False
    return not (shield.names and is_around and not is_inside)


def _kinds(gone_off: Sequence[Alarm]) -> set[str]:
    """The kinds of the alarms that mean something alone; two signs of different alarms are unclear."""
    kinds = {alarm.kind for alarm in gone_off if alarm.alone}
    if not kinds and len(gone_off) > 1:
        return {"unclear"}
    return kinds


def _first(
    text: str, spots: Sequence[_Spot], rows: Iterable[_Row], without: frozenset[str]
) -> tuple[list[_Spot] | None, bool]:
    """The first match that is not denied, and whether one was denied."""
    denied = False
    for found in _matches(text, spots, rows, without):
        if not _is_denied(spots, found):
            return found, denied
        denied = True
    return None, denied


def _matches(text: str, spots: Sequence[_Spot], rows: Iterable[_Row], without: frozenset[str]) -> Iterator[list[_Spot]]:
    there = {name for spot in spots for name in spot.names}
    for row in rows:
        if all(name in there for name, _ in row):
            for number, spot in enumerate(spots):
                if row[0][0] in spot.names:
                    rest = _follow(text, spots, number, row[1:], without)
                    if rest is not None:
                        yield [spot, *rest]


def _follow(text: str, spots: Sequence[_Spot], last: int, row: _Row, without: frozenset[str]) -> list[_Spot] | None:
    """Spots for the names of ``row``, each near enough to the one before, from the spot ``last`` on."""
    if not row:
        return []
    (name, gap), end = row[0], spots[last].end
    for number in range(last + 1, len(spots)):
        spot = spots[number]
        if spot.start < end:
            continue
        if spot.start - end > gap or (gap < FAR and _END.search(text, end, spot.start)):
            return None
        if name in spot.names:
            rest = _follow(text, spots, number, row[1:], without)
            if rest is not None:
                return [spot, *rest]
        if spot.names & without:
            return None
    return None


def _is_denied(spots: Sequence[_Spot], found: Sequence[_Spot]) -> bool:
    """True when a denial stands right before or after the words found; fillers may stand between."""
    place, end = found[0].start, found[-1].end
    while True:
        before = [spot for spot in spots if spot.end == place]
        if any(DENIAL in spot.names for spot in before):
            return True
        fillers = [spot.start for spot in before if FILLER in spot.names]
        if not fillers:
            break
        place = min(fillers)
    return any(DENIAL_AFTER in spot.names and 0 <= spot.start - end <= 1 for spot in spots)


def _cut_out(text: str, shields: Iterable[_Spot]) -> str:
    kept = list(text)
    for shield in shields:
        if NEVER_DENIAL not in shield.names:
            kept[shield.start : shield.end] = [""] * (shield.end - shield.start)
    return "".join(kept)
