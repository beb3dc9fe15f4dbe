"""A conversation without its distant past, so that a turn costs the same however long people have been talking.

Rasa replays, copies and featurises every event of a conversation in every turn. ``shortened`` gives events that come to
the same: a ``Moment`` with everything that was known, what policies look back at, and the last turns as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any, Final

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SkipEventInMDStoryMixin,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker, TrackerActiveLoop

MOST: Final = 84
"""Events since the last ``Moment`` beyond which a conversation is shortened: about six turns."""
TURNS: Final = 3
"""Messages of the person that stay as they were, with all that was said and done about them."""
STATES: Final = 12
"""States before those turns at which policies can look: MemoizationPolicy's ``max_history`` of config.yml and some."""


class Moment(SkipEventInMDStoryMixin):  # type: ignore[misc]
    """All that a tracker knew at some moment: it stands for the events before it.

    ``back`` events behind it are there for policies to look back at; what comes after those are the last turns.
    """

    type_name = "guide_moment"

    def __init__(self, state: dict[str, Any], back: int, timestamp: float | None = None, metadata: Any = None) -> None:
        super().__init__(timestamp, metadata)
        self.state, self.back = state, back

    @classmethod
    def _from_parameters(cls, parameters: dict[str, Any]) -> Moment:
        return cls(parameters["state"], parameters["back"], parameters.get("timestamp"), parameters.get("metadata"))

    def as_dict(self) -> dict[str, Any]:
        """The event as it is kept."""
        return {**super().as_dict(), "state": self.state, "back": self.back}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Moment) and (self.state, self.back) == (other.state, other.back)

    __hash__ = None  # type: ignore[assignment]  # as with Rasa's events

    def apply_to(self, tracker: DialogueStateTracker) -> None:
        """Let ``tracker`` know this; slots that are no longer in the domain are left out."""
        state = self.state
        for name in state["slots"].keys() & tracker.slots.keys():
            tracker._set_slot(name, state["slots"][name])
        tracker.active_loop = TrackerActiveLoop(**state["loop"]) if state["loop"] else None
        tracker._paused = state["paused"]
        if state["said"]:
            tracker.latest_bot_utterance = event_of(state["said"])


def shortened(person: str, events: Sequence[Event], slots: Iterable[Slot]) -> list[Event]:
    """Events that come to the same as ``events``; the same ones while they are few.

    The same afterwards: every value of a tracker, the last ``STATES`` states of policies, the last ``TURNS`` turns,
    event by event. A message may be taken back (``UserUtteranceReverted``) as long as it is one of those turns.
    """
    cut = _cut(events)
    if cut is None:
        return list(events)
    slots = list(slots)
    earlier = DialogueStateTracker.from_events(person, list(events[:cut]), slots)
    applied = earlier.applied_events()
    start = _looked_back_at(applied)
    first = DialogueStateTracker.from_events(person, applied[:start], slots)
    back = _looked_at(applied[start:])
    at = events[cut].timestamp
    moment = Moment(_state(first, earlier.latest_bot_utterance), len(back), at)
    return [*_loops(events[:cut], at), moment, *back, *events[cut:]]


def _state(tracker: DialogueStateTracker, said: BotUttered | None) -> dict[str, Any]:
    """What ``tracker`` knows, but for what the bot's listening and the next message change anyway."""
    return {
        "slots": {name: slot.value for name, slot in tracker.slots.items() if slot.has_been_set},
        "loop": asdict(tracker.active_loop) if tracker.active_loop else None,
        "paused": tracker.is_paused(),
        "said": said.as_dict() if said and (said.text or said.data) else None,
    }


def _cut(events: Sequence[Event]) -> int | None:
    """Where the last turns begin, with the bot listening; None while there is little before them."""
    since = next((at + 1 + event.back for at, event in enumerate(events) if isinstance(event, Moment)), 0)
    if len(events) - since <= MOST:
        return None
    turns = [at for at in range(since + 1, len(events)) if isinstance(events[at], UserUttered)]
    return next((at - 1 for at in reversed(turns[: 1 - TURNS]) if _listens(events[at - 1])), None)


def _listens(event: Event) -> bool:
    return isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME


def _looked_back_at(applied: Sequence[Event]) -> int:
    """Where the last ``STATES`` states begin, with the bot listening; 0 when there are fewer."""
    after = next((at + 1 for at, event in enumerate(applied) if isinstance(event, Moment)), 0)
    acted = [at for at, event in enumerate(applied) if isinstance(event, ActionExecuted)]
    return max(after, next((at for at in reversed(acted[:-STATES]) if _listens(applied[at])), 0))


def _looked_at(events: Sequence[Event]) -> list[Event]:
    """``events`` without what was said, and without values that were gone before anybody acted on them."""
    kept: list[Event] = []
    later: set[str] = set()
    for event in reversed(events):
        if isinstance(event, ActionExecuted | UserUttered):
            later.clear()
        elif isinstance(event, BotUttered) or (isinstance(event, SlotSet) and event.key in later):
            continue
        elif isinstance(event, SlotSet):
            later.add(event.key)
        kept.append(event)
    return kept[::-1]


def _loops(events: Sequence[Event], at: float) -> list[Event]:
    """Forms that have ever asked: Rasa has to know them to see that one of them runs again."""
    names = sorted({event.name for event in events if isinstance(event, ActiveLoop) and event.name})
    return [ActiveLoop(name, at) for name in (*names, *([None] if names else ()))]


@cache
def _kind(name: str) -> type[Event]:
    found: type[Event] = Event.resolve_by_type(name)
    return found


def event_of(parameters: dict[str, Any]) -> Event:
    """The event that ``Event.as_dict`` told of. Rasa would look through all kinds of events for each one's kind.

    Raises ``ValueError`` for a kind that nobody knows.
    """
    return _kind(parameters["event"])._from_parameters(parameters)
