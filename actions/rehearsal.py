"""Stage coach: practising the call, and help while it is going on. ``bot.components.in_talk`` sends the lines here."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions.base import JourneyAction, case_of, handled
from actions.control import LEAVE_FORM, in_form
from bot.clock import today
from bot.coaching import agent, calls, feedback, live, refusals
from bot.coaching.acts import read_line
from bot.journey.cards import talks as cards
from bot.journey.case import RECORD_SLOTS
from bot.money import yuan
from bot.names import ActionName, Form, Slot
from bot.replies import Say


class Practise(JourneyAction):
    """A call with a lender's agent that is played: it begins, goes on line by line, and is looked at in the end."""

    def name(self) -> str:
        return ActionName.PRACTISE

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        kept = dict(tracker.get_slot(Slot.PRACTICE) or {})
        text = str(tracker.latest_message.get("text") or "")
        if not kept.get("is_on"):
            if calls.wants_lines(text):
                say.practice_lines(lines=refusals.rehearsal())
                return [handled(tracker)]
            return [handled(tracker), *self._begin(tracker, say, kept, text)]
        if calls.wants_end(text):
            say.practice_stopped()
            return [handled(tracker), *_end(agent.Call.from_json(kept["call"]), kept, say, tracker)]
        return [handled(tracker), *self._go_on(tracker, say, kept, text)]

    def _begin(self, tracker: Tracker, say: Say, kept: dict[str, Any], text: str) -> list[EventType]:
        """Take the manner and level that were asked for, else the next one that was not practised yet."""
        done = list(kept.get("done") or ())
        terms = calls.terms(case_of(tracker), today())
        call = calls.next_call(text, done, terms, tracker.sender_id)
        manner = agent.behaviours()[call.behaviour]
        say.practice_opens(label=manner.label_zh, about=manner.about_zh)
        if terms.is_example:
            say.practice_example(floor=yuan(terms.floor_fen))
        words = agent.opening(call)
        say.showing(cards.rehearsal("agent", words)).practice_agent(words=words)
        interrupted = in_form(tracker) or kept.get("interrupted", False)
        state = {"is_on": True, "call": call.as_json(), "mistakes": [], "done": done, "interrupted": interrupted}
        return [*LEAVE_FORM, SlotSet(Slot.PRACTICE, state), SlotSet(Slot.PENDING_OFFER, None)]

    def _go_on(self, tracker: Tracker, say: Say, kept: dict[str, Any], text: str) -> list[EventType]:
        before = agent.Call.from_json(kept["call"])
        has_secret = bool(tracker.latest_message.get("secrets"))
        line = read_line(
            text,
            before.terms.floor_fen,
            before.offer_fen,
            has_secret=has_secret,
            owed=calls.own_debts(case_of(tracker)),
            asks_debts=agent.asks_debts(before),
        )
        call, words = agent.answer(before, line)
        remark = feedback.remark(line, before, call)
        kept = {**kept, "call": call.as_json(), "mistakes": [*kept["mistakes"], *feedback.mistakes_of(line)]}
        card = cards.rehearsal("agent", words, remark)
        if call.is_over:
            say.showing(card).practice_over(remark=remark, words=words)
            return _end(call, kept, say, tracker)
        say.showing(card).practice_line(remark=remark, words=words)
        return [SlotSet(Slot.PRACTICE, kept)]


def _end(call: agent.Call, kept: dict[str, Any], say: Say, tracker: Tracker) -> list[EventType]:
    """Look back at the call, then offer another one; what it interrupted goes on when that is wanted."""
    told = feedback.summary(call, kept["mistakes"])
    card = cards.rehearsal("coach", told.better, f"{told.well}\n{told.change}")
    say.showing(card).practice_summary(well=told.well, change=told.change, better=told.better)
    done = list(dict.fromkeys([*kept["done"], call.behaviour]))
    say.practice_next(buttons=calls.after_practice(done))
    ended = {"is_on": False, "done": done, "interrupted": kept.get("interrupted", False)}
    return [SlotSet(Slot.PRACTICE, ended)]


class Live(JourneyAction):
    """Help while the call is going on: a few words of what is heard, at once what to answer."""

    def name(self) -> str:
        return ActionName.LIVE

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        kept = dict(tracker.get_slot(Slot.LIVE) or {})
        text, case = str(tracker.latest_message.get("text") or ""), case_of(tracker)
        if not kept.get("is_on"):
            say.live_opens(buttons=calls.live_buttons())
            state = {"is_on": True, "heard": []}
            return [handled(tracker), *LEAVE_FORM, SlotSet(Slot.LIVE, state), SlotSet(Slot.PENDING_OFFER, None)]
        heard = live.hear(text)
        if heard.kind == live.END or calls.wants_end(text):
            say.live_over()
            filled = {
                **dict.fromkeys(RECORD_SLOTS),  # nothing of a talk that was begun before and left
                Slot.RECORD_CHANNEL: case.contact_channel or calls.BY_PHONE,
                **calls.record_of(kept["heard"], today()),
            }
            slots = [SlotSet(name, value) for name, value in filled.items()]
            return [handled(tracker), *slots, SlotSet(Slot.LIVE, None), FollowupAction(Form.RECORD_FORM)]
        means = calls.means(case, today())
        monthly = calls.monthly_of(case, heard.periods, today()) if heard.periods and not heard.monthly_fen else None
        told = live.help_with(heard, means, monthly, calls.owed_on(text, case))
        say.showing(cards.live(told.verdict, told.say, told.why)).live_help(
            words=told.say, why=told.why, buttons=calls.live_buttons()
        )
        lines = [*kept["heard"], {"text": text, "kind": heard.kind, "fen": heard.monthly_fen, "periods": heard.periods}]
        return [handled(tracker), SlotSet(Slot.LIVE, {"is_on": True, "heard": lines[-calls.MOST_HEARD :]})]
