"""The arithmetic of the comparison: medians of several runs, ratios, targets. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

Run = Mapping[str, float]
"""What one run of one assistant showed, by the figure's name."""


@dataclass(frozen=True)
class Figure:
    """Something that is compared; how many times better we have to be, if that is a target."""

    name: str
    title: str
    unit: str
    digits: int = 0
    is_more_better: bool = False
    times: float | None = None


@dataclass(frozen=True)
class Row:
    """A figure of both assistants; ``times`` says how many times better ours is (below 1: worse)."""

    figure: Figure
    stock: float
    ours: float
    times: float

    @property
    def is_reached(self) -> bool | None:
        """Whether the target is reached; None without one."""
        return None if self.figure.times is None else self.times >= self.figure.times


@dataclass(frozen=True)
class Bound:
    """A target for ours alone."""

    title: str
    unit: str
    most: float
    of: Callable[[Run], float]


FIGURES = (
    Figure("training_wall", "training, by the clock (stock: at least)", "s", times=15),
    Figure("training_processor", "training, of processor (stock: at least)", "s"),
    Figure("training_peak", "training, memory at the peak", "MiB"),
    Figure("first_answer", "start to first answer", "s", digits=1),
    Figure("memory", "serving, memory at the peak", "MiB", times=1 / 0.6),
    Figure("turn_10_p50", "turn at length 10, p50", "ms", digits=1, times=8),
    Figure("turn_10_p95", "turn at length 10, p95", "ms", digits=1),
    Figure("turn_50_p50", "turn at length 50, p50", "ms", digits=1),
    Figure("turn_50_p95", "turn at length 50, p95", "ms", digits=1),
    Figure("turn_200_p50", "turn at length 200, p50", "ms", digits=1, times=20),
    Figure("turn_200_p95", "turn at length 200, p95", "ms", digits=1),
    Figure("turn_processor", "turn, of processor, mean over 205 turns", "ms", digits=1),
    Figure("pace_1", "turns a second, 1 client", "", digits=1, is_more_better=True),
    Figure("pace_8", "turns a second, 8 clients", "", digits=1, is_more_better=True),
    Figure("pace_64", "turns a second, 64 clients", "", digits=1, is_more_better=True),
    Figure("stored", "bytes stored per turn", "bytes"),
)
BOUNDS = (
    Bound("ours: turn 200 against turn 10", "×", 1.3, lambda ours: ours["turn_200_p50"] / ours["turn_10_p50"]),
    Bound("ours: start to first answer", "s", 12, lambda ours: ours["first_answer"]),
)


def medians(runs: Sequence[Run]) -> dict[str, float]:
    """The median of each figure over all runs that have it."""
    names = {name for run in runs for name in run}
    return {name: median(run[name] for run in runs if name in run) for name in names}


def times_better(figure: Figure, stock: float, ours: float) -> float:
    """How many times better ours is: a third of the time, or three times the pace, is 3."""
    return ours / stock if figure.is_more_better else stock / ours


def compared(stock: Sequence[Run], ours: Sequence[Run]) -> list[Row]:
    """Every figure that both were measured for."""
    theirs, own = medians(stock), medians(ours)
    both = [figure for figure in FIGURES if figure.name in theirs and figure.name in own]
    return [
        Row(figure, theirs[figure.name], own[figure.name], times_better(figure, theirs[figure.name], own[figure.name]))
        for figure in both
    ]
