"""Stage documents: the papers of this cause, and what is still missing."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType

from actions.base import JourneyAction, JourneyForm, case_of, was_interrupted
from bot.bootstrap import records
from bot.journey import consent, record, summary
from bot.journey.cards.papers import checklist
from bot.names import ActionName, Slot
from bot.replies import Say


class ValidateDocumentsForm(JourneyForm):
    """Which papers are at hand."""

    stage = "documents"


class AskDocuments(JourneyAction):
    """The checklist for this cause."""

    def name(self) -> str:
        return ActionName.ASK_DOCUMENTS_FORM_DOCUMENTS_HAVE

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        case = case_of(tracker)
        if case.documents_open:
            say.showing(checklist(case)).documents_ask_more()
            return []
        if was_interrupted(tracker, Slot.DOCUMENTS_HAVE):
            say.documents_ask_again()
            return []
        papers, substitutes = summary.documents(case), summary.substitutes(case)
        say.showing(checklist(case)).documents_checklist(documents=papers, substitutes=substitutes)
        return []


class ShowDocuments(JourneyAction):
    """What is still missing, and how to get it."""

    def name(self) -> str:
        return ActionName.SHOW_DOCUMENTS

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        case = case_of(tracker)
        if case.documents_have is None:  # left because the plan has to be chosen again
            return []
        if consent.is_kept(tracker.slots):
            records().keep(tracker.sender_id, record.kept_of(case))
        missing = summary.missing_documents(case)
        if missing:
            say.showing(checklist(case)).documents_missing(missing=missing)
        else:
            say.documents_all_ready()
        return []
