"""Calling a messenger's own interface: a token kept and renewed, trouble waited out, no content in logs.

Errors carry the platform's code and nothing else: aiohttp's own texts hold addresses with tokens and secrets in them.
"""

from __future__ import annotations

import asyncio
import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import aiohttp

from bot.errors import ChannelError

PAUSES = (1.0, 3.0, 9.0)
"""Seconds before each further try."""
TIMEOUT = 10.0
RENEW_BEFORE = 300.0
"""Seconds before its end at which a token is renewed."""
SERVER_ERROR = 500


class DeliveryError(ChannelError):
    """The platform did not take a message: its code, and whether the message may have arrived all the same."""

    def __init__(self, code: str, passing: bool = False, unsure: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.passing = passing
        self.unsure = unsure


@dataclass(frozen=True)
class Call:
    """One request; ``repeatable`` when the platform itself sees to it that it takes effect once."""

    path: str
    body: Mapping[str, Any] | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    repeatable: bool = False


class Api(ABC):
    """A platform's interface for one app."""

    EXPIRED: ClassVar[frozenset[str]] = frozenset()
    """Codes that say that the token is no longer good."""
    BUSY: ClassVar[frozenset[str]] = frozenset()
    """Codes that ask to try again."""

    def __init__(
        self,
        base: str,
        pauses: tuple[float, ...] = PAUSES,
        timeout: float = TIMEOUT,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._base = base.rstrip("/")
        self._pauses = pauses
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._now = now
        self._lock = asyncio.Lock()
        self._token = ""
        self._good_until = 0.0

    @abstractmethod
    async def fetch_token(self) -> tuple[str, float]:
        """A new token and the seconds it is good for."""

    @abstractmethod
    def with_token(self, call: Call, token: str) -> Call:
        """``call`` with the token where this platform wants it."""

    @abstractmethod
    def code_of(self, status: int, answer: Mapping[str, Any]) -> str:
        """The platform's error code, empty when all is well."""

    @abstractmethod
    async def send(self, person: str, text: str) -> None:
        """Send ``text`` to ``person``. Raises ``DeliveryError``."""

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
        except aiohttp.ClientConnectorError:
            raise DeliveryError("unreachable", passing=True) from None
        except (aiohttp.ClientError, asyncio.TimeoutError):
            raise DeliveryError("no answer", passing=call.repeatable, unsure=not call.repeatable) from None
        except ValueError:
            raise DeliveryError("no JSON") from None
        if status >= SERVER_ERROR:
            raise DeliveryError(f"HTTP {status}", passing=True)
        if code := self.code_of(status, answer):
            raise DeliveryError(code, passing=code in self.BUSY)
        return answer

    async def _over_the_wire(self, call: Call) -> tuple[int, Mapping[str, Any]]:
        # WeChat shows \u escapes to people as they are: plain UTF-8.
        body = None if call.body is None else json.dumps(call.body, ensure_ascii=False).encode()
        headers = {**call.headers, "Content-Type": "application/json; charset=utf-8"} if body else call.headers
        async with (
            aiohttp.ClientSession(timeout=self._timeout) as session,
            session.request(
                "GET" if body is None else "POST",
                self._base + call.path,
                data=body,
                params=call.params,
                headers=headers,
            ) as answer,
        ):
            if answer.status >= SERVER_ERROR:
                return answer.status, {}
            told = json.loads(await answer.read())
            return answer.status, told if isinstance(told, dict) else {}

    async def _current(self) -> str:
        async with self._lock:
            if not self._token or self._now() >= self._good_until:
                try:
                    self._token, seconds = await self.fetch_token()
                except (KeyError, TypeError, ValueError):
                    raise DeliveryError("no token") from None
                self._good_until = self._now() + max(seconds - RENEW_BEFORE, seconds / 2)
            return self._token

    def _expire(self, token: str) -> None:
        """Forget the token unless somebody has renewed it meanwhile."""
        if token == self._token:
            self._token = ""


class TencentApi(Api):
    """What WeChat and WeCom have in common."""

    EXPIRED = frozenset({"40001", "40014", "41001", "42001"})
    BUSY = frozenset({"-1", "45009", "45011", "45047"})

    def with_token(self, call: Call, token: str) -> Call:
        """The token goes into the address."""
        return Call(call.path, call.body, {**call.params, "access_token": token}, call.headers, call.repeatable)

    def code_of(self, status: int, answer: Mapping[str, Any]) -> str:
        """Their errcode; a token's answer has none."""
        code = answer.get("errcode", 0)
        return "" if status < 400 and code == 0 else str(code or f"HTTP {status}")
