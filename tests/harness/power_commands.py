"""The long versions of power cuts, bad disks and seeded faults: tables of figures, and whether all is well."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path

from harness import mutants, power, power_disk, preload_faults
from harness.power_controls import CONTROLS
from harness.power_desk import derive_once
from harness.power_writers import WRITERS

JOBS = 2
TOLD = 20
"""How many troubles are told one by one."""
TROUBLE = ("lost", "damaged", "does not open")


def powercut(states: int, seed: int) -> bool:
    """So many states of all writers, half of them of saves; each in one of nine ways a disk may be thought of."""
    with _bench() as at:
        found = power.run_all(at, power.plan(states, seed), JOBS)
        rows = []
        for writer in WRITERS:
            of_writer = {key: count for key, count in found.items() if key.startswith(f"{writer}, ")}
            rows.append((writer, *_sums(of_writer)))
        for data in power_disk.DATA:
            for names in power_disk.NAMES:
                of_model = {key: count for key, count in found.items() if f", {data}, {names}" in key}
                rows.append((f"writes kept: {data}, names: {names}", *_sums(of_model)))
        rows.append(("all", *(found[what] for what in ("states", *TROUBLE))))
        _table(("power cuts", "states", *TROUBLE), rows)
        _say(found)
    return not any(found[what] for what in TROUBLE)


def controls(states: int, seed: int) -> bool:
    """So many states with each set of protections taken out: some must lose, the others must not."""
    rows, good = [], True
    with _bench() as at, _workers(at) as workers:
        cuts = [power.controlled(control, states, seed) for control in CONTROLS]
        for control, found in zip(CONTROLS, workers.map(power.Bench.run, repeat(at), cuts), strict=True):
            troubled = sum(found[what] for what in TROUBLE)
            good &= control.loses == (troubled > 0)
            wanted = "must lose" if control.loses else "must not"
            rows.append((f"{control.writer}: {control.says}", found["states"], troubled, wanted))
            if not control.loses:
                _say(found)
    _table(("protection taken out", "states", "lost something", ""), rows)
    return good


def faults(runs: int, seed: int) -> bool:
    """So many processes on a bad disk, each with some power cuts on top."""
    found: Counter[str] = Counter()
    with _bench() as at, _workers(at) as workers:
        seeds = range(seed * 100_000, seed * 100_000 + runs)
        for each in workers.map(preload_faults.run, repeat(at), seeds):
            found.update(each)
    rows = [("processes", runs)]
    rows += [(what, found[what]) for what in ("confirmed", "refused", "uncertain", "faults", "power cuts on top")]
    rows += [(what, found[what]) for what in preload_faults.NOUGHT]
    _table(("bad disk", ""), rows)
    _say(found)
    return not any(found[what] for what in preload_faults.NOUGHT)


def mutated(runs: int, seed: int) -> bool:
    """The first so many of the seeded faults: each must make one of its tests fail."""
    rows = mutants.run(mutants.MUTANTS[:runs])
    _table(("seeded fault", "", "seconds", "by"), rows)
    caught = sum(verdict == "caught" for _name, verdict, *_rest in rows)
    print(f"{caught} of {len(rows)} caught")
    return caught == len(rows)


COMMANDS: dict[str, Callable[[int, int], bool]] = {
    "powercut": powercut,
    "controls": controls,
    "faults": faults,
    "mutants": mutated,
}


@contextmanager
def _bench() -> Iterator[power.Bench]:
    with tempfile.TemporaryDirectory() as room, power.bench(Path(room)) as at:
        yield at


@contextmanager
def _workers(at: power.Bench) -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(JOBS, initializer=derive_once, initargs=(at.derived,)) as workers:
        yield workers


def _sums(found: dict[str, int]) -> tuple[int, ...]:
    return tuple(sum(count for key, count in found.items() if key.endswith(end)) for end in ("", *TROUBLE))


def _say(found: Counter[str]) -> None:
    told = sorted(key for key in found if key.startswith("! "))
    print(*told[:TOLD], *([f"... and {len(told) - TOLD} more"] if len(told) > TOLD else []), sep="\n")


def _table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> None:
    lines = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        first, *rest = line
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]
        print("  ".join(cells).rstrip())
