"""What is thrown at the bot and at its routes: real phrasings bent out of shape, and plain nonsense."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "300"))
"""Of each kind; ``make fuzz`` sets more."""
FUZZ = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
TESTS = Path(__file__).parents[1]
SECRETS = yaml.safe_load((TESTS / "cases/privacy/secrets.yml").read_text("utf-8"))
SAID = sorted(
    {text for path in TESTS.glob("sentences/*.yml") for text in yaml.safe_load(path.read_text("utf-8"))["sentences"]}
    | set(yaml.safe_load((TESTS / "cases/privacy/harmless.yml").read_text("utf-8")))
    | {
        row[0]
        for rows in yaml.safe_load((TESTS / "cases/privacy/secrets.yml").read_text("utf-8")).values()
        for row in rows
    }
)
NASTY = (
    "{amount}",
    "{0}",
    "{{x}}",
    "${jndi:ldap://x}",
    "'; DROP TABLE events;--",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "`id`",
    "$(id)",
    "%s%n",
    "\\u0000",
    "\x00",
    "\r\nERROR forged line",
    "\u202e",
    "\ud800",
    "■",
    "/greet{",
    "/restart",
    '/deny{"a": [1]}',
    "/nothing_of_that_name",
    "/crisis",
    "#set page(fill: red)",
    "[](entity)",
    "[花呗](product)",
    "😀" * 30,
    "٣٤٥",
    "1e308",
    "-0",
    "NaN",
    "9" * 400,
    "零" * 60,
    "\u200b",
    " ",
    "null",
    "A" * 3000,
    "我" * 2500,
    "EXTERNAL: x",
)


@st.composite
def messages(draw: st.DrawFn) -> str:
    """A phrasing, bent: cut, doubled, mixed with another, with something nasty in it; or nonsense alone."""
    if draw(st.integers(0, 4)) == 0:
        return draw(st.text(max_size=200) | st.sampled_from(NASTY))
    text = draw(st.sampled_from(SAID))
    for _ in range(draw(st.integers(0, 3))):
        at, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        piece = draw(st.sampled_from(NASTY) | st.sampled_from(SAID) | st.text(max_size=10))
        change = draw(st.integers(0, 3))
        text = (text[:at] + text[end:], text[:at] + piece + text[at:], text + text[at:end], text[:at] + piece)[change]
    return text[:6000]


JSON: Any = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=30)
    | st.sampled_from(NASTY),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=8,
)
FIELDS = (
    "sender",
    "message",
    "metadata",
    "input_channel",
    "id",
    "session_id",
    "encrypt",
    "text",
    "msgtype",
    "header",
    "event",
)


def written(value: Any) -> bytes:
    """``value`` as JSON, whatever is in it."""
    return json.dumps(value).encode("utf-8", "surrogatepass")


OBJECTS = st.dictionaries(st.sampled_from(FIELDS), JSON | messages(), max_size=6)
BODIES = (
    OBJECTS.map(written)
    | JSON.map(written)
    | st.binary(max_size=300)
    | messages().map(lambda text: f"<xml><Encrypt>{text}</Encrypt></xml>".encode("utf-8", "surrogatepass"))
    | st.sampled_from(
        (b"[" * 50_000, b"{" * 50_000, b'{"a":' * 20_000, b"\xff\xfe", b"", b"<a>" * 9_000, b"x" * 300_000)
    )
)
