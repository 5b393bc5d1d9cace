"""Schulvorschläge in a real window: with the keyboard alone, from the dialog of a state and from a row's menu."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import builders
import pytest
from conftest import SettableClock
from helpers import press_here, type_text, wait
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desk_app.casework import schools
from desk_app.casework.desk import Desk
from desk_app.domain.fields import Section
from desk_app.gui.intake.page import IntakePage
from desk_app.gui.intake.school_section import SchoolSection
from desk_app.gui.main_window import DeskWindow
from desk_app.gui.options.page import OptionsPage
from desk_app.gui.placements.page import PlacementsPage
from desk_app.gui.placements.school_choice_panel import SchoolChoicePanel
from desk_app.gui.theme import Appearance
from desk_app.gui.worker import Worker
from desk_app.presenters.placement_steps import Part

PUPIL = {"school_stage": "primary", "proposed_grade": "03", "recommended_form": "02"}


@pytest.fixture(scope="module")
def two_families(tmp_path_factory: pytest.TempPathFactory) -> builders.ShutStore:
    clock = SettableClock()
    store = builders.a_shut_store(tmp_path_factory.mktemp("two") / "store", clock)
    desk = store.open_at(store.folder, clock)
    desk.do(schools.add_shipped)
    for name in ("Haddad", "Nowak"):
        desk.do(lambda work, name=name: builders.store_family(work, name, **PUPIL))
    desk.vault.close()
    return store


class Window(QWidget):
    def __init__(self, worker: Worker, page: PlacementsPage) -> None:
        super().__init__()
        self.worker, self.page = worker, page
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        self.resize(1366, 768)


@pytest.fixture
def window(qtbot: QtBot, two_families: builders.ShutStore, tmp_path: Path, clock: SettableClock) -> Iterator[Window]:
    folder = tmp_path / "store"
    shutil.copytree(two_families.folder, folder)
    desk = replace(two_families, folder=folder).open_at(folder, clock)
    worker = Worker(desk.do)
    window = Window(worker, PlacementsPage(worker, desk.clock, builders.CENTRE))
    worker.changed.connect(window.page.changed)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    worker.wait()
    window.page.table.setFocus()
    yield window
    window.hide()
    worker.stop()
    desk.vault.close()


def panel_of(window: Window) -> SchoolChoicePanel:
    window.worker.wait()
    (panel,) = (each for each in window.findChildren(SchoolChoicePanel) if each.isVisible())
    return panel


def from_the_dialog(window: Window) -> SchoolChoicePanel:
    press_here(Qt.Key.Key_F2)
    dialog = window.page.states.dialog
    assert dialog is not None
    window.worker.wait()
    dialog.all_proposals.setFocus()
    press_here(Qt.Key.Key_Space)
    return panel_of(window)


def test_a_school_is_chosen_by_keyboard_and_stands_in_the_dialog(window: Window) -> None:
    panel = from_the_dialog(window)
    assert panel.search.hasFocus()
    first, second = panel.list.offers()[:2]
    assert panel.list.chosen() == first
    press_here(Qt.Key.Key_Down)
    assert panel.list.chosen() == second
    press_here(Qt.Key.Key_Return)
    dialog = window.page.states.dialog
    assert dialog is not None
    assert dialog.fields[Part.SCHOOL].value() == second.number
    assert not panel.isVisible()
    assert dialog.isVisible()


def test_another_school_is_found_by_its_name(window: Window) -> None:
    panel = from_the_dialog(window)
    type_text(panel.search, "luisen")
    (found,) = panel.list.offers()
    assert "andere Schulform" in found.spoken
    press_here(Qt.Key.Key_Escape)
    assert panel.isVisible(), "Esc first clears the search"
    assert len(panel.list.offers()) > 1
    type_text(panel.search, "gibt es nicht")
    assert not panel.deed.isEnabled()
    press_here(Qt.Key.Key_Return)
    assert panel.isVisible()


def test_escape_leaves_the_dialog_as_it_was(window: Window) -> None:
    panel = from_the_dialog(window)
    press_here(Qt.Key.Key_Down)
    press_here(Qt.Key.Key_Escape)
    dialog = window.page.states.dialog
    assert dialog is not None
    assert not panel.isVisible()
    assert dialog.isVisible()
    assert dialog.all_proposals.hasFocus()
    assert dialog.fields[Part.SCHOOL].value() is None


def test_the_way_to_the_house_coordinates_closes_both_dialogs(qtbot: QtBot, window: Window) -> None:
    panel = from_the_dialog(window)
    assert panel.distances.text().startswith("Entfernungen kennt Trittstein erst")
    with qtbot.waitSignal(window.page.states.schools_asked):
        panel.settings.click()
    assert window.page.states.dialog is None


def test_from_the_menu_of_a_row_a_chosen_school_leads_on_to_the_assignment(window: Window) -> None:
    window.page.table.menu_asked.emit(QPoint(10, 10))
    menu = window.page.states.menu
    assert menu is not None
    (action,) = (each for each in menu.actions() if each.text() == "Schulvorschläge …")
    action.trigger()
    menu.close()
    panel = panel_of(window)
    chosen = panel.list.chosen()
    assert chosen is not None
    panel.deed.click()
    dialog = window.page.states.dialog
    assert dialog is not None
    assert dialog.chosen().state == "assigned"
    assert dialog.fields[Part.SCHOOL].value() == chosen.number


def test_for_several_requests_it_is_said_that_there_is_no_proposal(window: Window) -> None:
    table = window.page.table
    press_here(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.hasFocus()
    press_here(Qt.Key.Key_F2)
    dialog = window.page.states.dialog
    assert dialog is not None
    words = [label.text() for label in dialog.proposed.findChildren(QLabel)]
    assert words == ["Vorschläge gibt es für ein Kind allein; hier sind mehrere Anfragen angekreuzt."]
    window.page.table.menu_asked.emit(QPoint(10, 10))
    menu = window.page.states.menu
    assert menu is not None
    assert "Schulvorschläge …" not in [each.text() for each in menu.actions()]
    menu.close()


@pytest.fixture
def desk_window(desk: Desk, appearance: Appearance, qtbot: QtBot) -> Iterator[DeskWindow]:
    window = DeskWindow(desk, appearance)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    window.start()
    for _round in range(20):  # what the window shows first comes from the worker
        window.worker.wait()
        QApplication.processEvents()
    yield window
    window.close_desk()


def test_from_the_intake_one_gets_to_where_the_house_coordinates_are_read_in(
    desk: Desk, desk_window: DeskWindow
) -> None:
    desk.do(schools.add_shipped)
    family = desk.do(lambda work: builders.store_family(work, **PUPIL))[0]
    desk_window.open_intake(family.household)
    wait(lambda: isinstance(desk_window.stack.currentWidget(), IntakePage), "the intake is shown")
    page = desk_window.stack.currentWidget()
    assert isinstance(page, IntakePage)
    page.go_to(Section.SCHOOL)
    section = page.sections[Section.SCHOOL]
    assert isinstance(section, SchoolSection)
    assert section.page is not None
    section.page.proposals.click()
    (panel,) = (each for each in desk_window.findChildren(SchoolChoicePanel) if each.isVisible())
    wait(panel.settings.isVisible, "the way to the settings is shown")
    panel.settings.click()
    options = desk_window.stack.currentWidget()
    assert isinstance(options, OptionsPage)
    assert options.schools.isVisible()
