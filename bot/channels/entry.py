"""Who may connect to the web chat."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from rasa.core.channels.channel import decode_bearer_token


def is_welcome(origin: str | None, environ: Mapping[str, Any], others: Collection[str]) -> bool:
    """Whether a page of that origin may connect: the one this server serves, and those of ``others``.

    Only the host is compared: behind a proxy that ends TLS and says nothing of it, the page's scheme is https and ours
    is http.
    """
    if not origin:
        return True
    if origin.lower() in others:
        return True
    host = urlsplit(origin).netloc.lower()
    ours = {environ.get("HTTP_HOST"), environ.get("HTTP_X_FORWARDED_HOST", "").split(",")[0].strip()}
    return bool(host) and host in {name.lower() for name in ours if name}


def has_token(auth: Any, key: str, algorithm: str) -> bool:
    """Whether the connection brings a token signed with ``key``."""
    token = auth.get("token") if isinstance(auth, dict) else None
    if not isinstance(token, str) or not token:
        return False
    return bool(decode_bearer_token(token, key, algorithm))
