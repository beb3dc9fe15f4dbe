"""Which amount belongs to which name: each quantity of a message bound to a product or a budget field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.journey.mentions import QUANTITIES, Mention

BREAKS = re.compile(r"[，,。；;！!？?\n、]")
LABELS = ("product", "field")
JOINED = re.compile(r"(?:和|跟|与|还有|以及|及|加|都|、|\s)*")
"""What stands between two names that are spoken of together."""


@dataclass(frozen=True)
class Bound:
    """A quantity and the name it belongs to; ``label`` is None when nothing names it."""

    quantity: Mention
    label: Mention | None
    clause: int
    is_lent: bool = False
    """True when the name stands in the clause before."""

    @property
    def product(self) -> str | None:
        """The product it belongs to, if it is a product."""
        return self.label.value if self.label and self.label.entity == "product" else None

    @property
    def field(self) -> str | None:
        """The budget field or mark it belongs to, if it is one."""
        return self.label.value if self.label and self.label.entity == "field" else None

    @property
    def is_named_first(self) -> bool:
        """True when the name stands before the quantity: 罚息200, and not 本金三千罚息多少."""
        return self.label is not None and self.label.start < self.quantity.start


def bind(text: str, mentions: Sequence[Mention]) -> list[Bound]:
    """Bind each quantity to the nearest name before it in its clause, else after it, else of the clause before.

    A name is lent to the next clause only when it has no quantity of that kind of its own.
    """
    breaks = clauses(text, mentions)
    labels = [m for m in mentions if m.entity in LABELS]
    bound: list[Bound] = []
    for quantity in (m for m in mentions if m.entity in QUANTITIES):
        clause = _clause(quantity, breaks)
        here = [label for label in labels if _clause(label, breaks) == clause]
        before = [label for label in here if label.start < quantity.start]
        label = before[-1] if before else here[0] if here else None
        own = label
        if label is None:
            label = _lent(quantity, [x for x in labels if _clause(x, breaks) == clause - 1], bound)
        bound.append(Bound(quantity, label, clause, is_lent=label is not own))
    return bound


def clauses(text: str, mentions: Sequence[Mention]) -> list[int]:
    """Where the clauses of ``text`` are cut; a comma inside a number cuts nothing."""
    return [
        match.start() for match in BREAKS.finditer(text) if not any(m.start <= match.start() < m.end for m in mentions)
    ]


@dataclass(frozen=True)
class Segment:
    """A stretch ``[start, end)`` of the text that speaks of ``products``, in a message that may name several."""

    products: tuple[str, ...]
    start: int
    end: int


def segments(text: str, mentions: Sequence[Mention]) -> list[Segment]:
    """The stretches of ``text`` by the products they speak of: from a name to the next one, within one clause.

    People leave the comma out (「花呗没逾期 借呗逾期26天」), and the normaliser the space. Words before the first
    name belong to it.
    """
    found: list[Segment] = []
    cuts = [-1, *clauses(text, mentions), len(text)]
    for first, last in pairwise(cuts):
        named = [m for m in mentions if m.entity == "product" and first < m.start < last]
        groups: list[list[Mention]] = []
        for mention in named:
            if groups and JOINED.fullmatch(text[groups[-1][-1].end : mention.start]):
                groups[-1].append(mention)
            else:
                groups.append([mention])
        starts = [first + 1, *(group[0].start for group in groups[1:])] if groups else []
        for group, (start, end) in zip(groups, pairwise([*starts, last]), strict=True):
            found.append(Segment(tuple(dict.fromkeys(m.value for m in group)), start, end))
    return found


def products_in_clause(text: str, mentions: Sequence[Mention], clause: int) -> list[str]:
    """The products named in one clause, in order, each once."""
    breaks = clauses(text, mentions)
    named = [m.value for m in mentions if m.entity == "product" and _clause(m, breaks) == clause]
    return list(dict.fromkeys(named))


def clause_text(text: str, mentions: Sequence[Mention], clause: int) -> str:
    """The words of one clause."""
    cuts = [-1, *clauses(text, mentions), len(text)]
    return text[cuts[clause] + 1 : cuts[clause + 1]]


def _clause(mention: Mention, breaks: Sequence[int]) -> int:
    return sum(1 for place in breaks if place < mention.start)


def _lent(quantity: Mention, labels: Sequence[Mention], bound: Sequence[Bound]) -> Mention | None:
    if not labels:
        return None
    last = labels[-1]
    taken = any(b.label == last and b.quantity.entity == quantity.entity for b in bound)
    return None if taken else last
