"""From one family of a list to the next, in the real window: Alt+↓, Alt+↑, and back to the same place."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from builders import store_family
from helpers import press
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.casework.desk import Desk
from desk_app.gui.desk_pages import FAMILIES, PLACEMENTS
from desk_app.gui.families.file_page import FamilyFilePage
from desk_app.gui.families.list_page import FamiliesPage
from desk_app.gui.main_window import DeskWindow
from desk_app.gui.placements.page import PlacementsPage
from desk_app.gui.theme import Appearance

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(desk: Desk, appearance: Appearance, qtbot: QtBot, clock) -> Iterator[DeskWindow]:
    for name in ("Haddad", "Eid", "Örnek"):
        desk.do(lambda work, name=name: store_family(work, name))
        clock.advance(minutes=5)
    window = DeskWindow(desk, appearance)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.start()
    settle(window)
    window.go(FAMILIES)
    qtbot.waitUntil(lambda: _families_listed(window), timeout=20_000)
    yield window
    window.close_desk()


def _families_listed(window: DeskWindow) -> bool:
    settle(window)
    page = window.stack.currentWidget()
    return isinstance(page, FamiliesPage) and page.rows.table.rowCount() == 3


def settle(window: DeskWindow) -> None:
    for _round in range(4):
        window.worker.wait()
        QApplication.processEvents()
        time.sleep(0.005)


def key(window: DeskWindow, pressed: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    # without a window manager the window may have lost its place in front meanwhile
    window.activateWindow()
    QApplication.processEvents()
    focus = QApplication.focusWidget()
    assert focus is not None, "nobody has the focus"
    press(focus, pressed, held)
    settle(window)


def shown(window: DeskWindow) -> FamilyFilePage:
    page = window.stack.currentWidget()
    assert isinstance(page, FamilyFilePage), page
    return page


def title(window: DeskWindow) -> str:
    return shown(window).header.accessibleName()


def test_one_goes_through_the_list_as_it_is_narrowed_and_back_to_the_row_one_ended_at(window: DeskWindow) -> None:
    families = window.stack.currentWidget()
    assert isinstance(families, FamiliesPage)
    families.rows.head.sort_asked.emit("name")
    settle(window)
    families.rows.setFocus()
    families.rows.go_to(0)
    key(window, Qt.Key.Key_Return)
    assert "Eid" in title(window)
    assert shown(window).trail.words == "1 von 3"
    key(window, Qt.Key.Key_Up, ALT)
    assert "Eid" in title(window)
    key(window, Qt.Key.Key_Down, ALT)
    assert "Haddad" in title(window)
    key(window, Qt.Key.Key_Down, ALT)
    key(window, Qt.Key.Key_Down, ALT)
    assert "Örnek" in title(window)
    assert shown(window).trail.words == "3 von 3"
    key(window, Qt.Key.Key_Up, ALT)
    key(window, Qt.Key.Key_Left, ALT)
    assert window.stack.currentWidget() is families
    assert families.rows.current_row().name == "Haddad"


def test_the_requests_lead_from_family_to_family_too(window: DeskWindow) -> None:
    window.go(PLACEMENTS)
    settle(window)
    page = window.stack.currentWidget()
    assert isinstance(page, PlacementsPage)
    page.table.setFocus()
    page.table.go_to(0)
    first, second = (row.household for row in page.presenter.rows[:2])
    key(window, Qt.Key.Key_Return)
    assert shown(window).trail.words == "1 von 3"
    key(window, Qt.Key.Key_Down, ALT)
    key(window, Qt.Key.Key_Left, ALT)
    assert page.table.current_row().household == second != first


def test_a_family_opened_from_elsewhere_has_no_trail(window: DeskWindow) -> None:
    families = window.stack.currentWidget()
    assert isinstance(families, FamiliesPage)
    families.rows.setFocus()
    key(window, Qt.Key.Key_Return)
    other = families.presenter.shown_rows[2].id
    window.open_family(other)
    settle(window)
    page = shown(window)
    assert page.trail.words == ""
    assert not page.trail.isVisible()
    before = title(window)
    key(window, Qt.Key.Key_Down, ALT)
    assert title(window) == before
