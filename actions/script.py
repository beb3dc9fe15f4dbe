"""Stage coach: the words for the call, part by part, and in writing."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions.base import JourneyAction, case_of, handled, read_back
from bot.clock import today
from bot.journey import agenda, plan, script, talk, versions
from bot.journey.cards import script as cards
from bot.journey.case import Case
from bot.journey.script import Step
from bot.knowledge.lines import line
from bot.names import ActionName, Intent, Slot
from bot.replies import Say

SOCIAL = "social"


class ShowScript(JourneyAction):
    """What to say with the person's own numbers."""

    def name(self) -> str:
        return ActionName.SHOW_SCRIPT

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        return tell_script(tracker, say)


def wants_next_part(tracker: Tracker) -> bool:
    """True when the message asks for the next part of the script, which was offered."""
    text, is_asking = str(tracker.latest_message.get("text") or ""), (tracker.active_loop or {}).get("name")
    return not is_asking and talk.goes_on(text, tracker.get_slot(Slot.PENDING_OFFER))


def tell_script(tracker: Tracker, say: Say) -> list[EventType]:
    """Tell the next part of the script, the part that is named, or a version in writing.

    Without a plan the journey goes on to make one; only what stands on a social account needs none.
    """
    case = case_of(tracker)
    wanted = talk.wanted(
        str(tracker.latest_message.get("text") or ""),
        [one.get("value") for one in tracker.latest_message.get("entities") or ()],
        tracker.get_slot(Slot.PENDING_OFFER),
        tracker.get_intent_of_latest_message() == Intent.ASK_SCRIPT,
    )
    if wanted == SOCIAL:
        _write(SOCIAL, versions.social(), say)
        return [handled(tracker)]
    if case.plan_choice is None or agenda.next_stage(case) in ("situation", "budget", "debts", "plan"):
        read_back(tracker, say)
        say.script_manner()
        say.plan_missing()
        return [handled(tracker), FollowupAction(ActionName.CONTINUE_JOURNEY)]
    proposal = plan.propose(case, today())
    if wanted in versions.VERSIONS:
        written = versions.messages if wanted == "messages" else versions.letter
        _write(str(wanted), written(case, proposal), say)
        return [handled(tracker)]
    made = script.steps(case, proposal)
    number = talk.find(made, wanted) if isinstance(wanted, str) else wanted
    return [handled(tracker), SlotSet(Slot.PENDING_OFFER, _tell(case, made, number, say))]


def _tell(case: Case, made: Sequence[Step], number: int, say: Say) -> str | None:
    """Say one part; returns the offer of the next one."""
    parts = talk.parts(made)
    part = parts[min(number, len(parts) - 1)]
    if part.kind == "words":
        if calls := script.points(made, "calls"):
            say.script_calls(calls=calls)
        say.showing(cards.script(made)).script(lines=script.spoken(made))
        say.script_limits(limits=script.points(made, "limits"))
        if case.contact_channel == "social_accounts":
            _write(SOCIAL, versions.social(), say)
        say.script_next(buttons=[{"title": line("buttons.next"), "payload": "/affirm"}])
    elif part.kind == "refusals":
        lines = talk.page(made, part.page)
        say.script_refusals(page=str(part.page), pages=str(talk.pages(made)), lines=lines)
    else:
        say.script_avoid(lines=script.points(made, "avoid"))
        say.script_write_down(lines=script.points(made, "write_down"))
        say.script_versions(buttons=cards.buttons(*cards.WRITTEN))
    return talk.offer(number, made)


def _write(name: str, lines: Sequence[str], say: Say) -> None:
    """One version in writing, with its card."""
    card = cards.written(name, lines)
    numbered = "\n".join(line("script.row", number=number, words=one) for number, one in enumerate(lines, start=1))
    if name == "letter":
        say.showing(card).script_letter(lines="\n".join(lines))
    elif name == SOCIAL:
        say.showing(card).script_social(lines=numbered, buttons=cards.buttons("messages"))
    else:
        say.showing(card).script_messages(lines=numbered)
