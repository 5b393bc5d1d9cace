"""The dialog for letters, over a real store: what it proposes, shows, prints and saves."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pypdfium2
import pytest
from builders import TODAY, StoredFamily, store_family
from helpers import type_text, wait
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desk_app.casework import follow_ups, intake
from desk_app.casework.desk import Desk
from desk_app.casework.follow_ups import Scope
from desk_app.domain.records import RecordKind, Ref
from desk_app.gui.families.file_page import FamilyFilePage
from desk_app.gui.families.letter_dialog import LetterDialog
from desk_app.gui.folders import FolderTools
from desk_app.presenters.letters import Letter
from desk_app.presenters.runner import InlineRunner


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    stored = desk.do(store_family)[0]
    values = {"document": "school_report", "state": "missing"}
    add = lambda work: intake.add(work, RecordKind.DOCUMENT, uuid4(), stored.household, values=values)  # noqa: E731
    desk.do(add)
    return stored


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    return window


@pytest.fixture
def dialog(desk: Desk, clock, window: QWidget, tmp_path: Path) -> LetterDialog:
    def to_a_file(_parent: QWidget) -> QPrinter:
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        return printer

    return LetterDialog(window, InlineRunner(desk.do), clock, to_a_file)


def begun(
    dialog: LetterDialog, family: StoredFamily, letter: Letter = Letter.MISSING, child: UUID | None = None
) -> None:
    dialog.begin(family.household, letter, child)
    seen(dialog)


def seen(dialog: LetterDialog) -> None:
    """The page of what is chosen is drawn, or it is said why there is none."""
    wait(lambda: not dialog._settle.isActive(), "the page was not drawn")


def due(desk: Desk) -> list[object]:
    return [line.due_on for line in desk.do(lambda work: follow_ups.listing(work, Scope.ALL))[0]]


def test_it_proposes_the_familys_language_and_a_day_and_shows_the_page(
    dialog: LetterDialog, family: StoredFamily, desk: Desk
) -> None:
    begun(dialog, family)
    assert dialog.letters[Letter.MISSING].isChecked()
    assert dialog.language.text() == "Arabisch"
    assert dialog.day.text() == "03.12.2026"
    assert not dialog.view.image.isNull()
    assert "noch niemand geprüft" in dialog.notes.text()
    assert dialog.child.isHidden(), "there is one child"
    assert due(desk) == [], "looking writes nothing"


def test_printing_puts_it_on_paper_and_sets_the_day_to_look_again(
    dialog: LetterDialog, family: StoredFamily, desk: Desk, tmp_path: Path
) -> None:
    begun(dialog, family)
    dialog.print_button.click()
    with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as document:
        assert len(document) == 1
    assert due(desk) == [TODAY + timedelta(days=7)]
    assert dialog.told.isVisible()


def test_what_is_still_being_typed_counts(dialog: LetterDialog, family: StoredFamily, desk: Desk) -> None:
    begun(dialog, family)
    dialog.day.control.setFocus()
    dialog.day.control.selectAll()
    type_text(dialog.day.control, "10.12.2026")
    dialog.print_button.click()
    assert due(desk) == [TODAY + timedelta(days=14)]


def test_saving_writes_a_file_that_names_nobody(dialog: LetterDialog, family: StoredFamily, tmp_path: Path) -> None:
    folder = tmp_path / "Briefe"
    folder.mkdir()
    dialog.folders = FolderTools(choose=lambda _parent, _start: folder, show=lambda _folder: None)
    begun(dialog, family)
    dialog.save_button.click()
    assert list(folder.iterdir()) == [], "first it is said that the file is not encrypted"
    assert dialog.confirm is not None
    dialog.confirm.save.click()
    assert [path.name for path in folder.iterdir()] == ["Brief_SP-2026-0001_2026-11-26.pdf"]


def test_a_full_or_missing_folder_leaves_nothing_set(
    dialog: LetterDialog, family: StoredFamily, desk: Desk, tmp_path: Path
) -> None:
    begun(dialog, family)
    dialog.presenter.save(tmp_path / "gone")
    assert dialog.failure.isVisible()
    assert due(desk) == []


def test_another_letter_and_language_change_the_page(dialog: LetterDialog, family: StoredFamily) -> None:
    begun(dialog, family)
    before = dialog.view.image.copy()
    dialog.letters[Letter.STATUS].click()
    seen(dialog)
    assert dialog.day.isHidden()
    assert dialog.view.image != before
    status = dialog.view.image.copy()
    dialog.language.control.setFocus()
    dialog.presenter.choose(language="tr")
    dialog._changed()
    seen(dialog)
    assert dialog.view.image != status
    dialog.language.set_value("de")
    assert dialog.language.text() == "nur Deutsch"


def test_without_a_school_it_says_why_there_is_no_letter(dialog: LetterDialog, family: StoredFamily) -> None:
    begun(dialog, family, Letter.ASSIGNMENT)
    assert "noch keine Schule eingetragen" in dialog.nothing.text()
    assert not dialog.print_button.isEnabled()
    assert not dialog.save_button.isEnabled()


def test_with_siblings_one_child_or_all_can_be_chosen(dialog: LetterDialog, family: StoredFamily, desk: Desk) -> None:
    sister = uuid4()
    desk.do(lambda work: intake.add_sibling(work, sister, family.child))
    desk.do(lambda work: intake.set_value(work, Ref(RecordKind.PERSON, sister), "given_name", "Lina"))
    begun(dialog, family)
    assert dialog.child.text() == "alle Kinder"
    dialog.letters[Letter.STATUS].click()
    seen(dialog)
    assert dialog.child.text() == "Karim Haddad", "that letter is about one child"


def test_the_page_of_the_family_opens_it(desk: Desk, clock, qtbot: QtBot, family: StoredFamily) -> None:
    page = FamilyFilePage(InlineRunner(desk.do), clock)
    qtbot.addWidget(page)
    page.resize(1174, 768)
    with qtbot.waitExposed(page):
        page.show()
    page.open(family.household)
    page.deeds.actions.letter.click()
    [dialog] = [each for each in page.findChildren(LetterDialog) if each.isVisible()]
    seen(dialog)
    assert not dialog.view.image.isNull()
