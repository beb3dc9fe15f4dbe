"""Finds what nobody should type into a chat, so that it is neither read nor kept."""

from __future__ import annotations

from bot.privacy.secrets import KINDS, MASK, Secret, find_secrets, mask

__all__ = ["KINDS", "MASK", "Secret", "find_secrets", "mask"]
