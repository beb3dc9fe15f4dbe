"""Columns that are sealed at rest: bound to their table, their column and the person whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Text
from sqlalchemy.types import TypeDecorator

from bot.records.keys import keys

OWNER: ContextVar[str] = ContextVar("OWNER", default="")
"""Whose rows are read and written now. What was sealed for somebody else does not open."""


SEPARATOR = " "
"""What stands between several names in one column."""


@contextmanager
def owned_by(person: str) -> Iterator[None]:
    """Read and write rows of ``person``."""
    before = OWNER.set(person)
    try:
        yield
    finally:
        OWNER.reset(before)


class Sealed(TypeDecorator):  # type: ignore[misc]
    """A text, a whole number or several names, sealed with the current key; readable where there is no key."""

    impl = Text
    cache_ok = True

    def __init__(self, place: str, kind: type = str, required: bool = False) -> None:
        super().__init__()
        self.place, self.kind, self.required = place, kind, required

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:  # noqa: ARG002
        """The sealed form of ``value``. Raises ``ValueError`` for nothing where something is needed."""
        if value is None and self.required:
            raise ValueError(f"{self.place} is needed")
        if value is None:
            return None
        told = SEPARATOR.join(value) if self.kind is tuple else str(value)
        return keys().seal(told, f"{self.place}:{OWNER.get()}")

    def process_result_value(self, value: Any, dialect: Any) -> Any:  # noqa: ARG002
        """The value that was sealed. Raises ``SealError`` for what is not of this place and person."""
        if value is None:
            return None
        told = keys().open(str(value), f"{self.place}:{OWNER.get()}")
        return tuple(told.split(SEPARATOR)) if self.kind is tuple else self.kind(told)
