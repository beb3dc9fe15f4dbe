"""A bot for the tests: the trained model, live actions, and databases that are gone afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

if TYPE_CHECKING:
    from services import Postgres

    from bot.simulate.driver import Driver


@pytest.fixture(scope="session")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Driver:
    """One bot for the whole run; each conversation is another person."""
    from builders import TODAY

    from bot.simulate.driver import Driver

    return Driver(tmp_path_factory.mktemp("var"), TODAY)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One PostgreSQL for the whole run; each test asks it for a database of its own."""
    import services

    with services.postgres() as server:
        yield server
