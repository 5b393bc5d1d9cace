"""The notes: what stays here, what goes to the Fachberatung, and referrals."""

from __future__ import annotations

from datetime import date

import pytest
from helpers import press_here, type_text
from intake_desk import IntakeDesk, fill
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from siblings import Siblings, store_siblings

from desk_app.casework.desk import Desk
from desk_app.domain.fields import Section
from desk_app.domain.records import RecordKind
from desk_app.gui.intake.note_section import NoteSection

CTRL = Qt.KeyboardModifier.ControlModifier


class NoteDesk:
    """The page open at the notes."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.family: Siblings = store_siblings(desk)
        self.intake = IntakeDesk(desk, qtbot)
        self.page = self.intake.open(self.family.household)
        section = self.page.sections[Section.NOTE]
        assert isinstance(section, NoteSection)
        self.section = section
        self.page.go_to(Section.NOTE)


@pytest.fixture
def notes(desk: Desk, qtbot: QtBot) -> NoteDesk:
    return NoteDesk(desk, qtbot)


def test_the_internal_note_says_who_may_ask_for_it_and_that_it_stays(notes: NoteDesk) -> None:
    field = notes.section.form.internal_note
    assert QApplication.focusWidget() is field.control
    assert field.message() == "Nur Sachliches: Die Familie kann Auskunft verlangen. Verlässt das Programm nie."
    type_text(field.control, "Termin beim Jobcenter am 3.12.")
    field.commit()
    assert notes.family.file.household.get("internal_note") == "Termin beim Jobcenter am 3.12."


def test_each_child_with_a_request_has_its_own_remark(notes: NoteDesk) -> None:
    labels = [field.get_label() for field, _binding in notes.section.remarks.values()]
    assert labels == ["Lina: Einschätzung für die Fachberatung", "Karim: Einschätzung für die Fachberatung"]
    field, _binding = notes.section.remarks[notes.family.karim]
    type_text(field.control, "Rechnet gern.")
    assert field.message() == "Geht mit der Anfrage an die Fachberatung · 13 von 250 Zeichen"
    field.commit()
    request = notes.family.file.request_of(notes.family.karim)
    assert request is not None
    assert request.get("remark_authority") == "Rechnet gern."


def test_a_long_remark_is_pointed_out_and_kept(notes: NoteDesk) -> None:
    field, _binding = notes.section.remarks[notes.family.lina]
    notes.page.presenter.edit(notes.family.file.request_of(notes.family.lina).ref, "remark_authority", "a" * 251)  # type: ignore[union-attr]  # is there
    assert field.message() == "251 Zeichen: mehr als 250 passen nicht gut auf das Blatt"
    assert len(field.text()) == 251


def test_a_referral_begins_today_and_is_written_down_by_keyboard(notes: NoteDesk) -> None:
    press_here(Qt.Key.Key_Insert)
    here = QApplication.focusWidget()
    assert here is not None
    type_text(here, "Sprachkurs A1")
    press_here(Qt.Key.Key_Return)
    (row,) = notes.section.referrals.values()
    fill(row.outcome, "Warteliste")
    assert notes.family.rows(RecordKind.REFERRAL) == [
        {"offer": "Sprachkurs A1", "referred_on": date(2026, 11, 26), "outcome": "waiting_list"}
    ]


def test_a_referral_taken_out_comes_back(notes: NoteDesk) -> None:
    press_here(Qt.Key.Key_Insert)
    press_here(Qt.Key.Key_Delete, CTRL)
    assert notes.family.rows(RecordKind.REFERRAL) == []
    assert QApplication.focusWidget() is notes.section.add_line
    assert notes.section.undo.isVisible()
    press_here(Qt.Key.Key_Z, CTRL)
    assert len(notes.family.rows(RecordKind.REFERRAL)) == 1
    assert len(notes.section.referrals) == 1
    assert notes.section.undo.isHidden()


def test_every_note_can_be_jumped_to(notes: NoteDesk) -> None:
    reveal, family = notes.section.reveal, notes.family
    assert reveal(RecordKind.HOUSEHOLD, "internal_note", None) is notes.section.form.internal_note
    assert reveal(RecordKind.REQUEST, "remark_authority", family.lina) is notes.section.remarks[family.lina][0]
    assert reveal(RecordKind.HOUSEHOLD, "phone", None) is None
