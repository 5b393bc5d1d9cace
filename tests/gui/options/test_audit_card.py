"""The log in the settings, used from the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pypdfium2
import pytest
from builders import tamper
from helpers import press, press_here, type_text
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from desk_app.casework import audit_log, intake
from desk_app.casework.desk import Desk, Work
from desk_app.domain.records import RecordKind
from desk_app.domain.roles import Role
from desk_app.gui.folders import FolderTools
from desk_app.gui.lists.column_popover import ColumnPopover
from desk_app.gui.options.audit_card import AuditCard
from desk_app.gui.widgets.messages import EmptyState
from desk_app.presenters.audit import Group
from desk_app.presenters.lists import Form
from desk_app.presenters.runner import InlineRunner
from desk_app.storage.tables import AuditEntry, User


@pytest.fixture
def open_card(desk: Desk, clock, qtbot: QtBot) -> Callable[[], AuditCard]:  # type: ignore[no-untyped-def]
    def show() -> AuditCard:
        card = AuditCard(InlineRunner(desk.do), clock)
        qtbot.addWidget(card)
        card.resize(1120, 620)
        with qtbot.waitActive(card):
            card.show()
            card.activateWindow()
        return card

    return show


def words(card: AuditCard) -> list[str]:
    return [line.what for line in card.rows.table.rows]


def noted(desk: Desk, deed: str) -> int:
    query = select(func.count()).select_from(AuditEntry).where(AuditEntry.deed == deed)
    return desk.do(lambda work: work.session.scalar(query))[0] or 0


def two_families(work: Work) -> None:
    for key in ("family_name", "phone"):
        file = intake.start(work, uuid4())
        intake.set_value(work, file.household.ref, key, "Haddad")


def many(work: Work) -> None:
    for _turn in range(250):
        work.note("intake.changed", RecordKind.HOUSEHOLD, uuid4(), ["phone"])


def test_opening_the_log_is_entered_once_and_shown_on_top(desk: Desk, open_card: Callable[[], AuditCard]) -> None:
    desk.do(two_families)
    card = open_card()
    assert words(card)[0] == "das Protokoll geöffnet"
    assert "Familie: Telefon geändert" in words(card)
    card.filter.groups[Group.CHANGED].click()
    assert noted(desk, "audit.read") == 1
    card.hide()
    card.show()
    assert noted(desk, "audit.read") == 2


def test_the_chain_is_told_whole_or_where_it_breaks(desk: Desk, open_card: Callable[[], AuditCard]) -> None:
    desk.do(two_families)
    card = open_card()
    count = desk.do(lambda work: work.session.scalar(select(func.count()).select_from(AuditEntry)))[0]
    assert card.chain.text() == f"Lückenlos: {count} Einträge, geprüft heute 10:42"
    assert card.broken.isHidden()
    card.hide()
    tamper(desk, "UPDATE audit SET deed = 'other' WHERE sequence = 6")
    card.show()
    assert card.broken.accessibleName().startswith("Ab Eintrag 6 stimmt das Protokoll nicht")
    assert card.broken.isVisible()


def test_a_long_log_is_read_on_when_its_end_comes_into_sight(desk: Desk, open_card: Callable[[], AuditCard]) -> None:
    desk.do(many)
    card = open_card()
    assert len(words(card)) == 100
    card.rows.setFocus()
    press(card.rows, Qt.Key.Key_End)
    assert len(words(card)) == 200
    assert card.rows.currentIndex().row() == 99
    press(card.rows, Qt.Key.Key_End)
    press(card.rows, Qt.Key.Key_End)
    sequences = [line.sequence for line in card.rows.table.rows]
    assert sequences == list(range(len(sequences), 0, -1))
    assert len(sequences) == noted(desk, "intake.changed") + 4


def test_filters_work_from_the_keyboard_and_are_taken_back_at_once(
    desk: Desk, open_card: Callable[[], AuditCard]
) -> None:
    desk.do(two_families)
    card = open_card()
    everything = words(card)
    chip = card.filter.groups[Group.PEOPLE]
    chip.setFocus()
    press(chip, Qt.Key.Key_Space)
    assert words(card) == ["Carla Brandt als Person angelegt"]
    press(chip, Qt.Key.Key_Space)
    assert words(card) == everything
    card.filter.file.control.setFocus()
    type_text(card.filter.file.control, "2026-0002")
    press_here(Qt.Key.Key_Return)
    assert {line.file_number for line in card.rows.table.rows} == {"2026-0002"}
    card.filter.first.control.setFocus()
    type_text(card.filter.first.control, "morgen")
    press_here(Qt.Key.Key_Return)
    assert words(card) == []
    state = card.findChild(EmptyState)
    assert state is not None
    assert state.isVisible()
    card.filter.all.setFocus()
    press(card.filter.all, Qt.Key.Key_Space)
    assert words(card) == everything
    assert card.filter.all.isHidden()


def test_eingabe_opens_the_file_and_a_button_shows_only_its_entries(
    desk: Desk, open_card: Callable[[], AuditCard], qtbot: QtBot
) -> None:
    desk.do(two_families)
    card = open_card()
    assert not card.open_file.isEnabled()
    card.rows.setFocus()
    press(card.rows, Qt.Key.Key_Down)
    line = card.rows.current_row()
    assert card.sentence.text().endswith(line.sentence)
    with qtbot.waitSignal(card.family_chosen) as chosen:
        press(card.rows, Qt.Key.Key_Return)
    assert chosen.args == [line.household]
    card.only_file.setFocus()
    press(card.only_file, Qt.Key.Key_Space)
    assert {entry.file_number for entry in card.rows.table.rows} == {line.file_number}


def folder_at(place: Path) -> FolderTools:
    def choose(_parent: QWidget, _start: Path | None) -> Path | None:
        return place

    return FolderTools(choose=choose)


def test_taking_it_out_asks_first_then_tells_where_it_lies(
    desk: Desk, open_card: Callable[[], AuditCard], tmp_path: Path
) -> None:
    desk.do(two_families)
    card = open_card()
    card.bar.folders = folder_at(tmp_path)
    card.bar.export(Form.XLSX)
    assert card.bar.dialog is not None
    press_here(Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert card.bar.dialog is None
    assert not list(tmp_path.glob("*.xlsx"))
    card.filter.groups[Group.CHANGED].click()
    shown = words(card)
    card.bar.export(Form.XLSX)
    assert card.bar.dialog is not None
    press(card.bar.dialog.save, Qt.Key.Key_Space)
    QApplication.processEvents()
    (path,) = tmp_path.glob("*.xlsx")
    assert path.name == "Protokoll_2026-11-26.xlsx"
    cells = [row[6].value for row in load_workbook(path).active.iter_rows() if len(row) > 6]
    assert [cell for cell in cells if cell in shown] == shown
    assert f"„{path.name}“, nicht verschlüsselt" in card.bar.said.words.text()


def test_a_folder_that_is_gone_is_said_in_a_sentence(
    desk: Desk, open_card: Callable[[], AuditCard], tmp_path: Path
) -> None:
    card = open_card()
    card.bar.folders = folder_at(tmp_path / "fort")
    card.bar.export(Form.XLSX)
    assert card.bar.dialog is not None
    press(card.bar.dialog.save, Qt.Key.Key_Space)
    assert card.bar.said.isVisible()
    assert noted(desk, "audit.exported") == 0


def test_others_than_the_leitung_are_told_why_they_see_nothing(desk: Desk, open_card: Callable[[], AuditCard]) -> None:
    with desk.vault.session() as session:
        session.get_one(User, desk.user).role = Role.COUNSEL
    card = open_card()
    assert words(card) == []
    assert not card.rows.isVisible()
    state = next(state for state in card.findChildren(EmptyState) if state.isVisible())
    assert state.accessibleName() == "Das Protokoll liest die Leitung"
    assert noted(desk, "audit.read") == 0


def test_columns_are_chosen_and_the_log_goes_on_paper_entered_in_itself(
    desk: Desk, open_card: Callable[[], AuditCard], tmp_path: Path
) -> None:
    desk.do(two_families)
    card = open_card()
    press(card.rows, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    popover = card.bar.popover
    assert isinstance(popover, ColumnPopover)
    keys = [column.key for column in popover.columns.table.rows]
    popover.columns.go_to(keys.index("fields"))
    press(popover.columns, Qt.Key.Key_Space)
    assert "fields" in [column.key for column in card.rows.table.columns]
    popover.close_popover()
    card.bar._ask_printer = lambda _parent: a_pdf_printer(tmp_path / "paper.pdf")
    card.print_page()
    assert noted(desk, "audit.printed") == 1
    assert len(pypdfium2.PdfDocument(tmp_path / "paper.pdf")) == 1


def a_pdf_printer(path: Path) -> QPrinter:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_a_pdf_of_the_log_holds_the_newest_entries_of_the_filter(
    desk: Desk, open_card: Callable[[], AuditCard], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_log, "MOST_ON_PAPER", 3)
    desk.do(many)
    card = open_card()
    card.bar.folders = folder_at(tmp_path)
    card.bar.export(Form.PDF)
    assert card.bar.dialog is not None
    press(card.bar.dialog.save, Qt.Key.Key_Space)
    (path,) = tmp_path.glob("*.pdf")
    page = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_bounded()
    assert "3 Einträge" in page
    assert "Ältere Einträge stehen nicht in dieser Datei" in page
    assert card.bar.said.words.text().endswith("bitte wählen Sie dafür einen Zeitraum.")
