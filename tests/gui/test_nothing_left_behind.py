"""What was closed is gone, and doing the same again and again leaves no more behind than doing it once."""

from __future__ import annotations

import gc
import weakref
from collections import Counter
from collections.abc import Iterator

import pytest
from builders import store_family
from desk_windows import a_desk_window, settle
from helpers import press, wait
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desk_app.casework.desk import Desk
from desk_app.gui.intake.page import IntakePage
from desk_app.gui.main_window import DeskWindow
from desk_app.gui.open_intakes import MOST_OPEN
from desk_app.gui.theme import Appearance
from desk_app.gui.tidy import let_go
from desk_app.gui.way_back import WayBack


@pytest.fixture
def window(desk: Desk, appearance: Appearance, qtbot: QtBot) -> Iterator[DeskWindow]:
    with a_desk_window(desk, appearance, qtbot) as window:
        yield window


def clear_up(window: DeskWindow) -> None:
    """What the loop of the program does between two deeds of somebody."""
    settle(window)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # type: ignore[call-overload]  # None: all
    gc.collect()


def alive() -> Counter[str]:
    """Widgets there are, and objects of our own that hold something, by kind."""
    ours = (type(each) for each in gc.get_objects() if str(type(each).__module__).startswith("desk_app.gui"))
    return Counter(kind.__name__ for kind in ours) + Counter(type(each).__name__ for each in QApplication.allWidgets())


def test_a_finished_intake_leaves_neither_page_nor_fields(window: DeskWindow, desk: Desk) -> None:
    for name in ("Haddad", "Osei", "Demir"):
        household = desk.do(lambda work, name=name: store_family(work, name))[0].household
        window.open_intake(household)
        wait(lambda: isinstance(window.stack.currentWidget(), IntakePage), "the form")
        page = window.stack.currentWidget()
        assert isinstance(page, IntakePage)
        page.finished.emit()
        del page
    clear_up(window)
    assert not [each for each in gc.get_objects() if isinstance(each, IntakePage)]


def test_of_many_forms_those_left_longest_are_closed_and_open_again_as_they_were(
    window: DeskWindow, desk: Desk
) -> None:
    families = [desk.do(lambda work, n=n: store_family(work, f"Familie{n}"))[0].household for n in range(MOST_OPEN + 3)]
    for household in families:
        window.open_intake(household)
        wait(lambda household=household: household in window.intakes.pages, "the form")
        if household == families[0]:
            page = window.intakes.pages[household]
            page.presenter.edit(page.presenter.file.household.ref, "phone", "0208 77")
            del page
    clear_up(window)
    assert list(window.intakes.pages) == families[3:]
    there = [each for each in gc.get_objects() if isinstance(each, IntakePage)]
    assert len(there) == MOST_OPEN
    window.open_intake(families[0])
    wait(lambda: families[0] in window.intakes.pages, "the form")
    assert window.intakes.pages[families[0]].presenter.file.household.text("phone") == "0208 77"


def test_what_is_let_go_is_gone_though_the_binding_gave_it_to_something_else(qtbot: QtBot) -> None:
    class Part(QWidget):
        """One of our own kinds; the binding holds only those."""

    page = QWidget()
    qtbot.addWidget(page)
    section, neighbour = Part(page), QLineEdit(page)
    inside = Part(section)
    gone = weakref.ref(inside)
    assert neighbour.nextInFocusChain() is inside
    delete(neighbour)
    assert page.findChildren(Part) == [section, inside]
    let_go(section)
    del section, inside
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # type: ignore[call-overload]  # None: all
    assert gone() is None


@pytest.mark.long
def test_the_same_deeds_over_and_over_leave_nothing_more_behind(window: DeskWindow, desk: Desk) -> None:
    household = desk.do(store_family)[0].household

    def one_round() -> None:
        window.search()
        settle(window, 2)
        window.window().activateWindow()  # no window manager does it here
        press(QApplication.activePopupWidget() or QApplication.focusWidget() or window, Qt.Key.Key_Escape)
        window.window().activateWindow()
        window.open_family(household)
        window.open_intake(household)
        settle(window, 2)
        wait(lambda: all(page.whole for page in window.intakes.pages.values()), "the form")
        for place in ("families", "appointments", "placements", "offers", "today", "options"):
            window.go(place)
            settle(window, 1)

    for _round in range(2):
        one_round()
    clear_up(window)
    before = alive()
    for _round in range(3):
        one_round()
    clear_up(window)
    assert alive() - before == Counter()


def test_one_goes_back_the_way_one_came_without_pages_that_are_gone(qtbot: QtBot) -> None:
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    first, second, third = QWidget(), QWidget(), QWidget()
    way = WayBack(stack)
    for page in (first, second, first, third):
        stack.addWidget(page)
        way.went(page)
    stack.removeWidget(second)
    assert way.back() is first
    way.went(first)
    assert way.back() is None, "second is gone, so that first was looked at once only"
