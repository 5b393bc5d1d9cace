"""From starting the process to what it shows: the lock screen, a bare PySide6 window, and KeePassXC where it is there.

Ours and the bare window say themselves when everything in them is painted and handed over; KeePassXC cannot, so the
time until its window is mapped stands for it, which is before anything in it is painted.
"""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from mapped_window import until_mapped

import desk_app
from desk_app import settings

WHERE: Final = "under Xvfb" if shutil.which("Xvfb") else "offscreen"

_BARE: Final = """
import time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, stamp)  # comes when this paint is over, with what lies in the window
        super().paintEvent(event)
def stamp():
    print(time.clock_gettime(time.CLOCK_MONOTONIC), flush=True)
    QApplication.exit()
app = QApplication([])
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
"""
_OURS: Final = """
import gc
gc.disable()  # the first thing the program does; here already for the import that the measuring needs
import os, sys, time
from desk_app import __main__ as program
from desk_app.gui import lock_window
from PySide6.QtCore import QTimer
painted = lock_window.LockWindow.paintEvent
def paint(self, event):
    QTimer.singleShot(0, stamp)
    painted(self, event)
def stamp():
    print(time.clock_gettime(time.CLOCK_MONOTONIC), flush=True)
    os._exit(0)
lock_window.LockWindow.paintEvent = paint
program.main(["--store", sys.argv[1]])
"""
_PEER_SETTINGS: Final = "[General]\nConfigVersion=2\nUpdateCheckMessageShown=true\n[GUI]\nCheckForUpdates=false\n"


def compile_modules() -> None:
    """As installing does: a module changed since it last ran would be compiled anew at every start."""
    compileall.compile_dir(Path(desk_app.__file__).parent, quiet=1)


@contextmanager
def contestants(store: Path, place: Path) -> Iterator[dict[str, Callable[[], float]]]:
    """What takes turns, by name, each returning milliseconds; all on one X server, offscreen where there is none."""
    mine = place / "settings"
    settings.save(settings.Settings(last_store=store), mine)
    with _screen() as screen:
        env = dict(os.environ) | screen | {"TRITTSTEIN_CONFIG": str(mine)}
        found = {"ours": lambda: _painted(env, _OURS, str(store)), "bare": lambda: _painted(env, _BARE)}
        if (keepassxc := shutil.which("keepassxc")) and "DISPLAY" in screen:
            found["keepassxc"] = _peer(keepassxc, place / "peer", env)
        yield found


@contextmanager
def _screen() -> Iterator[dict[str, str]]:
    """Variables that lead to an X server of our own."""
    server = shutil.which("Xvfb")
    if server is None:
        yield {"QT_QPA_PLATFORM": "offscreen"}
        return
    told, tell = os.pipe()
    command = [server, "-displayfd", str(tell), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    running = subprocess.Popen(command, pass_fds=[tell], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(tell)
    try:
        with os.fdopen(told) as numbers:
            yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{numbers.readline().strip()}"}
    finally:
        running.terminate()
        running.wait()


def _painted(env: Mapping[str, str], program: str, *words: str) -> float:
    begun = time.clock_gettime(time.CLOCK_MONOTONIC)
    done = subprocess.run([sys.executable, "-c", program, *words], env=env, capture_output=True, text=True, check=True)
    return (float(done.stdout.split()[0]) - begun) * 1000


def _peer(program: str, home: Path, env: Mapping[str, str]) -> Callable[[], float]:
    """KeePassXC as a person starts it who has it for long: with settings, without a question about updates."""
    home.mkdir(parents=True)
    kept = home / "settings.ini"
    kept.write_text(_PEER_SETTINGS, encoding="utf-8")
    own = dict(env) | {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
    command = [program, "--config", str(kept), "--localconfig", str(home / "local.ini")]
    return lambda: until_mapped(command, own)
