"""A note and something to look at again, by keyboard in the real window with its worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from builders import StoredFamily, store_family
from desk_windows import a_desk_window, settle
from helpers import press, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desk_app.casework import follow_ups, notes
from desk_app.casework.desk import Desk
from desk_app.gui.desk_pages import FAMILIES, FOLLOW_UPS
from desk_app.gui.families.file_page import FamilyFilePage
from desk_app.gui.families.follow_ups_page import FollowUpsButton, FollowUpsPage
from desk_app.gui.main_window import DeskWindow
from desk_app.gui.theme import Appearance


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


@pytest.fixture
def window(desk: Desk, appearance: Appearance, qtbot: QtBot, family: StoredFamily) -> Iterator[DeskWindow]:
    with a_desk_window(desk, appearance, qtbot, height=690) as window:
        yield window


def key(window: DeskWindow, pressed: Qt.Key, at: QWidget) -> None:
    """Press a key in a widget that can have the focus."""
    assert at.isVisible()
    press(at, pressed)
    settle(window)


def test_note_and_follow_up_are_written_found_in_the_list_and_taken_back(
    window: DeskWindow, desk: Desk, family: StoredFamily
) -> None:
    window.go(FAMILIES)
    window.open_family(family.household)
    settle(window)
    page = window.stack.currentWidget()
    assert isinstance(page, FamilyFilePage)
    key(window, Qt.Key.Key_N, page.timeline)
    type_text(page.deeds.note.words.control, "Die Mutter bringt das Zeugnis")
    key(window, Qt.Key.Key_Escape, page.deeds.note.words.control)
    key(window, Qt.Key.Key_W, page.timeline)
    type_text(page.deeds.form.words.control, "Zeugnis ansehen")
    page.deeds.form.due_on.control.selectAll()
    type_text(page.deeds.form.due_on.control, "heute")
    key(window, Qt.Key.Key_Escape, page.deeds.form.due_on.control)
    assert [note.words for note in desk.do(lambda work: notes.of_family(work, family.household))[0]] == [
        "Die Mutter bringt das Zeugnis"
    ]
    window.back()
    settle(window)
    [button] = window.stack.currentWidget().findChildren(FollowUpsButton)
    assert button.text() == "Wiedervorlagen 1"
    button.click()
    settle(window)
    listed = window.stack.currentWidget()
    assert isinstance(listed, FollowUpsPage)
    key(window, Qt.Key.Key_Space, listed.rows)
    key(window, Qt.Key.Key_E, listed.rows)
    assert desk.do(follow_ups.count_due)[0] == 0
    listed.undo()
    settle(window)
    assert desk.do(follow_ups.count_due)[0] == 1
    key(window, Qt.Key.Key_Return, listed.rows)
    assert isinstance(window.stack.currentWidget(), FamilyFilePage)


def test_what_is_being_typed_is_kept_when_the_desk_is_closed(
    window: DeskWindow, desk: Desk, family: StoredFamily
) -> None:
    window.go(FOLLOW_UPS)
    window.open_family(family.household)
    settle(window)
    page = window.stack.currentWidget()
    assert isinstance(page, FamilyFilePage)
    key(window, Qt.Key.Key_N, page.timeline)
    type_text(page.deeds.note.words.control, "Halb")
    page.commit_pending()
    settle(window)
    assert [note.words for note in desk.do(lambda work: notes.of_family(work, family.household))[0]] == ["Halb"]
