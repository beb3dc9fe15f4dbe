"""Real services for the tests, each started for them and gone afterwards: a PostgreSQL of their own."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2

INSTALL = "these tests need a real PostgreSQL: apt-get install postgresql (or leave them out: -m 'not postgres')"
ZONE = "America/New_York"
"""The server's time zone; not China's, so that a moment that loses its zone is seen."""
UNPRIVILEGED = ("postgres", "nobody")
"""Whose process it is when the tests run as root, whom PostgreSQL refuses."""


@dataclass(frozen=True)
class Postgres:
    """A running server that trusts everybody on this machine."""

    port: int
    user: str

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
    assert programs, INSTALL
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    if owner:
        shutil.chown(folder, owner)
    user = owner or pwd.getpwuid(os.getuid()).pw_name
    server = Postgres(free_port(), user)
    try:
        made = ["--pgdata", str(folder / "data"), "--username", user, "--auth", "trust", "--encoding", "UTF8"]
        _run([str(programs / "initdb"), *made, "--locale", "C", "--no-sync"], owner)
        options = f"-p {server.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c timezone={ZONE} -F"
        control = [str(programs / "pg_ctl"), "-D", str(folder / "data"), "-w", "-t", "60"]
        _run([*control, "-l", str(folder / "log"), "-o", options, "start"], owner)
        try:
            yield server
        finally:
            _run([*control, "-m", "immediate", "stop"], owner)
    finally:
        shutil.rmtree(folder)


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
