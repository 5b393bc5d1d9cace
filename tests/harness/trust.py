"""The long versions of the tests of trust: each prints figures, and fails if one that must be nought is not.

    python tests/harness/trust.py kills 1000      # the saving process is killed at any moment
    python tests/harness/trust.py desks 1000      # a process at its desk is killed at any moment, deeds and all
    python tests/harness/trust.py turns 300       # two processes share a store by turns, so many saves each
    python tests/harness/trust.py altered 2000    # files changed, exchanged, cut or put back behind its back
    python tests/harness/trust.py session 1       # every byte and socket of a session at the window, by strace
    python tests/harness/trust.py destroy 200     # one file of a store is destroyed, the store is opened again
    python tests/harness/trust.py tamper 2000     # one bit somewhere in one file is changed
    python tests/harness/trust.py powercut 20000  # what is left when the power goes, in nine kinds of disk
    python tests/harness/trust.py controls 500    # the same with protections taken out, some of which must lose saves
    python tests/harness/trust.py faults 1000     # the disk reports errors, whether or not it did what it was told
    python tests/harness/trust.py mutants 100     # is each protection held by a test that fails without it
    python tests/harness/trust.py rekey 200       # killed while a colleague's key is taken away
    python tests/harness/trust.py latency 300     # one save against one bare sync and against its own, in milliseconds

``destroy``, ``desks``, ``altered`` and ``session`` also run their control, which must show the fault: without the
journal, confirmed before it is kept, without chain and counter, a name written in the open.

Long runs want a checkout that nobody edits meanwhile: each process they start loads the program anew.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from unittest import mock

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent.parent)]

import builders  # noqa: E402 - once the checkout is on the path
from harness import altered as changes  # noqa: E402
from harness import desk_runs, power_commands  # noqa: E402
from harness import session as watching  # noqa: E402
from random_saves import content_of, flip, numbers, save_one  # noqa: E402
from specimen_store import CARLAS, JONAS, Specimen, make_specimen  # noqa: E402
from sqlcipher3 import dbapi2  # noqa: E402

from desk_app.domain.clock import system_clock  # noqa: E402
from desk_app.domain.errors import WorldError  # noqa: E402
from desk_app.storage import checks, journal_file, keyfile, sealing, vault  # noqa: E402
from desk_app.storage import engine as engines  # noqa: E402

CHILD = """
import random, sys
from pathlib import Path
from uuid import UUID
sys.path[:0] = sys.argv[5:]
from desk_app.storage import vault
from random_saves import save_one
what, folder, user, first = sys.argv[1], Path(sys.argv[2]), UUID(sys.argv[3]), int(sys.argv[4])
with vault.unlock(folder, user, sys.stdin.readline().rstrip("\\n")) as opened:
    chance = random.Random(first)
    for number in range(first, first + 1_000_000):
        if what == "rekey":
            tom = opened.add_user("Tom Weber", "sieben Wale pfeifen leise im Nebel")
        save_one(opened, number, chance)
        print(number, flush=True)
        if what == "rekey":
            opened.remove_user(tom)
