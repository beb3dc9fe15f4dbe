"""What is counted, for Prometheus: how much, how long, how often something went wrong. Never who, never what was said.

Every process counts for itself and is asked at an address of its own (``GUIDE_PRIVATE``); Prometheus adds them up.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from prometheus_client import REGISTRY, Counter, Gauge, Histogram, Info, generate_latest

from bot.names import Slot

FALLBACK = "nlu_fallback"
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

TURNS = Counter("guide_turns", "Messages of people that were taken.", ["channel", "outcome"])
"""``outcome``: answered; repeated (it had been answered, and the answer was given again); failed."""
TURN_SECONDS = Histogram("guide_turn_seconds", "From a message to its whole answer.", ["channel"], buckets=SECONDS)
UNDER_WAY = Gauge("guide_turns_under_way", "Messages that are being answered or wait.")
INTENTS = Counter("guide_intents", "What messages were understood as.", ["intent"])
FALLBACKS = Counter("guide_fallbacks", "Messages that were not understood.")
CRISES = Counter("guide_crises", "Conversations in which a danger to life was heard.")
ERRORS = Counter("guide_errors", "Lines of the log of level ERROR and above.", ["logger"])
DELIVERIES = Counter("guide_deliveries", "Messages handed to a messenger's platform.", ["channel", "outcome"])
"""``outcome``: delivered; failed (kept for the next answer, or tried again)."""
EVENTS_WAITING = Gauge("guide_events_waiting", "Events that wait for RabbitMQ.")
EVENTS_DROPPED = Counter("guide_events_dropped", "Events given up because too many waited.")
BUILD = Info("guide_build", "Which build this is.")
DEPENDENCY_UP = Gauge("guide_dependency_up", "1 when a service could be reached when it was last asked.", ["name"])


def exposition() -> bytes:
    """Everything counted so far, in Prometheus' text format."""
    return bytes(generate_latest(REGISTRY))


def observe(events: Iterable[Any]) -> None:
    """Count what Rasa's ``events`` say happened."""
    for event in events:
        if event.type_name == "user":
            intent = event.intent_name or "none"
            INTENTS.labels(intent).inc()
            FALLBACKS.inc(intent == FALLBACK)
        elif event.type_name == "slot" and event.key == Slot.CARE and event.value:
            CRISES.inc()


class Counting(logging.Handler):
    """Counts errors by who wrote them into the log."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)

    def emit(self, record: logging.LogRecord) -> None:
        """Count one line."""
        ERRORS.labels(record.name).inc()
