"""The four platforms as the tests see them: what they post, by the published formulas, and a local fake of each API.

Nothing here uses the code under test: an encoder that shared its mistakes would prove nothing. It is held to the
platforms' own published examples in test_sealed.py.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import struct
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote
from xml.sax.saxutils import escape

from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

TOKEN = "made-up-token"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
APP = "wx0000000000000000"
AGENT = 1000002
SECRET = "made-up-secret"
ROBOT = "dingrobot0"
FEISHU_KEY = "made-up-feishu-key"


@dataclass
class Post:
    """One delivery of a platform."""

    body: bytes
    params: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


def aes_cbc(key: bytes, vector: bytes, plain: bytes, block_bits: int) -> bytes:
    padder = padding.PKCS7(block_bits).padder()
    cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    return cipher.update(padder.update(plain) + padder.finalize()) + cipher.finalize()


def tencent_seal(message: str, key: str = AES_KEY, owner: str = APP) -> str:
    secret = base64.b64decode(key + "=")
    told = message.encode()
    plain = os.urandom(16) + struct.pack("!I", len(told)) + told + owner.encode()
    return base64.b64encode(aes_cbc(secret, secret[:16], plain, 256)).decode()


def tencent_open(sealed: str, key: str = AES_KEY) -> tuple[str, str]:
    """The message and its owner."""
    secret = base64.b64decode(key + "=")
    cipher = Cipher(algorithms.AES(secret), modes.CBC(secret[:16])).decryptor()
    unpadder = padding.PKCS7(256).unpadder()
    plain = unpadder.update(cipher.update(base64.b64decode(sealed)) + cipher.finalize()) + unpadder.finalize()
    (length,) = struct.unpack("!I", plain[16:20])
    return plain[20 : 20 + length].decode(), plain[20 + length :].decode()


def sha1(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def xml_of(**fields: Any) -> str:
    return "<xml>" + "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in fields.items()) + "</xml>"


class WeChatPlatform:
    """Posts as WeChat does, in the plain mode."""

    name = "wechat"
    person = "oPerson-1"
    picture: tuple[str, dict[str, Any]] = ("image", {"PicUrl": "http://example.org/a", "MediaId": "m"})
    token = TOKEN

    def fields(self, kind: str, content: dict[str, Any], message_id: str) -> dict[str, Any]:
        head = {"ToUserName": "gh_1", "FromUserName": self.person, "CreateTime": 1700000000, "MsgType": kind}
        return {**head, **content, **({"MsgId": message_id} if kind != "event" else {})}

    def text(self, text: str, message_id: str = "1", at: float | None = None) -> Post:
        return self.post("text", {"Content": text}, message_id, at)

    def post(self, kind: str, content: dict[str, Any], message_id: str = "1", at: float | None = None) -> Post:
        return self.signed(xml_of(**self.fields(kind, content, message_id)), at)

    def signed(self, body: str, at: float | None = None) -> Post:
        moment = str(int(at or time.time()))
        return Post(body.encode(), {"timestamp": moment, "nonce": "n", "signature": sha1(self.token, moment, "n")})


class SealedWeChatPlatform(WeChatPlatform):
    """Posts as WeChat does, in the safe mode."""

    owner = APP

    def signed(self, body: str, at: float | None = None) -> Post:
        sealed = tencent_seal(body, owner=self.owner)
        post = super().signed(xml_of(ToUserName="gh_1", Encrypt=sealed), at)
        signature = sha1(self.token, post.params["timestamp"], "n", sealed)
        return Post(post.body, {**post.params, "encrypt_type": "aes", "msg_signature": signature})


class WeComPlatform(SealedWeChatPlatform):
    """Posts as WeCom does."""

    name = "wecom"
    agent = AGENT

    def fields(self, kind: str, content: dict[str, Any], message_id: str) -> dict[str, Any]:
        return {**super().fields(kind, content, message_id), "AgentID": self.agent}


class DingTalkPlatform:
    """Posts as DingTalk does."""

    name = "dingtalk"
    person = "staff1"
    picture: tuple[str, dict[str, Any]] = ("picture", {"content": {"downloadCode": "c"}})
    secret = SECRET
    robot = ROBOT
    kind_of_chat = "1"

    def text(self, text: str, message_id: str = "1", at: float | None = None) -> Post:
        return self.post("text", {"text": {"content": f" {text} "}}, message_id, at)

    def post(self, kind: str, content: dict[str, Any], message_id: str = "1", at: float | None = None) -> Post:
        told = {"msgtype": kind, "msgId": message_id, "senderStaffId": self.person, "robotCode": self.robot}
        return self.signed(json.dumps({**told, "conversationType": self.kind_of_chat, **content}), at)

    def signed(self, body: str, at: float | None = None) -> Post:
        moment = str(int((at or time.time()) * 1000))
        digest = hmac.new(self.secret.encode(), f"{moment}\n{self.secret}".encode(), "sha256").digest()
        return Post(body.encode(), {}, {"timestamp": moment, "sign": base64.b64encode(digest).decode()})


class FeishuPlatform:
    """Posts as Feishu does."""

    name = "feishu"
    person = "ou_1"
    picture: tuple[str, dict[str, Any]] = ("image", {"image_key": "k"})
    key = FEISHU_KEY
    app = APP
    kind_of_chat = "p2p"

    def text(self, text: str, message_id: str = "1", at: float | None = None) -> Post:
        return self.post("text", {"text": text}, message_id, at)

    def post(self, kind: str, content: dict[str, Any], message_id: str = "1", at: float | None = None) -> Post:
        head = {"event_id": message_id, "event_type": "im.message.receive_v1", "token": TOKEN, "app_id": self.app}
        message = {"chat_type": self.kind_of_chat, "message_type": kind, "content": json.dumps(content)}
        event = {"sender": {"sender_id": {"open_id": self.person}}, "message": message}
        return self.signed(json.dumps({"schema": "2.0", "header": head, "event": event}), at)

    def sealed(self, body: str) -> bytes:
        vector = os.urandom(16)
        secret = hashlib.sha256(self.key.encode()).digest()
        return json.dumps(
            {"encrypt": base64.b64encode(vector + aes_cbc(secret, vector, body.encode(), 128)).decode()}
        ).encode()

    def signed(self, body: str, at: float | None = None) -> Post:
        sealed, moment = self.sealed(body), str(int(at or time.time()))
        signature = hashlib.sha256(f"{moment}n{self.key}".encode() + sealed).hexdigest()
        names = ("X-Lark-Request-Timestamp", "X-Lark-Request-Nonce", "X-Lark-Signature")
        return Post(sealed, {}, dict(zip(names, (moment, "n", signature), strict=True)))


class FakeApi:
    """All four interfaces on one server: gives tokens, takes messages, and fails as it is told to."""

    EXPIRED = {
        "wechat": (200, {"errcode": 42001, "errmsg": "access_token expired"}),
        "wecom": (200, {"errcode": 42001, "errmsg": "access_token expired"}),
        "dingtalk": (400, {"code": "InvalidAuthentication", "message": "no good"}),
        "feishu": (400, {"code": 99991663, "msg": "Invalid access token"}),
    }
    FINE = {
        "wechat": {"errcode": 0, "errmsg": "ok"},
        "wecom": {"errcode": 0, "errmsg": "ok"},
        "dingtalk": {"processQueryKey": "k"},
        "feishu": {"code": 0, "msg": "success"},
    }
    REFUSED = {
        "wechat": (200, {"errcode": 45015, "errmsg": "response out of time limit"}),
        "wecom": (200, {"errcode": 81013, "errmsg": "user invalid"}),
        "dingtalk": (400, {"code": "staffId.notExisted", "message": "no such"}),
        "feishu": (400, {"code": 230013, "msg": "Bot has NO availability to this user"}),
    }
    """Nothing helps before the person writes again."""
    DOWN = {
        "wechat": (200, {"errcode": 45009, "errmsg": "reach max api daily quota limit"}),
        "wecom": (200, {"errcode": 60020, "errmsg": "not allow to access from your ip"}),
        "dingtalk": (403, {"code": "Forbidden.AccessDenied.IpNotInWhiteList", "message": "no"}),
        "feishu": (400, {"code": 230006, "msg": "Bot ability is not activated"}),
    }
    """Helps itself, or somebody helps it, later."""
    NO_MENUS = {
        "wechat": (200, {"errcode": 40200, "errmsg": "invalid account type"}),
        "dingtalk": (400, {"code": "invalidParameter.msgKey", "message": "no"}),
        "feishu": (400, {"code": 230099, "msg": "Failed to create card content"}),
    }

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.raw: list[bytes] = []
        self.tokens: list[str] = []
        self.good: set[str] = set()
        self.next: deque[tuple[int, Any]] = deque()
        self.asked_for_tokens: list[dict[str, Any]] = []
        self.closed: tuple[int, Any] | None = None
        """What every message is answered with from now on."""
        self.gives_the_same_token = False
        self.takes_menus = False
        """Most tests look at choices as a list; with this the platform takes buttons."""
        self.takes_pictures = True
        self.menus: list[tuple[str, list[str]]] = []
        self.uploaded: list[bytes] = []
        self.shown: list[tuple[str, bytes]] = []

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.said]

    def new_token(self) -> str:
        if self.gives_the_same_token and self.tokens:
            return self.tokens[-1]
        self.tokens.append(f"token-{len(self.tokens) + 1}")
        self.good.add(self.tokens[-1])
        return self.tokens[-1]

    async def token(self, request: web.Request) -> web.Response:
        self.asked_for_tokens.append(await request.json() if request.can_read_body else dict(request.query))
        if self.asked_for_tokens[-1].get("force_refresh"):
            self.gives_the_same_token = False
        token = self.new_token()
        answer = {"access_token": token, "accessToken": token, "tenant_access_token": token, "code": 0, "errcode": 0}
        if "oauth2" in request.path:
            del answer["code"]
        return web.json_response({**answer, "expires_in": 7200, "expireIn": 7200, "expire": 7200})

    async def take(self, request: web.Request, name: str, token: str, person: str, text: str) -> web.Response:
        self.raw.append(await request.read())
        if token not in self.good:
            status, answer = self.EXPIRED[name]
            return web.json_response(answer, status=status)
        if self.closed:
            return web.json_response(self.closed[1], status=self.closed[0])
        if self.next:
            status, answer = self.next.popleft()
            return web.json_response(answer, status=status)
        self.said.append((person, text))
        return web.json_response(self.FINE[name])

    async def take_menu(
        self, request: web.Request, name: str, token: str, person: str, text: str, titles: list[str]
    ) -> web.Response:
        if not self.takes_menus:
            status, answer = self.NO_MENUS[name]
            return web.json_response(answer, status=status)
        self.menus.append((text, titles))
        return await self.take(request, name, token, person, text)

    async def take_picture(self, request: web.Request, name: str, token: str, person: str, media: str) -> web.Response:
        answer = await self.take(request, name, token, person, "")
        if self.said and self.said[-1] == (person, ""):
            self.said.pop()
            self.shown.append((person, self.uploaded[int(media.rpartition("-")[2])]))
        return answer

    async def upload(self, request: web.Request) -> web.Response:
        name = "feishu" if "/im/" in request.path else "dingtalk" if request.path.startswith("/media") else "tencent"
        token = request.query.get("access_token") or request.headers["Authorization"].removeprefix("Bearer ")
        assert token in self.good
        form = await request.post()
        if name == "feishu":
            assert form["image_type"] == "message"
        else:
            assert request.query["type"] == "image"
        file = form["image" if name == "feishu" else "media"]
        assert isinstance(file, web.FileField)
        assert (file.filename, file.content_type) == ("picture.png", "image/png")
        if not self.takes_pictures:
            return web.json_response({"errcode": 40009, "code": 234006, "errmsg": "too large"})
        self.uploaded.append(file.file.read())
        media = f"media-{len(self.uploaded) - 1}"
        return web.json_response({"errcode": 0, "code": 0, "media_id": media, "data": {"image_key": media}})

    async def tencent(self, request: web.Request) -> web.Response:
        body = await request.json()
        name = "wecom" if "agentid" in body else "wechat"
        token, person, kind = request.query["access_token"], body["touser"], body["msgtype"]
        if kind == "msgmenu":
            menu = body["msgmenu"]
            titles = [one["content"] for one in menu["list"]]
            text = "\n".join([menu["head_content"], *titles, menu["tail_content"]])
            return await self.take_menu(request, name, token, person, text, titles)
        if kind == "image":
            return await self.take_picture(request, name, token, person, body["image"]["media_id"])
        assert kind == "text"
        return await self.take(request, name, token, person, body["text"]["content"])

    async def dingtalk(self, request: web.Request) -> web.Response:
        body = await request.json()
        assert body["robotCode"] == ROBOT
        token, person = request.headers["x-acs-dingtalk-access-token"], body["userIds"][0]
        said = json.loads(body["msgParam"])
        if body["msgKey"] == "sampleMarkdown":
            links = re.findall(r"\[[^]]+\]\(dtmd://dingtalkclient/sendMessage\?content=([^)]+)\)", said["text"])
            titles = [unquote(link) for link in links]
            return await self.take_menu(request, "dingtalk", token, person, said["text"], titles)
        if body["msgKey"] == "sampleImageMsg":
            return await self.take_picture(request, "dingtalk", token, person, said["photoURL"])
        assert body["msgKey"] == "sampleText"
        return await self.take(request, "dingtalk", token, person, said["content"])

    async def feishu(self, request: web.Request) -> web.Response:
        body = await request.json()
        assert request.query["receive_id_type"] == "open_id"
        token, person = request.headers["Authorization"].removeprefix("Bearer "), body["receive_id"]
        content = json.loads(body["content"])
        if body["msg_type"] == "interactive":
            text, *actions = content["elements"]
            titles = [action["actions"][0]["value"]["say"] for action in actions]
            return await self.take_menu(request, "feishu", token, person, text["text"]["content"], titles)
        if body["msg_type"] == "image":
            return await self.take_picture(request, "feishu", token, person, content["image_key"])
        assert body["msg_type"] == "text"
        return await self.take(request, "feishu", token, person, content["text"])

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_post("/cgi-bin/stable_token", self.token)
        app.router.add_get("/cgi-bin/gettoken", self.token)
        app.router.add_post("/v1.0/oauth2/accessToken", self.token)
        app.router.add_post("/auth/v3/tenant_access_token/internal", self.token)
        app.router.add_post("/cgi-bin/message/custom/send", self.tencent)
        app.router.add_post("/cgi-bin/message/send", self.tencent)
        app.router.add_post("/v1.0/robot/oToMessages/batchSend", self.dingtalk)
        app.router.add_post("/im/v1/messages", self.feishu)
        app.router.add_post("/im/v1/images", self.upload)
        app.router.add_post("/media/upload", self.upload)
        app.router.add_post("/cgi-bin/media/upload", self.upload)
        server = TestServer(app)
        await server.start_server(access_log=None)  # addresses hold tokens
        try:
            yield str(server.make_url("")).rstrip("/")
        finally:
            await server.close()
