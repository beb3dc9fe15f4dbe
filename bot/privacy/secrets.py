"""What nobody should type into a chat, found inside what people type: numbers of identity, cards and telephones,
passwords and one-time codes, addresses, accounts and names.

A number counts when its check digits fit or when it is named. Amounts, days, hotlines, and the numbers of tickets,
orders and staff are never secrets. Works on a message as it was typed and on a normalised one alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.privacy import patterns
from bot.privacy.checks import is_card_number, is_identity_number
from bot.privacy.writing import in_digits, in_plain_signs

MASK = "■"
"""Stands for a secret. Normalising leaves it alone and no reader takes it for a number."""

KINDS = ("password", "code", "id_number", "bank_card", "phone", "email", "account", "address", "name")
"""The most dangerous first."""

LONG_ROW = re.compile(r"[0-9](?:[ .-]{0,2}[0-9Xx]){10,}")
"""Digits that are too many for an amount: only there may Chinese numerals be read as digits one by one."""


@dataclass(frozen=True)
class Secret:
    """One secret: its kind (one of ``KINDS``) and its place; ``named_from`` is where the words naming it begin."""

    kind: str
    start: int
    end: int
    named_from: int


def find_secrets(text: str) -> tuple[Secret, ...]:
    """All secrets in ``text``, in order, none overlapping another. Never raises."""
    plain = in_plain_signs(text)
    candidates = list(_candidates(plain))
    spoken = in_digits(text)
    if spoken != plain:
        candidates += _spoken(spoken, plain)
    found: list[Secret] = []
    for secret in sorted(candidates, key=lambda one: KINDS.index(one.kind)):
        if not any(secret.start < other.end and other.start < secret.end for other in found):
            found.append(secret)
    return tuple(sorted(found, key=lambda one: one.start))


def mask(text: str, *, with_names: bool = False) -> str:
    """``text`` with ``MASK`` for each secret; ``with_names`` takes out the words that name it as well.

    Masking twice changes nothing more.
    """
    kept, at = [], 0
    for secret in find_secrets(text):
        start = max(at, secret.named_from if with_names else secret.start)
        kept += [text[at:start], MASK]
        at = secret.end
    return "".join(kept) + text[at:]


def _candidates(text: str) -> Iterator[Secret]:
    yield from _passwords(text)
    for kind, pattern in (
        ("id_number", patterns.ID_NAMED),
        ("id_number", patterns.PASSPORT),
        ("bank_card", patterns.CARD_NAMED),
        ("phone", patterns.PHONE_NAMED),
        ("email", patterns.EMAIL),
    ):
        yield from (_secret(kind, match) for match in pattern.finditer(text))
    yield from _numbers(text)
    yield from _in_words(text)


def _passwords(text: str) -> Iterator[Secret]:
    for match in patterns.PASSWORD.finditer(text):
        if _is_password(match["value"], text[match.start() : match.start("value")], text[match.end() :]):
            yield _secret("password", match)
    for match in patterns.CODE.finditer(text):
        if any(c.isdigit() for c in match["value"]) and not patterns.HOTLINE.fullmatch(match["value"]):
            yield _secret("code", match)
    for match in patterns.CODE_FIRST.finditer(text):
        yield _secret("password" if match["password"] else "code", match)


def _numbers(text: str) -> Iterator[Secret]:
    """Numbers that need no name: their check digits fit, or nothing else is written so."""
    for kind, pattern in (
        ("id_number", patterns.ID),
        ("bank_card", patterns.CARD),
        ("phone", patterns.MOBILE),
        ("phone", patterns.LANDLINE),
    ):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 12) : match.start()]
            if not patterns.NO_SECRET.search(before) and _fits(kind, match["value"]):
                yield _secret(kind, match)


def _in_words(text: str) -> Iterator[Secret]:
    for match in patterns.ACCOUNT.finditer(text):
        group = next(name for name in ("value", "letters", "qq") if match[name])
        if not patterns.HOTLINE.fullmatch(match[group]):
            yield Secret("account", match.start(group), match.end(group), match.start())
    for pattern in (patterns.ADDRESS, patterns.ADDRESS_NAMED):
        for match in pattern.finditer(text):
            if not patterns.NO_ROAD.search(match["value"]):
                lead = patterns.LEADS_TO.match(match["value"])
                yield Secret("address", match.start("value") + (lead.end() if lead else 0), match.end(), match.start())
    for match in patterns.NAME.finditer(text):
        if not patterns.NO_NAME.match(match["value"]):
            yield _secret("name", match)


def _spoken(text: str, plain: str) -> Iterator[Secret]:
    """Secrets whose digits are written as Chinese numerals; ``text`` is ``plain`` with digits for them."""
    rows = [
        match.span() for match in LONG_ROW.finditer(text) if text[slice(*match.span())] != plain[slice(*match.span())]
    ]
    for secret in _numbers(text):
        if any(start <= secret.start and secret.end <= end for start, end in rows):
            yield secret
    for secret in _passwords(text):
        value = plain[secret.start : secret.end]
        if value != text[secret.start : secret.end] and not value[0].isascii() and len(value) >= 4:
            yield secret


def _secret(kind: str, match: re.Match[str]) -> Secret:
    return Secret(kind, match.start("value"), match.end("value"), match.start())


def _is_password(value: str, before: str, after: str) -> bool:
    """Digits make a password; letters alone only between "is" and the end of a clause."""
    if patterns.HOTLINE.fullmatch(value):
        return False
    if any(c.isdigit() for c in value):
        return True
    return len(value) >= 6 and bool(patterns.SAYS_IS.search(before)) and not re.match(r"[\u4e00-\u9fff]", after)


def _fits(kind: str, written: str) -> bool:
    digits = re.sub(r"[ .-]", "", written)
    if kind == "id_number":
        return is_identity_number(digits)
    if kind == "bank_card":
        return is_card_number(digits) and not patterns.ROUND.fullmatch(written)
    return True
