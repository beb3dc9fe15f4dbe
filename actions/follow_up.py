"""Stage follow-up: instalments paid, and instalments that cannot be paid."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType

from actions.base import JourneyAction
from bot.bootstrap import records
from bot.clock import today
from bot.journey import agreements, follow_up, record, render
from bot.knowledge.lines import line
from bot.names import ActionName
from bot.replies import Say


def _named(tracker: Tracker) -> list[str]:
    """The products in the message."""
    entities = tracker.latest_message.get("entities") or ()
    return [str(one.get("value")) for one in entities if one.get("entity") == "product"]


def step_up(step: str, say: Say) -> None:
    """What to do after a refusal: the same office first, then the regulators, then mediation."""
    {
        "ticket": say.record_saved_refused,
        "regulator": say.escalate_regulator,
        "mediation": say.escalate_mediation,
    }[step]()


class ReportPayment(JourneyAction):
    """An instalment was paid: noted with its agreement, and the next one named."""

    def name(self) -> str:
        return ActionName.REPORT_PAYMENT

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        kept = records().of(tracker.sender_id)
        found = agreements.meant(kept, _named(tracker), today() + follow_up.SOON)
        if len(found) > 1:
            say.payment_which(buttons=agreements.choices(found, "buttons.paid_words"))
            return []
        if not found:
            say.payment_reported(next=line("record.no_next"))
            return []
        agreed = found[0]
        if not agreements.is_settled(agreed):
            agreed = records().add_payment(tracker.sender_id, agreed.number, today())
        if agreements.is_settled(agreed):
            about = render.products(agreed.talk.products)
            say.payment_settled(about=about, count=str(len(agreed.payments)))
        else:
            say.payment_reported(next=agreements.next_due(agreed))
        return []


class ReportMissedPayment(JourneyAction):
    """An instalment cannot be paid: what to do before the day."""

    def name(self) -> str:
        return ActionName.REPORT_MISSED_PAYMENT

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        kept = records().of(tracker.sender_id)
        found = agreements.meant(kept, _named(tracker), today() + follow_up.SOON)
        if len(found) > 1:
            say.missed_which(buttons=agreements.choices(found, "buttons.missed_words"))
            return []
        terms = line("record.agreement", terms=record.terms(found[0].talk)) if found else line("record.no_agreement")
        say.payment_missed(agreement=terms, words=follow_up.what_to_say(found, today()))
        if found and (step := follow_up.step_since(kept, found[0])):
            step_up(step, say)
        return []
