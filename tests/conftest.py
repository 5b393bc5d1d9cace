"""What every test gets: forms and fonts up to date, a clock to set, settings of its own, nothing left behind."""

import gc
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import build_fonts  # both from packaging/, by `pythonpath` in pyproject.toml
import builders
import compile_forms

from desk_app.casework.desk import Desk
from desk_app.gui import tidy
from desk_app.storage import engine, sealing

MEMORY_LOCKED = "cipher_memory_security"
engine._SETTINGS = tuple(each for each in engine._SETTINGS if MEMORY_LOCKED not in each)  # type: ignore[misc]  # see below
engine._EXPECTED.pop(MEMORY_LOCKED, None)  # tests import this file a second time, under its own name
"""Locking every piece of memory takes a third of the suite's time and changes no result. Whatever runs in a process of
its own has it, and tests/storage/test_schema.py asks such a process for it."""

tidy.MANY = sys.maxsize  # type: ignore[misc]  # see below
"""The heap of a worker holds all tests and all they made; going through it between two deeds would take the most of
their time. Tests of clearing up set a measure of their own."""


def pytest_configure() -> None:
    """Runs in the first process before any worker starts, so that none of them makes the same file."""
    compile_forms.main()
    build_fonts.main()


class SettableClock:
    """Stands still at the moment it was set to; calling it gives an aware datetime in UTC."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def set(self, moment: datetime) -> None:
        assert moment.tzinfo is not None, "a moment without a time zone is no moment"
        self.now = moment.astimezone(UTC)

    def advance(self, **span: float) -> None:
        """`clock.advance(days=3, minutes=5)`"""
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> SettableClock:
    """Thursday 26 November 2026, 10:42 in Germany."""
    return SettableClock()


@pytest.fixture(scope="session", autouse=True)
def no_settings_of_the_person(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is made once for many tests must not leave anything in the person's own folder either."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRITTSTEIN_CONFIG", str(tmp_path_factory.mktemp("settings")))
        yield


@pytest.fixture(scope="session", autouse=True)
def derive_each_key_once() -> Iterator[None]:
    """The same passphrase, salt and cost give the same key; deriving it again is dear and shows nothing new.

    What a derivation costs on this machine is still measured.
    """
    derive, known = sealing.stretch, cache(sealing.stretch)

    def stretch(passphrase: str, salt: bytes, kdf: sealing.Kdf) -> bytes:
        return (derive if passphrase == "calibration" else known)(passphrase, salt, kdf)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "stretch", stretch)
        yield


@pytest.fixture(scope="session")
def shut_store(tmp_path_factory: pytest.TempPathFactory) -> builders.ShutStore:
    """A real encrypted store of the centre, closed; made once because its keys take a while."""
    return builders.a_shut_store(tmp_path_factory.mktemp("made") / "store", SettableClock())


@pytest.fixture
def desk(shut_store: builders.ShutStore, tmp_path: Path, clock: SettableClock) -> Iterator[Desk]:
    """An open desk over a store that is new for every test."""
    folder = tmp_path / "store"
    shutil.copytree(shut_store.folder, folder)
    desk = shut_store.open_at(folder, clock)
    yield desk
    desk.vault.close()


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the settings of the person running it."""
    place = tmp_path / "machine-settings"
    monkeypatch.setenv("TRITTSTEIN_CONFIG", str(place))
    return place


@pytest.fixture(autouse=True)
def few_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel files are locked with a thousandth of the turns over their passphrase, which are most of their time.

    How many it takes stands in each file, so that reading is as it is. ``tests/documents/test_protecting.py`` looks
    for the whole number.
    """
    from msoffcrypto.method.ecma376_agile import ECMA376Agile

    monkeypatch.setattr(ECMA376Agile.encrypt, "__defaults__", (None, 100))


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """A thread that outlives its test could touch the next one's store."""
    before = set(threading.enumerate())
    yield
    left = [thread.name for thread in set(threading.enumerate()) - before if thread.is_alive()]
    assert not left, f"threads still running: {left}"


@pytest.fixture(autouse=True)
def no_qt_left_behind(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Threads and timers of Qt must have stopped and windows be gone. Costs nothing where Qt is not loaded."""
    if "PySide6.QtWidgets" not in sys.modules:
        yield
        return
    from PySide6.QtCore import QThread, QTimer
    from PySide6.QtWidgets import QApplication

    threads = _recorded_starts(QThread, monkeypatch)
    timers = _recorded_starts(QTimer, monkeypatch)
    before = set(QApplication.topLevelWidgets()) if QApplication.instance() else set()
    yield
    if not QApplication.instance():
        return
    windows = _windows_left(before)
    assert not windows, f"windows left behind: {windows}"
    running = [repr(thread) for thread in threads if _alive(thread) and thread.isRunning()]
    assert not running, f"threads of Qt still running: {running}"
    ticking = [repr(timer) for timer in timers if _alive(timer) and timer.isActive()]
    assert not ticking, f"timers still running: {ticking}"


def _recorded_starts(kind: type, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    started: list[Any] = []
    start = kind.start  # type: ignore[attr-defined]  # QThread and QTimer both have it

    def recording_start(self: Any, *args: Any) -> None:
        started.append(self)
        start(self, *args)

    monkeypatch.setattr(kind, "start", recording_start)
    return started


def _alive(thing: Any) -> bool:
    from shiboken6 import isValid

    return isValid(thing)


def _windows_left(before: set[Any]) -> list[str]:
    """Top-level widgets the test made and did not give away, popups of other widgets aside."""
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    def left() -> list[str]:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        # what the tips of Qt show is Qt's own
        return [
            f"{type(window).__name__} {window.objectName()!r}"
            for window in QApplication.topLevelWidgets()
            if window not in before and window.parent() is None and window.metaObject().className() != "QTipLabel"
        ]

    if left():
        gc.collect()  # a closed window may still hang in a circle of references
    return left()
