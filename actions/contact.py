"""Stage contact: how to reach the lender."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType

from actions.base import JourneyAction, JourneyForm, case_of
from bot.journey.cards import contact as cards
from bot.knowledge.loader import catalog
from bot.names import ActionName
from bot.replies import Say


class ValidateContactForm(JourneyForm):
    """Hotline, the app's service or the official social accounts."""

    stage = "contact"


class ShowContact(JourneyAction):
    """The steps of the way that was chosen."""

    def name(self) -> str:
        return ActionName.SHOW_CONTACT

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        channel = case_of(tracker).contact_channel
        if channel is None:  # left because the plan has to be chosen again
            return []
        contact = catalog().contacts[channel]
        say.showing(cards.card([channel])).contact_how(label=contact.label_zh, steps="\n".join(contact.how_zh))
        say.contact_only_official()
        return []
