"""Schulplätze in a real window over a real store: finding, choosing by keyboard, looking at, and sending out."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import builders
import openpyxl
import pypdfium2
import pytest
from conftest import SettableClock
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from sending import opened, pdf_text, second_person

from desk_app import settings
from desk_app.casework import intake, placement_list
from desk_app.casework.desk import Desk, Work
from desk_app.domain.errors import ExportCancelled
from desk_app.domain.records import RecordKind, Ref
from desk_app.gui.focus_ring import FocusRing
from desk_app.gui.folders import FolderTools
from desk_app.gui.placements.export_dialogs import ResultDialog
from desk_app.gui.placements.page import PlacementsPage
from desk_app.gui.placements.unlocked_dialog import UnlockedDialog
from desk_app.gui.theme import Appearance
from desk_app.gui.widgets.confirm_dialog import ConfirmDialog
from desk_app.gui.widgets.progress_dialog import ProgressDialog
from desk_app.gui.worker import Worker
from desk_app.presenters.placement_export import ExportJob, OutForms
from desk_app.presenters.placements import PlacementsPresenter
from desk_app.presenters.runner import InlineRunner

LONG = "Ebrahim Abdulrahman Muhammad Al-Hussein Abdelkarim Al-Zahrani"
ARABIC = "نور الهدى"


def _take_in(work: Work, given_name: str, family_name: str, **child: Any) -> builders.StoredFamily:
    arrived = child.pop("arrived")
    family = builders.store_family(work, family_name, given_name=given_name, **child)
    intake.set_value(work, Ref(RecordKind.HOUSEHOLD, family.household), "arrival_in_city", arrived)
    return family


@pytest.fixture(scope="module")
def four_families(tmp_path_factory: pytest.TempPathFactory) -> builders.ShutStore:
    """Karim waits longest, then Lina whose German nobody asked for, a long name, and a name in Arabic only."""
    clock = SettableClock()
    store = builders.a_shut_store(tmp_path_factory.mktemp("four") / "store", clock)
    desk = store.open_at(store.folder, clock)
    day = builders.TODAY.replace(month=10)
    desk.do(lambda work: _take_in(work, "Karim", "Haddad", arrived=day.replace(day=1)))
    desk.do(lambda work: _take_in(work, "Lina", "Haddad", arrived=day.replace(day=2), german_level=None))
    desk.do(lambda work: _take_in(work, LONG, "Eid", arrived=day.replace(day=30)))
    desk.do(lambda work: _take_in(work, "", "", arrived=builders.TODAY, german_level=None, name_native_script=ARABIC))
    desk.vault.close()
    return store


@pytest.fixture
def desk(four_families: builders.ShutStore, tmp_path: Path, clock: SettableClock) -> Iterator[Desk]:
    folder = tmp_path / "store"
    shutil.copytree(four_families.folder, folder)
    desk = replace(four_families, folder=folder).open_at(folder, clock)
    yield desk
    desk.vault.close()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "Fachberatung"
    folder.mkdir()
    return folder


class Asked:
    """Stands in for the system's own dialogs: what they answer, and what they were asked."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.starts: list[Path | None] = []
        self.opened: list[Path] = []
        self.printer: QPrinter | None = None
        self.printers_asked = 0

    def choose(self, parent: QWidget, start: Path | None) -> Path | None:
        self.starts.append(start)
        return self.folder

    def choose_printer(self, parent: QWidget) -> QPrinter | None:
        self.printers_asked += 1
        return self.printer


class Window(QWidget):
    """A window with the page in it, as the program has one."""

    def __init__(self, desk: Desk, asked: Asked) -> None:
        super().__init__()
        self.worker = Worker(desk.do, self)
        tools = FolderTools(asked.choose, asked.opened.append)
        self.page = PlacementsPage(
            self.worker, desk.clock, builders.CENTRE, folders=tools, ask_printer=asked.choose_printer
        )
        self.worker.changed.connect(self.page.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self.ring = FocusRing(self)
        self.resize(1174, 768)


@pytest.fixture
def asked(target: Path) -> Asked:
    return Asked(target)


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, asked: Asked) -> Iterator[Window]:
    window = Window(desk, asked)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.worker.wait()
    window.page.setFocus()
    yield window
    window.hide()
    window.worker.stop()


