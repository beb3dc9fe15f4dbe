"""Stage control: reading each message, going on, stopping, correcting, restarting."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet

from actions.base import REQUESTED, JourneyAction, asked_of, case_of, handled, read_back, turn_of
from actions.script import tell_script, wants_next_part
from bot.bootstrap import forget, records, retention_days
from bot.clock import today
from bot.coaching.calls import LEAVES, goes_on
from bot.journey import (
    agenda,
    agreements,
    consent,
    follow_up,
    forms,
    intake,
    passing,
    plan,
    questions,
    render,
    repeats,
    talk,
    words,
)
from bot.journey.cards import progress
from bot.names import FAQ, ActionName, Form, Slot
from bot.replies import Say

LAPSE = ("restart", "delete", "record", consent.OFFER)
"""Offers that hold for the next message only: a yes that comes later means something else."""
SETTLE = ("affirm", "deny", "restart", "delete_my_data")
"""What settles such an offer."""
STILL_ABOUT_IT = ("explain_question", "repeat", "thank", *FAQ)
"""After these, asking for more still means the question answered last."""
AWAY = 3 * 3600
"""Seconds after which somebody who greets has come back and hears where they were."""
LEAVE_FORM: list[EventType] = [ActiveLoop(None), SlotSet(REQUESTED, None)]


def forget_case(tracker: Tracker) -> list[EventType]:
    """Events that empty every slot but Rasa's own and the record of this turn."""
    kept = (REQUESTED, Slot.TURN, Slot.SCRIPT, Slot.CONSENT, "session_started_metadata")
    return [SlotSet(name, None) for name, value in tracker.slots.items() if value is not None and name not in kept]


def in_form(tracker: Tracker) -> bool:
    """True while a form is asking."""
    return bool((tracker.active_loop or {}).get("name"))


def ask_consent(tracker: Tracker, say: Say) -> list[EventType]:
    """Say what becomes of what a person tells and ask whether it may be kept, unless that was asked before."""
    if tracker.get_slot(Slot.CONSENT) is not None:
        return []
    say.privacy_notice(days=str(retention_days()))
    return [SlotSet(Slot.CONSENT, consent.ASKED), SlotSet(Slot.PENDING_OFFER, consent.OFFER)]


def go_on(tracker: Tracker) -> list[EventType]:
    """Events that take up the journey again, if it has begun."""
    return [FollowupAction(ActionName.CONTINUE_JOURNEY)] if case_of(tracker).has_begun else []


def restart(tracker: Tracker, say: Say) -> list[EventType]:
    """Clear the case and begin anew; records stay."""
    say.restarted()
    settled = SlotSet(Slot.PENDING_OFFER, None)
    return [*forget_case(tracker), settled, FollowupAction(ActionName.CONTINUE_JOURNEY)]


def delete(tracker: Tracker, say: Say) -> list[EventType]:
    """Delete everything there is; the conversation itself goes with this turn, where it would have been saved."""
    done = forget(tracker.sender_id)
    say.deleted(records=str(done.records), reminders=str(done.reminders))
    cleared = [*forget_case(tracker), SlotSet(Slot.TURN, None), SlotSet(Slot.PENDING_OFFER, None)]
    return [*cleared, SlotSet(Slot.CONSENT, None), SlotSet(Slot.FORGOTTEN, True)]


def tell_progress(tracker: Tracker, say: Say) -> None:
    """Where we are and what is left; everything that was said when that is wanted, the sums otherwise."""
    case = case_of(tracker)
    told = render.all_told if questions.wants_all_told(tracker.latest_message) else render.known
    say.showing(progress.of(case)).progress(steps=render.steps(case), known=told(case))


class ReadMessage(JourneyAction):
    """Take in what the message says, wherever in the conversation it is said. Runs once per message."""

    def name(self) -> str:
        return ActionName.READ_MESSAGE

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        asked = asked_of(tracker)
        if turn_of(tracker).get("id") != tracker.latest_message.get("message_id") and repeats.is_repeated(
            tracker.events
        ):
            return [SlotSet(Slot.TURN, intake.repeated(tracker.latest_message, tracker.slots, asked))]
        is_line = goes_on(tracker.get_slot(Slot.PRACTICE)) or goes_on(tracker.get_slot(Slot.LIVE))
        if is_line and tracker.get_intent_of_latest_message() not in LEAVES:
            return [SlotSet(Slot.TURN, intake.unread(tracker.latest_message, tracker.slots, asked))]
        ages = passing.is_stale(case_of(tracker), today()) and not agreements.agreement(records().of(tracker.sender_id))
        away = intake.Away(repeats.pause(tracker.events), ages)
        slots = intake.take_in(tracker.latest_message, tracker.slots, asked, today(), away)
        if tracker.get_slot(Slot.PENDING_OFFER) in LAPSE and tracker.get_intent_of_latest_message() not in SETTLE:
            slots[Slot.PENDING_OFFER] = None
        if tracker.get_slot(Slot.LAST_QUESTION) and tracker.get_intent_of_latest_message() not in STILL_ABOUT_IT:
            slots[Slot.LAST_QUESTION] = None
        return [SlotSet(name, value) for name, value in slots.items()]

    def after_failure(self, tracker: Tracker) -> list[EventType]:
        return [SlotSet(Slot.TURN, {"handled": True})]


