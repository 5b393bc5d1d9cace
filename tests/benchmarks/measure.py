"""Taking turns and counting: every round runs each contestant once, so that a busy moment hits both."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """Milliseconds of one contestant over all counted rounds."""

    samples: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.samples)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.samples, n=20)[-1] if len(self.samples) > 1 else self.samples[0]

    def show(self) -> str:
        return f"{self.median:.1f} ms ({min(self.samples):.1f}–{max(self.samples):.1f}, n = {len(self.samples)})"


def interleaved(contestants: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, Result]:
    """Run each contestant once a round, after one round that does not count. Each returns its milliseconds."""
    samples: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds + 1):
        for name, run in contestants.items():
            took = run()
            if number:
                samples[name].append(took)
    return {name: Result(tuple(taken)) for name, taken in samples.items()}


def ratio(ours: Result, limit: Result) -> float:
    """The median of the ratios of each round: a slow round slows both."""
    return statistics.median(mine / theirs for mine, theirs in zip(ours.samples, limit.samples, strict=True))
