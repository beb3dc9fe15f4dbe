"""Every name of the catalogue is found, wherever it stands in a sentence."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.components.words import find_words
from bot.knowledge.words import catalogue_words

CARRIERS = ("{}还不上了怎么办", "我欠了{}8000块钱", "逾期的是{}，已经20天了")
PRODUCTS = [word for word in catalogue_words() if word.entity == "product"]


@pytest.mark.parametrize("carrier", CARRIERS)
def test_every_name_of_a_product_is_found_inside_a_sentence(carrier: str) -> None:
    missed = []
    for word in PRODUCTS:
        start = carrier.index("{")
        wanted = ("product", word.value, start, start + len(word.text))
        if wanted not in find_words(carrier.format(word.text)):
            missed.append(word.text)
    assert missed == []


def test_every_word_is_found_alone() -> None:
    missed = [word.text for word in catalogue_words() if (word.entity, word.value) not in named(word.text)]
    assert missed == []


def named(text: str) -> set[tuple[str, str]]:
    """What ``text`` names."""
    return {(entity, value) for entity, value, _, _ in find_words(text)}


def test_capitals_make_no_difference() -> None:
    assert named("找APP客服") == named("找app客服") == {("contact", "app_service")}


def test_two_products_are_two_words() -> None:
    assert [found[:2] for found in find_words("花呗和借呗")] == [("product", "huabei"), ("product", "jiebei")]


@pytest.mark.parametrize("text", ["欠12000元", "11000", "还了1200块", "工资12345元", "一共欠120000元"])
def test_a_hotline_is_not_found_inside_an_amount(text: str) -> None:
    assert "contact" not in {entity for entity, _ in named(text)}


@pytest.mark.parametrize(("text", "contact"), [("打120", "ambulance_120"), ("95188", "hotline_95188")])
def test_a_hotline_alone_is_found(text: str, contact: str) -> None:
    assert ("contact", contact) in named(text)


def test_the_longer_name_counts() -> None:
    long = [word for word in catalogue_words() if any(one.text in word.text and one is not word for one in PRODUCTS)]
    for word in long:
        places = find_words(word.text)
        assert max(places, key=lambda found: found[3] - found[2])[:2] == (word.entity, word.value)


def test_one_text_stands_for_one_thing() -> None:
    assert [text for text, times in Counter(word.text for word in catalogue_words()).items() if times > 1] == []


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_places_lie_inside_the_text_and_apart(text: str) -> None:
    end = 0
    for _, _, start, stop in find_words(text):
        assert end <= start < stop <= len(text)
        end = stop
