"""Stage record: what came out of the talk, saved when the person has checked it."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions.base import JourneyAction, JourneyForm, case_of, handled, read_back, turn_of
from actions.follow_up import step_up
from bot.bootstrap import can_link, links_to, records
from bot.clock import now, today
from bot.journey import about, consent, follow_up, plan, read_record, record, record_check, render, script, summary
from bot.journey.cards import records as cards
from bot.knowledge.lines import line
from bot.names import ActionName, Slot
from bot.papers import content
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
        for other in turn_of(tracker).get("outcomes") or ():
            if other["outcome"] != case.record_outcome:
                say.record_one_more(debts=script.names(other["products"]), outcome=line(f"outcome.{other['outcome']}"))
        channel = case.record_channel or about.usual_channel(case)
        return [handled(tracker), SlotSet(Slot.RECORD_CHANNEL, channel), SlotSet(Slot.PENDING_OFFER, None)]


class AskRecordProducts(JourneyAction):
    """Which of the debts the talk was about."""

    def name(self) -> str:
        return ActionName.ASK_RECORD_FORM_RECORD_PRODUCTS

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        labels = [render.product_label(product) for product in about.candidates(case_of(tracker))]
        titles = [*labels, line("buttons.all_together")]
        say.record_ask_products(buttons=[{"title": title, "payload": title} for title in titles])
        return []


class AskRecordConfirm(JourneyAction):
    """The record as it would be saved, with a check against the budget."""

    def name(self) -> str:
        return ActionName.ASK_RECORD_FORM_RECORD_CONFIRM

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        case, kept = case_of(tracker), records().of(tracker.sender_id)
        checked = record_check.check(case, today(), kept)
        say.showing(cards.to_check(case, today(), kept)).record_summary(record=record.rows(case), check=checked)
        return []


class SaveRecord(JourneyAction):
    """Save in one transaction, then say what comes next."""

    def name(self) -> str:
        return ActionName.SAVE_RECORD

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        case = case_of(tracker)
        if not consent.is_kept(tracker.slots):
            say.record_not_kept(record=record.rows(case))
            return [SlotSet(Slot.PENDING_OFFER, consent.KEEP)]
        saved = records().add(tracker.sender_id, record.talk_of(case, now()), record.kept_of(case))
        say.record_saved(number=str(saved.number))
        if saved.talk.outcome == "refused":
            step_up(follow_up.next_step(records().of(tracker.sender_id)), say)
        else:
            {"agreed": say.record_saved_agreed, "pending": say.record_saved_pending}[saved.talk.outcome]()
        cleared = record.without_record(case).changes_from(case)
        events: list[EventType] = [SlotSet(name, value) for name, value in cleared.items()]
        if tracker.get_slot(Slot.PENDING_OFFER) == consent.KEEP:  # held back until now: no rule goes on from here
            form = (tracker.active_loop or {}).get("name")
            events += [SlotSet(Slot.PENDING_OFFER, None), FollowupAction(form or "action_listen")]
        return events


class ViewRecords(JourneyAction):
    """All that was saved."""

    def name(self) -> str:
        return ActionName.VIEW_RECORDS

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        kept = records().of(tracker.sender_id)
        if kept:
            say.showing(cards.saved(kept)).records(records=record.listing(kept))
            if notices := follow_up.noticed(kept, today()):
                say.noticed(notices=notices)
        else:
            say.records_none()
        return []


class Export(JourneyAction):
    """Everything to take away: links to the files where they can be opened, one text to copy elsewhere."""

    def name(self) -> str:
        return ActionName.EXPORT

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        case, kept = case_of(tracker), records().of(tracker.sender_id)
        links = can_link(str(tracker.get_latest_input_channel()))
        if links and consent.is_kept(tracker.slots):
            made = content.content(case, kept, records().reminders(tracker.sender_id), today())
            found = links_to(tracker.sender_id, made)
            pdf, phone, card = found["pack.pdf"], found["pack-phone.pdf"], found["card.png"]
            calendar, data = found["calendar.ics"], found["pack.json"]
            drawn = cards.files(found)
            say.showing(drawn).export_links(pdf=pdf, phone=phone, card=card, calendar=calendar, data=data)
            return []
        parts = [render.known(case)]
        if case.debts and case.open_debt is None:
            parts.append(summary.debts(case))
        if case.plan_choice and case.open_debt is None:
            steps = script.steps(case, plan.propose(case, today()))
            parts += [script.spoken(steps), script.points(steps, "limits")]
        parts += [follow_up.papers(case), record.listing(kept), follow_up.calendar(kept)]
        say.export(summary="\n\n".join(part for part in parts if part))
        (say.export_not_kept if links else say.export_no_files)()
        return []
