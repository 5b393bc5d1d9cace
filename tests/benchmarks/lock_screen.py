"""From starting the process to the first finished paint: the lock screen against a bare window."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

_BARE = """
import time
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.clock_gettime(time.CLOCK_MONOTONIC), flush=True)
        QApplication.exit()
app = QApplication([])
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
"""

_OURS = """
import sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from desk_app import settings
from desk_app.gui import lock_window
from desk_app.gui.app import make_application
from desk_app.gui.shell import Shell
app, appearance = make_application(settings.load())
shell = Shell(Path(sys.argv[1]), appearance)
painted = lock_window.LockWindow.paintEvent
def paint(self, event):
    painted(self, event)
    print(time.clock_gettime(time.CLOCK_MONOTONIC), flush=True)
    import os
    os._exit(0)
lock_window.LockWindow.paintEvent = paint
shell.begin()
shell.show()
app.exec()
"""


def bare_window() -> float:
    return _milliseconds(_BARE)


def lock_screen(store: Path) -> float:
    return _milliseconds(_OURS, str(store))


def _milliseconds(program: str, *words: str) -> float:
    begun = time.clock_gettime(time.CLOCK_MONOTONIC)
    done = subprocess.run(
        [sys.executable, "-c", program, *words], env=os.environ, capture_output=True, text=True, check=True
    )
    return (float(done.stdout.split()[0]) - begun) * 1000
