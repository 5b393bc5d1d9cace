from typing import Any

import pytest
from builders import store_family
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk_app.casework import families
from desk_app.casework.desk import Desk
from desk_app.gui.families.list_page import FamiliesPage
from desk_app.presenters import families as presenters_families
from desk_app.presenters import family_lines
from desk_app.presenters.runner import InlineRunner


@pytest.fixture
def page(desk: Desk, clock, qtbot: QtBot) -> FamiliesPage:
    page = FamiliesPage(InlineRunner(desk.do), clock)
    qtbot.addWidget(page)
    page.resize(1174, 768)
    return page


def fill(desk: Desk, clock) -> None:
    for name in ("Çelik", "Örnek", "Haddad"):
        desk.do(lambda work, name=name: store_family(work, name))
        clock.advance(minutes=5)


def names(page: FamiliesPage) -> list[str]:
    return [line.name for line in page.rows.table.rows]


def show(page: FamiliesPage, qtbot: QtBot) -> None:
    with qtbot.waitExposed(page):
        page.show()


def buttons(page: FamiliesPage) -> dict[str, QPushButton]:
    return {button.text(): button for button in page.findChildren(QPushButton) if button.isVisible()}


def test_the_keyboard_filters_moves_jumps_and_opens(page: FamiliesPage, desk: Desk, clock, qtbot: QtBot) -> None:
    fill(desk, clock)
    show(page, qtbot)
    assert names(page) == ["Haddad", "Örnek", "Çelik"]
    page.rows.setFocus()
    qtbot.keyClick(page.rows, Qt.Key.Key_End)
    assert page.rows.current_row().name == "Çelik"
    qtbot.keyClick(page.rows, Qt.Key.Key_Home)
    page.rows.keyboardSearch("ö")
    chosen: list[object] = []
    page.family_chosen.connect(chosen.append)
    qtbot.keyClick(page.rows, Qt.Key.Key_Return)
    wanted = desk.do(lambda work: families.listing(work, "Örnek"))[0][0].id
    assert chosen == [wanted]
    page.focus_search()
    qtbot.keyClicks(page.search, "celik")
    assert names(page) == ["Çelik"]
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert len(chosen) == 2
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    assert page.rows.hasFocus()


class Held:
    """Keeps reading waiting while ``holds``, as a busy worker does."""

    def __init__(self, desk: Desk) -> None:
        self._inline = InlineRunner(desk.do)
        self._waiting: list[tuple[Any, ...]] = []
        self.holds = False

    def run(self, *deed: Any) -> None:
        if self.holds:
            self._waiting.append(deed)
        else:
            self._inline.run(*deed)

    def let_go_one(self) -> None:
        self._inline.run(*self._waiting.pop(0))

    def let_go(self) -> None:
        self.holds = False
        while self._waiting:
            self.let_go_one()


