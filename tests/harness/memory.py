"""What remains in memory after locking: the real program unlocks, opens a family, locks, and is searched.

    python tests/harness/memory.py 20      # so many times, with the time from the key to the painted lock screen

The process that had the family open must be gone. The one that took over is searched, every byte it could read
itself, for the names, the passphrase and the store's key: 0 places. Two controls must find them: the process before
it locks, and a process that locks without ending.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE.parent), str(ROOT)]

import builders  # noqa: E402 - once the checkout is on the path

from desk_app.domain.clock import system_clock  # noqa: E402

FAMILY, CHILD = "Quastenhofer", "Zebrahild"
"""Names that nothing else in memory is called."""
_CHUNK = 1 << 22

OPENS_ITSELF = """
import ctypes, os, threading, time
from pathlib import Path
def wait(sign=Path(os.environ["TRITTSTEIN_TEST_SEARCH"])):
    while not sign.exists():
        time.sleep(0.02)
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)           # PR_SET_DUMPABLE
    ctypes.CDLL(None).prctl(0x59616D61, -1, 0, 0, 0)  # PR_SET_PTRACER, any
threading.Thread(target=wait, daemon=True).start()
"""
"""A ``sitecustomize`` that lets the process be searched once a file appears; the program forbids it to all but root."""

DRIVER = """
import sys, threading, time
from PySide6.QtCore import QTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from desk_app import __main__ as program
from desk_app.gui import app, relaunch
from desk_app.gui.shell import Shell

store, household, ends = sys.argv[1], sys.argv[2], sys.argv[3] == "ends"
passphrase = sys.stdin.readline().strip()

def say(*words):
    print(*words, flush=True)

start = relaunch.Successor.start
def start_and_tell(self, store, geometry):
    started = start(self, store, geometry)
    say("successor", self._process.pid)
    return started
relaunch.Successor.start = start_and_tell
end_now = relaunch.end_now
def tell_and_end():
    say("painted", time.monotonic())
    end_now()
relaunch.end_now = tell_and_end

def by_and_by(step, *more):
    if not step():
        QTimer.singleShot(20, lambda: by_and_by(step, *more))
    elif more:
        by_and_by(*more)

def shell():
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, Shell))

def unlock():
    lock = shell().centralWidget()
    if not lock.chosen() or shell().opening._worker is None:
        return False
    lock.passphrase.edit.setText(passphrase)
    QTest.keyClick(lock.passphrase.edit, Qt.Key.Key_Return)
    return True

def open_family():
    from uuid import UUID
    desk = shell().desk_window
    if desk is None or desk.stack.currentWidget() is None:
        return False
    desk.open_intake(UUID(household))
    return True

def show():
    desk = shell().desk_window
    page = next(iter(desk.intakes.pages.values()), None)
    if page is None or not page.isVisible():
        return False
    say("open", desk._desk.vault._key.data_key.hex())
    threading.Thread(target=lambda: asked.append(sys.stdin.readline()), daemon=True).start()
    return True

