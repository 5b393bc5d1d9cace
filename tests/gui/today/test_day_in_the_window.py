"""Dialogs that are closed while the thread of the worker is still busy with what they asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk_windows import a_desk_window, settle
from helpers import press, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from the_day import Day

from desk_app.casework.desk import Desk
from desk_app.domain.visit_states import DONE
from desk_app.gui.day_pages import close_day, enter_sheet
from desk_app.gui.main_window import DeskWindow
from desk_app.gui.theme import Appearance
from desk_app.gui.today.page import TodayPage
from desk_app.gui.today.walk_in_dialog import WalkInDialog


@pytest.fixture
def window(desk: Desk, appearance: Appearance, qtbot: QtBot, clock) -> Iterator[DeskWindow]:  # type: ignore[no-untyped-def]  # the settable clock
    day = Day(desk, clock).at(8)
    day.book("Haddad", 9)
    day.at(10)
    with a_desk_window(desk, appearance, qtbot) as window:
        yield window


def here(key: Qt.Key) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    press(widget, key)


def test_a_key_pressed_just_before_the_end_of_the_day_is_left_still_counts(window: DeskWindow) -> None:
    close_day(window)
    settle(window, 8)
    here(Qt.Key.Key_E)
    here(Qt.Key.Key_Escape)
    settle(window, 8)
    page = window.stack.currentWidget()
    assert isinstance(page, TodayPage)
    [block] = page.timeline.lanes.blocks.values()
    assert block.block.state == DONE


def test_the_sheet_is_left_while_its_last_row_is_being_kept(window: DeskWindow, clock) -> None:  # type: ignore[no-untyped-def]  # as above
    clock.advance(days=1)
    enter_sheet(window)
    settle(window, 8)
    here(Qt.Key.Key_K)
    here(Qt.Key.Key_Escape)
    settle(window, 8)
    page = window.stack.currentWidget()
    assert isinstance(page, TodayPage)
    page.presenter.tick()
    settle(window, 8)
    assert not page.foot.told.isVisible(), "yesterday is closed"


def test_a_family_that_is_looked_for_when_the_dialog_is_gone_troubles_nobody(window: DeskWindow) -> None:
    page = window.stack.currentWidget()
    assert isinstance(page, TodayPage)
    page.add_person()
    field = QApplication.focusWidget()
    assert field is not None
    type_text(field, "Haddad")
    dialog = next(each for each in window.findChildren(WalkInDialog) if each.isVisible())
    dialog.who.look()
    here(Qt.Key.Key_Escape)
    settle(window, 8)
    assert not [each for each in window.findChildren(WalkInDialog) if each.isVisible()]
