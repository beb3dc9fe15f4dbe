"""What a session of the web chat is, and what is taken from a page as it comes: no server here."""

from __future__ import annotations

import asyncio
import json
import re
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bot.errors import ChannelError

ERRORS = (
    "bad_payload",  # not an object
    "weak_session",  # the session id is too short, too long, too simple or has other characters
    "no_session",  # a message before session_request
    "wrong_session",  # a message for a session this connection has not opened
    "bad_message",  # the message is not a string
    "empty_message",  # nothing to read in it
    "message_cut",  # too long: handled, but only its beginning (a remark, not a refusal)
    "too_many",  # too many messages of this session are waiting; send it again later
    "failed",  # the bot broke down on this message
)

SESSION_ID = re.compile(r"[A-Za-z0-9_-]{22,128}")
MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
LEAST_DIFFERENT = 8  # a random id of 22 characters has fewer different ones about once in 10**15
LONGEST_METADATA = 4_000
MOST_SEEN = 200  # ids of messages of one session that are remembered
MOST_ASKED = 50  # messages a page that comes back may ask about
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def is_strong(session_id: object) -> bool:
    """Whether nobody could guess this session id."""
    return (
        isinstance(session_id, str)
        and SESSION_ID.fullmatch(session_id) is not None
        and len(set(session_id)) >= LEAST_DIFFERENT
    )


def clean(text: str) -> str:
    """The text without what a log or a database cannot hold: lone surrogates and control characters."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub("", text).strip()


def is_ours(origin: str, environ: Mapping[str, Any]) -> bool:
    """Whether a page of that origin came from this server.

    Only the host is compared: behind a proxy that ends TLS and says nothing of it, the page's scheme is https and
    ours is http.
    """
    host = urlsplit(origin).netloc.lower()
    ours = {environ.get("HTTP_HOST"), environ.get("HTTP_X_FORWARDED_HOST", "").split(",")[0].strip()}
    return bool(host) and host in {name.lower() for name in ours if name}


def says_something(text: str) -> bool:
    """Whether anything in the text can be seen (a zero-width space cannot)."""
    return any(char.isprintable() and not char.isspace() for char in text)


def metadata_of(given: object) -> dict[str, Any]:
    """A message's metadata if it is a small object, else nothing."""
    if isinstance(given, str) and len(given) <= LONGEST_METADATA:
        try:
            given = json.loads(given)
        except ValueError:
            return {}
    if not isinstance(given, dict) or len(json.dumps(given)) > LONGEST_METADATA:
        return {}
    return given


def message_id_of(given: object) -> str | None:
    """A message's id if it can be one."""
    return given if isinstance(given, str) and MESSAGE_ID.fullmatch(given) else None


@dataclass
class Conversation:
    """What the channel remembers of a session while it is in use and for a few minutes after."""

    recent: deque[dict[str, Any]]
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    seen: dict[str, bool] = field(default_factory=dict)  # message id -> its turn is done
    timer: asyncio.TimerHandle | None = None
    progress: dict[str, Any] | None = None  # after the last turn; None before one

    def settle(self, message_id: str, is_answered: bool) -> None:
        """The turn of that message is over; one that failed counts as never seen, so that it may come again."""
        if is_answered:
            self.seen[message_id] = True
        else:
            self.seen.pop(message_id, None)
        while len(self.seen) > MOST_SEEN:
            del self.seen[next(iter(self.seen))]


def since(frames: Iterable[dict[str, Any]], last_id: object) -> list[dict[str, Any]]:
    """What was said after the message with that id; everything if it is not known. Nothing comes twice."""
    kept = list({frame["id"]: frame for frame in frames}.values())
    for position, frame in enumerate(kept):
        if frame["id"] == last_id:
            return kept[position + 1 :]
    return kept


def over(waiting: object, kept: Conversation | None) -> list[str]:
    """Of the messages a page still waits for, those whose turn is over; one that nobody knows any more is, too."""
    given = waiting if isinstance(waiting, list) else []
    asked = [known for one in given[:MOST_ASKED] if (known := message_id_of(one))]
    return [one for one in asked if kept is None or kept.seen.get(one, True)]


def what_is_wrong(data: object, session_id: str | None) -> str | None:
    """Why a message to the session its connection has opened cannot be taken, one of ``ERRORS``; None if it can."""
    if not isinstance(data, dict):
        return "bad_payload"
    if session_id is None:
        return "no_session"
    if data.get("session_id") not in (None, session_id):
        return "wrong_session"
    if not isinstance(data.get("message"), str):
        return "bad_message"
    return None if says_something(clean(data["message"])) else "empty_message"


def frames_of(reply: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A reply as the frames that a page gets: one for each paragraph, buttons with the last.

    With a card it is one frame: the page leaves out of the text what the card shows, and cannot where they are apart.
    """
    buttons = reply.get("quick_replies") or reply.get("buttons") or ()
    replies = [
        {"content_type": "text", "title": str(button["title"]), "payload": str(button["payload"])}
        for button in buttons
        if button.get("title") and button.get("payload")
    ]
    card = reply.get("custom")
    parts = parts_of(reply.get("text") or "")
    if card and parts:
        parts = ["\n".join(parts)]
    frames: list[dict[str, Any]] = [{"text": part} for part in parts]
    if buttons:
        frames = [{**frame, "quick_replies": []} for frame in frames or [{"text": ""}]]
        frames[-1]["quick_replies"] = replies
    if card:
        frames = frames or [{}]
        frames[-1]["custom"] = card
    return frames


def parts_of(text: str) -> list[str]:
    """The paragraphs of a text, each a bubble of its own."""
    return [part.strip() for part in (text or "").split("\n\n") if part.strip()]


def error_of(code: str, message_id: str | None) -> dict[str, str]:
    """What is sent to a page about a message that was refused or failed."""
    return {"code": code} if message_id is None else {"code": code, "id": message_id}


def origins_of(given: str | Iterable[str] | None) -> frozenset[str]:
    """Other origins that may connect, in small letters. Raises ``ChannelError`` for one that is not whole."""
    origins = [given] if isinstance(given, str) else list(given or ())
    if not all(isinstance(origin, str) and urlsplit(origin).netloc for origin in origins):
        raise ChannelError("cors_origins holds whole origins such as https://example.org")
    return frozenset(origin.rstrip("/").lower() for origin in origins)
