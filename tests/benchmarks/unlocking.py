"""From "Entsperren" to a first page that can be used, in a fresh process of the real window; see ``measured``.

The key derivation is dear on purpose and not counted. Whoever signs in types for a moment, during which the program
loads what comes next; so does this one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
TYPING = 2.0
"""Seconds from the lock screen to "Entsperren": six words are not typed faster."""
AFTERWARDS = 1.0
"""Seconds for what was put off until the page is there."""


def measured(store: Path, passphrase: str, place: Path) -> tuple[float, float]:
    """Milliseconds until the page is there, and the longest the window answered nobody until a second later.

    Settings are kept in ``place``.
    """
    done = subprocess.run(
        [sys.executable, __file__, str(store), passphrase],
        env=dict(os.environ) | {"TRITTSTEIN_CONFIG": str(place / "settings")},
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    return found["took"], found["gap"]


def main() -> None:
    sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent.parent)]
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from desk_app import settings
    from desk_app.gui.app import calm_the_collector, make_application
    from desk_app.gui.lock_window import LockWindow
    from desk_app.gui.shell import Shell

    _app, appearance = make_application(settings.Settings(theme="light"))
    shell = Shell(Path(sys.argv[1]), appearance)
    shell.ahead.went_on.connect(calm_the_collector)
    shell.begin()
    shell.show()
    shell.activateWindow()
    calm_the_collector()
    typed_until = time.perf_counter() + TYPING
    while time.perf_counter() < typed_until:
        QApplication.processEvents()
        time.sleep(0.002)
    derived = _derivation_timed()
    lock = shell.centralWidget()
    assert isinstance(lock, LockWindow)
    lock.passphrase.edit.setText(sys.argv[2])
    begun = time.perf_counter()
    QTest.keyClick(lock.passphrase.edit, Qt.Key.Key_Return)
    gaps = [time.perf_counter() - begun]

    def turn() -> None:
        started = time.perf_counter()
        QApplication.processEvents()
        gaps.append(time.perf_counter() - started)
        time.sleep(0.001)

    while not _usable(shell):
        turn()
    turn()  # what came last is painted
    there = time.perf_counter()
    took = there - begun - sum(derived)
    while time.perf_counter() < there + AFTERWARDS:
        turn()
    print(json.dumps({"took": took * 1000, "gap": max(gaps) * 1000}), flush=True)
    shell.end()
    os._exit(0)


def _usable(shell: object) -> bool:
    """Whether the first page is shown and everything it asked the store for has arrived."""
    desk = shell.desk_window  # type: ignore[attr-defined]  # the shell is only imported inside
    return desk is not None and desk.stack.currentWidget() is not None and not desk.worker.working


def _derivation_timed() -> list[float]:
    """The seconds that deriving the key takes, as they come."""
    from desk_app.storage import sealing

    took: list[float] = []
    derive = sealing.stretch

    def stretch(*words: object) -> bytes:
        begun = time.perf_counter()
        try:
            return derive(*words)  # type: ignore[arg-type]  # handed on as they came
        finally:
            took.append(time.perf_counter() - begun)

    sealing.stretch = stretch  # type: ignore[assignment]
    return took


if __name__ == "__main__":
    main()
