"""``python -m bot.tools.frequent_words`` writes ``bot/knowledge/wording/frequent_words.yml`` from the examples.

Words and runs of up to three words, with how often our own examples use them: what pinyin is read with.
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
from bot.knowledge.spelling import FREQUENT
from bot.reading import find_amounts, find_periods, normalise
from bot.reading.characters import NUMBER_CHARACTERS
from bot.tools.names import ROOT, load

LEAST = (2, 4, 5)
"""How often one word, two and three words in a row have to occur."""
LONGEST = 6
"""Characters of a run of words."""
CLAUSE = re.compile("[\u4e00-\u9fff]+")
HEADER = "# Words and runs of words by how often the examples use them; written by python -m bot.tools.frequent_words.\n"


def examples(root: Path = ROOT) -> Iterable[str]:
    """Every training example, normalised."""
    for path in sorted((root / "data").rglob("*.yml")):
        for entry in load(path).get("nlu") or ():
            yield from (normalise(row.removeprefix("- ")) for row in entry["examples"].splitlines())


def is_plain(word: str) -> bool:
    """False for anything that a reader would take for a number, so that pinyin never becomes an amount."""
    if not NUMBER_CHARACTERS & set(word):
        return True
    return len(word) > 1 and not NUMBER_CHARACTERS >= set(word) and not (find_amounts(word) or find_periods(word))


def count(texts: Iterable[str]) -> Counter[str]:
    """How often each word, and each run of words, occurs in ``texts``; the rare ones are left out."""
    teach_jieba()
    found: tuple[Counter[str], ...] = tuple(Counter() for _ in LEAST)
    for text in texts:
        for clause in CLAUSE.findall(text):
            words = jieba.lcut(clause)
            for length, counter in enumerate(found, start=1):
                runs = (words[start : start + length] for start in range(len(words) - length + 1))
                counter.update("".join(run) for run in runs if all(map(is_plain, run)))
    often: Counter[str] = Counter()
    for least, counter in zip(LEAST, found, strict=True):
        often.update({run: times for run, times in counter.items() if times >= least and len(run) <= LONGEST})
    return often


def as_yaml(counts: Counter[str]) -> str:
    """The counts as ``count: words`` lines, the most frequent first."""
    by_count: defaultdict[int, list[str]] = defaultdict(list)
    for word, times in counts.items():
        by_count[times].append(word)
    rows = [HEADER]
    for times in sorted(by_count, reverse=True):
        lines = wrap(" ".join(sorted(by_count[times])), width=55)
        rows += [f"{times}: {lines[0]}\n", *(f"  {line}\n" for line in lines[1:])]
    return "".join(rows)


def main() -> int:
    """Write the file."""
    FREQUENT.write_text(as_yaml(count(examples())), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
