"""The search box over the real window, by keyboard."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from functools import partial

import pytest
from builders import StoredFamily, store_family
from helpers import press, press_here, type_text, wait
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from desk_app.casework import families
from desk_app.casework.desk import Desk
from desk_app.domain.dates import DateSpan
from desk_app.gui.desk_pages import FAMILIES
from desk_app.gui.families.file_page import FamilyFilePage
from desk_app.gui.intake.page import IntakePage
from desk_app.gui.main_window import DeskWindow
from desk_app.gui.search.palette import Palette
from desk_app.gui.theme import Appearance
from desk_app.presenters.search import Mode

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def known(desk: Desk) -> StoredFamily:
    desk.do(partial(store_family, family_name="Kovalenko", given_name="Maksym"))
    born = DateSpan.of_day(date(2015, 4, 3))
    return desk.do(partial(store_family, family_name="حداد", given_name="لينا", birth_date=born))[0]


@pytest.fixture
def window(desk: Desk, known: StoredFamily, appearance: Appearance, qtbot: QtBot) -> Iterator[DeskWindow]:
    around = QMainWindow()
    window = DeskWindow(desk, appearance)
    around.setCentralWidget(window)
    around.resize(1366, 768)
    with qtbot.waitActive(around):
        around.show()
        around.activateWindow()
    window.start()
    wait(lambda: window.stack.currentWidget() is not None, "the first page")
    window.worker.wait()
    yield window
    window.close_desk()
    around.close()
    around.deleteLater()


def key(window: DeskWindow, letter: Qt.Key) -> None:
    """A shortcut of the window."""
    action = {Qt.Key.Key_K: "search", Qt.Key.Key_N: "new_intake"}[letter]
    window._actions[action].trigger()


def box(window: DeskWindow) -> Palette:
    palette = window._search.palette
    assert palette.line.hasFocus()
    return palette


def search(window: DeskWindow, words: str) -> Palette:
    palette = box(window)
    type_text(palette.line, words)
    wait(lambda: palette.presenter.up_to_date, "the hits")
    return palette


def titles(palette: Palette) -> list[str]:
    return [line.title.replace("\u200e", "") for line in palette.list.lines()]


def current(window: DeskWindow) -> QWidget:
    page = window.stack.currentWidget()
    assert page is not None
    return page


def test_strg_k_finds_a_child_in_its_own_script_and_opens_the_file_at_it(
    window: DeskWindow, known: StoredFamily
) -> None:
    key(window, Qt.Key.Key_K)
    palette = search(window, "لينا")
    assert titles(palette)[0] == "لينا حداد, 11"
    press_here(Qt.Key.Key_Return)
    assert palette.isHidden()
    page = current(window)
    assert isinstance(page, FamilyFilePage)
    wait(lambda: [card for card in page.people._cards if card.property("pointed")], "the file")
    pointed = next(card for card in page.people._cards if card.property("pointed"))
    assert "لينا" in pointed.accessibleName()
    wait(pointed.hasFocus, "the focus on the child")


def test_escape_clears_then_closes_and_gives_the_focus_back(window: DeskWindow) -> None:
    before = QApplication.focusWidget()
    key(window, Qt.Key.Key_K)
    palette = search(window, "kov")
    press_here(Qt.Key.Key_Escape)
    assert (palette.line.text(), palette.isHidden()) == ("", False)
    press_here(Qt.Key.Key_Escape)
    assert palette.isHidden()
    assert QApplication.focusWidget() is before


def test_arrows_move_while_the_cursor_stays_and_tab_goes_to_the_actions(window: DeskWindow, desk: Desk) -> None:
    key(window, Qt.Key.Key_K)
    palette = search(window, "kovalenko")
    press_here(Qt.Key.Key_Down)
    assert palette.line.hasFocus()
    line = palette.list.chosen_line()
    assert line is not None
    assert line.title.startswith("Maksym")
    press_here(Qt.Key.Key_Tab)
    line = palette.list.chosen_line()
    assert line is not None
    assert line.title.startswith("Angaben ändern")
    press_here(Qt.Key.Key_Return)
    wait(lambda: isinstance(current(window), IntakePage), "the form")
    assert "Kovalenko" in current(window).title()  # type: ignore[attr-defined]  # the intake


def test_typing_paints_nothing_of_the_page_behind(window: DeskWindow) -> None:
    key(window, Qt.Key.Key_K)
    palette = search(window, "kova")
    wait(lambda: not palette._typing, "a pause")
    QApplication.processEvents()
    before = titles(palette)
    paints = Paints(current(window))
    type_text(palette.line, "l")
    wait(lambda: titles(palette) != before, "the hits")
    QApplication.processEvents()
    assert paints.count == 0


def test_the_box_keeps_its_height_while_somebody_types_and_fits_its_hits_afterwards(window: DeskWindow) -> None:
    key(window, Qt.Key.Key_K)
    palette = search(window, "k")
    before = palette.list.height()
    type_text(palette.line, "ovalenko")
    wait(lambda: palette.presenter.up_to_date, "the hits")
    assert palette.list.content_height() < palette.list.height() == before
    wait(lambda: palette.list.height() == palette.list.content_height(), "the box to fit")


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_a_command_is_found_by_name_and_done(window: DeskWindow) -> None:
    key(window, Qt.Key.Key_K)
    search(window, ">schul")
    press_here(Qt.Key.Key_Return)
    assert window._pages.place_of(current(window)) == "placements"


def test_the_box_in_the_header_of_each_page_opens_the_search(window: DeskWindow) -> None:
    for place in (FAMILIES, "placements", "options"):
        window.go(place)
        header = current(window).header  # type: ignore[attr-defined]  # every page has one
        header.search_button.click()
        assert not box(window).isHidden()
        press_here(Qt.Key.Key_Escape)


def test_an_intake_looks_first_and_takes_over_what_was_typed_in_ways_that_can_be_taken_back(
    window: DeskWindow, desk: Desk
) -> None:
    key(window, Qt.Key.Key_N)
    palette = box(window)
    assert palette.presenter.mode is Mode.INTAKE
    search(window, "Yılmaz Elif 3.4.15 0176 0000000")
    press(palette.line, Qt.Key.Key_Return, CTRL)
    wait(lambda: isinstance(current(window), IntakePage), "the form")
    page = current(window)
    assert isinstance(page, IntakePage)
    window.worker.wait()
    household = page.presenter.file.household.id
    kept = desk.do(lambda work: families.load(work, household))[0]
    child = kept.children[0]
    assert (kept.household.text("family_name"), kept.household.text("phone")) == ("Yılmaz", "0176 0000000")
    assert (child.text("given_name"), child.span("birth_date")) == ("Elif", DateSpan.of_day(date(2015, 4, 3)))
    page.undo()
    window.worker.wait()
    assert desk.do(lambda work: families.load(work, household))[0].persons == ()
    page.undo()
    window.worker.wait()
    kept = desk.do(lambda work: families.load(work, household))[0]
    assert (kept.household.text("family_name"), kept.household.text("phone")) == ("Yılmaz", "")


@pytest.mark.parametrize("keys", ["enter", "strg_n"])
def test_an_intake_without_a_word_begins_at_once(window: DeskWindow, keys: str) -> None:
    key(window, Qt.Key.Key_N)
    if keys == "enter":
        press_here(Qt.Key.Key_Return)
    else:
        press(box(window).line, Qt.Key.Key_N, CTRL)
    wait(lambda: isinstance(current(window), IntakePage), "the form")
    assert current(window).title() == "Neue Aufnahme"  # type: ignore[attr-defined]  # the intake


def test_what_is_typed_arrives_in_order_while_the_store_is_busy(window: DeskWindow) -> None:
    key(window, Qt.Key.Key_K)
    palette = box(window)
    window.worker.run(lambda work: time.sleep(0.2), lambda _nothing: None, window.tell_failed)
    type_text(palette.line, "kovalenko")
    assert palette.line.text() == "kovalenko"
    assert not palette.presenter.up_to_date
    press_here(Qt.Key.Key_Return)
    assert not palette.isHidden()
    wait(palette.isHidden, "the hit that Eingabe waited for")
    assert isinstance(current(window), FamilyFilePage)


def test_a_possible_duplicate_shows_beside_the_form_and_stays_away_once_told_apart(
    window: DeskWindow, known: StoredFamily
) -> None:
    window.new_intake("Haddad Lina 3.4.15")
    wait(lambda: isinstance(current(window), IntakePage), "the form")
    page = current(window)
    assert isinstance(page, IntakePage)
    panel = page.body.assistance.duplicates
    wait(panel.cards, "the card")
    card = panel.cards()[0]
    assert card.doubt.other == known.child
    assert panel.isVisible()
    card.apart_asked.emit()
    wait(lambda: not panel.cards(), "the card to go")
    assert len(panel._shown[1]) == 1
    page.presenter.edit(page.presenter.file.children[0].ref, "sex", "w")
    window.worker.wait()
    panel.look_now()
    window.worker.wait()
    assert panel.cards() == []
    panel._presenter.take_back(panel._shown[1][0])  # type: ignore[union-attr]  # it watches
    wait(panel.cards, "the card to come back")
    panel.cards()[0].file_asked.emit()
    assert isinstance(current(window), FamilyFilePage)
