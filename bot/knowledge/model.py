"""What is known for certain enough to be said: facts with their sources, and the catalogues that cite them.

Names that end in ``_zh`` are Chinese text for people. Ids are snake_case; a fact's id is ``<topic>.<slug>``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

GRADES = ("A", "A-press", "A-calc", "B", "C", "contested")
"""Law text read · official wording in the press · arithmetic · several pages agree · one page · disputed."""


@dataclass(frozen=True)
class Source:
    """Where a fact was read."""

    title_zh: str
    locator_zh: str | None
    """Article, page or date within the source."""
    href: str | None


@dataclass(frozen=True)
class Fact:
    """One statement that may be shown, worded no more strongly than its grade allows."""

    id: str
    statement_zh: str
    grade: str
    """One of ``GRADES``."""
    source: Source
    checked_on: date
    expires_on: date
    """From this day on the fact counts as stale and has to be checked again."""
    value: str | None
    """The number or numbers in it, for programs; rates are decimal strings, money is fen."""
    unit: str | None
    valid_from: date | None
    """First day on which it holds."""
    valid_until: date | None
    """Last day on which it held."""

    @property
    def topic(self) -> str:
        """The file it is kept in."""
        return self.id.partition(".")[0]


@dataclass(frozen=True)
class Cause:
    """One reason why somebody cannot pay."""

    id: str
    order: int
    label_zh: str
    intent: str
    """The intent that states this cause; empty when there is none."""
    phrases: tuple[str, ...]
    """Words that mean this cause and nothing else."""
    short_reason_zh: str
    """What to tell the lender, in the first person; ``＿＿`` marks what the person fills in."""
    changed_zh: str
    changed_none_zh: str
    """The same for who has no income at all."""
    """What is different from when the person could pay; ``{income}`` is the income in yuan, ``＿＿`` as above."""
    letter_zh: str
    """The reason for a letter: nothing is left to fill in and nothing more private than the cause is said."""
    documents: tuple[str, ...]
    substitutes_zh: tuple[str, ...]
    """Honest ways out when a paper cannot be had."""
    advice_zh: str
    acknowledge_zh: str
    """One warm sentence without blame."""
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Rate:
    """What the product costs while it is not overdue."""

    kind: str
    """``daily``, ``annual``, ``flat_fee``, ``none`` or ``unknown``."""
    value: str | None
    """Decimal string; None when the kind is ``none`` or ``unknown``."""
    certainty: str | None
    """``estimate`` or ``contract``."""
    note_zh: str


@dataclass(frozen=True)
class Penalty:
    """What lateness costs: a ``daily`` rate, or a ``multiple`` of the ordinary one."""

    kind: str
    value: str


@dataclass(frozen=True)
class Minimum:
    """The least to pay in a month: a ``fraction`` of the balance, but no less than ``floor_fen``."""

    kind: str
    value: str
    floor_fen: int


@dataclass(frozen=True)
class Product:
    """One kind of debt."""

    id: str
    order: int
    label_zh: str
    aliases: tuple[str, ...]
    """Other names and misspellings that people type."""
    lender_zh: str
    where_zh: str
    """Where in the app its numbers are."""
    is_alipay: bool
    contact: tuple[str, ...]
    """Contact ids, the most useful first."""
    rate: Rate
    penalty: Penalty | None
    minimum: Minimum | None
    facts: tuple[str, ...]
    notes_zh: str


@dataclass(frozen=True)
class Document:
    """One paper that supports a request."""

    id: str
    order: int
    label_zh: str
    issuer_zh: str
    how_zh: str
    must_show_zh: str
    cover_up_zh: str
    without_zh: str
    """What to do where it cannot be had."""
    aliases: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Contact:
    """One way to reach a lender, a regulator or help."""

    id: str
    order: int
    label_zh: str
    number: str | None
    kind: str
    """``lender``, ``regulator``, ``help`` or ``emergency``."""
    what_for_zh: str
    not_for_zh: str
    hours_zh: str | None
    """When somebody answers, as far as a fact says so."""
    how_zh: tuple[str, ...]
    """Short steps, in order."""
    aliases: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Refusal:
    """One thing the lender's agent says instead of yes, and a calm answer."""

    id: str
    order: int
    they_say: tuple[str, ...]
    answer_zh: str
    """In the first person, to the agent; ``＿＿`` marks what the person fills in."""
    why_zh: str
    escalate_zh: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class CaseStory:
    """How it went for somebody."""

    id: str
    order: int
    title_zh: str
    cause: str
    product: str
    channel: str
    """Contact id."""
    outcome: str
    composed: bool
    """True when it is made up from typical pieces; say so wherever it is shown."""
    text_zh: str
    lesson_zh: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Alert:
    """Something that is answered at once, wherever it is said and whatever else the message wants."""

    id: str
    order: int
    """The most serious first."""
    cues: tuple[str, ...]
    """Patterns (``bot.knowledge.patterns``) that set it off."""
    shields: tuple[str, ...]
    """Patterns of harmless words: they are taken out before the cues are looked for."""
    intents: tuple[str, ...]
    """Intents that set it off as well, when the classifier is sure."""
    ignores: str
    """What of the clause with the cue is not taken as data: ``clause``, ``amounts`` or ``nothing``."""
    answers: tuple[str, ...]
    """Intents whose own answer says the same, so that it need not be given."""
    covers: tuple[str, ...]
    """Alerts that this one makes needless."""
    cooldown: int
    """Messages for which it is not said again unless somebody asks."""
    papers: bool
    """True when the honest way to the papers that are named is told with it."""
    text_zh: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Catalog:
    """Everything that is known, by id and in the order in which it is shown."""

    facts: Mapping[str, Fact]
    causes: Mapping[str, Cause]
    products: Mapping[str, Product]
    documents: Mapping[str, Document]
    contacts: Mapping[str, Contact]
    refusals: Mapping[str, Refusal]
    stories: Mapping[str, CaseStory]
    alerts: Mapping[str, Alert]

    def cited(self, ids: Iterable[str]) -> tuple[Fact, ...]:
        """The facts with these ids, in the order given."""
        return tuple(self.facts[one] for one in ids)

    def topic(self, name: str) -> tuple[Fact, ...]:
        """All facts of one topic."""
        return tuple(fact for fact in self.facts.values() if fact.topic == name)
