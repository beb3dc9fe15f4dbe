"""Train an assistant in a process of its own and keep what that took.

python -m bench.stock.training stock ours
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

import yaml

from bot.settings import ROOT

KEPT = ROOT / "var" / "bench"
CONFIGS = {"stock": "bench/stock/config.yml", "ours": "config.yml"}
LONGEST = 40
"""Characters of a sentence from which stock learns."""
OWN_CODE = ("bot/components", "bot/reading", "bot/knowledge")
CODE = """
from rasa.model_training import train
made = train("domain.yml", {config!r}, [{data!r}], output={out!r}, fixed_model_name="model", force_training=True)
assert made.model, "Rasa made no model"
"""


@dataclass(frozen=True)
class Trained:
    """A model and what its training took: seconds by the clock and of processor, MiB at the peak."""

    model: str
    wall: float
    processor: float
    peak: float


def fingerprint(name: str) -> str:
    """A name for all that a training reads: the data, the domain, the configuration, our components for our own."""
    files = [ROOT / CONFIGS[name], ROOT / "domain.yml", *sorted((ROOT / "data").rglob("*.yml"))]
    if name == "ours":
        own = (file for folder in OWN_CODE for file in (ROOT / folder).rglob("*"))
        files += sorted(file for file in own if file.suffix in (".py", ".yml"))
    told = hashlib.sha256()
    for file in files:
        told.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return told.hexdigest()[:16]


def shorter(to: Path) -> Path:
    """A copy of our data without the longest sentences: every batch of DIET is as long as its longest one."""
    for file in sorted((ROOT / "data").rglob("*.yml")):
        copy = to / file.relative_to(ROOT / "data")
        copy.parent.mkdir(parents=True, exist_ok=True)
        told = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
        for group in told.get("nlu") or ():
            lines = group["examples"].splitlines(keepends=True)
            group["examples"] = "".join(line for line in lines if len(line.strip()) <= LONGEST + len("- "))
        copy.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), "utf-8")
    return to


def train(name: str, out: Path) -> Trained:
    """Train from nothing. Raises ``RuntimeError`` that names the log when Rasa fails."""
    out.mkdir(parents=True, exist_ok=True)
    data = shorter(out / "data") if name == "stock" else ROOT / "data"
    log, begun = out / "training.log", perf_counter()
    with log.open("wb") as told:
        command = [sys.executable, "-c", CODE.format(config=CONFIGS[name], data=str(data), out=str(out))]
        child = subprocess.Popen(command, cwd=ROOT, stdout=told, stderr=told)
        _, status, used = os.wait4(child.pid, 0)
    if status:
        raise RuntimeError(f"training {name} failed: see {log}")
    wall = perf_counter() - begun
    return Trained(str(out / "model.tar.gz"), wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def trained(name: str) -> Trained:
    """The assistant ``name`` and what its training took; from ``var/bench`` when the data have not changed."""
    out = KEPT / f"{name}-{fingerprint(name)}"
    kept = out / "training.json"
    if kept.exists():
        return Trained(**json.loads(kept.read_text("utf-8")))
    print(f"training {name}: see {out.relative_to(ROOT)}/training.log", file=sys.stderr, flush=True)
    found = train(name, out)
    kept.write_text(json.dumps(asdict(found)), "utf-8")
    return found


if __name__ == "__main__":
    for assistant in sys.argv[1:]:
        print(assistant, trained(assistant))
