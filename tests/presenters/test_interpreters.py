"""How people who interpret read in lists, and what is typed about them."""

from pathlib import Path
from uuid import uuid4

import pytest
from interpreting import FRIDAY, MONDAY, add_interpreter, at, book

from desk_app.casework import appointment_setup, interpreter_asking
from desk_app.casework.calendar_files import Whose
from desk_app.casework.desk import Desk
from desk_app.casework.interpreter_sheets import Period
from desk_app.casework.interpreters import Interpreter, Spoken
from desk_app.domain.opening_hours import When
from desk_app.presenters.import_job import ImportJob
from desk_app.presenters.interpreters import (
    CalendarRow,
    InterpreterRow,
    InterpretersPresenter,
    dialects_of,
    languages_of,
    read_minutes,
    with_dialects,
    with_languages,
)
from desk_app.presenters.runner import InlineRunner


class Seen:
    """What the window would show."""

    def __init__(self) -> None:
        self.rows: tuple[InterpreterRow, ...] = ()
        self.desks: tuple[CalendarRow, ...] = ()
        self.result: tuple[str, bool, str] = ("", False, "")
        self.jobs: list[ImportJob | None] = []

    def show_people(self, rows: tuple[InterpreterRow, ...], desks: tuple[CalendarRow, ...]) -> None:
        self.rows, self.desks = rows, desks

    def show_result(self, words: str, *, undo: bool, tone: str = "ok") -> None:
        self.result = words, undo, tone

    def show_busy(self, job: ImportJob | None) -> None:
        self.jobs.append(job)


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def presenter(desk: Desk, seen: Seen) -> InterpretersPresenter:
    desk.do(appointment_setup.settle)
    return InterpretersPresenter(seen, InlineRunner(desk.do))


def test_a_row_says_what_somebody_speaks_when_they_come_and_how_much_they_have_to_do(
    desk: Desk, presenter: InterpretersPresenter, seen: Seen
) -> None:
    gashi = add_interpreter(
        desk, "Frau Gashi", Spoken("ar", "Irakisch"), Spoken("ar", "Levantinisch"), Spoken("sq"), kind="sprint",
        phone="0208 1", minutes_per_month=600, times=(When(0b100, 540, 780),),
    )  # fmt: skip
    add_interpreter(desk, "", Spoken("uk"))
    booked = book(desk, at(9))
    desk.do(lambda work: interpreter_asking.ask(work, booked, gashi))
    presenter.load()
    nameless, told = seen.rows
    assert told.spoken == (
        "Frau Gashi, Albanisch, Arabisch (Irakisch, Levantinisch), Mi 9:00–13:00, SprInt, 0208 1, "
        "45 von 600 Minuten in diesem Monat"
    )
    assert (nameless.name, nameless.times, nameless.minutes) == ("ohne Namen", "nach Absprache", "0")
    assert [row.name for row in seen.desks] == ["Platz 1", "Platz 2", "Platz 3"]


def test_who_stops_is_shown_only_on_request_and_strg_z_brings_them_back(
    desk: Desk, presenter: InterpretersPresenter, seen: Seen
) -> None:
    add_interpreter(desk)
    presenter.load()
    presenter.retire(seen.rows[0])
    assert seen.rows == ()
    assert seen.result == ("Frau Gashi steht nicht mehr zur Wahl. Gebuchte Termine bleiben.", True, "ok")
    presenter.with_retired = True
    presenter.load()
    assert seen.rows[0].times == "steht nicht zur Wahl"
    presenter.undo()
    assert seen.result[0].startswith("Zurückgenommen: Dolmetschen: Frau Gashi hört auf")
    assert not seen.rows[0].person.retired


def test_strg_z_here_leaves_steps_about_other_things_alone(
    desk: Desk, presenter: InterpretersPresenter, seen: Seen
) -> None:
    add_interpreter(desk)
    book(desk, at(9))
    presenter.undo()
    assert seen.result[0] == "Hier gibt es nichts, was Sie zurücknehmen können."


