"""The channels that are switched on in credentials.yml: their variables, and whether the platforms take them."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import aiohttp
import yaml

from bot.channels.api import Api, DeliveryError
from bot.channels.dingtalk import DingTalk
from bot.channels.feishu import Feishu
from bot.channels.memory import InProcess
from bot.channels.webhook import Webhook
from bot.channels.wechat import WeChat
from bot.channels.wecom import WeCom
from bot.doctor.finding import Finding, note, ok, wrong
from bot.errors import ChannelError
from bot.settings import Settings

OURS: dict[str, type[Webhook]] = {f"{one.__module__}.{one.__name__}": one for one in (WeChat, WeCom, DingTalk, Feishu)}
AT_HOME = {
    "rest",
    "cmdline",
    "socketio",
    "bot.channels.page.Page",
    "bot.channels.papers.Papers",
    "bot.channels.rest.Rest",
    "bot.channels.socket.WebChat",
}
"""Blocks that no platform posts to."""
VARIABLE = re.compile(r"\$\{([A-Z0-9_]+)\}")
SHAPES: dict[str, tuple[str, str]] = {
    "WECHAT_APP_ID": (r"wx[0-9a-f]{16}", "wx and 16 of 0-9 a-f"),
    "WECHAT_APP_SECRET": (r"[0-9a-f]{32}", "32 of 0-9 a-f"),
    "WECHAT_TOKEN": (r"[A-Za-z0-9]{3,32}", "3 to 32 letters and digits"),
    "WECHAT_AES_KEY": (r"[A-Za-z0-9]{43}", "43 letters and digits"),
    "WECOM_CORP_ID": (r"w[wx][0-9a-zA-Z]{16}", "ww and 16 letters and digits"),
    "WECOM_AGENT_ID": (r"[0-9]{1,9}", "a number such as 1000002"),
    "WECOM_TOKEN": (r"[A-Za-z0-9]{3,32}", "3 to 32 letters and digits"),
    "WECOM_AES_KEY": (r"[A-Za-z0-9]{43}", "43 letters and digits"),
    "FEISHU_APP_ID": (r"cli_[0-9a-z]{16,}", "cli_ and 16 letters and digits"),
}
"""How the consoles' values look; a value of another shape was most likely copied from the wrong field."""
HINTS = {
    "40164": "put this server's address into the IP white list of the console",
    "60020": "put this server's address into the trusted IP list of the app",
    "40013": "the id is wrong: compare it with the console",
    "40001": "the secret is wrong: make a new one in the console",
    "40125": "the secret is wrong: make a new one in the console",
    "10003": "the id is wrong: compare it with the console",
    "10014": "the secret is wrong: compare it with the console",
    "invalidClientIdOrSecret": "the id or the secret is wrong: compare both with the console",
    "unreachable": "this server cannot reach the platform: look at its network and its DNS",
    "no answer": "this server cannot reach the platform: look at its network and its DNS",
}
SECONDS = 5.0
LARGEST_SKEW = 120.0


