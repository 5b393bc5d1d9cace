from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from builders import StoredFamily, store_family
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from desk_app.casework import exports, follow_ups, intake, notes
from desk_app.casework.desk import Desk, Work
from desk_app.casework.exports import Wanted
from desk_app.domain.completeness import Question
from desk_app.domain.dates import DateSpan
from desk_app.domain.records import RecordKind, Ref
from desk_app.gui.families.file_page import FamilyFilePage
from desk_app.gui.families.person_cards import ChildCard, PersonCard
from desk_app.gui.families.side_cards import FollowUpCardRow, OpenRow
from desk_app.gui.theme import Appearance
from desk_app.presenters.runner import InlineRunner


@pytest.fixture
def page(desk: Desk, clock, qtbot: QtBot) -> FamilyFilePage:
    page = FamilyFilePage(InlineRunner(desk.do), clock)
    qtbot.addWidget(page)
    page.resize(1174, 768)
    with qtbot.waitExposed(page):
        page.show()
    return page


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


def course(page: FamilyFilePage) -> list[str]:
    model = page.timeline.entries
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def button(page: FamilyFilePage, words: str) -> QAbstractButton:
    return next(item for item in page.findChildren(QAbstractButton) if item.text() == words and item.isVisible())


def test_a_family_is_shown_with_people_course_open_things_and_master_data(
    page: FamilyFilePage, family: StoredFamily
) -> None:
    titles: list[str] = []
    page.title_changed.connect(titles.append)
    page.open(family.household)
    assert page.header.accessibleName() == "Familie Haddad"
    assert titles == ["Akte 2026-0001"], "no name goes into the title of the window"
    assert [card.text() for card in page.findChildren(PersonCard)] == ["Rana Haddad, Mutter, sorgeberechtigt"]
    assert [card.text() for card in page.findChildren(ChildCard)] == ["Karim, 13"]
    assert course(page)[0] == "November"
    assert "Aufnahme begonnen" in course(page)


def test_pressing_a_child_or_an_open_thing_leads_to_where_it_is_settled(
    page: FamilyFilePage, family: StoredFamily, desk: Desk
) -> None:
    page.open(family.household)
    requests: list[object] = []
    page.placement_chosen.connect(requests.append)
    page.findChildren(ChildCard)[0].click()
    page.findChildren(OpenRow)[0].click()
    assert requests == [family.request, family.request]
    _, changes = desk.do(lambda work: intake.set_value(work, Ref(RecordKind.PERSON, family.child), "sex", None))
    page.changed(changes)
    asked: list[tuple[object, Question]] = []
    page.question_chosen.connect(lambda household, question: asked.append((household, question)))
    [row] = [row for row in page.findChildren(OpenRow) if not row.isHidden()]
    row.setFocus()
    row.click()
    assert [(household, question.key) for household, question in asked] == [(family.household, "sex")]


def test_editing_and_going_back_are_asked_for(page: FamilyFilePage, family: StoredFamily) -> None:
    page.open(family.household)
    edits: list[object] = []
    backs: list[bool] = []
    page.edit_asked.connect(edits.append)
    page.back.connect(lambda: backs.append(True))
    button(page, "Bearbeiten").click()
    page.primary()
    button(page, "Familien").click()
    assert edits == [family.household] * 2
    assert backs == [True]


def test_a_sending_shows_at_once_and_the_filter_leaves_only_its_kind(
    page: FamilyFilePage, family: StoredFamily, desk: Desk, tmp_path: Path, clock
) -> None:
    page.open(family.household)
    clock.advance(days=1)
    _, changes = desk.do(lambda work: exports.export_requests(work, Wanted([family.request], tmp_path, xlsx=False)))
    page.changed(changes)
    assert course(page)[1] == "Schulplatzanfrage für Karim übermittelt"
    button(page, "Schulplätze").click()
    assert "Aufnahme begonnen" not in course(page)
    assert course(page)[1] == "Schulplatzanfrage für Karim übermittelt"
    button(page, "Alles").click()
    assert "Aufnahme begonnen" in course(page)


def test_a_second_family_replaces_the_first_without_leftovers(
    page: FamilyFilePage, family: StoredFamily, desk: Desk
) -> None:
    other, _ = desk.do(lambda work: store_family(work, "Örnek", given_name="Lina"))
    page.open(family.household)
    page.open(other.household)
    shown = [card.text() for card in page.findChildren(ChildCard) if not card.isHidden()]
    assert shown == ["Lina, 13"]
    assert page.header.accessibleName() == "Familie Örnek"
    assert all("Haddad" not in words for words in course(page))


