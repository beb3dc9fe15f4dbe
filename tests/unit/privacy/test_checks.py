"""Check digits of identity numbers and cards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy.checks import is_card_number, is_identity_number

from .numbers import card_numbers, identity_numbers


@given(identity_numbers())
def test_an_identity_number_with_the_right_check_character_is_one(number: str) -> None:
    assert is_identity_number(number)


@given(identity_numbers(), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number: str, place: int, step: int) -> None:
    wrong = str((int(number[place]) + step) % 10)
    assert not is_identity_number(number[:place] + wrong + number[place + 1 :])


@given(identity_numbers())
def test_a_small_x_counts_as_a_large_one(number: str) -> None:
    assert is_identity_number(number.lower())


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("110101900307421", True),  # the old form: 15 digits
        ("990101900307421", False),  # no such province
        ("110101901307421", False),  # no thirteenth month
        ("11010119900231421X", False),  # no 31 February
        ("", False),
        ("1101011990030742", False),
        ("abcdefghijklmnopqr", False),
    ],
)
def test_province_and_birthday_have_to_be_possible(number: str, is_one: bool) -> None:
    assert is_identity_number(number) is is_one


@given(card_numbers())
def test_a_card_number_passes_the_luhn_check(number: str) -> None:
    assert is_card_number(number)


@given(card_numbers(), st.integers(1, 9))
def test_a_card_number_with_a_wrong_last_digit_does_not(number: str, step: int) -> None:
    assert not is_card_number(number[:-1] + str((int(number[-1]) + step) % 10))


@pytest.mark.parametrize("number", ["4111111111111111", "5500005555555559"])
def test_the_well_known_test_numbers_are_cards(number: str) -> None:
    assert is_card_number(number)


@pytest.mark.parametrize("number", ["0000000000000000", "1111111111111117", "411111111111111", "41111111111111111111"])
def test_other_beginnings_and_lengths_are_no_cards(number: str) -> None:
    assert not is_card_number(number)
