"""Asking somebody to interpret, and a day for several families, by keyboard."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from builders import store_family
from conftest import SettableClock
from helpers import press
from interpreting import FRIDAY, add_interpreter, at, book, line
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desk_app.casework import appointment_setup, interpreters
from desk_app.casework.desk import Desk
from desk_app.gui.appointments.bundle_dialog import BundleDialog
from desk_app.gui.appointments.grid_keys import DEEDS
from desk_app.gui.appointments.interpreting_dialog import InterpretingDialog
from desk_app.gui.appointments.page import AppointmentsPage
from desk_app.gui.widgets.labels import Label
from desk_app.presenters.choices import Choices
from desk_app.presenters.interpreting import call_words
from desk_app.presenters.runner import InlineRunner


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> QWidget:
    desk.do(appointment_setup.settle)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 690)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def asking(window: QWidget, desk: Desk, appointment: UUID) -> InterpretingDialog:
    dialog = InterpretingDialog(window, InlineRunner(desk.do), appointment)
    dialog.begin()
    return dialog


def names(dialog: InterpretingDialog) -> list[str]:
    return [row.candidate.name for row in dialog.rows]


def test_eingabe_asks_the_best_one(window: QWidget, desk: Desk, qtbot: QtBot) -> None:
    family = desk.do(store_family)[0]
    add_interpreter(desk, "A", phone="0208 1")
    add_interpreter(desk, "B")
    booked = book(desk, at(9), household=family.household)
    dialog = asking(window, desk, booked)
    assert dialog.about.text() == "Haddad, Fr, 27.11., 9:00, Arabisch"
    assert names(dialog) == ["A", "B"]
    with qtbot.waitSignal(dialog.settled):
        press(dialog.rows[0], Qt.Key.Key_Return)
    assert (line(desk, booked).interpreter_name, line(desk, booked).interpreting) == ("A", "asked")
    assert dialog.isHidden()


def test_after_a_no_the_next_one_stands_there_to_be_asked(window: QWidget, desk: Desk) -> None:
    add_interpreter(desk, "A")
    add_interpreter(desk, "B")
    booked = book(desk, at(9))
    press(asking(window, desk, booked).rows[0], Qt.Key.Key_Return)
    dialog = asking(window, desk, booked)
    assert dialog.state.text() == "A ist angefragt."
    assert dialog.promised.hasFocus()
    dialog.refused.click()
    assert dialog.state.text() == "Noch niemand ist angefragt."
    assert names(dialog) == ["B", "A"]
    assert dialog.rows[0].isChecked()
    assert not dialog.refused.isVisible()
    dialog.promised.click()
    assert (line(desk, booked).interpreter_name, line(desk, booked).interpreting) == ("B", "confirmed")


def test_a_yes_is_one_key_away(window: QWidget, desk: Desk) -> None:
    add_interpreter(desk, "A")
    booked = book(desk, at(9))
    press(asking(window, desk, booked).rows[0], Qt.Key.Key_Return)
    press(asking(window, desk, booked).promised, Qt.Key.Key_Space)
    assert line(desk, booked).interpreting == "confirmed"


def test_who_must_not_cannot_be_chosen_and_it_is_said_why(window: QWidget, desk: Desk) -> None:
    family = desk.do(store_family)[0]
    gashi = add_interpreter(desk)
    desk.do(lambda work: interpreters.block(work, gashi, family.household, "verwandt"))
    dialog = asking(window, desk, book(desk, at(9), household=family.household))
    assert not dialog.rows[0].isEnabled()
    assert "verwandt" in dialog.rows[0].accessibleName()
    assert not dialog.deed.isEnabled()
    assert dialog.nobody.isVisible()


def test_without_anybody_for_the_language_it_says_where_to_enter_one(window: QWidget, desk: Desk) -> None:
    dialog = asking(window, desk, book(desk, at(9), language="uk"))
    assert dialog.rows == []
    assert not dialog.deed.isEnabled()
    assert dialog.nobody.isVisible()


def test_a_day_is_proposed_looked_at_and_taken(window: QWidget, desk: Desk, qtbot: QtBot) -> None:
    gashi = add_interpreter(desk, "Frau Gashi")
    add_interpreter(desk, "Anna")
    one = book(desk, at(9, day=date(2026, 12, 1)), name="Osei", phone="0208 4711")
    book(desk, at(9, day=date(2026, 12, 8)), name="Demir")
    dialog = BundleDialog(window, InlineRunner(desk.do), gashi)
    dialog.begin()
    assert dialog.who.value() == str(gashi)
    assert len(dialog.rows) == 3
    assert line(desk, one).interpreting == "open"
    dialog.rows[1].setChecked(True)
    told = [call_words(move) for move in dialog.rows[1].day.moves if move.old != move.new]
    shown = [label.text() for label in dialog.panel.findChildren(Label) if label.isVisible()]
    assert len([words for words in shown if "Osei" in words]) == 1
    with qtbot.waitSignal(dialog.done):
        press(dialog.rows[1], Qt.Key.Key_Return)
    assert "Frau Gashi ist für 2 Familien angefragt." in dialog.told.text()
    shown = [label.text() for label in dialog.panel.findChildren(Label) if label.isVisible()]
    assert shown[-len(told) :] == told
    assert dialog.cancel.text() == "Schließen"


def test_where_there_is_nothing_to_bundle_it_says_what_that_needs(window: QWidget, desk: Desk) -> None:
    add_interpreter(desk)
    dialog = BundleDialog(window, InlineRunner(desk.do))
    dialog.begin()
    assert "mindestens zwei Familien" in dialog.told.text()
    assert not dialog.deed.isEnabled()


# --- from the page "Termine"


@pytest.fixture
def page(desk: Desk, clock: SettableClock, window: QWidget) -> AppointmentsPage:
    runner = InlineRunner(desk.do)
    choices = Choices(clock)
    choices.load(runner)
    page = AppointmentsPage(runner, clock, choices)
    column = QVBoxLayout(window)
    column.addWidget(page)
    page.refresh()
    page.presenter.go(FRIDAY)
    return page


def test_on_an_appointment_d_asks_who_interprets(page: AppointmentsPage, desk: Desk) -> None:
    add_interpreter(desk, "A")
    booked = book(desk, at(9), name="Osei")
    page.refresh()
    page.deeds.do(page.line(booked), DEEDS[Qt.Key.Key_D])
    dialog = page.window().findChild(InterpretingDialog)
    assert isinstance(dialog, InterpretingDialog)
    press(dialog.rows[0], Qt.Key.Key_Return)
    assert line(desk, booked).interpreting == "asked"
    without = book(desk, at(10), name="Demir", language="", interpreting="")
    page.refresh()
    page.deeds.do(page.line(without), DEEDS[Qt.Key.Key_D])
    assert page.window().findChildren(InterpretingDialog) == [dialog]


def test_beside_the_grid_a_day_can_be_bundled(page: AppointmentsPage) -> None:
    page.side.bundle.click()
    assert page.window().findChild(BundleDialog) is not None
