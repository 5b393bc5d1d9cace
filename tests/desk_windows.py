"""The window of an open desk for tests: shown, active, and with everything read that it asked for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.casework.desk import Desk
from desk_app.gui.main_window import DeskWindow
from desk_app.gui.theme import Appearance


@contextmanager
def a_desk_window(desk: Desk, appearance: Appearance, qtbot: QtBot, height: int = 768) -> Iterator[DeskWindow]:
    """The window over a desk, 1366 pixels wide; closed at the end."""
    window = DeskWindow(desk, appearance)
    qtbot.addWidget(window)
    window.resize(1366, height)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.start()
    settle(window)
    yield window
    window.close_desk()


def settle(window: DeskWindow, rounds: int = 4) -> None:
    """Let the worker finish and the window hear of it, until nothing more comes."""
    for _round in range(rounds):
        window.worker.wait()
        QApplication.processEvents()
        time.sleep(0.005)
