"""Feishu (an app with a bot): in credentials.yml ``bot.channels.feishu.Feishu``. Always encrypted.

Answers go to the person alone, never to a group: what people tell about their debts is nobody else's business.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from time import time
from typing import Any

from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.channels.answering import Incoming
from bot.channels.api import Api, Call
from bot.channels.memory import Memory
from bot.channels.plain import Plain
from bot.channels.sealed import BadSignatureError, feishu_open, feishu_signature, same
from bot.channels.webhook import Webhook
from bot.channels.wechat import GREETING
from bot.errors import ChannelError

BASE = "https://open.feishu.cn/open-apis"
RECEIVED = "im.message.receive_v1"
PRESSED = "card.action.trigger"
MENU = "application.bot.menu_v6"
OPENED = "im.chat.access_event.bot_p2p_chat_entered_v1"
ALONE = "p2p"
LARGEST_CARD = 28_000
NOTICES = {
    "audio": "channel.voice_only",
    "sticker": "channel.emoji_only",
    "location": "channel.place_only",
    "share_user": "channel.place_only",
}


class FeishuApi(Api):
    """Messages of the app's bot."""

    EXPIRED = frozenset({"99991661", "99991663", "99991664", "99991668"})
    BUSY = frozenset({"HTTP 429", "99991400", "230020"})

    # The person may not use the app, or has left.
    CLOSED = frozenset({"230013", "230029"})

    def __init__(self, app_id: str, secret: str, base: str = BASE, **more: Any) -> None:
        super().__init__(base, app_id, secret, **more)

    async def fetch_token(self, refused: str = "") -> tuple[str, float]:  # noqa: ARG002 (it cannot be forced)
        """The tenant's token."""
        asked = {"app_id": self.owner, "app_secret": self.secret}
        answer = await self.once(Call("/auth/v3/tenant_access_token/internal", asked, repeatable=True))
        return str(answer["tenant_access_token"]), float(answer["expire"])

    def with_token(self, call: Call, token: str) -> Call:
        """The token goes into a header."""
        return replace(call, headers={**call.headers, "Authorization": f"Bearer {token}"})

    def code_of(self, status: int, answer: Mapping[str, Any]) -> str:
        """Feishu's code, whatever the HTTP status."""
        code = answer.get("code", 0)
        return "" if status < 400 and code == 0 else str(code or f"HTTP {status}")

    async def send(self, person: str, text: str) -> None:
        """A text message."""
        await self._send(person, "text", {"text": text})

    async def send_choices(self, person: str, said: Plain) -> bool:
        """A card with buttons that come back as ``card.action.trigger``."""
        buttons = [
            {"tag": "button", "text": {"tag": "plain_text", "content": title}, "value": {"say": title}}
            for title in said.titles
        ]
        card = {
            "config": {"wide_screen_mode": True},
            "elements": [
                {"tag": "div", "text": {"tag": "plain_text", "content": said.body}},
                *({"tag": "action", "actions": [button]} for button in buttons),
            ],
        }
        if len(json.dumps(card, ensure_ascii=False).encode()) > LARGEST_CARD:
            return False
        await self._send(person, "interactive", card)
        return True

    async def send_picture(self, person: str, png: bytes) -> None:
        """A picture, uploaded first."""
        call = Call("/im/v1/images", {"image_type": "message"}, file=("image", png), repeatable=True)
        key = ((await self.call(call)).get("data") or {}).get("image_key", "")
        await self._send(person, "image", {"image_key": str(key)})

    async def _send(self, person: str, kind: str, content: dict[str, Any]) -> None:
        """Its uuid lets Feishu drop a message when it comes twice."""
        body = {
            "receive_id": person,
            "msg_type": kind,
            "content": json.dumps(content, ensure_ascii=False),
            "uuid": str(uuid.uuid4()),
        }
        await self.call(Call("/im/v1/messages", body, {"receive_id_type": "open_id"}, repeatable=True))


