"""Dialogs and popovers: the focus goes in, stays in, and comes back."""

from __future__ import annotations

import pytest
from helpers import press_here
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.overlays import Popover, Scrim
from desk_app.gui.widgets.progress_dialog import ProgressDialog, Step, remaining_words


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    page = QWidget()
    page.resize(900, 600)
    column = QVBoxLayout(page)
    line = QLineEdit()
    line.setObjectName("below")
    column.addWidget(line)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    line.setFocus()
    return page


def here() -> str:
    widget = QApplication.focusWidget()
    return "" if widget is None else widget.objectName()


def a_button(name: str) -> Button:
    button = Button(name)
    button.setObjectName(name)
    return button


def test_tab_stays_inside_a_dialog_and_esc_gives_the_focus_back(page: QWidget) -> None:
    dialog = Scrim(page)
    for name in ("ja", "nein"):
        dialog.body.addWidget(a_button(name))
    ended: list[bool] = []
    dialog.dismissed.connect(lambda: ended.append(True))
    dialog.open()
    assert dialog.geometry() == page.rect()
    walk = [here()]
    for _step in range(3):
        press_here(Qt.Key.Key_Tab)
        walk.append(here())
    press_here(Qt.Key.Key_Backtab)
    walk.append(here())
    assert walk == ["ja", "nein", "ja", "nein", "ja"]
    press_here(Qt.Key.Key_Escape)
    assert (here(), dialog.isVisible(), ended) == ("below", False, [True])


def test_a_dialog_covers_the_window_whatever_its_size(page: QWidget) -> None:
    dialog = Scrim(page)
    dialog.body.addWidget(a_button("ja"))
    dialog.open()
    page.resize(420, 300)
    assert dialog.geometry() == page.rect()
    assert dialog.rect().contains(dialog.panel.geometry())


def test_a_popover_opens_below_and_turns_where_there_is_no_room(page: QWidget) -> None:
    popover = Popover(page, 300)
    popover.body.addWidget(a_button("buchen"))
    popover.open_at(QRect(100, 50, 80, 30))
    assert here() == "buchen"
    assert popover.y() + 34 > 80
    popover.close_popover()
    popover.open_at(QRect(100, 560, 80, 30))
    assert popover.y() + popover.height() - 34 <= 560


def test_esc_or_a_click_beside_closes_a_popover_and_returns_the_focus(page: QWidget) -> None:
    popover = Popover(page, 300)
    popover.body.addWidget(a_button("buchen"))
    popover.open_at(QRect(100, 50, 80, 30))
    press_here(Qt.Key.Key_Escape)
    assert (popover.isVisible(), here()) == (False, "below")
    popover.open_at(QRect(100, 50, 80, 30))
    QTest.mouseClick(page, Qt.MouseButton.LeftButton, pos=QPoint(880, 590))
    assert not popover.isVisible()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, ""),
        (3, "gleich fertig"),
        (22, "noch etwa 20 Sekunden"),
        (61, "noch etwa 60 Sekunden"),
        (95, "noch etwa 2 Minuten"),
    ],
)
def test_time_is_promised_in_words(seconds: float | None, words: str) -> None:
    assert remaining_words(seconds) == words


def test_progress_tells_every_step_and_is_cancelled_once(page: QWidget) -> None:
    dialog = ProgressDialog(page, "Liste wird exportiert", "38 Anfragen", "Stick", "Es bleibt nichts zurück.")
    checked, papers = Step("Angaben geprüft", 38, 38, "done"), Step("PDF erstellen", 20, 38, "running")
    dialog.show_steps([checked, papers, Step("Ablegen")], 20)
    dialog.open(dialog.cancel_button)
    names = [line.accessibleName() for line in dialog._lines]
    assert names == [
        "Angaben geprüft, 38 von 38, erledigt",
        "PDF erstellen, 20 von 38, läuft",
        "Ablegen, noch nicht begonnen",
    ]
    assert (dialog._bar.value(), dialog._bar.maximum()) == (58, 76)
    assert dialog._remaining.text() == "38 Anfragen · noch etwa 20 Sekunden"
    ends: list[bool] = []
    dialog.cancelled.connect(lambda: ends.append(True))
    dialog.cancel_button.click()
    dialog.dismiss()
    assert ends == [True]
    assert dialog.isVisible()
    dialog.close_dialog()
    assert here() == "below"
