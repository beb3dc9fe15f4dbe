"""WeChat's XML: flat, small, and never with declarations that could be made to explode."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

from bot.errors import ChannelError


def read_xml(body: bytes) -> dict[str, str]:
    """The fields of a message. Raises ``ChannelError`` for anything else."""
    try:
        told = body.decode("utf-8")  # first, so that no other encoding hides a declaration
        if "<!DOCTYPE" in told or "<!ENTITY" in told:
            raise ChannelError("no declarations in a message")
        root = ElementTree.fromstring(told)
    except (ElementTree.ParseError, ValueError) as error:
        raise ChannelError("not XML") from error
    return {field.tag: (field.text or "").strip() for field in root}


def write_xml(fields: Mapping[str, str | int]) -> bytes:
    """A message of ``fields``; texts go into CDATA, numbers do not."""
    rows = "".join(
        f"<{name}>{value if isinstance(value, int) else _cdata(value)}</{name}>" for name, value in fields.items()
    )
    return f"<xml>{rows}</xml>".encode()


def _cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
