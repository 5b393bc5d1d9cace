"""How opening hours read and are read, and what saving other hours tells about what is booked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from builders import TODAY

from desk_app.casework import appointment_setup, appointments
from desk_app.casework.appointment_setup import Closure, Kind, Opening, Place, Seat, Setup
from desk_app.casework.appointments import Booking
from desk_app.casework.desk import Desk
from desk_app.domain.errors import RecordGone
from desk_app.presenters.appointment_setup import AppointmentSetupPresenter, SetupSheet, faults
from desk_app.presenters.appointment_setup_words import (
    RHYTHMS,
    closure_words,
    hours_words,
    parts_of_rhythm,
    read_minute,
    rhythm_of,
    rule_words,
    weekdays_words,
)
from desk_app.presenters.runner import InlineRunner

WEEK = 0b11111
HERE = uuid4()


def opening(**known) -> Opening:
    return replace(Opening(uuid4(), HERE, WEEK, 510, 750), **known)


@pytest.mark.parametrize(
    ("mask", "words"),
    [(0b1111, "Mo–Do"), (0b10001, "Mo, Fr"), (0b11, "Mo, Di"), (0b1100000, "Sa, So"), (0b1111111, "Mo–So"), (0, "")],
)
def test_days_in_a_row_are_drawn_together(mask: int, words: str) -> None:
    assert weekdays_words(mask) == words


@pytest.mark.parametrize(
    ("typed", "minute"),
    [("8:30", 510), ("8.30", 510), ("830", 510), ("1230", 750), ("8", 480), ("8 Uhr", 480), ("24:00", 1440)],
)
def test_a_time_is_read_as_people_write_it(typed: str, minute: int) -> None:
    assert read_minute(typed) == minute


@pytest.mark.parametrize("typed", ["früh", "25", "8:75", "24:30", "-1", "83"])
def test_what_is_no_time_says_how_one_looks(typed: str) -> None:
    with pytest.raises(ValueError, match="zum Beispiel 8:30"):
        read_minute(typed)


def test_hours_read_as_they_hold() -> None:
    rule = opening(walk_in=True, every_weeks=2, school_holidays="no", seats=2, valid_from=date(2026, 11, 2))
    assert hours_words(rule) == "Mo–Fr 8:30–12:30"
    assert rule_words(rule, "Styrum") == (
        "offene Sprechstunde · alle 2 Wochen · nicht in den Schulferien · 2 Plätze zugleich · ab 02.11.2026 · Styrum"
    )
    assert rule_words(opening(week_of_month=5), "") == "am letzten im Monat"


@pytest.mark.parametrize("key", [key for key, _words in RHYTHMS])
def test_how_often_hours_come_is_what_was_chosen(key: str) -> None:
    assert rhythm_of(replace(opening(every_weeks=7, week_of_month=2), **parts_of_rhythm(key))) == key


def test_closed_hours_of_a_day_are_told() -> None:
    afternoon = Closure(uuid4(), TODAY, TODAY, opens=720, words="Betriebsversammlung")
    assert closure_words(afternoon, "") == ("26.11.2026, 12:00–24:00", "Betriebsversammlung")


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        (Place(uuid4(), " "), {"name"}),
        (Kind(uuid4(), "", "intake", 0), {"name", "minutes"}),
        (Seat(uuid4(), HERE, "Platz 4"), set()),
        (opening(weekdays=0), {"weekdays"}),
        (opening(opens=750), {"closes"}),
        (opening(valid_from=TODAY, valid_to=date(2026, 11, 25)), {"valid_to"}),
        # Thursday and Friday only
        (opening(weekdays=1, valid_from=TODAY, valid_to=date(2026, 11, 27)), {"weekdays"}),
        (opening(weekdays=0b1000, valid_from=TODAY, valid_to=date(2026, 11, 27)), set()),
        # a special date on Christmas Day has to be one
        (opening(valid_from=date(2026, 12, 25), valid_to=date(2026, 12, 25)), {"weekdays"}),
        (opening(valid_from=date(2026, 12, 25), valid_to=date(2026, 12, 25), despite_holiday=True), set()),
        (Closure(uuid4(), TODAY, date(2026, 11, 25)), {"last"}),
        (Closure(uuid4(), TODAY, TODAY, opens=600, closes=600), {"closes"}),
    ],
)
def test_what_keeps_a_row_from_being_kept(row, fields: set[str]) -> None:
    assert set(faults(row)) == fields
    assert all(faults(row).values())


# --- at the desk


class View:
    sheet: SetupSheet
    chosen: UUID | None = None
    said: tuple[str, bool] = ("", False)
    failed = ""

    def show_setup(self, sheet: SetupSheet, chosen: UUID | None) -> None:
        self.sheet, self.chosen = sheet, chosen

    def show_done(self, words: str, *, undo: bool) -> None:
        self.said = words, undo

    def show_failed(self, message: str) -> None:
        self.failed = message


@pytest.fixture
def view() -> View:
    return View()


@pytest.fixture
def presenter(desk: Desk, view: View) -> AppointmentSetupPresenter:
    presenter = AppointmentSetupPresenter(view, InlineRunner(desk.do))
    presenter.load()
    return presenter


def the_hours(setup: Setup, weekdays: int, opens: int) -> Opening:
    return next(row for row in setup.openings if (row.weekdays, row.opens) == (weekdays, opens))


def test_a_new_centre_sees_what_most_begin_with(presenter: AppointmentSetupPresenter, view: View) -> None:
    sections = view.sheet.sections
    assert [line.title for line in sections[Place]] == ["Kommunales Integrationszentrum"]
    assert [line.title for line in sections[Seat]] == ["Platz 1", "Platz 2", "Platz 3"]
    assert [line.spoken for line in sections[Kind]] == [
        "Aufnahme, 60 min", "Schule, 45 min", "Angebot, 45 min", "Folgetermin, 45 min", "Intern, 60 min"
    ]  # fmt: skip
    assert [line.title for line in sections[Opening]] == ["Mo–Do 8:30–12:30", "Mo–Do 13:00–16:00", "Fr 8:30–12:30"]


def test_holidays_are_listed_for_information(presenter: AppointmentSetupPresenter, view: View) -> None:
    assert ("Fr, 25.12.2026", "Erster Weihnachtstag") in view.sheet.holidays
    assert any(name == "Weihnachtsferien" for _when, name in view.sheet.holidays)


def test_other_hours_list_what_is_booked_outside_of_them_and_delete_nothing(
    presenter: AppointmentSetupPresenter, view: View, desk: Desk
) -> None:
    setup = desk.do(appointment_setup.settle)[0]
    start = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
    made = desk.do(lambda work: appointments.book(work, Booking(uuid4(), start, name="Osei")))[0]
    presenter.keep(replace(the_hours(setup, 0b1111, 780), closes=900))
    [conflict] = view.sheet.conflicts
    assert (conflict.appointment, conflict.spoken) == (
        made, "Mo, 30.11.2026, 15:00, Osei · Platz 1, außerhalb der Öffnungszeit"
    )  # fmt: skip
    assert view.said == ("1 Termin passt nicht mehr. Er bleibt gebucht, bis Sie ihn verlegen.", True)
    assert [line.state for line in desk.do(lambda work: appointments.of_ids(work, [made]))[0]] == ["planned"]
    presenter.undo()
    assert view.sheet.conflicts == ()
    assert the_hours(view.sheet.setup, 0b1111, 780).closes == 960
    presenter.undo()
    assert view.failed == ""


def test_what_held_before_stands_below_as_history(presenter: AppointmentSetupPresenter, view: View, desk: Desk) -> None:
    friday = the_hours(desk.do(appointment_setup.settle)[0], 0b10000, 510)
    presenter.keep(replace(friday, closes=720))
    lines = view.sheet.sections[Opening]
    assert [(line.title, line.second, line.over) for line in lines if line.title.startswith("Fr")] == [
        ("Fr 8:30–12:00", "ab 26.11.2026", False),
        ("Fr 8:30–12:30", "bis 25.11.2026", True),
    ]
    assert view.chosen == lines[-2].row.id, "what goes on is what is edited"


def test_with_two_places_each_row_says_which(presenter: AppointmentSetupPresenter, view: View) -> None:
    styrum = Place(uuid4(), "Bürgerhaus Styrum", "Styrum", "outreach", position=1)
    presenter.keep(styrum)
    presenter.keep(Seat(uuid4(), styrum.id, "Styrum", laptop=True))
    assert view.sheet.sections[Seat][-1].second == "Styrum · Laptop"


def test_what_was_taken_out_comes_back_and_what_is_gone_is_said(
    presenter: AppointmentSetupPresenter, view: View, desk: Desk
) -> None:
    closed = Closure(uuid4(), TODAY, TODAY, words="Umzug")
    presenter.keep(closed)
    presenter.remove(closed)
    assert view.said == ("Herausgenommen. Was gebucht ist, bleibt gebucht.", True)
    presenter.undo()
    assert [line.second for line in view.sheet.sections[Closure]] == ["Umzug"]
    presenter.remove(replace(closed, id=uuid4()))
    assert view.failed == RecordGone().message
