"""From Schulplätze to the school and to the family: the sets that are due, what they hold, and the files."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import builders
import pypdfium2
import pytest
from helpers import press
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from sending import ANOTHER_SCHOOL, place, placed, second_person

from desk_app.casework import families
from desk_app.casework.desk import Desk
from desk_app.domain.letters import Letter
from desk_app.gui.families.letter_dialog import LetterDialog
from desk_app.gui.folders import FolderTools
from desk_app.gui.placements.export_dialogs import ResultDialog
from desk_app.gui.placements.page import PlacementsPage
from desk_app.gui.placements.school_dialog import SchoolSetsDialog
from desk_app.gui.placements.unlocked_dialog import UnlockedDialog
from desk_app.gui.widgets.confirm_dialog import ConfirmDialog
from desk_app.gui.worker import Worker
from desk_app.presenters.letters import fitting


class Window(QWidget):
    def __init__(self, desk: Desk, target: Path, opened: list[Path]) -> None:
        super().__init__()
        self.worker = Worker(desk.do, self)
        folders = FolderTools(lambda _parent, _start: target, opened.append)
        self.page = PlacementsPage(self.worker, desk.clock, builders.CENTRE, folders=folders)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self.resize(1174, 768)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "Stick"
    folder.mkdir()
    return folder


@pytest.fixture
def opened() -> list[Path]:
    """Folders that were to be shown."""
    return []


@pytest.fixture
def karim(desk: Desk) -> builders.StoredFamily:
    """One placed child with consent at the first school, one without consent there, and one at another school."""
    family = desk.do(placed)[0]
    desk.do(lambda work: placed(work, "Sesay", consent=False))
    other = desk.do(lambda work: placed(work, "Öztürk"))[0]
    desk.do(lambda work: place(work, other.request, ANOTHER_SCHOOL))
    return family


@pytest.fixture
def window(
    qtbot: QtBot, desk: Desk, karim: builders.StoredFamily, target: Path, opened: list[Path]
) -> Iterator[Window]:
    assert karim
    window = Window(desk, target, opened)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.worker.wait()
    yield window
    window.hide()
    window.worker.stop()


def dialog_of(window: Window) -> SchoolSetsDialog:
    press(window.page.schools.line.button, Qt.Key.Key_Space)
    window.worker.wait()
    dialog = window.page.schools.dialog
    assert dialog is not None
    return dialog


def words_in(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def menu_of(window: Window, request: object) -> dict[str, object]:
    """The actions in the menu of a request's row, by their words."""
    page = window.page
    page.table.go_to(next(at for at, row in enumerate(page.presenter.rows) if row.request == request))
    page.table.menu_asked.emit(page.mapToGlobal(QPoint(40, 40)))
    menu = page.states.menu
    assert menu is not None
    actions = {action.text(): action for action in menu.actions() if action.text()}
    menu.close()
    window.activateWindow()
    return actions  # type: ignore[return-value]


def test_what_is_due_is_said_below_the_table_and_in_the_dialog(window: Window) -> None:
    line = window.page.schools.line
    assert line.isVisible()
    assert line.accessibleName() == "2 Schulen warten auf Daten, 3 Kinder sind zugewiesen"
    dialog = dialog_of(window)
    other, first = sorted(dialog.rows, key=lambda row: row.line.number, reverse=True)
    assert first.line.title == "Gemeinschaftsgrundschule Am Sunderplatz (103780)"
    assert (first.line.count_words, other.line.count_words) == ("1 Kind", "1 Kind")
    said = words_in(first)
    assert "Karim Sesay: Die Einwilligung zur Weitergabe an die Schule fehlt." in said
    press(dialog.cancel, Qt.Key.Key_Escape)
    assert window.page.schools.dialog is None


def test_the_ticked_schools_get_their_files_and_the_passphrase_is_shown_once(
    window: Window, target: Path, opened: list[Path]
) -> None:
    dialog = dialog_of(window)
    other = next(row for row in dialog.rows if row.line.number == ANOTHER_SCHOOL)
    press(other.tick, Qt.Key.Key_Space)
    press(dialog.deed, Qt.Key.Key_Space)
    confirm = window.page.export.dialog
    assert isinstance(confirm, ConfirmDialog)
    assert "Jede Schule bekommt eine Passphrase" in words_in(confirm)
    press(confirm.save, Qt.Key.Key_Space)
    window.worker.wait()
    result = window.page.export.dialog
    assert isinstance(result, ResultDialog)
    assert "Daten von 1 Kind geschrieben" in words_in(result)
    assert "SP-2026-0002: Die Einwilligung" in words_in(result)
    (secret,) = result.secrets
    files = sorted(target.rglob("*.pdf"))
    assert [path.parent.name for path in files] == ["Schule_103780_2026-11-26"] * 3
    with pypdfium2.PdfDocument(files[0], password=secret.text()) as document:
        assert document.count_attachments() > 3
    press(result.open_folder, Qt.Key.Key_Space)
    assert opened == [target]
    press(result.done, Qt.Key.Key_Space)
    window.worker.wait()
    window.page.changed(frozenset({"placements"}))
    window.worker.wait()
    line = window.page.schools.line
    assert "2 Schulen" in line.accessibleName(), "one child still lacks its consent, the other school its set"
    assert "2 Kinder" in line.accessibleName()


