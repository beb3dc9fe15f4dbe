"""The journey in docs/journey.md: ``python -m bot.tools.journey_docs`` draws the picture, ``--check`` compares it.

``--talks`` holds the conversations anew with the trained model; otherwise those of the page are kept.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from random import Random

from bot.journey.agenda import STAGES
from bot.names import FORM_SLOTS
from bot.settings import ROOT
from bot.tools.names import load

TARGET = ROOT / "docs/journey.md"
HERE = Path(__file__).parent
PLACE = "{talks}"
SEED = 11


def picture() -> str:
    """The stages with what their forms ask, and the intents that open others: a mermaid flowchart."""
    rows = ["flowchart TD"]
    for stage in (*STAGES, "record", "follow_up"):
        asked = [slot.removeprefix(f"{stage}_").removesuffix("_fen") for slot in FORM_SLOTS.get(f"{stage}_form", ())]
        rows.append(f'  {stage}["{"<br/>".join([f"<b>{stage}</b>", *asked])}"]')
    rows += [f"  {before} --> {after}" for before, after in pairwise(STAGES)]
    rows += [f'  coach -. "{" / ".join(intents("record"))}" .-> record']
    rows += [f'  record -. "{" / ".join(intents("follow_up"))}" .-> follow_up']
    for group in ("questions", "safety", "control"):
        rows.append(f'  {group}(["{group}: anywhere"]) -.-> situation')
    return "\n".join(rows)


def intents(stage: str) -> list[str]:
    """The intents that the rules of ``stage`` begin with and that tell of a call or a payment."""
    rules = load(ROOT / f"data/stories/{stage}.yml")["rules"]
    first = [step for rule in rules for step in rule["steps"][:1]]
    named = [one["intent"] for step in first for one in step.get("or", [step]) if "intent" in one]
    return [name for name in named if name.startswith(("report_", "record_"))]


def talks() -> str:
    """One conversation for each cause, held with the real agent."""
    from bot.knowledge.loader import catalog
    from bot.server import quiet_logs
    from bot.simulate.driver import Driver
    from bot.simulate.personas import plain
    from bot.simulate.talk import TODAY, hold_with

    quiet_logs()
    told = []
    with tempfile.TemporaryDirectory() as folder:
        driver = Driver(Path(folder), TODAY)
        for number, (cause, shown) in enumerate(sorted(catalog().causes.items(), key=lambda one: one[1].order)):
            persona = plain(number, SEED, cause)
            outcome = hold_with(driver, persona, Random(f"{SEED} {cause}"), f"journey {cause}")
            told.append(f"### {shown.label_zh}\n\n```text\n{outcome.transcript}\n```")
    return "\n\n".join(told)


def main(argv: list[str]) -> int:
    """Write or check the page; see the module's docstring."""
    options = argparse.ArgumentParser(prog="python -m bot.tools.journey_docs")
    options.add_argument("--check", action="store_true")
    options.add_argument("--talks", action="store_true")
    asked = options.parse_args(argv)
    before, _, after = (HERE / "journey_docs.md").read_text("utf-8").partition(PLACE)
    before = before.replace("{picture}", picture())
    now = TARGET.read_text("utf-8") if TARGET.exists() else ""
    if asked.check:
        if now.startswith(before) and now.endswith(after):
            return 0
        print(f"stale: {TARGET.name}; run `python -m bot.tools.journey_docs`", file=sys.stderr)
        return 1
    last = now.rpartition("\n## ")[2].partition("\n### ")[2]
    kept = f"### {last.strip()}" if last else ""
    TARGET.write_text(before + (talks() if asked.talks or not kept else kept) + after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