def test_a_row_that_is_not_read_yet_says_so_and_opens_once_it_is(
    desk: Desk, clock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (family_lines, presenters_families):
        monkeypatch.setattr(module, "PAGE", 1)
    fill(desk, clock)
    runner = Held(desk)
    page = FamiliesPage(runner, clock)
    qtbot.addWidget(page)
    runner.holds = True
    page.refresh()
    runner.let_go_one()
    show(page, qtbot)
    assert page.rows.table.row_words(2) == "wird geladen"
    assert page.rows.table.index(2, 0).data() == "…"
    chosen: list[object] = []
    page.family_chosen.connect(chosen.append)
    page.rows.go_to(2)
    qtbot.keyClick(page.rows, Qt.Key.Key_Return)
    assert chosen == []
    runner.let_go()
    assert page.rows.table.row_words(2).startswith("Çelik")
    assert chosen == [desk.do(lambda work: families.listing(work, "Çelik"))[0][0].id]


def test_a_new_family_arrives_while_the_keyboard_stays_on_its_row(
    page: FamiliesPage, desk: Desk, clock, qtbot: QtBot
) -> None:
    fill(desk, clock)
    show(page, qtbot)
    page.rows.go_to(1)
    _, changes = desk.do(lambda work: store_family(work, "Zeman"))
    page.changed(changes)
    assert names(page)[0] == "Zeman"
    assert page.rows.current_row().name == "Örnek"


def test_a_hidden_page_reads_again_only_when_it_is_shown(page: FamiliesPage, desk: Desk, clock, qtbot: QtBot) -> None:
    show(page, qtbot)
    page.hide()
    _, changes = desk.do(store_family)
    page.changed(changes)
    assert names(page) == []
    show(page, qtbot)
    assert names(page) == ["Haddad"]


def test_an_empty_store_says_how_the_first_family_comes_to_be(page: FamiliesPage, qtbot: QtBot) -> None:
    show(page, qtbot)
    asked: list[str] = []
    page.new_intake.connect(asked.append)
    buttons(page)["Neue Aufnahme"].click()
    assert asked == [""]


def test_without_a_hit_the_page_offers_an_intake_under_that_name(
    page: FamiliesPage, desk: Desk, clock, qtbot: QtBot
) -> None:
    fill(desk, clock)
    show(page, qtbot)
    page.focus_search()
    qtbot.keyClicks(page.search, "Kovalenko")
    asked: list[str] = []
    page.new_intake.connect(asked.append)
    shown = buttons(page)
    assert "Neue Aufnahme mit „Kovalenko“" in shown
    shown["Neue Aufnahme mit „Kovalenko“"].click()
    assert asked == ["Kovalenko"]
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert len(names(page)) == 3


def test_a_click_on_a_heading_sorts(page: FamiliesPage, desk: Desk, clock, qtbot: QtBot) -> None:
    fill(desk, clock)
    show(page, qtbot)
    page.rows.head.sort_asked.emit("name")
    assert names(page) == ["Çelik", "Haddad", "Örnek"]


def test_each_row_is_read_aloud_as_a_sentence(page: FamiliesPage, desk: Desk, clock, qtbot: QtBot) -> None:
    fill(desk, clock)
    show(page, qtbot)
    words = page.rows.table.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words.startswith("Haddad, Akte 2026-0003, 1 erwachsene Person, 1 Kind, in Aufnahme")
    for control in (page.rows, page.search, *buttons(page).values()):
        interface = QAccessible.queryAccessibleInterface(control)
        assert interface.text(QAccessible.Text.Name)


def test_an_arabic_and_a_very_long_name_are_shown_whole_to_who_listens(
    page: FamiliesPage, desk: Desk, clock, qtbot: QtBot
) -> None:
    for name in ("الأحمد", "Wolfeschlegelsteinhausenbergerdorff-" * 4 + "Ende"):
        desk.do(lambda work, name=name: store_family(work, name))
        clock.advance(minutes=1)
    show(page, qtbot)
    assert not page.grab().isNull()
    assert page.rows.table.row_words(0).split(",")[0].endswith("Ende")
    assert page.rows.table.row_words(1).startswith("الأحمد")


def test_the_ways_not_taken_every_day_stand_in_one_menu_and_go_by_key(page: FamiliesPage, qtbot: QtBot) -> None:
    show(page, qtbot)
    went: list[str] = []
    page.duplicates_asked.connect(lambda: went.append("duplicates"))
    page.old_list_asked.connect(lambda path: went.append(f"old lists {path}"))
    page.steps_asked.connect(lambda: went.append("steps"))
    page.follow_ups_asked.connect(lambda: went.append("follow-ups"))
    page.follow_ups.click()
    page.more.setFocus()
    qtbot.keyClick(page.more, Qt.Key.Key_Space)
    assert page.more.ways.activeAction() is page.more.ways.actions()[0]
    qtbot.keyClick(page.more.ways, Qt.Key.Key_Return)
    for action in page.more.ways.actions()[1:]:
        action.trigger()
    assert went == ["follow-ups", "duplicates", "old lists None", "steps"]


def test_everything_in_the_header_is_whole_beside_each_other(page: FamiliesPage, desk: Desk, clock, qtbot) -> None:
    fill(desk, clock)
    show(page, qtbot)
    header = page.header
    seen = sorted((each for each in header.findChildren(QPushButton) if each.isVisible()), key=lambda each: each.x())
    assert [each.text() for each in seen if each.text()][-2:] == ["Wiedervorlagen", "Mehr"]
    for each in seen[1:]:
        assert each.width() >= each.sizeHint().width()
    assert header.search_button.width() >= header.search_button.sizeHint().width() // 2
    assert seen[-1].geometry().right() <= header.width()
