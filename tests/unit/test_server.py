"""The server as it is put together; tests/channels and tests/browser talk to it."""

from __future__ import annotations

from sanic import Sanic

from bot.server import LARGEST_REQUEST, create_app
from bot.settings import read_settings


def test_a_request_of_a_megabyte_is_refused_before_it_is_read() -> None:
    Sanic._app_registry.clear()
    Sanic.test_mode = True
    app = create_app(read_settings({}))
    assert app.config.REQUEST_MAX_SIZE == LARGEST_REQUEST <= 1_000_000
