"""The actions on another machine, with a clear end when that machine is away.

Rasa writes a line into the log when the action server cannot be reached, goes on without what the action would have
done, and waits five minutes for one that does not answer. The person hears nothing, or half. Here the turn is given up:
nothing of it is kept, and the channel asks to send the message again.
"""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.errors import ActionsAwayError
from bot.records.once import TURN

SECONDS = 10.0
"""The slowest action takes far less than a second."""
MEANT = (400, 404)
"""How an action server says that an action does not want to run, or that it does not know it."""


class RemoteActions(EndpointConfig):  # type: ignore[misc]
    """Rasa's way to an action server."""

    def __init__(self, url: str, like: EndpointConfig) -> None:
        """At ``url``; everything else as ``like`` has it."""
        super().__init__(
            url, like.params, like.headers, like.basic_auth, like.token, like.token_name, like.cafile, **like.kwargs
        )

    async def request(self, *given: Any, **more: Any) -> Any:
        """The action server's answer. When there is none the turn comes to nothing (``bot.records.once``)."""
        turn = TURN.get()
        if turn is not None and turn.problem is not None:  # one try a turn: Rasa would go on with the next action
            raise aiohttp.ClientConnectionError
        try:
            return await asyncio.wait_for(super().request(*given, **more), SECONDS)
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError, ClientResponseError) as error:
            if isinstance(error, ClientResponseError) and error.status in MEANT:
                raise
            if turn is not None:
                turn.problem = ActionsAwayError(type(error).__name__)
            raise aiohttp.ClientConnectionError from error
