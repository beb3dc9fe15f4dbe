"""A conversation that was shortened again and again comes to the same as the whole one."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.shared.core import events as said
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.records.shorten import MOST, STATES, TURNS, Moment, shortened

PERSON = "somebody"
DOMAIN = Domain.from_dict(
    {
        "intents": ["answer", "ask"],
        "slots": {
            "stage": {
                "type": "categorical",
                "values": ["one", "two"],
                "influence_conversation": True,
                "mappings": [{"type": "custom"}],
            },
            "care": {"type": "bool", "influence_conversation": True, "mappings": [{"type": "custom"}]},
            "consent": {"type": "text", "mappings": [{"type": "custom"}]},
            "case": {"type": "any", "initial_value": 7, "mappings": [{"type": "custom"}]},
        },
        "forms": {"budget": {"required_slots": ["case"]}, "debts": {"required_slots": ["case"]}},
        "actions": ["tell", "go_on"],
        "responses": {"utter_hello": [{"text": "hello"}]},
    }
)
SLOTS = st.one_of(
    st.builds(said.SlotSet, st.just("stage"), st.sampled_from(["one", "two", None])),
    st.builds(said.SlotSet, st.just("care"), st.sampled_from([True, False, None])),
    st.builds(said.SlotSet, st.just("case"), st.integers(0, 99)),
)
ACTIONS = st.builds(said.ActionExecuted, st.sampled_from(["tell", "go_on", "budget", "debts"]))
REST = st.one_of(
    st.builds(said.ActiveLoop, st.sampled_from(["budget", "debts", None])),
    st.builds(said.ActionExecutionRejected, st.sampled_from(["budget", "debts"])),
    st.builds(said.BotUttered, st.text("abc", min_size=1, max_size=3)),
    st.builds(said.FollowupAction, st.sampled_from(["tell", "budget"])),
    st.builds(said.LoopInterrupted, st.booleans()),
    st.sampled_from([said.AllSlotsReset, said.ConversationPaused, said.ConversationResumed]).map(lambda kind: kind()),
)
WORK = st.lists(st.one_of(SLOTS, SLOTS, ACTIONS, REST), max_size=16)


@st.composite
def turns(draw: st.DrawFn) -> list[Event]:
    """A message, and all that was done about it; now and then it is taken back, or everything begins anew."""
    intent = draw(st.sampled_from(["answer", "ask"]))
    text = draw(st.text("xyz", min_size=1, max_size=4))
    turn: list[Event] = [
        said.ActionExecuted("action_listen"),
        said.UserUttered(text, {"name": intent, "confidence": 1.0}, input_channel="rest"),
        said.DefinePrevUserUtteredFeaturization(False),
        *draw(WORK),
    ]
    ending = draw(st.integers(0, 29))
    if ending == 0:
        turn.append(said.UserUtteranceReverted())
    elif ending == 1:
        turn.append(said.ActionReverted())
    elif ending == 2:
        turn.append(said.Restarted())
    return turn


def known(tracker: DialogueStateTracker) -> dict[str, Any]:
    """All that a tracker knows, but for the message with which a form began: nothing reads that."""
    latest, uttered, loop = tracker.latest_message, tracker.latest_bot_utterance, tracker.active_loop
    return {
        "slots": {name: (slot.value, slot.has_been_set) for name, slot in tracker.slots.items()},
        "loop": (loop.name, loop.is_interrupted, loop.rejected) if loop else None,
        "message": (latest.text, latest.intent) if latest else None,
        "action": tracker.latest_action,
        "said": uttered.text if uttered else None,
        "followup": tracker.followup_action,
        "paused": tracker.is_paused(),
        "replied_to": last.text if (last := tracker.get_last_event_for(said.UserUttered)) else None,
        "channel": tracker.get_latest_input_channel(),
        "states": tracker.past_states(DOMAIN, omit_unset_slots=True)[-8:],
    }


def tracked(events: list[Event]) -> DialogueStateTracker:
    return DialogueStateTracker.from_events(PERSON, events, DOMAIN.slots)


@settings(max_examples=150, deadline=None)
@given(st.lists(turns(), min_size=20, max_size=60))
def test_the_same_is_known_after_every_turn(conversation: list[list[Event]]) -> None:
    whole: list[Event] = []
    short: list[Event] = []
    for turn in conversation:
        whole, short = whole + turn, short + turn
        assert known(tracked(short)) == known(tracked(whole))
        short = shortened(PERSON, short, DOMAIN.slots)
        assert known(tracked(short)) == known(tracked(whole))


@settings(max_examples=30, deadline=None)
@given(st.lists(turns(), min_size=20, max_size=60))
def test_the_last_turns_stay_event_by_event_as_they_were(conversation: list[list[Event]]) -> None:
    short: list[Event] = []
    for turn in conversation:
        short = shortened(PERSON, short + turn, DOMAIN.slots)
    last = [event for turn in conversation[-TURNS:] for event in turn]
    assert [id(event) for event in short[-len(last) :]] == [id(event) for event in last]


def test_a_form_that_goes_on_for_long_does_not_make_it_longer() -> None:
    short: list[Event] = [said.ActionExecuted("budget"), said.ActiveLoop("budget")]
    lengths = []
    for number in range(300):
        short += [
            said.ActionExecuted("action_listen"),
            said.UserUttered(str(number), {"name": "answer", "confidence": 1.0}),
            *(said.SlotSet("case", number + more) for more in range(5)),
            said.ActionExecuted("budget"),
            said.BotUttered("and?"),
        ]
        short = shortened(PERSON, short, DOMAIN.slots)
        lengths.append(len(short))
    assert max(lengths) <= MOST + 4 * STATES
    assert tracked(short).get_slot("case") == 303


def test_a_moment_is_written_and_read_as_every_event() -> None:
    tracker = tracked([said.SlotSet("case", 3), said.UserUttered("x", {"name": "ask"}), said.ActiveLoop("budget")])
    events = [
        said.ActionExecuted("action_listen"),
        said.UserUttered("x", {"name": "ask"}),
        said.SlotSet("case", 3),
    ] * 99
    moment = next(event for event in shortened(PERSON, events, DOMAIN.slots) if isinstance(event, Moment))
    again = Event.from_parameters(moment.as_dict())
    assert (again, again.timestamp) == (moment, moment.timestamp)
    again.apply_to(tracker)
    assert (tracker.active_loop, tracker.get_slot("case")) == (None, 3)
