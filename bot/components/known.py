"""Questions known by their words: what the data leaves no doubt about counts for more than a guess."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.words import find_words
from bot.journey.answers import QUESTION
from bot.journey.close import close_intents
from bot.knowledge.questions import known_by_words, wants_details
from bot.knowledge.script_words import script_part
from bot.knowledge.talk_words import says_lines, says_live, says_practice
from bot.names import FAQ, Intent
from bot.reading.consent import consent_of
from bot.reading.reports import is_supposed, is_to_write_down

RANKING = "intent_ranking"
CERTAIN = 1.0
MARK = {"entity": "answer", "value": "question", "start": 0, "end": 0}
"""Tells the readers that the message is a question and answers nothing."""
UNSURE = frozenset(
    {
        None,
        "nlu_fallback",
        Intent.OUT_OF_SCOPE,
        Intent.EXPLAIN_QUESTION,
        Intent.HELP,
        Intent.DONT_KNOW,
        Intent.REPEAT,
        Intent.ASK_PROGRESS,
        Intent.ASK_SCRIPT,
        Intent.ASK_NEGOTIATION,
        Intent.TALK_TO_HUMAN,
        *(intent for intent in FAQ if intent != Intent.FORGE_REQUEST),
    }
)
"""Guesses that known words replace however sure they are; any other only where it is not sure."""
REPORTED = {"outcome.agreed": Intent.REPORT_AGREEMENT, "outcome.refused": Intent.REPORT_REFUSAL}
"""What words for the end of a talk report, by their meaning."""
LOST = frozenset({None, "nlu_fallback", Intent.OUT_OF_SCOPE})
"""Guesses that say that nothing was understood."""
NEVER = frozenset({Intent.CRISIS, Intent.FORGE_REQUEST, Intent.DELETE_MY_DATA, Intent.STOP})
"""What is never replaced."""


def _talk(text: str) -> str | None:
    """The intent of words that begin a rehearsal or say that a call is going on; None for any other."""
    if says_live(text):
        return Intent.LIVE_CALL
    return Intent.PRACTISE_CALL if says_practice(text) or says_lines(text) else None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class KnownQuestions(GraphComponent):
    """Sets the intent of a message whose words name one question of ``data/faq``, the script, or more."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"sure": 0.5}

    def __init__(self, config: dict[str, Any]) -> None:
        self._sure = config["sure"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> KnownQuestions:
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at each message; commands are left alone."""
        for message in messages:
            text = message.get(TEXT) or ""
            if not text or text.startswith("/"):
                continue
            guess = message.get(INTENT) or {}
            talk = _talk(text)
            if talk and guess.get("name") not in NEVER:
                self._set(message, talk)
                continue
            if script_part(text) and guess.get("name") not in NEVER:
                self._set(message, Intent.ASK_SCRIPT)
                continue
            wants_more = wants_details(text)  # the whole message, so that nothing else can be meant
            is_wish = consent_of(text) is not None  # the whole message too
            meant = (Intent.EXPLAIN_QUESTION,) if wants_more else known_by_words(text)
            meant = (Intent.PRIVACY_QUESTION,) if is_wish else meant
            if not meant and (reported := self._reported(text, message)):
                self._set(message, reported, marks=())
                continue
            is_certain = wants_more or is_wish or not self._is_sure(guess)
            if meant and is_certain and guess.get("name") not in NEVER:
                self._set(message, guess["name"] if guess.get("name") in meant else meant[0])
        return messages

    def _is_sure(self, guess: dict[str, Any]) -> bool:
        """True for a statement, a report or a wish that the classifier is sure of."""
        return guess.get("name") not in UNSURE and (guess.get("confidence") or 0.0) >= self._sure

    @staticmethod
    def _reported(text: str, message: Message) -> str | None:
        """The report that the words themselves make, where the guess says another or cannot choose; else None."""
        guess, ranking = message.get(INTENT) or {}, message.get(RANKING) or ()
        is_close = close_intents(ranking) is not None
        is_lost = guess.get("name") in LOST
        if guess.get("name") not in REPORTED.values() and not is_close and not is_lost:
            return None
        found = [(start, value) for entity, value, start, _ in find_words(text) if entity == "answer"]
        said = dict.fromkeys(value for _, value in sorted(found) if value in REPORTED)
        if not said or (len(said) > 1 and not is_lost) or QUESTION.search(text) or is_supposed(text):
            return None
        reported = Intent.RECORD_CALL if is_to_write_down(text) else REPORTED[next(iter(said))]
        return reported if is_close or is_lost or guess.get("name") != reported else None

    @staticmethod
    def _set(message: Message, name: str, marks: Sequence[dict[str, Any]] = (MARK,)) -> None:
        """Make ``name`` the certain intent, first in the ranking too, and mark the message as a question."""
        known = {"name": name, "confidence": CERTAIN}
        others = [one for one in message.get(RANKING) or () if one.get("name") != name]
        message.set(INTENT, known, add_to_output=True)
        message.set(RANKING, [known, *others], add_to_output=True)
        message.set(ENTITIES, [*message.get(ENTITIES, []), *marks], add_to_output=True)
