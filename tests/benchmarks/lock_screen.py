"""From starting the process to the first finished paint: the lock screen against a bare window."""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import time
from pathlib import Path

import desk_app

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
import gc
gc.disable()  # the first thing the program does; here already for the import that the measuring needs
import os, sys, time
from desk_app import __main__ as program
from desk_app.gui import lock_window
painted = lock_window.LockWindow.paintEvent
def paint(self, event):
    painted(self, event)
    print(time.clock_gettime(time.CLOCK_MONOTONIC), flush=True)
    os._exit(0)
lock_window.LockWindow.paintEvent = paint
program.main(["--store", sys.argv[1]])
"""


def compile_modules() -> None:
    """As installing does: a module changed since it last ran would be compiled anew at every start."""
    compileall.compile_dir(Path(desk_app.__file__).parent, quiet=1)


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
