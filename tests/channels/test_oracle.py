"""WeChat and WeCom with wechatpy on the other side: what it seals is taken, and what we seal it opens."""

from __future__ import annotations

import time
from typing import Any

import pytest
import xmltodict
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.enterprise import parse_message as parse_enterprise_message
from wechatpy.enterprise.crypto import WeChatCrypto as WeComCrypto
from wechatpy.exceptions import InvalidSignatureException
from wechatpy.utils import WeChatSigner, check_signature

from tests.channels.messenger import Messenger, messenger
from tests.channels.platforms import AES_KEY, AGENT, APP, TOKEN, Post, xml_of

CRYPTO = {"wechat sealed": WeChatCrypto(TOKEN, AES_KEY, APP), "wecom": WeComCrypto(TOKEN, AES_KEY, APP)}


def sealed(kind: str, message: str, at: float | None = None) -> Post:
    """A delivery whose every part wechatpy has made."""
    moment = str(int(at or time.time()))
    encrypted = CRYPTO[kind].encrypt_message(message, "a-nonce", moment)
    signer = WeChatSigner()
    signer.add_data(TOKEN, moment, "a-nonce")
    signature = encrypted.partition("<MsgSignature><![CDATA[")[2].partition("]]>")[0]
    params = {"timestamp": moment, "nonce": "a-nonce", "signature": signer.signature, "msg_signature": signature}
    return Post(encrypted.encode(), params)


def message(text: str, message_id: str = "1", **more: Any) -> str:
    head = {"ToUserName": "gh_1", "FromUserName": "oPerson-1", "CreateTime": 1700000000, "MsgType": "text"}
    return xml_of(**head, Content=text, MsgId=message_id, AgentID=AGENT, **more)


@pytest.mark.parametrize("kind", CRYPTO)
async def test_what_wechatpy_seals_is_answered(kind: str) -> None:
    async with messenger(kind) as chat:
        for number, text in enumerate(("我还不上了", "<&>]]>", "长" * 2000)):
            assert (await chat.deliver(sealed(kind, message(text, str(number)))))[0] == 200
            await chat.channel.settle()
    assert chat.agent.texts == ["我还不上了", "<&>]]>", "长" * 2000]


@pytest.mark.parametrize("kind", CRYPTO)
async def test_what_wechatpy_seals_for_another_app_or_too_early_is_refused(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with messenger(kind) as chat:
        assert (await chat.deliver(sealed(kind, message("stale"), time.time() - 3600)))[0] == 403
        monkeypatch.setitem(CRYPTO, kind, type(CRYPTO[kind])(TOKEN, AES_KEY, "wx1111111111111111"))
        assert (await chat.deliver(sealed(kind, message("another app"))))[0] == 403
        monkeypatch.setitem(CRYPTO, kind, type(CRYPTO[kind])("another-token", AES_KEY, APP))
        assert (await chat.deliver(sealed(kind, message("another token"))))[0] == 403
        assert chat.agent.heard == []


async def test_wechatpy_opens_our_answer_on_the_connection() -> None:
    async with messenger("wechat sealed", answer_seconds=30.0) as chat:
        _, body = await chat.deliver(sealed("wechat sealed", message("hello")))
    fields = xmltodict.parse(body)["xml"]
    opened = CRYPTO["wechat sealed"].decrypt_message(body, fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"])
    answer = parse_message(opened)
    assert (answer.type, answer.target, answer.source, answer.content) == ("text", "oPerson-1", "gh_1", "echo: hello")


async def test_the_tests_own_deliveries_are_what_wechatpy_takes() -> None:
    async with messenger("wechat sealed") as wechat, messenger("wecom") as wecom:
        for chat, kind, parse in ((wechat, "wechat sealed", parse_message), (wecom, "wecom", parse_enterprise_message)):
            post = chat.platform.text("还款")
            at, nonce = post.params["timestamp"], post.params["nonce"]
            check_signature(TOKEN, post.params["signature"], at, nonce)
            opened = CRYPTO[kind].decrypt_message(post.body, post.params["msg_signature"], at, nonce)
            assert parse(opened).content == "还款"
            with pytest.raises(InvalidSignatureException):
                CRYPTO[kind].decrypt_message(post.body, "0" * 40, at, nonce)


async def test_wecoms_echo_string_is_the_one_that_wechatpy_reads() -> None:
    async with messenger("wecom") as chat:
        echo = _echo(chat)
        moment = str(int(time.time()))
        signer = WeChatSigner()
        signer.add_data(TOKEN, moment, "n", echo)
        params = {"timestamp": moment, "nonce": "n", "msg_signature": signer.signature, "echostr": echo}
        wanted = CRYPTO["wecom"].check_signature(signer.signature, moment, "n", echo)
        assert await chat.ask(params) == (200, wanted)


def _echo(chat: Messenger) -> str:
    crypto = CRYPTO["wecom"]
    told: str = crypto.encrypt_message("1616140317555161061", "n", "1").partition("<Encrypt><![CDATA[")[2]
    return told.partition("]]>")[0]
