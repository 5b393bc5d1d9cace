"""The table of papers, driven by keyboard: a key for each answer, dates where they belong."""

from __future__ import annotations

from datetime import date

import pytest
from helpers import press_here, type_text
from intake_desk import IntakeDesk
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from siblings import Siblings, store_siblings

from desk_app.casework.desk import Desk
from desk_app.domain.fields import Section
from desk_app.domain.records import RecordKind, Value
from desk_app.gui.intake.documents_section import DocumentsSection

SHIFT = Qt.KeyboardModifier.ShiftModifier
TODAY = date(2026, 11, 26)
LINA, KARIM, SAMI = range(3)


class PaperDesk:
    """The page open at the papers, the focus in the table."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.family: Siblings = store_siblings(desk)
        self.intake = IntakeDesk(desk, qtbot)
        self.page = self.intake.open(self.family.household)
        section = self.page.sections[Section.DOCUMENTS]
        assert isinstance(section, DocumentsSection)
        self.section = section
        self.page.go_to(Section.DOCUMENTS)

    def at(self, paper: str, column: int) -> None:
        self.section.matrix.go_to(paper, column)

    def states(self, person: int) -> dict[str, Value]:
        who = (self.family.lina, self.family.karim, self.family.sami)[person]
        return {str(row["document"]): row["state"] for row in self.family.rows(RecordKind.DOCUMENT, who)}

    def read_aloud(self) -> str:
        """The current cell as assistive technology gets it from the table."""
        matrix = self.section.matrix
        index = matrix.currentIndex()
        # heads count as a row and a column of their own
        place = (index.row() + 1) * (matrix.model().columnCount() + 1) + index.column() + 1
        return QAccessible.queryAccessibleInterface(matrix).child(place).text(QAccessible.Text.Name)


@pytest.fixture
def papers(desk: Desk, qtbot: QtBot) -> PaperDesk:
    return PaperDesk(desk, qtbot)


def test_the_section_begins_in_the_first_cell(papers: PaperDesk) -> None:
    assert QApplication.focusWidget() is papers.section.matrix
    assert papers.read_aloud() == "Pass oder Ausweisersatz, Kind, Lina: offen"


def test_letters_answer_and_arrows_go_on(papers: PaperDesk) -> None:
    papers.at("birth_certificate", LINA)
    press_here(Qt.Key.Key_O)
    press_here(Qt.Key.Key_Right)
    press_here(Qt.Key.Key_F)
    press_here(Qt.Key.Key_Down)
    press_here(Qt.Key.Key_K)
    assert papers.states(LINA) == {"birth_certificate": "original"}
    assert papers.states(KARIM) == {"birth_certificate": "missing", "registration_certificate": "copy"}
    assert papers.family.rows(RecordKind.DOCUMENT, papers.family.lina)[0]["seen_on"] == TODAY


def test_a_cell_is_read_aloud_with_paper_child_and_state(papers: PaperDesk) -> None:
    papers.at("birth_certificate", KARIM)
    press_here(Qt.Key.Key_F)
    assert papers.read_aloud() == "Geburtsurkunde, Karim: fehlt"


def test_the_space_bar_goes_through_the_states(papers: PaperDesk) -> None:
    papers.at("custody", SAMI)
    for state in ("original", "copy", "missing", "not_needed"):
        press_here(Qt.Key.Key_Space)
        assert papers.states(SAMI) == {"custody": state}
    press_here(Qt.Key.Key_Space)
    assert papers.states(SAMI) == {}


def test_with_shift_one_key_answers_for_all_children(papers: PaperDesk) -> None:
    papers.at("registration_certificate", KARIM)
    press_here(Qt.Key.Key_O, SHIFT)
    assert all(papers.states(child) == {"registration_certificate": "original"} for child in (LINA, KARIM, SAMI))


def test_what_is_missing_is_counted_and_can_be_promised_for_a_day(papers: PaperDesk) -> None:
    papers.at("custody", KARIM)
    press_here(Qt.Key.Key_F)
    assert papers.section.missing_words() == "1 fehlt"
    assert papers.section.cell_date.what.text() == "Nachweis Sorgerecht, Karim"
    press_here(Qt.Key.Key_Tab)
    here = QApplication.focusWidget()
    assert here is not None
    assert here.accessibleName() == "Nachreichen bis, Nachweis Sorgerecht, Karim"
    type_text(here, "+14")
    press_here(Qt.Key.Key_Return)
    assert papers.family.rows(RecordKind.DOCUMENT, papers.family.karim) == [
        {"document": "custody", "state": "missing", "due_on": date(2026, 12, 10)}
    ]


def test_a_date_half_typed_belongs_to_the_cell_it_was_typed_for(papers: PaperDesk) -> None:
    papers.at("custody", KARIM)
    press_here(Qt.Key.Key_F)
    papers.at("custody", LINA)
    press_here(Qt.Key.Key_F)
    papers.at("custody", KARIM)
    press_here(Qt.Key.Key_Tab)
    here = QApplication.focusWidget()
    assert here is not None
    type_text(here, "+7")
    papers.at("custody", LINA)
    family = papers.family
    due = [family.rows(RecordKind.DOCUMENT, who)[0].get("due_on") for who in (family.karim, family.lina)]
    assert due == [date(2026, 12, 3), None]
    assert papers.section.cell_date.field.text() == ""


def test_a_click_opens_the_small_choice(papers: PaperDesk, qtbot: QtBot) -> None:
    papers.at("school_report", LINA)
    press_here(Qt.Key.Key_Return)
    menu = papers.section.matrix.findChild(QMenu)
    assert menu is not None
    words = [action.text().partition("\t")[0] for action in menu.actions() if action.text()]
    assert words == ["Original", "Kopie", "fehlt", "nicht nötig", "leeren"]
    menu.actions()[1].trigger()
    menu.close()
    assert papers.states(LINA) == {"school_report": "copy"}


def test_measles_and_the_school_medical_stand_in_the_same_table(papers: PaperDesk) -> None:
    papers.at("measles", LINA)
    press_here(Qt.Key.Key_B)
    papers.at("school_medical", LINA)
    press_here(Qt.Key.Key_T)
    lina = papers.family.file.person(papers.family.lina)
    assert (lina.get("measles_proof"), lina.get("school_medical")) == ("exempt", "appointment")
    papers.section.cell_date.field.control.setFocus()
    type_text(papers.section.cell_date.field.control, "3.12.26")
    press_here(Qt.Key.Key_Return)
    assert papers.family.file.person(papers.family.lina).get("school_medical_on") == date(2026, 12, 3)


def test_a_question_leads_to_its_cell(papers: PaperDesk) -> None:
    found = papers.section.reveal(RecordKind.PERSON, "measles_proof", papers.family.karim)
    assert found is papers.section.matrix
    assert papers.read_aloud() == "Masernschutz, Karim: offen"


def test_the_current_cell_stays_when_a_child_is_added(papers: PaperDesk) -> None:
    papers.at("custody", KARIM)
    papers.page.presenter.add_sibling(papers.family.karim)
    assert papers.section.matrix.model().columnCount() == 4
    assert papers.read_aloud() == "Nachweis Sorgerecht, Karim: offen"
