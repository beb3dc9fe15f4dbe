"""Train the model with progress that a person can follow: one line a step, no noise."""

from __future__ import annotations

import logging
import os
import sys
import time

NAME = "guide"
STEPS = "rasa.engine.training.hooks"


class _Steps(logging.Handler):
    """Shows the steps that Rasa's training reports, with the seconds since the start."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.began = time.monotonic()

    def emit(self, record: logging.LogRecord) -> None:
        sys.stdout.write(f"  {time.monotonic() - self.began:4.0f} s  {record.getMessage()}\n")
        sys.stdout.flush()


def run() -> int:
    """Train from config.yml, domain.yml and data/ into models/guide.tar.gz; 1 when Rasa made no model."""
    from bot.server import quiet_logs
    from bot.settings import ROOT

    sys.stdout.write("Training the model: reading the data and measuring the sentences takes longest.\n")
    sys.stdout.flush()
    quiet_logs()
    steps = logging.getLogger(STEPS)
    steps.setLevel(logging.INFO)
    steps.addHandler(_Steps())
    steps.propagate = False
    os.chdir(ROOT)
    from rasa.model_training import train

    result = train("domain.yml", "config.yml", ["data"], output="models", fixed_model_name=NAME)
    if result.model is None:
        sys.stderr.write("No model was made; the messages above say why.\n")
        return 1
    sys.stdout.write(f"  {'':4}    saved at {result.model}\n")
    return 0
