"""The tab "Sicherung": nothing is shown as done before it is, and every button does what it says."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import store_family
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk_app.casework.desk import Desk
from desk_app.gui.options.backup_card import BackupCard
from desk_app.gui.state_line import StateLine
from desk_app.gui.store_watch import StoreWatch
from desk_app.presenters.backup_line import Remedy


@pytest.fixture
def watch(desk: Desk, qtbot: QtBot) -> Iterator[StoreWatch]:
    home = QWidget()
    qtbot.addWidget(home)
    watch = StoreWatch(desk, home)
    yield watch
    watch.stop()


@pytest.fixture
def card(watch: StoreWatch, qtbot: QtBot) -> BackupCard:
    card = BackupCard(watch)
    qtbot.addWidget(card)
    card.resize(1126, 640)
    with qtbot.waitExposed(card):
        card.show()
    settle(watch)
    return card


def settle(watch: StoreWatch) -> None:
    for _look in range(5):
        watch.worker.wait()
        QApplication.processEvents()
        time.sleep(0.005)


def test_a_backup_is_shown_once_it_is_proven(card: BackupCard, watch: StoreWatch, desk: Desk) -> None:
    desk.do(store_family)
    assert card.places[0].state.words.text() == "noch keine Sicherung"
    lines: list[list[StateLine]] = []
    watch.told.connect(lines.append)
    card.back_up.click()
    assert card.busy.text() == "Sichert und vergleicht …"
    assert not card.back_up.isEnabled()
    assert card.places[0].state.words.text() == "noch keine Sicherung"
    settle(watch)
    assert (card.busy.text(), card.back_up.isEnabled()) == ("", True)
    assert card.places[0].state.words.text() == "Gesichert und verglichen heute 10:42"
    assert [row.place for row in card.rows.model().rows] == ["Dieser PC"]  # type: ignore[attr-defined]  # a RowTable
    assert lines[-1][0].words == "Zweiter Ort fehlt"


def test_a_second_place_is_chosen_and_given_up(card: BackupCard, watch: StoreWatch, tmp_path: Path) -> None:
    assert card.choose.text() == "Ordner wählen …"
    assert card.give_up.isHidden()
    stick = tmp_path / "stick"
    stick.mkdir()
    watch.choose_folder = lambda _parent: stick
    card.choose.click()
    settle(watch)
    assert card.places[1].folder.text() == str(stick / "Sicherungen")
    assert "auf derselben Festplatte" in card.places[1].state.words.text()
    card.give_up.click()
    settle(watch)
    assert card.places[1].state.words.text() == "noch nicht gewählt"
    assert card.give_up.isHidden()


def test_a_folder_that_is_gone_is_said_and_nothing_changes(card: BackupCard, watch: StoreWatch, tmp_path: Path) -> None:
    watch.choose_folder = lambda _parent: tmp_path / "weg"
    card.choose.click()
    settle(watch)
    assert card.failure.isVisible()
    assert card.places[1].state.words.text() == "noch nicht gewählt"
    assert card.choose.isEnabled()


def test_the_store_is_looked_through_when_asked(card: BackupCard, watch: StoreWatch) -> None:
    card.check.click()
    assert card.busy.text() == "Prüft den ganzen Datenbestand …"
    settle(watch)
    facts = [card.facts.itemAt(place).widget().words.text() for place in range(2)]  # type: ignore[union-attr]
    assert facts[1] == "heute 10:42, ohne Befund"


def test_pressing_a_line_of_the_rail_does_what_its_tip_says(
    card: BackupCard, watch: StoreWatch, qtbot: QtBot, desk: Desk
) -> None:
    with qtbot.waitSignal(watch.show_asked):
        watch.help(Remedy.SHOW)
    watch.help(Remedy.BACK_UP)
    settle(watch)
    assert len(card.rows.model().rows) == 1  # type: ignore[attr-defined]  # a RowTable
