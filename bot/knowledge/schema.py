"""How each field of a knowledge file must look. A reader returns the value or raises ``ValueError``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from bot.knowledge.model import (
    GRADES,
    Alert,
    CaseStory,
    Cause,
    Contact,
    Document,
    Fact,
    Minimum,
    Penalty,
    Product,
    Rate,
    Refusal,
    Source,
)
from bot.knowledge.patterns import pattern
from bot.reading.alarms import KINDS, Alarm, Shield

Reader = Callable[[Any], Any]
Entry = TypeVar("Entry")

LAST = 1000
"""Place in the order of an entry that names none."""

_SLUG = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LINK = re.compile(r"https?://\S+")


class EntryError(Exception):
    """What is wrong with one entry, field by field."""

    def __init__(self, found: list[str]) -> None:
        super().__init__("; ".join(found))
        self.found = found


def text(value: Any) -> str:
    """Words, without space around them."""
    if not isinstance(value, str):
        raise ValueError(f"must be text, quoted where YAML would read something else, not {value!r}")
    if not value.strip() or value != value.strip():
        raise ValueError("must not be empty or have space around it")
    return value


def text_or_empty(value: Any) -> str:
    """Words, or the empty string."""
    return value if value == "" and isinstance(value, str) else text(value)


def slug(value: Any) -> str:
    """An id of letters, digits and underscores."""
    if not _SLUG.fullmatch(text(value)):
        raise ValueError(f"must be snake_case, not {value!r}")
    return str(value)


def fact_id(value: Any) -> str:
    """``<topic>.<slug>``."""
    topic, dot, name = text(value).partition(".")
    if not (dot and _SLUG.fullmatch(topic) and _SLUG.fullmatch(name)):
        raise ValueError(f"must be <topic>.<slug>, not {value!r}")
    return str(value)


def day(value: Any) -> date:
    """A quoted ISO date."""
    if not _DAY.fullmatch(text(value)):
        raise ValueError(f"must be a quoted date like '2026-11-23', not {value!r}")
    return date.fromisoformat(value)


def flag(value: Any) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise ValueError(f"must be true or false, not {value!r}")
    return value


def whole(value: Any) -> int:
    """A whole number from 0 up."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"must be a whole number from 0 up, not {value!r}")
    return value


def decimal_text(value: Any) -> str:
    """A quoted positive decimal."""
    try:
        number = Decimal(text(value))
    except InvalidOperation:
        raise ValueError(f"must be a quoted decimal, not {value!r}") from None
    if not (number.is_finite() and number > 0):
        raise ValueError(f"must be above 0, not {value!r}")
    return str(value)


def link(value: Any) -> str:
    """A web address."""
    if not _LINK.fullmatch(text(value)):
        raise ValueError(f"must be a web address, not {value!r}")
    return str(value)


def one_of(*allowed: str) -> Reader:
    """A reader of one of these words."""

    def read(value: Any) -> str:
        if value not in allowed:
            raise ValueError(f"must be one of {', '.join(allowed)}, not {value!r}")
        return str(value)

    return read


def cue(value: Any) -> str:
    """A pattern as ``bot.knowledge.patterns`` reads it."""
    pattern(text(value))
    return str(value)


def maybe(reader: Reader) -> Reader:
    """A reader that lets null through."""
    return lambda value: None if value is None else reader(value)


def many(reader: Reader, least: int = 1) -> Reader:
    """A reader of a list of different values."""

    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise ValueError(f"must be a list, not {value!r}")
        values = tuple(reader(one) for one in value)
        twice = sorted({str(one) for one in values if values.count(one) > 1})
        if twice:
            raise ValueError(f"holds twice: {', '.join(twice)}")
        if len(values) < least:
            raise ValueError(f"must hold {least} or more")
        return values

    return read


def mapping(reader: Reader) -> Reader:
    """A reader of a mapping from snake_case names."""

    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise ValueError(f"must be a mapping, not {value!r}")
        return {slug(name): reader(one) for name, one in value.items()}

    return read


def nested(kind: type[Any]) -> Reader:
    """A reader of a mapping with the fields of ``kind``."""
    return lambda value: build(kind, value)


def build(kind: type[Entry], raw: Any) -> Entry:
    """``raw`` as a ``kind``. Raises ``EntryError`` with everything that is wrong in it."""
    if not isinstance(raw, Mapping):
        raise EntryError([f"must be a mapping, not {raw!r}"])
    readers = SCHEMA[kind]
    found = [f"{key}: unknown field" for key in raw if key not in readers]
    values: dict[str, Any] = {}
    for name, reader in readers.items():
        if name not in raw and name not in OPTIONAL:
            found.append(f"{name}: is missing")
            continue
        try:
            values[name] = reader(raw.get(name, OPTIONAL.get(name)))
        except EntryError as inner:
            found.extend(f"{name}.{one}" for one in inner.found)
        except ValueError as error:
            found.append(f"{name}: {error}")
    found = found or _disagreements(kind, values)
    if found:
        raise EntryError(found)
    return kind(**values)


