"""Old lists on their page: chosen or dropped, understood, decided by key, taken over, taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from builders import store_family
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from desk_app.casework import families
from desk_app.casework.bring_in_plan import State
from desk_app.casework.desk import Desk
from desk_app.gui.families.import_page import ImportPage
from desk_app.gui.families.list_page import FamiliesPage
from desk_app.gui.folders import FolderTools
from desk_app.presenters.runner import InlineRunner
from desk_app.storage.tables import AuditEntry

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(desk: Desk, clock, qtbot: QtBot, tmp_path: Path) -> ImportPage:
    page = ImportPage(InlineRunner(desk.do), clock)
    qtbot.addWidget(page)
    page.resize(1134, 768)
    page.choose_list = lambda _parent: tmp_path / "alt.xlsx"
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    return page


def write(folder: Path, *rows: tuple[object, ...], hidden: bool = False) -> None:
    book = Workbook()
    book.active.title = "Liste"
    for row in (("Name", "Vorname", "Geb.", "Telefon"), *rows):
        book.active.append(list(row))
    if hidden:
        book.create_sheet("Zweite").append(["Name", "Vorname"])
        book["Zweite"].append(["Öztürk", "Ali"])
    book.save(folder / "alt.xlsx")


KAYA = ("Kaya", "Ela", "5.5.2016", "0176 000002")
KARIM = ("Haddad", "Karim", "2.6.2013", "0208 999")


class Held:
    """Keeps deeds until they are called."""

    def __init__(self, desk: Desk, held: list[Callable[[], None]]) -> None:
        self._inline, self._held = InlineRunner(desk.do), held

    def run(self, *deed: Any) -> None:
        self._held.append(lambda: self._inline.run(*deed))


def names(desk: Desk) -> list[str]:
    return sorted(row.name for row in desk.do(families.listing)[0])


def shown(page: ImportPage) -> list[tuple[str, State, str]]:
    return [(line.name, line.state, line.decision) for line in page.preview.rows.table.rows]


def test_from_the_file_to_the_store_and_back_by_keyboard(
    page: ImportPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    write(tmp_path, KAYA, ("Muster", "Lina", "1.1.2015", "0208 1"))
    qtbot.keyClick(page.focusProxy(), Qt.Key.Key_O, CTRL)
    assert [choice.currentText() for choice in page.mapping.targets] == [
        "Kind: Nachname", "Kind: Vorname", "Kind: Geburtsdatum", "Familie: Telefon",
    ]  # fmt: skip
    page.primary()
    assert shown(page) == [
        ("Kaya", State.NEW, "als neue Familie"), ("Muster", State.NEW, "als neue Familie"),
    ]  # fmt: skip
    assert page.preview.take.text() == "Übernehmen (2 Familien, 2 Personen)"
    qtbot.keyClick(page.preview.rows, Qt.Key.Key_Down)
    qtbot.keyClick(page.preview.rows, Qt.Key.Key_A)
    assert page.preview.rows.current_row().decision == "bleibt draußen"
    assert page.preview.take.text() == "Übernehmen (1 Familie, 1 Person)"
    assert names(desk) == []
    page.primary()
    assert names(desk) == ["Kaya"]
    assert page.result.words.text() == ("Alte Liste: 1 Familie mit 1 Person neu, 0 ergänzt. 1 Familie blieb draußen.")
    page.undo()
    assert names(desk) == []
    assert page.result.words.text().startswith("Zurückgenommen: Alte Liste")


def test_the_meaning_of_a_column_is_changed_and_remembered(page: ImportPage, desk: Desk, tmp_path: Path) -> None:
    write(tmp_path, KAYA)
    page.choose()
    page.mapping.targets[3].pick("family.note")
    page.presenter.look()
    page.presenter.take_over()
    (row,) = desk.do(families.listing)[0]
    file = desk.do(lambda work: families.load(work, row.id))[0]
    assert file.household.get("phone") is None
    assert "Telefon: 0176 000002" in file.household.text("internal_note")
    page.choose()
    assert page.mapping.targets[3].currentText() == "In die Notiz der Familie"
    assert page.mapping.notice.isVisible()


def test_who_may_be_known_is_decided_beside_the_list(
    page: ImportPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    stored = desk.do(store_family)[0]
    write(tmp_path, ("Hadad", "Kareem", "2.6.2013", "0208 000000"))
    page.choose()
    page.presenter.look()
    assert shown(page) == [("Hadad", State.CONFLICT, "bitte entscheiden")]
    assert not page.preview.take.isEnabled()
    qtbot.keyClick(page.preview.rows, Qt.Key.Key_D)
    (line,) = page.preview.rows.table.rows
    assert line.decision == "zu Akte 2026-0001"
    assert [one.label for one in line.conflicts] == ["Nachname (laut Pass)", "Vorname (Rufname)"]
    qtbot.keyClick(page.preview.rows, Qt.Key.Key_Return)
    box = page.preview.detail.choices[1]
    assert page.preview.detail.choices[0].hasFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    page.presenter.take_over()
    file = desk.do(lambda work: families.load(work, stored.household))[0]
    assert file.person(stored.child).text("given_name") == "Kareem"
    assert file.person(stored.child).text("family_name") == "Haddad"
    assert len(desk.do(families.listing)[0]) == 1


def test_the_list_is_narrowed_to_one_state(page: ImportPage, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.do(store_family)
    write(tmp_path, KAYA, KARIM, ("", "", "1.1.2014", "0208 5"))
    page.choose()
    page.presenter.look()
    assert [chip.text() for chip in page.preview.filters.values()] == [
        "alle 2", "neu 1", "geändert 0", "gleich 0", "Konflikt 1", "Fehler 1",
    ]  # fmt: skip
    qtbot.mouseClick(page.preview.filters[State.CONFLICT], Qt.MouseButton.LeftButton)
    assert [name for name, _state, _words in shown(page)] == ["Haddad"]
    qtbot.mouseClick(page.preview.filters[State.ERROR], Qt.MouseButton.LeftButton)
    assert shown(page) == []
    assert "Liste!C4: In dieser Zeile steht kein Name." in page.preview.notice.accessibleName()


def test_another_sheet_and_other_headings_can_be_chosen(page: ImportPage, tmp_path: Path) -> None:
    write(tmp_path, KAYA, hidden=True)
    page.choose()
    page.mapping.sheet.pick(1)
    assert [choice.currentText() for choice in page.mapping.targets] == ["Kind: Nachname", "Kind: Vorname"]
    page.mapping.heading.pick(0)
    assert page.presenter.layout.heading_rows == ()


def test_a_long_list_says_that_it_is_still_being_compared(
    page: ImportPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    write(tmp_path, *(("Kaya", f"Ela{number}", "5.5.2016", f"0176 {number:06}") for number in range(300)))
    held: list[Callable[[], None]] = []
    page.choose()
    page.presenter._comparing._runner = Held(desk, held)
    page.presenter.look()
    held.pop(0)()
    preview = page.preview
    assert preview._waiting.text() == "Hier steht erst der Anfang der Liste. Alle Zeilen werden noch verglichen …"
    assert not preview.take.isEnabled()
    assert [chip.text() for chip in preview.filters.values()][:2] == ["alle", "neu"]
    assert not any(chip.isEnabled() for chip in preview.filters.values())
    qtbot.keyClick(preview.rows, Qt.Key.Key_Down)
    qtbot.keyClick(preview.rows, Qt.Key.Key_A)
    assert preview.detail.choices == []
    page.primary()
    held.pop(0)()
    assert preview._waiting.text() == ""
    assert preview.rows.current_row().place == 1
    assert len(preview.detail.choices) == 2
    assert preview.filters[State.NEW].text() == "neu 300"
    assert preview.take.text() == "Übernehmen (300 Familien, 300 Personen)"
    assert names(desk) == []


def test_a_file_that_is_no_list_is_told_and_changes_nothing(page: ImportPage, tmp_path: Path) -> None:
    (tmp_path / "alt.xlsx").write_bytes(b"MZ\x90\x00" + bytes(500))
    page.choose()
    assert "nicht als Liste lesen" in page.result.words.text()
    assert page.focusProxy() is page.choose_button


def test_the_same_file_again_says_so(page: ImportPage, tmp_path: Path) -> None:
    write(tmp_path, KAYA)
    for _round in range(2):
        page.choose()
        page.presenter.look()
        if _round == 0:
            page.presenter.take_over()
    assert shown(page) == [("Kaya", State.SAME, "schon so eingetragen")]
    assert "Diese Datei wurde schon geholt am 26.11.2026." in page.preview.notice.accessibleName()
    assert not page.preview.take.isEnabled()


def test_a_file_dropped_on_the_list_of_families_is_brought_in(desk: Desk, clock, qtbot: QtBot, tmp_path: Path) -> None:
    write(tmp_path, KAYA)
    page = FamiliesPage(InlineRunner(desk.do), clock)
    qtbot.addWidget(page)
    asked: list[object] = []
    page.old_list_asked.connect(asked.append)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "alt.xlsx"))])
    how = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for event in (QDragEnterEvent(QPoint(5, 5), *how), QDropEvent(QPoint(5, 5), *how)):
        QApplication.sendEvent(page, event)
    assert asked == [tmp_path / "alt.xlsx"]


def test_what_became_of_each_row_is_kept_as_a_workbook(
    page: ImportPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.do(store_family)
    write(tmp_path, KAYA, ("Kaya", "Can", "6.6.2018", "0176 000002"), ("Hadad", "Kareem", "2.6.2013", ""),
          ("", "", "1.1.2014", ""))  # fmt: skip
    page.choose()
    page.presenter.look()
    assert not page.protocol.isVisible()
    page.presenter.take_over()
    target = tmp_path / "protokoll"
    target.mkdir()
    page.protocol.folders = FolderTools(choose=lambda _parent, _start: target)
    page.protocol.click()
    assert list(target.iterdir()) == []
    assert page.protocol.dialog is not None
    page.protocol.dialog.save.click()

    (file,) = target.iterdir()
    rows = [[cell.value for cell in row] for row in load_workbook(file).active.iter_rows()]
    first = next(place for place, row in enumerate(rows) if row[0] == "Zelle")
    assert [row[:5] for row in rows[first + 1 :]] == [
        ["Liste!A2", "Kaya", "Ela Kaya", "neu angelegt", "2026-0002"],
        ["Liste!A3", "Kaya", "Can Kaya", "neu angelegt", "2026-0002"],
        ["Liste!A4", "Hadad", "Kareem Hadad", "nicht entschieden, blieb draußen", None],
        ["Liste!C5", None, None, "nicht übernommen", None],
    ]
    assert rows[-1][5] == "Hier steht kein Name: „1.1.2014“."
    deed = desk.do(lambda work: work.session.scalars(select(AuditEntry.deed).order_by(AuditEntry.sequence)).all())[0]
    assert deed[-1] == "list.exported"
    page.undo()
    assert not page.protocol.isVisible()
