"""The lock screen: who, passphrase, and plain words when it does not fit."""

from __future__ import annotations

import pytest
from helpers import press_here, type_text
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desk_app.gui import keyboard
from desk_app.gui.lock_window import LockUser, LockWindow
from desk_app.gui.state_line import StateLine

USERS = (LockUser("c", "Carla Brandt", "zuletzt heute 7:58"), LockUser("j", "Jonas Adeyemi"))


@pytest.fixture
def lock(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> LockWindow:
    monkeypatch.setattr(keyboard, "caps_lock", lambda: None)
    window = LockWindow("Trittstein")
    window.show_users(USERS, "j")
    window.show_states([StateLine("hard-drive", "Nur auf diesem PC")])
    window.resize(1024, 700)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def asked(lock: LockWindow) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    lock.unlock_asked.connect(lambda user, passphrase: found.append((user, passphrase)))
    return found


def test_the_last_person_is_preselected_and_the_passphrase_has_the_focus(lock: LockWindow) -> None:
    assert lock.chosen() == "j"
    assert QApplication.focusWidget() is lock.passphrase.edit


def test_enter_asks_to_unlock_once(lock: LockWindow) -> None:
    found = asked(lock)
    type_text(lock.passphrase.edit, "drei Käuzchen rufen")
    press_here(Qt.Key.Key_Return)
    press_here(Qt.Key.Key_Return)
    assert found == [("j", "drei Käuzchen rufen")]


def test_a_wrong_passphrase_is_said_at_the_field_which_is_emptied(lock: LockWindow) -> None:
    found = asked(lock)
    type_text(lock.passphrase.edit, "falsch")
    press_here(Qt.Key.Key_Return)
    lock.show_wrong("Das Kennwort passt nicht.")
    assert lock.passphrase.text() == ""
    assert lock.passphrase.message() == "Das Kennwort passt nicht."
    assert lock.passphrase.edit.accessibleDescription() == "Das Kennwort passt nicht."
    type_text(lock.passphrase.edit, "richtig")
    assert lock.passphrase.message() == ""
    press_here(Qt.Key.Key_Return)
    assert found[-1] == ("j", "richtig")


def test_without_a_passphrase_nothing_is_tried(lock: LockWindow) -> None:
    found = asked(lock)
    press_here(Qt.Key.Key_Return)
    assert found == []
    assert "fehlt" in lock.passphrase.message()


def test_another_person_is_chosen_with_the_arrow_keys(lock: LockWindow) -> None:
    lock._rows[1].setFocus()
    press_here(Qt.Key.Key_Up)
    assert lock.chosen() == "c"


def test_the_passphrase_can_be_shown_and_is_hidden_again_with_the_next_try(lock: LockWindow) -> None:
    edit = lock.passphrase.edit
    assert edit.echoMode() == QLineEdit.EchoMode.Password
    lock.passphrase._reveal.click()
    assert edit.echoMode() == QLineEdit.EchoMode.Normal
    lock.passphrase.clear()
    assert edit.echoMode() == QLineEdit.EchoMode.Password


def test_caps_lock_is_noticed_by_what_it_types(lock: LockWindow) -> None:
    def type_a(letter: str, held: Qt.KeyboardModifier) -> str:
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, held, letter)
        QApplication.sendEvent(lock.passphrase.edit, key)
        return lock.passphrase.message()

    plain, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    assert type_a("A", shift) == ""
    assert type_a("A", plain) == "Die Feststelltaste ist an"
    assert type_a("a", plain) == ""


@pytest.mark.parametrize(
    ("letter", "shift", "told"),
    [
        ("A", False, True),
        ("a", True, True),
        ("a", False, False),
        ("1", True, None),
        ("ß", False, False),
        ("م", False, None),
    ],
)
def test_which_letters_give_caps_lock_away(letter: str, shift: bool, told: bool | None) -> None:
    assert keyboard.caps_lock_by(letter, shift) is told


def test_forgotten_says_for_whom(lock: LockWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(lock.forgotten) as told:
        lock._forgot.click()
    assert told.args == ["j"]


def test_a_small_window_at_large_text_still_shows_everything(lock: LockWindow) -> None:
    lock.resize(900, 560)
    lock.show_wrong("Das Kennwort passt nicht. " + "Bitte prüfen Sie die Feststelltaste. " * 3)
    area = lock._panel.rect()
    for widget in (lock.passphrase, lock._unlock, lock._forgot):
        place = widget.rect().translated(widget.mapTo(lock._panel, widget.rect().topLeft()))
        assert area.contains(place)
