"""Runs against the whole of the program below the window: real processes at real desks, killed or taking turns."""

from __future__ import annotations

import random
import shutil
import time
from collections import Counter
from pathlib import Path

from builders import PASSPHRASE, ShutStore
from harness.desk_child import desks, what_is_there
from sqlalchemy import select

from desk_app import bootstrap
from desk_app.casework import health
from desk_app.domain.errors import WorldError
from desk_app.storage.tables import Household

Figures = Counter[str]

LONGEST_WAIT = 0.15
"""Seconds until the kill: some deeds long, so that every moment of a deed has its turn."""

FRESH_AFTER = 100
"""Kills of one store before another is taken: a full one takes longer to look through."""


def kills(store: ShutStore, runs: int, chance: random.Random, what: str = "work") -> Figures:
    """Kill a process at its desk again and again; what it had confirmed must be there, wholly and once."""
    found: Figures = Counter()
    for begun in range(0, runs, FRESH_AFTER):
        folder = store.folder.with_name("killed")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(store.folder, folder)
        found += _killed_again_and_again(folder, store, min(FRESH_AFTER, runs - begun), chance, what)
    return found


def _killed_again_and_again(folder: Path, store: ShutStore, runs: int, chance: random.Random, what: str) -> Figures:
    found: Figures = Counter()
    first = 0
    with desks(folder, store.user) as running:
        for run in range(runs):
            told = running.killed(what, first, chance.random() * LONGEST_WAIT)
            found["kills"] += 1
            found["confirmed saves"] += len(told)
            try:
                desk = bootstrap.unlock(folder, store.user, PASSPHRASE)
            except WorldError:
                found["stores that do not open"] += 1
                continue
            there = what_is_there(desk, first)
            found["saves lost"] += sum(there.get(number, -1) < step for number, step in told)
            found["half saves"] += there.half
            found["saves there twice"] += there.twice
            found["audits broken"] += not there.chain_whole
            found["killed in the middle of a save"] += len(desk.notices)
            if run in {0, runs - 1}:
                found["stores damaged"] += not all(finding.sound for finding in health.examine(desk))
            desk.close()
            first = max(number for number, _step in told) + 2
    return found


def turns(store: ShutStore, runs: int, _chance: random.Random) -> Figures:
    """Two processes share one store by turns, ``runs`` saves each; nothing of either is missing, nothing is double."""
    found: Figures = Counter()
    with desks(store.folder, store.user) as running:
        begun = time.monotonic()
        running.start("turns", runs)
        told: list[int] = []
        for line in running.said():
            word, number = line.split()
            if word == "refused":
                found["refused because the other had it open"] += int(number)
            else:
                told.append(int(word))
    desk = bootstrap.unlock(store.folder, store.user, PASSPHRASE)
    names = desk.do(lambda work: [row for (row,) in work.session.execute(select(Household.family_name))])[0]
    sound = all(finding.sound for finding in health.examine(desk))
    found["notices after all"] = len(desk.notices)
    desk.close()
    found["confirmed saves"] = len(told)
    found["saves a second"] = round(len(told) / (time.monotonic() - begun))
    found["saves lost"] = len({f"Familie {number}" for number in told} - set(names)) + 2 * runs - len(told)
    found["saves there twice"] = len(names) - len(set(names))
    found["stores damaged"] = not sound
    return found
