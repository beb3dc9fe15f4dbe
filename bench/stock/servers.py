"""Both assistants as the processes they are in use: started, measured from outside, stopped."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import yaml

from bench.soak import free_port
from bot.settings import ROOT

PATIENCE = 300.0
"""Seconds to wait for the first answer."""
TICKS = os.sysconf("SC_CLK_TCK")
SETTINGS = ("GUIDE_LIMIT_USER=1000000/second", "GUIDE_LIMIT_ADDRESS=1000000/second", "MAX_NUMBER_OF_PREDICTIONS=20")


@dataclass
class Assistant:
    """A running assistant: address, processes, folder of its databases, seconds from start to first answer."""

    url: str
    processes: list[subprocess.Popen[bytes]]
    folder: Path
    first_answer: float = 0.0

    def peak(self) -> float:
        """The most memory its processes have needed, in MiB."""
        rows = [
            row for one in self.processes for row in Path(f"/proc/{one.pid}/status").read_text("utf-8").splitlines()
        ]
        return sum(int(row.split()[1]) for row in rows if row.startswith("VmHWM")) / 1024

    def processor(self) -> float:
        """Processor seconds its processes have used."""
        told = [Path(f"/proc/{one.pid}/stat").read_text("utf-8").rpartition(")")[2].split() for one in self.processes]
        return sum(int(row[11]) + int(row[12]) for row in told) / TICKS

    def stored(self) -> int:
        """Bytes of its databases, with what was still in their logs written back."""
        files = sorted(self.folder.glob("*.db"))
        for file in files:
            with sqlite3.connect(file, timeout=30) as opened:
                opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            opened.close()
        return sum(file.stat().st_size for file in files)


def commands(name: str, model: str, folder: Path) -> tuple[str, list[list[str]]]:
    """The address of an assistant and the commands of its processes."""
    port, url = free_port(), ""
    url = f"http://127.0.0.1:{port}"
    env = ["env", f"GUIDE_VAR={folder}", f"GUIDE_PORT={port}", *SETTINGS, sys.executable, "-m"]
    if name == "ours":
        return url, [[*env, "bot", "serve"]]
    actions = free_port()
    store = {"type": "SQL", "dialect": "sqlite", "db": str(folder / "conversations.db")}
    endpoints = {"action_endpoint": {"url": f"http://127.0.0.1:{actions}/webhook"}, "tracker_store": store}
    (folder / "endpoints.yml").write_text(yaml.safe_dump(endpoints), "utf-8")
    (folder / "credentials.yml").write_text("rest:\n", "utf-8")
    files = ["--endpoints", str(folder / "endpoints.yml"), "--credentials", str(folder / "credentials.yml")]
    bot = [*env, "rasa", "run", "--model", model, *files, "--interface", "127.0.0.1", "--port", str(port)]
    return url, [bot, [*env, "rasa", "run", "actions", "--actions", "actions", "--port", str(actions)]]


def first_answer(url: str, patience: float = PATIENCE) -> float:
    """Seconds until the assistant at ``url`` gives its first answer. Raises ``TimeoutError``."""
    begun = monotonic()
    body = json.dumps({"sender": "first", "message": "hello"}).encode()
    asked = urllib.request.Request(f"{url}/webhooks/rest/webhook", body, {"Content-Type": "application/json"})
    while monotonic() - begun < patience:
        try:
            with urllib.request.urlopen(asked, timeout=patience) as answer:
                if json.load(answer):
                    return monotonic() - begun
        except OSError:
            sleep(0.05)
    raise TimeoutError(f"no answer from {url} within {patience:.0f} s")


@contextmanager
def running(name: str, model: str, folder: Path) -> Iterator[Assistant]:
    """The assistant ``name``, answering; stopped afterwards. What its processes print is in ``folder``."""
    url, started = commands(name, model, folder)
    with (folder / "printed.log").open("wb") as log:
        processes = [subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log) for command in started]
        try:
            yield Assistant(url, processes, folder, first_answer(url))
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(60)
