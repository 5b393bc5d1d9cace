"""The first sign-in with a one-time passphrase: nothing of the desk before one's own is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from builders import PASSPHRASE
from helpers import press
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desk_app import bootstrap, settings
from desk_app.casework import people
from desk_app.casework.desk import Desk
from desk_app.domain.roles import Role
from desk_app.gui.app import make_application
from desk_app.gui.idle import IdleWatch, Now
from desk_app.gui.lock_window import LockWindow
from desk_app.gui.main_window import DeskWindow
from desk_app.gui.shell import Shell
from desk_app.gui.start.own_passphrase_page import OwnPassphrasePage
from desk_app.gui.worker import without_desk
from desk_app.presenters.runner import InlineRunner

OWN = "sechs Otter lesen heimlich Comics"


@pytest.fixture
def theirs(desk: Desk) -> Iterator[Desk]:
    """The desk as somebody opens it who was just added."""
    made = people.add(desk, "Jonas Adeyemi", Role.COUNSEL)
    desk.close()
    opened = bootstrap.unlock(desk.vault.folder, made.person, made.passphrase, clock=desk.clock)
    yield opened
    opened.close()


def shown(desk: Desk, opened: list[UUID], qtbot: QtBot) -> OwnPassphrasePage:
    page = OwnPassphrasePage(desk, InlineRunner(without_desk), lambda found: opened.append(found.user))
    qtbot.addWidget(page)
    page.resize(1000, 700)
    with qtbot.waitExposed(page):
        page.show()
    return page


def fill(edit: QLineEdit, words: str) -> None:
    edit.clear()
    edit.insert(words)


@pytest.mark.usefixtures("appearance")
def test_the_desk_opens_once_an_own_passphrase_is_chosen(theirs: Desk, qtbot: QtBot) -> None:
    opened: list[UUID] = []
    page = shown(theirs, opened, qtbot)
    for new, repeated in (("kurz", "kurz"), (OWN, "vertippt")):
        fill(page.new.edit, new)
        fill(page.repeated.edit, repeated)
        press(page.repeated.edit, Qt.Key.Key_Return)
        assert page.new.message() or page.repeated.message()
        assert not opened
    fill(page.repeated.edit, OWN)
    press(page.repeated.edit, Qt.Key.Key_Return)
    assert opened == [theirs.user]
    assert not theirs.must_choose_passphrase


@pytest.mark.usefixtures("appearance")
def test_who_gives_up_leaves_the_store_closed_and_the_one_time_passphrase_in_force(theirs: Desk, qtbot: QtBot) -> None:
    page = shown(theirs, [], qtbot)
    page._back.click()
    carla = next(user.id for user in bootstrap.user_entries(theirs.vault.folder) if user.id != theirs.user)
    mine = bootstrap.unlock(theirs.vault.folder, carla, PASSPHRASE, clock=theirs.clock)
    assert [each.access for each in people.everybody(mine) if not each.is_me] == [people.Access.ONE_TIME]
    mine.close()


# --- somebody walks away


@pytest.fixture
def shell(theirs: Desk, qtbot: QtBot) -> Iterator[Shell]:
    """The program once the one-time passphrase has opened the store."""
    _app, appearance = make_application(settings.Settings(theme="light"))
    shell = Shell(theirs.vault.folder, appearance, theirs.clock)
    qtbot.addWidget(shell)
    shell.show_desk(theirs)
    yield shell
    shell.end()


def nobody_comes(shell: Shell, seconds: int) -> None:
    (watch,) = [each for each in shell.findChildren(IdleWatch) if each._timer.isActive()]
    begun = watch._since
    for second in range(1, seconds + 1):
        watch._clocks = lambda passed=second: Now(begun.steady + passed, begun.wall + passed)
        watch.look()


def test_the_page_locks_like_the_desk_when_nobody_is_there(shell: Shell, theirs: Desk) -> None:
    nobody_comes(shell, 299)
    assert isinstance(shell.centralWidget(), OwnPassphrasePage)
    assert bootstrap.state(theirs.vault.folder) == "busy"
    nobody_comes(shell, 300)
    assert isinstance(shell.centralWidget(), LockWindow)
    assert bootstrap.state(theirs.vault.folder) == "ready"


def test_strg_l_locks_before_anything_of_the_desk_is_there(shell: Shell, theirs: Desk) -> None:
    page = shell.centralWidget()
    assert isinstance(page, OwnPassphrasePage)
    [key] = [each for each in page.findChildren(QShortcut) if each.key() == QKeySequence("Ctrl+L")]
    key.activated.emit()
    assert isinstance(shell.centralWidget(), LockWindow)
    assert bootstrap.state(theirs.vault.folder) == "ready"


def test_a_passphrase_that_is_being_exchanged_is_exchanged_before_it_locks(shell: Shell, theirs: Desk) -> None:
    page = shell.centralWidget()
    assert isinstance(page, OwnPassphrasePage)
    fill(page.new.edit, OWN)
    fill(page.repeated.edit, OWN)
    page._ask()
    shell.lock()
    assert isinstance(shell.centralWidget(), LockWindow)
    again = bootstrap.unlock(theirs.vault.folder, theirs.user, OWN, clock=theirs.clock)
    assert not again.must_choose_passphrase
    again.close()


def test_once_chosen_only_the_desk_counts_the_time(shell: Shell, theirs: Desk) -> None:
    page = shell.centralWidget()
    assert isinstance(page, OwnPassphrasePage)
    fill(page.new.edit, OWN)
    fill(page.repeated.edit, OWN)
    page._ask()
    shell.opening.worker().wait()
    assert isinstance(shell.desk_window, DeskWindow)
    shell.desk_window.worker.wait()
    nobody_comes(shell, 300)
    assert isinstance(shell.centralWidget(), LockWindow)
