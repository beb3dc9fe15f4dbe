"""What came of many conversations: figures as a table, the worst ones to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from bot.simulate.talk import Outcome

MOST_TURNS = 25
WORST = 20


@dataclass(frozen=True)
class Report:
    """Figures over all conversations; shares are of the cooperative people."""

    outcomes: Sequence[Outcome]

    @property
    def cooperative(self) -> list[Outcome]:
        """The conversations of people who answer."""
        return [one for one in self.outcomes if one.is_cooperative]

    @property
    def share_in_time(self) -> float:
        """The share of cooperative people with a plan and the words for the call in at most 25 messages."""
        done = [one for one in self.cooperative if one.is_successful and one.reached["script"] <= MOST_TURNS]
        return len(done) / max(1, len(self.cooperative))

    @property
    def silences(self) -> int:
        """Conversations with a silence."""
        return sum(one.is_silent for one in self.outcomes)

    @property
    def loops(self) -> int:
        """Questions asked again and again after answers."""
        return sum(len(one.loops) for one in self.outcomes)

    @property
    def wrong_amounts(self) -> list[str]:
        """Amounts stored otherwise than they were said."""
        return [f"{one.number}: {wrong}" for one in self.outcomes for wrong in one.wrong_amounts]

    def table(self) -> str:
        """The figures as rows of text."""
        count = Counter(goal for one in self.cooperative for goal in one.reached)
        everyone = Counter(goal for one in self.outcomes for goal in one.reached)
        turns = [one.reached["script"] for one in self.cooperative if "script" in one.reached] or [0]
        high = quantiles(turns, n=20)[-1] if len(turns) > 1 else turns[0]
        others = Counter(one.split(":")[0].split(" ")[0] for o in self.outcomes for one in o.contradictions)
        rows = {
            "people": f"{len(self.outcomes)}, of them cooperative {len(self.cooperative)}",
            **{f"reached {g}": f"{everyone[g]}, cooperative {count[g]}" for g in ("plan", "script", "record")},
            f"plan and script in {MOST_TURNS} messages": f"{self.share_in_time:.1%} of the cooperative",
            "messages up to the script": f"median {median(turns):g}, p95 {high:g}",
            "messages": str(sum(one.turns for one in self.outcomes)),
            "not understood": str(sum(one.fallbacks for one in self.outcomes)),
            "longest run without progress": str(max((one.longest_stall for one in self.outcomes), default=0)),
            "silences": str(self.silences),
            "loops": str(self.loops),
            "other faults of a turn": str(sum(len(one.broken) for one in self.outcomes) - self.silences),
            "wrongly stored amounts": str(len(self.wrong_amounts)),
            "contradictions": ", ".join(f"{name} {number}" for name, number in sorted(others.items())) or "0",
        }
        return "\n".join(f"{name:<32} {value}" for name, value in rows.items())

    def worst(self) -> str:
        """The conversations with most to look at, with what is wrong in them."""
        chosen = sorted((o for o in self.outcomes if o.badness), key=lambda one: (-one.badness, one.number))[:WORST]
        return "\n\n".join(
            "\n".join(
                [
                    f"=== person {one.number}, {one.cause}, cooperative: {one.is_cooperative}",
                    *(f"!!! {problem}" for problem in (*one.broken, *one.loops, *one.contradictions)),
                    one.transcript,
                ]
            )
            for one in chosen
        )