def test_plain_files_need_a_second_person(window: Window, desk: Desk, target: Path) -> None:
    person, passphrase = second_person(desk)
    dialog = dialog_of(window)
    press(dialog.encrypted, Qt.Key.Key_Space)
    assert "verschlüsselten Stick" in dialog.lock.text()
    press(dialog.deed, Qt.Key.Key_Space)
    window.worker.wait()
    unlocked = window.page.export.dialog
    assert isinstance(unlocked, UnlockedDialog)
    assert "verschlüsselten Stick" in words_in(unlocked)
    unlocked.agreed.emit(person, passphrase)
    window.worker.wait()
    result = window.page.export.dialog
    assert isinstance(result, ResultDialog)
    assert not result.secrets
    assert len(list(target.rglob("*.dat"))) == 16
    press(result.done, Qt.Key.Key_Space)


def test_a_folder_that_went_away_is_said_and_leads_back_to_the_schools(window: Window, target: Path) -> None:
    press(dialog_of(window).deed, Qt.Key.Key_Space)
    target.rmdir()
    confirm = window.page.export.dialog
    assert isinstance(confirm, ConfirmDialog)
    press(confirm.save, Qt.Key.Key_Space)
    window.worker.wait()
    banner = window.page.content.banner
    assert banner is not None
    target.mkdir()
    window.page.export.again()
    confirm = window.page.export.dialog
    assert isinstance(confirm, ConfirmDialog)
    assert "Daten von 2 Kindern für die Schulen" in words_in(confirm)
    press(confirm.cancel, Qt.Key.Key_Escape)


def test_who_may_not_send_is_told_so(window: Window) -> None:
    window.page.schools.refusal = "Das gehört nicht zu Ihrer Rolle."
    press(window.page.schools.line.button, Qt.Key.Key_Space)
    window.worker.wait()
    assert window.page.schools.dialog is None
    assert window.page.content.banner is not None
    assert window.page.content.banner.accessibleName() == "Das gehört nicht zu Ihrer Rolle."


def test_the_menu_of_a_placed_child_leads_to_its_school_and_its_letter(
    window: Window, karim: builders.StoredFamily
) -> None:
    actions = menu_of(window, karim.request)
    actions["An die Schule …"].trigger()  # type: ignore[attr-defined]
    window.worker.wait()
    dialog = window.page.schools.dialog
    assert dialog is not None
    assert [row.line.requests for row in dialog.rows] == [(karim.request,)]
    press(dialog.cancel, Qt.Key.Key_Escape)
    menu_of(window, karim.request)["Brief an die Familie …"].trigger()  # type: ignore[attr-defined]
    window.worker.wait()
    (letter,) = window.findChildren(LetterDialog)
    assert letter.presenter.wanted is not None
    assert (letter.presenter.wanted.letter, letter.presenter.wanted.child) == (Letter.ASSIGNMENT, karim.child)
    until = time.monotonic() + 5
    while not letter.print_button.isEnabled() and time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.005)
        window.worker.wait()
    assert letter.print_button.isEnabled()
    press(letter.cancel, Qt.Key.Key_Escape)


def test_a_child_without_a_place_has_a_letter_but_no_school(window: Window, desk: Desk) -> None:
    waiting = desk.do(lambda work: builders.store_family(work, "Kaya"))[0]
    window.page.changed(frozenset({"placements"}))
    window.worker.wait()
    assert desk.do(lambda work: families.load(work, waiting.household))[0]
    actions = menu_of(window, waiting.request)
    assert "An die Schule …" not in actions
    assert "Brief an die Familie …" in actions


@pytest.mark.parametrize(
    ("state", "missing", "letter"),
    [("draft", True, Letter.MISSING), ("draft", False, Letter.STATUS), ("sent", False, Letter.STATUS),
     ("query", True, Letter.STATUS), ("assigned", False, Letter.ASSIGNMENT), ("admitted", True, Letter.ASSIGNMENT)],
)  # fmt: skip
def test_the_letter_fits_how_the_request_stands(state: str, missing: bool, letter: Letter) -> None:
    assert fitting(state, missing=missing) is letter


def test_what_a_school_program_cannot_express_is_said_before(window: Window, desk: Desk) -> None:
    desk.do(lambda work: placed(work, "Kaya", sex="d"))
    desk.do(lambda work: placed(work, "Nguyễn", given_name="Thị Ánh"))
    desk.do(lambda work: [placed(work, "Ivanov", given_name="Oleh") for _twin in range(2)])
    said = words_in(dialog_of(window).rows[0])
    assert "Karim Kaya, nicht in SchILD: " in said
    assert said.count("Oleh Ivanov: Zwei Kinder haben hier denselben Namen und dasselbe Geburtsdatum.") == 2
    assert "Thị Ánh Nguyễn, Nachname: „ễ“ (U+1EC5) wurde zu „e“." in said
