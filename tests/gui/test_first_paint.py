"""What is loaded before the lock screen is there, where whoever adds to it makes everybody wait, and what after."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desk_app import settings

ROOT = Path(__file__).parents[2]
OURS, ALL = 37, 195
"""Modules of the program, and of everything, that the lock screen gets by with."""
BEHIND_THE_PAINT = {
    "alembic", "babel", "cryptography", "desk_app.casework", "desk_app.documents", "desk_app.presenters", "holidays",
    "icalendar", "openpyxl", "pikepdf", "rapidfuzz", "reportlab", "segno", "sqlalchemy", "sqlcipher3", "uharfbuzz",
    "datetime", "tomllib", "uuid", "zoneinfo",
}  # fmt: skip
_UNTIL_PAINTED = """
import json, os, sys
from desk_app import __main__ as program
from desk_app.gui import lock_window
painted = lock_window.LockWindow.paintEvent
def paint(self, event):
    loaded = sorted(sys.modules)
    painted(self, event)
    print(json.dumps(loaded), flush=True)
    os._exit(0)
lock_window.LockWindow.paintEvent = paint
program.main(["--store", sys.argv[1]])
"""

_ONCE_PAINTED = """
import ctypes, os, sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from desk_app import __main__ as program
from desk_app.gui import lock_window
painted = lock_window.LockWindow.paintEvent
def paint(self, event):
    painted(self, event)
    QTimer.singleShot(200, tell)
def tell():
    dumpable = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
    print(dumpable, QGuiApplication.windowIcon().isNull(), flush=True)
    os._exit(0)
lock_window.LockWindow.paintEvent = paint
program.main(["--store", sys.argv[1]])
"""


@pytest.fixture
def loaded(store: Path) -> set[str]:
    """The modules loaded when the lock screen begins to paint, in a process of its own on a machine used before."""
    settings.save(settings.Settings(last_store=store))
    done = subprocess.run(
        [sys.executable, "-c", _UNTIL_PAINTED, str(store)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_the_lock_screen_is_painted_before_anything_heavy_is_loaded(loaded: set[str]) -> None:
    assert "desk_app.gui.lock_window" in loaded
    assert loaded & BEHIND_THE_PAINT == set()


def test_the_lock_screen_gets_by_with_few_modules(loaded: set[str]) -> None:
    ours = sorted(module for module in loaded if module.startswith("desk_app"))
    assert len(ours) <= OURS, f"too much before the first paint: {ours}"
    assert len(loaded) <= ALL, f"too much before the first paint: {sorted(loaded)}"


@pytest.mark.skipif(sys.platform != "linux", reason="asks the Linux kernel")
def test_once_it_is_painted_nobody_else_reads_the_memory_and_the_window_has_its_icon(store: Path) -> None:
    """Not before, because loading what it takes holds the paint up; nobody has typed a passphrase by then."""
    done = subprocess.run(
        [sys.executable, "-c", _ONCE_PAINTED, str(store)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["0", "False"]
