"""Signatures and ciphers against the examples that the platforms publish, and against an encoder of the tests' own."""

from __future__ import annotations

import base64

import pytest

from bot.channels.sealed import (
    BadSignatureError,
    TencentCipher,
    dingtalk_signature,
    feishu_open,
    feishu_signature,
    same,
    sha1_of,
)
from bot.errors import ChannelError
from tests.channels import platforms

# WeCom's documentation, "verifying the address": the token, key, company and echo string of its example.
EXAMPLE_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
EXAMPLE_CORP = "wx5823bf96d3bd56c7"
EXAMPLE_ECHO = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="


def test_the_published_example_of_wecom_comes_out() -> None:
    assert sha1_of("QDG6eK", "1409659589", "263014780", EXAMPLE_ECHO) == "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3"
    assert TencentCipher(EXAMPLE_KEY, EXAMPLE_CORP).open(EXAMPLE_ECHO) == b"1616140317555161061"


def test_the_published_example_of_feishu_comes_out() -> None:
    assert feishu_open("P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=", "test key") == b"hello world"


def test_the_tests_own_encoder_opens_the_published_example_too() -> None:
    assert platforms.tencent_open(EXAMPLE_ECHO, EXAMPLE_KEY) == ("1616140317555161061", EXAMPLE_CORP)


@pytest.mark.parametrize("length", [0, 1, 11, 12, 13, 31, 32, 33, 2048])
def test_each_side_opens_what_the_other_sealed(length: int) -> None:
    cipher = TencentCipher(platforms.AES_KEY, platforms.APP)
    message = "还" * length

    assert platforms.tencent_open(cipher.seal(message.encode())) == (message, platforms.APP)
    assert cipher.open(platforms.tencent_seal(message)) == message.encode()


def test_the_same_message_is_sealed_differently_each_time() -> None:
    cipher = TencentCipher(platforms.AES_KEY, platforms.APP)
    assert cipher.seal(b"a") != cipher.seal(b"a")


def test_a_message_for_another_app_is_not_opened() -> None:
    with pytest.raises(BadSignatureError, match="another app"):
        TencentCipher(platforms.AES_KEY, "another").open(platforms.tencent_seal("a"))


@pytest.mark.parametrize("broken", ["", "!", "YWJj", base64.b64encode(b"x" * 16).decode(), "啊", "A" * 44])
def test_what_is_broken_is_refused(broken: str) -> None:
    with pytest.raises(BadSignatureError):
        TencentCipher(platforms.AES_KEY, platforms.APP).open(broken)
    with pytest.raises(BadSignatureError):
        feishu_open(broken, "key")


@pytest.mark.parametrize("key", ["", "short", "!" * 43, platforms.AES_KEY + "A"])
def test_a_key_that_cannot_be_one_is_refused_without_showing_it(key: str) -> None:
    with pytest.raises(ChannelError, match="43 letters") as refused:
        TencentCipher(key, "app")
    assert not key or key not in str(refused.value)


def test_signatures_depend_on_every_part() -> None:
    parts = ("1", "2", "3", b"4")
    whole = feishu_signature(*parts)
    for place in range(4):
        changed = [*parts]
        changed[place] = b"x" if place == 3 else "x"
        assert feishu_signature(*changed) != whole  # type: ignore[arg-type]
    assert len({dingtalk_signature("1", "a"), dingtalk_signature("2", "a"), dingtalk_signature("1", "b")}) == 3


@pytest.mark.parametrize("given", [None, "", "a", "abcd", "ABC"])
def test_only_what_is_equal_passes(given: str | None) -> None:
    same("abc", "abc")
    with pytest.raises(BadSignatureError):
        same(given, "abc")
