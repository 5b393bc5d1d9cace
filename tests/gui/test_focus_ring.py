"""The focus ring goes where the focus goes, and no further than can be seen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desk_app.gui.focus_ring import FocusRing
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import PressRow
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.gui.widgets.tabs import TabBar


def a_window(qtbot: QtBot, *widgets: QWidget) -> tuple[QWidget, FocusRing]:
    window = QWidget()
    window.resize(300, 200)
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    ring = FocusRing(window)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window, ring


def around(widget: QWidget, window: QWidget, margin: int) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-margin, -margin, margin, margin)


def test_the_ring_follows_the_focus(qtbot: QtBot) -> None:
    line, button = QLineEdit(), Button("Speichern")
    window, ring = a_window(qtbot, line, button)
    line.setFocus()
    assert ring.target is line
    assert ring.geometry() == around(line, window, 4)
    button.setFocus()
    assert ring.target is button
    assert ring.geometry() == around(button, window, 4)


def test_the_ring_moves_with_what_it_is_around(qtbot: QtBot) -> None:
    button = Button("Speichern")
    window, ring = a_window(qtbot, button)
    button.setFocus()
    button.move(40, 90)
    assert ring.geometry() == around(button, window, 4)
    button.hide()
    assert not ring.isVisible()


def test_the_ring_outlives_what_it_was_around(qtbot: QtBot) -> None:
    dialog = QWidget()
    button = Button("Schließen", parent=dialog)
    window, ring = a_window(qtbot, dialog)
    button.setFocus()
    assert ring.isVisible()
    delete(button)
    window.resize(320, 220)
    assert not ring.isVisible()


def test_rows_have_the_ring_inside(qtbot: QtBot) -> None:
    row = PressRow("Rana Haddad, Mutter, 34")
    window, ring = a_window(qtbot, row)
    row.setFocus()
    assert ring.geometry() == around(row, window, -2)


def test_in_a_row_of_tabs_the_ring_is_around_the_current_one(qtbot: QtBot) -> None:
    tabs = TabBar()
    for words in ("Zentrum", "Schulen"):
        tabs.addTab(words)
    _window, ring = a_window(qtbot, tabs)
    tabs.setFocus()
    first = ring.geometry()
    assert first.width() < tabs.width() / 2
    tabs.setCurrentIndex(1)
    assert ring.geometry().left() > first.left()


def test_the_ring_is_cut_where_its_list_scrolls_away(qtbot: QtBot) -> None:
    area = ScrollArea()
    buttons = [Button(f"Knopf {number}") for number in range(20)]
    for button in buttons:
        area.column.addWidget(button)
    window, ring = a_window(qtbot, QLineEdit(), area)
    buttons[0].setFocus()
    assert ring.geometry() == around(buttons[0], window, 4)
    area.verticalScrollBar().setValue(15)
    assert ring.geometry().top() == area.geometry().top() - 4
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert not ring.isVisible()
    buttons[19].setFocus()
    seen = area.geometry().adjusted(-4, -4, 4, 4)
    assert ring.isVisible()
    assert seen.contains(ring.geometry())
    assert window.isAncestorOf(ring)


def test_a_widget_that_paints_its_own_focus_gets_no_ring(qtbot: QtBot) -> None:
    line = QLineEdit()
    line.setProperty("ring_none", True)
    _window, ring = a_window(qtbot, line)
    line.setFocus()
    assert not ring.isVisible()
    assert ring.target is None
