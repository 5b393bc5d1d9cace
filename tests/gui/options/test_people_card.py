"""The tab "Personen" by keyboard: somebody is added, reset and removed; others look after themselves only."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from builders import PASSPHRASE
from helpers import press, type_text
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk_app.casework import people, users
from desk_app.casework.desk import Desk
from desk_app.casework.people import Access
from desk_app.domain.roles import Role
from desk_app.gui.options.people_card import PeopleCard
from desk_app.gui.options.people_dialogs import PassphraseDialog, PersonDialog, RemoveDialog, ResetDialog, SecretDialog
from desk_app.gui.store_watch import StoreWatch
from desk_app.gui.theme import Appearance
from desk_app.presenters.runner import InlineRunner
from desk_app.storage.tables import User


@pytest.fixture
def touched() -> list[str]:
    return []


@pytest.fixture
def open_card(
    desk: Desk, appearance: Appearance, touched: list[str], qtbot: QtBot
) -> Iterator[Callable[[], PeopleCard]]:
    home = QWidget()
    qtbot.addWidget(home)
    home.resize(1174, 768)
    watch = StoreWatch(desk, home)

    def made() -> PeopleCard:
        card = PeopleCard(watch, InlineRunner(desk.do, touched.extend))
        card.setParent(home)
        card.resize(1174, 768)
        with qtbot.waitExposed(home):
            home.show()
        home.activateWindow()
        settle(card)
        return card

    yield made
    watch.worker.stop()


def settle(card: PeopleCard) -> None:
    """Let the keys be worked on and what follows be read."""
    for _round in range(4):
        card._presenter._runner.wait()  # type: ignore[attr-defined]  # the watch's worker
        QApplication.processEvents()
        time.sleep(0.005)


def dialog(card: PeopleCard, kind: type) -> object:
    assert isinstance(card.dialog, kind), card.dialog
    return card.dialog


def names(card: PeopleCard) -> list[tuple[str, str]]:
    return [(line.name, line.access_words) for line in card._table.rows]


def test_somebody_is_added_by_keyboard_and_their_words_are_shown_until_they_are_safe(
    open_card: Callable[[], PeopleCard], desk: Desk, touched: list[str]
) -> None:
    card = open_card()
    press(card.rows, Qt.Key.Key_Insert)
    person = dialog(card, PersonDialog)
    assert isinstance(person, PersonDialog)
    press(person.name.control, Qt.Key.Key_Return)
    assert person.name.error() == "Hier fehlt noch der Name"
    type_text(person.name.control, "carla brandt")
    press(person.name.control, Qt.Key.Key_Return)
    assert "So heißt hier schon jemand" in person.name.error()
    type_text(person.name.control, " junior")
    person.rows[2].click()
    press(person.name.control, Qt.Key.Key_Return)
    settle(card)
    secret = dialog(card, SecretDialog)
    assert isinstance(secret, SecretDialog)
    words = secret.secret.text()
    assert len(words.split()) == 6
    secret.copy.click()
    assert QGuiApplication.clipboard().text() == words
    press(secret, Qt.Key.Key_Escape)
    assert card.dialog is secret, "the words must not be lost by a key"
    assert not secret.deed.isEnabled()
    secret.safe.control.click()
    secret.deed.click()
    assert card.dialog is None
    assert names(card) == [("Carla Brandt", "eigene Passphrase"), ("carla brandt junior", "Einmal-Passphrase")]
    assert [person.role for person in people.everybody(desk)] == [Role.LEAD, Role.RECEPTION]
    assert "users" in touched


def test_somebody_is_reset_and_removed_with_an_honest_word(open_card: Callable[[], PeopleCard], desk: Desk) -> None:
    jonas = people.add(desk, "Jonas Adeyemi", Role.COUNSEL)
    card = open_card()
    card.rows.go_to(1)
    card.reset.click()
    reset = dialog(card, ResetDialog)
    assert isinstance(reset, ResetDialog)
    reset.deed.click()
    settle(card)
    secret = dialog(card, SecretDialog)
    assert isinstance(secret, SecretDialog)
    assert secret.secret.text() != jonas.passphrase
    secret.safe.control.click()
    secret.deed.click()
    press(card.rows, Qt.Key.Key_Delete)
    remove = dialog(card, RemoveDialog)
    assert isinstance(remove, RemoveDialog)
    assert card.window().focusWidget() is remove.cancel, "the harmless way out is the first"
    remove.deed.click()
    settle(card)
    assert card.dialog is None
    assert names(card) == [("Carla Brandt", "eigene Passphrase")]
    assert "neu verschlüsselt" in card.result.accessibleName()


def test_oneself_can_neither_be_removed_nor_reset_and_is_told_why(open_card: Callable[[], PeopleCard]) -> None:
    card = open_card()
    assert not card.remove.isEnabled()
    assert card.remove.toolTip() == "Sich selbst kann niemand entfernen."
    press(card.rows, Qt.Key.Key_Delete)
    assert card.dialog is None
    assert card.result.accessibleName() == "Sich selbst kann niemand entfernen."


def test_a_wrong_old_passphrase_is_told_in_the_dialog_and_the_right_one_is_exchanged(
    open_card: Callable[[], PeopleCard], desk: Desk
) -> None:
    card = open_card()
    card.own.click()
    own = dialog(card, PassphraseDialog)
    assert isinstance(own, PassphraseDialog)
    new = "sechs Otter lesen heimlich Comics"
    for old, done in (("falsch geraten und daneben", False), (PASSPHRASE, True)):
        for field, words in ((own.old, old), (own.new, new), (own.repeated, new)):
            field.edit.setText(words)
        press(own.repeated.edit, Qt.Key.Key_Return)
        settle(card)
        assert (card.dialog is None) is done
        if not done:
            assert "passt nicht" in own.failure.accessibleName()
    desk.vault.change_passphrase(new, PASSPHRASE)


def test_who_is_not_leitung_sees_themselves_and_why(open_card: Callable[[], PeopleCard], desk: Desk) -> None:
    people.add(desk, "Jonas Adeyemi", Role.LEAD)
    with desk.vault.session() as session:
        session.get_one(User, desk.user).role = Role.RECEPTION
    card = open_card()
    assert [line.name for line in card._table.rows] == ["Carla Brandt"]
    assert card.why.text() == "Personen und Zugänge verwalten darf nur, wer die Rolle Leitung hat."
    assert all(button.isHidden() for button in (card.add, card.edit, card.reset, card.remove, card.renew))
    assert card.own.isEnabled()
    press(card.rows, Qt.Key.Key_Insert)
    assert card.dialog is None
    assert card.result.accessibleName() == card.why.text()


def test_a_person_cut_short_is_pointed_out(open_card: Callable[[], PeopleCard], desk: Desk) -> None:
    jonas = people.add(desk, "Jonas Adeyemi", Role.COUNSEL)
    desk.do(lambda work: users.remove(work, jonas.person))
    card = open_card()
    card.rows.go_to(1)
    assert card._table.rows[1].access is Access.ENDING
    assert card.remove.isEnabled()
    assert not card.reset.isEnabled()
