"""The page "Schullaufbahnberatung" in the real window, reached from the list of requests."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from builders import ShutStore, StoredFamily, store_family
from conftest import SettableClock
from helpers import press, wait
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk_app.casework import transitions
from desk_app.casework.desk import Desk
from desk_app.casework.transitions import Draft
from desk_app.domain.dates import DateSpan
from desk_app.gui.desk_pages import PLACEMENTS, TRANSITIONS
from desk_app.gui.placements.transitions_page import TransitionsButton, TransitionsPage
from desk_app.presenters.runner import InlineRunner


@pytest.fixture
def families(desk: Desk) -> tuple[StoredFamily, StoredFamily]:
    """One child that is advised, and one in class 4 that is not."""
    advised = desk.do(store_family)[0]
    born = DateSpan.of_day(date(2017, 2, 2))
    due = desk.do(lambda work: store_family(work, "Kovalenko", given_name="Olena", birth_date=born))[0]
    values = {"kind": "form_change", "school_year": "2027/28", "recommended_form": "15", "wished_school": "189111"}
    draft = Draft(uuid4(), advised.household, advised.child, values)
    desk.do(lambda work: transitions.keep(work, draft))
    return advised, due


@pytest.fixture
def page(desk: Desk, clock: SettableClock, qtbot: QtBot, families: tuple[StoredFamily, StoredFamily]):
    page = TransitionsPage(InlineRunner(desk.do, lambda changes: page.changed(changes)), clock)
    qtbot.addWidget(page)
    page.resize(1174, 690)
    with qtbot.waitExposed(page):
        page.show()
    return page


def names(page: TransitionsPage) -> list[str]:
    return [row.name for row in page.rows.table.rows]


def test_each_list_shows_its_children(page: TransitionsPage) -> None:
    assert names(page) == ["Karim Haddad"]
    due = page.lists.button(1)
    assert due.text() == "Noch ohne Beratung 1"
    due.click()
    assert [(row.name, row.grade, row.outcome) for row in page.rows.table.rows] == [
        ("Olena Kovalenko", "4", "noch ohne Beratung")
    ]
    page.lists.button(2).click()
    assert names(page) == []
    assert not page._nothing.isHidden()
    page.lists.button(3).click()
    assert names(page) == ["Karim Haddad"]


def test_enter_opens_the_family_at_the_child(
    page: TransitionsPage, qtbot: QtBot, families: tuple[StoredFamily, StoredFamily]
) -> None:
    page.lists.button(1).click()
    page.rows.go_to(0)
    with qtbot.waitSignal(page.family_chosen) as opened:
        press(page.rows, Qt.Key.Key_Return)
    assert opened.args == [families[1].household, families[1].child]


def test_the_list_goes_out_as_it_is_shown(page: TransitionsPage, tmp_path: Path) -> None:
    listing = page.list_bar.presenter.listing(page.list_bar.columns)
    assert listing.title == "Schullaufbahnberatung"
    assert listing.rows[0]["name"] == "Karim Haddad"
    assert listing.rows[0]["recommended_form"] == "Gesamtschule"
    assert "Zum nächsten Schuljahr" in listing.context[0]


def test_the_way_there_is_above_the_list_of_requests(
    open_shell: Callable, shut_store: ShutStore, store: Path, clock: SettableClock
) -> None:
    desk = shut_store.open_at(store, clock)
    desk.do(store_family)
    shell = open_shell(store)
    shell.show_desk(desk)
    window = shell.desk_window
    window.go(PLACEMENTS)
    window.worker.wait()
    button = window._pages.get(PLACEMENTS).findChild(TransitionsButton)
    assert button is not None
    button.click()
    page = window._pages.get(TRANSITIONS)
    assert window.stack.currentWidget() is page
    assert window._pages.place_of(page) == PLACEMENTS
    window.worker.wait()
    wait(lambda: page.lists.button(1).text() == "Noch ohne Beratung")
    page.back.emit()
    assert window.stack.currentWidget() is window._pages.get(PLACEMENTS)
