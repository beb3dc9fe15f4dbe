"""One process for everything: Rasa, its actions, the channels and the web page."""

from __future__ import annotations

import asyncio
import logging
import os
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TQDM_DISABLE", "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# The longest chain of actions after one message is about eight; Rasa's default of 10 leaves too little room.
os.environ.setdefault("MAX_NUMBER_OF_PREDICTIONS", "20")

import structlog
from rasa.core.brokers.broker import EventBroker
from rasa.core.channels.channel import InputChannel
from rasa.core.lock_store import LockStore
from rasa.core.run import close_resources, configure_app, create_http_input_channels
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.model import get_latest_model

from bot.actions_in_process import InProcessActions
from bot.bootstrap import expire, records
from bot.channels.guarding import guard
from bot.confidential import Confidential
from bot.errors import SettingsError
from bot.log_lines import OneLine
from bot.processor import Guide
from bot.reminders import Reminders
from bot.safekeeping import daily, warn_unsealed
from bot.service import logs
from bot.service.private import watch
from bot.service.remote_actions import RemoteActions
from bot.service.turns import Turns
from bot.settings import ROOT, Settings, settings

log = logging.getLogger(__name__)


def endpoints(given: Settings) -> AvailableEndpoints:
    """The endpoints of ``endpoints.yml``, with the actions in this process unless a remote server is named."""
    known = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    if given.action_endpoint_url is None:
        known.action = InProcessActions()
    else:
        known.action = RemoteActions(given.action_endpoint_url, known.action)
    return known


def latest_model(folder: Path = ROOT / "models") -> str:
    """The newest trained model. Raises ``SettingsError`` when there is none."""
    model = get_latest_model(str(folder))
    if model is None:
        raise SettingsError(f"no model in {folder}: run `make train`")
    return str(model)


async def load(given: Settings, model: str | None = None) -> Turns:
    """The agent, ready to answer: the heavy parts are loaded now and not with the first message.

    Rasa would keep conversations in memory when the database is away, and tell nobody: a person whose conversation
    cannot be read would begin anew, and what cannot be stored would be gone. So the store stands where Rasa puts its
    ``FailSafeTrackerStore``, and its failures reach the channels, which ask to send the message again.
    """
    known = endpoints(given)
    known.event_broker = await EventBroker.create(known.event_broker)
    store = known.tracker_store = TrackerStore.create(known.tracker_store, event_broker=known.event_broker)
    agent = Guide(
        generator=known.nlg,
        tracker_store=store,
        lock_store=LockStore.create(known.lock_store),
        action_endpoint=known.action,
    )
    agent.tracker_store = store
    agent.load_model(model or latest_model())
    await agent.parse_message("hello")
    return Turns(Confidential(agent), given.secret)


def create_app(given: Settings) -> Any:
    """The Sanic application; the agent is loaded before it starts to listen."""
    channels = create_http_input_channels(None, str(ROOT / "credentials.yml"))
    app = configure_app(channels, cors=list(given.cors), enable_api=False, port=given.port)
    guard(app, given)
    app.register_listener(_expire_daily, "after_server_start")
    watch(app, given)
    app.register_listener(partial(_load_on_start, given), "before_server_start")
    app.register_listener(partial(_remind, channels), "after_server_start")
    app.register_listener(_stop_reminding, "before_server_stop")
    app.register_listener(close_resources, "after_server_stop")
    return app


async def _load_on_start(given: Settings, app: Any, _loop: asyncio.AbstractEventLoop) -> None:
    app.ctx.agent = await load(given)
    app.ctx.health.has_loaded(app.ctx.agent)
    log.info("ready: open http://%s:%s/ in a browser, Ctrl-C stops", given.host, given.port)


async def _remind(channels: list[InputChannel], app: Any, loop: asyncio.AbstractEventLoop) -> None:
    app.ctx.reminding = loop.create_task(Reminders(app.ctx.agent, channels, records()).run())


async def _stop_reminding(app: Any, _loop: asyncio.AbstractEventLoop) -> None:
    app.ctx.reminding.cancel()


async def _expire_daily(app: Any, loop: asyncio.AbstractEventLoop) -> None:
    app.add_task(daily(partial(loop.run_in_executor, None, expire)))


def quiet_logs() -> None:
    """Our own lines from INFO on, everybody else's from WARNING on; no message texts anywhere."""
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("bot").setLevel(logging.INFO)
    logging.getLogger("actions").setLevel(logging.INFO)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def serve() -> None:
    """Run the server until it is stopped."""
    given = settings()
    logs.set_up(given.log)
    warn_unsealed(given)
    log.info("starting, about 15 seconds ...")
    create_app(given).run(host=given.host, port=given.port, access_log=False, motd=False)
