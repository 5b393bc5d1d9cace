"""An old list brought in through the real window, with the thread of the worker."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.casework import families
from desk_app.casework.desk import Desk
from desk_app.gui.desk_pages import FAMILIES
from desk_app.gui.families.import_page import ImportPage
from desk_app.gui.families.import_page_mapping import Choice
from desk_app.gui.families.list_page import FamiliesPage
from desk_app.gui.main_window import DeskWindow
from desk_app.gui.theme import Appearance

CTRL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 20.0


@pytest.fixture
def window(desk: Desk, appearance: Appearance, qtbot: QtBot) -> Iterator[DeskWindow]:
    window = DeskWindow(desk, appearance)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.start()
    for _round in range(20):  # what the window shows first comes from the worker
        window.worker.wait()
        QApplication.processEvents()
        time.sleep(0.01)
    yield window
    window.close_desk()


def wait(window: DeskWindow, until: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < end
        window.worker.wait()
        QApplication.processEvents()
        time.sleep(0.005)


def choose_from_popup(window: DeskWindow, choice: Choice, qtbot: QtBot) -> None:
    """Open the list of a choice and leave it as it is."""
    qtbot.keyClick(choice, Qt.Key.Key_Space)
    wait(window, choice.view().isVisible)
    qtbot.keyClick(choice.view(), Qt.Key.Key_Return)
    wait(window, lambda: not choice.view().isVisible())
    window.activateWindow()
    wait(window, choice.hasFocus)


def test_a_list_comes_in_through_the_worker_and_goes_again(
    window: DeskWindow, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    book = Workbook()
    book.active.append(["Name", "Vorname", "Geb."])
    book.active.append(["Kaya", "Ela", "5.5.2016"])
    book.save(tmp_path / "alt.xlsx")
    window.go(FAMILIES)
    wait(window, lambda: isinstance(window.stack.currentWidget(), FamiliesPage))
    families_page = window.stack.currentWidget()
    families_page.old_list_asked.emit(tmp_path / "alt.xlsx")
    page = window.stack.currentWidget()
    assert isinstance(page, ImportPage)
    wait(window, page.mapping.isVisible)
    wait(window, page.mapping.targets[0].hasFocus)
    choice = page.mapping.targets[0]
    choose_from_popup(window, choice, qtbot)
    assert choice.hasFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Return, CTRL)
    wait(window, page.preview.isVisible)
    wait(window, page.preview.rows.hasFocus)
    qtbot.keyClick(page.preview.rows, Qt.Key.Key_Enter, CTRL)  # of the number pad
    wait(window, page.result.isVisible)
    assert [row.name for row in desk.do(families.listing)[0]] == ["Kaya"]
    page.undo()
    wait(window, lambda: page.result.words.text().startswith("Zurückgenommen"))
    assert desk.do(families.listing)[0] == ()
