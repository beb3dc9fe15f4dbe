"""Real services for the tests: each is started for them, stopped and killed when a test asks, and gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2

INSTALL = "these tests need a real {what}: apt-get install {package} (`make test` does that by itself)"
MANY = "-c max_connections=200"
ZONE = "America/New_York"
"""The server's time zone; not China's, so that a moment that loses its zone is seen."""
UNPRIVILEGED = ("postgres", "nobody")
"""Whose process it is when the tests run as root, whom PostgreSQL refuses."""


@dataclass(frozen=True)
class Postgres:
    """A running server that trusts everybody on this machine."""

    port: int
    user: str
    control: Callable[..., None]
    """Runs ``pg_ctl`` with what it is given."""

    def stop(self) -> None:
        """Away at once, as after a failure of the machine."""
        self.control("-m", "immediate", "stop")

    def start(self) -> None:
        """There again."""
        self.control("start")

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of ``database``."""
        return f"postgresql://{self.user}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """The URL of a database of that moment, empty."""
        name = f"t{uuid.uuid4().hex}"
        with closing(psycopg2.connect(self.url("postgres"))) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{name}"')
        return self.url(name)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server in a temporary folder on a free port; fails with what to install where there is none."""
    programs = _programs()
    assert programs, INSTALL.format(what="PostgreSQL", package="postgresql")
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    if owner:
        shutil.chown(folder, owner)
    user = owner or pwd.getpwuid(os.getuid()).pw_name
    port = free_port()
    try:
        made = ["--pgdata", str(folder / "data"), "--username", user, "--auth", "trust", "--encoding", "UTF8"]
        _run([str(programs / "initdb"), *made, "--locale", "C", "--no-sync"], owner)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c timezone={ZONE} {MANY} -F"
        given = [str(programs / "pg_ctl"), "-D", str(folder / "data"), "-w", "-t", "60", "-l", str(folder / "log")]

        def control(*what: str) -> None:
            _run([*given, "-o", options, *what], owner)

        server = Postgres(port, user, control)
        server.start()
        try:
            yield server
        finally:
            with suppress(AssertionError):  # a test may have stopped it
                server.stop()
    finally:
        shutil.rmtree(folder)


class Process:
    """A server that is one process of ours: started, waited for, stopped, killed, started again."""

    def __init__(self, command: list[str], ports: Iterable[int], log: Path | None = None, **more: Any) -> None:
        self.command, self.ports, self.more = command, tuple(ports), more
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, seconds: float = 60.0) -> None:
        """Start it, and wait until it listens on all its ports."""
        self.begin()
        self.wait(seconds)

    def begin(self) -> None:
        """Start it without waiting."""
        output = self.log.open("ab") if self.log else subprocess.DEVNULL
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, **self.more
        )

    def wait(self, seconds: float = 60.0) -> None:
        """Wait until it listens. Fails with the end of its log when it does not."""
        end = time.monotonic() + seconds
        while not all(listens(port) for port in self.ports):
            told = f"{self.command[0]} did not start\n{self.told()[-2000:]}"
            assert self.is_running, told
            assert time.monotonic() < end, told
            time.sleep(0.05)

    def told(self) -> str:
        """What it wrote into its log."""
        return self.log.read_text("utf-8", errors="replace") if self.log and self.log.exists() else ""

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def kill(self) -> None:
        """Gone at once, without a chance to say goodbye."""
        self._end("kill")

    def stop(self) -> None:
        """Asked to end."""
        self._end("terminate")

    def _end(self, how: str) -> None:
        if self.process is not None and self.is_running:
            getattr(self.process, how)()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@contextmanager
def redis() -> Iterator[Process]:
    """A Redis that keeps nothing on a disk; its ``ports`` hold its one port."""
    program = shutil.which("redis-server")
    assert program, INSTALL.format(what="Redis", package="redis-server")
    port = free_port()
    with _folder("redis-") as folder:
        server = Process(
            [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)], [port]
        )
        with _running(server):
            yield server


@contextmanager
def rabbitmq() -> Iterator[Process]:
    """A RabbitMQ without a cluster; its ``ports`` hold its one port. It keeps its queues when it is started again."""
    program = shutil.which("rabbitmq-server", path=f"{os.environ['PATH']}:/usr/sbin:/usr/lib/rabbitmq/bin")
    assert program, INSTALL.format(what="RabbitMQ", package="rabbitmq-server")
    port, between, names = free_port(), free_port(), str(free_port())
    with _folder("rabbitmq-") as folder:
        found = sorted(Path("/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*/sbin/rabbitmq-server"))
        own = {
            **os.environ,
            "HOME": str(folder),
            "RABBITMQ_NODENAME": f"guide{port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(port),
            "RABBITMQ_DIST_PORT": str(between),
            "RABBITMQ_MNESIA_BASE": str(folder / "data"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_PID_FILE": str(folder / "pid"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_GENERATED_CONFIG_DIR": str(folder / "config"),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq"),
            "ERL_EPMD_PORT": names,
        }
        # Debian's wrapper changes to a user of its own; the program below it runs as whoever starts it.
        server = Process([str(found[-1]) if found else program], [port], folder / "out", env=own, cwd=folder)
        try:
            with _running(server):
                yield server
        finally:  # what Erlang starts beside it, and leaves behind
            subprocess.run(["epmd", "-port", names, "-kill"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def haproxy(config: str, port: int, **variables: str) -> Iterator[Process]:
    """A balancer with that configuration, which listens on ``port``."""
    program = shutil.which("haproxy", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, INSTALL.format(what="HAProxy", package="haproxy")
    with _folder("haproxy-") as folder:
        (folder / "haproxy.cfg").write_text(config, "utf-8")
        own = {**os.environ, **variables}
        with _running(
            Process([program, "-db", "-f", str(folder / "haproxy.cfg")], [port], folder / "out", env=own)
        ) as server:
            yield server


@contextmanager
def _folder(prefix: str) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(server: Process) -> Iterator[Process]:
    try:
        server.start()
        yield server
    finally:
        server.stop()


def listens(port: int) -> bool:
    """Whether somebody listens on that port of this machine."""
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _programs() -> Path | None:
    """The folder of PostgreSQL's programs, which Debian does not put on the path; the newest one."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    wanted = ("initdb", "pg_ctl", "postgres")
    return next((one for one in folders if all((one / name).is_file() for name in wanted)), None)


def _owner() -> str | None:
    """Who runs the server; None: whoever runs the tests."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in known)


def _run(command: list[str], owner: str | None) -> None:
    done = subprocess.run(
        command, user=owner, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert done.returncode == 0, f"{command[0]}: {done.stderr.decode(errors='replace')}"
