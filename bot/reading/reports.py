"""Whether words about the end of a talk report it, only think of it, or want it written down."""

from __future__ import annotations

import re

_SUPPOSED = re.compile(r"如果|要是|万一|假如|希望|想让|能让|争取|才(?:会|能)|会(?:不会)?(?:同意|答应)")
_TO_WRITE_DOWN = re.compile(r"(?:帮我|给我|请)?(?:记(?:一下|下来|上|录)|补记)(?!得)")


def is_supposed(text: str) -> bool:
    """True for an end that is only thought of: 要是他们同意呢."""
    return bool(_SUPPOSED.search(text))


def is_to_write_down(text: str) -> bool:
    """True for who wants a talk written down, whatever came out of it: 又没同意，记一下."""
    return bool(_TO_WRITE_DOWN.search(text))
