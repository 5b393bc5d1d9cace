"""A returned list through the real window: from the list of requests to the preview, taken over, cleared up, undone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from helpers import type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from returning import ASSIGNED, Returned, a_sent_list

from desk_app.casework import placement_list
from desk_app.casework.answer_rows import Group
from desk_app.casework.desk import Desk
from desk_app.domain.check_codes import check_code
from desk_app.gui.desk_pages import PLACEMENTS
from desk_app.gui.main_window import DeskWindow
from desk_app.gui.placements.answers_button import AnswersButton
from desk_app.gui.placements.answers_dialog import FilePassphraseDialog, NumberDialog
from desk_app.gui.placements.answers_page import AnswersPage
from desk_app.gui.placements.page import PlacementsPage
from desk_app.gui.placements.state_dialog import StateDialog
from desk_app.gui.theme import Appearance
from desk_app.gui.widgets.overlays import dismiss_veils
from desk_app.presenters.placement_steps import Draft, Part

CTRL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 20.0


@pytest.fixture
def sent(desk: Desk, tmp_path: Path) -> Returned:
    return a_sent_list(desk, tmp_path, {"Abel": "Karim", "Brandt": "Lina"})


@pytest.fixture
def window(desk: Desk, sent: Returned, appearance: Appearance, qtbot: QtBot) -> Iterator[DeskWindow]:
    window = DeskWindow(desk, appearance)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.start()
    for _round in range(20):  # what the window shows first comes from the worker
        window.worker.wait()
        QApplication.processEvents()
        time.sleep(0.01)
    window.go(PLACEMENTS)
    wait(window, lambda: isinstance(window.stack.currentWidget(), PlacementsPage))
    yield window
    window.close_desk()


def wait(window: DeskWindow, until: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < end
        window.worker.wait()
        QApplication.processEvents()
        time.sleep(0.005)


def states(desk: Desk) -> dict[str, str]:
    return {row.name: row.state for row in desk.do(placement_list.listing)[0]}


def answers_page(window: DeskWindow) -> AnswersPage:
    page = window.stack.currentWidget()
    assert isinstance(page, AnswersPage)
    return page


def press_menu(window: DeskWindow, qtbot: QtBot, down: int) -> None:
    """Open the menu of the button by keyboard and choose its entry."""
    (button,) = window.stack.currentWidget().findChildren(AnswersButton)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    wait(window, lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    for _step in range(down):
        qtbot.keyClick(button.menu_open, Qt.Key.Key_Down)
    qtbot.keyClick(button.menu_open, Qt.Key.Key_Return)
    window.activateWindow()


def test_a_returned_list_is_looked_at_taken_over_and_taken_back(
    window: DeskWindow, desk: Desk, sent: Returned, qtbot: QtBot
) -> None:
    sent.fill(1, **ASSIGNED)
    sent.fill(2, code="XXXX", school="Luisenschule", starts_on="1.12.2026")
    path = sent.save("zurück.xlsx", "andere Worte")
    window._pages.get("answers").choose_list = lambda _parent: path  # type: ignore[attr-defined]  # its page
    press_menu(window, qtbot, 1)
    page = answers_page(window)
    wait(window, lambda: isinstance(page.dialog, FilePassphraseDialog))
    assert isinstance(page.dialog, FilePassphraseDialog)
    type_text(page.dialog.words.control, "andere Worte")
    qtbot.keyClick(page.dialog.words.control, Qt.Key.Key_Return)
    wait(window, lambda: page.preview.isVisible() and page.dialog is None)
    assert [row.group for row in page.preview.table.rows] == [Group.NEW, Group.UNCLEAR]
    assert page.presenter.chosen == {0}
    page.preview.table.tick(1, on=True)  # nothing to take over there
    assert page.presenter.chosen == {0}
    assert page.preview.take.text() == "1 übernehmen"
    page.preview.rows.setFocus()
    qtbot.keyClick(page.preview.rows, Qt.Key.Key_Return, CTRL)
    wait(window, lambda: page.result.isVisible() and page.to_clear.isVisible())
    assert page.result.words.text() == "Rückmeldung zur Sendung 2026-11-26-01: 1 übernommen, 1 zu klären."
    assert states(desk) == {"Karim Abel": "assigned", "Lina Brandt": "sent"}

    page.to_clear.click()
    wait(window, lambda: bool(page.waiting.card.rows))
    page.waiting.card.rows[0].assign.click()
    dialog = page.dialog
    assert isinstance(dialog, NumberDialog)
    assert dialog.number.value() == "SP-2026-0002"
    qtbot.keyClick(dialog.number.control, Qt.Key.Key_Return)
    wait(window, lambda: isinstance(page.dialog, StateDialog))
    assert isinstance(page.dialog, StateDialog)
    assert page.dialog.draft().school == "990003"
    page.dialog.deed.click()
    wait(window, lambda: page.dialog is None and states(desk)["Lina Brandt"] == "assigned")
    page.undo()
    wait(window, lambda: states(desk)["Lina Brandt"] == "sent")
    wait(window, page.to_clear.isVisible)


def test_an_answer_by_telephone_is_entered_once_number_and_code_agree(
    window: DeskWindow, desk: Desk, sent: Returned, qtbot: QtBot
) -> None:
    press_menu(window, qtbot, 2)
    page = answers_page(window)
    dialog = page.dialog
    assert isinstance(dialog, NumberDialog)
    dialog.number.set_value("1")
    type_text(dialog.code.control, "AAAA")
    qtbot.keyClick(dialog.code.control, Qt.Key.Key_Return)
    wait(window, dialog.failure.isVisible)
    dialog.code.set_value(check_code("SP-2026-0001", "2026-11-26-01", sent.families[0].child))
    qtbot.keyClick(dialog.number.control, Qt.Key.Key_Return)
    wait(window, lambda: isinstance(page.dialog, StateDialog))
    assert isinstance(page.dialog, StateDialog)
    page.dialog.chips["waiting_list"].click()
    page.dialog.deed.click()
    wait(window, page.result.isVisible)
    assert states(desk)["Karim Abel"] == "waiting_list"


def test_an_answer_that_was_begun_is_told_when_the_desk_closes_one_only_looked_at_is_not(
    window: DeskWindow, qtbot: QtBot
) -> None:
    press_menu(window, qtbot, 2)
    page = answers_page(window)
    page.ask_answer("Karim Abel, SP-2026-0001, jetzt übermittelt", Draft("waiting_list"))
    assert isinstance(page.dialog, StateDialog)
    page.dialog.dismiss()
    assert page.lost() == ""
    page.ask_answer("Karim Abel, SP-2026-0001, jetzt übermittelt", Draft("waiting_list"))
    type_text(page.dialog.fields[Part.REASON].control, "Platz 3")
    dismiss_veils(window)
    assert window._pages.lost_steps().startswith("Nicht gespeichert: eine begonnene Rückmeldung")
    assert "Karim" not in window._pages.lost_steps()
