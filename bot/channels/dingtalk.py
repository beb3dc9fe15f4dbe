"""DingTalk (an organisation's robot, HTTP mode): in credentials.yml ``bot.channels.dingtalk.DingTalk``.

Answers go to the person alone, never to a group: what people tell about their debts is nobody else's business.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from time import time
from typing import Any

from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.channels.api import Api, Call
from bot.channels.memory import Memory
from bot.channels.sealed import BadSignatureError, dingtalk_signature, same
from bot.channels.webhook import Incoming, Webhook
from bot.errors import ChannelError

BASE = "https://api.dingtalk.com"
ALONE = "1"
MILLISECONDS = 1000.0


class DingTalkApi(Api):
    """Messages of the robot to one person."""

    EXPIRED = frozenset({"InvalidAuthentication", "HTTP 401"})
    BUSY = frozenset({"HTTP 429", "ServiceUnavailable", "Throttling", "Forbidden.AccessDenied.QpsLimitForApi"})

    def __init__(self, app_key: str, secret: str, robot: str, base: str = BASE, **more: Any) -> None:
        super().__init__(base, **more)
        self._app_key = app_key
        self._secret = secret
        self._robot = robot

    async def fetch_token(self) -> tuple[str, float]:
        """The app's token."""
        asked = {"appKey": self._app_key, "appSecret": self._secret}
        answer = await self.once(Call("/v1.0/oauth2/accessToken", asked, repeatable=True))
        return str(answer["accessToken"]), float(answer["expireIn"])

    def with_token(self, call: Call, token: str) -> Call:
        """The token goes into a header."""
        headers = {**call.headers, "x-acs-dingtalk-access-token": token}
        return Call(call.path, call.body, call.params, headers, call.repeatable)

    def code_of(self, status: int, answer: Mapping[str, Any]) -> str:
        """DingTalk's code comes with an HTTP error."""
        return "" if status < 400 else str(answer.get("code") or f"HTTP {status}")

    async def send(self, person: str, text: str) -> None:
        """A text message to one member."""
        said = json.dumps({"content": text}, ensure_ascii=False)
        body = {"robotCode": self._robot, "userIds": [person], "msgKey": "sampleText", "msgParam": said}
        await self.call(Call("/v1.0/robot/oToMessages/batchSend", body))


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
        person, message_id = told.get("senderStaffId"), told["msgId"]
        if not person:
            raise ChannelError("from somebody outside the organisation")
        if told.get("conversationType", ALONE) != ALONE:
            return Incoming(person, message_id, notice="channel.alone_only")
        if told.get("msgtype") != "text":
            return Incoming(person, message_id, notice="channel.words_only")
        return Incoming(person, message_id, str(told["text"]["content"]))

    def accepted(self) -> HTTPResponse:
        """Nothing to say on the connection."""
        return json_response({"msgtype": "empty"})
