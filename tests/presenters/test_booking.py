"""Making an appointment: who is meant, what holds without a word, what is in the way, and what is never lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from builders import StoredFamily, store_family
from conftest import SettableClock
from interpreting import add_interpreter, at, line

from desk_app.casework import (
    appointment_series,
    appointment_setup,
    appointments,
    booking_drafts,
    deeds,
    intake,
    interpreters,
)
from desk_app.casework.appointment_setup import Setup
from desk_app.casework.appointments import Booking
from desk_app.casework.desk import Desk
from desk_app.domain.records import RecordKind, Ref
from desk_app.presenters.booking import BookingPresenter
from desk_app.presenters.booking_draft import Draft, Found
from desk_app.presenters.runner import InlineRunner

FRIDAY = date(2026, 11, 27)
TEN = at(10)


@dataclass
class View:
    """What the form would show."""

    found: tuple[Found, ...] = ()
    booked: list[tuple[str, UUID | None, UUID]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def show_form(self) -> None:
        pass

    def show_found(self, found: tuple[Found, ...], _typed: str) -> None:
        self.found = found

    def show_booked(self, words: str, deed: UUID | None, _start: datetime, appointment: UUID) -> None:
        self.booked.append((words, deed, appointment))

    def show_booking_failed(self, message: str) -> None:
        self.failed.append(message)


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


@pytest.fixture
def setup(desk: Desk) -> Setup:
    return desk.do(appointment_setup.settle)[0]


@pytest.fixture
def view() -> View:
    return View()


@pytest.fixture
def form(view: View, desk: Desk, clock: SettableClock, setup: Setup) -> BookingPresenter:
    """An empty form at the first desk on Friday at ten."""
    presenter = BookingPresenter(view, InlineRunner(desk.do), clock)
    presenter.begin(TEN, setup.desks()[0].id)
    return presenter


def test_a_name_is_enough_for_somebody_nobody_knows(form: BookingPresenter, view: View, desk: Desk) -> None:
    form.type("Yıldız")
    form.enter()
    [(words, _deed, made)] = view.booked
    found = line(desk, made)
    assert words == "Eingetragen: Yıldız, Fr, 27.11., 10:00, Platz 1"
    assert (found.title, found.kind_name, found.minutes, found.start) == ("Yıldız", "Aufnahme", 60, TEN)


def test_without_a_name_nothing_is_entered_and_it_is_said(form: BookingPresenter, view: View) -> None:
    form.enter()
    assert view.booked == []
    assert view.failed == ["Für wen ist der Termin? Ein Name genügt."]


def test_a_family_whose_whole_name_was_typed_is_meant_unless_there_are_two(
    form: BookingPresenter, view: View, desk: Desk, family: StoredFamily
) -> None:
    form.type("hadd")
    assert form.draft.household is None
    assert [each.household for each in view.found] == [family.household]
    form.type("haddad")
    assert form.draft.household == family.household
    assert form.form.family is not None
    desk.do(lambda work: intake.start(work, uuid4(), family_name="Haddad"))
    form.type("")
    form.type("Haddad")
    assert form.draft.household is None
    form.enter()
    assert view.booked == []
    assert len(view.found) == 2


def test_a_name_that_is_like_a_family_may_stay_without_a_file(
    form: BookingPresenter, view: View, desk: Desk, family: StoredFamily
) -> None:
    form.type("Haddad")
    form.unlink()
    form.enter()
    assert line(desk, view.booked[0][2]).household is None


def test_the_file_says_language_interpreting_children_and_what_it_is_about(
    form: BookingPresenter, view: View, desk: Desk, family: StoredFamily
) -> None:
    home = Ref(RecordKind.HOUSEHOLD, family.household)
    desk.do(lambda work: intake.set_value(work, home, "conversation_language", "ar"))
    desk.do(lambda work: intake.set_value(work, home, "interpreter_kind", "sprint"))
    desk.do(lambda work: intake.finish(work, family.household))
    gashi = add_interpreter(desk)
    form.choose(family.household)
    form.set(persons=(family.child,))
    assert form.form.interpreter is not None
    form.enter()
    found = line(desk, view.booked[0][2])
    assert (found.language, found.interpreting, found.interpreter) == ("ar", "asked", gashi)
    assert (found.kind_name, found.minutes, found.persons) == ("Schule", 45, 1)


def test_nobody_who_interprets_leaves_it_open(form: BookingPresenter, view: View, desk: Desk) -> None:
    form.type("Tesfay")
    form.set(interpreting=True, language="ti")
    form.enter()
    assert line(desk, view.booked[0][2]).interpreting == "open"


def test_whoever_said_yes_is_kept_when_only_the_note_changes(
    form: BookingPresenter, view: View, desk: Desk, setup: Setup
) -> None:
    gashi = add_interpreter(desk)
    booking = Booking(uuid4(), TEN, name="Kaya", seat=setup.desks()[0].id, language="ar", interpreting="confirmed",
                      interpreter=gashi)  # fmt: skip
    made = desk.do(lambda work: appointments.book(work, booking))[0]
    form.change(line(desk, made))
    form.set(words="bringt Zeugnisse mit")
    form.enter()
    found = line(desk, made)
    assert (found.words, found.interpreting, found.interpreter) == ("bringt Zeugnisse mit", "confirmed", gashi)
    desk.do(lambda work: interpreters.retire(work, gashi))


def test_what_is_in_the_way_is_said_while_typing_and_needs_a_reason(
    form: BookingPresenter, view: View, desk: Desk, setup: Setup
) -> None:
    seat = setup.desks()[0].id
    desk.do(lambda work: appointments.book(work, Booking(uuid4(), TEN, name="Rahimi", seat=seat, minutes=45)))
    form.type("Kaya")
    form.set(minutes=30)
    clash = form.form.clash
    assert clash is not None
    assert clash.holder == "Rahimi"
    form.enter()
    assert view.booked == []
    form.set(reason="nur kurz unterschreiben")
    form.enter()
    assert line(desk, view.booked[0][2]).overbooked == "nur kurz unterschreiben"


def test_the_second_of_two_at_one_time_is_told(form: BookingPresenter, view: View, desk: Desk, setup: Setup) -> None:
    form.type("Kaya")
    assert form.form.clash is None
    seat = setup.desks()[0].id  # the other desk is faster by a breath
    desk.do(lambda work: appointments.book(work, Booking(uuid4(), TEN, name="Rahimi", seat=seat)))
    form.enter()
    assert view.booked == []
    assert form.form.clash is not None
    assert form.form.clash.holder == "Rahimi"


def test_less_room_makes_it_shorter_as_long_as_nobody_said_how_long(
    view: View, desk: Desk, clock: SettableClock, setup: Setup
) -> None:
    form = BookingPresenter(view, InlineRunner(desk.do), clock)
    form.begin(TEN, setup.desks()[0].id, room=50)
    assert form.form.minutes == 45
    form.begin(TEN, setup.desks()[0].id, 90, room=50)
    assert form.form.minutes == 90


def test_what_was_left_goes_on_at_another_time_and_ends_with_being_entered(
    form: BookingPresenter, view: View, desk: Desk, setup: Setup
) -> None:
    form.type("Ionescu")
    form.set(phone="0208 111", reason="")
    form.leave()
    later = TEN + timedelta(hours=1)
    form.begin(later, setup.desks()[1].id)
    assert (form.draft.typed, form.draft.phone, form.draft.start) == ("Ionescu", "0208 111", later)
    kept = desk.do(booking_drafts.read)[0]
    assert kept["typed"] == "Ionescu"
    form.enter()
    assert desk.do(booking_drafts.read)[0] == {}
    form.begin(TEN, setup.desks()[0].id)
    assert form.draft.typed == ""


def test_what_was_left_outlasts_an_appointment_for_another_family(
    form: BookingPresenter, desk: Desk, setup: Setup, family: StoredFamily
) -> None:
    form.type("Ionescu")
    form.leave()
    for finish in (form.drop, form.enter):
        form.begin(TEN, setup.desks()[1].id, household=family.household)
        assert form.draft.household == family.household
        finish()
        assert form.left is not None
        assert form.left.typed == desk.do(booking_drafts.read)[0]["typed"] == "Ionescu"
    form.drop_left()
    assert desk.do(booking_drafts.read)[0] == {}


def test_a_draft_is_the_same_after_it_was_kept_and_nonsense_is_none(form: BookingPresenter, setup: Setup) -> None:
    form.type("Ionescu")
    form.set(persons=(uuid4(),), language="ro", interpreting=True, kind=setup.kinds[1].id, minutes=25)
    assert Draft.from_json(form.draft.to_json()) == form.draft
    assert Draft.from_json({"id": "x"}) is None


def test_an_appointment_that_was_entered_is_taken_back_by_its_deed(
    form: BookingPresenter, view: View, desk: Desk
) -> None:
    form.type("Osei")
    form.enter()
    deed = view.booked[0][1]
    assert deed is not None
    desk.do(lambda work: deeds.undo(work, deed))
    assert desk.do(lambda work: appointments.of_days(work, FRIDAY, FRIDAY))[0] == ()


def test_a_change_may_hold_for_all_that_follow_in_the_series(
    form: BookingPresenter, view: View, desk: Desk, setup: Setup
) -> None:
    booking = Booking(uuid4(), TEN, name="Sprachkurs", seat=setup.desks()[0].id, minutes=30)
    first = desk.do(lambda work: appointments.book(work, booking))[0]
    made = desk.do(lambda work: appointment_series.repeat(work, first, count=3))[0].made
    form.change(line(desk, first))
    form.follow(following=True)
    form.set(minutes=45)
    form.enter()
    assert [line(desk, each).minutes for each in (first, *made)] == [45, 45, 45]


def test_a_change_that_was_left_goes_on_and_the_lock_screen_names_it_without_anybody(
    form: BookingPresenter, view: View, desk: Desk, setup: Setup
) -> None:
    booking = Booking(uuid4(), TEN, name="Kaya", seat=setup.desks()[0].id)
    made = desk.do(lambda work: appointments.book(work, booking))[0]
    form.change(line(desk, made))
    form.leave()
    assert form.lost() == ""
    form.set(words="kommt mit Tante")
    form.leave()
    form.begin(TEN + timedelta(hours=2), setup.desks()[0].id)
    assert "Fr, 27.11., 10:00" in form.lost()
    assert "Kaya" not in form.lost()
    form.change(line(desk, made))
    assert form.draft.words == "kommt mit Tante"
    form.enter()
    assert form.lost() == ""
    assert line(desk, made).words == "kommt mit Tante"
