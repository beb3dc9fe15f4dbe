"""Everything this project raises on purpose.

BotError
├── PlanInputError      a plan was asked for with a value outside its stated range
├── KnowledgeError      a fact or catalogue file is wrong (start-up only)
├── SettingsError       an environment variable holds something that cannot be used
├── ChannelError        a channel's configuration or traffic is wrong
├── RecordError         the record store could not keep or find something
├── ActionsAwayError    the action server does not answer
└── ConversationLostError  what a person said was in memory only, and the memory is gone

A person's answer that will not do is never an exception: it is a value, and the question is asked again.
The text of an error is for developers; people read a reply from ``data/responses/``.
"""

from __future__ import annotations


class BotError(Exception):
    """Base of all errors raised on purpose."""


class PlanInputError(BotError):
    """A plan was asked for with a value outside its stated range."""

    def __init__(self, field: str, value: object, rule: str) -> None:
        super().__init__(f"{field}={value!r}: {rule}")
        self.field = field
        self.value = value
        self.rule = rule


class KnowledgeError(BotError):
    """One or more fact or catalogue files are wrong; the text lists all the problems."""


class SettingsError(BotError):
    """An environment variable holds something that cannot be used."""


class ChannelError(BotError):
    """A channel's configuration or traffic is wrong."""


class RecordError(BotError):
    """The record store could not keep or find something."""


class ConversationLostError(BotError):
    """What a person said was in memory only, as they had not agreed to keep it, and the memory is gone."""


class ActionsAwayError(BotError):
    """The action server does not answer."""
