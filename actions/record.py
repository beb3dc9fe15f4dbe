"""Stage record: what came out of the talk, saved when the person has checked it."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions.base import JourneyAction, JourneyForm, case_of, handled, read_back
from bot.bootstrap import records
from bot.clock import now, today
from bot.journey import plan, read_record, record, render, summary, words
from bot.names import ActionName, Slot
from bot.replies import Say


class ValidateRecordForm(JourneyForm):
    """Channel, outcome, terms, and a last look before it is saved."""

    stage = "record"


class OpenRecord(JourneyAction):
    """A word about the outcome, then the form."""

    def name(self) -> str:
        return ActionName.OPEN_RECORD

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        case = case_of(tracker)
        if case.record_outcome is None and read_record.is_ahead(str(tracker.latest_message.get("text") or "")):
            say.script_next()
            return [handled(tracker), FollowupAction((tracker.active_loop or {}).get("name") or "action_listen")]
        {"agreed": say.record_open_agreed, "refused": say.record_open_refused}.get(
            case.record_outcome or "", say.record_open
        )()
        read_back(tracker, say)
        channel = case.record_channel or case.contact_channel
        return [handled(tracker), SlotSet(Slot.RECORD_CHANNEL, channel), SlotSet(Slot.PENDING_OFFER, None)]


class AskRecordConfirm(JourneyAction):
    """The record as it would be saved, with a check against the budget."""

    def name(self) -> str:
        return ActionName.ASK_RECORD_FORM_RECORD_CONFIRM

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        case = case_of(tracker)
        say.record_summary(record=record.rows(case), check=record.check(case))
        return []


class SaveRecord(JourneyAction):
    """Save in one transaction, then say what comes next."""

    def name(self) -> str:
        return ActionName.SAVE_RECORD

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        case = case_of(tracker)
        saved = records().add(tracker.sender_id, record.talk_of(case, now()))
        say.record_saved(number=str(saved.number))
        {
            "agreed": say.record_saved_agreed,
            "refused": say.record_saved_refused,
            "pending": say.record_saved_pending,
        }[saved.talk.outcome]()
        cleared = record.without_record(case).changes_from(case)
        return [SlotSet(name, value) for name, value in cleared.items()]


class ViewRecords(JourneyAction):
    """All that was saved."""

    def name(self) -> str:
        return ActionName.VIEW_RECORDS

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        kept = records().of(tracker.sender_id)
        if kept:
            say.records(records=record.listing(kept))
        else:
            say.records_none()
        return []


class Export(JourneyAction):
    """Everything as one text to copy."""

    def name(self) -> str:
        return ActionName.EXPORT

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        case = case_of(tracker)
        parts = [render.known(case)]
        if case.debts and case.open_debt is None:
            parts.append(summary.debts(case))
        if case.plan_choice:
            parts.append(words.script(case, plan.propose(case, today())))
        parts.append(record.listing(records().of(tracker.sender_id)))
        say.export(summary="\n\n".join(part for part in parts if part))
        return []
