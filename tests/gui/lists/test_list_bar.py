"""What every list can do, by keyboard on the real page of the families over a real store."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import builders
import openpyxl
import pypdfium2
import pytest
from conftest import SettableClock
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk_app.casework import families, family_columns, households, intake, placements
from desk_app.casework.desk import Desk, Work
from desk_app.casework.family_columns import FamilyFacts
from desk_app.domain.records import RecordKind, Ref
from desk_app.gui.families.list_page import FamiliesPage
from desk_app.gui.folders import FolderTools
from desk_app.gui.lists.arranging import kept_arrangement
from desk_app.gui.lists.column_popover import ColumnPopover
from desk_app.gui.lists.filter_popover import FilterPopover
from desk_app.gui.widgets.line_edit import LineEdit
from desk_app.presenters.runner import InlineRunner

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="module")
def three_families(tmp_path_factory: pytest.TempPathFactory) -> tuple[builders.ShutStore, dict[str, UUID]]:
    """Haddad came forty days ago and its request was sent; Eid is protected; Örnek is new."""
    clock = SettableClock()
    store = builders.a_shut_store(tmp_path_factory.mktemp("three") / "store", clock)
    desk = store.open_at(store.folder, clock)
    found = {}
    for name, days in (("Haddad", 0), ("Eid", 30), ("Örnek", 10)):
        clock.advance(days=days)
        family = desk.do(lambda work, name=name: builders.store_family(work, name))[0]
        found[name] = family.household
        if name == "Eid":
            address = desk.do(lambda work, family=family: _an_address(work, family.household))[0]
            desk.do(lambda work, address=address: intake.set_value(work, address, "protection", "shelter"))
        if name == "Haddad":
            desk.do(lambda work, family=family: placements.record_event(work, family.request, placements.SENT))
    desk.vault.close()
    return store, found


@pytest.fixture
def households_there(three_families: tuple[builders.ShutStore, dict[str, UUID]]) -> dict[str, UUID]:
    return three_families[1]


@pytest.fixture
def clock() -> SettableClock:
    clock = SettableClock()
    clock.advance(days=40)
    return clock


@pytest.fixture
def desk(
    three_families: tuple[builders.ShutStore, dict[str, UUID]], tmp_path: Path, clock: SettableClock
) -> Iterator[Desk]:
    store, _found = three_families
    shutil.copytree(store.folder, tmp_path / "store")
    desk = replace(store, folder=tmp_path / "store").open_at(tmp_path / "store", clock)
    yield desk
    desk.vault.close()


def _an_address(work: Work, household: UUID) -> Ref:
    return families.load(work, household).all(RecordKind.ADDRESS)[0].ref


@pytest.fixture
def page(desk: Desk, clock: SettableClock, qtbot: QtBot) -> FamiliesPage:
    return opened(desk, clock, qtbot)


def opened(desk: Desk, clock: SettableClock, qtbot: QtBot, refusal: str = "") -> FamiliesPage:
    page = FamiliesPage(InlineRunner(desk.do), clock, refusal=refusal)
    qtbot.addWidget(page)
    page.resize(1174, 768)
    with qtbot.waitExposed(page):
        page.show()
        page.activateWindow()
    page.rows.setFocus()
    return page


def keys(page: FamiliesPage) -> list[str]:
    return [column.key for column in page.rows.table.columns]


def names(page: FamiliesPage) -> list[str]:
    return [line.name for line in page.rows.table.rows]


def columns_open(page: FamiliesPage) -> ColumnPopover:
    QTest.keyClick(page.rows, Qt.Key.Key_S, CTRL | SHIFT)
    popover = page.bar.popover
    assert isinstance(popover, ColumnPopover)
    return popover


def filter_open(page: FamiliesPage) -> FilterPopover:
    QTest.keyClick(page.rows, Qt.Key.Key_F, CTRL | SHIFT)
    popover = page.bar.popover
    assert isinstance(popover, FilterPopover)
    return popover


def go_to_column(popover: ColumnPopover, key: str) -> None:
    table = popover.columns.table
    popover.columns.go_to([column.key for column in table.rows].index(key))


def keep(page: FamiliesPage, condition: str, name: str) -> None:
    """Narrow by a condition and keep that under a name."""
    popover = filter_open(page)
    popover.chips[condition].setFocus()
    QTest.keyClick(popover.chips[condition], Qt.Key.Key_Space)
    popover.name.line.setText(name)
    QTest.keyClick(popover.name.line, Qt.Key.Key_Return)


# --- columns


def test_a_column_is_shown_moved_and_made_broader_by_key_and_stays_so(
    page: FamiliesPage, desk: Desk, clock: SettableClock, qtbot: QtBot
) -> None:
    before = keys(page)
    assert "district" not in before
    popover = columns_open(page)
    go_to_column(popover, "district")
    QTest.keyClick(popover.columns, Qt.Key.Key_Space)
    assert keys(page) == [*before, "district"]
    QTest.keyClick(popover.columns, Qt.Key.Key_Up, CTRL)
    assert keys(page) == [*before[:-1], "district", before[-1]]
    width = page.rows.columnWidth(keys(page).index("district"))
    for _time in range(4):
        QTest.keyClick(popover.columns, Qt.Key.Key_Right, CTRL)
    assert page.rows.columnWidth(keys(page).index("district")) > width
    QTest.keyClick(popover.columns, Qt.Key.Key_Escape)
    assert page.bar.popover is None
    assert page.rows.hasFocus()
    assert keys(opened(desk, clock, qtbot)) == keys(page)


def test_reset_brings_the_list_back_as_it_comes(page: FamiliesPage) -> None:
    before = keys(page)
    popover = columns_open(page)
    go_to_column(popover, "people")
    QTest.keyClick(popover.columns, Qt.Key.Key_Space)
    assert "people" not in keys(page)
    popover.reset.click()
    assert keys(page) == before
    assert kept_arrangement("families").columns == ()


def test_the_last_column_stays(page: FamiliesPage) -> None:
    popover = columns_open(page)
    for key in keys(page):
        go_to_column(popover, key)
        QTest.keyClick(popover.columns, Qt.Key.Key_Space)
    assert len(keys(page)) == 1


def test_the_mouse_drags_a_heading_to_another_place_and_a_border_to_another_width(page: FamiliesPage) -> None:
    head = page.rows.head
    before = keys(page)
    head.moveSection(1, 2)
    QTest.qWait(10)
    assert keys(page) == [before[0], before[2], before[1], *before[3:]]
    border = QPoint(head.sectionViewportPosition(2), 10)
    narrow = page.rows.columnWidth(1)
    QTest.mousePress(head.viewport(), Qt.MouseButton.LeftButton, pos=border)
    QTest.mouseMove(head.viewport(), border + QPoint(60, 0))
    QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=border + QPoint(60, 0))
    QTest.qWait(10)
    assert kept_arrangement("families").keys == tuple(keys(page))
    assert page.rows.columnWidth(1) > narrow + 20


def test_the_row_and_what_is_shown_stay_when_columns_change(page: FamiliesPage) -> None:
    page.rows.go_to(2)
    popover = columns_open(page)
    go_to_column(popover, "begun")
    QTest.keyClick(popover.columns, Qt.Key.Key_Space)
    assert page.rows.currentIndex().row() == 2
    place = keys(page).index("begun")
    assert page.rows.table.index(0, place).data() == f"{page.rows.table.rows[0].facts.begun:%d.%m.%Y}"


# --- filters


def test_a_filter_is_kept_shown_as_a_chip_and_pressed_on_and_off(page: FamiliesPage) -> None:
    keep(page, "quiet_30", "Kinder ohne Antwort seit 30 Tagen")
    assert names(page) == ["Haddad"]
    (chip,) = page.bar.chips.chips
    assert chip.text() == "Kinder ohne Antwort seit 30 Tagen"
    assert chip.isChecked()
    QTest.keyClick(chip, Qt.Key.Key_Return)
    assert len(names(page)) == 3
    assert not chip.isChecked()
    QTest.keyClick(chip, Qt.Key.Key_Return)
    assert names(page) == ["Haddad"]


def test_a_kept_filter_holds_words_and_order_too(
    page: FamiliesPage, desk: Desk, clock: SettableClock, qtbot: QtBot
) -> None:
    page.search.setText("Eid")
    page.rows.head.sort_asked.emit("name")
    popover = filter_open(page)
    popover.name.line.setText("Eid")
    QTest.keyClick(popover.name.line, Qt.Key.Key_Return)
    again = opened(desk, clock, qtbot)
    assert len(names(again)) == 3
    again.bar.chips.chips[0].click()
    assert again.search.text() == "Eid"
    assert names(again) == ["Eid"]
    assert again.presenter.order == "name"


def test_a_filter_is_renamed_and_removed_by_key_and_comes_back(page: FamiliesPage) -> None:
    keep(page, "sent", "Übermittelt")
    chip = page.bar.chips.chips[0]
    QTest.keyClick(chip, Qt.Key.Key_F2)
    popover = page.bar.chips.popover
    assert popover is not None
    line = popover.findChild(LineEdit)
    assert line is not None
    line.setText("Bei der Schulaufsicht")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert [chip.text() for chip in page.bar.chips.chips] == ["Bei der Schulaufsicht"]
    QTest.keyClick(page.bar.chips.chips[0], Qt.Key.Key_Delete)
    assert page.bar.chips.chips == []
    assert "entfernt" in page.bar.said.words.text()
    page.undo()
    assert [chip.text() for chip in page.bar.chips.chips] == ["Bei der Schulaufsicht"]


def test_a_filter_that_nothing_passes_says_so_and_lets_go(page: FamiliesPage) -> None:
    popover = filter_open(page)
    popover.chips["quiet_180"].click()
    popover.close_popover()
    assert names(page) == []
    button = next(b for b in page.findChildren(QPushButton) if b.text() == "Alle Familien zeigen" and b.isVisible())
    button.click()
    assert len(names(page)) == 3


def test_who_moved_away_is_found_and_is_not_called_quiet(
    page: FamiliesPage, desk: Desk, clock: SettableClock, households_there: dict[str, UUID]
) -> None:
    _, changes = desk.do(lambda work: households.move_away(work, households_there["Haddad"], clock().date(), "Essen"))
    page.changed(changes)
    popover = filter_open(page)
    popover.chips["moved_away"].click()
    assert names(page) == ["Haddad"]
    popover.chips["moved_away"].click()
    popover.chips["quiet_30"].click()
    assert names(page) == []


# --- out of the program


def test_what_is_shown_is_written_as_a_workbook_and_the_protected_address_stays(
    page: FamiliesPage, tmp_path: Path
) -> None:
    popover = columns_open(page)
    go_to_column(popover, "district")
    QTest.keyClick(popover.columns, Qt.Key.Key_Space)
    popover.close_popover()
    page.bar.folders = FolderTools(lambda _parent, _start: tmp_path)
    QTest.keyClick(page.rows, Qt.Key.Key_A, CTRL | SHIFT)
    out = page.bar.popover
    assert out is not None
    excel = next(button for button in out.findChildren(QPushButton) if "Excel" in button.text())
    QTest.keyClick(excel, Qt.Key.Key_Return)
    assert list(tmp_path.glob("*.xlsx")) == []
    assert page.bar.dialog is not None
    QTest.keyClick(page.bar.dialog.save, Qt.Key.Key_Return)
    (path,) = tmp_path.glob("Familien_*.xlsx")
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows()]
    head = next(row for row in rows if row[0] == "Familie")
    districts = {row[0]: row[head.index("Stadtteil")] for row in rows[rows.index(head) + 1 :]}
    assert districts["Haddad"]
    assert not districts["Eid"]
    assert path.name in page.bar.said.words.text()


def test_the_title_names_the_filter_and_the_context_the_count(page: FamiliesPage, clock: SettableClock) -> None:
    keep(page, "sent", "Bei der Schulaufsicht")
    listing = page.bar.presenter.listing(page.bar.arranger.shown)
    assert listing.title == "Familien – Bei der Schulaufsicht"
    assert "1 von 3 Zeilen" in listing.context[0]
    assert "Anfrage übermittelt" in listing.context[0]
    assert listing.file_stem == f"Familien_{clock():%Y-%m-%d}"


def test_the_list_goes_onto_paper_across(page: FamiliesPage, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "gedruckt.pdf"))
    page.bar._ask_printer = lambda _parent: printer
    page.print_page()
    with pypdfium2.PdfDocument(tmp_path / "gedruckt.pdf") as document:
        assert len(document) == 1
        assert document[0].get_width() > document[0].get_height()


def test_the_reception_is_told_who_may_take_lists_out(desk: Desk, clock: SettableClock, qtbot: QtBot) -> None:
    page = opened(desk, clock, qtbot, refusal="Das darf nur die Leitung.")
    QTest.keyClick(page.rows, Qt.Key.Key_A, CTRL | SHIFT)
    assert page.bar.popover is None
    assert page.bar.said.words.text() == "Das darf nur die Leitung."


def test_what_further_columns_tell_is_read_of_the_families_shown_alone(
    page: FamiliesPage, households_there: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    popover = columns_open(page)
    go_to_column(popover, "languages")
    QTest.keyClick(popover.columns, Qt.Key.Key_Space)
    popover.close_popover()
    read: list[tuple[UUID, ...]] = []
    all_of_it = family_columns.facts

    def facts(work: Work, wanted: Iterable[str], households: Sequence[UUID]) -> dict[UUID, FamilyFacts]:
        assert "languages" in wanted
        read.append(tuple(households))
        return all_of_it(work, wanted, households)

    monkeypatch.setattr(family_columns, "facts", facts)
    page.search.setText("Eid")
    assert names(page) == ["Eid"]
    assert page.rows.table.rows[0].facts.languages
    assert read == [(households_there["Eid"],)]
