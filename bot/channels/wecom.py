"""WeCom (an app of a company): in credentials.yml ``bot.channels.wecom.WeCom``. Always encrypted.

Choices stay numbered lists: template cards are not shown in the WeChat plug-in, where people use the app from WeChat.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import time
from typing import Any

from bot.channels.answering import Incoming
from bot.channels.api import Call, DeliveryError, TencentApi
from bot.channels.memory import Memory
from bot.channels.sealed import BadSignatureError, TencentCipher, same, sha1_of
from bot.channels.webhook import Webhook
from bot.channels.wechat import incoming_of
from bot.channels.xml import read_xml
from bot.errors import ChannelError

BASE = "https://qyapi.weixin.qq.com"


class WeComApi(TencentApi):
    """Messages of one app of a company."""

    # Not a member who may be written to: only a change of the app's range helps.
    CLOSED = frozenset({"81013", "invaliduser"})

    def __init__(self, corp_id: str, agent_id: int, secret: str, base: str = BASE, **more: Any) -> None:
        super().__init__(base, f"{corp_id}:{agent_id}", secret, **more)
        self.agent_id = agent_id
        self._corp_id = corp_id

    async def fetch_token(self, refused: str = "") -> tuple[str, float]:  # noqa: ARG002 (it cannot be forced)
        """The app's token; WeCom gives the same one until it ends."""
        asked = {"corpid": self._corp_id, "corpsecret": self.secret}
        answer = await self.once(Call("/cgi-bin/gettoken", params=asked, repeatable=True))
        return str(answer["access_token"]), float(answer["expires_in"])

    async def send(self, person: str, text: str) -> None:
        """A text message to one member."""
        await self._send(person, "text", {"content": text})

    async def send_picture(self, person: str, png: bytes) -> None:
        """A picture, uploaded first."""
        await self._send(person, "image", {"media_id": await self.upload(png)})

    async def _send(self, person: str, kind: str, content: dict[str, Any]) -> None:
        body = {"touser": person, "msgtype": kind, "agentid": self.agent_id, kind: content}
        answer = await self.call(Call("/cgi-bin/message/send", body))
        if answer.get("invaliduser"):
            raise DeliveryError("invaliduser", closed=True)


class WeCom(Webhook):
    """The input channel ``wecom``."""

    VARIABLES = ("WECOM_CORP_ID", "WECOM_AGENT_ID", "WECOM_SECRET", "WECOM_TOKEN", "WECOM_AES_KEY")

    @classmethod
    def name(cls) -> str:
        """The path is /webhooks/wecom/webhook."""
        return "wecom"

    @classmethod
    def from_variables(cls, given: Mapping[str, str], store: Memory) -> WeCom:
        """All five variables are needed."""
        if not given["WECOM_AGENT_ID"].isdecimal():
            raise ChannelError("WECOM_AGENT_ID is a number")
        api = WeComApi(given["WECOM_CORP_ID"], int(given["WECOM_AGENT_ID"]), given["WECOM_SECRET"])
        return cls(given["WECOM_TOKEN"], TencentCipher(given["WECOM_AES_KEY"], given["WECOM_CORP_ID"]), api, store)

    def __init__(
        self,
        token: str,
        cipher: TencentCipher,
        api: WeComApi,
        store: Memory | None = None,
        now: Callable[[], float] = time,
    ) -> None:
        super().__init__(api, store, now)
        self._token = token
        self._cipher = cipher
        self._agent_id = api.agent_id

    def verify(self, request: Any) -> str:
        """What is inside WeCom's echo string."""
        return self._unseal(request, request.args.get("echostr", "")).decode()

    def read(self, request: Any) -> Incoming | None:
        """A message or an event; see ``Webhook.read``."""
        fields = read_xml(self._unseal(request, read_xml(request.body).get("Encrypt", "")))
        if fields.get("AgentID", str(self._agent_id)) != str(self._agent_id):
            raise BadSignatureError("for another app")
        return incoming_of(fields)

    def _unseal(self, request: Any, sealed: str) -> bytes:
        timestamp, nonce = (request.args.get(name, "") for name in ("timestamp", "nonce"))
        same(request.args.get("msg_signature"), sha1_of(self._token, timestamp, nonce, sealed))
        self.check_age(timestamp)
        return self._cipher.open(sealed)
