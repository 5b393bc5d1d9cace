"""Stand ändern in a real window: choosing a state by keyboard for one or many, taking it back, and being refused."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import builders
import pytest
from conftest import SettableClock
from helpers import press, press_here, type_text
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desk_app.casework.desk import Desk
from desk_app.gui.placements.page import PlacementsPage
from desk_app.gui.placements.state_dialog import StateDialog
from desk_app.gui.widgets.cards import PressRow
from desk_app.gui.worker import Worker
from desk_app.presenters.placement_steps import Part


@pytest.fixture(scope="module")
def three_families(tmp_path_factory: pytest.TempPathFactory) -> builders.ShutStore:
    clock = SettableClock()
    store = builders.a_shut_store(tmp_path_factory.mktemp("three") / "store", clock)
    desk = store.open_at(store.folder, clock)
    for name in ("Haddad", "Ionescu", "Nowak"):
        desk.do(lambda work, name=name: builders.store_family(work, name))
    desk.vault.close()
    return store


class Window(QWidget):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.worker = Worker(desk.do, self)
        self.page = PlacementsPage(self.worker, desk.clock, builders.CENTRE)
        self.worker.changed.connect(self.page.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self.resize(1174, 768)


@pytest.fixture
def window(qtbot: QtBot, three_families: builders.ShutStore, tmp_path: Path, clock: SettableClock) -> Iterator[Window]:
    folder = tmp_path / "store"
    shutil.copytree(three_families.folder, folder)
    desk = replace(three_families, folder=folder).open_at(folder, clock)
    window = Window(desk)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.worker.wait()
    window.page.table.setFocus()
    yield window
    window.hide()
    window.worker.stop()
    desk.vault.close()


def settle(window: Window) -> None:
    """The deed, and the rows that are read again because of it."""
    window.worker.wait()
    window.worker.wait()


def opened(window: Window) -> StateDialog:
    dialog = window.page.states.dialog
    assert dialog is not None
    return dialog


def states(window: Window) -> dict[str, str]:
    return {row.name: row.state for row in window.page.presenter.rows}


def choose(dialog: StateDialog, state: str) -> None:
    dialog.chips[state].setFocus()
    press(dialog.chips[state], Qt.Key.Key_Space)


def test_one_request_is_assigned_by_keyboard_and_taken_back(window: Window) -> None:
    press_here(Qt.Key.Key_F2)
    dialog = opened(window)
    assert dialog.chips["assigned"].hasFocus()
    assert "Noch nicht eingetragen: Schule, Erster Schultag." in dialog.follows.text()
    number = min(window.page.presenter.schools)
    dialog.fields[Part.SCHOOL].set_value(number)
    starts = dialog.fields[Part.STARTS].control
    starts.setFocus()
    type_text(starts, "1.12.26")
    press(starts, Qt.Key.Key_Return)
    settle(window)
    row = window.page.presenter.rows[0]
    assert (row.state, row.school, row.starts_on) == ("assigned", number, date(2026, 12, 1))
    assert window.page.states.dialog is None
    assert window.page.table.hasFocus()
    assert window.page.states.told.isVisible()
    window.page.undo()
    settle(window)
    assert set(states(window).values()) == {"complete"}


def test_eingabe_on_a_state_enters_it(window: Window) -> None:
    press_here(Qt.Key.Key_F2)
    choose(opened(window), "waiting_list")
    press_here(Qt.Key.Key_Return)
    settle(window)
    assert window.page.states.dialog is None
    assert window.page.presenter.rows[0].state == "waiting_list"


def test_many_are_declined_at_once_with_one_answer(window: Window) -> None:
    table = window.page.table
    press(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(table, Qt.Key.Key_F2)
    dialog = opened(window)
    assert "draft" not in dialog.chips
    choose(dialog, "declined")
    assert dialog.fields[Part.SUPPORT].isHidden()
    reason = dialog.fields[Part.REASON].control
    type_text(reason, "keine Plätze")
    press(reason, Qt.Key.Key_Return)
    settle(window)
    assert set(states(window).values()) == {"declined"}
    assert {row.reason for row in window.page.presenter.rows} == {"keine Plätze"}
    window.page.undo()
    settle(window)
    assert set(states(window).values()) == {"complete"}


def test_nothing_is_required_but_what_cannot_be_read_is_asked_for_again(window: Window) -> None:
    press_here(Qt.Key.Key_F2)
    dialog = opened(window)
    starts = dialog.fields[Part.STARTS].control
    type_text(starts, "bald")
    press(dialog.deed, Qt.Key.Key_Space)
    assert window.page.states.dialog is dialog
    assert dialog.fields[Part.STARTS].error()
    starts.clear()  # type: ignore[attr-defined]  # a line to type in
    dialog.fields[Part.STARTS].set_value(None)
    press(dialog.deed, Qt.Key.Key_Space)
    settle(window)
    assert sorted(states(window).values()) == ["assigned", "complete", "complete"]


def test_what_was_typed_is_there_again_when_the_dialog_was_left(window: Window) -> None:
    press_here(Qt.Key.Key_F2)
    dialog = opened(window)
    choose(dialog, "query")
    type_text(dialog.fields[Part.REASON].control, "Jahrgang klären")
    press_here(Qt.Key.Key_Escape)
    assert window.page.states.dialog is None
    assert set(states(window).values()) == {"complete"}
    press(window.page.table, Qt.Key.Key_F2)
    dialog = opened(window)
    assert dialog.chips["query"].isChecked()
    assert dialog.fields[Part.REASON].text() == "Jahrgang klären"
    press(dialog.deed, Qt.Key.Key_Space)
    settle(window)
    model = window.page.table.table
    column = next(column for column in model.columns if column.key == "next_step")
    steps = [model.cell_at(place, column) for place in range(3)]
    assert [(cell.text, cell.tone) for cell in steps if cell.tone == "warn"] == [("Jahrgang klären", "warn")]


def test_who_may_not_decide_is_told_why(window: Window) -> None:
    window.page.states.refusal = "Das darf nur die Beratung."
    press_here(Qt.Key.Key_F2)
    assert window.page.states.dialog is None
    assert window.page.content.banner is not None
    assert "Das darf nur die Beratung." in [label.text() for label in window.page.content.banner.findChildren(QLabel)]


def test_schools_that_suit_are_offered_with_why_and_taken_by_a_press(window: Window) -> None:
    press_here(Qt.Key.Key_F2)
    dialog = opened(window)
    window.worker.wait()
    rows = dialog.proposed.findChildren(PressRow)
    assert rows
    assert dialog.proposed.isVisible()
    press(rows[0], Qt.Key.Key_Space)
    number = dialog.fields[Part.SCHOOL].value()
    assert window.page.presenter.schools[number] in rows[0].accessibleName()
    assert dialog.fields[Part.SCHOOL].hasFocus() or dialog.fields[Part.SCHOOL].control.hasFocus()
    choose(dialog, "query")
    assert not dialog.proposed.isVisible()


def test_beside_the_paper_stands_how_it_came_to_its_state(qtbot: QtBot, window: Window) -> None:
    pane = window.page.pane
    press_here(Qt.Key.Key_F2)
    dialog = opened(window)
    choose(dialog, "declined")
    type_text(dialog.fields[Part.REASON].control, "kein Platz")
    press(dialog.deed, Qt.Key.Key_Space)
    settle(window)
    row = window.page.table.current_row()
    qtbot.waitUntil(lambda: pane.standing.word.text() == "abgelehnt")
    assert row.state == "declined"
    assert ("Grund", "kein Platz") in [(name.text(), value.text()) for name, value in pane.standing.facts]
    spoken = [line.accessibleName() for line in pane.story.lines]
    assert any("abgelehnt, kein Platz, C. Brandt" in words for words in spoken)
    with qtbot.waitSignal(pane.state_asked):
        press(pane.standing.change, Qt.Key.Key_Space)
    assert window.page.states.dialog is not None


def test_the_menu_of_a_row_leads_to_each_state_and_to_the_family(qtbot: QtBot, window: Window) -> None:
    page = window.page
    page.table.menu_asked.emit(QPoint(10, 10))
    menu = page.states.menu
    assert menu is not None
    words = [action.text() for action in menu.actions() if action.text()]
    assert words[0] == "zugewiesen"
    with qtbot.waitSignal(page.openFamily):
        menu.actions()[-1].trigger()
    next(action for action in menu.actions() if action.text() == "abgelehnt").trigger()
    assert opened(window).chips["declined"].isChecked()