class Feishu(Webhook):
    """The input channel ``feishu``."""

    VARIABLES = ("FEISHU_APP_ID", "FEISHU_APP_SECRET", "FEISHU_ENCRYPT_KEY", "FEISHU_VERIFICATION_TOKEN")

    @classmethod
    def name(cls) -> str:
        """The path is /webhooks/feishu/webhook."""
        return "feishu"

    @classmethod
    def from_variables(cls, given: Mapping[str, str], store: Memory) -> Feishu:
        """All four variables are needed."""
        api = FeishuApi(given["FEISHU_APP_ID"], given["FEISHU_APP_SECRET"])
        key, token = given["FEISHU_ENCRYPT_KEY"], given["FEISHU_VERIFICATION_TOKEN"]
        return cls(given["FEISHU_APP_ID"], key, token, api, store)

    def __init__(
        self,
        app_id: str,
        key: str,
        token: str,
        api: FeishuApi,
        store: Memory | None = None,
        now: Callable[[], float] = time,
    ) -> None:
        super().__init__(api, store, now)
        self._app_id = app_id
        self._key = key
        self._token = token

    def read(self, request: Any) -> Incoming | HTTPResponse | None:
        """A message, or the question whether this address is ours; see ``Webhook.read``."""
        is_signed = "x-lark-signature" in request.headers
        if is_signed:
            self._check(request)
        sealed = _json(request.body).get("encrypt")
        if not isinstance(sealed, str):
            raise BadSignatureError("not encrypted")
        told = _json(feishu_open(sealed, self._key))
        if told.get("type") == "url_verification":  # may come without a signature, and only this may
            same(told.get("token"), self._token)
            return json_response({"challenge": str(told["challenge"])})
        if not is_signed:
            raise BadSignatureError("not signed")
        head = told["header"]
        same(head.get("token"), self._token)
        same(head.get("app_id"), self._app_id)
        return _incoming(str(head["event_id"]), head.get("event_type"), told["event"])

    def _check(self, request: Any) -> None:
        timestamp, nonce = (request.headers.get(f"x-lark-request-{name}", "") for name in ("timestamp", "nonce"))
        signed = feishu_signature(timestamp, nonce, self._key, request.body)
        same(request.headers.get("x-lark-signature"), signed)
        self.check_age(timestamp)

    def accepted(self) -> HTTPResponse:
        """An empty object."""
        return json_response({})


def _incoming(event_id: str, kind: object, event: Mapping[str, Any]) -> Incoming | None:
    """What a person did; None for what needs no answer, and for what another bot said."""
    if kind == RECEIVED:
        return None if event["sender"].get("sender_type") == "app" else _message(event_id, event)
    if kind == PRESSED:
        said = (event["action"].get("value") or {}).get("say")
        return Incoming(_person(event["operator"]["open_id"]), event_id, str(said)) if said else None
    if kind == MENU:
        key = str(event.get("event_key") or "")
        return Incoming(_person(event["operator"]["operator_id"]["open_id"]), event_id, key) if key else None
    if kind == OPENED:
        return Incoming(_person(event["operator_id"]["open_id"]), event_id, GREETING, greets=True)
    return None


def _message(event_id: str, event: Mapping[str, Any]) -> Incoming:
    person, message = _person(event["sender"]["sender_id"]["open_id"]), event["message"]
    if message["chat_type"] != ALONE:
        return Incoming(person, event_id, notice="channel.alone_only")
    kind = message["message_type"]
    if kind == "text":
        return Incoming(person, event_id, str(_json(message["content"])["text"]))
    said = "\n".join(_texts(_json(message["content"]).get("content"))) if kind == "post" else ""
    return Incoming(person, event_id, said, "" if said else NOTICES.get(kind, "channel.words_only"))


def _texts(rows: object) -> Iterator[str]:
    """The rows of a formatted text that have words in them."""
    for row in rows if isinstance(rows, list) else ():
        told = "".join(str(part.get("text") or "") for part in row if part.get("tag") in ("text", "a"))
        if told.strip():
            yield told


def _person(given: object) -> str:
    if not isinstance(given, str):
        raise ChannelError("nobody's message")
    return given


def _json(body: bytes | str) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except ValueError as error:
        raise ChannelError("not JSON") from error
    if not isinstance(told, dict):
        raise ChannelError("not an object")
    return told
