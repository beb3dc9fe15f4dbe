"""Sealed texts: they open with their key in their place, and nowhere else."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy.sealing import Keys, SealError

ONE, TWO = (base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2))
RING = Keys.read(f"k1:{ONE}")
BOTH = Keys.read(f"k2:{TWO}, k1:{ONE}")


@given(st.text(), st.text())
def test_what_is_sealed_opens_in_its_place(text: str, place: str) -> None:
    sealed = RING.seal(text, place)
    assert RING.open(sealed, place) == text
    assert len(text) < 4 or text not in sealed


def test_the_same_text_is_never_sealed_twice_alike() -> None:
    assert RING.seal("a", "x") != RING.seal("a", "x")


def test_in_another_place_it_does_not_open() -> None:
    with pytest.raises(SealError, match="not what was sealed here"):
        RING.open(RING.seal("secret", "contacts.said:one"), "contacts.said:two")


@given(st.integers(0, 60))
def test_one_changed_character_is_noticed(place: int) -> None:
    sealed = RING.seal("a secret of some length, longer than that", "x")
    at = len("sealed:k1:") + place
    changed = sealed[:at] + ("A" if sealed[at] != "A" else "B") + sealed[at + 1 :]
    with pytest.raises(SealError):
        RING.open(changed, "x")


def test_an_old_key_still_opens_and_the_first_one_seals() -> None:
    old = RING.seal("secret", "x")
    assert BOTH.open(old, "x") == "secret"
    assert not BOTH.is_current(old)
    assert BOTH.is_current(BOTH.seal("secret", "x"))
    with pytest.raises(SealError, match="no key 'k2'"):
        RING.open(BOTH.seal("secret", "x"), "x")


def test_without_a_key_texts_stay_as_they_are() -> None:
    assert (Keys().seal("a", "x"), Keys().open("a", "x"), Keys().hide("one")) == ("a", "a", "one")


def test_a_person_is_found_by_every_key_and_from_before_there_was_one() -> None:
    assert BOTH.names("one") == (BOTH.hide("one"), RING.hide("one"), "one")
    assert BOTH.hide("one") != BOTH.hide("two")
    assert "one" not in BOTH.hide("one")


@pytest.mark.parametrize(
    "text", ["k1", "k1:", "k1:!!!", f"k1:{ONE[:20]}", f":{ONE}", f"a b:{ONE}", f"k1:{ONE},k1:{TWO}", "k1:" + "A" * 43]
)
def test_a_key_that_is_none_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(SealError) as refused:
        Keys.read(text)
    assert ONE[:10] not in str(refused.value)


def test_a_key_is_never_shown() -> None:
    assert ONE not in repr(RING)