"""

Figures = Counter[str]

LONGEST_WAIT = {"kills": 0.4, "rekey": 0.12}
"""Seconds until the kill: many saves long, or about as long as the exchange of a key that begins at once."""


def killed_child(what: str, store: Specimen, first: int, wait: float) -> list[int]:
    """Run a saving process, kill it ``wait`` seconds after its first save; the saves it had confirmed."""
    paths = [str(HERE.parent), str(HERE.parent.parent)]
    command = [sys.executable, "-c", CHILD, what, str(store.folder), str(store.carla), str(first), *paths]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin
        assert child.stdout
        child.stdin.write(CARLAS + "\n")
        child.stdin.flush()
        confirmed = child.stdout.readline()
        time.sleep(wait)
        child.kill()
        lines = [confirmed, *child.stdout.read().splitlines(keepends=True)]
    return [int(line) for line in lines if line.endswith("\n")]


def kills(store: Specimen, runs: int, chance: random.Random, what: str = "kills") -> Figures:
    found: Figures = Counter()
    sure: set[int] = set()
    first = 0
    for _run in range(runs):
        confirmed = killed_child(what, store, first, chance.random() * LONGEST_WAIT[what])
        sure.update(confirmed)
        first = max(confirmed, default=first) + 2
        found["confirmed saves"] += len(confirmed)
        found["killed between two keys"] += len(keyfile.read_all(store.folder)[0].rings) > 1
        try:
            with store.unlock() as opened:
                found["saves lost"] += len(sure - set(numbers(opened)))
                found["stores damaged"] += not checks.thorough(engines.driver_connection(opened.engine))
                found["saves carried over"] += len(opened.notices)
            if what == "rekey":
                vault.unlock(store.folder, store.jonas, JONAS).close()
        except WorldError:
            found["stores that do not open"] += 1
    return found


def rekey(store: Specimen, runs: int, chance: random.Random) -> Figures:
    return kills(store, runs, chance, "rekey")


def _fresh(store: Specimen, name: str) -> Specimen:
    folder = store.folder.with_name(name)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(store.folder, folder)
    return replace(store, folder=folder)


def _as_crashed(store: Specimen, chance: random.Random) -> tuple[Specimen, object]:
    """A store with random saves as it lies on the disk at some moment, its log carried over or not."""
    made, left = _fresh(store, "made"), store.folder.with_name("left")
    shutil.rmtree(left, ignore_errors=True)
    carries_over = mock.patch.object(engines, "checkpoint", return_value=None)
    if hot := chance.random() < 0.5:
        carries_over.start()
    try:
        with made.unlock() as opened:
            for number in range(chance.randrange(2, 12)):
                save_one(opened, number, chance)
            held = content_of(opened)
            shutil.copytree(made.folder, left)
    finally:
        if hot:
            carries_over.stop()
    return replace(made, folder=left), held


def _destroy(path: Path, chance: random.Random) -> None:
    way = chance.randrange(4)
    if way == 0 or not path.exists():
        path.unlink(missing_ok=True)
        return
    size = path.stat().st_size
    path.write_bytes([b"", path.read_bytes()[: size // 2], chance.randbytes(size)][way - 1])


FILES = (engines.NAME, engines.NAME + "-wal", engines.NAME + "-shm", journal_file.NAME, keyfile.NAME, keyfile.COPY_NAME)


def destroy(store: Specimen, runs: int, chance: random.Random) -> Figures:
    found: Figures = Counter()
    for run in range(runs):
        crashed, held = _as_crashed(store, chance)
        _destroy(crashed.folder / FILES[run % len(FILES)], chance)
        found["runs with something missing"] += _differs(crashed, held)
    for _run in range(max(runs // 4, 10)):
        crashed, held = _as_crashed(store, chance)
        for name in (engines.NAME + "-wal", engines.NAME + "-shm", journal_file.NAME):
            (crashed.folder / name).unlink(missing_ok=True)
        found[CONTROL] += _differs(crashed, held)
    return found


def tamper(store: Specimen, runs: int, chance: random.Random) -> Figures:
    found: Figures = Counter()
    crashed, held = _as_crashed(store, chance)
    for _run in range(runs):
        copy = _fresh(crashed, "altered")
        path = copy.folder / chance.choice([name for name in FILES if (copy.folder / name).exists()])
        if (size := path.stat().st_size) == 0:
            continue
        flip(path, chance.randrange(size), chance.randrange(8))
        found["runs with something missing"] += _differs(copy, held)
    return found


def _differs(store: Specimen, held: object) -> bool:
    try:
        with store.unlock() as opened:
            return content_of(opened) != held
    except (WorldError, dbapi2.Error):
        return True


def latency(store: Specimen, runs: int, chance: random.Random) -> Figures:
    """Not judged: figures depend on the machine."""
    taken: dict[str, list[float]] = {"save": [], "bare sync": [], "its four syncs": []}
    raw = os.open(store.folder.with_name("raw"), os.O_RDWR | os.O_CREAT, 0o600)
    with store.unlock() as opened:
        for number in range(runs):
            begun = time.perf_counter()
            save_one(opened, number, chance)
            between = time.perf_counter()
            os.write(raw, bytes(2000))
            os.fsync(raw)
            taken["save"].append(between - begun)
            synced = time.perf_counter()
            for _sync in range(4):  # journal, log, log once more and database while it is carried over
                os.write(raw, bytes(2000))
                os.fsync(raw)
            taken["bare sync"].append(synced - between)
            taken["its four syncs"].append(time.perf_counter() - synced)
    os.close(raw)
    for what, times in taken.items():
        times.sort()
        print(f"{what}: p50 {times[runs // 2] * 1000:.2f} ms, p95 {times[int(runs * 0.95)] * 1000:.2f} ms")
    for what in ("bare sync", "its four syncs"):
        print(f"ratio of the medians, save / {what}: {taken['save'][runs // 2] / taken[what][runs // 2]:.1f}")
    return Counter()


CONTROL = "control: faults shown without the protection"

NOUGHT = (
    *("saves lost", "half saves", "saves there twice", "audits broken", "stores damaged", "stores that do not open"),
    *("runs with something missing", changes.LOST, "sockets opened", "places with something readable"),
)
"""Figures that must not come up; the control must."""


def _whole_store(store: Specimen) -> builders.ShutStore:
    return builders.a_shut_store(store.folder.with_name("whole"), system_clock)


def desks(store: Specimen, runs: int, chance: random.Random) -> Figures:
    whole = _whole_store(store)
    found = desk_runs.kills(whole, runs, chance)
    found[CONTROL] = desk_runs.kills(whole, max(runs // 100, 5), chance, "eager")["saves lost"]
    return found


def turns(store: Specimen, runs: int, chance: random.Random) -> Figures:
    return desk_runs.turns(_whole_store(store), runs, chance)


def altered(store: Specimen, runs: int, chance: random.Random) -> Figures:
    whole, place = _whole_store(store), store.folder.parent
    found = changes.tampered(whole, place / "protected", runs, chance)
    with changes.unprotected():
        found[CONTROL] = changes.tampered(whole, place / "unprotected", max(runs // 10, 48), chance)[changes.LOST]
    return found


def session(store: Specimen, runs: int, _chance: random.Random) -> Figures:
    whole = _whole_store(store)
    found: Figures = Counter()
    for run in range(runs):
        for what in ("safe", "plain"):
            place = store.folder.with_name(f"session-{run}-{what}")
            shutil.copytree(whole.folder, place / "store")
            seen = watching.watched(place / "store", place / "root", what)
            found["bytes written and looked through"] += seen.bytes_written
            found["sockets opened"] += len(seen.sockets)
            found["places with something readable" if what == "safe" else CONTROL] += len(seen.places)
    return found


COMMANDS = {each.__name__: each for each in (kills, desks, turns, destroy, tamper, altered, session, rekey, latency)}


def _leave_memory_unlocked() -> None:
    """Locking every piece of memory takes half of the time of opening a store again, and changes nothing on the disk.

    The processes that save, are killed or lose their power have it all the same.
    """
    engines._SETTINGS = tuple(each for each in engines._SETTINGS if "cipher_memory_security" not in each)  # type: ignore[misc]  # for these runs alone
    engines._EXPECTED.pop("cipher_memory_security")


def main() -> int:
    parser = argparse.ArgumentParser(description="Long tests of trust.")
    parser.add_argument("what", choices=[*COMMANDS, *power_commands.COMMANDS])
    parser.add_argument("runs", type=int)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.what != "latency":
        _leave_memory_unlocked()
    if asked.what in power_commands.COMMANDS:
        return 0 if power_commands.COMMANDS[asked.what](asked.runs, asked.seed) else 1
    with tempfile.TemporaryDirectory() as made, mock.patch.object(sealing, "stretch", cache(sealing.stretch)):
        os.environ["TRITTSTEIN_CONFIG"] = str(Path(made) / "settings")
        store = make_specimen(Path(made) / "store")
        begun = time.monotonic()
        found = COMMANDS[asked.what](store, asked.runs, random.Random(asked.seed))
    bad = sum(found[name] for name in NOUGHT)
    print(f"{asked.what}: {asked.runs} runs in {time.monotonic() - begun:.0f} s, seed {asked.seed}")
    shown = [name for name in found if name not in NOUGHT] + [name for name in NOUGHT if name in found]
    for name in shown:
        print(f"  {name}: {found[name]}")
    control = CONTROL not in found or found[CONTROL] > 0
    return 0 if not bad and control else 1


if __name__ == "__main__":
    sys.exit(main())
