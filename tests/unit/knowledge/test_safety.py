"""What the words alone hear, on sentences of our own (tests/cases/crisis); with the model: tests/sentences."""

from __future__ import annotations

import pytest

from bench.crisis import CRISIS, HARMLESS, counted, sets
from bot.knowledge.safety import alarms, sentences
from bot.knowledge.spelling import as_meant
from bot.reading import normalise
from bot.reading.alarms import KINDS, Heard, most_urgent

UNCLEAR = "unclear"
"""Words that make a crisis only together with the meaning of the whole."""
LEAST_HEARD, MOST_FALSE = 0.90, 0.02


def heard(text: str) -> Heard:
    """What the crisis layer hears of ``text``: as it was typed and as it was meant."""
    return most_urgent(alarms().hear(as_meant(text)), alarms().hear(normalise(text)))


@pytest.mark.parametrize("name", sets())
def test_words_alone_hear_most_crises(name: str) -> None:
    told = sets()[name]
    figures = counted(told, [text for text in told[CRISIS] if heard(text).kind is None], [])
    assert figures.found / figures.all >= LEAST_HEARD, figures.missed


@pytest.mark.parametrize("name", sets())
def test_words_alone_take_little_that_is_harmless_for_a_crisis(name: str) -> None:
    told = sets()[name]
    figures = counted(told, [], [text for text in told[HARMLESS] if heard(text).kind not in (None, UNCLEAR)])
    assert figures.false / figures.harmless <= MOST_FALSE, figures.mistaken


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("🔪🩸我", "harm"),
        ("想💀", "self"),
        ("zs算了，想zs", "self"),
        ("想紫砂了", "self"),
        ("wo bu xiang huo le", "self"),
        ("我鼠了以后别找我妈", "self"),
        ("我弟说不想活了", "other"),
    ],
)
def test_other_spellings_are_heard(typed: str, kind: str) -> None:
    assert heard(typed).kind == kind


@pytest.mark.parametrize(
    "text", ["一套紫砂壶八百", "笑死我了", "这个月累死了", "死期存款能取吗", "想跳槽", "跟平台死磕"]
)
def test_figures_of_speech_are_not(text: str) -> None:
    assert heard(text).kind is None


def test_what_was_typed_is_heard_when_the_correction_hides_it() -> None:
    crisis, calm = Heard("harm"), Heard()
    assert most_urgent(calm, crisis) is crisis
    assert most_urgent(crisis, calm) is crisis
    assert most_urgent(Heard("unclear"), Heard("self")).kind == "self"
    assert {kind: most_urgent(Heard(kind), calm).kind for kind in KINDS} == {kind: kind for kind in KINDS}


def test_no_sentence_that_is_tested_is_learned() -> None:
    learned = {normalise(text).lower() for text in (*sentences().alarming, *sentences().harmless)}
    tested = [text for told in sets().values() for group in told.values() for text in group]
    assert [text for text in tested if normalise(text).lower() in learned] == []
