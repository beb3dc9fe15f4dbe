"""For the mutation run alone: few random cases, always the same; the quickest tests first; calls without a detour."""

from __future__ import annotations

import os
import sys
from types import FunctionType

import pytest
from hypothesis import HealthCheck, Phase, settings

os.environ.setdefault("PLAN_EXAMPLES", "8")
os.environ.setdefault("MPLBACKEND", "agg")
settings.register_profile(
    "mutation",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("mutation")

LATER = ("test_household_comes_out_to_the_fen", "test_engine", "test_command", "properties")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A mutant dies at the first test that fails, so whole households and random cases come last."""
    items.sort(key=lambda item: sum(LATER.index(word) + 1 for word in LATER if word in item.nodeid))


def pytest_collection_finish() -> None:
    """Put the mutant, and for the rest the original, where mutmut has a switch that is asked at every call.

    Only in the process that tries this one mutant. The switches cost more than the engine itself.
    """
    active, _, mutant = os.environ.get("MUTANT_UNDER_TEST", "").rpartition(".")
    if "__mutmut_" not in mutant:
        return
    for module in list(sys.modules.values()):
        for name, value in list(vars(module).items()):
            if isinstance(value, FunctionType) and value.__module__.startswith("bot."):
                known = vars(sys.modules[value.__module__]).get(f"mutants_x_{value.__name__}__mutmut", {})
                chosen = mutant if value.__module__ == active and mutant in known else "_mutmut_orig"
                if chosen in known:
                    setattr(module, name, known[chosen])