def test_what_stays_on_the_page_belongs_to_the_family_now_shown(
    page: FamilyFilePage, family: StoredFamily, desk: Desk
) -> None:
    def tell_more(work: Work) -> StoredFamily:
        other = store_family(work, "Örnek", given_name="Lina")
        intake.add(work, RecordKind.PERSON, uuid4(), other.household, values={"role": "father", "given_name": "Can"})
        follow_ups.keep(work, follow_ups.Draft(uuid4(), other.household, "Nachfragen", date(2026, 11, 30)))
        return other

    other, _ = desk.do(tell_more)
    asked: list[object] = []
    page.placement_chosen.connect(asked.append)
    for shown, people, offers in ((other, 3, 1), (family, 2, 0), (other, 3, 1)):
        page.open(shown.household)
        every: list[QWidget] = [*page.findChildren(PersonCard), *page.findChildren(ChildCard)]
        cards = [card for card in every if not card.isHidden()]
        assert len(cards) == people
        rows = [row for row in page.findChildren(OpenRow) if not row.isHidden()]
        next(card for card in cards if isinstance(card, ChildCard)).click()
        rows[0].click()
        assert asked == [shown.request] * 2
        assert len([row for row in page.findChildren(FollowUpCardRow) if not row.isHidden()]) == offers
        asked.clear()


def test_the_keyboard_goes_through_open_things_in_the_order_they_stand_in(
    page: FamilyFilePage, family: StoredFamily, desk: Desk, qtbot: QtBot
) -> None:
    page.open(family.household)
    draft = follow_ups.Draft(uuid4(), family.household, "Nachfragen", date(2026, 11, 20))
    _, changes = desk.do(lambda work: follow_ups.keep(work, draft))
    page.changed(changes)
    [asked_again] = page.findChildren(FollowUpCardRow)
    [open_row] = page.findChildren(OpenRow)
    qtbot.waitUntil(lambda: asked_again.y() < open_row.y())
    assert asked_again.nextInFocusChain() is open_row


def test_of_a_long_course_the_newest_come_first_and_the_others_in_the_next_moment(
    page: FamilyFilePage, family: StoredFamily, desk: Desk, qtbot: QtBot
) -> None:
    def write(work: Work) -> None:
        for number in range(60):
            at = work.now - timedelta(days=number)
            notes.keep(work, notes.Draft(uuid4(), family.household, f"Angerufen, zum {number}. Mal", "call", at))

    desk.do(write)
    page.open(family.household)
    assert course(page)[:2] == ["November", "Anruf"]
    qtbot.waitUntil(lambda: course(page).count("Anruf") == 60)
    assert {"Oktober", "September"} <= set(course(page))
    qtbot.keyClick(page.timeline, Qt.Key.Key_End)
    assert page.timeline.currentIndex().row() == page.timeline.entries.rowCount() - 1


def test_a_file_taken_out_meanwhile_is_said(page: FamilyFilePage) -> None:
    page.open(uuid4())
    assert "inzwischen entfernt" in page._failure.accessibleName()
    assert page._failure.isVisible()


def test_arrow_keys_move_from_entry_to_entry(page: FamilyFilePage, family: StoredFamily, qtbot: QtBot) -> None:
    page.open(family.household)
    page.timeline.setFocus()
    first = page.timeline.currentIndex().row()
    qtbot.keyClick(page.timeline, Qt.Key.Key_Down)
    assert page.timeline.currentIndex().row() > first
    spoken = page.timeline.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Carla Brandt" in spoken


def test_everything_that_takes_the_focus_has_a_name(page: FamilyFilePage, family: StoredFamily) -> None:
    page.open(family.household)
    for widget in page.findChildren(QAbstractButton):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
            assert name, widget


def test_long_and_arabic_names_fit_narrow_windows_and_large_text(
    page: FamilyFilePage, family: StoredFamily, desk: Desk, appearance: Appearance
) -> None:
    child = Ref(RecordKind.PERSON, family.child)
    desk.do(lambda work: intake.set_value(work, child, "given_name", "Maximiliane-Alexandra-Theodora-" * 3))
    desk.do(lambda work: intake.set_value(work, child, "name_native_script", "كريم عبد الرحمن الأحمد"))
    page.open(family.household)
    appearance.set_scale(1.5)
    appearance.set_mode("dark")
    page.resize(860, 600)
    assert not page.grab().isNull()
    assert page.width() == 860, "nothing in the page is wider than a small window"


def test_a_file_just_begun_shows_what_is_most_urgent_and_the_rest_when_asked(
    page: FamilyFilePage, family: StoredFamily, desk: Desk
) -> None:
    for place in range(3):
        child = uuid4()
        known = {"role": "child", "given_name": f"Kind{place}", "birth_date": DateSpan.of_day(date(2015, 3, 1))}
        desk.do(
            lambda work, child=child, known=known: intake.add(
                work, RecordKind.PERSON, child, family.household, values=known
            )
        )
    page.open(family.household)
    assert len([row for row in page.findChildren(OpenRow) if not row.isHidden()]) == 5
    button(page, "Alle 13 zeigen").click()
    assert len([row for row in page.findChildren(OpenRow) if not row.isHidden()]) == 13
