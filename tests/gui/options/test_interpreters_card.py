"""The tab "Dolmetschen": somebody kept while typing, barred from a family, with calendar and sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import store_family
from conftest import SettableClock
from helpers import leave, press, type_text, wait
from interpreting import FRIDAY, add_interpreter, at, book
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desk_app.casework import appointment_setup, interpreter_asking, interpreters
from desk_app.casework.desk import Desk
from desk_app.casework.interpreters import Interpreter, Spoken
from desk_app.domain.opening_hours import When
from desk_app.gui.folders import FolderTools
from desk_app.gui.options.interpreters_card import InterpretersCard
from desk_app.gui.options.interpreters_dialogs import BlockDialog, ReadCalendarDialog, SheetDialog
from desk_app.gui.widgets.tag_field import TagField
from desk_app.presenters.runner import InlineRunner


@pytest.fixture
def card(desk: Desk, clock: SettableClock, qtbot: QtBot) -> Iterator[InterpretersCard]:
    desk.do(appointment_setup.settle)
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    card = InterpretersCard(InlineRunner(desk.do), clock)
    column.addWidget(card)
    window.resize(1174, 580)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    card.load()
    yield card
    window.close()


def people(desk: Desk) -> list[Interpreter]:
    return [line.person for line in desk.do(interpreters.of_all)[0]]


def fill(card: InterpretersCard, key: str, words: str) -> None:
    field = card.editor.fields[key]
    field.setFocus()
    type_text(field.control, words)
    leave(field.control)


def test_somebody_new_is_kept_with_the_first_answer(card: InterpretersCard, desk: Desk) -> None:
    press(card.rows, Qt.Key.Key_Insert)
    assert people(desk) == []
    fill(card, "name", "Mirjeta Gashi")
    fill(card, "times", "mittwochs 9-13")
    fill(card, "minutes_per_month", "10 h")
    [kept] = people(desk)
    assert (kept.name, kept.times, kept.minutes_per_month) == ("Mirjeta Gashi", (When(0b100, 540, 780),), 600)
    assert [row.name for row in card._table.rows] == ["Mirjeta Gashi"]
    card.undo()
    assert people(desk)[0].minutes_per_month is None


def test_what_cannot_be_read_stays_and_says_how_it_goes(card: InterpretersCard, desk: Desk) -> None:
    press(card.rows, Qt.Key.Key_Insert)
    fill(card, "times", "irgendwann")
    assert "Zum Beispiel" in card.editor.fields["times"].error()
    assert people(desk) == []


def test_each_language_has_its_own_dialects(card: InterpretersCard, desk: Desk) -> None:
    add_interpreter(desk, "Frau Gashi", Spoken("ar"), Spoken("sq"))
    card.load()
    press(card.rows, Qt.Key.Key_Return)
    assert set(card.editor.dialects) == {"ar", "sq"}
    type_text(card.editor.dialects["ar"].control, "Levantinisch, Irakisch")
    leave(card.editor.dialects["ar"].control)
    assert set(people(desk)[0].languages) == {Spoken("sq"), Spoken("ar", "Levantinisch"), Spoken("ar", "Irakisch")}
    languages = card.editor.fields["languages"]
    assert isinstance(languages, TagField)
    languages.chips()[0].removed.emit()
    assert len(card.editor.dialects) == 1


def test_a_family_is_barred_with_why_and_let_again(card: InterpretersCard, desk: Desk) -> None:
    family = desk.do(store_family)[0]
    add_interpreter(desk)
    card.load()
    press(card.rows, Qt.Key.Key_Return)
    card.editor.add_block.click()
    dialog = card.dialog
    assert isinstance(dialog, BlockDialog)
    press(dialog.family.control, Qt.Key.Key_Return)
    assert "aus der Liste" in dialog.family.error()
    type_text(dialog.family.control, "Haddad")
    wait(lambda: dialog._found, "the family is found")
    type_text(dialog.reason.control, "verwandt")
    press(dialog.reason.control, Qt.Key.Key_Return)
    [line] = desk.do(interpreters.of_all)[0]
    assert [(block.household, block.words) for block in line.blocks] == [(family.household, "verwandt")]
    card.editor.unblock_asked.emit(line.person.id, family.household)
    assert desk.do(interpreters.of_all)[0][0].blocks == ()


def test_who_stops_goes_from_the_list_and_comes_back(card: InterpretersCard, desk: Desk) -> None:
    add_interpreter(desk)
    card.load()
    press(card.rows, Qt.Key.Key_Return)
    card.editor.retire.click()
    assert not card._table.rows
    assert "Gebuchte Termine bleiben" in card.result.words.text()
    card.retired.click()
    press(card.rows, Qt.Key.Key_Return)
    assert card.editor.retire.text() == "Wieder zur Wahl stellen"
    card.editor.retire.click()
    assert len(people(desk)) == 1


def choosing(folder: Path) -> FolderTools:
    return FolderTools(choose=lambda _parent, _start: folder, show=lambda _folder: None)


def test_a_calendar_comes_in_after_it_is_said_what_is_read(card: InterpretersCard, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "Kalender.ics"
    path.write_text(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261201T090000Z\r\nDTEND:20261201T100000Z\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n",
        encoding="utf-8",
        newline="",
    )
    card.choose_calendar = lambda _parent: path
    add_interpreter(desk)
    card.load()
    press(card.rows, Qt.Key.Key_Return)
    card.editor.read.click()
    dialog = card.dialog
    assert isinstance(dialog, ReadCalendarDialog)
    assert not dialog.others.isVisible()
    dialog.deed.click()
    assert card.editor.busy.text() == "1 belegte Zeit aus dem eigenen Kalender."
    card.editor.forget.click()
    assert "nichts bekannt" in card.editor.busy.text()
    card.calendars.read_asked.emit(card.calendars.desks[0].seat)
    assert isinstance(card.dialog, ReadCalendarDialog)
    card.dialog.deed.click()
    assert card.calendars.desks[0].busy == 1


def test_sheet_and_calendar_go_out_into_a_folder(card: InterpretersCard, desk: Desk, tmp_path: Path) -> None:
    gashi = add_interpreter(desk)
    booked = book(desk, at(9))
    desk.do(lambda work: interpreter_asking.ask(work, booked, gashi))
    card.folders = choosing(tmp_path)
    card.load()
    press(card.rows, Qt.Key.Key_Return)
    card.editor.export.click()
    card.editor.sheet.click()
    dialog = card.dialog
    assert isinstance(dialog, SheetDialog)
    dialog.last.set_value(FRIDAY)
    dialog.save.click()
    assert sorted(path.suffix for path in tmp_path.glob("*_2026*")) == [".ics", ".pdf"]
    card.calendars.export_asked.emit(card.calendars.desks[0].seat)
    assert len(list(tmp_path.glob("*.ics"))) == 2


def test_the_sheet_is_printed_page_by_page(card: InterpretersCard, desk: Desk, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "gedruckt.pdf"))
    card.choose_printer = lambda _parent: printer
    gashi = add_interpreter(desk)
    booked = book(desk, at(9))
    desk.do(lambda work: interpreter_asking.ask(work, booked, gashi))
    card.load()
    press(card.rows, Qt.Key.Key_Return)
    card.editor.sheet.click()
    assert isinstance(card.dialog, SheetDialog)
    press(card.dialog.first.control, Qt.Key.Key_Return)
    assert (tmp_path / "gedruckt.pdf").stat().st_size > 1000
