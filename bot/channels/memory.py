"""What the messengers' channels remember for a while: message ids, offered choices, tokens, answers not yet delivered.

In Redis when several machines serve one app, else in a file that the processes of one machine share and that outlives
them. Keys are hashes, and ``Sealed`` encrypts what is kept under them.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import time
from collections.abc import Callable
from typing import Protocol

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

log = logging.getLogger(__name__)

MOST_KEPT = 100_000
MOST_DUE = 50
"""How many are handed out at once."""


class Memory(Protocol):
    """Small texts that are forgotten by themselves, and things to be done later."""

    async def claim(self, key: str, seconds: float) -> bool:
        """True for the first who asks, however many ask at once; False for the others until ``seconds`` are over."""

    async def put(self, key: str, text: str, seconds: float) -> None:
        """Keep ``text``, in place of what was there."""

    async def get(self, key: str) -> str | None:
        """What is kept."""

    async def take(self, key: str) -> str | None:
        """What is kept, and forget it: of many who ask at once one gets it."""

    async def drop(self, key: str) -> None:
        """Forget it now."""

    async def later(self, queue: str, what: str, seconds: float) -> None:
        """Hand out ``what`` after ``seconds``, in place of any earlier time for it."""

    async def due(self, queue: str, lease: float) -> list[str]:
        """Whose time has come; each goes to one who asks, and comes again after ``lease`` seconds unless ``never``."""

    async def never(self, queue: str, what: str) -> None:
        """Do not hand it out any more."""


def slot(kind: str, what: str) -> str:
    """The key of something of a message or a person (``channel:id``): no name can be read from it."""
    return f"{kind}:{hashlib.sha256(what.encode('utf-8', 'surrogatepass')).hexdigest()}"


class InProcess:
    """A dictionary; what is too old goes first, then what is oldest."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._kept: dict[str, tuple[float, str]] = {}
        self._due: dict[tuple[str, str], float] = {}

    async def claim(self, key: str, seconds: float) -> bool:
        """See ``Memory``."""
        if await self.get(key) is not None:
            return False
        await self.put(key, "", seconds)
        return True

    async def put(self, key: str, text: str, seconds: float) -> None:
        """See ``Memory``."""
        self._kept.pop(key, None)
        if len(self._kept) >= MOST_KEPT:
            now = self._now()
            self._kept = {name: kept for name, kept in self._kept.items() if kept[0] > now}
            while len(self._kept) >= MOST_KEPT:
                del self._kept[next(iter(self._kept))]
        self._kept[key] = (self._now() + seconds, text)

    async def get(self, key: str) -> str | None:
        """See ``Memory``."""
        until, text = self._kept.get(key, (0.0, ""))
        return text if key in self._kept and until > self._now() else None

    async def take(self, key: str) -> str | None:
        """See ``Memory``."""
        text = await self.get(key)
        await self.drop(key)
        return text

    async def drop(self, key: str) -> None:
        """See ``Memory``."""
        self._kept.pop(key, None)

    async def later(self, queue: str, what: str, seconds: float) -> None:
        """See ``Memory``."""
        self._due[queue, what] = self._now() + seconds
        while len(self._due) > MOST_KEPT:
            del self._due[next(iter(self._due))]

    async def due(self, queue: str, lease: float) -> list[str]:
        """See ``Memory``."""
        now = self._now()
        found = [key for key, at in self._due.items() if key[0] == queue and at <= now][:MOST_DUE]
        self._due.update(dict.fromkeys(found, now + lease))
        return [what for _, what in found]

    async def never(self, queue: str, what: str) -> None:
        """See ``Memory``."""
        self._due.pop((queue, what), None)


class Sealed:
    """Another memory whose texts only the holder of ``secret`` can read; what was kept under another one is gone."""

    def __init__(self, inner: Memory, secret: str) -> None:
        self._inner = inner
        key = HKDF(SHA256(), length=32, salt=None, info=b"guide channels").derive(secret.encode())
        self._fernet = Fernet(base64.urlsafe_b64encode(key))
        self.claim, self.drop = inner.claim, inner.drop
        self.later, self.due, self.never = inner.later, inner.due, inner.never

    async def put(self, key: str, text: str, seconds: float) -> None:
        """See ``Memory``."""
        await self._inner.put(key, self._fernet.encrypt(text.encode()).decode(), seconds)

    async def get(self, key: str) -> str | None:
        """See ``Memory``."""
        return self._open(await self._inner.get(key))

    async def take(self, key: str) -> str | None:
        """See ``Memory``."""
        return self._open(await self._inner.take(key))

    def _open(self, sealed: str | None) -> str | None:
        if sealed is None:
            return None
        if not sealed:  # a claim
            return ""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            log.warning("something was kept under another secret and cannot be read")
            return None
