"""The log: one line of text or of JSON for each thing that happened, and nothing of what anybody said.

Our own modules write names of kinds and of errors. Other people's write whatever they hold in their hands, messages and
ids of people among it: of their lines only the place is kept, where the reason can be looked up, and the kind of error.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import datetime, timezone
from typing import Any

import structlog

from bot.log_lines import one_line
from bot.metrics import Counting

OURS = ("bot", "actions", "__main__")
HARMLESS = ("sanic.root", "alembic")
"""Tell of starting, stopping and migrating."""
EVENT = "event_name"
NAME = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)+")
EXTRA = ("person", "channel", "outcome", "seconds")
"""Fields that our own lines may carry; ``person`` is a pseudonym."""


def _is_from(record: logging.LogRecord, names: tuple[str, ...]) -> bool:
    return any(record.name == name or record.name.startswith(f"{name}.") for name in names)


def _fields(record: logging.LogRecord) -> dict[str, object]:
    """What may be told of a line."""
    is_ours = _is_from(record, OURS)
    told: dict[str, object] = {
        "time": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
    }
    if is_ours or _is_from(record, HARMLESS):
        told["message"] = record.getMessage()
    else:
        told["message"] = getattr(record, EVENT, f"see {record.module}.{record.funcName}, line {record.lineno}")
    told.update({name: getattr(record, name) for name in EXTRA if is_ours and hasattr(record, name)})
    if record.exc_info and record.exc_info[0]:
        told["error"] = record.exc_info[0].__name__
    return {name: one_line(value) if isinstance(value, str) else value for name, value in told.items()}


class Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; a traceback of ours, which holds no values, goes with it."""
        told = _fields(record)
        if record.exc_info and _is_from(record, OURS):
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


class Text(logging.Formatter):
    """One line for people."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; a traceback of ours, which holds no values, goes below it."""
        told = _fields(record)
        rest = " ".join(f"{name}={told[name]}" for name in (*EXTRA, "error") if name in told)
        said = f"{told['time']} {told['level']} {told['logger']} {told['message']} {rest}".rstrip()
        if record.exc_info and _is_from(record, OURS):
            said += f"\n{self.formatException(record.exc_info)}"
        return said


def set_up(kind: str) -> None:
    """Our own lines from INFO on, everybody else's from WARNING on; ``kind`` is ``text`` or ``json``."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Json() if kind == "json" else Text())
    root = logging.getLogger()
    root.handlers[:] = [handler, Counting()]
    root.setLevel(logging.WARNING)
    for name in ("bot", "actions"):
        logging.getLogger(name).setLevel(logging.INFO)
    # structlog would print by itself, past all this: its lines take the same way.
    structlog.configure(
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        processors=[structlog.stdlib.filter_by_level, _named],
    )


def _named(_logger: Any, _method: str, told: Any) -> tuple[tuple[str], dict[str, Any]]:
    """A line of structlog's as the log gets it: the name of what happened, if it is one, and none of its values."""
    name = str(told.get("event", ""))
    return ("",), {"extra": {EVENT: name if NAME.fullmatch(name) else "something happened"}}
