"""Several workers of the real bot behind a real balancer, on real databases: what the reliability tests knock about."""

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import services
from services import Postgres, Process, free_port

from bot.settings import ROOT

TOKEN = "a-made-up-token"
START_SECONDS = 180.0
"""Two workers load the model on a busy machine of two cores."""


class Worker(Process):
    """``python -m bot serve``."""

    def __init__(self, name: str, folder: Path, settings: Mapping[str, str]) -> None:
        self.name = name
        self.port, self.private = free_port(), free_port()
        own = {
            **{key: told for key, told in os.environ.items() if not key.startswith(("GUIDE_", "CHANNELS_"))},
            "PYTHONPATH": str(ROOT),
            "GUIDE_HOST": "127.0.0.1",
            "GUIDE_PORT": str(self.port),
            "GUIDE_PRIVATE": f"127.0.0.1:{self.private}",
            "GUIDE_PROXIES": "1",
            "GUIDE_REST_TOKEN": TOKEN,
            "GUIDE_LIMIT_USER": "100000/minute",
            "GUIDE_LIMIT_ADDRESS": "1000000/minute",
            "GUIDE_LOG": "json",
            "GUIDE_TODAY": "2026-11-23",
            "GUIDE_VAR": str(folder / name),
            **settings,
        }
        command = [sys.executable, "-m", "bot", "serve"]
        super().__init__(command, [self.port, self.private], folder / f"{name}.log", env=own, cwd=ROOT)

    def is_ready(self) -> bool:
        """What it says of itself."""
        return ask(f"http://127.0.0.1:{self.private}/readyz")[0] == 200

    def metrics(self) -> dict[str, float]:
        """What it has counted, by name and labels."""
        told = ask(f"http://127.0.0.1:{self.private}/metrics")[1]
        rows = (row.rsplit(" ", 1) for row in told.splitlines() if row and not row.startswith("#"))
        return {name: float(value) for name, value in rows}


@dataclass
class Cluster:
    """Everything that runs."""

    folder: Path
    workers: list[Worker]
    balancer: Process | None = None
    postgres: Postgres | None = None
    redis: Process | None = None
    rabbitmq: Process | None = None
    database: str = ""
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where people come in."""
        port = self.balancer.ports[0] if self.balancer else self.workers[0].port
        return f"http://127.0.0.1:{port}"

    def logs(self) -> str:
        """All that the workers wrote."""
        return "".join(worker.told() for worker in self.workers)

    def wait_until_ready(self, seconds: float = START_SECONDS) -> float:
        """Wait until every worker says that it is ready, and return how long that took."""
        began = time.monotonic()
        while not all(worker.is_ready() for worker in self.workers):
            assert time.monotonic() - began < seconds, self.logs()[-3000:]
            time.sleep(0.1)
        return time.monotonic() - began


@contextmanager
def cluster(workers: int = 2, has_broker: bool = False, **settings: str) -> Iterator[Cluster]:
    """``workers`` workers on PostgreSQL and Redis behind HAProxy."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="guide-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        postgres = stack.enter_context(services.postgres())
        redis = stack.enter_context(services.redis())
        rabbitmq = stack.enter_context(services.rabbitmq()) if has_broker else None
        database = postgres.new_database()
        shared = {
            "CONVERSATIONS_URL": database,
            "RECORDS_URL": postgres.new_database(),
            "CHANNELS_REDIS_URL": f"redis://127.0.0.1:{redis.ports[0]}/0",
            **({"EVENTS_URL": f"amqp://guest:guest@127.0.0.1:{rabbitmq.ports[0]}/"} if rabbitmq else {}),
            **settings,
        }
        made = [Worker(f"worker{n}", folder, shared) for n in range(workers)]
        stack.callback(lambda: [worker.stop() for worker in made])
        begin(made)
        balancer = stack.enter_context(balancer_of(made))
        found = Cluster(folder, made, balancer, postgres, redis, rabbitmq, database, shared)
        found.wait_until_ready()
        yield found


@contextmanager
def alone(**settings: str) -> Iterator[Cluster]:
    """One worker with its embedded databases."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="guide-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        worker = Worker("alone", folder, settings)
        stack.callback(worker.stop)
        begin([worker])
        found = Cluster(folder, [worker], settings=dict(settings))
        found.database = f"sqlite:///{folder / 'alone' / 'conversations.db'}"
        found.wait_until_ready()
        yield found


def begin(workers: list[Worker]) -> None:
    """Start all at once, then wait for each."""
    for worker in workers:
        worker.begin()
    for worker in workers:
        worker.wait(START_SECONDS)


@contextmanager
def balancer_of(workers: list[Worker]) -> Iterator[Process]:
    """The project's own configuration of HAProxy, with these workers in place of those that a name server knows."""
    most = min(8000, resource.getrlimit(resource.RLIMIT_NOFILE)[1] // 3)
    config = (ROOT / "deploy" / "haproxy.cfg").read_text("utf-8").replace("maxconn 8000", f"maxconn {most}")
    rows = []
    for row in config.splitlines():
        if row.lstrip().startswith("server-template "):
            name = row.split()[1]
            cookie = "cookie w{n}" if name == "page" else ""
            rows += [f"    server {name}{n} 127.0.0.1:{one.port} {cookie.format(n=n)}" for n, one in enumerate(workers)]
        else:
            rows.append(row.replace(" resolvers names", "") if "default-server" in row else row)
    port = free_port()
    with services.haproxy("\n".join(rows) + "\n", port, GUIDE_LISTEN=f"127.0.0.1:{port}") as balancer:
        yield balancer


def ask(url: str, seconds: float = 10.0) -> tuple[int, str]:
    """Status and body; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=seconds) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""