class ContinueJourney(JourneyAction):
    """Name the next stage; the rules start it."""

    def name(self) -> str:
        return ActionName.CONTINUE_JOURNEY

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        if wants_next_part(tracker):  # 继续: with the script, whose next part the rule for its stage tells
            return [SlotSet(Slot.JOURNEY_NEXT, agenda.next_stage(case_of(tracker)))]
        settled = [SlotSet(Slot.PENDING_OFFER, None), SlotSet(Slot.PAUSED_FORM, None)]
        if tracker.get_slot(Slot.PAUSED_FORM) == Form.RECORD_FORM:  # what a crisis interrupted (actions/safety.py)
            return [*settled, FollowupAction(Form.RECORD_FORM)]
        is_recording = (tracker.active_loop or {}).get("name") == Form.RECORD_FORM
        if is_recording and tracker.get_intent_of_latest_message() == "ask_negotiation":  # 继续: with the record
            return [*settled, FollowupAction(Form.RECORD_FORM)]
        return [SlotSet(Slot.JOURNEY_NEXT, agenda.next_stage(case_of(tracker))), *settled]


class Greet(JourneyAction):
    """Greet; who has been here before hears where they were."""

    def name(self) -> str:
        return ActionName.GREET

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        case = case_of(tracker)
        if in_form(tracker):
            if turn_of(tracker).get("pause", 0) >= AWAY:
                stage = str(asked_of(tracker)).split("_")[0]
                say.welcome_back_to_form(known=render.known(case), stage=render.stage_label(stage))
            else:
                say.ready_in_form()
            return []
        notices = follow_up.noticed(records().of(tracker.sender_id), today())
        if notices:
            say.noticed(notices=notices)
        if not case.has_begun:
            if not notices:
                say.welcome()
            return ask_consent(tracker, say)
        say.welcome_back(known=render.known(case), stage=render.stage_label(agenda.next_stage(case)))
        return [SlotSet(Slot.PENDING_OFFER, "go_on")]


class Affirm(JourneyAction):
    """Yes to what was offered last; without an offer, the journey goes on."""

    def name(self) -> str:
        return ActionName.AFFIRM

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        offer = tracker.get_slot(Slot.PENDING_OFFER)
        settled = SlotSet(Slot.PENDING_OFFER, None)
        if offer == "restart":
            return restart(tracker, say)
        if offer == "delete":
            return delete(tracker, say)
        if offer == "record":
            return [settled, FollowupAction(Form.RECORD_FORM)]
        if offer in (consent.OFFER, consent.KEEP):
            consent.say_heard(consent.GIVEN, say)
            onward = [FollowupAction(ActionName.SAVE_RECORD)] if offer == consent.KEEP else [settled]
            return [SlotSet(Slot.CONSENT, consent.GIVEN), *onward]
        if offer in ("go_on", "start"):
            return [settled, FollowupAction(ActionName.CONTINUE_JOURNEY)]
        if talk.is_offered(offer):
            return tell_script(tracker, say)
        say.ready()
        return [settled]


class Deny(JourneyAction):
    """No to what was offered last."""

    def name(self) -> str:
        return ActionName.DENY

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        if tracker.get_slot(Slot.PENDING_OFFER) in ("restart", "delete"):
            say.kept()
            return [SlotSet(Slot.PENDING_OFFER, None), *go_on(tracker)]
        if tracker.get_slot(Slot.PENDING_OFFER) in (consent.OFFER, consent.KEEP):
            consent.say_heard(consent.REFUSED, say)
            return [SlotSet(Slot.CONSENT, consent.REFUSED), SlotSet(Slot.PENDING_OFFER, None)]
        say.ready()
        return [SlotSet(Slot.PENDING_OFFER, None)]


class AskDoubt(JourneyAction):
    """Ask about an odd value before it is used."""

    def name(self) -> str:
        return ActionName.ASK_DOUBT

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        say.ask_doubt(item=render.doubt_item(case_of(tracker)))
        return []


