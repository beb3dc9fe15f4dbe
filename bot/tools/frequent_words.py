"""``python -m bot.tools.frequent_words`` writes ``bot/knowledge/wording/frequent_words.yml`` from the examples.

Words, and runs of two and three words, with how often our own examples use them: what pinyin is read with, and which
words are recognised behind a wrong character. The examples' own typos are corrected first.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from textwrap import wrap

import jieba

from bot.components.words import teach_jieba
from bot.knowledge.spelling import FREQUENT, field_typos
from bot.reading import find_amounts, find_periods, normalise
from bot.reading.characters import NUMBER_CHARACTERS
from bot.tools.names import ROOT, load

LEAST = (2, 4, 5)
"""How often one word, two and three words in a row have to occur."""
LONGEST = 6
"""Characters of a run of words."""
CLAUSE = re.compile(r"[\u4e00-\u9fff]+")
HEADER = (
    "# Words, and runs of words, by how often the examples use them; written by python -m bot.tools.frequent_words.\n"
)


def examples(root: Path = ROOT) -> Iterable[str]:
    """Every training example, normalised and with the words of our field spelt right."""
    typos = field_typos()
    for path in sorted((root / "data").rglob("*.yml")):
        for entry in load(path).get("nlu") or ():
            yield from (typos.correct(normalise(row.removeprefix("- "))) for row in entry["examples"].splitlines())


def is_plain(word: str) -> bool:
    """False for anything that a reader would take for a number, so that pinyin never becomes an amount."""
    if not NUMBER_CHARACTERS & set(word):
        return True
    return len(word) > 1 and not set(word) <= NUMBER_CHARACTERS and not (find_amounts(word) or find_periods(word))


def count(texts: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """How often each word, and each run of words, occurs in ``texts``; the rare ones are left out."""
    teach_jieba()
    found: tuple[Counter[str], ...] = tuple(Counter() for _ in LEAST)
    for text in texts:
        for clause in CLAUSE.findall(text):
            words = jieba.lcut(clause)
            for length, counter in enumerate(found, start=1):
                runs = (words[start : start + length] for start in range(len(words) - length + 1))
                counter.update("".join(run) for run in runs if all(map(is_plain, run)))
    often = [
        Counter({run: times for run, times in counter.items() if times >= least and len(run) <= LONGEST})
        for least, counter in zip(LEAST, found, strict=True)
    ]
    return often[0], sum(often[1:], Counter()) - Counter(dict.fromkeys(often[0], sys.maxsize))


def as_yaml(counts: Counter[str]) -> str:
    """The counts as ``count: words`` lines, the most frequent first."""
    by_count: defaultdict[int, list[str]] = defaultdict(list)
    for word, times in counts.items():
        by_count[times].append(word)
    rows = []
    for times in sorted(by_count, reverse=True):
        lines = wrap(" ".join(sorted(by_count[times])), width=55)
        rows += [f"  {times}: {lines[0]}\n", *(f"    {line}\n" for line in lines[1:])]
    return "".join(rows)


def main() -> int:
    """Write the file."""
    words, runs = count(examples())
    FREQUENT.write_text(f"{HEADER}words:\n{as_yaml(words)}runs:\n{as_yaml(runs)}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