@pytest.fixture
def page(window: Window) -> PlacementsPage:
    return window.page


def press(widget: QWidget, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(widget, key, held)


def names(page: PlacementsPage) -> list[str]:
    column = page.table.table.columns[0]
    return [page.table.table.cell_at(place, column).text for place in range(page.table.table.rowCount())]


def ticked(page: PlacementsPage) -> list[str]:
    return [row.name for row in page.table.table.ticked_rows()]


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def follow(qtbot: QtBot, window: Window, name: str) -> None:
    """Wait until the preview shows the paper of `name`."""
    qtbot.waitUntil(lambda: window.page.pane.shown is not None and window.page.pane.shown.name == name)


def confirm(page: PlacementsPage) -> None:
    dialog = page.export.dialog
    assert isinstance(dialog, ConfirmDialog)
    press(dialog.save, Qt.Key.Key_Space)


def export_all(window: Window) -> ResultDialog:
    """Strg+A, E, and through to the result."""
    press(window.page.table, Qt.Key.Key_A, held=Qt.KeyboardModifier.ControlModifier)
    press(window.page.table, Qt.Key.Key_E)
    confirm(window.page)
    window.worker.wait()
    dialog = window.page.export.dialog
    assert isinstance(dialog, ResultDialog)
    return dialog


# --- looking


def test_the_page_begins_with_the_longest_wait_and_its_counts(page: PlacementsPage) -> None:
    assert names(page) == ["Karim Haddad", "Lina Haddad", f"{LONG} Eid", ARABIC]
    assert "4 offen" in texts(page.header)
    assert [step.accessibleName() for step in page.content.pipeline.steps] == [
        "Entwurf, 2 Anfragen, fehlt noch etwas",
        "vollständig, 2 Anfragen, bereit",
        "übermittelt, 0 Anfragen",
        "Rückfrage, 0 Anfragen",
        "zugewiesen, 0 Anfragen",
        "aufgenommen, 0 Anfragen",
        "abgeschlossen, 0 Anfragen",
    ]
    assert page.table.hasFocus()
    assert not page.bar.isVisible()


def test_a_row_reads_as_a_sentence_and_says_when_it_is_chosen(page: PlacementsPage) -> None:
    press(page.table, Qt.Key.Key_Space)
    model = page.table.table
    assert [model.row_words(place) for place in (0, 3)] == [
        "Karim Haddad, 13, Klasse 8, vollständig, 56 Tage, ausgewählt",
        f"{ARABIC}, 13, Klasse 8, Entwurf, 0 Tage",
    ]


def test_long_waits_stand_out_by_the_limits_of_the_centre(page: PlacementsPage) -> None:
    waiting = next(column for column in page.table.table.columns if column.key == "waiting")

    def tones() -> list[str]:
        return [page.table.table.cell_at(place, waiting).tone for place in range(4)]

    assert tones() == ["bad", "bad", "text2", "text2"]
    page.set_centre(replace(builders.CENTRE, amber_after=20, red_after=56))
    assert tones() == ["bad", "warn", "warn", "text2"]


def test_an_empty_desk_says_how_requests_come_to_be(
    qtbot: QtBot, shut_store: builders.ShutStore, tmp_path: Path, clock: SettableClock, asked: Asked
) -> None:
    folder = tmp_path / "empty"
    shutil.copytree(shut_store.folder, folder)
    desk = replace(shut_store, folder=folder).open_at(folder, clock)
    window = Window(desk, asked)
    qtbot.addWidget(window)
    window.show()
    window.worker.wait()
    page = window.page
    assert page.empty.isVisible()
    assert not page.search.isVisible()
    page.setFocus()
    with qtbot.waitSignal(page.newIntake):
        press(page.focusWidget(), Qt.Key.Key_Space)
    family = desk.do(builders.store_family)[1]
    page.changed(family)
    window.worker.wait()
    assert names(page) == ["Karim Haddad"]
    window.hide()
    window.worker.stop()
    desk.vault.close()


def test_a_hidden_page_reads_again_only_when_it_is_shown(window: Window, desk: Desk) -> None:
    page = window.page
    page.hide()
    _, changes = desk.do(lambda work: builders.store_family(work, "Neu"))
    page.changed(changes)
    window.worker.wait()
    assert len(names(page)) == 4
    page.show()
    window.worker.wait()
    assert "Karim Neu" in names(page)


# --- finding


def test_typing_filters_and_the_keyboard_gets_back_into_the_list(page: PlacementsPage) -> None:
    page.focus_search()
    QTest.keyClicks(page.search, "lin")
    assert names(page) == ["Lina Haddad"]
    press(page.search, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    page.search.setText(ARABIC)
    assert names(page) == [ARABIC]
    page.search.setText("SP-2026-0001")
    assert names(page) == ["Karim Haddad"]
    page.search.setText("niemand")
    assert page.content.clear_filter.isVisible()
    press(page.content.clear_filter, Qt.Key.Key_Space)
    assert len(names(page)) == 4
    assert page.table.hasFocus()


def test_a_state_of_the_pipeline_filters_by_keyboard(page: PlacementsPage) -> None:
    first, second, *_others = page.content.pipeline.steps
    first.setFocus()
    press(first, Qt.Key.Key_Right)
    assert second.hasFocus()
    press(second, Qt.Key.Key_Return)
    assert names(page) == ["Karim Haddad", f"{LONG} Eid"]
    press(second, Qt.Key.Key_Space)
    assert len(names(page)) == 4


def test_the_head_sorts_by_keyboard(page: PlacementsPage) -> None:
    head = page.table.head
    head.setFocus()
    assert head.accessibleDescription() == "Nach „Kind“ sortieren"
    press(head, Qt.Key.Key_Space)
    assert names(page)[:2] == [f"{LONG} Eid", "Karim Haddad"]
    press(head, Qt.Key.Key_Space)
    assert names(page)[-1] == f"{LONG} Eid"
    press(head, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert page.presenter.sorting == ("state", False)
    press(head, Qt.Key.Key_Down)
    assert page.table.hasFocus()


def test_sorting_keeps_the_keyboard_on_its_row(page: PlacementsPage) -> None:
    press(page.table, Qt.Key.Key_Down)
    page.presenter.sort_by("name")
    assert page.table.current_row().name == "Lina Haddad"


def test_letters_jump_to_a_name_and_e_is_one_of_them(page: PlacementsPage, asked: Asked) -> None:
    table = page.table
    press(table, Qt.Key.Key_L, Qt.Key.Key_I)
    assert table.current_row().name == "Lina Haddad"
    table._since_typed.invalidate()
    press(table, Qt.Key.Key_E)
    assert table.current_row().name == f"{LONG} Eid"
    # chosen rows make E the export, but not in the middle of a name
    press(table, Qt.Key.Key_Space)
    table._since_typed.invalidate()
    press(table, Qt.Key.Key_K, Qt.Key.Key_E)
    assert asked.starts == []
    table._since_typed.invalidate()
    press(table, Qt.Key.Key_E)
    assert len(asked.starts) == 1


# --- choosing


def test_ticks_by_keyboard(page: PlacementsPage) -> None:
    table = page.table
    press(table, Qt.Key.Key_Space)
    assert ticked(page) == ["Karim Haddad"]
    press(table, Qt.Key.Key_Down, held=Qt.KeyboardModifier.ShiftModifier)
    assert ticked(page) == ["Karim Haddad", "Lina Haddad"]
    press(table, Qt.Key.Key_A, held=Qt.KeyboardModifier.ControlModifier)
    assert len(ticked(page)) == 4
    press(table, Qt.Key.Key_A, held=Qt.KeyboardModifier.ControlModifier)
    assert ticked(page) == []
    press(table, Qt.Key.Key_End, Qt.Key.Key_Space, Qt.Key.Key_Home)
    assert [row.native_name for row in table.table.ticked_rows()] == [ARABIC]
    assert table.current_row().name == "Karim Haddad"


def test_the_bar_says_how_many_are_chosen_and_what_stays_here(page: PlacementsPage) -> None:
    press(page.table, Qt.Key.Key_Space)
    assert page.bar.isVisible()
    assert (page.bar.count.text(), page.bar.state.text()) == ("1 ausgewählt", "vollständig")
    press(page.table, Qt.Key.Key_A, held=Qt.KeyboardModifier.ControlModifier)
    assert page.bar.count.text() == "4 ausgewählt"
    assert page.bar.state.text() == "2 unvollständig"
    assert page.bar.state.toolTip() == "2 unvollständig – bleiben hier"
    assert not page.bar.cover.isVisible()
    assert page.bar.forms.cover
    press(page.bar.more, Qt.Key.Key_Space)
    assert page.bar.menu is not None
    one_file, letter = page.bar.menu.actions()
    one_file.trigger()
    letter.trigger()
    assert (page.bar.forms.one_pdf, page.bar.forms.cover) == (True, False)
    assert page.bar.pdf.text() == "PDF, eine Datei"
    page.search.setText("lina")
    assert page.bar.hidden_rows.text() == "3 davon ausgeblendet"
    page.search.clear()
    assert len(ticked(page)) == 4


def test_the_button_is_off_and_says_why_when_nothing_can_leave(page: PlacementsPage, asked: Asked) -> None:
    press(page.table, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert not page.bar.button.isEnabled()
    assert "Keine der gewählten Anfragen ist vollständig" in page.bar.button.toolTip()
    press(page.table, Qt.Key.Key_E)
    assert asked.starts == []
    press(page.table, Qt.Key.Key_Up, Qt.Key.Key_Space)
    assert page.bar.button.isEnabled()
    assert "Passphrase aus sechs Wörtern" in page.bar.button.toolTip()
    page.bar.xlsx.click()
    page.bar.pdf.click()
    assert not page.bar.button.isEnabled()


def test_enter_opens_the_familys_file(qtbot: QtBot, page: PlacementsPage) -> None:
    row = page.table.current_row()
    with qtbot.waitSignal(page.openFamily) as opened:
        press(page.table, Qt.Key.Key_Return)
    assert opened.args == [row.household, row.child]


# --- the preview


def inked(image: QImage) -> bool:
    """Whether there is more than blank paper."""
    return len({image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 3)}) > 10


def test_the_preview_follows_the_keyboard(qtbot: QtBot, window: Window) -> None:
    pane = window.page.pane
    follow(qtbot, window, "Karim Haddad")
    first = pane.page.image
    assert inked(first)
    assert first.width() == pane.page.pixels()
    assert "SP-2026-0001" in texts(pane.head)
    assert pane.page.accessibleName() == "Vorschau der Anfrage SP-2026-0001, Seite 1 von 1"
    assert not pane.missing.isVisible()
    press(window.page.table, Qt.Key.Key_Down)
    follow(qtbot, window, "Lina Haddad")
    assert pane.page.image != first


def test_a_draft_says_what_it_lacks_and_leads_there(qtbot: QtBot, window: Window) -> None:
    page = window.page
    press(page.table, Qt.Key.Key_Down)
    follow(qtbot, window, "Lina Haddad")
    assert "Es fehlt noch:" in texts(page.pane)
    (line,) = page.pane.missing.rows
    assert line.accessibleName() == "Deutsch ergänzen, Sprachen & Dolmetschen"
    with qtbot.waitSignal(page.openQuestion) as asked:
        press(line, Qt.Key.Key_Return)
    household, question = asked.args
    assert (household, question.key) == (page.table.current_row().household, "german_level")


def test_the_preview_can_take_the_place_of_the_table(qtbot: QtBot, window: Window) -> None:
    page = window.page
    follow(qtbot, window, "Karim Haddad")
    small = page.pane.page.image.width()
    press(page.pane.size_button, Qt.Key.Key_Space)
    assert not page.table.isVisible()
    qtbot.waitUntil(lambda: page.pane.page.image.width() > 2 * small)
    press(page.pane.size_button, Qt.Key.Key_Escape)
    assert page.table.hasFocus()


def test_a_narrow_window_keeps_name_state_and_next_step(window: Window, appearance: Appearance) -> None:
    page = window.page
    table = page.table

    def seen() -> list[str]:
        columns = [table.table.column_at(place) for place in range(table.table.columnCount())]
        return [column.key for place, column in enumerate(columns) if column and not table.isColumnHidden(place)]

    assert "answers" not in seen()
    window.resize(1728, 1000)
    assert "answers" in seen()
    assert not page.preview_button.isVisible()
    window.resize(820, 600)
    assert page.preview_button.isVisible()
    assert not page.pane.isVisible()
    appearance.set_scale(1.5)
    window.resize(836, 600)
    assert seen() == ["name", "state", "waiting", "next_step"]


def test_printing_puts_the_pages_on_paper(qtbot: QtBot, window: Window, asked: Asked, tmp_path: Path) -> None:
    page = window.page
    follow(qtbot, window, "Karim Haddad")
    page.print_page()
    assert asked.printers_asked == 1
    window.worker.wait()
    asked.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    asked.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    asked.printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    page.print_page()
    window.worker.wait()
    with pypdfium2.PdfDocument(str(tmp_path / "paper.pdf")) as paper:
        assert len(paper) == 1
        pixels = bytes(paper[0].render(scale=0.5).buffer)
    assert len(set(pixels)) > 50


def test_an_incomplete_request_is_not_printed_and_it_is_said_why(qtbot: QtBot, window: Window, asked: Asked) -> None:
    page = window.page
    press(page.table, Qt.Key.Key_Down)
    follow(qtbot, window, "Lina Haddad")
    assert not page.pane.printer.isEnabled()
    page.print_page()
    assert asked.printers_asked == 0
    assert page.content.banner is not None
    assert "Gedruckt wird erst" in texts(page.content.banner)


# --- sending


def test_list_and_papers_arrive_whole_and_the_rows_follow(window: Window, target: Path, asked: Asked) -> None:
    page = window.page
    press(page.table, Qt.Key.Key_End)
    result = export_all(window)
    (table,) = target.glob("*.xlsx")
    (passphrase,) = (secret.text() for secret in result.secrets)
    assert len(passphrase.split("-")) == 6 or len(passphrase.split()) == 6
    cells = [cell for row in opened(table, passphrase).worksheets[0].iter_rows(values_only=True) for cell in row]
    assert {"Karim", LONG} <= set(cells)
    assert "Lina" not in cells
    papers = [path for path in sorted(target.glob("*.pdf")) if path.stem[-1].isdecimal()]
    assert len(papers) == 2
    assert sorted("Karim Haddad" in pdf_text(paper, passphrase) for paper in papers) == [False, True]
    told = texts(result)
    assert "2 Anfragen übermittelt" in told
    assert "Bitte per Telefon durchgeben, nie in der Mail" in told
    assert "SP-2026-0002: Es fehlt noch: Deutsch." in told
    assert table.name in told
    press(result.copies[0], Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == passphrase
    press(result.open_folder, Qt.Key.Key_Space)
    assert asked.opened == [target]
    press(result.done, Qt.Key.Key_Escape)
    assert page.table.hasFocus()
    window.worker.wait()
    assert [row.state for row in page.presenter.rows] == ["sent", "draft", "sent", "draft"]
    # the keyboard is where it was, and so is the choice
    assert page.table.current_row().native_name == ARABIC
    assert len(ticked(page)) == 4


def test_nothing_is_written_before_somebody_agrees(window: Window, asked: Asked) -> None:
    page = window.page
    press(page.table, Qt.Key.Key_Space, Qt.Key.Key_E)
    dialog = page.export.dialog
    assert isinstance(dialog, ConfirmDialog)
    assert dialog.save.hasFocus()
    assert asked.folder is not None
    assert str(asked.folder) in texts(dialog)
    assert "Excel-Liste und PDF für 1 Kind, verschlüsselt" in texts(dialog)
    press(dialog.save, Qt.Key.Key_Escape)
    window.worker.wait()
    assert list(asked.folder.iterdir()) == []
    assert page.table.hasFocus()
    assert not page.export.busy


def test_the_folder_is_remembered_and_another_can_be_chosen(window: Window, asked: Asked, tmp_path: Path) -> None:
    page = window.page
    press(page.table, Qt.Key.Key_Space, Qt.Key.Key_E)
    first = asked.folder
    asked.folder = tmp_path / "other"
    asked.folder.mkdir()
    assert isinstance(page.export.dialog, ConfirmDialog)
    press(page.export.dialog.other, Qt.Key.Key_Space)
    assert asked.starts == [None, first]
    confirm(page)
    window.worker.wait()
    assert len(list(asked.folder.iterdir())) == 3


def test_closing_the_folder_dialog_changes_nothing(window: Window, asked: Asked) -> None:
    asked.folder = None
    press(window.page.table, Qt.Key.Key_Space, Qt.Key.Key_E)
    assert not window.page.export.busy
    assert window.page.table.hasFocus()


@pytest.mark.parametrize("form", ["xlsx", "pdf"])
def test_one_form_alone(window: Window, target: Path, form: str) -> None:
    page = window.page
    press(page.table, Qt.Key.Key_Space)
    (page.bar.pdf if form == "xlsx" else page.bar.xlsx).click()
    page.bar.cover.click()
    press(page.bar.button, Qt.Key.Key_Space)
    confirm(page)
    window.worker.wait()
    assert [path.suffix for path in target.iterdir()] == [f".{form}"]


def test_cancelling_leaves_no_file_and_the_window_alive(window: Window, target: Path) -> None:
    page = window.page
    hold = threading.Event()
    window.worker.run(lambda work: hold.wait(), lambda _done: None, pytest.fail)
    press(page.table, Qt.Key.Key_Space, Qt.Key.Key_E)
    confirm(page)
    dialog = page.export.dialog
    assert isinstance(dialog, ProgressDialog)
    assert dialog.cancel_button.hasFocus()
    assert "Angaben prüfen" in texts(dialog)
    assert "Beim Abbrechen bleiben keine Dateien zurück." in texts(dialog)
    press(dialog.cancel_button, Qt.Key.Key_Escape)
    assert "Wird abgebrochen …" in texts(dialog)
    hold.set()
    window.worker.wait()
    assert list(target.iterdir()) == []
    assert page.content.banner is not None
    assert "abgebrochen" in texts(page.content.banner)
    assert ticked(page) == ["Karim Haddad"]
    page.changed(frozenset({"placements"}))
    window.worker.wait()
    assert page.presenter.rows[0].state == "complete"


def test_a_folder_that_is_gone_is_said_in_one_sentence_and_can_be_tried_again(
    window: Window, target: Path, asked: Asked
) -> None:
    page = window.page
    target.rmdir()
    press(page.table, Qt.Key.Key_Space, Qt.Key.Key_E)
    confirm(page)
    window.worker.wait()
    assert page.content.banner is not None
    assert "Der Zielordner ist nicht mehr da." in texts(page.content.banner)
    assert ticked(page) == ["Karim Haddad"]
    target.mkdir()
    page.primary()
    assert page.content.banner is None
    confirm(page)
    window.worker.wait()
    assert len(list(target.iterdir())) == 3


# --- unlocked, and letters that act


def ask_unlocked(window: Window) -> UnlockedDialog:
    """Take the tick off "verschlüsselt", and through to the question for a second person."""
    page = window.page
    press(page.table, Qt.Key.Key_Space)
    page.bar.encrypted.click()
    assert "zweite Person" in page.bar.button.toolTip()
    press(page.bar.button, Qt.Key.Key_Space)
    window.worker.wait()
    dialog = page.export.dialog
    assert isinstance(dialog, UnlockedDialog)
    return dialog


def test_alone_at_the_desk_nothing_leaves_unlocked_but_encrypted_is_one_key_away(window: Window, target: Path) -> None:
    dialog = ask_unlocked(window)
    assert "niemanden, der übermitteln darf" in texts(dialog)
    assert dialog.deed.isHidden()
    press(dialog.instead, Qt.Key.Key_Space)
    assert window.page.bar.encrypted.isChecked()
    confirm(window.page)
    window.worker.wait()
    assert isinstance(window.page.export.dialog, ResultDialog)
    assert window.page.export.dialog.secrets


def test_a_second_person_agrees_with_their_own_passphrase(window: Window, desk: Desk, target: Path) -> None:
    _person, theirs = second_person(desk)
    dialog = ask_unlocked(window)
    dialog.passphrase.edit.setText(theirs)
    press(dialog.deed, Qt.Key.Key_Space)
    window.worker.wait()
    result = window.page.export.dialog
    assert isinstance(result, ResultDialog)
    assert not result.secrets
    assert "nicht verschlüsselt" in texts(result)
    (table,) = target.glob("*.xlsx")
    assert openpyxl.load_workbook(table).worksheets


def test_a_wrong_passphrase_of_the_second_person_is_asked_again(window: Window, desk: Desk, target: Path) -> None:
    second_person(desk)
    dialog = ask_unlocked(window)
    dialog.passphrase.edit.setText("falsch geraten und so weiter")
    press(dialog.deed, Qt.Key.Key_Space)
    window.worker.wait()
    window.worker.wait()
    again = window.page.export.dialog
    assert isinstance(again, UnlockedDialog)
    assert again is not dialog
    assert "Passphrase passt nicht" in texts(again)
    assert list(target.iterdir()) == []


def test_letters_that_are_switched_off_do_nothing_but_jump(page: PlacementsPage, asked: Asked) -> None:
    settings.save(settings.load()._replace(key_letters=False))
    press(page.table, Qt.Key.Key_Space, Qt.Key.Key_E)
    assert asked.starts == []
    assert page.table.current_row().name == f"{LONG} Eid"


def test_cancelling_while_the_last_file_is_written_leaves_none_either(desk: Desk, target: Path) -> None:
    rows = desk.do(placement_list.listing)[0]
    presenter = PlacementsPresenter(Silent(), InlineRunner(desk.do), desk.clock)
    presenter.load()
    presenter.select([row for row in rows if row.state == "complete"])
    job = ExportJob(2, OutForms())
    told, failures = job.told, []

    def late(step: str, done: int, total: int) -> None:
        told(step, done, total)
        if (step, done) == ("pdf", total):
            job.cancel()

    job.told = late  # type: ignore[method-assign]  # somebody presses Esc right after the last report
    presenter.export(job, target, pytest.fail, failures.append)
    assert [type(error) for error in failures] == [ExportCancelled]
    assert list(target.iterdir()) == []
    assert {row.state for row in desk.do(placement_list.listing)[0]} == {"complete", "draft"}


class Silent:
    def show_rows(self) -> None: ...

    def show_load_failed(self, message: str) -> None: ...