class TakeNote(JourneyAction):
    """News or a correction outside a form: read back; then the journey goes on, or the plan is worked out again."""

    def name(self) -> str:
        return ActionName.TAKE_NOTE

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        turn = turn_of(tracker)
        if turn.get("again"):  # an answer of an earlier stage is to be given anew: that stage asks
            read_back(tracker, say)
            return [handled(tracker), *LEAVE_FORM, FollowupAction(ActionName.CONTINUE_JOURNEY)]
        if turn.get("problem") == "not_yet":  # the button of an answer that was forgotten since
            say.retry_not_yet()
            return [handled(tracker), *go_on(tracker)]
        if not turn.get("notes"):
            say.which_correction()
            return [handled(tracker)]
        read_back(tracker, say)
        is_unfinished = agenda.next_stage(case_of(tracker)) != agenda.STAGES[-1]
        return [handled(tracker), *(go_on(tracker) if turn.get("reopened") or is_unfinished else [])]


class Stop(JourneyAction):
    """Leave the form; everything that was said is kept."""

    def name(self) -> str:
        return ActionName.STOP

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        say.stopped()
        return [*LEAVE_FORM, SlotSet(Slot.PENDING_OFFER, "go_on")]


class Restart(JourneyAction):
    """Ask before anything is cleared. Replaces Rasa's own action, which would clear at once."""

    def name(self) -> str:
        return ActionName.RESTART

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        form = (tracker.active_loop or {}).get("name")
        if form and turn_of(tracker).get("answered"):  # 重新打了流水; Rasa comes here all the same
            read_back(tracker, say)
            onward = form if form == Form.RECORD_FORM else ActionName.CONTINUE_JOURNEY
            return [handled(tracker), *LEAVE_FORM, FollowupAction(onward)]
        if tracker.get_slot(Slot.PENDING_OFFER) == "restart" and not turn_of(tracker).get("repeated"):  # twice: a yes
            return restart(tracker, say)
        say.confirm_restart()
        return [*LEAVE_FORM, SlotSet(Slot.PENDING_OFFER, "restart")]


class DeleteMyData(JourneyAction):
    """Ask before everything is deleted."""

    def name(self) -> str:
        return ActionName.DELETE_MY_DATA

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        if tracker.get_slot(Slot.PENDING_OFFER) == "delete" and not turn_of(tracker).get("repeated"):  # twice: a yes
            return delete(tracker, say)
        say.confirm_delete()
        return [*LEAVE_FORM, SlotSet(Slot.PENDING_OFFER, "delete")]


class GoBack(JourneyAction):
    """Take back the answer before the question that is asked now."""

    def name(self) -> str:
        return ActionName.GO_BACK

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        case = case_of(tracker)
        before = agenda.step_back(asked_of(tracker), case)
        if before is None:
            say.nothing_before()
            return []
        say.went_back()
        changes = [SlotSet(name, value) for name, value in before.changes_from(case).items()]
        return [*changes, *LEAVE_FORM, FollowupAction(ActionName.CONTINUE_JOURNEY)]


class Repeat(JourneyAction):
    """Say the last thing again; inside a form the form itself asks once more."""

    def name(self) -> str:
        return ActionName.REPEAT

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        if questions.wants_all_told(tracker.latest_message):
            tell_progress(tracker, say)
            return []
        if in_form(tracker):
            say.repeat()
            return []
        said = [event["text"] for event in tracker.events if event.get("event") == "bot" and event.get("text")]
        if said:
            say.repeat_last(last=said[-1])
        else:
            say.nothing_to_repeat()
        return []


class ExplainQuestion(JourneyAction):
    """More about the question answered last; else why something is asked, or how the plan was worked out."""

    def name(self) -> str:
        return ActionName.EXPLAIN_QUESTION

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        asked, case, last = asked_of(tracker), case_of(tracker), tracker.get_slot(Slot.LAST_QUESTION)
        if wants_next_part(tracker):
            return tell_script(tracker, say)
        if questions.wants_more(tracker.latest_message):
            if last is not None:
                details = questions.details(last)
                say.reply(details) if details else say.question_no_more()
                return [SlotSet(Slot.LAST_QUESTION, questions.TOLD)]
            if asked is None:  # more of nothing in particular: what comes next
                tell_progress(tracker, say)
                return [SlotSet(Slot.PENDING_OFFER, "go_on")]
        if asked in forms.EXPLAIN:
            forms.EXPLAIN[asked](say)
        elif asked == Slot.PLAN_CHOICE or (asked is None and case.plan_choice):
            proposal = plan.propose(case, today())
            say.explain_plan_choice(working=words.working(case, proposal), notes=words.notes(case, proposal))
        else:
            say.help()
        return []


class DontKnow(JourneyAction):
    """Not knowing, where nothing was asked."""

    def name(self) -> str:
        return ActionName.DONT_KNOW

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        say.ready()
        return []


class ShowProgress(JourneyAction):
    """Where we are, what is known, what is left."""

    def name(self) -> str:
        return ActionName.SHOW_PROGRESS

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        if wants_next_part(tracker):
            return tell_script(tracker, say)
        tell_progress(tracker, say)
        return [] if in_form(tracker) else [SlotSet(Slot.PENDING_OFFER, "go_on")]