asked = []
def lock():
    if not asked:
        return False
    say("locks", time.monotonic())
    QTest.keyClick(QApplication.focusWidget() or shell(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    return True

def tell_locked():
    say("locked here")
    return True

make = app.make_application
def make_and_drive(mine):
    made = make(mine)
    QTimer.singleShot(50, lambda: by_and_by(unlock, open_family, show, lock, tell_locked))
    return made
app.make_application = make_and_drive
if not ends:
    app._surroundings = None
sys.exit(program.main(["--store", store]))
"""


@dataclass(frozen=True)
class Searched:
    """In how many places each secret was found, and how long locking took."""

    before: Mapping[str, int]
    after: Mapping[str, int]
    old_is_gone: bool
    milliseconds: float
    """From the key to the painted lock screen of the fresh process; 0 where there is none."""


def lock_and_search(folder: Path, *, ends: bool = True) -> Searched:
    """Run the program on a new store in ``folder``; with ``ends`` False it locks as if no process could be started."""
    store, household = _a_store(folder / "store")
    with _program(folder, store, household, ends=ends) as program:
        assert program.stdin
        assert program.stdout
        (key,) = _told(program.stdout, "open")
        needles = _needles({"family": FAMILY, "child": CHILD, "passphrase": builders.PASSPHRASE}, bytes.fromhex(key))
        _let_search(folder)
        before = search(program.pid, needles)
        program.stdin.write("lock\n")
        program.stdin.flush()
        (locks,) = _told(program.stdout, "locks")
        if not ends:
            _told(program.stdout, "locked")
            _settle(program.pid)
            return Searched(before, search(program.pid, needles), old_is_gone=False, milliseconds=0)
        successor = int(_told(program.stdout, "successor")[0])
        try:
            (painted,) = _told(program.stdout, "painted")
            program.wait(30)
            _settle(successor)
            after = search(successor, needles)
        finally:
            os.kill(successor, 9)
        return Searched(before, after, not _runs(program.pid), (float(painted) - float(locks)) * 1000)


def search(pid: int, needles: Mapping[str, Iterable[bytes]]) -> dict[str, int]:
    """How often each needle lies in what the process could read. Raises PermissionError where we may not."""
    found = dict.fromkeys(needles, 0)
    wanted = [(name, needle) for name, each in needles.items() for needle in each]
    longest = max(len(needle) for _name, needle in wanted)
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for first, last in _readable(pid):
            rest = b""
            for place in range(first, last, _CHUNK):
                try:
                    memory.seek(place)
                    part = rest + memory.read(min(_CHUNK, last - place))
                except (OSError, OverflowError):  # pages of the kernel or of a device
                    break
                for name, needle in wanted:
                    found[name] += part.count(needle) - rest.count(needle)
                rest = part[-longest + 1 :]
    return found


def _readable(pid: int) -> Iterator[tuple[int, int]]:
    """Where pages are that may be read and are there, in memory or swapped out (proc(5), smaps)."""
    span = ""
    for line in Path(f"/proc/{pid}/smaps").read_text(encoding="utf-8").splitlines():
        name, *more = line.split()
        if not name.endswith(":"):
            span = name if more[0].startswith("r") else ""
        elif name in ("Rss:", "Swap:") and more[0] != "0" and span:
            first, last = span.split("-")
            span = ""
            yield int(first, 16), int(last, 16)


def _needles(names: Mapping[str, str], key: bytes) -> dict[str, tuple[bytes, ...]]:
    """As Python and SQLite keep a name, as Qt does; the key itself and as SQLCipher is handed it."""
    words = {what: (name.encode(), name.encode("utf-16-le")) for what, name in names.items()}
    return {**words, "key": (key, key.hex().encode(), key.hex().upper().encode())}


def _a_store(place: Path) -> tuple[Path, str]:
    shut = builders.a_shut_store(place, system_clock)
    desk = shut.open_at(place, system_clock)
    family = desk.do(lambda work: builders.store_family(work, FAMILY, given_name=CHILD))[0]
    desk.close()
    return place, str(family.household)


@contextmanager
def _program(folder: Path, store: Path, household: str, *, ends: bool) -> Iterator[subprocess.Popen[str]]:
    site = folder / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(OPENS_ITSELF, encoding="utf-8")
    env = dict(os.environ) | {
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "TRITTSTEIN_CONFIG": str(folder / "settings"),
        "TRITTSTEIN_TEST_SEARCH": str(folder / "search"),
        "PYTHONPATH": os.pathsep.join([str(site), str(ROOT)]),
    }
    words = [sys.executable, "-c", DRIVER, str(store), household, "ends" if ends else "stays"]
    # not by name of variable or argument: the fresh process inherits those
    with subprocess.Popen(words, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdin
        program.stdin.write(builders.PASSPHRASE + "\n")
        program.stdin.flush()
        try:
            yield program
        finally:
            program.kill()


def _told(lines: IO[str], what: str) -> list[str]:
    """Wait for the driver to say something."""
    for line in lines:
        word, *more = line.split()
        if word == what:
            return more
    raise AssertionError(f"the program ended before it said: {what}")


def _let_search(folder: Path) -> None:
    (folder / "search").touch()
    time.sleep(0.1)


def _settle(pid: int) -> None:
    """Until the process has done what it does by itself; a caret that blinks is no work."""
    worked = -10
    while True:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        now = int(fields[11]) + int(fields[12])  # user and system time in hundredths of a second, proc(5)
        if now - worked <= 3:
            return
        worked = now
        time.sleep(0.5)


def _runs(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("times", type=int, nargs="?", default=10)
    times = arguments.parse_args().times
    taken, left = [], 0
    for _time in range(times):
        with tempfile.TemporaryDirectory() as place:
            found = lock_and_search(Path(place))
        assert found.old_is_gone
        assert all(found.before.values()), f"the search is blind: {found.before}"
        left += sum(found.after.values())
        taken.append(found.milliseconds)
    with tempfile.TemporaryDirectory() as place:
        control = lock_and_search(Path(place), ends=False)
    print(f"before locking {dict(found.before)}, after {dict(found.after)}, over {times} times {left}")
    print(f"without a fresh process: {dict(control.after)}")
    print(f"key to painted lock screen: median {statistics.median(taken):.0f} ms, longest {max(taken):.0f} ms")
    return 1 if left or not all(control.after.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