def _disagreements(kind: type[Any], values: Mapping[str, Any]) -> list[str]:
    """Fields that are right on their own and wrong together."""
    found = []
    if kind is Fact and values["expires_on"] <= values["checked_on"]:
        found.append("expires_on: must be after checked_on")
    if kind is Fact and values["valid_until"] and values["valid_until"] < (values["valid_from"] or date.min):
        found.append("valid_until: must not be before valid_from")
    if kind is Rate and (values["value"] is None) != (values["kind"] in ("none", "unknown")):
        found.append("value: a number, or null when the kind is none or unknown")
    if kind is Rate and (values["value"] is None) != (values["certainty"] is None):
        found.append("certainty: goes with a value")
    return found


OPTIONAL: dict[str, Any] = {
    "value": None,
    "unit": None,
    "locator_zh": None,
    "href": None,
    "valid_from": None,
    "valid_until": None,
    "order": LAST,
    "without": [],
    "words": {},
    "shields": [],
    "intents": [],
    "answers": [],
    "covers": [],
    "papers": False,
    "ignores": "clause",
}
"""What a field is when it is not there."""

_FACTS = many(fact_id)
_NAMED = {"id": slug, "order": whole}

_WORDS = {**_NAMED, "without": many(slug, least=0), "words": mapping(text), "patterns": many(text)}

SCHEMA: dict[type[Any], dict[str, Reader]] = {
    Source: {"title_zh": text, "locator_zh": maybe(text), "href": maybe(link)},
    Fact: {
        "id": fact_id,
        "statement_zh": text,
        "grade": one_of(*GRADES),
        "source": nested(Source),
        "checked_on": day,
        "expires_on": day,
        "value": maybe(text),
        "unit": maybe(text),
        "valid_from": maybe(day),
        "valid_until": maybe(day),
    },
    Cause: {
        **_NAMED,
        "label_zh": text,
        "intent": text_or_empty,
        "phrases": many(text, least=0),
        "short_reason_zh": text,
        "changed_zh": text,
        "changed_none_zh": text,
        "letter_zh": text,
        "documents": many(slug),
        "substitutes_zh": many(text),
        "advice_zh": text,
        "acknowledge_zh": text,
        "facts": _FACTS,
    },
    Rate: {
        "kind": one_of("daily", "annual", "flat_fee", "none", "unknown"),
        "value": maybe(decimal_text),
        "certainty": maybe(one_of("estimate", "contract")),
        "note_zh": text,
    },
    Penalty: {"kind": one_of("daily", "multiple"), "value": decimal_text},
    Minimum: {"kind": one_of("fraction"), "value": decimal_text, "floor_fen": whole},
    Product: {
        **_NAMED,
        "label_zh": text,
        "aliases": many(text),
        "lender_zh": text,
        "where_zh": text,
        "is_alipay": flag,
        "contact": many(slug, least=0),
        "rate": nested(Rate),
        "penalty": maybe(nested(Penalty)),
        "minimum": maybe(nested(Minimum)),
        "facts": _FACTS,
        "notes_zh": text,
    },
    Document: {
        **_NAMED,
        "label_zh": text,
        "issuer_zh": text,
        "how_zh": text,
        "must_show_zh": text,
        "cover_up_zh": text,
        "without_zh": text,
        "aliases": many(text),
        "facts": _FACTS,
    },
    Contact: {
        **_NAMED,
        "label_zh": text,
        "number": maybe(text),
        "kind": one_of("lender", "regulator", "help", "emergency"),
        "what_for_zh": text,
        "not_for_zh": text,
        "hours_zh": maybe(text),
        "how_zh": many(text),
        "aliases": many(text),
        "facts": _FACTS,
    },
    Refusal: {
        **_NAMED,
        "they_say": many(text),
        "answer_zh": text,
        "why_zh": text,
        "escalate_zh": text,
        "facts": _FACTS,
    },
    CaseStory: {
        **_NAMED,
        "title_zh": text,
        "cause": slug,
        "product": slug,
        "channel": slug,
        "outcome": one_of(
            "deferral",
            "instalments",
            "pause",
            "waiver",
            "due_date_change",
            "paid_in_full",
            "pending",
            "declined",
        ),
        "composed": flag,
        "text_zh": text,
        "lesson_zh": text,
        "facts": _FACTS,
    },
    Shield: _WORDS,
    Alarm: {**_WORDS, "kind": one_of(*KINDS), "alone": flag},
    Alert: {
        **_NAMED,
        "cues": many(cue),
        "shields": many(cue, least=0),
        "intents": many(slug, least=0),
        "ignores": one_of("clause", "amounts", "nothing"),
        "answers": many(slug, least=0),
        "covers": many(slug, least=0),
        "cooldown": whole,
        "papers": flag,
        "text_zh": text,
        "facts": _FACTS,
    },
}
"""The reader of every field of every kind of entry."""

if any({field.name for field in fields(kind)} != set(readers) for kind, readers in SCHEMA.items()):
    raise TypeError("bot.knowledge.schema and bot.knowledge.model name different fields")