def switched_on(credentials: Path) -> dict[str, Any]:
    """The blocks of the file. Raises ``ChannelError`` when it cannot be read."""
    try:
        told = yaml.safe_load(credentials.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise ChannelError(f"{credentials.name} cannot be read ({type(error).__name__})") from None
    return dict(told) if isinstance(told, dict) else {}


def configured(blocks: Mapping[str, Any], given: Settings, environment: Mapping[str, str]) -> Iterator[Finding]:
    """Every channel that is on has all its variables, and they look like what they should be."""
    for block, options in blocks.items():
        if block in OURS:
            yield from _ours(OURS[block], given)
        else:
            yield from _rasas(block, options, environment)
    for block, channel in OURS.items():
        if block not in blocks and any(given.channels[name] for name in channel.VARIABLES):
            yield note(channel.name(), "variables are set, the channel is off", f"uncomment {block} in credentials.yml")


def _ours(channel: type[Webhook], given: Settings) -> Iterator[Finding]:
    name = channel.name()
    prefix = f"{name.upper()}_"
    values = {variable: value for variable, value in given.channels.items() if variable.startswith(prefix)}
    missing = [variable for variable in channel.VARIABLES if not values[variable]]
    if missing:
        yield wrong(name, f"not set: {', '.join(missing)}", f"docs/channels/{name}.md says where each is found")
        return
    odd = [f"{variable} ({SHAPES[variable][1]})" for variable in values if not _looks_right(variable, values[variable])]
    try:
        channel.from_variables(given.channels, InProcess())
    except ChannelError as error:
        yield wrong(name, str(error), f"copy the value again; a console shows it once ({', '.join(odd) or 'all'})")
        return
    if odd:
        yield note(name, f"does not look right: {', '.join(odd)}", "compare it with the console; no spaces, no quotes")
    else:
        yield ok(name, "all variables are there")
    if name == "wechat" and not values["WECHAT_AES_KEY"]:
        yield note(
            name,
            "plain mode: messages are not encrypted",
            "choose the safe mode in the console (docs/channels/wechat.md) and set WECHAT_AES_KEY",
        )


def _looks_right(variable: str, value: str) -> bool:
    shape = SHAPES.get(variable)
    return not value or shape is None or re.fullmatch(shape[0], value) is not None


def _rasas(block: str, options: Any, environment: Mapping[str, str]) -> Iterator[Finding]:
    wanted = VARIABLE.findall(yaml.safe_dump(options)) if options else []
    missing = [name for name in wanted if not environment.get(name)]
    if missing:
        yield wrong(block, f"not set: {', '.join(missing)}", "docs/channels/others.md says where each is found")
    elif wanted:
        yield ok(block, "all variables are there")


def is_reached_from_outside(blocks: Mapping[str, Any]) -> bool:
    """Whether some platform has to reach this server."""
    return bool(blocks.keys() - AT_HOME)


def address(given: Settings, is_needed: bool) -> Iterator[Finding]:
    """Links to files work from elsewhere only when the address is public; platforms want HTTPS."""
    if given.is_public and is_needed and not given.url.startswith("https://"):
        yield note("address", f"{given.url} is not HTTPS", "put a reverse proxy with a certificate before the bot")
    elif given.is_public:
        yield ok("address", given.url)
    elif is_needed:
        todo = "set GUIDE_URL to the https:// address that people and the platforms reach"
        yield wrong("address", f"{given.url} cannot be reached from outside", todo)
    else:
        yield ok("address", f"{given.url}, for this machine or network")


def made(blocks: Mapping[str, Any], given: Settings) -> list[Webhook]:
    """The channels that are on and can be made; what is wrong with the others ``configured`` has said."""
    found = []
    for block, channel in OURS.items():
        if block in blocks and all(given.channels[name] for name in channel.VARIABLES):
            with suppress(ChannelError):
                found.append(channel.from_variables(given.channels, InProcess()))
    return found


async def online(channels: Iterable[Webhook], given: Settings) -> list[Finding]:
    """Every platform gives a token for the secrets, this server's clock agrees, and its address answers."""
    found: list[Finding] = []
    for channel in channels:
        found += [await _token(channel), *await _skew(channel.name(), channel.api)]
        if given.is_public:
            found.append(await answers(channel.name(), given.url))
    return found


async def _token(channel: Webhook) -> Finding:
    try:
        await channel.api.check()
    except DeliveryError as failed:
        todo = HINTS.get(failed.code, f"look the code up in docs/channels/{channel.name()}.md")
        return wrong(channel.name(), f"no token ({failed.code})", todo)
    return ok(channel.name(), "the platform gave a token")


async def _skew(name: str, api: Api) -> list[Finding]:
    try:
        timeout = aiohttp.ClientTimeout(total=SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as http, http.get(api.base, allow_redirects=False) as answer:
            theirs = parsedate_to_datetime(answer.headers["Date"]).timestamp()
    except (aiohttp.ClientError, asyncio.TimeoutError, KeyError, TypeError, ValueError):
        return []  # the token says more
    ahead = time.time() - theirs
    if abs(ahead) <= LARGEST_SKEW:
        return [ok(name, f"the clocks agree to {abs(ahead):.0f} s")]
    told = f"this clock is {abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} the platform's"
    return [wrong(name, told, "run NTP: signatures are good for minutes only")]


async def answers(name: str, url: str) -> Finding:
    """The health check of a channel answers at the address that the platform is given."""
    where = f"{url}/webhooks/{name}/"
    try:
        timeout = aiohttp.ClientTimeout(total=SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as http, http.get(where) as answer:
            if answer.status == 200 and (await answer.text()).strip() == "ok":
                return ok(name, f"{where} answers")
            told = f"HTTP {answer.status}"
    except (aiohttp.ClientError, asyncio.TimeoutError) as error:
        told = type(error).__name__
    return note(
        name, f"{where}: {told}", "start the bot, and look at the reverse proxy; some networks hide it from itself"
    )
