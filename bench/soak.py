"""Half load for a long time: memory and latency have to stay flat. ``python bench/soak.py --minutes 30``."""

from __future__ import annotations

import argparse
import asyncio
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path
from statistics import median, quantiles

import aiohttp
import yaml

SAYS: list[str] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text("utf-8"))
CLIENTS = 8
WARM_SECONDS = 30
MEMORY = 1.10
"""The last quarter may need so many times the memory of the second."""
LATENCY = 1.5
"""And take so many times as long."""


@dataclass
class Minute:
    """What was seen in one minute: resident memory in MiB, seconds of each turn, failures."""

    memory: float
    seconds: list[float] = field(default_factory=list)
    failed: int = 0

    @property
    def row(self) -> str:
        """The minute as a line of the report."""
        p95 = quantiles(self.seconds, n=20)[-1] if len(self.seconds) > 1 else 0.0
        middle = median(self.seconds) if self.seconds else 0.0
        pace = f"p50 {middle * 1000:6.0f} ms  p95 {p95 * 1000:6.0f} ms"
        return f"{self.memory:8.0f} MiB {len(self.seconds):6} turns  {pace}  {self.failed} failed"


class Load:
    """People who talk to the server at ``url``; each says the same things and is followed by somebody new."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.people = count()
        self.now = Minute(0.0)
        self.pause = 0.0

    async def person(self, http: aiohttp.ClientSession, until: float) -> None:
        """Talk until the end."""
        while time.monotonic() < until:
            sender = f"soak {next(self.people)}"
            for text in SAYS:
                begun = time.monotonic()
                async with http.post("/webhooks/rest/webhook", json={"sender": sender, "message": text}) as answer:
                    told = await answer.json() if answer.status == 200 else None
                took = time.monotonic() - begun
                self.now.seconds.append(took)
                self.now.failed += not told
                await asyncio.sleep(max(0.0, self.pause - took))

    async def run(self, seconds: float) -> None:
        """All of them at once."""
        async with aiohttp.ClientSession(self.url) as http:
            until = time.monotonic() + seconds
            await asyncio.gather(*(self.person(http, until) for _ in range(CLIENTS)))


def memory_of(process: int) -> float:
    """Resident memory of a process in MiB."""
    told = Path(f"/proc/{process}/status").read_text("utf-8")
    return int(next(row for row in told.splitlines() if row.startswith("VmRSS")).split()[1]) / 1024


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int, patience: float = 180.0) -> None:
    """Return when the server listens."""
    until = time.monotonic() + patience
    for _ in cycle((0,)):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


async def soak(load: Load, server: int, minutes: int) -> list[Minute]:
    """The figures of each minute at half of what the server can do."""
    await load.run(WARM_SECONDS)
    fastest = len(load.now.seconds) / WARM_SECONDS
    load.pause = CLIENTS / (fastest / 2)
    print(f"full load {fastest:.1f} turns a second, now half of it for {minutes} minutes", flush=True)
    seen = []
    for number in range(1, minutes + 1):
        load.now = Minute(0.0)
        await load.run(60)
        load.now.memory = memory_of(server)
        seen.append(load.now)
        print(f"{number:4} {load.now.row}", flush=True)
    return seen


def verdict(seen: list[Minute]) -> Iterator[str]:
    """What is not flat, one text each."""
    quarter = max(1, len(seen) // 4)
    early, late = seen[quarter : 2 * quarter] or seen[:1], seen[-quarter:]
    memory = [median(one.memory for one in part) for part in (early, late)]
    latency = [median(second for one in part for second in one.seconds) for part in (early, late)]
    if memory[1] > MEMORY * memory[0]:
        yield f"memory grew from {memory[0]:.0f} to {memory[1]:.0f} MiB"
    if latency[1] > LATENCY * latency[0]:
        yield f"latency grew from {latency[0] * 1000:.0f} to {latency[1] * 1000:.0f} ms"
    if failed := sum(one.failed for one in seen):
        yield f"{failed} turns failed"


def main() -> int:
    """Run it; 1 when something was not flat."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=30)
    minutes = parser.parse_args().minutes
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = ["env", f"GUIDE_PORT={port}", f"GUIDE_VAR={folder}", sys.executable, "-m", "bot", "serve"]
        server = subprocess.Popen(command)  # env replaces itself by the server, so this is its process
        try:
            wait_for(port)
            seen = asyncio.run(soak(Load(f"http://127.0.0.1:{port}"), server.pid, minutes))
        finally:
            server.terminate()
            server.wait(30)
    wrong = list(verdict(seen))
    print("\n".join(wrong) or "flat")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
