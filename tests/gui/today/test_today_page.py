"""The page "Heute" at keyboard and mouse: the time line, who waits, what is to be done, and that it keeps up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from builders import TODAY, StoredFamily, store_family
from helpers import press, type_text
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot
from the_day import Day, moment

from desk_app.casework import appointment_setup, earlier_wishes, families, follow_ups, intake
from desk_app.casework.desk import Desk
from desk_app.casework.earlier_wishes import Wish
from desk_app.domain.records import RecordKind, Ref
from desk_app.domain.visit_states import ARRIVED, CALLED, CANCELLED_FAMILY, DONE, IN_TALK, NO_SHOW
from desk_app.gui.today.page import TodayPage
from desk_app.gui.today.visit_popover import VisitPopover
from desk_app.gui.today.walk_in_dialog import WalkInDialog
from desk_app.gui.worker import Worker
from desk_app.presenters.runner import InlineRunner


@pytest.fixture
def day(desk: Desk, clock) -> Day:  # type: ignore[no-untyped-def]  # the settable clock
    day = Day(desk, clock)
    own = replace(day.setup.desks()[0], user=desk.user)
    desk.do(lambda work: appointment_setup.keep(work, own))
    return day.at(10)


@pytest.fixture
def show(day: Day, qtbot: QtBot) -> Callable[..., TodayPage]:
    """Opens the page over the day as it is then."""

    def open_page(width: int = 1174, height: int = 768) -> TodayPage:
        page = TodayPage(InlineRunner(day.desk.do, lambda changes: page.changed(changes)), day.clock)
        qtbot.addWidget(page)
        page.resize(width, height)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        QApplication.processEvents()
        return page

    return open_page


def blocks(page: TodayPage) -> dict[str, Any]:
    return {button.block.title: button for button in page.timeline.lanes.blocks.values()}


def lanes(page: TodayPage) -> list[str]:
    return [lane.title for lane in page.timeline.lanes._lanes]


def waiting(page: TodayPage) -> list[str]:
    return [row.title for row in page.waiting.rows.values()]


def popover(page: TodayPage) -> VisitPopover:
    return next(each for each in page.findChildren(VisitPopover) if each.isVisible())


def pressed(inside: Any, words: str) -> None:
    found = [b for b in inside.findChildren(QAbstractButton) if b.text() == words and b.isVisibleTo(inside)]
    assert found, f"no {words!r} among {[b.text() for b in inside.findChildren(QAbstractButton)]}"
    found[0].click()


# --- the time line


def test_each_desk_has_a_lane_and_each_visit_its_place_in_time(day: Day, show: Callable[..., TodayPage]) -> None:
    day.book("Haddad", 9)
    day.book("Ionescu", 11, seat=2)
    page = show()
    assert lanes(page) == ["Platz 1", "Platz 2", "Platz 3"]
    first, second = blocks(page)["Haddad"], blocks(page)["Ionescu"]
    assert first.y() < second.y()
    hour = page.timeline._scale.x(660) - page.timeline._scale.x(600)
    assert first.width() == pytest.approx(0.75 * hour, abs=3)
    assert second.x() - first.x() == pytest.approx(2 * hour, abs=2)


def test_my_own_desk_alone(day: Day, show: Callable[..., TodayPage]) -> None:
    day.book("Haddad", 9)
    day.book("Ionescu", 11, seat=2)
    page = show()
    page.scope.segments[1].click()
    assert lanes(page) == ["Platz 1"]
    assert set(blocks(page)) == {"Haddad"}


def test_arrow_keys_go_from_visit_to_visit_and_only_one_is_a_tab_stop(day: Day, show: Callable[..., TodayPage]) -> None:
    for name, hour, seat in (("Kaya", 9, 1), ("Haddad", 11, 1), ("Ionescu", 11, 2)):
        day.book(name, hour, seat=seat)
    page = show()
    found = blocks(page)
    stops = [name for name, button in found.items() if button.focusPolicy() == Qt.FocusPolicy.StrongFocus]
    assert stops == ["Kaya"]
    found["Kaya"].setFocus()
    press(found["Kaya"], Qt.Key.Key_Right)
    assert found["Haddad"].hasFocus()
    press(found["Haddad"], Qt.Key.Key_Down)
    assert found["Ionescu"].hasFocus()
    press(found["Ionescu"], Qt.Key.Key_Up)
    press(found["Haddad"], Qt.Key.Key_Home)
    assert found["Kaya"].hasFocus()


def test_a_visit_is_followed_to_its_end_by_eingabe_alone(day: Day, show: Callable[..., TodayPage]) -> None:
    visit = day.book("Haddad", 10)
    page = show()
    button = blocks(page)["Haddad"]
    button.setFocus()
    for state in (ARRIVED, CALLED, IN_TALK, DONE):
        press(button, Qt.Key.Key_Return)
        here = QApplication.focusWidget()
        assert here is not None
        press(here, Qt.Key.Key_Return)
        assert day.state(visit) == state
        assert button.hasFocus(), "the focus comes back to the visit"
        day.clock.advance(minutes=1)
    assert day.line(visit).seat == day.seat(1)


def test_what_was_called_off_leaves_the_lane_and_what_was_missed_stays(
    day: Day, show: Callable[..., TodayPage]
) -> None:
    off, missed = day.book("Abgesagt", 9), day.book("Weg", 11)
    day.step(off, CANCELLED_FAMILY)
    day.step(missed, NO_SHOW)
    page = show()
    assert set(blocks(page)) == {"Weg"}
    assert blocks(page)["Weg"].block.second == "nicht da"
    assert "nicht erschienen" in blocks(page)["Weg"].accessibleName()


def test_two_at_the_same_time_share_the_lane(day: Day, show: Callable[..., TodayPage]) -> None:
    day.book("Haddad", 9)
    day.book("Rahimi", 9, 15, overbooked="dringend")
    found = blocks(show())
    assert found["Haddad"].geometry().intersected(found["Rahimi"].geometry()).isEmpty()


# --- who waits


def test_somebody_is_put_on_the_list_with_einfg_a_name_and_eingabe(day: Day, show: Callable[..., TodayPage]) -> None:
    page = show()
    page.waiting.add.setFocus()
    press(page.waiting.add, Qt.Key.Key_Insert)
    here = QApplication.focusWidget()
    type_text(here, "Frau Hoxha")
    press(here, Qt.Key.Key_Return)
    assert waiting(page) == ["Frau Hoxha"]
    [row] = page.waiting.rows.values()
    assert row.button.text() == "Aufrufen"
    assert any("Zur Warteliste: Frau Hoxha" in label.text() for label in page.undo_bar.findChildren(QLabel))
    page.undo()
    assert waiting(page) == []


def test_nothing_has_to_be_said_to_get_a_number(day: Day, show: Callable[..., TodayPage]) -> None:
    page = show()
    page.add_person()
    press(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert waiting(page) == ["Nummer 1"]


def test_who_goes_first_says_why_and_language_and_topic_are_kept(day: Day, show: Callable[..., TodayPage]) -> None:
    page = show()
    page.add_person()
    dialog = next(each for each in page.window().findChildren(WalkInDialog) if each.isVisible())
    type_text(dialog.who.name.control, "Hoxha")
    dialog.language.set_value("sq")
    pressed(dialog, "Schule")
    pressed(dialog, "sofort")
    assert dialog.reason.isVisible()
    type_text(dialog.reason.control, "Säugling")
    dialog.deed.click()
    [row] = page.waiting.rows.values()
    assert row.second == "0 min · vorrangig: Säugling · Nr. 1 · Albanisch · Schule"


def test_a_family_that_is_known_is_found_while_typing(day: Day, show: Callable[..., TodayPage]) -> None:
    family: StoredFamily = day.desk.do(store_family)[0]
    page = show()
    page.add_person()
    dialog = next(each for each in page.window().findChildren(WalkInDialog) if each.isVisible())
    type_text(dialog.who.name.control, "hadad")
    dialog.who.look()
    pressed(dialog, "Haddad · Akte 2026-0001")
    dialog.deed.click()
    [visit] = page.waiting.rows
    assert isinstance(visit, UUID)
    assert day.line(visit).household == family.household


def test_the_primary_key_calls_the_next_and_then_the_one_after(day: Day, show: Callable[..., TodayPage]) -> None:
    first, second = day.comes("Hoxha"), day.comes("Osei")
    page = show()
    page.primary()
    assert (day.state(first), day.state(second)) == (CALLED, ARRIVED)
    rows = page.waiting.rows
    assert [rows[first].button.text(), rows[second].button.text()] == ["Beginnen", "Aufrufen"]
    rows[first].button.click()
    assert day.state(first) == IN_TALK
    assert day.line(first).seat == day.seat(1), "at the desk of the one who sits here"
    assert "Hoxha" in blocks(page)


def test_a_on_a_row_calls_that_person_only_where_its_button_does(day: Day, show: Callable[..., TodayPage]) -> None:
    first, second = day.comes("Hoxha"), day.comes("Osei")
    page = show()
    press(page.waiting.rows[second], Qt.Key.Key_A)
    assert day.state(second) == ARRIVED
    press(page.waiting.rows[first], Qt.Key.Key_A)
    assert day.state(first) == CALLED


def test_a_call_too_soon_cannot_be_pressed_and_says_until_when(day: Day, show: Callable[..., TodayPage]) -> None:
    visit = day.comes("Hoxha")
    day.call(visit)
    page = show()
    page.waiting.rows[visit].click()
    again = next(button for button in popover(page).steps if button.text() == "Noch einmal aufrufen")
    assert not again.isEnabled()
    assert again.toolTip() == "Um 10:00 aufgerufen, wieder ab 10:05"


def test_waiting_time_grows_with_the_minutes_without_moving_the_focus(day: Day, show: Callable[..., TodayPage]) -> None:
    visit = day.at(10).comes("Hoxha")
    day.comes("Osei")
    page = show()
    row = page.waiting.rows[visit]
    row.setFocus()
    day.at(10, 21)
    page._tick()
    assert page.waiting.rows[visit] is row
    assert row.hasFocus()
    assert row.second.startswith("21 min")
    assert [each.fact_tone for each in page.waiting.rows.values()] == ["warn", "warn"]


def test_when_a_row_goes_the_focus_goes_to_the_one_in_its_place(day: Day, show: Callable[..., TodayPage]) -> None:
    visits = [day.comes(name) for name in ("Eins", "Zwei", "Drei")]
    page = show()
    page.waiting.rows[visits[1]].setFocus()
    page.presenter.step(visits[1], IN_TALK)
    assert page.waiting.rows[visits[2]].hasFocus()
    page.presenter.step(visits[2], IN_TALK)
    assert page.waiting.rows[visits[0]].hasFocus(), "of the last one to the one before"


def test_somebody_who_will_not_wait_gets_a_date(day: Day, show: Callable[..., TodayPage]) -> None:
    visit = day.comes("Hoxha", language="sq", kind=day.kind("school"))
    page = show()
    page.waiting.rows[visit].click()
    over = popover(page)
    pressed(over, "Termin geben")
    words = next(b.text() for b in over.findChildren(QAbstractButton) if b.text().startswith("heute · "))
    pressed(over, words)
    assert waiting(page) == []
    assert {name: button.block.second for name, button in blocks(page).items()} == {"Hoxha": "Schule"}


def test_a_walk_in_becomes_an_intake(day: Day, show: Callable[..., TodayPage]) -> None:
    visit = day.comes("Frau Hoxha")
    page = show()
    opened: list[UUID] = []
    page.intake_chosen.connect(opened.append)
    page.waiting.rows[visit].click()
    pressed(popover(page), "Aufnahme beginnen")
    file = day.desk.do(lambda work: families.load(work, opened[0]))[0]
    assert file.household.text("family_name") == "Hoxha"


def test_what_a_visit_is_about_is_said_in_its_popover(day: Day, show: Callable[..., TodayPage]) -> None:
    visit = day.comes("Hoxha")
    page = show()
    page.waiting.rows[visit].click()
    pressed(popover(page), "Angebot")
    assert day.line(visit).kind == day.kind("offer")


# --- what is to be done


def follow_up(day: Day, family: StoredFamily, words: str, due_in: int) -> UUID:
    draft = follow_ups.Draft(uuid4(), family.household, words, TODAY + timedelta(days=due_in), person=family.child)
    day.desk.do(lambda work: follow_ups.keep(work, draft))
    return draft.id


def test_follow_ups_of_the_next_days_are_ticked_with_the_space_bar(day: Day, show: Callable[..., TodayPage]) -> None:
    family = day.desk.do(store_family)[0]
    late = follow_up(day, family, "Zeugnis nachfordern", -2)
    follow_up(day, family, "Impfbuch ansehen", 3)
    follow_up(day, family, "Viel später", 30)
    page = show()
    assert [row.title for row in page.tasks.rows.values()] == ["Zeugnis nachfordern", "Impfbuch ansehen"]
    row = page.tasks.rows[late]
    assert (row.second, row.fact, row.meta) == ("Karim Haddad", "seit 2 Tagen", "fällig Di, 24.11.")
    row.setFocus()
    press(row, Qt.Key.Key_Space)
    assert [row.title for row in page.tasks.rows.values()] == ["Impfbuch ansehen"]
    page.undo()
    assert late in page.tasks.rows


def test_a_click_on_the_ring_ticks_and_beside_it_opens_the_family(day: Day, show: Callable[..., TodayPage]) -> None:
    family = day.desk.do(store_family)[0]
    task = follow_up(day, family, "Zeugnis nachfordern", 0)
    page = show()
    opened: list[tuple[object, object]] = []
    page.person_chosen.connect(lambda household, person: opened.append((household, person)))
    row = page.tasks.rows[task]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(row.width() // 2, row.height() // 2))
    assert opened == [(family.household, family.child)]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.sign_centre().toPoint())
    assert not page.tasks.rows


def test_a_request_that_lacks_something_leads_to_the_question(day: Day, show: Callable[..., TodayPage]) -> None:
    family = day.desk.do(store_family)[0]
    child = Ref(RecordKind.PERSON, family.child)
    day.desk.do(lambda work: intake.set_value(work, child, "sex", None))
    page = show()
    [row] = page.requests.rows.values()
    assert (row.title, row.second, row.fact) == ("Karim Haddad, 13", "fehlt: Geschlecht", "66 Tage")
    assert row.fact_tone == "bad"
    asked: list[Any] = []
    page.question_chosen.connect(lambda household, question: asked.append((household, question.key)))
    press(row, Qt.Key.Key_Return)
    assert asked == [(family.household, "sex")]


# --- width, foot, another day


def test_the_next_free_times_are_there_where_the_page_is_wide(day: Day, show: Callable[..., TodayPage]) -> None:
    page = show()
    assert not page.free.isVisible()
    page.resize(1728, 1000)
    QApplication.processEvents()
    assert page.free.isVisible()
    assert page.free.buttons[0].text() == "heute · 10:00 · Platz 1"
    chosen: list[Any] = []
    page.book_asked.connect(chosen.append)
    page.free.buttons[0].click()
    assert (chosen[0].start, chosen[0].seat) == (moment(10), day.seat(1))


def test_everything_fits_a_low_window(day: Day, show: Callable[..., TodayPage]) -> None:
    for seat in (1, 2, 3):
        day.book(f"Familie {seat}", 9, seat=seat)
    assert show().minimumSizeHint().height() <= 690


def test_another_day_begins_by_itself(day: Day, show: Callable[..., TodayPage]) -> None:
    day.book("Haddad", 11)
    page = show()
    assert page.header.accessibleName() == "Donnerstag, 26. November"
    day.at(0, day=TODAY + timedelta(days=1))
    page._tick()
    assert page.header.accessibleName() == "Freitag, 27. November"
    assert not blocks(page)
    assert page.foot.told.accessibleName() == "Gestern: 1 Besuch ist noch ohne Ergebnis"


def test_what_somebody_else_wrote_is_shown(day: Day, show: Callable[..., TodayPage]) -> None:
    page = show()
    day.comes("Hoxha")
    page.changed(frozenset({"appointments"}))
    assert waiting(page) == ["Hoxha"]


def test_a_page_nobody_looks_at_waits_until_somebody_does(day: Day, show: Callable[..., TodayPage]) -> None:
    page = show()
    page.hide()
    day.comes("Hoxha")
    page.changed(frozenset({"appointments"}))
    assert waiting(page) == []
    page.show()
    assert waiting(page) == ["Hoxha"]
    assert page._minute.isActive()
    page.hide()
    assert not page._minute.isActive()


def test_nothing_is_said_about_the_day_before_it_was_read(day: Day, qtbot: QtBot) -> None:
    worker = Worker(day.desk.do)
    page = TodayPage(worker, day.clock)
    qtbot.addWidget(page)
    page.show()
    cards = (page.waiting, page.tasks, page.requests)
    assert not any(card.nothing.isVisible() for card in cards)
    worker.wait()
    QApplication.processEvents()
    assert all(card.nothing.isVisible() for card in cards)
    page.hide()
    worker.stop()
    worker.deleteLater()


def test_an_empty_day_says_what_will_be_here(day: Day, show: Callable[..., TodayPage]) -> None:
    page = show()
    assert page.waiting.nothing.isVisible()
    assert page.tasks.nothing.isVisible()
    assert page.requests.nothing.isVisible()
    assert lanes(page) == ["Platz 1", "Platz 2", "Platz 3"]
    assert page._open_words.text() == "heute ist nichts vereinbart"
    day.at(9, day=date(2026, 12, 25))
    page._tick()
    assert page._open_words.text() == "Erster Weihnachtstag"


def test_whoever_has_a_date_and_would_come_earlier_is_noted_with_one_key(
    day: Day, show: Callable[..., TodayPage]
) -> None:
    visit = day.book("Haddad", 14, language="ar")
    page = show()
    blocks(page)["Haddad"].click()
    pressed(popover(page), "Möchte früher kommen")
    press(QApplication.focusWidget(), Qt.Key.Key_Return)
    [line] = day.desk.do(earlier_wishes.listing)[0]
    assert (line.wish.appointment, line.wish.language, line.held) == (visit, "ar", moment(14))
    assert page.foot.earlier.text() == "Früher kommen 1"
    blocks(page)["Haddad"].click()
    pressed(popover(page), "Möchte früher kommen")
    press(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert [again.id for again in day.desk.do(earlier_wishes.listing)[0]] == [line.id], "the wish there was is changed"


def test_who_could_come_earlier_is_offered_at_the_foot(day: Day, show: Callable[..., TodayPage]) -> None:
    day.desk.do(lambda work: earlier_wishes.keep(work, Wish(uuid4(), name="Osei", kind=day.kind("school"))))
    page = show()
    assert page.foot.earlier.text() == "Früher kommen 1"
    visit = day.book("Haddad", 14)
    day.step(visit, CANCELLED_FAMILY)
    page.refresh()
    assert page.foot.earlier.text() == "1 kann früher kommen"
