"""A morning by keyboard alone: unlocked, the day is there; somebody comes, is called, talks, and the day is closed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import builders
import pytest
from journeys.keyboard import CTRL, SHIFT, Keyboard
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from the_day import Day

from desk_app import settings
from desk_app.casework import appointments, day_closing
from desk_app.domain.visit_states import CALLED, DONE, IN_TALK, NO_SHOW
from desk_app.gui.app import make_application
from desk_app.gui.shell import Shell
from desk_app.gui.today.closing_dialog import ClosingDialog
from desk_app.gui.today.page import TodayPage


@pytest.fixture
def keys(qtbot: QtBot, shut_store: builders.ShutStore, tmp_path: Path, clock: Any) -> Iterator[Keyboard]:
    """Somebody unlocks at 10:42; at 9:00 a family did not come."""
    folder = tmp_path / "store"
    shutil.copytree(shut_store.folder, folder)
    desk = shut_store.open_at(folder, clock)
    Day(desk, clock).at(8).book("Haddad", 9)
    clock.set(builders.NOW)
    desk.vault.close()
    _app, appearance = make_application(settings.Settings(theme="light"))
    shell = Shell(folder, appearance, clock)
    shell.resize(1366, 768)
    shell.begin()
    with qtbot.waitActive(shell):
        shell.show()
        shell.activateWindow()
    keyboard = Keyboard(shell)
    keyboard.wait(lambda: keyboard.name.startswith("Passphrase"), "the lock screen")
    keyboard.type(builders.PASSPHRASE)
    keyboard.press(Qt.Key.Key_Return)
    keyboard.wait(lambda: shell.desk_window is not None, "the desk")
    keyboard.settle()
    yield keyboard
    shell.end()
    shell.close()
    shell.deleteLater()


def page(keys: Keyboard) -> TodayPage:
    window = keys.shell.desk_window
    assert window is not None
    keys.wait(lambda: isinstance(window.stack.currentWidget(), TodayPage), "the page of the day")
    keys.settle()
    found = window.stack.currentWidget()
    assert isinstance(found, TodayPage)
    return found


def states(keys: Keyboard) -> dict[str, str]:
    window = keys.shell.desk_window
    assert window is not None
    day = builders.TODAY
    lines = window._desk.do(lambda work: appointments.of_days(work, day, day))[0]
    return {line.title: line.state for line in lines}


def test_the_day_opens_by_itself_and_is_closed_in_a_few_keys(keys: Keyboard) -> None:
    first = page(keys)
    assert first.header.accessibleName() == "Donnerstag, 26. November"
    keys.press(Qt.Key.Key_2, CTRL)
    keys.settle()
    keys.press(Qt.Key.Key_1, CTRL)
    today = page(keys)
    keys.presses = 0
    keys.press(Qt.Key.Key_Insert)
    keys.type("Frau Hoxha")
    keys.press(Qt.Key.Key_Return)
    keys.wait(lambda: [row.title for row in today.waiting.rows.values()] == ["Frau Hoxha"], "the waiting list")
    for state in (CALLED, IN_TALK):
        keys.press(Qt.Key.Key_Return, CTRL)
        keys.settle()
        keys.wait(lambda state=state: states(keys)["Frau Hoxha"] == state, state)
        keys.settle()
    keys.presses = 0
    keys.press(Qt.Key.Key_T, CTRL | SHIFT)
    [closing] = keys.shell.findChildren(ClosingDialog)
    keys.wait(lambda: len(closing.lines) == 2, "what is left")
    keys.press(Qt.Key.Key_Return, CTRL)
    keys.wait(lambda: [line.row.title for line in closing.lines] == ["Frau Hoxha"], "whose topic is missing")
    keys.press(Qt.Key.Key_2)
    keys.wait(lambda: not closing.lines, "nothing left")
    keys.press(Qt.Key.Key_Escape)
    assert keys.presses == 4
    assert states(keys) == {"Haddad": NO_SHOW, "Frau Hoxha": DONE}
    window = keys.shell.desk_window
    assert window is not None
    assert window._desk.do(lambda work: day_closing.read(work, builders.TODAY))[0].rows == ()
