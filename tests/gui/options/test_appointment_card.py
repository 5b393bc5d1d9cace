"""The tab "Termine" in a real window, by keyboard: a desk added, hours changed, what is then booked outside of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from helpers import press_here, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from desk_app.casework import appointment_setup, appointments
from desk_app.casework.appointment_setup import Closure, Kind, Opening, Seat, Setup
from desk_app.casework.appointments import Booking
from desk_app.casework.desk import Desk
from desk_app.gui.options.appointment_card import AppointmentSetupCard
from desk_app.gui.worker import Worker

pytestmark = pytest.mark.usefixtures("appearance")


@pytest.fixture
def card(desk: Desk, qtbot: QtBot) -> Iterator[AppointmentSetupCard]:
    worker = Worker(desk.do)
    card = AppointmentSetupCard(worker)
    worker.setParent(card)
    card.resize(1126, 690)
    qtbot.addWidget(card)
    card.show()
    card.activateWindow()
    card.load()
    worker.wait()
    yield card
    worker.stop()


def settle(card: AppointmentSetupCard) -> None:
    worker = card.findChild(Worker)
    assert isinstance(worker, Worker)
    worker.wait()
    QApplication.processEvents()  # fields made just now are shown


def setup(desk: Desk) -> Setup:
    return desk.do(appointment_setup.read)[0]


def put(card: AppointmentSetupCard, key: str, words: str) -> None:
    """Type into a field of the editor in place of what stands there, and leave it with Eingabe."""
    settle(card)
    field = card.editor.fields[key]
    field.setFocus()
    edit = field.control.lineEdit() if isinstance(field.control, QComboBox) else field.control
    edit.selectAll()
    type_text(edit, words)
    press_here(Qt.Key.Key_Return)
    settle(card)


def test_a_desk_is_added_as_soon_as_it_has_a_name(card: AppointmentSetupCard, desk: Desk) -> None:
    card.adding[Seat].setFocus()
    press_here(Qt.Key.Key_Return)
    assert card.editor.fields["name"].control.hasFocus()
    put(card, "name", "Platz 4")
    assert [seat.name for seat in setup(desk).seats] == ["Platz 1", "Platz 2", "Platz 3", "Platz 4"]
    assert card.rows[Seat][-1].accessibleName() == "Platz 4"
    press_here(Qt.Key.Key_Escape)
    assert not card.editor.isVisible()
    assert card.adding[Seat].hasFocus()


def test_a_kind_is_changed_field_by_field_and_the_change_taken_back(card: AppointmentSetupCard, desk: Desk) -> None:
    card.rows[Kind][0].setFocus()
    press_here(Qt.Key.Key_Return)
    put(card, "after", "15")
    assert setup(desk).kinds[0].after == 15
    assert card.rows[Kind][0].accessibleName() == "Aufnahme, 60 min · 15 min danach"
    card.undo()
    settle(card)
    assert setup(desk).kinds[0].after == 0
    assert card.editor.fields["after"].text() == "0"


def test_what_cannot_be_stays_as_typed_and_says_why(card: AppointmentSetupCard, desk: Desk) -> None:
    card.rows[Opening][0].click()
    put(card, "opens", "13:30")
    assert card.editor.fields["closes"].error() == "Das Ende liegt nicht nach dem Anfang"
    assert setup(desk).openings[0].opens == 510
    card.load()
    settle(card)
    assert card.editor.fields["opens"].text() == "13:30", "what others change meanwhile takes nothing away"
    put(card, "closes", "17:00")
    assert card.editor.fields["closes"].error() == ""
    assert {(row.opens, row.closes) for row in setup(desk).openings} >= {(510, 750), (810, 1020)}


def test_other_hours_list_what_is_booked_and_lead_to_it(card: AppointmentSetupCard, desk: Desk) -> None:
    desk.do(appointment_setup.settle)
    start = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
    made = desk.do(lambda work: appointments.book(work, Booking(uuid4(), start, name="Osei")))[0]
    card.load()
    settle(card)
    assert not card.conflicts.isVisible()
    card.rows[Opening][1].click()
    bar = card._lists.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    put(card, "closes", "15")
    assert card.conflicts.isVisible()
    assert bar.value() == 0, "the list of what is booked is seen"
    assert card.result.words.text().startswith("1 Termin passt nicht mehr.")
    wanted: list[UUID] = []
    card.appointment_asked.connect(wanted.append)
    card.conflict_rows[0].setFocus()
    press_here(Qt.Key.Key_Return)
    assert wanted == [made]


def test_hours_that_hold_change_from_the_day_that_is_chosen(card: AppointmentSetupCard, desk: Desk) -> None:
    card.rows[Opening][2].click()
    settle(card)
    fields = card.editor.fields
    assert fields["since"].isVisible()
    assert not fields["valid_from"].isVisible()
    put(card, "since", "4.1.2027")
    put(card, "closes", "12:00")
    put(card, "opens", "8:00")
    friday = [
        (row.opens, row.closes, row.valid_from, row.valid_to) for row in setup(desk).openings if row.weekdays == 16
    ]
    assert sorted(friday) == [
        (480, 720, date(2027, 1, 4), None),
        (510, 750, None, date(2027, 1, 3)),
    ]
    assert fields["valid_from"].isVisible()


def test_days_are_switched_with_space_and_arrow_keys(card: AppointmentSetupCard, desk: Desk) -> None:
    card.adding[Opening].click()
    days = card.editor.fields["weekdays"]
    assert days.chips[0].hasFocus()
    press_here(Qt.Key.Key_Space)
    press_here(Qt.Key.Key_Right)
    press_here(Qt.Key.Key_Right)
    press_here(Qt.Key.Key_Space)
    settle(card)
    assert days.text() == "Mo, Mi"
    assert 0b101 in {row.weekdays for row in setup(desk).openings}


def test_a_closed_day_is_entered_with_its_first_day_alone(card: AppointmentSetupCard, desk: Desk) -> None:
    card.adding[Closure].click()
    put(card, "first", "24.12.2026")
    [closed] = setup(desk).closures
    assert (closed.first, closed.last) == (date(2026, 12, 24), date(2026, 12, 24))
    put(card, "last", "31.12.2026")
    assert card.rows[Closure][0].accessibleName() == "24.12.2026 – 31.12.2026"
    card.editor._remove.click()
    settle(card)
    assert setup(desk).closures == ()
    assert card.result.words.text() == "Herausgenommen. Was gebucht ist, bleibt gebucht."
    assert QApplication.focusWidget() is card.adding[Closure]
