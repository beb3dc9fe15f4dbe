"""Codes, passwords and numbers of cards or papers that are said out loud, in whatever characters they come."""

from __future__ import annotations

import re

from bot.coaching.wording import word, word_text

LONG = 15
"""From this many digits on a number is that of a card or a paper, whatever it is called."""
NEAR = 2
"""So many clauses before a number may name it."""
NAMED_LEAST, HINTED_LEAST = 3, 4
"""Digits of a number that its name makes secret, and of one at which the words only hint."""
ROUND = 100
"""What is hinted at and whole hundreds is money."""

_BETWEEN = re.compile(r"(?<=[0-9])[ -]+(?=[0-9x])", re.IGNORECASE)
_RUN = re.compile(r"(?<![0-9.])[0-9]{3,19}x?(?![0-9.])", re.IGNORECASE)
_MIXED = re.compile(r"[a-z]+[0-9]{2,}|[0-9]{2,}[a-z]+[0-9a-z]*", re.IGNORECASE)


def gives_away(clauses: tuple[str, ...]) -> bool:
    """Whether a secret stands in ``clauses``: a number that is named one, or is too long to be anything else."""
    spelled = [_spelled(clause) for clause in clauses]
    joined = _spelled(" ".join(clauses))
    if any(
        len(run[0]) >= LONG and not word("no_secret").search(joined[: run.start()]) for run in _RUN.finditer(joined)
    ):
        return True
    for place, clause in enumerate(spelled):
        named_after = [one for one in spelled[place + 1 : place + 2] if word("points_back").match(one)]
        near = " ".join([*spelled[max(0, place - NEAR) : place + 1], *named_after])
        if word("no_secret_clause").search(clause):
            continue
        if word("secret_name").search(near) and (_MIXED.search(clause) or any(_codes(clause, NAMED_LEAST))):
            return True
        if word("secret_hint").search(near) and any(int(one) % ROUND for one in _codes(clause, HINTED_LEAST)):
            return True
    return False


def _codes(clause: str, least: int) -> list[str]:
    """The numbers of ``least`` digits or more that count nothing and are no number of a ticket."""
    return [
        run[0].rstrip("xX")
        for run in _RUN.finditer(clause)
        if len(run[0]) >= least
        and not word("counted").match(clause[run.end() :])
        and not word("no_secret").search(clause[: run.start()])
    ]


def _spelled(clause: str) -> str:
    """``clause`` with digits that are said one by one as figures, without the blanks between them."""
    figures = str.maketrans(word_text("digit_names"), "001234567891")
    read = word("digits").sub(lambda run: run[0].translate(figures), clause)
    return _BETWEEN.sub("", read)
