"""Feishu (an app with a bot): in credentials.yml ``bot.channels.feishu.Feishu``. Always encrypted.

Answers go to the person alone, never to a group: what people tell about their debts is nobody else's business.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from time import time
from typing import Any

from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.channels.api import Api, Call
from bot.channels.memory import Memory
from bot.channels.sealed import BadSignatureError, feishu_open, feishu_signature, same
from bot.channels.webhook import Incoming, Webhook
from bot.errors import ChannelError

BASE = "https://open.feishu.cn/open-apis"
RECEIVED = "im.message.receive_v1"
ALONE = "p2p"


class FeishuApi(Api):
    """Messages of the app's bot."""

    EXPIRED = frozenset({"99991661", "99991663", "99991664", "99991668"})
    BUSY = frozenset({"HTTP 429", "99991400", "230020"})

    def __init__(self, app_id: str, secret: str, base: str = BASE, **more: Any) -> None:
        super().__init__(base, **more)
        self._app_id = app_id
        self._secret = secret

    async def fetch_token(self) -> tuple[str, float]:
        """The tenant's token."""
        asked = {"app_id": self._app_id, "app_secret": self._secret}
        answer = await self.once(Call("/auth/v3/tenant_access_token/internal", asked, repeatable=True))
        return str(answer["tenant_access_token"]), float(answer["expire"])

    def with_token(self, call: Call, token: str) -> Call:
        """The token goes into a header."""
        headers = {**call.headers, "Authorization": f"Bearer {token}"}
        return Call(call.path, call.body, call.params, headers, call.repeatable)

    def code_of(self, status: int, answer: Mapping[str, Any]) -> str:
        """Feishu's code, whatever the HTTP status."""
        code = answer.get("code", 0)
        return "" if status < 400 and code == 0 else str(code or f"HTTP {status}")

    async def send(self, person: str, text: str) -> None:
        """A text message; its uuid lets Feishu drop it when it comes twice."""
        body = {
            "receive_id": person,
            "msg_type": "text",
            "content": json.dumps({"text": text}, ensure_ascii=False),
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
        sealed = _json(request.body).get("encrypt")
        if not isinstance(sealed, str):
            raise BadSignatureError("not encrypted")
        told = _json(feishu_open(sealed, self._key))
        if told.get("type") == "url_verification":  # comes without a signature
            same(told.get("token"), self._token)
            return json_response({"challenge": str(told["challenge"])})
        timestamp, nonce = (request.headers.get(f"x-lark-request-{name}", "") for name in ("timestamp", "nonce"))
        signed = feishu_signature(timestamp, nonce, self._key, request.body)
        same(request.headers.get("x-lark-signature"), signed)
        self.check_age(timestamp)
        head = told["header"]
        same(head.get("token"), self._token)
        same(head.get("app_id"), self._app_id)
        return _message(head, told["event"]) if head.get("event_type") == RECEIVED else None

    def accepted(self) -> HTTPResponse:
        """An empty object."""
        return json_response({})


def _message(head: Mapping[str, Any], event: Mapping[str, Any]) -> Incoming:
    person, message = event["sender"]["sender_id"]["open_id"], event["message"]
    if message["chat_type"] != ALONE:
        return Incoming(person, head["event_id"], notice="channel.alone_only")
    if message["message_type"] != "text":
        return Incoming(person, head["event_id"], notice="channel.words_only")
    return Incoming(person, head["event_id"], str(_json(message["content"])["text"]))


def _json(body: bytes | str) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except ValueError as error:
        raise ChannelError("not JSON") from error
    if not isinstance(told, dict):
        raise ChannelError("not an object")
    return told
