"""Secrets inside what people type, and everything that only looks like one."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy import KINDS, MASK, find_secrets, mask
from bot.reading import normalise
from bot.reading.traditional import to_traditional

from .numbers import TELEPHONES, card_numbers, identity_numbers

CASES = Path(__file__).parents[2] / "cases" / "privacy"
"""``secrets.yml``: by kind, messages and what of each is secret; ``harmless.yml``: messages without any."""

SECRETS = [
    (text, kind, value)
    for kind, rows in yaml.safe_load((CASES / "secrets.yml").read_text("utf-8")).items()
    for text, value in rows
]
HARMLESS = yaml.safe_load((CASES / "harmless.yml").read_text("utf-8"))


def test_there_are_at_least_two_hundred_cases_each_way_and_every_kind_has_some() -> None:
    assert len(SECRETS) >= 200
    assert len(HARMLESS) >= 200
    assert {kind for _, kind, _ in SECRETS} == set(KINDS)


@pytest.mark.parametrize(("text", "kind", "value"), SECRETS, ids=[text for text, _, _ in SECRETS])
def test_a_secret_is_found_with_its_kind_and_place(text: str, kind: str, value: str) -> None:
    assert (kind, value) in [(one.kind, text[one.start : one.end]) for one in find_secrets(text)]
    assert value not in mask(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert mask(text) == text
    assert find_secrets(normalise(text)) == ()


@pytest.mark.parametrize(("text", "kind", "value"), SECRETS, ids=[text for text, _, _ in SECRETS])
def test_a_secret_is_found_in_a_normalised_message_too(text: str, kind: str, value: str) -> None:
    assert kind in [one.kind for one in find_secrets(normalise(text))]


@pytest.mark.parametrize(
    "text",
    ["我的身份证号是110101199003074258", "我的密码是abc123", "验证码是123456", "银行卡号6222-0200-0000-0000-123"],
)
def test_a_secret_is_found_in_traditional_and_full_width_writing(text: str) -> None:
    wide = text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F) if chr(code) != "-"})
    for written in (to_traditional(text), wide):
        assert [one.kind for one in find_secrets(written)] == [one.kind for one in find_secrets(text)]


def test_the_rest_of_the_message_stays() -> None:
    assert mask("密码abc123456，工资5000") == f"密码{MASK}，工资5000"
    assert mask("身份证110101199003074258，电话13800138000。") == f"身份证{MASK}，电话{MASK}。"


def test_the_words_that_name_a_secret_can_go_as_well() -> None:
    assert mask("密码abc123456，工资5000", with_names=True) == f"{MASK}，工资5000"
    assert mask("三天内回电13800138000", with_names=True) == f"三天内回电{MASK}"


def test_two_secrets_do_not_overlap() -> None:
    text = "密码110101199003074258"
    assert [one.kind for one in find_secrets(text)] == ["password"]


@given(identity_numbers(), st.sampled_from(["", "我是", "号码", "，"]))
def test_no_digit_of_an_identity_number_is_left(number: str, before: str) -> None:
    assert mask(f"{before}{number}，工资4000") == f"{before}{MASK}，工资4000"


@given(card_numbers(), st.sampled_from(["", "我的卡", "卡号"]))
def test_no_digit_of_a_card_number_is_left(number: str, before: str) -> None:
    masked = mask(f"{before}{number}，欠8000")
    assert masked.endswith(f"{MASK}，欠8000")
    assert not any(character.isdigit() for character in masked.removesuffix("，欠8000"))


@given(TELEPHONES)
def test_no_digit_of_a_telephone_number_is_left(number: str) -> None:
    assert mask(f"打{number}") == f"打{MASK}"


@given(st.integers(1, 9_999_999), st.sampled_from(["{}", "欠了{}", "工资{}元", "花呗{}，逾期20天", "工号{}", "分{}期"]))
def test_an_amount_is_never_a_secret(amount: int, words: str) -> None:
    assert find_secrets(words.format(amount)) == ()


@given(st.dates())
def test_a_day_is_never_a_secret(day: object) -> None:
    assert find_secrets(f"{day}，{day:%Y%m%d}，{day:%Y年%m月%d日}") == ()


@given(
    st.text(alphabet=st.sampled_from("0123456789 -xX密码是验证码身份证卡号，。abcＡ１工单号元"), max_size=60)
    | st.text(max_size=80)
)
def test_masking_never_fails_and_twice_changes_nothing_more(text: str) -> None:
    masked = mask(text)
    assert mask(masked) == masked
    assert mask(mask(text, with_names=True), with_names=True) == mask(text, with_names=True)
    found = find_secrets(text)
    assert all(one.named_from <= one.start < one.end for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
