"""The list of what all families are to be looked at again for, at the keyboard."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from builders import TODAY, StoredFamily, store_family
from helpers import press, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desk_app.casework import follow_ups, households, notes
from desk_app.casework.desk import Desk
from desk_app.gui.families.follow_ups_page import FollowUpsButton, FollowUpsPage
from desk_app.presenters.runner import InlineRunner


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


def add(desk: Desk, family: StoredFamily, words: str, due_in: int, **more: UUID) -> UUID:
    draft = follow_ups.Draft(uuid4(), family.household, words, TODAY + timedelta(days=due_in), **more)
    desk.do(lambda work: follow_ups.keep(work, draft))
    return draft.id


@pytest.fixture
def page(desk: Desk, clock, qtbot: QtBot, family: StoredFamily) -> FollowUpsPage:
    add(desk, family, "Zeugnis nachfordern", -2, person=family.child)
    add(desk, family, "Impfbuch ansehen", 3)
    add(desk, family, "für Jonas", 4, assigned_to=uuid4())
    page = FollowUpsPage(InlineRunner(desk.do, lambda changes: page.changed(changes)), clock)
    qtbot.addWidget(page)
    page.resize(1174, 768)
    with qtbot.waitExposed(page):
        page.show()
    page.rows.setFocus()
    return page


def shown(page: FollowUpsPage) -> list[str]:
    return [row.words for row in page.rows.table.rows]


def choose(page: FollowUpsPage, words: str) -> None:
    next(chip for chip in page.findChildren(QAbstractButton) if chip.text() == words).click()


def test_mine_come_first_and_each_list_shows_its_own(page: FollowUpsPage) -> None:
    assert shown(page) == ["Zeugnis nachfordern", "Impfbuch ansehen"]
    choose(page, "Alle")
    assert shown(page) == ["Zeugnis nachfordern", "Impfbuch ansehen", "für Jonas"]
    choose(page, "Überfällig")
    [row] = page.rows.table.rows
    assert (row.family, row.due, row.late) == ("Karim Haddad · Akte 2026-0001", "seit 2 Tagen", True)


def test_many_are_marked_and_ticked_by_key_and_taken_back(page: FollowUpsPage) -> None:
    press(page.rows, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.bar.isVisible()
    press(page.rows, Qt.Key.Key_E)
    assert shown(page) == []
    choose(page, "Erledigt")
    assert sorted(shown(page)) == ["Impfbuch ansehen", "Zeugnis nachfordern"]
    page.undo()
    choose(page, "Meine")
    assert len(shown(page)) == 2


def test_the_keyboard_goes_from_the_header_to_rows_that_come_later(
    desk: Desk, clock, qtbot: QtBot, page: FollowUpsPage
) -> None:
    later: list[Callable[[], None]] = []

    class Slow(InlineRunner):
        def run(self, *deed: Any) -> None:
            later.append(lambda: InlineRunner.run(self, *deed))

    fresh = FollowUpsPage(Slow(desk.do), clock)
    qtbot.addWidget(fresh)
    fresh.show()
    fresh.activateWindow()
    crumb = next(each for each in fresh.header.findChildren(QAbstractButton) if each.isVisible())
    crumb.setFocus()
    for deed in later:
        deed()
    assert fresh.rows.table.rows
    assert fresh.rows.isAncestorOf(fresh.focusWidget()) or fresh.rows is fresh.focusWidget()


def test_done_ones_are_opened_again(page: FollowUpsPage) -> None:
    press(page.rows, Qt.Key.Key_Space)
    press(page.rows, Qt.Key.Key_E)
    choose(page, "Erledigt")
    assert shown(page) == ["Zeugnis nachfordern"]
    press(page.rows, Qt.Key.Key_Space)
    assert page.done.text() == "Wieder öffnen"
    page.done.click()
    assert shown(page) == []


def test_a_period_narrows_the_list(page: FollowUpsPage) -> None:
    page.since.setFocus()
    type_text(page.since.control, "heute")
    page.since.commit()
    assert shown(page) == ["Impfbuch ansehen"]
    type_text(page.until.control, "+1")
    page.until.commit()
    assert shown(page) == []


def test_eingabe_opens_the_family(page: FollowUpsPage, family: StoredFamily) -> None:
    opened: list[UUID] = []
    page.family_chosen.connect(opened.append)
    press(page.rows, Qt.Key.Key_Return)
    assert opened == [family.household]


def test_families_without_contact_for_long_are_listed_those_moved_away_not(
    page: FollowUpsPage, desk: Desk, clock, family: StoredFamily
) -> None:
    other = desk.do(lambda work: store_family(work, "Örnek", given_name="Lina"))[0]
    gone = desk.do(lambda work: store_family(work, "Popović", given_name="Ana"))[0]
    desk.do(lambda work: households.move_away(work, gone.household, TODAY))
    clock.advance(days=80)
    call = notes.Draft(uuid4(), other.household, "Angerufen", "call", clock())
    desk.do(lambda work: notes.keep(work, call))
    clock.advance(days=20)
    choose(page, "Lange kein Kontakt")
    assert [(row.household, row.due) for row in page.rows.table.rows] == [(family.household, "seit 100 Tagen")]


def test_the_button_says_how_many_are_due(desk: Desk, family: StoredFamily, qtbot: QtBot) -> None:
    button = FollowUpsButton(InlineRunner(desk.do))
    qtbot.addWidget(button)
    button.show()
    assert button.text() == "Wiedervorlagen"
    add(desk, family, "heute", 0)
    button.hear(frozenset({"households"}))
    assert (button.text(), button.accessibleName()) == ("Wiedervorlagen 1", "1 Wiedervorlage ist fällig")
