"""Identity numbers, bank cards, telephone numbers, passwords and one-time codes inside what people type.

A number counts when its check digits fit or when it is named. Amounts, days, hotlines, and the numbers of tickets,
orders and staff are never secrets. Works on a message as it was typed and on a normalised one alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.privacy.checks import is_card_number, is_identity_number

MASK = "■"
"""Stands for a secret. Normalising leaves it alone and no reader takes it for a number."""

KINDS = ("password", "code", "id_number", "bank_card", "phone")
"""The most dangerous first."""

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Full-width ASCII to plain, character by character, so that places stay."""

_IS = r"(?:[是为為就:：=,，\s]|改成了?|改为|改為|换成了?|設成|设成了?|设的是|设为|给你|告诉你|发给你|发你)*"
_VALUE = r"(?P<value>[A-Za-z0-9!@#$%^&*._+\-]{4,32})(?![A-Za-z0-9!@#$%^&*_+\-])"
_NO_UNIT = r"(?!\s*(?:开头|開頭|开始|发|發|打|位|次|元|块|塊|万|个|遍|天|年|期|分|秒|小时|号|月|点|吗))"

_PASSWORD = re.compile(rf"(?:[\u4e00-\u9fff]{{0,4}}(?:密码|密碼|口令)|(?i:password|passwd|pwd)){_IS}{_VALUE}{_NO_UNIT}")
_CODE_NAME = r"(?:验证码|驗證碼|校验码|校驗碼|动态码|動態碼|短信码|短信碼)"
_CODE = re.compile(rf"{_CODE_NAME}{_IS}{_VALUE}{_NO_UNIT}")
_CODE_FIRST = re.compile(
    rf"(?<![0-9])(?P<value>[0-9]{{4,8}})[,，\s]*(?:[这這]?就?是|[为為])(?:我的?|刚?收到的|短信|支付|登录)*"
    rf"(?:(?P<password>密码|密碼)|{_CODE_NAME})"
)

_ID_NAMED = re.compile(
    rf"身份[证證](?:号码|號碼|号|號)?{_IS}(?P<value>[0-9](?:[ -]?[0-9]){{13,17}}(?:[ -]?[Xx])?)(?![0-9])"
)
_ID = re.compile(
    r"(?<![0-9])(?P<value>[0-9]{6}[ -]?[0-9]{8}[ -]?[0-9]{3}[0-9Xx]|[0-9]{15})(?![0-9A-Za-z]|\s*[元块塊万])"
)
_CARD_NAMED = re.compile(
    r"(?:银行卡|銀行卡|储蓄卡|儲蓄卡|信用卡|借记卡|工资卡|卡)(?:号码|號碼|号|號|账号|帳號)?"
    rf"{_IS}(?P<value>[0-9](?:[ -]?[0-9]){{14,18}})(?![0-9]|\s*[元块塊万])"
)
_CARD = re.compile(
    r"(?<![0-9.])(?P<value>[0-9]{16,19}|[0-9]{4}(?:[ -][0-9]{4}){3}(?:[ -]?[0-9]{1,3})?)(?![0-9.]|\s*[元块塊万])"
)
_PHONE = re.compile(
    r"(?<![0-9.])(?P<value>(?:\+?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{4}){2})(?![0-9]|[.][0-9]|\s*[元块塊万])"
)

_NO_SECRET = re.compile(
    r"(?:工号|工號|工单|工單|单号|單號|编号|編號|订单|訂單|流水号|流水號|交易号|交易號|案号|案號|合同号|合同號|票号|回执|快递)"
    r"(?:号码?|號碼?)?[是为為:：=\s]*$"
)
"""What stands right before a number that may be written down."""

_SAYS_IS = re.compile(r"[是为為:：=成]\s*$")
_HOTLINE = re.compile(r"(?:95|96|10|12)[0-9]{3}")
_ROUND = re.compile(r"(?:[0-9]{3}0[ -]?)+")
"""Amounts in a row, which groups of four could be taken for."""


@dataclass(frozen=True)
class Secret:
    """One secret: its kind (one of ``KINDS``) and its place; ``named_from`` is where the words naming it begin."""

    kind: str
    start: int
    end: int
    named_from: int


def find_secrets(text: str) -> tuple[Secret, ...]:
    """All secrets in ``text``, in order, none overlapping another. Never raises."""
    plain = text.translate(_WIDE)
    found: list[Secret] = []
    for secret in sorted(_candidates(plain), key=lambda one: KINDS.index(one.kind)):
        if not any(secret.start < other.end and other.start < secret.end for other in found):
            found.append(secret)
    return tuple(sorted(found, key=lambda one: one.start))


def mask(text: str, *, with_names: bool = False) -> str:
    """``text`` with ``MASK`` for each secret; ``with_names`` takes out the words that name it as well.

    Masking twice changes nothing more.
    """
    kept, at = [], 0
    for secret in find_secrets(text):
        start = max(at, secret.named_from if with_names else secret.start)
        kept += [text[at:start], MASK]
        at = secret.end
    return "".join(kept) + text[at:]


def _candidates(text: str) -> Iterator[Secret]:
    for match in _PASSWORD.finditer(text):
        if _is_password(match["value"], text[match.start() : match.start("value")], text[match.end() :]):
            yield _secret("password", match)
    for match in _CODE.finditer(text):
        if any(c.isdigit() for c in match["value"]) and not _HOTLINE.fullmatch(match["value"]):
            yield _secret("code", match)
    for match in _CODE_FIRST.finditer(text):
        yield Secret(
            "password" if match["password"] else "code", match.start("value"), match.end("value"), match.start()
        )
    yield from (_secret("id_number", match) for match in _ID_NAMED.finditer(text))
    yield from (_secret("bank_card", match) for match in _CARD_NAMED.finditer(text))
    for kind, pattern in (("id_number", _ID), ("bank_card", _CARD), ("phone", _PHONE)):
        for match in pattern.finditer(text):
            if not _NO_SECRET.search(text[max(0, match.start() - 12) : match.start()]) and _fits(kind, match["value"]):
                yield _secret(kind, match)


def _secret(kind: str, match: re.Match[str]) -> Secret:
    return Secret(kind, match.start("value"), match.end("value"), match.start())


def _is_password(value: str, before: str, after: str) -> bool:
    """Digits make a password; letters alone only between "is" and the end of a clause."""
    if _HOTLINE.fullmatch(value):
        return False
    if any(c.isdigit() for c in value):
        return True
    return len(value) >= 6 and bool(_SAYS_IS.search(before)) and not re.match(r"[\u4e00-\u9fff]", after)


def _fits(kind: str, written: str) -> bool:
    digits = re.sub(r"[ -]", "", written)
    if kind == "id_number":
        return is_identity_number(digits)
    if kind == "bank_card":
        return is_card_number(digits) and not _ROUND.fullmatch(written)
    return True
