"""The catalogue's words as jieba and spaCy want them."""

from __future__ import annotations

import logging
from functools import lru_cache

import jieba
import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.util import filter_spans

from bot.knowledge.words import catalogue_words
from bot.reading import find_amounts

FREQUENCY = 1_000_000
"""Weight that makes jieba keep a catalogue word whole inside any sentence."""


@lru_cache(maxsize=1)
def teach_jieba() -> None:
    """Put every catalogue word into jieba's dictionary, once per process."""
    jieba.setLogLevel(logging.WARNING)
    for word in catalogue_words():
        if not word.text.isdigit():  # a hotline would be cut out of every larger number
            jieba.add_word(word.text, freq=FREQUENCY)


@lru_cache(maxsize=1)
def chinese() -> tuple[Language, PhraseMatcher]:
    """spaCy's blank Chinese with jieba as its segmenter, and a matcher of all catalogue words.

    The matcher's labels are ``entity|value`` pairs.
    """
    teach_jieba()
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for word in catalogue_words():
        matcher.add(f"{word.entity}|{word.value}", [nlp.make_doc(word.text)])
    return nlp, matcher


def find_words(text: str) -> list[tuple[str, str, int, int]]:
    """Catalogue words in ``text`` as (entity, value, start, end), the longest first where they overlap."""
    nlp, matcher = chinese()
    # jieba's dictionary is in small letters; only ASCII is changed, so that every offset stays.
    doc = nlp.make_doc("".join(char.lower() if char.isascii() else char for char in text))
    amounts = [(amount.start, amount.end) for amount in find_amounts(text) if amount.unit]
    found = []
    for span in filter_spans(matcher(doc, as_spans=True)):
        entity, value = span.label_.split("|", 1)
        if not any(start <= span.start_char < end for start, end in amounts):
            found.append((entity, value, span.start_char, span.end_char))
    return found
