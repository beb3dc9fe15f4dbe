"""WeChat Official Account: in credentials.yml ``bot.channels.wechat.WeChat``.

WeChat waits 5 seconds for an answer on the connection and delivers three times. A quick, short answer goes there;
any other through the customer-service interface, which only verified accounts have.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from time import time
from typing import Any

from sanic.response import HTTPResponse, raw, text

from bot.channels.answering import Incoming
from bot.channels.api import Call, TencentApi
from bot.channels.memory import Memory
from bot.channels.plain import Plain
from bot.channels.sealed import TencentCipher, same, sha1_of
from bot.channels.webhook import Webhook
from bot.channels.xml import read_xml, write_xml
from bot.errors import ChannelError
from bot.knowledge.lines import line

BASE = "https://api.weixin.qq.com"
GREETING = "/greet"
MOST_CHOICES = 10
AFTER_AN_EVENT = 3
"""Messages after a new follower, a menu click or a scan, within one minute; after a message it is platforms.yml's."""


class WeChatApi(TencentApi):
    """The customer-service message interface."""

    # Not following any more; over 48 hours since the person wrote; more messages than one of theirs allows.
    CLOSED = frozenset({"43004", "45015", "45047"})

    def __init__(self, app_id: str, secret: str, base: str = BASE, **more: Any) -> None:
        super().__init__(base, app_id, secret, **more)

    async def fetch_token(self, refused: str = "") -> tuple[str, float]:
        """The stable token: getting it does not make another worker's invalid. A refused one is changed by force."""
        asked = {"grant_type": "client_credential", "appid": self.owner, "secret": self.secret}
        answer = await self.once(Call("/cgi-bin/stable_token", asked, repeatable=True))
        if refused and answer["access_token"] == refused:
            answer = await self.once(Call("/cgi-bin/stable_token", {**asked, "force_refresh": True}, repeatable=True))
        return str(answer["access_token"]), float(answer["expires_in"])

    async def send(self, person: str, text: str) -> None:
        """A text message, within 48 hours of the person's last one."""
        await self._send(person, "text", {"content": text})

    async def send_choices(self, person: str, said: Plain) -> bool:
        """A menu message: what is pressed comes back as the person's own text."""
        if len(said.choices) > MOST_CHOICES:
            return False
        rows = [{"id": str(place), "content": title} for place, title in enumerate(said.titles, 1)]
        head, _, tail = said.body.rpartition("\n\n")
        await self._send(person, "msgmenu", {"head_content": head + "\n", "list": rows, "tail_content": "\n" + tail})
        return True

    async def send_picture(self, person: str, png: bytes) -> None:
        """A picture, uploaded first."""
        await self._send(person, "image", {"media_id": await self.upload(png)})

    async def _send(self, person: str, kind: str, content: dict[str, Any]) -> None:
        await self.call(Call("/cgi-bin/message/custom/send", {"touser": person, "msgtype": kind, kind: content}))


class WeChat(Webhook):
    """The input channel ``wechat``."""

    VARIABLES = ("WECHAT_APP_ID", "WECHAT_APP_SECRET", "WECHAT_TOKEN")
    answer_seconds = 4.0

    @classmethod
    def name(cls) -> str:
        """The path is /webhooks/wechat/webhook."""
        return "wechat"

    @classmethod
    def from_variables(cls, given: Mapping[str, str], store: Memory) -> WeChat:
        """Encrypted when WECHAT_AES_KEY is set; then nothing else is taken."""
        cipher = TencentCipher(given["WECHAT_AES_KEY"], given["WECHAT_APP_ID"]) if given["WECHAT_AES_KEY"] else None
        api = WeChatApi(given["WECHAT_APP_ID"], given["WECHAT_APP_SECRET"])
        return cls(given["WECHAT_TOKEN"], cipher, api, store)

    def __init__(
        self,
        token: str,
        cipher: TencentCipher | None,
        api: WeChatApi,
        store: Memory | None = None,
        now: Callable[[], float] = time,
    ) -> None:
        super().__init__(api, store, now)
        self._token = token
        self._cipher = cipher

    def verify(self, request: Any) -> str:
        """WeChat's echo string, when it comes from WeChat."""
        self._check(request)
        return str(request.args.get("echostr", ""))

    def read(self, request: Any) -> Incoming | None:
        """A message or an event; see ``Webhook.read``."""
        self._check(request)
        fields = read_xml(request.body)
        if self._cipher:
            sealed = fields.get("Encrypt", "")
            signed = sha1_of(self._token, request.args["timestamp"][0], request.args["nonce"][0], sealed)
            same(request.args.get("msg_signature"), signed)
            fields = read_xml(self._cipher.open(sealed))
        return incoming_of(fields)

    def _check(self, request: Any) -> None:
        timestamp, nonce = (request.args.get(name, "") for name in ("timestamp", "nonce"))
        same(request.args.get("signature"), sha1_of(self._token, timestamp, nonce))
        self.check_age(timestamp)

    def accepted(self) -> HTTPResponse:
        """The word that WeChat wants, or it tells the person that the account is out of order."""
        return text("success")

    def on_connection(self, incoming: Incoming, said: str) -> HTTPResponse:
        """A text message, encrypted as the question was."""
        moment = int(self.now())
        message = write_xml(
            {
                "ToUserName": incoming.person,
                "FromUserName": incoming.to,
                "CreateTime": moment,
                "MsgType": "text",
                "Content": said,
            }
        )
        if self._cipher:
            sealed, nonce = self._cipher.seal(message), secrets.token_hex(8)
            signature = sha1_of(self._token, str(moment), nonce, sealed)
            message = write_xml(
                {"Encrypt": sealed, "MsgSignature": signature, "TimeStamp": moment, "Nonce": nonce},
            )
        return raw(message, content_type="application/xml; charset=utf-8")


def incoming_of(fields: Mapping[str, str]) -> Incoming | None:
    """A message in the XML of WeChat and WeCom; None for events that need no answer."""
    kind, person = fields.get("MsgType", ""), fields.get("FromUserName", "")
    if not kind or not person:
        raise ChannelError("no message")
    if kind == "event":
        return _event(person, fields)
    if not fields.get("MsgId"):
        raise ChannelError("a message without an id")
    said = fields.get("Content", "") if kind == "text" else fields.get("Recognition", "")
    if said == line("channel.wechat_shows_nothing"):
        said, kind = "", "other"
    notice = "" if said or kind == "text" else NOTICES.get(kind, "channel.words_only")
    return Incoming(person, fields["MsgId"], said, notice, to=fields.get("ToUserName", ""))


NOTICES = {"voice": "channel.voice_only", "location": "channel.place_only"}


def _event(person: str, fields: Mapping[str, str]) -> Incoming | None:
    event, key = fields.get("Event", "").lower(), fields.get("EventKey", "")
    told = Incoming(
        person,
        f"{person} {fields.get('CreateTime', '')} {event} {key}",
        GREETING,
        to=fields.get("ToUserName", ""),
        most=AFTER_AN_EVENT,
    )
    if event == "subscribe":
        return told
    if event == "unsubscribe":
        return replace(told, leaves=True)
    if event in ("scan", "enter_agent"):
        return replace(told, greets=True)
    if event == "click" and key:
        return replace(told, text=key)
    return None
