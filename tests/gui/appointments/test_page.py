"""The page of appointments: seen, moved with the mouse, called off, searched, and what is told when a time is taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from builders import store_family
from conftest import SettableClock
from helpers import press, press_here, type_text, wait
from interpreting import at, book, line
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.casework import appointment_setup, appointments, calendar_files, earlier_wishes
from desk_app.casework.appointment_setup import Closure, Setup
from desk_app.casework.calendar_files import Whose
from desk_app.casework.desk import Desk
from desk_app.gui import cover
from desk_app.gui.appointments import grid_blocks
from desk_app.gui.appointments.event_dialogs import CancelDialog, ReasonDialog
from desk_app.gui.appointments.page import AppointmentsPage
from desk_app.gui.worker import Worker
from desk_app.presenters.appointment_sheet import Face
from desk_app.presenters.appointments import Mode
from desk_app.presenters.choices import Choices

FRIDAY = date(2026, 11, 27)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def setup(desk: Desk) -> Setup:
    return desk.do(appointment_setup.settle)[0]


@pytest.fixture
def kaya(desk: Desk, setup: Setup) -> UUID:
    """An appointment on Friday at ten at the first desk."""
    return book(desk, at(10), name="Kaya", seat=setup.desks()[0].id, language="", interpreting="")


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, clock: SettableClock, kaya: UUID) -> Iterator[AppointmentsPage]:
    """The page on Friday, wide enough for a day only."""
    worker = Worker(desk.do)
    page = AppointmentsPage(worker, clock, Choices(clock))
    worker.changed.connect(page.changed)
    qtbot.addWidget(page)
    page.resize(1174, 768)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.presenter.go(FRIDAY)
    settle(page)
    yield page
    page.hide()
    worker.stop()
    worker.deleteLater()


def settle(page: AppointmentsPage) -> None:
    """Let everything on its way arrive."""
    runner = page.presenter._runner
    assert isinstance(runner, Worker)
    for _round in range(4):
        runner.wait()
        QApplication.processEvents()


def middle(page: AppointmentsPage, appointment: UUID) -> QPoint:
    block = page.grid.sheet.block(appointment)
    assert block is not None
    return page.grid._grid.block_area(block).center().toPoint()


def pull(page: AppointmentsPage, start: QPoint, end: QPoint) -> None:
    """Press, move and let go."""
    viewport = page.grid.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(viewport, start + QPoint(0, 20))
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)
    settle(page)


def standing(desk: Desk) -> list[appointments.AppointmentLine]:
    found = desk.do(lambda work: appointments.of_days(work, FRIDAY, FRIDAY))[0]
    return [each for each in found if each.state == "planned"]


def test_a_day_reads_aloud_and_says_what_is_free(page: AppointmentsPage) -> None:
    assert page.header.accessibleName() == "Freitag, 27. November"
    page.grid.setFocus()
    spoken = []
    for _step in range(12):
        press(page.grid, Qt.Key.Key_Down)
        spoken.append(page.grid.accessibleDescription())
    assert "9:45, Platz 1, frei bis 10:00" in spoken
    assert any(words.startswith("10:00 bis 10:45, Kaya, ") for words in spoken)
    free = [(row.words, row.length) for row in page.presenter.free_rows(3)]
    assert free[0] == ("8:30 Platz 1", "90 min")


def test_pulled_to_another_time_and_desk_it_is_moved_and_can_be_taken_back(
    page: AppointmentsPage, desk: Desk, kaya: UUID
) -> None:
    grid = page.grid._grid
    there = middle(page, kaya) + QPoint(round(grid.column), round(grid.hour))
    pull(page, middle(page, kaya), there)
    [moved] = standing(desk)
    assert (moved.start, moved.seat_name) == (at(11), "Platz 2")
    page.undo()
    settle(page)
    assert [(each.start, each.seat_name) for each in standing(desk)] == [(at(10), "Platz 1")]


def test_pulled_at_its_foot_it_becomes_longer(page: AppointmentsPage, desk: Desk, kaya: UUID) -> None:
    block = page.grid.sheet.block(kaya)
    assert block is not None
    foot = page.grid._grid.block_area(block)
    across = round(foot.center().x())
    pull(page, QPoint(across, round(foot.bottom()) - 2), QPoint(across, round(page.grid._grid.top(659))))
    assert [(each.start, each.minutes) for each in standing(desk)] == [(at(10), 60)]


def test_a_time_that_is_taken_asks_for_a_reason(page: AppointmentsPage, desk: Desk, setup: Setup, kaya: UUID) -> None:
    book(desk, at(11), name="Rahimi", seat=setup.desks()[0].id, language="", interpreting="")
    pull(page, middle(page, kaya), middle(page, kaya) + QPoint(0, round(page.grid._grid.hour)))
    dialog = page.findChild(ReasonDialog)
    assert dialog is not None
    assert [each.start for each in standing(desk)] == [at(10), at(11)]
    dialog.reason.setFocus()
    type_text(dialog.reason.control, "Geschwister")
    dialog.deed.click()
    settle(page)
    assert {(each.title, each.start, each.overbooked) for each in standing(desk)} == {
        ("Kaya", at(11), "Geschwister"), ("Rahimi", at(11), "")
    }  # fmt: skip


def test_called_off_by_the_family_it_is_gone_and_shown_on_request(
    page: AppointmentsPage, desk: Desk, kaya: UUID
) -> None:
    page.presenter.go(FRIDAY)
    settle(page)
    page._point_to(kaya)
    press(page.grid, Qt.Key.Key_Delete)
    dialog = page.findChild(CancelDialog)
    assert dialog is not None
    dialog.reason.setFocus()
    type_text(dialog.reason.control, "krank")
    press_here(Qt.Key.Key_Return)
    settle(page)
    found = line(desk, kaya)
    assert (found.state, found.reason) == ("cancelled_family", "krank")
    assert page.grid.sheet.block(kaya) is None
    assert page.side.gone.text() == "Abgesagte zeigen (1)"
    page.side.gone.click()
    assert page.grid.sheet.block(kaya) is not None


def test_the_list_finds_what_was_missed_and_cancelled(page: AppointmentsPage, desk: Desk, kaya: UUID) -> None:
    desk.do(lambda work: appointments.no_show(work, kaya))
    page.find_text()
    settle(page)
    page.agenda.search.setText("kaya")
    assert [(row.name, row.state) for row in page.agenda.presenter.shown_rows] == [("Kaya", "nicht erschienen")]
    page.agenda.search.setText("niemand")
    assert page.agenda.presenter.shown_rows == ()
    listing = page.agenda.bar.presenter.listing(page.agenda.bar.columns)
    assert [column.heading for column in listing.columns][:3] == ["Tag", "Uhrzeit", "Name"]


def test_a_week_needs_room_and_shows_each_desk_of_each_day(page: AppointmentsPage, desk: Desk) -> None:
    assert not page.header.modes.segments[1].isEnabled()
    page.resize(1728, 1000)
    QApplication.processEvents()
    page.show_mode(Mode.WEEK)
    settle(page)
    assert page.header.accessibleName() == "23. bis 27. November"
    assert len(page.grid.sheet.columns) == 5 * 3
    assert page.side.isHidden()
    page.resize(1174, 768)
    QApplication.processEvents()
    settle(page)
    assert page.grid.sheet.days == (FRIDAY,)


def test_a_closed_day_says_why_and_has_nothing_free(page: AppointmentsPage, desk: Desk, setup: Setup) -> None:
    closure = Closure(uuid4(), FRIDAY + timedelta(days=3), FRIDAY + timedelta(days=3), words="Betriebsausflug")
    desk.do(lambda work: appointment_setup.keep(work, closure))
    page.presenter.go(FRIDAY + timedelta(days=3))
    settle(page)
    assert {shade.words for column in page.grid.sheet.columns for shade in column.shut} == {"Betriebsausflug"}
    assert page.grid.sheet.gaps == ()


def test_what_a_click_on_free_time_begins_is_kept_when_one_clicks_away(page: AppointmentsPage, desk: Desk) -> None:
    desk.do(store_family)
    grid = page.grid._grid
    place = QPointF(grid.left(1) + 20, grid.top(9 * 60 + 5)).toPoint()
    QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(page)
    popover = page.booking.popover
    assert (popover.presenter.draft.start, page.grid.ghost is not None) == (at(9), True)
    name = popover.fields.name.field.control
    name.setFocus()
    type_text(name, "Osei")
    settle(page)
    QTest.mouseClick(page.header, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    settle(page)
    assert popover.isHidden()
    assert page.left.isVisible()
    page.left.go_on.emit()
    settle(page)
    wait(lambda: not popover.isHidden(), "the form")
    assert popover.presenter.draft.typed == "Osei"
    popover.cancel_form()
    settle(page)
    assert not page.left.isVisible()


def test_under_the_cover_no_block_is_a_picture_of_before(page: AppointmentsPage) -> None:
    page.grid.viewport().grab()
    before = dict(page.grid._pictures._kept)
    try:
        cover.use(lambda words: "•" * len(words))
        page.grid.viewport().grab()
        assert before
        assert not any(picture in page.grid._pictures._kept.values() for picture in before.values())
    finally:
        cover.use(None)


def test_what_the_calendar_of_a_desk_says_is_taken_is_shown_and_not_free(
    page: AppointmentsPage, desk: Desk, setup: Setup, tmp_path: Path
) -> None:
    file = tmp_path / "Kalender.ics"
    event = "BEGIN:VEVENT UID:1 DTSTART:20261127T100000Z DTEND:20261127T103000Z END:VEVENT"
    file.write_bytes(f"BEGIN:VCALENDAR VERSION:2.0 PRODID:x {event} END:VCALENDAR ".replace(" ", "\r\n").encode())
    whose = Whose(seat=setup.desks()[1].id)
    before = page.grid.viewport().grab().toImage()
    desk.do(lambda work: calendar_files.read_in(work, whose, file))
    page.refresh()
    settle(page)
    assert [column.away for column in page.grid.sheet.columns] == [(), ((660, 690),), ()]
    assert [(gap.start, gap.end) for gap in page.grid.sheet.gaps if gap.column == 1] == [(510, 660), (690, 750)]
    assert page.grid.viewport().grab().toImage() != before


def test_dialect_and_who_is_wished_for_to_interpret_are_said_in_the_form(page: AppointmentsPage, desk: Desk) -> None:
    page.booking.book_at(at(11), None, typed="Osei")
    settle(page)
    fields = page.booking.popover.fields
    fields.more.set_open(True)
    assert fields.dialect.isHidden()
    fields.interpreting.click()
    for field, words in ((fields.language, "Arabisch"), (fields.dialect, "Levantinisch"), (fields.sex, "eine Frau")):
        field.setFocus()
        type_text(field.control, words)
        press(field.control, Qt.Key.Key_Tab)
    settle(page)
    page.booking.popover.enter()
    settle(page)
    [made] = [each for each in standing(desk) if each.title == "Osei"]
    assert (made.language, made.dialect, made.interpreter_sex) == ("ar", "Levantinisch", "w")


def test_what_is_typed_stands_in_the_place_of_what_a_dialog_proposes(
    page: AppointmentsPage, desk: Desk, kaya: UUID
) -> None:
    page._point_to(kaya)
    press(page.grid, Qt.Key.Key_V)
    settle(page)
    press_text("Mo 10:00")
    press_here(Qt.Key.Key_Return)
    settle(page)
    page.presenter.go(FRIDAY + timedelta(days=3))
    settle(page)
    found = desk.do(lambda work: appointments.of_days(work, FRIDAY + timedelta(days=3), FRIDAY + timedelta(days=3)))[0]
    assert [each.title for each in found if each.state == "planned"] == ["Kaya"]


def press_text(words: str) -> None:
    here = QApplication.focusWidget()
    assert here is not None
    type_text(here, words)


def test_a_name_typed_over_a_family_takes_its_place_and_its_room(page: AppointmentsPage, desk: Desk) -> None:
    family = desk.do(store_family)[0]
    page.booking.book_at(at(11), None, family.household)
    settle(page)
    popover = page.booking.popover
    high = popover.height()
    assert popover.fields.name.field.text().startswith("Familie ")
    press_text("Osei")
    settle(page)
    assert popover.presenter.draft.typed == "Osei"
    assert popover.height() < high - 60
    content = popover._scroll.widget()
    assert content is not None
    assert popover._scroll.height() == content.sizeHint().height()


def test_no_words_of_a_block_lie_over_each_other(page: AppointmentsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    face = Face(
        uuid4(), "Mẫu Nguyễn-Dương", "13:30", "Aufnahme", "mehr", chip="Vietnamesisch offen", chip_short="offen",
        interpreting="open", missed=True, overbooked=True,
    )  # fmt: skip
    told: list[QRectF] = []
    monkeypatch.setattr(grid_blocks, "_paint_line", lambda _painter, place, *_rest: told.append(QRectF(place)))
    monkeypatch.setattr(grid_blocks, "paint_interpreting", lambda _painter, place, *_rest: told.append(QRectF(place)))
    for shown in (face, replace(face, detail="")):
        for width in range(110, 320, 15):
            for height in range(44, 200, 6):
                told.clear()
                grid_blocks.BlockPictures()._picture(shown, 0.0, width, height, 1.0)
                areas = [area.adjusted(4, 2, -4, -2) for area in told]
                assert not any(one.intersects(other) for at, one in enumerate(areas) for other in areas[:at])


def test_who_would_come_earlier_is_noted_with_f_and_told_of_when_a_time_falls_free(
    page: AppointmentsPage, desk: Desk, setup: Setup, kaya: UUID
) -> None:
    monday = FRIDAY + timedelta(days=3)
    later = book(desk, at(10, day=monday), name="Osei", seat=setup.desks()[0].id, language="", interpreting="")
    for _time in range(2):
        page.show_moment(at(10, day=monday), later)
        settle(page)
        press(page.grid, Qt.Key.Key_F)
        settle(page)
        press_here(Qt.Key.Key_Return)
        settle(page)
    [noted] = desk.do(earlier_wishes.listing)[0]
    assert (noted.wish.appointment, noted.title) == (later, "Osei")
    page.show_moment(at(10), kaya)
    settle(page)
    press(page.grid, Qt.Key.Key_Delete)
    settle(page)
    press_here(Qt.Key.Key_Return)
    settle(page)
    assert "Früher kommen kann: Osei" in page.undo_bar.accessibleName()
