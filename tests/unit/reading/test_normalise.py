"""One spelling for what people type."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reading import normalise

CASES: list[tuple[str, str]] = [
    ("還款", "还款"), ("著急", "着急"), ("妳好", "你好"), ("我很著急，等著發工資", "我很着急，等着发工资"),
    ("欠了三萬塊錢", "欠了三万块钱"), ("花 呗 逾 期", "花呗逾期"), ("花 唄 逾 期", "花呗逾期"),
    ("著 急", "着急"), ("花呗　逾期", "花呗逾期"), ("欠 5000 元", "欠5000元"), ("三 千 五 百", "三千五百"),
    ("三千 五百", "三千 五百"), ("8000 三千", "8000 三千"), ("3 万", "3万"), ("3000 2000", "3000 2000"),
    ("hello world", "hello world"), ("Hello   World", "Hello World"),
    ("ｈｅｌｌｏ　ｗｏｒｌｄ", "hello world"), ("！！！", "！"), ("怎么办？？？？", "怎么办？"),
    ("好的，，，", "好的，"), ("啊啊啊啊啊", "啊啊"), ("哈哈", "哈哈"), ("。。。", "。"), ("......", "…"),
    ("5000...6000", "5000…6000"), ("——", "—"), ("5000--6000", "5000-6000"), ("１２０００", "12000"),
    ("１２，０００", "12，000"), ("１．２ｗ", "1.2w"), ("￥500", "¥500"), ("18％", "18%"), ("①", "1"),
    ("５～６千", "5~6千"), ("你好，世界。", "你好，世界。"), ("真的吗？", "真的吗？"),
    ("（备注）", "（备注）"), ("a\u200bb", "ab"), ("逾\u200b期", "逾期"), ("\ufeff你好", "你好"),
    ("你好\n我逾期了", "你好我逾期了"), ("a\tb", "a b"), ("a\x00b", "ab"), ("\x07你好", "你好"),
    ("1️⃣", "1"), ("  你好  ", "你好"), ("", ""), ("   ", ""), ("欠1。2万", "欠1.2万"),
    ("5000。3000是房租", "5000。3000是房租"), ("50000", "50000"), ("1111", "1111"),
    ("一一一一", "一一一一"), ("½", "½"), ("10²", "10²"), ("−500", "-500"), ("⒈花呗", "1、花呗"),
    ("帐单", "账单"), ("Ⅲ", "III"), ("www.abc.com", "www.abc.com"), ("二○二六", "二〇二六"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_normalise(text: str, expected: str) -> None:
    assert normalise(text) == expected


def test_half_a_surrogate_pair_goes() -> None:
    assert normalise("\ud800你好") == "你好"


chinese = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.sampled_from("，。！？… .-1230５６七八九十百千万 著妳急唄還萬\u200b\u3000\ufe0f\u20e3…½①⒈"),
    ),
    max_size=80,
)


@settings(max_examples=1000, deadline=None)
@given(chinese)
def test_twice_is_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.characters(categories=["Cs", "Cc", "Cf", "Zs", "Lo", "Nd", "Mn"]), max_size=50))
def test_never_raises_and_leaves_no_control_characters(text: str) -> None:
    assert all(character.isprintable() for character in normalise(text))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("20 ,000元", "20,000元"),
        ("租房1 ,800一个月", "租房1,800一个月"),
        ("房租500 ,800吃饭", "房租500 ,800吃饭"),
        ("逾期9, 800元", "逾期9, 800元"),
    ],
)
def test_a_space_before_the_comma_of_a_number_goes(typed: str, read: str) -> None:
    assert normalise(typed) == read
