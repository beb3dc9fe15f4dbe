"""DingTalk (an organisation's robot, HTTP mode): in credentials.yml ``bot.channels.dingtalk.DingTalk``.

Answers go to the person alone, never to a group: what people tell about their debts is nobody else's business.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from time import time
from typing import Any
from urllib.parse import quote

from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.channels.answering import Incoming
from bot.channels.api import Api, Call, DeliveryError
from bot.channels.memory import Memory
from bot.channels.plain import Plain
from bot.channels.platforms import platform
from bot.channels.sealed import BadSignatureError, dingtalk_signature, same
from bot.channels.webhook import Webhook
from bot.errors import ChannelError

BASE = "https://api.dingtalk.com"
UPLOADS = "https://oapi.dingtalk.com"
SAYS = "dtmd://dingtalkclient/sendMessage?content="
"""A link that sends its text as the person's own message."""
MARKS = {ord(mark): ord(mark) + 0xFEE0 for mark in "*_#`[]<>~|"}
"""What Markdown would take for a mark, as the wide character that it leaves alone."""
ALONE = "1"
MILLISECONDS = 1000.0


class DingTalkApi(Api):
    """Messages of the robot to one person."""

    EXPIRED = frozenset({"InvalidAuthentication", "HTTP 401"})
    BUSY = frozenset({"HTTP 429", "ServiceUnavailable", "Throttling", "Forbidden.AccessDenied.QpsLimitForApi"})

    CLOSED = frozenset({"staffId.notExisted", "invalidStaffIdList"})

    def __init__(
        self, app_key: str, secret: str, robot: str, base: str = BASE, uploads: str = UPLOADS, **more: Any
    ) -> None:
        super().__init__(base, app_key, secret, **more)
        self._robot = robot
        self._uploads = uploads

    async def fetch_token(self, refused: str = "") -> tuple[str, float]:  # noqa: ARG002 (it cannot be forced)
        """The app's token."""
        asked = {"appKey": self.owner, "appSecret": self.secret}
        answer = await self.once(Call("/v1.0/oauth2/accessToken", asked, repeatable=True))
        return str(answer["accessToken"]), float(answer["expireIn"])

    def with_token(self, call: Call, token: str) -> Call:
        """The token goes into a header; into the address where files are uploaded."""
        if call.file:
            return replace(call, params={**call.params, "access_token": token})
        return replace(call, headers={**call.headers, "x-acs-dingtalk-access-token": token})

    def code_of(self, status: int, answer: Mapping[str, Any]) -> str:
        """DingTalk's code comes with an HTTP error; with an ``errcode`` where files are uploaded."""
        if status < 400:
            return str(answer.get("errcode") or "")
        return str(answer.get("code") or f"HTTP {status}")

    async def send(self, person: str, text: str) -> None:
        """A text message to one member."""
        await self._send(person, "sampleText", {"content": text})

    async def send_choices(self, person: str, said: Plain) -> bool:
        """Markdown whose choices are links that say them; a text with addresses stays a text."""
        links = zip(said.labels, said.titles, strict=True)
        rows = [f"{label}. [{title.translate(MARKS)}]({SAYS}{quote(title, safe='')})" for label, title in links]
        text = "  \n".join([*said.body.translate(MARKS).splitlines(), "", *rows])
        if "://" in said.body or platform("dingtalk").size(text) > platform("dingtalk").most:
            return False
        await self._send(person, "sampleMarkdown", {"title": said.titles[0], "text": text})
        return True

    async def send_picture(self, person: str, png: bytes) -> None:
        """A picture, uploaded first."""
        call = Call(f"{self._uploads}/media/upload", params={"type": "image"}, file=("media", png), repeatable=True)
        media = str((await self.call(call)).get("media_id", ""))
        await self._send(person, "sampleImageMsg", {"photoURL": media})

    async def _send(self, person: str, kind: str, content: dict[str, str]) -> None:
        said = json.dumps(content, ensure_ascii=False)
        body = {"robotCode": self._robot, "userIds": [person], "msgKey": kind, "msgParam": said}
        answer = await self.call(Call("/v1.0/robot/oToMessages/batchSend", body))
        if answer.get("invalidStaffIdList"):
            raise DeliveryError("invalidStaffIdList", closed=True)
        if answer.get("flowControlledStaffIdList"):
            raise DeliveryError("flowControlledStaffIdList")


class DingTalk(Webhook):
    """The input channel ``dingtalk``."""

    VARIABLES = ("DINGTALK_APP_KEY", "DINGTALK_APP_SECRET", "DINGTALK_ROBOT_CODE")

    @classmethod
    def name(cls) -> str:
        """The path is /webhooks/dingtalk/webhook."""
        return "dingtalk"

    @classmethod
    def from_variables(cls, given: Mapping[str, str], store: Memory) -> DingTalk:
        """All three variables are needed."""
        secret, robot = given["DINGTALK_APP_SECRET"], given["DINGTALK_ROBOT_CODE"]
        return cls(secret, robot, DingTalkApi(given["DINGTALK_APP_KEY"], secret, robot), store)

    def __init__(
        self, secret: str, robot: str, api: DingTalkApi, store: Memory | None = None, now: Callable[[], float] = time
    ) -> None:
        super().__init__(api, store, now)
        self._secret = secret
        self._robot = robot

    def read(self, request: Any) -> Incoming | None:
        """A message; see ``Webhook.read``."""
        timestamp = request.headers.get("timestamp", "")
        same(request.headers.get("sign"), dingtalk_signature(timestamp, self._secret))
        self.check_age(timestamp, MILLISECONDS)
        try:
            told = json.loads(request.body)
        except ValueError as error:
            raise ChannelError("not JSON") from error
        if told.get("robotCode", self._robot) != self._robot:
            raise BadSignatureError("for another robot")
        person, message_id = told.get("senderStaffId"), str(told["msgId"])
        if not isinstance(person, str) or not person:
            raise ChannelError("from somebody outside the organisation")
        if told.get("conversationType", ALONE) != ALONE:
            return Incoming(person, message_id, notice="channel.alone_only")
        return Incoming(person, message_id, *_said(told))

    def accepted(self) -> HTTPResponse:
        """Nothing to say on the connection."""
        return json_response({"msgtype": "empty"})


def _said(told: Mapping[str, Any]) -> tuple[str, str]:
    """What was said and, where nothing can be read, the line to answer with."""
    kind = told.get("msgtype")
    if kind == "text":
        return str(told["text"]["content"]), ""
    content = told.get("content")
    if not isinstance(content, Mapping):
        return "", "channel.words_only"
    if kind == "audio":
        said = str(content.get("recognition") or "")
        return said, "" if said else "channel.voice_only"
    parts = content.get("richText") or ()
    said = "\n".join(str(part["text"]) for part in parts if isinstance(part, Mapping) and part.get("text"))
    return said, "" if said else "channel.words_only"
