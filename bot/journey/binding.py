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

NONE_BEFORE = re.compile(
    r"(?:没有?|不用|不需要|不必|无需|免)(?:再|要)?(?:交|付|给|出|花|还|任何|一点|什么|啥)?(?:的)?(?:每个?月)?$"
)
NONE_BEHIND = re.compile(
    r"(?:这块|方面|费用?|钱|都|也|是|就|呢|的话|暂时|目前|现在|倒|我|自己)*"
    r"(?:没有?(?:[了的啊呀吧]|$|(?=[，,。；;、！!]))|不用(?:交|付|给|花|我|管|出)?|不需要|不花钱?|免(?:了|的|费)|(?:是|为)?[零0](?![.0-9])元?)"
)
"""Words beside the name of a kind of spending that say there is none of it; 房租没交 is none of them."""


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

    Where quantities and names take turns and a quantity comes first, each belongs to the name behind it
    (3000工资1500房租); but a first one belongs to no name that has a quantity behind itself (1200吃饭1500).
    A name is lent to the next clause only when it has no quantity of that kind of its own, and is not said
    to be nothing (没有房租，开销2500).
    """
    breaks = clauses(text, mentions)
    labels = [m for m in mentions if m.entity in LABELS]
    bound: list[Bound] = []
    for quantity in (m for m in mentions if m.entity in QUANTITIES):
        clause = _clause(quantity, breaks)
        here = [label for label in labels if _clause(label, breaks) == clause]
        alike = [m for m in mentions if m.entity == quantity.entity and _clause(m, breaks) == clause]
        label = own = _own(quantity, here, alike)
        if label is None:
            lenders = [x for x in labels if _clause(x, breaks) == clause - 1 and not is_none_of(text, x)]
            label = _lent(quantity, lenders, bound)
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


def is_none_of(text: str, label: Mention) -> bool:
    """True when ``text`` says right beside ``label`` that there is none of it: 没有房租, 房租不用交."""
    return bool(NONE_BEFORE.search(text[: label.start]) or NONE_BEHIND.match(text, label.end))


def _own(quantity: Mention, labels: Sequence[Mention], alike: Sequence[Mention]) -> Mention | None:
    """The name of the same clause that ``quantity`` belongs to; ``alike`` are the clause's quantities of its kind."""
    order = sorted([*labels, *alike], key=lambda m: m.start)
    kinds = "".join("Q" if m in alike else "L" for m in order)
    place = order.index(quantity)
    if re.fullmatch("(?:QL)+", kinds):
        return order[place + 1]
    before = [label for label in labels if label.start < quantity.start]
    if before:
        return before[-1]
    return None if kinds.startswith("QLQ") and place == 0 else labels[0] if labels else None


def _lent(quantity: Mention, labels: Sequence[Mention], bound: Sequence[Bound]) -> Mention | None:
    if not labels:
        return None
    last = labels[-1]
    taken = any(b.label == last and b.quantity.entity == quantity.entity for b in bound)
    return None if taken else last
