"""The rail: one tab stop, arrows inside, every sign with a name, small when the window is small."""

from __future__ import annotations

import pytest
from helpers import press_here
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desk_app.gui.rail import Rail
from desk_app.gui.rail_items import OpenIntake, Place, RailItem, StateLine

PLACES = (Place("families", "Familien", "users", "Strg+1"), Place("placements", "Schulplätze", "school", "Strg+2", "6"))


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    row = QHBoxLayout(window)
    rail = Rail(PLACES, [Place("options", "Einstellungen", "settings")])
    rail.set_intakes([OpenIntake("haddad", "Familie Haddad", 27, 36)])
    rail.set_states([StateLine("hard-drive", "Nur auf diesem PC")])
    rail.set_person("Carla Brandt", "Platz 1")
    row.addWidget(rail)
    row.addWidget(QLineEdit())
    window.resize(1366, 700)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


@pytest.fixture
def rail(window: QWidget) -> Rail:
    found = window.findChild(Rail)
    assert isinstance(found, Rail)
    return found


def here() -> str:
    item = QApplication.focusWidget()
    return item.key if isinstance(item, RailItem) else ""


def test_only_what_is_given_is_shown(rail: Rail) -> None:
    assert [item.text() for item in rail.items()] == [
        "Neue Aufnahme",
        "Familien",
        "Schulplätze",
        "Familie Haddad",
        "Einstellungen",
    ]


def test_tab_stops_once_at_the_current_place(rail: Rail) -> None:
    rail.set_current("placements")
    stops = [item.key for item in rail.items() if item.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == ["placements"]


def test_arrows_move_inside_and_enter_goes_there(rail: Rail) -> None:
    chosen: list[str] = []
    rail.place_chosen.connect(chosen.append)
    rail.intake_chosen.connect(chosen.append)
    rail.set_current("families")
    rail.focus()
    press_here(Qt.Key.Key_Down)
    press_here(Qt.Key.Key_Return)
    press_here(Qt.Key.Key_Down)
    press_here(Qt.Key.Key_Space)
    press_here(Qt.Key.Key_End)
    press_here(Qt.Key.Key_Return)
    press_here(Qt.Key.Key_Home)
    assert here() == "new"
    press_here(Qt.Key.Key_Up)
    assert here() == "options"
    assert chosen == ["placements", "haddad", "options"]


def test_a_press_alone_does_not_change_what_is_current(rail: Rail) -> None:
    rail.set_current("families")
    rail.items()[2].click()
    assert [item.key for item in rail.items() if item.isChecked()] == ["families"]


def test_everything_says_its_name(rail: Rail) -> None:
    names = [item.accessibleName() or item.text() for item in rail.items()]
    said = ["Neue Aufnahme", "Familien", "Schulplätze, 6", "Familie Haddad, 27 von 36 Angaben", "Einstellungen"]
    assert names == said
    assert rail._lock.accessibleName() == "Sperren (Strg+L)"


def test_a_small_window_has_a_small_rail_with_tips(rail: Rail) -> None:
    rail.follow_width(1366)
    assert rail.width() == 192
    rail.follow_width(1280)
    assert rail.width() == 64
    assert rail.items()[1].toolTip() == "Familien (Strg+1)"
    rail.follow_width(1366)
    assert (rail.width(), rail.items()[1].toolTip()) == (192, "")


def test_focus_stays_in_the_rail_when_an_intake_ends(rail: Rail) -> None:
    rail.set_current("families")
    rail.items()[3].setFocus()
    rail.set_intakes([])
    assert here() == "families"
    assert not rail._heading.isVisible()


def test_very_many_open_intakes_scroll_and_leave_the_window_its_height(window: QWidget, rail: Rail) -> None:
    rail.set_intakes([OpenIntake(f"{number}", f"Familie {number}", 1, 36) for number in range(66)])
    rail.set_current("60")
    for _turn in range(3):
        QApplication.processEvents()
    assert window.height() == 700
    assert window.minimumSizeHint().height() <= 600
    current = next(item for item in rail.items() if item.isChecked())
    assert not current.visibleRegion().isEmpty()
    rail.focus()
    press_here(Qt.Key.Key_Down)
    assert here() == "61"
    assert not rail.items()[rail.items().index(current) + 1].visibleRegion().isEmpty()
