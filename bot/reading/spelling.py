"""Words written shortly: ``(a|b)``, ``[ab]`` and ``?`` after one of them or after a character."""

from __future__ import annotations

MOST = 3_000
"""Words that one spelling may stand for; whoever needs more writes a pattern of several parts."""


def expand(written: str) -> list[str]:
    """All words that ``written`` stands for.

    Raises ``ValueError`` when brackets do not match, when a word would be empty, and for more than ``MOST`` words.
    """
    words, rest = _alternatives(written)
    if rest or "" in words:
        raise ValueError(f"cannot be read: {written}")
    return words


def _alternatives(text: str) -> tuple[list[str], str]:
    """The words up to a closing bracket, and what follows."""
    found: list[str] = []
    made = [""]
    while text and text[0] != ")":
        if text[0] == "|":
            found += made
            made, text = [""], text[1:]
            continue
        piece, text = _piece(text)
        if text.startswith("?"):
            piece, text = ["", *piece], text[1:]
        if len(made) * len(piece) > MOST:
            raise ValueError(f"stands for more than {MOST} words, up to {made[-1]}")
        made = [one + more for one in made for more in piece]
    return found + made, text


def _piece(text: str) -> tuple[list[str], str]:
    """The words of the first bracket or character, and what follows."""
    if text[0] == "(":
        words, rest = _alternatives(text[1:])
        if not rest:
            raise ValueError(f"a bracket is not closed: {text}")
        return words, rest[1:]
    if text[0] == "[":
        inside, closed, rest = text[1:].partition("]")
        if not closed:
            raise ValueError(f"a bracket is not closed: {text}")
        return list(inside), rest
    return [text[0]], text[1:]
