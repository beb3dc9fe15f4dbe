"""The files of a pack, served to whoever has its link, until it expires.

``GET /papers/<secret>/<name>``. A wrong link and an old one look the same: 404. Links are not logged.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.response import HTTPResponse

from bot.bootstrap import records
from bot.channels.page import HEADERS
from bot.clock import now
from bot.errors import BotError, ChannelError
from bot.papers import links

log = logging.getLogger(__name__)

PRIVATE = {**HEADERS, "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


class Papers(InputChannel):
    """The input channel ``papers``; in credentials.yml ``bot.channels.papers.Papers``. It takes no messages."""

    @classmethod
    def name(cls) -> str:
        return "papers"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> Papers:
        if credentials:
            raise ChannelError(f"the papers channel has no option {', '.join(sorted(credentials))}")
        return cls()

    def url_prefix(self) -> str:
        """The root, whatever prefix the other channels have."""
        return "/"

    def blueprint(self, on_new_message: Callable[[Any], Awaitable[Any]]) -> Any:  # noqa: ARG002
        """The one route of the files."""
        papers = Blueprint("papers", __name__)
        papers.add_route(_file, f"{links.PREFIX}/<secret>/<name>", methods=["GET", "HEAD"], name="file")
        return papers


async def _file(_request: Any, secret: str, name: str) -> Any:
    try:
        found = await asyncio.get_running_loop().run_in_executor(None, _follow, secret, name)
    except BotError as error:
        log.error("papers: %s", type(error).__name__)
        return HTTPResponse(status=503, headers=PRIVATE)
    if found is None:
        return HTTPResponse(status=404, headers=PRIVATE)
    body, content_type = found
    inline = {**PRIVATE, "Content-Disposition": f'inline; filename="{name}"'}
    return HTTPResponse(body=body, headers=inline, content_type=content_type)


def _follow(secret: str, name: str) -> tuple[bytes, str] | None:
    return links.follow(records(), secret, name, now())
