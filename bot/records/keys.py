"""The key ring of this process, from the settings."""

from __future__ import annotations

from functools import lru_cache

from bot.errors import SettingsError
from bot.privacy.sealing import Keys, SealError
from bot.settings import settings


def keys() -> Keys:
    """The keys in ``GUIDE_KEYS``. Raises ``SettingsError`` saying what is wrong with them."""
    return _read(settings().keys)


@lru_cache(maxsize=8)
def _read(text: str) -> Keys:
    try:
        return Keys.read(text)
    except SealError as error:
        raise SettingsError(f"GUIDE_KEYS: {error}") from error
