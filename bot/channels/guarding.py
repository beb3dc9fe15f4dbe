"""What stands before every route: size, pace, headers, and errors that tell nothing of our insides.

How fast somebody may talk is counted per person and per address, in this process, or in Redis for several processes.
While the server listens on this machine only and no proxy is named, addresses tell nobody apart and nothing is counted.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection
from functools import lru_cache, partial
from ipaddress import ip_address
from typing import Any

from limits import parse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter
from sanic.exceptions import SanicException, ServiceUnavailable
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.channels.page import HEADERS
from bot.knowledge.lines import line
from bot.settings import Settings, settings

log = logging.getLogger(__name__)

LARGEST_REQUEST = 512 * 1024
SLOWEST_REQUEST = 20
REST_PATH = "/webhooks/rest/webhook"
UNCOUNTED = ("/livez", "/readyz", "/metrics", "/chat/")
"""Asked by machines, or kept by the browser."""
ALLOWED = "Access-Control-Allow-Origin"


def is_exposed(given: Settings) -> bool:
    """True when other machines can reach the server, directly or through a proxy."""
    if given.proxies:
        return True
    try:
        return not ip_address(given.host).is_loopback
    except ValueError:
        return given.host != "localhost"


def problem(status: int, error: str) -> HTTPResponse:
    """An error as JSON: its kind for programs, and for people what to do."""
    told = {"error": error}
    if status == 429:
        told["text"] = line("channel.too_fast")
    headers = {**HEADERS, "Cache-Control": "no-store", **({"Retry-After": "60"} if status == 429 else {})}
    return json_response(told, status=status, headers=headers)


class Pace:
    """How fast people and addresses may come."""

    def __init__(self, given: Settings) -> None:
        self._counts = is_exposed(given)
        self._user, self._address = parse(given.limit_user), parse(given.limit_address)
        url = given.channels["CHANNELS_REDIS_URL"]
        quick = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5} if url else {}
        self._storage = storage_from_string(url or "memory://", **quick)
        """Held here: the limiter only knows it weakly, and would count nothing once it is collected."""
        self._limiter = FixedWindowRateLimiter(self._storage)

    def allows_user(self, person: str) -> bool:
        """False when ``person`` is too fast now."""
        return self._hit(self._user, "user", person)

    def allows_address(self, address: str) -> bool:
        """False when too much comes from ``address`` now."""
        return self._hit(self._address, "address", address)

    def _hit(self, rate: Any, kind: str, who: str) -> bool:
        if not self._counts:
            return True
        try:
            return bool(self._limiter.hit(rate, kind, who))
        except Exception as error:  # noqa: BLE001 (whatever storage: people are answered while it is away)
            log.error("the pace is not counted (%s)", type(error).__name__)
            return True


@lru_cache(maxsize=1)
def pace() -> Pace:
    """The pace of this process."""
    return Pace(settings())


def guard(app: Any, given: Settings) -> None:
    """Put the guards before the routes of ``app``."""
    app.config.REQUEST_MAX_SIZE = LARGEST_REQUEST
    app.config.REQUEST_TIMEOUT = SLOWEST_REQUEST
    app.config.PROXIES_COUNT = given.proxies or None
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.error_handler.add(Exception, failed)
    app.register_middleware(partial(admit, pace()), "request")
    app.register_middleware(partial(dress, given.cors), "response")


async def admit(counted: Pace, request: Any) -> HTTPResponse | None:
    """None for a request that may go on; else why not."""
    if request.path.startswith(UNCOUNTED):
        return None
    if not counted.allows_address(request.remote_addr or request.ip or ""):
        return problem(429, "too_many")
    if request.path == REST_PATH and (person := _sender(request.body)) and not counted.allows_user(f"rest:{person}"):
        return problem(429, "too_many")
    return None


def _sender(body: bytes) -> str | None:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    sender = told.get("sender") if isinstance(told, dict) else None
    return sender if isinstance(sender, str) else None


async def dress(origins: Collection[str], request: Any, response: Any) -> None:
    """Give every answer the headers that keep it to itself."""
    if response is None:
        return
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    # The server names these origins on every answer, after this. Socket.io has named them on its own already, and a
    # browser refuses an answer that says it twice: where no WebSocket passes, the widget would never connect.
    if request.headers.get("origin", "").lower() in origins:
        response.headers.pop(ALLOWED, None)


def failed(request: Any, error: Exception) -> HTTPResponse:
    """The answer to any failure: a status and a word, never a path, a trace or a version."""
    status = error.status_code if isinstance(error, SanicException) else 500
    if status >= 500:
        level = logging.DEBUG if _has_gone(request, error) else logging.ERROR
        log.log(level, "a request failed: %s", type(error).__name__)
    return problem(status, WORDS.get(status, "refused" if status < 500 else "failed"))


def _has_gone(request: Any, error: Exception) -> bool:
    """Whether nobody waits for the answer any more: Sanic ends a request whose client hung up with this error."""
    transport = request.transport if request is not None else None
    return isinstance(error, ServiceUnavailable) and (transport is None or transport.is_closing())


WORDS = {400: "not readable", 404: "not found", 405: "not allowed", 413: "too large", 429: "too_many", 503: "busy"}
