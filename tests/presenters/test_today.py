"""What the page "Heute" says: lanes, waiting times, the line at its foot, and what a visit can go on with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from builders import TODAY
from the_day import Day, moment

from desk_app.casework import appointment_setup, today, users
from desk_app.casework.appointment_setup import Opening, Place, Seat
from desk_app.casework.desk import Desk
from desk_app.casework.today import Today
from desk_app.domain.roles import Role
from desk_app.domain.visit_states import ARRIVED, CANCELLED_FAMILY, COMES_BACK, DONE, IN_TALK, INTERRUPTED, NO_SHOW
from desk_app.presenters import today_lanes, today_lists
from desk_app.presenters.day_sheet_entry import read_next
from desk_app.presenters.today import TodayPresenter, _shown
from desk_app.presenters.today_blocks import Lane
from desk_app.presenters.visit_menu import menu


@pytest.fixture
def day(desk: Desk, clock) -> Day:  # type: ignore[no-untyped-def]  # the settable clock
    return Day(desk, clock).at(10)


def read(day: Day) -> Today:
    return day.desk.do(today.read)[0]


def lanes(day: Day, **how: bool) -> tuple[Lane, ...]:
    return today_lanes.lanes(read(day), day.clock(), **how).lanes


# --- lanes


def test_the_axis_holds_the_opening_hours_and_what_lies_outside_them(day: Day) -> None:
    assert today_lanes.lanes(read(day), day.clock()).span == (8 * 60, 16 * 60)
    day.book("Spät", 17, 30, overbooked="Notfall")
    assert today_lanes.lanes(read(day), day.clock()).span == (8 * 60, 19 * 60)


def test_hours_in_which_nobody_is_there_are_shaded_between_the_first_and_the_last(day: Day) -> None:
    assert [lane.shut for lane in lanes(day)] == [((750, 780),)] * 3


def test_a_day_on_which_nothing_opens_is_shaded_whole_and_said_to_be_closed(day: Day) -> None:
    day.at(10, day=date(2026, 11, 28))
    assert [lane.shut for lane in lanes(day)] == [((0, 24 * 60),)] * 3
    assert _shown(read(day), day.clock(), mine=False).words == "heute geschlossen"


def test_a_talk_that_takes_longer_grows_and_a_walk_in_ends_when_it_ended(day: Day) -> None:
    booked, guest = day.book("Haddad", 10), day.comes("Hoxha", kind=day.kind("school"))
    day.step(booked, IN_TALK)
    day.step(guest, IN_TALK, seat=2)
    day.at(10, 20).step(guest, DONE)
    day.at(11, 5)
    first, second, _third = lanes(day)
    assert [(block.start, block.end) for block in first.blocks] == [(600, 665)]
    assert [(block.start, block.end) for block in second.blocks] == [(600, 620)]


def test_who_only_waits_has_no_place_in_time(day: Day) -> None:
    day.comes("Hoxha")
    assert [lane.blocks for lane in lanes(day)] == [(), (), ()]


def test_a_talk_nobody_said_the_desk_of_has_a_lane_of_its_own(day: Day) -> None:
    day.step(day.comes("Hoxha"), IN_TALK)
    last = lanes(day)[-1]
    assert (last.title, [block.title for block in last.blocks]) == ("Ohne Platz", ["Hoxha"])


def test_away_from_the_centre_a_desk_is_shown_on_its_days_alone(day: Day) -> None:
    helper = uuid4()
    away = Place(uuid4(), "Stadtteilhaus", "Styrum", "outreach", position=2)
    seat = Seat(uuid4(), away.id, "Platz 1", user=helper, laptop=True)
    day.desk.do(lambda work: users.add(work, helper, "Petra Lindner", Role.COUNSEL))
    for row in (away, seat):
        day.desk.do(lambda work, row=row: appointment_setup.keep(work, row))
    thursdays = Opening(uuid4(), away.id, 0b1000, 9 * 60, 12 * 60)
    day.desk.do(lambda work: appointment_setup.keep_opening(work, thursdays))
    styrum = lanes(day)[-1]
    assert (styrum.title, styrum.second, styrum.laptop) == ("Styrum", "P. Lindner · Laptop", True)
    day.at(10, day=TODAY + timedelta(days=1))
    assert "Styrum" not in [lane.title for lane in lanes(day)]


def test_something_internal_without_a_desk_keeps_all_desks_of_the_place(day: Day) -> None:
    day.book("Teamrunde", 14, look="internal")
    visit = day.line(day.book("Fortbildung", 11, look="internal"))
    found = replace(read(day), lines=(replace(visit, seat=None),))
    blocks = [[block.title for block in lane.blocks] for lane in today_lanes.lanes(found, day.clock()).lanes]
    assert blocks == [["Fortbildung"]] * 3


@pytest.mark.parametrize("night", [date(2026, 3, 29), date(2026, 10, 25)])
def test_on_the_day_of_a_clock_change_visits_stand_where_the_wall_clock_is(day: Day, night: date) -> None:
    day.at(8, day=night)
    day.book("Haddad", 9, day=night, overbooked="Sonntag")
    [block] = lanes(day)[0].blocks
    assert (block.start, block.end) == (540, 585)


# --- lists


def test_how_long_somebody_waited_and_will_wait(day: Day) -> None:
    day.comes("Hoxha", language="sq", kind=day.kind("school"))
    for name in ("Zwei", "Drei", "Vier"):
        day.comes(name)
    day.at(10, 8)
    first, *_rest, last = today_lists.waiting(read(day), day.clock())
    assert (first.title, first.second, first.call) == ("Hoxha", "8 min · Nr. 1 · Albanisch · Schule", "Aufrufen")
    assert (last.fact, last.tone, last.call) == ("8 min", "text2", "")
    assert last.meta.startswith("noch ")
    assert "wartet 8 min" in last.spoken


def test_from_twenty_minutes_on_a_wait_is_amber(day: Day) -> None:
    day.comes("Hoxha")
    assert today_lists.waiting(read(day), moment(10, 19))[0].tone == "text2"
    assert today_lists.waiting(read(day), moment(10, 20))[0].tone == "warn"


def test_who_is_early_for_an_appointment_is_told_so(day: Day) -> None:
    visit = day.book("Dimitrov", 13, language="bg")
    day.step(visit, ARRIVED)
    [row] = today_lists.waiting(read(day), day.clock())
    assert (row.title, row.second) == ("Dimitrov, früher da", "0 min · Bulgarisch · Termin 13:00")
    [row] = today_lists.waiting(read(day), moment(12, 58))
    assert row.title == "Dimitrov"


def test_after_three_calls_in_vain_the_button_says_what_follows(day: Day) -> None:
    visit = day.comes("Hoxha")
    for minute in (0, 5, 10):
        day.at(10, minute).call(visit)
    now = [today_lists.waiting(read(day), moment(10, minute))[0].call for minute in (12, 15)]
    assert now == ["Beginnen", "Nicht da"]
    assert today_lists.waiting(read(day), moment(10, 12))[0].second.startswith("3. Mal aufgerufen 10:10")


def test_who_comes_back_today_stands_below_the_others(day: Day) -> None:
    paused, back = day.book("Pause", 9), day.book("Zurück", 11)
    day.step(paused, IN_TALK, INTERRUPTED)
    day.step(back, IN_TALK, COMES_BACK)
    day.comes("Hoxha")
    rows = today_lists.waiting(read(day), day.clock())
    assert [(row.title, row.fact, row.call) for row in rows[1:]] == [
        ("Pause", "unterbrochen", "Weiter"), ("Zurück", "kommt wieder", ""),
    ]  # fmt: skip


def test_the_foot_tells_of_earlier_days_first_and_of_today_once_it_is_over(day: Day) -> None:
    day.book("Haddad", 9)
    assert today_lists.foot(read(day), moment(9, 30)).words == ""
    assert today_lists.foot(read(day), moment(9, 45)).words == "Heute ist 1 Besuch noch offen"
    day.at(8, day=TODAY + timedelta(days=1))
    foot = today_lists.foot(read(day), day.clock())
    assert (foot.words, foot.day) == ("Gestern: 1 Besuch ist noch ohne Ergebnis", TODAY)
    day.at(8, day=TODAY + timedelta(days=4))
    assert today_lists.foot(read(day), day.clock()).words == "Do, 26.11.: 1 Besuch ist noch ohne Ergebnis"


# --- one visit


def test_what_follows_stands_first_and_nothing_that_cannot_follow(day: Day) -> None:
    visit = day.book("Haddad", 10)

    def words() -> list[str]:
        return [choice.words for choice in menu(day.line(visit), day.clock()).choices]

    assert words() == [
        "Eingetroffen", "Gespräch beginnen", "Nicht erschienen", "Abgesagt (Familie)", "Abgesagt (von uns)",
    ]  # fmt: skip
    day.step(visit, ARRIVED)
    assert words()[:2] == ["Aufrufen", "Gespräch beginnen"]
    day.step(visit, IN_TALK)
    assert words() == ["Erledigt", "Unterbrechen", "Kommt wieder"]
    day.step(visit, DONE)
    assert words() == ["Gespräch geht weiter", "Kommt wieder"]


def test_who_did_not_come_lately_is_told_before_they_come_again(day: Day) -> None:
    earlier = day.book("Haddad", 9)
    day.step(earlier, NO_SHOW)
    assert menu(day.line(earlier), day.clock()).warning == ""
    again = replace(day.line(earlier), missed_before=2)
    assert menu(again, day.clock()).warning == "zuletzt nicht erschienen (2-mal)"


def test_a_visit_that_was_cancelled_is_not_asked_for_a_topic(day: Day) -> None:
    visit = day.book("Haddad", 10)
    assert menu(day.line(visit), day.clock()).takes_topic
    day.step(visit, CANCELLED_FAMILY)
    assert not menu(day.line(visit), day.clock()).takes_topic


class View:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.days: list[object] = []
        self.failures: list[str] = []

    def show_day(self, day: object) -> None:
        self.days.append(day)

    def show_done(self, words: str, way_back: UUID) -> None: ...

    def show_failed(self, message: str) -> None:
        self.failures.append(message)

    def open_intake(self, household: UUID) -> None: ...


def test_a_step_another_desk_was_faster_with_is_told_and_the_day_read_again(day: Day) -> None:
    from desk_app.presenters.runner import InlineRunner

    visit, view = day.book("Haddad", 10), View()
    presenter = TodayPresenter(view, InlineRunner(day.desk.do), day.clock)
    presenter.refresh()
    day.step(visit, IN_TALK, DONE)
    presenter.step(visit, ARRIVED)
    assert view.failures[0].startswith("Dieser Besuch steht inzwischen anders.")
    line = presenter.menu(visit)
    assert line is not None
    assert line.line.state == DONE


# --- a date as it stands on paper

BEFORE = moment(9, 15, TODAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("3.12. 10:30", moment(10, 30, date(2026, 12, 3))),
        ("03.12.2026 9 Uhr", moment(9, 0, date(2026, 12, 3))),
        ("3.12.", moment(9, 15, date(2026, 12, 3))),
        ("+14 9:00", moment(9, 0, TODAY + timedelta(days=14))),
        ("29.3.2027 8:30", moment(8, 30, date(2027, 3, 29))),
        ("", None),
    ],
)
def test_day_and_time_are_read_as_people_write_them(words: str, expected: datetime | None) -> None:
    assert read_next(words, BEFORE, TODAY) == expected


@pytest.mark.parametrize("words", ["10:30", "3.12. 25:00", "irgendwann 10:00", "25.11.2026 10:00"])
def test_what_is_no_day_and_time_to_come_is_refused_with_words(words: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_next(words, BEFORE, TODAY)