def test_calendars_and_sheets_say_what_became_of_them(
    desk: Desk, presenter: InterpretersPresenter, seen: Seen, tmp_path: Path
) -> None:
    gashi = add_interpreter(desk)
    presenter.export(Whose(interpreter=gashi), tmp_path)
    assert seen.result[2] == "bad"
    booked = book(desk, at(9))
    desk.do(lambda work: interpreter_asking.ask(work, booked, gashi))
    presenter.export(Whose(interpreter=gashi), tmp_path)
    assert seen.result[0] == (
        "Gespeichert: Termine_2026-11-26.ics mit 1 Termin. Im Kalender einlesen; was schon da ist, wird ersetzt."
    )
    presenter.save_sheet(Period(gashi, FRIDAY, FRIDAY), tmp_path)
    assert seen.result[0] == "Gespeichert: Dolmetschen_2026-11-27.pdf"
    path = tmp_path / "Kalender.ics"
    path.write_text(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261201T090000Z\r\nDTEND:20261201T100000Z\r\nEND:VEVENT\r\n"
        "BEGIN:VEVENT\r\nUID:b\r\nDTSTART:morgen\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        encoding="utf-8",
        newline="",
    )
    presenter.read_in(Whose(interpreter=gashi), path)
    assert seen.result == ("1 belegte Zeit übernommen. 1 Eintrag hatte keine lesbare Zeit.", True, "warn")
    assert seen.rows[0].busy == 1
    assert seen.jobs[-1] is None
    presenter.forget(Whose(interpreter=gashi))
    assert seen.rows[0].busy == 0


def test_languages_and_dialects_are_typed_apart_and_kept_together() -> None:
    person = with_languages(Interpreter(uuid4()), ("ar", "sq"))
    person = with_dialects(person, "ar", " Levantinisch , Irakisch,, Levantinisch ")
    assert person.languages == (Spoken("sq"), Spoken("ar", "Levantinisch"), Spoken("ar", "Irakisch"))
    assert dialects_of(person, "ar") == "Levantinisch, Irakisch"
    person = with_languages(person, ("ar", "uk"))
    assert languages_of(person) == ("ar", "uk")
    assert dialects_of(person, "ar") == "Levantinisch, Irakisch"
    assert with_dialects(person, "ar", "").languages == (Spoken("uk"), Spoken("ar"))


@pytest.mark.parametrize(("typed", "minutes"), [("600", 600), ("600 Minuten", 600), ("10 h", 600), ("10 Std.", 600)])
def test_agreed_minutes_are_read_in_hours_too(typed: str, minutes: int) -> None:
    assert read_minutes(typed) == minutes


@pytest.mark.parametrize("typed", ["viel", "10,5 h", "-3"])
def test_what_is_no_number_of_minutes_is_said(typed: str) -> None:
    with pytest.raises(ValueError, match="600 oder 10 h"):
        read_minutes(typed)


def test_whoever_stops_while_booked_has_it_said_how_many_talks_that_leaves(
    desk: Desk, presenter: InterpretersPresenter, seen: Seen
) -> None:
    gashi = add_interpreter(desk)
    book(desk, at(9, day=MONDAY), interpreter=gashi, interpreting="confirmed")
    presenter.load()
    presenter.retire(seen.rows[0])
    words, undo, tone = seen.result
    assert words.endswith("1 gebuchter Termin passt nicht mehr dazu; er steht unter Einstellungen, Termine.")
    assert (undo, tone) == (True, "warn")
    presenter.undo()
    add_interpreter(desk, "Herr Osei")
    presenter.load()
    presenter.retire(next(row for row in seen.rows if row.name == "Herr Osei"))
    assert seen.result == ("Herr Osei steht nicht mehr zur Wahl. Gebuchte Termine bleiben.", True, "ok")
