"""What a person is told when their message could not be answered: what to do, by what went wrong."""

from __future__ import annotations

from rasa.core.lock_store import LockError
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import ConversationLostError, RecordError
from bot.knowledge.lines import line

NOT_STORED = (RecordError, SQLAlchemyError, RedisError, OSError)


def words_for(error: Exception) -> str:
    """The words that tell of ``error``. Nothing of the message was kept, so to send it again is right in every case."""
    if isinstance(error, ConversationLostError):
        return line("channel.lost")
    if isinstance(error, LockError):
        return line("channel.busy")
    if isinstance(error, NOT_STORED):
        return line("channel.not_stored")
    return line("channel.failed")
