"""Links to a pack: a secret nobody can guess, of which only the hash is kept, and a day on which it ends."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from datetime import datetime, timedelta

from bot.papers.content import Content
from bot.papers.files import FILES
from bot.records.store import RecordStore

LIFETIME = timedelta(hours=24)
SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
"""32 random bytes in base64."""
PREFIX = "/papers"


def make(store: RecordStore, person: str, content: Content, at: datetime, address: str) -> dict[str, str]:
    """Keep ``content`` and return the links to its files, by their names. Raises ``RecordError``."""
    secret = secrets.token_urlsafe(32)
    told = json.dumps(content, ensure_ascii=False, sort_keys=True)
    store.add_link(person, _hash(secret), told, at, at + LIFETIME)
    return {name: f"{address}{PREFIX}/{secret}/{name}" for name in FILES}


def follow(store: RecordStore, secret: str, name: str, at: datetime) -> tuple[bytes, str] | None:
    """The file ``name`` behind ``secret`` with its type; None for a wrong, old or unknown link."""
    if name not in FILES or not SECRET.fullmatch(secret):
        return None
    told = store.linked(_hash(secret), at)
    if told is None:
        return None
    return FILES[name].make(json.loads(told)), FILES[name].content_type


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("ascii")).hexdigest()
