"""The table: the same listing as on paper, moved through and ticked by keyboard, read out row by row."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from helpers import press
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desk_app.domain.lists import Align, Column, Kind
from desk_app.gui.row_table import Cell, RowTable
from desk_app.gui.row_view import RowView
from desk_app.gui.widgets.signs import RequestSign

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@dataclass(frozen=True)
class Child:
    name: str
    age: int
    grade: str
    state: RequestSign
    days: int


CHILDREN = [
    Child("Karim Haddad", 13, "8", RequestSign.COMPLETE, 57),
    Child("Lina Haddad", 9, "4", RequestSign.DRAFT, 57),
    Child("Aylin Şahin", 12, "6", RequestSign.SUBMITTED, 35),
    Child("Arta Berisha", 9, "4", RequestSign.ADMITTED, 26),
]
COLUMNS = (
    Column("name", "Kind", Kind.STRONG, 20),
    Column("grade", "Klasse", Kind.CODE, 6),
    Column("state", "Stand", width=14),
    Column("days", "Wartet", Kind.NUMBER, 8, Align.RIGHT),
)
SHOW = {
    "name": lambda child: Cell(child.name, str(child.age), tone="text", strong=True),
    "state": lambda child: Cell("übermittelt", sign=child.state),
    "days": lambda child: Cell(str(child.days), "Tage"),
}


@pytest.fixture
def view(qtbot: QtBot) -> RowView:
    table = RowTable(COLUMNS, SHOW, key=lambda child: child.name)
    view = RowView(table, "Schulplatzanfragen")
    table.setParent(view)
    table.set_rows(CHILDREN)
    view.resize(700, 300)
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.setFocus()
    return view


def names(view: RowView) -> list[str]:
    return [child.name for child in view.table.ticked_rows()]


def test_the_first_row_is_the_current_one(view: RowView) -> None:
    assert view.current_row() is CHILDREN[0]


def test_space_ticks_the_current_row_and_takes_it_back(view: RowView) -> None:
    press(view, Qt.Key.Key_Down)
    press(view, Qt.Key.Key_Space)
    assert names(view) == ["Lina Haddad"]
    press(view, Qt.Key.Key_Space)
    assert names(view) == []


def test_a_range_is_ticked_with_shift(view: RowView) -> None:
    press(view, Qt.Key.Key_Down, SHIFT)
    press(view, Qt.Key.Key_Down, SHIFT)
    assert names(view) == ["Karim Haddad", "Lina Haddad", "Aylin Şahin"]


def test_control_a_ticks_all_and_none(view: RowView) -> None:
    press(view, Qt.Key.Key_A, CTRL)
    assert view.table.tick_state() == Qt.CheckState.Checked
    press(view, Qt.Key.Key_A, CTRL)
    assert view.table.tick_state() == Qt.CheckState.Unchecked


def test_the_head_ticks_all_rows(view: RowView) -> None:
    view.table.tick(0)
    assert view.table.tick_state() == Qt.CheckState.PartiallyChecked
    QTest.mouseClick(view.head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(24, 17))
    assert len(names(view)) == 4


def test_a_click_on_the_box_ticks_and_a_click_on_the_name_does_not(view: RowView) -> None:
    for column in (0, 1):
        place = view.visualRect(view.table.index(2, column)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert names(view) == ["Aylin Şahin"]
    assert view.current_row() is CHILDREN[2]


def test_ticks_stay_with_their_row_when_the_order_changes(view: RowView) -> None:
    view.table.tick(0)
    view.table.set_rows(list(reversed(CHILDREN)))
    assert names(view) == ["Karim Haddad"]
    view.table.set_rows(CHILDREN[1:])
    assert names(view) == []
    view.table.set_rows(CHILDREN)
    assert names(view) == [], "a row that was gone came back ticked"


def test_enter_opens_and_control_enter_is_left_to_the_page(view: RowView) -> None:
    opened: list[Child] = []
    view.opened.connect(opened.append)
    press(view, Qt.Key.Key_Return, CTRL)
    press(view, Qt.Key.Key_End)
    press(view, Qt.Key.Key_Return)
    assert opened == [CHILDREN[3]]


def test_letters_jump_to_a_name(view: RowView) -> None:
    press(view, Qt.Key.Key_L)
    assert view.current_row() is CHILDREN[1]


def test_moving_tells_which_row(view: RowView) -> None:
    rows: list[Child] = []
    view.moved.connect(rows.append)
    press(view, Qt.Key.Key_Down)
    assert rows == [CHILDREN[1]]


def test_a_click_on_a_title_asks_for_another_order(view: RowView) -> None:
    keys: list[str] = []
    view.head.sort_asked.connect(keys.append)
    view.head.sectionClicked.emit(4)
    assert keys == ["days"]


def test_rows_are_read_out_whole(view: RowView) -> None:
    words = "Lina Haddad 9, 4, übermittelt, 57 Tage"
    assert view.table.row_words(1) == words
    table = QAccessible.queryAccessibleInterface(view)
    assert view.accessibleName() == "Schulplatzanfragen"
    assert words in [table.child(place).text(QAccessible.Text.Name) for place in range(table.childCount())]


def test_columns_share_the_width_without_remainder(view: RowView) -> None:
    def total() -> int:
        return sum(view.columnWidth(place) for place in range(5) if not view.isColumnHidden(place))

    assert total() == view.viewport().width()
    view.hide_columns({"grade"})
    assert total() == view.viewport().width()
    assert view.isColumnHidden(2)


def test_a_cell_nobody_shows_specially_is_shown_as_on_paper(view: RowView) -> None:
    assert view.table.index(0, 2).data() == "8"
