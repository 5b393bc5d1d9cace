"""What is being typed when the desk locks is kept, or it is told that it could not be."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from builders import ShutStore, StoredFamily, store_family
from helpers import type_text
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desk_app.casework import families, intake, notes
from desk_app.casework.desk import Desk, Work
from desk_app.domain.errors import DiskFull
from desk_app.gui.desk_pages import PLACEMENTS
from desk_app.gui.families.file_page import FamilyFilePage
from desk_app.gui.main_window import DeskWindow
from desk_app.gui.placements.page import PlacementsPage
from desk_app.gui.placements.state_dialog import StateDialog
from desk_app.gui.theme import Appearance
from desk_app.presenters.placement_steps import Part


def opened(desk: Desk, appearance: Appearance, qtbot: QtBot) -> DeskWindow:
    """The active window of a desk, its first page read."""
    window = DeskWindow(desk, appearance)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.start()
    window.worker.wait()
    return window


def settle(window: DeskWindow) -> None:
    for _round in range(5):
        window.worker.wait()
        QApplication.processEvents()
        time.sleep(0.005)


@pytest.fixture
def typing(desk: Desk, appearance: Appearance, qtbot: QtBot) -> Iterator[tuple[DeskWindow, StoredFamily]]:
    """An intake in which somebody types a telephone number that is not saved yet."""
    family = desk.do(store_family)[0]
    window = opened(desk, appearance, qtbot)
    window.open_intake(family.household)
    settle(window)
    phone = next(edit for edit in window.findChildren(QLineEdit) if edit.text() == "0208 000000")
    phone.setFocus()
    phone.setCursorPosition(len(phone.text()))
    type_text(phone, "77")
    yield window, family
    if not window.store_watch.worker._stopped:
        window.close_desk()


@pytest.fixture
def noting(desk: Desk, appearance: Appearance, qtbot: QtBot) -> Iterator[tuple[DeskWindow, StoredFamily]]:
    """The file of a family, on whose page somebody types a note that is not kept yet."""
    family = desk.do(store_family)[0]
    window = opened(desk, appearance, qtbot)
    window.open_family(family.household)
    settle(window)
    page = window.stack.currentWidget()
    assert isinstance(page, FamilyFilePage)
    page.deeds.begin_note()
    type_text(page.deeds.note.words.control, "Die Mutter ruft an")
    yield window, family
    if not window.store_watch.worker._stopped:
        window.close_desk()


def fail_notes(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    left = iter(range(times))
    keep = notes.keep

    def failing(work: Work, draft: notes.Draft) -> None:
        if next(left, None) is not None:
            raise DiskFull
        keep(work, draft)

    monkeypatch.setattr(notes, "keep", failing)


def test_a_note_that_fails_once_is_tried_again(
    noting: tuple[DeskWindow, StoredFamily],
    monkeypatch: pytest.MonkeyPatch,
    shut_store: ShutStore,
    clock: Callable[[], datetime],
) -> None:
    window, family = noting
    folder = window._desk.vault.folder
    fail_notes(monkeypatch, 1)
    assert window.close_desk() == ""
    desk = shut_store.open_at(folder, clock)
    kept = desk.do(lambda work: notes.of_family(work, family.household))[0]
    desk.close()
    assert [note.words for note in kept] == ["Die Mutter ruft an"]


def test_a_note_that_cannot_be_kept_is_told_with_its_file(
    noting: tuple[DeskWindow, StoredFamily], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, _family = noting
    fail_notes(monkeypatch, 50)
    told = window.close_desk()
    assert "Was zuletzt in 2026-0001 getippt wurde" in told


def fail_saving(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    left = iter(range(times))
    keep = intake.set_value

    def failing(*words: object) -> object:
        if next(left, None) is not None:
            raise DiskFull
        return keep(*words)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(intake, "set_value", failing)


def test_a_save_that_fails_once_is_tried_again(
    typing: tuple[DeskWindow, StoredFamily],
    monkeypatch: pytest.MonkeyPatch,
    shut_store: ShutStore,
    clock: Callable[[], datetime],
) -> None:
    window, family = typing
    folder = window._desk.vault.folder
    fail_saving(monkeypatch, 1)
    assert window.close_desk() == ""
    desk = shut_store.open_at(folder, clock)
    file = desk.do(lambda work: families.load(work, family.household))[0]
    desk.close()
    assert file.household.get("phone") == "0208 00000077"


def test_what_cannot_be_saved_is_told_with_the_file_it_belongs_to(
    typing: tuple[DeskWindow, StoredFamily], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, _family = typing
    fail_saving(monkeypatch, 50)
    told = window.close_desk()
    assert "2026-0001" in told
    assert "Alles davor ist da" in told


def stepping(window: DeskWindow) -> StateDialog:
    """The dialog in which a request gets another state."""
    window.go(PLACEMENTS)
    settle(window)
    page = window.stack.currentWidget()
    assert isinstance(page, PlacementsPage)
    page.states.ask(page.presenter.rows[0])
    assert page.states.dialog is not None
    return page.states.dialog


def test_a_state_that_was_not_entered_yet_is_told_with_its_request(
    typing: tuple[DeskWindow, StoredFamily],
) -> None:
    window, _family = typing
    dialog = stepping(window)
    type_text(dialog.fields[Part.CLASS].control, "8b")
    told = window.close_desk()
    assert told.startswith("Nicht gespeichert: der begonnene Stand von SP-2026-0001")


def test_a_dialog_in_which_nothing_was_typed_is_not_worth_a_word(typing: tuple[DeskWindow, StoredFamily]) -> None:
    window, _family = typing
    stepping(window)
    assert window.close_desk() == ""
