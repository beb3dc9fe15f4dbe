"""Every environment variable that this project reads, in one frozen value.

The table in the README is checked against ``VARIABLES``: a variable without its line there fails the tests.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from bot.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent

VARIABLES: dict[str, str] = {
    "GUIDE_HOST": "127.0.0.1",
    "GUIDE_PORT": "5005",
    "GUIDE_VAR": "var",
    "CONVERSATIONS_URL": "",
    "RECORDS_URL": "",
    "ACTION_ENDPOINT_URL": "",
    "GUIDE_CORS": "",
    "GUIDE_TODAY": "",
    "GUIDE_URL": "",
    "GUIDE_KEYS": "",
    "GUIDE_RETENTION_DAYS": "180",
    "GUIDE_REST_TOKEN": "",
    "GUIDE_PROXIES": "0",
    "GUIDE_LIMIT_USER": "40/minute",
    "GUIDE_LIMIT_ADDRESS": "600/minute",
    "GUIDE_PRIVATE": "",
    "GUIDE_LOG": "text",
    "EVENTS_URL": "",
    "CHANNELS_REDIS_URL": "",
    "WECHAT_APP_ID": "",
    "WECHAT_APP_SECRET": "",
    "WECHAT_TOKEN": "",
    "WECHAT_AES_KEY": "",
    "WECOM_CORP_ID": "",
    "WECOM_AGENT_ID": "",
    "WECOM_SECRET": "",
    "WECOM_TOKEN": "",
    "WECOM_AES_KEY": "",
    "DINGTALK_APP_KEY": "",
    "DINGTALK_APP_SECRET": "",
    "DINGTALK_ROBOT_CODE": "",
    "FEISHU_APP_ID": "",
    "FEISHU_APP_SECRET": "",
    "FEISHU_ENCRYPT_KEY": "",
    "FEISHU_VERIFICATION_TOKEN": "",
}
"""Name and default of each variable; an empty text means "not set"."""

LOCAL_NAMES = (".local", ".localhost", ".internal", ".lan", ".home.arpa", ".test")
"""Endings of names that mean nothing outside a network."""

OF_CHANNELS = ("CHANNELS_", "WECHAT_", "WECOM_", "DINGTALK_", "FEISHU_")


@dataclass(frozen=True)
class Settings:
    """What can be set from outside."""

    host: str
    """Address to listen on; only this machine unless it is changed."""
    port: int
    var: Path
    """Folder for the embedded databases and the log."""
    conversations_url: str
    """SQLAlchemy URL of the conversations."""
    records_url: str
    """SQLAlchemy URL of the records of calls and agreements."""
    action_endpoint_url: str | None
    """Remote action server; None runs the actions inside the bot's own process."""
    cors: tuple[str, ...]
    """Origins of other sites that may talk to the bot; none by default."""
    url: str
    """Address under which people reach the page; links to files begin with it."""
    today: date | None
    """A fixed day instead of the clock's, for tests and demonstrations."""
    keys: str = field(repr=False)
    """What seals personal data at rest (``bot.privacy.sealing.Keys``); empty leaves it readable on the disk."""
    retention_days: int
    """Days after which what has not been touched is deleted."""
    rest_token: str = field(repr=False)
    """What a program has to send to talk to the REST channel; empty leaves it open on this machine, shut beyond."""
    proxies: int
    """Proxies of ours before the server; so many entries of X-Forwarded-For are believed, from the right."""
    limit_user: str
    """How fast one person may talk, such as ``40/minute``."""
    limit_address: str
    """How many requests may come from one address."""
    private: tuple[str, int] | None
    """Where health in detail and metrics are told: an address that only our own machines reach; None: nowhere."""
    log: str
    """``text`` for people, ``json`` for machines."""
    events_url: str = field(repr=False)
    """RabbitMQ, to which reduced events go (``amqp://…``); empty: nobody is told anything."""
    channels: Mapping[str, str] = field(repr=False)
    """What the messengers' channels need, by variable; secrets, so never shown."""

    @property
    def secret(self) -> bytes:
        """The same on every machine of one service, and known to whoever holds its addresses: for names in logs."""
        return hashlib.sha256(f"{self.conversations_url}\n{self.events_url}".encode()).digest()

    @property
    def is_public(self) -> bool:
        """Whether ``url`` can lead here from elsewhere: not this machine's or a private network's address."""
        host = urlsplit(self.url).hostname or "localhost"
        try:
            return ip_address(host).is_global
        except ValueError:
            return "." in host and not host.endswith(LOCAL_NAMES)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings from ``environment``.

    Raises ``SettingsError`` naming the variable and what it may hold.
    """
    value = {name: environment.get(name, "").strip() or default for name, default in VARIABLES.items()}
    var = Path(value["GUIDE_VAR"])
    var = var if var.is_absolute() else ROOT / var
    return Settings(
        host=value["GUIDE_HOST"],
        port=_port(value["GUIDE_PORT"]),
        var=var,
        conversations_url=value["CONVERSATIONS_URL"] or f"sqlite:///{var / 'conversations.db'}",
        records_url=value["RECORDS_URL"] or f"sqlite:///{var / 'records.db'}",
        action_endpoint_url=value["ACTION_ENDPOINT_URL"] or None,
        cors=_origins(value["GUIDE_CORS"]),
        url=(value["GUIDE_URL"] or f"http://{value['GUIDE_HOST']}:{value['GUIDE_PORT']}").rstrip("/"),
        today=_day(value["GUIDE_TODAY"]),
        keys=value["GUIDE_KEYS"],
        retention_days=_whole("GUIDE_RETENTION_DAYS", value["GUIDE_RETENTION_DAYS"], 1, 3650),
        rest_token=value["GUIDE_REST_TOKEN"],
        proxies=_whole("GUIDE_PROXIES", value["GUIDE_PROXIES"], 0, 10),
        limit_user=_rate("GUIDE_LIMIT_USER", value["GUIDE_LIMIT_USER"]),
        limit_address=_rate("GUIDE_LIMIT_ADDRESS", value["GUIDE_LIMIT_ADDRESS"]),
        private=_address(value["GUIDE_PRIVATE"]),
        log=_one_of("GUIDE_LOG", value["GUIDE_LOG"], ("text", "json")),
        events_url=value["EVENTS_URL"],
        channels=MappingProxyType({name: told for name, told in value.items() if name.startswith(OF_CHANNELS)}),
    )


def _address(text: str) -> tuple[str, int] | None:
    if not text:
        return None
    host, colon, port = text.rpartition(":")
    if not host or not colon:
        raise SettingsError(f"GUIDE_PRIVATE={text!r}: an address and a port such as 127.0.0.1:9464")
    return host.strip("[]"), _whole("GUIDE_PRIVATE", port, 1, 65535)


def _one_of(name: str, text: str, allowed: tuple[str, ...]) -> str:
    if text not in allowed:
        raise SettingsError(f"{name}={text!r}: {' or '.join(allowed)}")
    return text


def _port(text: str) -> int:
    return _whole("GUIDE_PORT", text, 1, 65535)


def _whole(name: str, text: str, least: int, most: int) -> int:
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise SettingsError(f"{name}={text!r}: a whole number from {least} to {most}")
    return int(text)


def _rate(name: str, text: str) -> str:
    if not re.fullmatch(r"[1-9][0-9]{0,6}/(?:second|minute|hour|day)", text):
        raise SettingsError(f"{name}={text!r}: a pace such as 40/minute")
    return text


def _origins(given: str) -> tuple[str, ...]:
    """As browsers write them: small letters, no slash behind."""
    return tuple(origin.strip().rstrip("/").lower() for origin in given.split(",") if origin.strip())


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise SettingsError(f"GUIDE_TODAY={text!r}: a date such as 2026-11-23") from error


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return read_settings(os.environ)


def environment() -> Mapping[str, str]:
    """Every variable there is, for whoever looks at how everything is set."""
    return os.environ


def use_folder(folder: Path, today: date) -> None:
    """Keep everything of this process in databases below ``folder`` and let it be ``today``: for trials and tests."""
    os.environ.update(GUIDE_VAR=str(folder), GUIDE_TODAY=today.isoformat())
    for name in ("CONVERSATIONS_URL", "RECORDS_URL", "ACTION_ENDPOINT_URL", "EVENTS_URL"):
        os.environ.pop(name, None)
    settings.cache_clear()
