"""The web page, served by the bot's own server.

The page is at ``/`` and what it loads is below ``/chat/``. Nothing comes from anywhere else, and the headers
see to it that nothing can: no inline script or style, no third party, no referrer, no frame around the page.
``/widget.js`` puts the same conversation on another site's page (docs/widget.md); only it, and the style sheet that
old browsers need with it, may be loaded from elsewhere. All files are built from ``web/`` by ``make web``.

Every file is read once, at start-up, and kept plain and gzipped. ``index.html`` names the files it loads with a
hash of their content (``/chat/app.js?v=...``), so those can stay in the browser for a year, never stale.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.response import HTTPResponse

from bot.errors import ChannelError

WEB = Path(__file__).parent / "web"
INDEX = "index.html"
SCRIPT = "text/javascript; charset=utf-8"
FILES = {
    "/chat/app.js": SCRIPT,
    "/chat/app.css": "text/css; charset=utf-8",
    "/chat/licences.txt": "text/plain; charset=utf-8",
    "/widget.js": SCRIPT,
}
"""By path; the files have the last part of it as their name."""
LOADED = ("/chat/app.js", "/chat/app.css")
"""What the page loads."""
EMBEDDED = ("/chat/app.css", "/widget.js")
"""What the pages of other sites may load."""
YEAR = 365 * 24 * 3600

# Chromium, Firefox and Safari from 15.4 on take 'self' to mean ws: and wss: of the same host as well. An
# older Safari stays on long polling, which is plain 'self'. So no blanket "ws: wss:", which would let data go
# anywhere.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True)
class Asset:
    """One file as it goes over the wire."""

    body: bytes
    packed: bytes
    content_type: str
    digest: str
    is_embedded: bool = False

    @classmethod
    def of(cls, body: bytes, content_type: str, is_embedded: bool = False) -> Asset:
        digest = hashlib.sha256(body).hexdigest()[:16]
        return cls(body, gzip.compress(body, 9, mtime=0), content_type, digest, is_embedded)

    def answer(self, request: Any) -> Any:
        """The response: 304 if the browser has it, gzipped if the browser can."""
        fixed = request.args.get("v") == self.digest
        headers = {
            **HEADERS,
            "Cache-Control": f"public, max-age={YEAR}, immutable" if fixed else "no-cache",
            "ETag": f'"{self.digest}"',
            "Vary": "Accept-Encoding",
        }
        if self.is_embedded:
            headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        if self.digest in re.findall(r'"([^"]*)"', request.headers.get("if-none-match", "")):
            return HTTPResponse(status=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            return HTTPResponse(body=self.packed, headers=headers, content_type=self.content_type)
        return HTTPResponse(body=self.body, headers=headers, content_type=self.content_type)


def load(web: Path = WEB) -> dict[str, Asset]:
    """All files by their path on the server."""
    try:
        assets = {
            path: Asset.of((web / path.rpartition("/")[2]).read_bytes(), kind, path in EMBEDDED)
            for path, kind in FILES.items()
        }
        index = (web / INDEX).read_text("utf-8")
    except OSError as error:
        raise ChannelError(f"a file of the web page is missing: {error}") from error
    for path in LOADED:
        if f'"{path}"' not in index:
            raise ChannelError(f"{INDEX} does not load {path}")
        index = index.replace(f'"{path}"', f'"{path}?v={assets[path].digest}"')
    return {"/": Asset.of(index.encode("utf-8"), "text/html; charset=utf-8"), **assets}


class PageBlueprint(Blueprint):
    """A blueprint that takes the root path from Rasa's "Hello from Rasa", which tells its version."""

    def register(self, app: Any, options: dict[str, Any]) -> None:
        app.router.static_routes.pop(("",), None)
        super().register(app, options)


class Page(InputChannel):
    """The input channel ``page``; in credentials.yml ``bot.channels.page.Page``. It takes no messages."""

    @classmethod
    def name(cls) -> str:
        return "page"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> Page:
        if credentials:
            raise ChannelError(f"the page channel has no option {', '.join(sorted(credentials))}")
        return cls()

    def url_prefix(self) -> str:
        """The root, whatever prefix the other channels have."""
        return "/"

    def blueprint(self, on_new_message: Callable[[Any], Awaitable[Any]]) -> Any:  # noqa: ARG002
        """The routes of the page."""
        page = PageBlueprint("page", __name__)
        for path, asset in load().items():
            name = path.strip("/").replace("/", "_") or "index"
            page.add_route(_handler(asset), path, methods=["GET", "HEAD"], name=name)
        return page


def _handler(asset: Asset) -> Callable[[Any], Awaitable[Any]]:
    async def handler(request: Any) -> Any:
        return asset.answer(request)

    return handler
