"""Signatures and ciphers of the messengers, as the platforms publish them. Pure: bytes in, bytes out.

WeChat and WeCom share one scheme: ``sha1`` of the sorted parts, AES-256-CBC with the key's first 16 bytes as the
initial vector, PKCS#7 padding to 32 bytes. Feishu: ``sha256`` of the parts and the body, AES-256-CBC with the hash of
the key and the vector before the text. DingTalk signs its timestamp and encrypts nothing.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bot.errors import ChannelError

BLOCK = 32
VECTOR = 16
LENGTH = struct.Struct(">I")


class BadSignatureError(ChannelError):
    """What came is not from the platform, not for this app, or too old."""


def same(given: object, wanted: str) -> None:
    """Raise ``BadSignatureError`` unless both are equal; takes the same time wherever they differ."""
    told = given.encode("utf-8", "surrogatepass") if isinstance(given, str) else b""
    if not wanted or not hmac.compare_digest(told, wanted.encode()):
        raise BadSignatureError("not what was expected")


def sha1_of(*parts: str) -> str:
    """WeChat's signature: token, timestamp, nonce and, when encrypted, the cipher text."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def feishu_signature(timestamp: str, nonce: str, key: str, body: bytes) -> str:
    """Feishu's header X-Lark-Signature."""
    return hashlib.sha256((timestamp + nonce + key).encode() + body).hexdigest()


def dingtalk_signature(timestamp: str, secret: str) -> str:
    """DingTalk's header ``sign``."""
    digest = hmac.new(secret.encode(), f"{timestamp}\n{secret}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


class TencentCipher:
    """Messages of WeChat and WeCom for one app (``owner``: its app id, or the company's id)."""

    def __init__(self, encoding_key: str, owner: str) -> None:
        try:
            self._key = base64.b64decode(encoding_key + "=", validate=True)
        except binascii.Error as error:
            raise ChannelError("an EncodingAESKey has 43 letters and digits") from error
        if len(self._key) != BLOCK:
            raise ChannelError("an EncodingAESKey has 43 letters and digits")
        self._owner = owner.encode()

    def open(self, sealed: str) -> bytes:
        """The message inside. Raises ``BadSignatureError`` when it is broken or for another app."""
        plain = _unpad(_decrypt(self._key, self._key[:VECTOR], _base64(sealed)))
        start = VECTOR + LENGTH.size
        if len(plain) < start:
            raise BadSignatureError("too short")
        end = start + LENGTH.unpack(plain[VECTOR:start])[0]
        if end > len(plain) or not hmac.compare_digest(plain[end:], self._owner):
            raise BadSignatureError("for another app")
        return plain[start:end]

    def seal(self, message: bytes) -> str:
        """``message`` as the platform opens it."""
        plain = secrets.token_bytes(VECTOR) + LENGTH.pack(len(message)) + message + self._owner
        missing = BLOCK - len(plain) % BLOCK
        cipher = Cipher(algorithms.AES(self._key), modes.CBC(self._key[:VECTOR])).encryptor()
        return base64.b64encode(cipher.update(plain + bytes([missing]) * missing) + cipher.finalize()).decode()


def feishu_open(sealed: str, key: str) -> bytes:
    """What Feishu encrypted. Raises ``BadSignatureError`` when it is broken."""
    raw = _base64(sealed)
    return _unpad(_decrypt(hashlib.sha256(key.encode()).digest(), raw[:VECTOR], raw[VECTOR:]))


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadSignatureError("not base64") from error


def _decrypt(key: bytes, vector: bytes, sealed: bytes) -> bytes:
    if len(vector) != VECTOR or not sealed or len(sealed) % VECTOR:
        raise BadSignatureError("not whole blocks")
    cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return cipher.update(sealed) + cipher.finalize()


def _unpad(plain: bytes) -> bytes:
    added = plain[-1]
    if not 1 <= added <= BLOCK or plain[-added:] != bytes([added]) * added:
        raise BadSignatureError("wrong padding")
    return plain[:-added]
