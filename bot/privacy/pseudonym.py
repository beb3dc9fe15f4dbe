"""Names for people that say nothing about them, for logs and events."""

from __future__ import annotations

import hashlib
import hmac


def pseudonym(person: str, secret: bytes) -> str:
    """A name of ``person`` that stays the same and that only the holder of ``secret`` can make."""
    return hmac.new(secret, person.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:32]
