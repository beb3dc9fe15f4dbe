"""Stage follow-up: instalments paid, and instalments that cannot be paid."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType

from actions.base import JourneyAction
from bot.bootstrap import records
from bot.clock import today
from bot.journey import follow_up, record
from bot.knowledge.lines import line
from bot.names import ActionName
from bot.replies import Say


class ReportPayment(JourneyAction):
    """An instalment was paid: noted with the agreement, and the next one named."""

    def name(self) -> str:
        return ActionName.REPORT_PAYMENT

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        agreed = record.agreement(records().of(tracker.sender_id))
        if agreed is None:
            say.payment_reported(next=line("record.no_next"))
            return []
        if not record.is_settled(agreed):
            agreed = records().add_payment(tracker.sender_id, agreed.number, today())
        if record.is_settled(agreed):
            say.payment_settled(count=str(len(agreed.payments)))
        else:
            say.payment_reported(next=record.next_due(agreed))
        return []


class ReportMissedPayment(JourneyAction):
    """An instalment cannot be paid: what to do before the day."""

    def name(self) -> str:
        return ActionName.REPORT_MISSED_PAYMENT

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        kept = records().of(tracker.sender_id)
        agreed = record.agreement(kept)
        terms = line("record.agreement", terms=record.terms(agreed.talk)) if agreed else line("record.no_agreement")
        say.payment_missed(agreement=terms, words=follow_up.what_to_say(kept, today()))
        return []
