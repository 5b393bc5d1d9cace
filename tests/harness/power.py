"""Power cuts: what the program wrote is replayed up to any moment, and what the disk then holds is opened.

A run records one writer once, in a process of its own, and then makes many states of it. Everything is told by the
seed, save for the keys and ids that the program rolls itself.
"""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from unittest import mock

from harness import power_disk, preload
from harness.power_controls import Control
from harness.power_desk import Lost, Place, derive_once
from harness.power_writers import WRITERS
from specimen_store import Specimen, make_specimen

from desk_app.domain.errors import WorldError
from desk_app.storage import sealing

CODE = "from harness.power_writers import main; main()"
STATES = 60
"""How many states are made of one recording."""


@dataclass(frozen=True)
class Cut:
    """One recording and what to make of it."""

    writer: str
    seed: int
    states: int = STATES
    data: tuple[str, ...] = power_disk.DATA
    names: tuple[str, ...] = power_disk.NAMES
    without: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bench:
    """Where recordings are made: a template of a store, the library, and room for scratch."""

    room: Path
    template: Specimen
    library: Path
    derived: Path

    def laid_out(self, name: str) -> Place:
        """A desk of its own, the store in it closed."""
        root = self.room / f"{name}-{os.getpid()}" / "root"
        place = Place(root, self.template.carla, self.template.jonas)
        for folder in (root, root / "config", place.shelf, place.out):
            folder.mkdir(parents=True)
        shutil.copytree(self.template.folder, place.store.folder)
        return place

    def run(self, cut: Cut) -> Counter[str]:
        """Figures of one recording: ``states``, ``lost``, ``damaged`` and which were of what kind."""
        chance = random.Random(f"{cut.writer} {cut.seed}")
        place = self.laid_out(f"{cut.writer}-{cut.seed}")
        root, room = place.root, place.root.parent
        with settings_in(root / "config"):
            try:
                WRITERS[cut.writer].prepare(place, chance)
                disk = power_disk.Disk(root)
                words = (
                    str(root),
                    str(self.derived),
                    str(place.carla),
                    str(place.jonas),
                    cut.writer,
                    str(cut.seed),
                    *cut.without,
                )
                preload.run(self.library, root, room / "trace", CODE, *words)
                return self._states(cut, place, disk, list(preload.notes(room / "trace")), chance)
            finally:
                shutil.rmtree(room)

    def _states(
        self, cut: Cut, place: Place, disk: power_disk.Disk, notes: list[preload.Note], chance: random.Random
    ) -> Counter[str]:
        found: Counter[str] = Counter()
        cuts = Counter(_moments(notes, cut.states, chance))
        sure = -1
        for at, note in enumerate([None, *notes]):
            if note is not None:
                disk.do(note)
                sure = note.inode if note.deed == "M" else sure
            for _again in range(cuts[at]):
                data, names = chance.choice(cut.data), chance.choice(cut.names)
                shutil.rmtree(place.root)
                power_disk.lay(place.root, disk.after_cut(data, names, chance))
                for name in cut.gone:
                    (place.store.folder / name).unlink(missing_ok=True)
                verdict = _verdict(cut.writer, place, sure, chance)
                found["states"] += 1
                kind = f"{cut.writer}, {data}, {names}"
                found[kind] += not verdict
                if verdict:
                    found[verdict.split(":")[0]] += 1
                    found[f"{kind}: {verdict.split(':')[0]}"] += 1
                    found[f"! {cut.writer} {cut.seed} at {at} of {len(notes)}, {data}/{names}, {sure}: {verdict}"] += 1
        return found


def _moments(notes: list[preload.Note], count: int, chance: random.Random) -> list[int]:
    """When to cut: a quarter right after something was confirmed, the rest anywhere."""
    marks = [at + 1 for at, note in enumerate(notes) if note.deed == "M"]
    return chance.choices(marks, k=count // 4) + chance.choices(range(len(notes) + 1), k=count - count // 4)


def _verdict(writer: str, place: Place, sure: int, chance: random.Random) -> str:
    try:
        WRITERS[writer].check(place, sure, chance)
    except Lost as lost:
        return f"lost: {lost}"
    except WorldError as error:
        return f"does not open: {type(error).__name__} {error}"
    except Exception as error:  # noqa: BLE001 - whatever else it is, the store is not what it should be
        return f"damaged: {type(error).__name__} {error}"
    return ""


@contextmanager
def settings_in(folder: Path) -> Iterator[None]:
    """Settings of the machine are looked for in ``folder``."""
    with mock.patch.dict(os.environ, TRITTSTEIN_CONFIG=str(folder)):
        yield


@contextmanager
def bench(room: Path) -> Iterator[Bench]:
    """A bench in an empty folder; keys are derived once for all its processes."""
    derived = room / "derived"
    derived.mkdir()
    with settings_in(room / "config"), mock.patch.object(sealing, "stretch", sealing.stretch):
        derive_once(derived)
        yield Bench(room, make_specimen(room / "template"), preload.compiled(room), derived)


def run_all(at: Bench, cuts: list[Cut], jobs: int) -> Counter[str]:
    """All of them, on so many processes."""
    found: Counter[str] = Counter()
    with ProcessPoolExecutor(jobs, initializer=derive_once, initargs=(at.derived,)) as workers:
        for each in workers.map(Bench.run, repeat(at), cuts):
            found.update(each)
    return found


def plan(states: int, seed: int, writers: tuple[str, ...] = tuple(WRITERS)) -> list[Cut]:
    """Recordings of all writers in turn; every second one is of saves."""
    cuts = []
    others = [each for each in writers if each != "saves"]
    for run in range(-(-states // STATES)):
        writer = "saves" if run % 2 == 0 or not others else others[run // 2 % len(others)]
        cuts.append(Cut(writer, seed * 100_000 + run, min(STATES, states - run * STATES)))
    return cuts


def controlled(control: Control, states: int, seed: int) -> Cut:
    """The recording that shows what the protections are worth."""
    return Cut(
        control.writer,
        seed,
        states,
        ("none",) if control.loses else power_disk.DATA,
        (control.names,),
        control.without,
        control.gone,
    )
