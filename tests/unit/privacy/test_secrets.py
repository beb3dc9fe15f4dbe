"""Secrets inside what people type, and everything that only looks like one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy import MASK, find_secrets, mask
from bot.reading import normalise
from bot.reading.traditional import to_traditional

from .numbers import TELEPHONES, card_numbers, identity_numbers

SECRETS = [
    ("我身份证号是110101199003074258", "id_number", "110101199003074258"),
    ("身份证 110101 19900307 4258", "id_number", "110101 19900307 4258"),
    ("身份证号码：11010119900307425x", "id_number", "11010119900307425x"),
    ("110101199003074258", "id_number", "110101199003074258"),
    ("身份证110101900307425", "id_number", "110101900307425"),
    ("我的卡是6222020000000000004", "bank_card", "6222020000000000004"),
    ("4111 1111 1111 1111", "bank_card", "4111 1111 1111 1111"),
    ("银行卡号6222-0200-0000-0000-123", "bank_card", "6222-0200-0000-0000-123"),
    ("打13800138000找我", "phone", "13800138000"),
    ("+86 138 0013 8000", "phone", "+86 138 0013 8000"),
    ("支付密码是123456", "password", "123456"),
    ("密码abc123", "password", "abc123"),
    ("我把密码改成了Abc_123!", "password", "Abc_123!"),
    ("我的登录密码：woaini520", "password", "woaini520"),
    ("密码是abcdefgh", "password", "abcdefgh"),
    ("password: hunter22", "password", "hunter22"),
    ("验证码123456", "code", "123456"),
    ("验证码是 8821", "code", "8821"),
    ("886655是我的验证码", "code", "886655"),
    ("123456是支付密码", "password", "123456"),
]

HARMLESS = [
    "工号123456",
    "工号是8866",
    "工单号202611231234567890",
    "工单号：110101199003074258",
    "订单号13800138000",
    "流水号 4111111111111111",
    "案号110101900307425",
    "欠了123456",
    "花呗欠123456元，借呗欠8000",
    "一共欠13800138000元",
    "逾期了20天，2026-11-23到期",
    "2026年11月23日",
    "20261123",
    "5000 8000 1200 3000",
    "每月1000 2000 3000 4000",
    "打95188、12378、96110",
    "验证码95188发来的",
    "验证码收不到",
    "验证码6位数怎么填",
    "验证码60秒后才能再发",
    "密码错了3次",
    "密码是6位数字",
    "密码忘了怎么办",
    "密码在哪里改",
    "密码是什么意思",
    "密码是Alipay的吗",
    "尾号8888的卡",
    "信用卡12000，还不上",
    "银行卡里还有3000",
    "身份证复印件要几份",
    "身份证后四位",
    "3500",
    "分12期，每期1569.48",
    "日利率0.05%",
    "合同编号6222020000000000004",
]


@pytest.mark.parametrize(("text", "kind", "value"), SECRETS, ids=[text for text, _, _ in SECRETS])
def test_a_secret_is_found_with_its_kind_and_place(text: str, kind: str, value: str) -> None:
    found = find_secrets(text)
    assert [(one.kind, text[one.start : one.end]) for one in found] == [(kind, value)]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert mask(text) == text
    assert find_secrets(normalise(text)) == ()


@pytest.mark.parametrize(("text", "kind", "value"), SECRETS, ids=[text for text, _, _ in SECRETS])
def test_a_secret_is_found_in_a_normalised_message_too(text: str, kind: str, value: str) -> None:
    assert [one.kind for one in find_secrets(normalise(text))] == [kind]


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
