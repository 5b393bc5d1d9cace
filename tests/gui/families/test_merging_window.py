"""Two entries for one child: found, compared, merged and taken apart again, by keyboard in the real window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest
from builders import StoredFamily, store_family
from desk_windows import a_desk_window, settle
from helpers import press
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk_app.casework import audit_log, deeds, duplicates, families, intake, merging
from desk_app.casework.desk import Desk, Work
from desk_app.domain.records import FamilyFile, RecordKind, Ref
from desk_app.gui.desk_pages import DUPLICATES, FAMILIES, STEPS
from desk_app.gui.families.compare_page import ComparePage
from desk_app.gui.families.compare_rows import CompareRow
from desk_app.gui.families.deeds_page import DeedsPage
from desk_app.gui.families.duplicates_page import DuplicatesPage
from desk_app.gui.families.file_page import FamilyFilePage
from desk_app.gui.families.list_page import FamiliesPage
from desk_app.gui.folders import FolderTools
from desk_app.gui.main_window import DeskWindow
from desk_app.gui.theme import Appearance
from desk_app.presenters.lists import Form
from desk_app.presenters.runner import InlineRunner

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def first(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


@pytest.fixture
def second(desk: Desk, first: StoredFamily, clock) -> StoredFamily:
    clock.advance(days=1)
    return desk.do(lambda work: store_family(work, "Hadad", given_name="Kareem", birth_place="Homs"))[0]


@pytest.fixture
def window(desk: Desk, appearance: Appearance, qtbot: QtBot, second: StoredFamily) -> Iterator[DeskWindow]:
    with a_desk_window(desk, appearance, qtbot) as window:
        yield window


def page(window: DeskWindow, kind: type[QWidget]) -> QWidget:
    shown = window.stack.currentWidget()
    assert isinstance(shown, kind), shown
    return shown


def key(window: DeskWindow, pressed: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    if QApplication.focusWidget() is None:
        window.activateWindow()  # without a window manager nobody does it after something above was closed
        settle(window)
    focus = QApplication.focusWidget() or window.focusWidget()
    assert focus is not None, "nobody has the focus"
    press(focus, pressed, modifier)
    settle(window)


def file_of(desk: Desk, household: UUID) -> FamilyFile:
    return desk.do(lambda work: families.load(work, household))[0]


def merged(desk: Desk, first: StoredFamily, second: StoredFamily) -> merging.Outcome:
    return desk.do(lambda work: merging.merge(work, first.child, second.child))[0]


def compared(window: DeskWindow, first: UUID, second: UUID) -> ComparePage:
    window.open_compare(first, second)
    settle(window)
    shown = page(window, ComparePage)
    assert isinstance(shown, ComparePage)
    return shown


def row(shown: ComparePage, label: str) -> CompareRow:
    return next(each for each in shown.rows.rows if each.line.label == label)


def test_a_pair_is_worked_off_by_keyboard_from_the_list_to_the_file_and_back(
    window: DeskWindow, desk: Desk, first: StoredFamily, second: StoredFamily
) -> None:
    window.go(DUPLICATES)
    settle(window)
    doubles = page(window, DuplicatesPage)
    assert isinstance(doubles, DuplicatesPage)
    assert {first.child, second.child} in [{each.line.first, each.line.second} for each in doubles.rows]
    while {first.child, second.child} != {doubles.rows[0].line.first, doubles.rows[0].line.second}:
        doubles.rows.append(doubles.rows.pop(0))
    doubles.rows[0].compare.setFocus()
    key(window, Qt.Key.Key_Space)
    shown = page(window, ComparePage)
    assert isinstance(shown, ComparePage)
    focus = QApplication.focusWidget()
    assert isinstance(focus, CompareRow), "the first thing to choose"
    while isinstance(focus, CompareRow) and focus.line.label != "Geburtsort":
        key(window, Qt.Key.Key_Down)
        focus = QApplication.focusWidget()
    key(window, Qt.Key.Key_Left)
    assert row(shown, "Geburtsort").line.chosen == 0
    key(window, Qt.Key.Key_Right)
    assert "Homs gilt, nicht Aleppo" in row(shown, "Geburtsort").accessibleName()
    key(window, Qt.Key.Key_Return, CTRL)
    person = file_of(desk, first.household).person(first.child)
    assert person.text("birth_place") == "Homs"
    assert file_of(desk, second.household).children == ()
    key(window, Qt.Key.Key_Return, CTRL)
    akte = page(window, FamilyFilePage)
    assert isinstance(akte, FamilyFilePage)
    assert akte.header.accessibleName() == "Familie Haddad"
    key(window, Qt.Key.Key_Z, CTRL)
    assert akte.undo_bar.accessibleName().startswith("Zurückgenommen: Zwei Einträge für")
    assert file_of(desk, second.household).children
    button(akte, "Doch wieder").click()
    settle(window)
    assert file_of(desk, second.household).children == ()


def button(inside: QWidget, words: str) -> QAbstractButton:
    return next(each for each in inside.findChildren(QAbstractButton) if each.text() == words and each.isVisible())


def test_reasons_stand_above_and_what_moves_below(
    window: DeskWindow, first: StoredFamily, second: StoredFamily
) -> None:
    shown = compared(window, first.child, second.child)
    chips = [chip.text() for chip in shown._reasons.findChildren(QWidget) if hasattr(chip, "text") and chip.isVisible()]
    assert "gleiches Geburtsdatum" in chips
    assert shown._moving.text() == (
        "1 Schulplatzanfrage zieht um; nichts geht verloren; Sie können es jederzeit zurücknehmen."
    )


def test_strg_z_right_after_a_merge_shows_the_two_again(
    window: DeskWindow, desk: Desk, first: StoredFamily, second: StoredFamily
) -> None:
    shown = compared(window, first.child, second.child)
    button(shown, "Zusammenführen").click()
    settle(window)
    key(window, Qt.Key.Key_Z, CTRL)
    assert file_of(desk, second.household).children
    assert shown.rows.isVisible()
    assert "Zurückgenommen" in shown.told.accessibleName()


def test_the_two_files_are_offered_next_and_persons_inside_are_one_only_where_somebody_says_so(
    window: DeskWindow, desk: Desk, first: StoredFamily, second: StoredFamily
) -> None:
    shown = compared(window, first.child, second.child)
    button(shown, "Zusammenführen").click()
    settle(window)
    button(shown, "Auch die Akten vergleichen").click()
    settle(window)
    mother = row(shown, "Zweimal da?")
    assert mother.line.chosen == 1, "never by itself"
    mother.setFocus()
    key(window, Qt.Key.Key_Left)
    key(window, Qt.Key.Key_Return, CTRL)
    assert len(file_of(desk, first.household).persons) == 2
    window.open_family(second.household)
    settle(window)
    akte = page(window, FamilyFilePage)
    assert isinstance(akte, FamilyFilePage)
    assert akte.header.accessibleName() == "Familie Haddad", "the older name holds unless somebody chooses"
    assert akte.undo_bar.accessibleName() == "Die gesuchte Akte wurde mit dieser zusammengeführt, Akte 2026-0001."


def test_two_persons_told_apart_leave_the_list_and_come_back_with_strg_z(
    window: DeskWindow, first: StoredFamily, second: StoredFamily
) -> None:
    window.go(DUPLICATES)
    settle(window)
    doubles = page(window, DuplicatesPage)
    assert isinstance(doubles, DuplicatesPage)
    before = len(doubles.rows)
    doubles.rows[0].apart.setFocus()
    key(window, Qt.Key.Key_Space)
    assert len(doubles.rows) == before - 1
    assert doubles.told.accessibleName().endswith("sind zwei Personen.")
    key(window, Qt.Key.Key_Z, CTRL)
    assert len(doubles.rows) == before


def test_andere_person_on_the_comparison_can_be_reconsidered(
    window: DeskWindow, first: StoredFamily, second: StoredFamily
) -> None:
    shown = compared(window, first.child, second.child)
    button(shown, "Andere Person").click()
    settle(window)
    assert not shown.rows.isVisible()
    button(shown, "Doch vergleichen").click()
    settle(window)
    assert shown.rows.isVisible()


def test_the_last_steps_are_listed_and_taken_back_by_key(
    window: DeskWindow, desk: Desk, first: StoredFamily, second: StoredFamily
) -> None:
    merged(desk, first, second)
    key(window, Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier)
    steps = page(window, DeedsPage)
    assert isinstance(steps, DeedsPage)
    assert [each.shown.words for each in steps.rows] == ["Zwei Einträge für Karim Haddad zusammengeführt"]
    steps.rows[0].button.setFocus()
    key(window, Qt.Key.Key_Space)
    assert file_of(desk, second.household).children
    assert [each.button.text() for each in steps.rows] == ["Doch wieder"]
    key(window, Qt.Key.Key_Space)
    assert file_of(desk, second.household).children == ()


def test_strg_z_on_the_families_says_what_stayed_or_that_there_is_nothing(
    window: DeskWindow, desk: Desk, first: StoredFamily, second: StoredFamily
) -> None:
    window.go(FAMILIES)
    settle(window)
    listed = page(window, FamiliesPage)
    assert isinstance(listed, FamiliesPage)
    listed.rows.setFocus()
    key(window, Qt.Key.Key_Z, CTRL)
    assert listed.undo_bar.accessibleName() == "Hier gibt es nichts, was Sie zurücknehmen können."

    def deed(work: Work) -> None:
        with deeds.recorded(work, "intake.changed", "Namen geändert", first.household):
            intake.set_value(work, Ref(RecordKind.PERSON, first.child), "given_name", "Zoran")

    desk.do(deed)
    desk.do(lambda work: intake.set_value(work, Ref(RecordKind.PERSON, first.child), "given_name", "Zorro"))
    key(window, Qt.Key.Key_Z, CTRL)
    assert listed.undo_bar.accessibleName() == (
        "Zurückgenommen: Namen geändert. 1 Angabe wurde später geändert und bleibt."
    )


def test_everything_to_press_has_a_name_and_fits(window: DeskWindow, first: StoredFamily, second: StoredFamily) -> None:
    shown = compared(window, first.child, second.child)
    window.go(STEPS)
    settle(window)
    window.go(DUPLICATES)
    settle(window)
    for each in (shown, page(window, DuplicatesPage)):
        for widget in each.findChildren(QAbstractButton):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(each):
                name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
                assert name, widget
    assert window.minimumSizeHint().width() <= 1366


def test_pairs_found_before_stand_there_at_once_and_the_search_for_more_stands_back(
    desk: Desk, clock, qtbot: QtBot, first: StoredFamily, second: StoredFamily
) -> None:
    waiting: list[Callable[[], None]] = []

    class Later(InlineRunner):
        def run(self, deed, done, failed) -> None:  # type: ignore[no-untyped-def]
            waiting.append(lambda: super(Later, self).run(deed, done, failed))

    desk.do(duplicates.pairs)
    known = desk.do(duplicates.count_pairs)[0]
    desk.do(lambda work: store_family(work, "Haddat", given_name="Karim"))
    crowd = [True]
    doubles = DuplicatesPage(Later(desk.do), clock, crowded=lambda: crowd[0])
    qtbot.addWidget(doubles)
    doubles.show()
    waiting.pop(0)()
    assert len(doubles.rows) == known
    assert subtitle(doubles) == f"{known} Paare · wird noch verglichen …"
    for _time in range(3):
        waiting.pop(0)()
        assert len(doubles.rows) == known, "somebody else's deed waits"
    crowd[0] = False
    while waiting:
        waiting.pop(0)()
    found = desk.do(duplicates.count_pairs)[0]
    assert found > known
    assert (len(doubles.rows), subtitle(doubles)) == (found, f"{found} Paare")


def test_the_pairs_go_out_as_a_workbook_with_an_entry_in_the_audit(
    desk: Desk, clock, qtbot: QtBot, first: StoredFamily, second: StoredFamily, tmp_path: Path
) -> None:
    doubles = DuplicatesPage(InlineRunner(desk.do), clock)
    qtbot.addWidget(doubles)
    doubles.show()
    doubles.bar.folders = FolderTools(choose=lambda *_asked: tmp_path)
    doubles.bar.export(Form.XLSX)
    assert doubles.bar.dialog is not None
    doubles.bar.dialog.confirmed.emit()
    [path] = tmp_path.glob("Mögliche-Dubletten_*.xlsx")
    told = [str(cell) for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True) for cell in row]
    assert {"Karim Haddad", "Kareem Hadad", "wahrscheinlich"} <= set(told)
    [entry] = [line for line in desk.do(audit_log.read)[0].lines if "Liste" in line.what][:1]
    assert "Vielleicht dieselbe".casefold() in entry.fields.casefold()
    refused = DuplicatesPage(InlineRunner(desk.do), clock, refusal="Das darf nur die Leitung.")
    qtbot.addWidget(refused)
    refused.bar.open_out()
    assert refused.bar.popover is None
    assert refused.bar.said.words.text() == "Das darf nur die Leitung."


def subtitle(doubles: DuplicatesPage) -> str:
    return doubles.header._subtitle.text()
