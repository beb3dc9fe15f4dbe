"""Calling a messenger's own interface: a token kept, shared and renewed, trouble waited out, no content in logs.

Errors carry the platform's code and nothing else: aiohttp's own texts hold addresses with tokens and secrets in them.
"""

from __future__ import annotations

import asyncio
import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import aiohttp

from bot.channels.memory import InProcess, Memory, slot
from bot.channels.plain import Plain
from bot.errors import ChannelError

PAUSES = (1.0, 3.0, 9.0)
"""Seconds before each further try."""
TIMEOUT = 10.0
RENEW_BEFORE = 300.0
"""Seconds before its end at which a token is renewed."""
SERVER_ERROR = 500


class DeliveryError(ChannelError):
    """The platform did not take a message.

    ``code``: the platform's. ``passing``: worth another try within seconds. ``unsure``: it may have arrived all the
    same. ``closed``: no try helps before the person has written again.
    """

    def __init__(self, code: str, passing: bool = False, unsure: bool = False, closed: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.passing = passing
        self.unsure = unsure
        self.closed = closed


@dataclass(frozen=True)
class Call:
    """One request; ``repeatable`` when the platform itself sees to it that it takes effect once.

    ``path`` is below the platform's address, or a whole address. ``file``: the form's field and a PNG to upload.
    """

    path: str
    body: Mapping[str, Any] | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    repeatable: bool = False
    file: tuple[str, bytes] | None = None


class Api(ABC):
    """A platform's interface for one app."""

    EXPIRED: ClassVar[frozenset[str]] = frozenset()
    """Codes that say that the token is no longer good."""
    BUSY: ClassVar[frozenset[str]] = frozenset()
    """Codes that ask to try again."""
    CLOSED: ClassVar[frozenset[str]] = frozenset()
    """Codes that say that the person must write first."""

    def __init__(
        self,
        base: str,
        owner: str,
        secret: str,
        pauses: tuple[float, ...] = PAUSES,
        timeout: float = TIMEOUT,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._base = base.rstrip("/")
        self.owner = owner
        self.secret = secret
        self._pauses = pauses
        self._timeout = aiohttp.ClientTimeout(total=timeout, connect=timeout / 2)
        self._now = now
        self._lock = asyncio.Lock()
        self._token = ""
        self._good_until = 0.0
        self._refused = ""
        self._store: Memory = InProcess()

    @property
    def base(self) -> str:
        """The platform's address."""
        return self._base

    def share(self, store: Memory) -> None:
        """Keep the token in ``store``, where other processes find it."""
        self._store = store

    @abstractmethod
    async def fetch_token(self, refused: str = "") -> tuple[str, float]:
        """A new token, other than the one that was ``refused``, and the seconds it is good for."""

    @abstractmethod
    def with_token(self, call: Call, token: str) -> Call:
        """``call`` with the token where this platform wants it."""

    @abstractmethod
    def code_of(self, status: int, answer: Mapping[str, Any]) -> str:
        """The platform's error code, empty when all is well."""

    @abstractmethod
    async def send(self, person: str, text: str) -> None:
        """Send ``text`` to ``person``. Raises ``DeliveryError``."""

    async def send_choices(self, person: str, said: Plain) -> bool:  # noqa: ARG002
        """Send the body of ``said`` with buttons that say their titles; False where that cannot be: nothing was sent.

        Raises ``DeliveryError``.
        """
        return False

    @abstractmethod
    async def send_picture(self, person: str, png: bytes) -> None:
        """Send a picture. Raises ``DeliveryError``."""

    async def check(self) -> None:
        """Get a token, to see whether the secrets are right. Raises ``DeliveryError``."""
        await self._current()

    async def call(self, call: Call) -> Mapping[str, Any]:
        """The platform's answer. Renews a token once and waits out passing trouble; raises ``DeliveryError``."""
        pauses, renewed = iter(self._pauses), False
        while True:
            token = self._token
            try:
                token = await self._current()
                return await self.once(self.with_token(call, token))
            except DeliveryError as failed:
                if failed.code in self.EXPIRED and not renewed:
                    renewed = True
                    self._expire(token)
                    continue
                pause = next(pauses, None) if failed.passing else None
                if pause is None:
                    raise
            await asyncio.sleep(pause)

    async def once(self, call: Call) -> Mapping[str, Any]:
        """One try. Raises ``DeliveryError``."""
        try:
            status, answer = await self._over_the_wire(call)
        except (aiohttp.ClientConnectorError, aiohttp.ServerTimeoutError):  # no connection: nothing was sent
            raise DeliveryError("unreachable", passing=True) from None
        except (aiohttp.ClientError, asyncio.TimeoutError):
            raise DeliveryError("no answer", passing=call.repeatable, unsure=not call.repeatable) from None
        except ValueError:
            raise DeliveryError("no JSON") from None
        if status >= SERVER_ERROR:
            raise DeliveryError(f"HTTP {status}", passing=True)
        if code := self.code_of(status, answer):
            raise DeliveryError(code, passing=code in self.BUSY, closed=code in self.CLOSED)
        return answer

    async def _over_the_wire(self, call: Call) -> tuple[int, Mapping[str, Any]]:
        body, headers = _body(call)
        address = call.path if "://" in call.path else self._base + call.path
        async with (
            aiohttp.ClientSession(timeout=self._timeout) as session,
            session.request(
                "GET" if body is None else "POST",
                address,
                data=body,
                params=call.params,
                headers=headers,
                allow_redirects=False,
            ) as answer,
        ):
            if answer.status >= SERVER_ERROR:
                return answer.status, {}
            told = json.loads(await answer.read())
            return answer.status, told if isinstance(told, dict) else {}

    async def _current(self) -> str:
        async with self._lock:
            if (not self._token or self._now() >= self._good_until) and not await self._shared():
                await self._renew()
            return self._token

    @property
    def _slot(self) -> str:
        return slot("token", f"{type(self).__name__}:{self.owner}")

    async def _shared(self) -> bool:
        """Take the token that another process has fetched."""
        kept = await self._store.get(self._slot)
        token, good_until = json.loads(kept) if kept else ("", 0.0)
        if not token or token == self._refused or self._now() >= good_until:
            return False
        self._token, self._good_until = token, good_until
        return True

    async def _renew(self) -> None:
        try:
            self._token, seconds = await self.fetch_token(self._refused)
        except (KeyError, TypeError, ValueError):
            raise DeliveryError("no token") from None
        good_for = max(seconds - RENEW_BEFORE, seconds / 2)
        self._good_until = self._now() + good_for
        await self._store.put(self._slot, json.dumps([self._token, self._good_until]), good_for)

    def _expire(self, token: str) -> None:
        """Forget the token unless somebody has renewed it meanwhile."""
        if token == self._token:
            self._token, self._refused = "", token


def _body(call: Call) -> tuple[Any, Mapping[str, str]]:
    """What is sent: JSON, or a form where a file goes with it."""
    if call.file is not None:
        name, content = call.file
        form = aiohttp.FormData(dict(call.body or {}))
        form.add_field(name, content, filename="picture.png", content_type="image/png")
        return form, call.headers
    if call.body is None:
        return None, call.headers
    # WeChat shows \u escapes to people as they are: plain UTF-8.
    body = json.dumps(call.body, ensure_ascii=False).encode()
    return body, {**call.headers, "Content-Type": "application/json; charset=utf-8"}


class TencentApi(Api):
    """What WeChat and WeCom have in common."""

    EXPIRED = frozenset({"40001", "40014", "41001", "42001"})
    BUSY = frozenset({"-1", "45011"})

    def with_token(self, call: Call, token: str) -> Call:
        """The token goes into the address."""
        return replace(call, params={**call.params, "access_token": token})

    def code_of(self, status: int, answer: Mapping[str, Any]) -> str:
        """Their errcode; a token's answer has none."""
        code = answer.get("errcode", 0)
        return "" if status < 400 and code == 0 else str(code or f"HTTP {status}")

    async def upload(self, png: bytes) -> str:
        """The id of a picture that may be sent for three days."""
        call = Call("/cgi-bin/media/upload", params={"type": "image"}, file=("media", png), repeatable=True)
        return str((await self.call(call)).get("media_id", ""))
