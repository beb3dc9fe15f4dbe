"""Texts sealed with AES-GCM, so that a stolen disk or backup tells nothing.

Keys come as ``k2:<base64 of 32 bytes>,k1:...``: the first seals, all open. A sealed text names its key, and opens only
in the place it was sealed for: moved to another row or column it is refused.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import re
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PREFIX = "sealed:"
SIZE = 32
NONCE = 12
ID = re.compile(r"[A-Za-z0-9_-]{1,20}")


class SealError(ValueError):
    """A key that cannot be used, or a sealed text that cannot be opened: without content."""


@dataclass(frozen=True)
class Keys:
    """All keys, the current one first; with none, texts stay as they are."""

    keys: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)

    @classmethod
    def read(cls, text: str) -> Keys:
        """The keys of ``k2:base64,k1:base64``. Raises ``SealError`` saying what is wrong, never the key."""
        found: list[tuple[str, bytes]] = []
        for part in filter(None, (part.strip() for part in text.split(","))):
            name, _, told = part.partition(":")
            try:
                key = base64.b64decode(told, validate=True)
            except (binascii.Error, ValueError) as error:
                raise SealError(f"key {len(found) + 1} is not base64") from error
            if not ID.fullmatch(name) or len(key) != SIZE:
                raise SealError(f"key {len(found) + 1}: a name, a colon and the base64 of {SIZE} bytes")
            if name in dict(found):
                raise SealError(f"two keys are named {name}")
            found.append((name, key))
        return cls(tuple(found))

    @property
    def current(self) -> str | None:
        """The name of the key that seals; None when there is none."""
        return self.keys[0][0] if self.keys else None

    def seal(self, text: str, place: str) -> str:
        """``text``, to be opened at ``place`` only; unchanged without a key."""
        if not self.keys:
            return text
        name, key = self.keys[0]
        nonce = os.urandom(NONCE)
        sealed = AESGCM(key).encrypt(nonce, text.encode("utf-8", "surrogatepass"), place.encode())
        return f"{PREFIX}{name}:{base64.b64encode(nonce + sealed).decode()}"

    def open(self, text: str, place: str) -> str:
        """What was sealed; what never was stays as it is. Raises ``SealError``."""
        if not text.startswith(PREFIX):
            return text
        name, _, told = text.removeprefix(PREFIX).partition(":")
        key = dict(self.keys).get(name)
        if key is None:
            raise SealError(f"no key {name!r}" if ID.fullmatch(name) else "no key")
        try:
            raw = base64.b64decode(told, validate=True)
            return AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], place.encode()).decode("utf-8", "surrogatepass")
        except (InvalidTag, binascii.Error, ValueError) as error:
            raise SealError("not what was sealed here") from error

    def is_current(self, text: str) -> bool:
        """True when ``text`` is as this key ring would seal it now."""
        return text.startswith(f"{PREFIX}{self.current}:") if self.keys else not text.startswith(PREFIX)

    def hide(self, person: str) -> str:
        """The name under which ``person`` is looked up: a keyed hash, or the person's own without a key."""
        return _hidden(person, self.keys[0][1]) if self.keys else person

    def names(self, person: str) -> tuple[str, ...]:
        """Every name that ``person`` may be kept under: by each key, and from before there were any."""
        return (*(_hidden(person, key) for _, key in self.keys), person)


def _hidden(person: str, key: bytes) -> str:
    mine = hmac.new(key, b"who", hashlib.sha256).digest()  # not the key that seals
    return "who:" + hmac.new(mine, person.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
