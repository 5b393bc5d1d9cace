"""An appointment with the family on the phone, by keyboard alone, from wherever somebody happens to be."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import builders
import pytest
from journeys.keyboard import CTRL, Keyboard
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk_app import bootstrap, settings
from desk_app.casework import appointments
from desk_app.casework.appointments import AppointmentLine
from desk_app.gui.app import make_application
from desk_app.gui.appointments.page import AppointmentsPage
from desk_app.gui.families.file_page import FamilyFilePage
from desk_app.gui.families.list_page import FamiliesPage
from desk_app.gui.shell import Shell
from desk_app.gui.widgets.overlays import Popover
from desk_app.presenters.booking import BookingPresenter
from desk_app.storage.sealing import FLOOR

NEXT_FREE = datetime(2026, 11, 26, 9, 45, tzinfo=UTC)
"""A quarter to eleven in Germany: the clock of the tests stands three minutes before."""
MOST_KEYS = 12


@pytest.fixture
def keys(
    qtbot: QtBot,
    shut_store: builders.ShutStore,
    tmp_path: Path,
    clock,
    monkeypatch: pytest.MonkeyPatch,  # type: ignore[no-untyped-def]  # the settable clock
) -> Iterator[Keyboard]:
    """Somebody at the desk of a centre that knows one family."""
    folder = tmp_path / "store"
    shutil.copytree(shut_store.folder, folder)
    desk = shut_store.open_at(folder, clock)
    desk.do(builders.store_family)
    desk.vault.close()
    create = bootstrap.create
    monkeypatch.setattr(bootstrap, "create", lambda *words, **more: create(*words, **{"kdf": FLOOR, **more}))
    _app, appearance = make_application(settings.Settings(theme="light"))
    shell = Shell(folder, appearance, clock)
    shell.resize(1366, 768)
    shell.begin()
    with qtbot.waitActive(shell):
        shell.show()
        shell.activateWindow()
    keyboard = Keyboard(shell)
    keyboard.wait(lambda: keyboard.name.startswith("Passphrase"), "the lock screen")
    keyboard.type(builders.PASSPHRASE)
    keyboard.press(Qt.Key.Key_Return)
    keyboard.wait(lambda: shell.desk_window is not None, "the desk")
    keyboard.settle()
    keyboard.presses = 0
    yield keyboard
    shell.end()
    shell.close()
    shell.deleteLater()


def shown(keys: Keyboard, kind: type[QWidget]) -> QWidget:
    window = keys.shell.desk_window
    assert window is not None
    keys.wait(lambda: isinstance(window.stack.currentWidget(), kind), kind.__name__)
    return window.stack.currentWidget()


def page_of(keys: Keyboard) -> AppointmentsPage:
    page = shown(keys, AppointmentsPage)
    assert isinstance(page, AppointmentsPage)
    keys.settle()
    return page


def booked(keys: Keyboard) -> list[AppointmentLine]:
    window = keys.shell.desk_window
    assert window is not None
    keys.settle()
    day = NEXT_FREE.date()
    return list(window._desk.do(lambda work: appointments.of_days(work, day, day))[0])


def form(keys: Keyboard) -> BookingPresenter:
    """The form of an appointment, open and with the keyboard in it."""
    page = page_of(keys)
    keys.wait(lambda: page.booking.is_open and keys.name.startswith("Familie oder Name"), "the form")
    return page.booking.popover.presenter


def closed(keys: Keyboard) -> None:
    page = page_of(keys)
    keys.wait(lambda: not page.booking.is_open, "the form to close")


def test_an_appointment_takes_twelve_keys_at_most_from_anywhere(keys: Keyboard) -> None:
    keys.press(Qt.Key.Key_2, CTRL)
    shown(keys, FamiliesPage)
    for typed in ("Haddad", "Yıldız"):
        keys.presses = 0
        keys.press(Qt.Key.Key_T, CTRL)
        form(keys)
        keys.type(typed)
        keys.press(Qt.Key.Key_Return)
        closed(keys)
        assert keys.presses <= MOST_KEYS
    known, new = sorted(booked(keys), key=lambda line: line.household is None)
    assert (known.title.removeprefix("Familie "), known.start, known.state) == ("Haddad", NEXT_FREE, "planned")
    assert known.household is not None
    assert (new.title, new.household, new.kind_name) == ("Yıldız", None, "Aufnahme")
    assert {known.seat_name, new.seat_name} == {"Platz 1", "Platz 2"}


def test_search_and_file_lead_to_one_for_the_family(keys: Keyboard) -> None:
    keys.press(Qt.Key.Key_K, CTRL)
    keys.type("Termin Haddad")
    keys.settle()
    keys.press(Qt.Key.Key_Return)
    enter_for_the_family(keys)
    keys.press(Qt.Key.Key_K, CTRL)
    keys.type("Haddad")
    keys.settle()
    keys.press(Qt.Key.Key_Return)
    shown(keys, FamilyFilePage)
    keys.settle()
    keys.press(Qt.Key.Key_T)
    enter_for_the_family(keys)
    first, second = booked(keys)
    assert first.start == NEXT_FREE
    assert first.household == second.household is not None


def enter_for_the_family(keys: Keyboard) -> None:
    presenter = form(keys)
    keys.wait(lambda: presenter.form.family is not None, "the family")
    keys.press(Qt.Key.Key_Return)
    closed(keys)


def test_the_grid_books_moves_and_takes_back_without_the_mouse(keys: Keyboard) -> None:
    keys.press(Qt.Key.Key_3, CTRL)
    page = page_of(keys)
    keys.wait(lambda: page.grid.hasFocus(), "the grid")
    keys.press(Qt.Key.Key_Return)
    form(keys)
    keys.type("Nowak")
    keys.press(Qt.Key.Key_Return)
    closed(keys)
    keys.settle()
    keys.wait(lambda: page.grid.spot is not None and page.grid.spot.id is not None, "the new appointment")
    keys.press(Qt.Key.Key_Down, CTRL, times=2)
    keys.press(Qt.Key.Key_Right, CTRL)
    keys.press(Qt.Key.Key_Return)
    keys.settle()
    moved = [line for line in booked(keys) if line.state == "planned"]
    assert [(line.start.hour, line.start.minute, line.seat_name) for line in moved] == [(10, 15, "Platz 2")]
    keys.press(Qt.Key.Key_Z, CTRL)
    keys.settle()
    assert [(line.start, line.seat_name) for line in booked(keys) if line.state == "planned"] == [
        (NEXT_FREE, "Platz 1")
    ]


def test_what_was_typed_is_there_again_after_esc_and_after_the_lock(keys: Keyboard) -> None:
    keys.press(Qt.Key.Key_T, CTRL)
    form(keys)
    keys.type("Ionescu")
    keys.press(Qt.Key.Key_Escape)
    closed(keys)
    assert booked(keys) == []
    keys.press(Qt.Key.Key_T, CTRL)
    assert form(keys).draft.typed == "Ionescu"
    keys.press(Qt.Key.Key_L, CTRL)
    keys.wait(lambda: keys.name.startswith("Passphrase"), "the lock screen")
    assert not any(popover.isVisible() for popover in keys.shell.findChildren(Popover))
    keys.type(builders.PASSPHRASE)
    keys.press(Qt.Key.Key_Return)
    keys.wait(lambda: keys.shell.desk_window is not None, "the desk")
    keys.settle()
    keys.press(Qt.Key.Key_3, CTRL)
    page = page_of(keys)
    keys.wait(lambda: page.left.isVisible(), "the way on")
    page.booking.go_on()
    assert form(keys).draft.typed == "Ionescu"
    QApplication.processEvents()
