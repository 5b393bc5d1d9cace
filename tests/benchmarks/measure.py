"""Taking turns and counting: every round runs each contestant once, so that a busy moment hits both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """Milliseconds, or what ``unit`` says, of one contestant over all counted rounds."""

    samples: tuple[float, ...]
    unit: str = "ms"

    @property
    def median(self) -> float:
        return statistics.median(self.samples)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.samples, n=20)[-1] if len(self.samples) > 1 else self.samples[0]

    @property
    def most(self) -> float:
        return max(self.samples)

    def show(self) -> str:
        least, most = min(self.samples), max(self.samples)
        return f"{self.median:.1f} {self.unit} ({least:.1f}–{most:.1f}, n = {len(self.samples)})"


def interleaved(contestants: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, Result]:
    """Run each contestant once a round, after one round that does not count. Each returns its milliseconds.

    Another one begins each round, since whoever comes after a relative finds more of it in the caches.
    """
    samples: dict[str, list[float]] = {name: [] for name in contestants}
    order = list(contestants)
    for number in range(rounds + 1):
        order.append(order.pop(0))
        for name in order:
            took = contestants[name]()
            if number:
                samples[name].append(took)
    return {name: Result(tuple(taken)) for name, taken in samples.items()}


def ratio(ours: Result, limit: Result) -> float:
    """The median of the ratios of each round: a slow round slows both."""
    return statistics.median(mine / theirs for mine, theirs in zip(ours.samples, limit.samples, strict=True))


def timed(work: Callable[[], object]) -> float:
    """Milliseconds by the clock."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def gathered(took: Sequence[float], unit: str = "ms") -> Result:
    return Result(tuple(took), unit)


class Table:
    """Prints its lines as they come, in Markdown: ours, what stands beside it, their ratio, what was to be reached."""

    def __init__(self) -> None:
        print("| work | ours | beside it | ratio | to reach | reached |\n|---|---|---|---|---|---|", flush=True)

    def row(
        self,
        work: str,
        ours: Result,
        beside: Result | str = "–",
        reach: str = "–",
        reached: Callable[[Result, float], bool] | None = None,
    ) -> None:
        """``reached`` judges from our figures and the ratio, which is 0 where nothing was measured beside them;
        without it nothing was to be reached."""
        share = ratio(ours, beside) if isinstance(beside, Result) else 0.0
        other = beside.show() if isinstance(beside, Result) else beside
        p95 = f", p95 {ours.p95:.1f}" if len(ours.samples) > 1 else ""
        verdict = "–" if reached is None else "yes" if reached(ours, share) else "**no**"
        cells = (work, ours.show() + p95, other, f"{share:.2f}" if share else "–", reach, verdict)
        print(f"| {' | '.join(cells)} |", flush=True)
