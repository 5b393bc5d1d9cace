"""Consents by keyboard: given with one key, withdrawn with a day, set apart for one child."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from helpers import press_here, type_text
from intake_desk import IntakeDesk, fill
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from siblings import Siblings, store_siblings

from desk_app.casework.desk import Desk
from desk_app.domain.child import SCHOOL_AUTHORITY
from desk_app.domain.fields import Section
from desk_app.domain.records import RecordKind
from desk_app.gui.intake.consent_rows import ConsentEditor, ConsentEntry
from desk_app.gui.intake.consents_section import ConsentsSection

CONSENT = RecordKind.CONSENT
TODAY = date(2026, 11, 26)


class ConsentDesk:
    """The page open at the consents, the focus on the first row."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.family: Siblings = store_siblings(desk)
        self.intake = IntakeDesk(desk, qtbot)
        self.page = self.intake.open(self.family.household)
        section = self.page.sections[Section.CONSENTS]
        assert isinstance(section, ConsentsSection)
        self.section = section
        self.page.go_to(Section.CONSENTS)

    def entry(self, recipient: str = SCHOOL_AUTHORITY, child: UUID | None = None) -> ConsentEntry:
        return self.section.entries[recipient, child]

    def opened(self) -> ConsentEditor:
        editor = self.entry().editor
        assert editor is not None
        return editor


@pytest.fixture
def consents(desk: Desk, qtbot: QtBot) -> ConsentDesk:
    return ConsentDesk(desk, qtbot)


def test_one_key_says_in_writing_today_for_all_children(consents: ConsentDesk) -> None:
    assert QApplication.focusWidget() is consents.entry().line
    press_here(Qt.Key.Key_S)
    assert consents.family.rows(CONSENT) == [
        {"recipient": SCHOOL_AUTHORITY, "given_on": TODAY, "form": "written", "language": "ar", "interpreted": True}
    ]
    assert consents.entry().line.accessibleName() == (
        "Schulaufsicht: 26.11.2026, schriftlich, Arabisch, mit Dolmetschen"
    )


def test_the_space_bar_gives_and_takes_back_a_slip(consents: ConsentDesk) -> None:
    press_here(Qt.Key.Key_Down)
    press_here(Qt.Key.Key_Space)
    assert [row["recipient"] for row in consents.family.rows(CONSENT)] == ["school"]
    press_here(Qt.Key.Key_Space)
    assert consents.family.rows(CONSENT) == []


def test_an_older_consent_is_not_unticked_but_withdrawn(consents: ConsentDesk, clock: Any) -> None:
    press_here(Qt.Key.Key_Space)
    clock.advance(days=3)
    press_here(Qt.Key.Key_Space)
    assert len(consents.family.rows(CONSENT)) == 1
    editor = consents.opened()
    assert QApplication.focusWidget() is editor.form.withdrawn_on.control
    type_text(editor.form.withdrawn_on.control, "heute")
    press_here(Qt.Key.Key_Return)
    assert consents.family.rows(CONSENT)[0]["withdrawn_on"] == TODAY + timedelta(days=3)
    assert editor.follows.text().startswith("Ab diesem Tag geht nichts mehr an: Schulaufsicht.")
    assert consents.entry().line.accessibleName() == "Schulaufsicht: widerrufen am 29.11.2026"


def test_after_a_withdrawal_a_new_consent_is_a_new_record(consents: ConsentDesk, clock: Any) -> None:
    press_here(Qt.Key.Key_S)
    press_here(Qt.Key.Key_Return)
    fill(consents.opened().form.withdrawn_on, "heute")
    clock.advance(hours=1)
    consents.opened().again.click()
    assert [row.get("withdrawn_on") for row in consents.family.file.all(CONSENT)] == [TODAY, None]
    assert consents.opened().earlier.text() == "Früher: 26.11.2026, widerrufen am 26.11.2026"
    assert consents.opened().form.form.value() is None


def test_a_consent_of_another_day_is_typed_into_the_open_row(consents: ConsentDesk) -> None:
    press_here(Qt.Key.Key_Return)
    here = QApplication.focusWidget()
    assert here is not None
    type_text(here, "gestern")
    press_here(Qt.Key.Key_Return)
    assert consents.family.rows(CONSENT) == [
        {"recipient": SCHOOL_AUTHORITY, "given_on": date(2026, 11, 25), "language": "ar", "interpreted": True}
    ]


def test_one_child_is_set_apart_below_the_family_and_joins_again(consents: ConsentDesk) -> None:
    press_here(Qt.Key.Key_Space)
    press_here(Qt.Key.Key_Return)
    consents.opened().set_apart(consents.family.karim)
    apart = consents.entry(child=consents.family.karim)
    assert apart.line.accessibleName() == "Schulaufsicht, Karim: keine Einwilligung"
    apart.set_open(True)
    assert apart.editor is not None
    apart.editor.join.click()
    assert (SCHOOL_AUTHORITY, consents.family.karim) not in consents.section.entries
    assert consents.family.rows(CONSENT, consents.family.karim) == []


def test_the_missing_consent_leads_to_its_row(consents: ConsentDesk) -> None:
    assert consents.section.reveal(CONSENT, "given_on", None) is consents.entry().line


def test_the_day_of_deletion_can_be_set_and_says_what_happens_otherwise(consents: ConsentDesk) -> None:
    field = consents.section.delete_on
    assert field.message() == "Leer: wird beim Abschließen nach der Aufbewahrungsfrist gesetzt"
    fill(field, "31.12.2030")
    assert consents.family.file.household.get("delete_on") == date(2030, 12, 31)
