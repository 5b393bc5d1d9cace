"""Whoever has typed a passphrase waits for no page to be loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from builders import PASSPHRASE

ROOT = Path(__file__).parents[2]
_A_SESSION = """
import json, os, sys, time
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from desk_app import settings
from desk_app.gui.app import make_application
from desk_app.gui.shell import Shell

def wait(reached):
    until = time.monotonic() + 60
    while not reached():
        assert time.monotonic() < until
        QApplication.processEvents()
        time.sleep(0.005)

_app, appearance = make_application(settings.Settings(theme="light"))
shell = Shell(Path(sys.argv[1]), appearance)
told = []
shell.ahead.went_on.connect(lambda: told.append(shell.ahead.done))
shell.begin()
shell.show()
if sys.argv[3] == "slowly":
    wait(lambda: shell.ahead.done)
    assert told[-1]
    assert told.count(True) == 1
    assert len(told) > 10
else:
    wait(lambda: shell.opening._worker is not None)
before = set(sys.modules)
shell.centralWidget().passphrase.edit.setText(sys.argv[2])
QTest.keyClick(shell.centralWidget().passphrase.edit, Qt.Key.Key_Return)
wait(lambda: shell.desk_window is not None and not shell.desk_window.worker.working)
for place in sys.argv[4:]:
    shell.desk_window.go(place)
    wait(lambda: not shell.desk_window.worker.working)
shell.desk_window.search()
wait(lambda: not shell.desk_window.worker.working)
print(json.dumps(sorted(set(sys.modules) - before)), flush=True)
shell.end()
"""
PLACES = ("families", "placements", "appointments", "options", "today")


def session(store: Path, speed: str) -> set[str]:
    """The modules loaded from "Entsperren" on while somebody goes through the pages."""
    command = [sys.executable, "-c", _A_SESSION, str(store), PASSPHRASE, speed, *PLACES]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_while_a_passphrase_is_typed_all_pages_are_loaded(store: Path) -> None:
    loaded = session(store, "slowly")
    assert sorted(module for module in loaded if module.startswith(("desk_app.gui", "desk_app.presenters"))) == []


def test_whoever_is_quicker_comes_in_all_the_same(store: Path) -> None:
    assert "desk_app.gui.main_window" in session(store, "quickly")


def test_the_binding_reads_no_source_of_modules() -> None:
    """Else loading takes half as long again. What the binding calls this may change with a new version of it."""
    assert sys.modules["shibokensupport.feature"]._mod_uses_pyside(None) is True
