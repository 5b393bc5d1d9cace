"""Appointments made, moved, called off and brought back; what is in the way; what two desks do at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from builders import NOW, StoredFamily, store_family
from sqlalchemy import select

from desk_app.casework import (
    appointment_setup,
    appointments,
    audit_log,
    deeds,
    double_booked,
    intake,
    merging,
    moving,
    visits,
)
from desk_app.casework.appointment_setup import Closure, Kind, Opening, Place, Seat, Setup
from desk_app.casework.appointments import AppointmentLine, Booking, SlotTaken, Taken
from desk_app.casework.desk import Desk
from desk_app.casework.visits import StepNotPossible, WalkIn
from desk_app.domain.clock import berlin, local
from desk_app.domain.errors import RecordGone
from desk_app.domain.records import RecordKind
from desk_app.storage.tables import (
    AuditEntry,
    BusyTime,
    EarlierWish,
    Interpreter,
    InterpreterBlock,
)

FRIDAY = date(2026, 11, 27)


def at(hour: int, minute: int = 0, day: date = FRIDAY) -> datetime:
    """A moment on the wall clock of the desk."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=berlin()).astimezone(UTC)


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


@pytest.fixture
def setup(desk: Desk) -> Setup:
    return desk.do(appointment_setup.settle)[0]


def kind(setup: Setup, look: str) -> Kind:
    return next(each for each in setup.kinds if each.look == look)


def book(desk: Desk, start: datetime, **known) -> UUID:
    return desk.do(lambda work: appointments.book(work, Booking(uuid4(), start, **known)))[0]


def lines(desk: Desk, first: date = FRIDAY, last: date | None = None) -> tuple[AppointmentLine, ...]:
    return desk.do(lambda work: appointments.of_days(work, first, last or first))[0]


def line(desk: Desk, appointment: UUID) -> AppointmentLine:
    [found] = desk.do(lambda work: appointments.of_ids(work, [appointment]))[0]
    return found


def newest_words(desk: Desk) -> str:
    return desk.do(lambda work: deeds.recent(work, 1))[0][0].words


def undo(desk: Desk) -> None:
    desk.do(lambda work: deeds.undo(work, deeds.recent(work, 1)[0].way_back))


def add_interpreter(desk: Desk, name: str = "Frau Gashi") -> UUID:
    id_ = uuid4()
    desk.do(lambda work: work.session.add(Interpreter(id=id_, name=name, **work.made)))
    return id_


# --- made


def test_with_a_family_and_a_moment_all_else_has_a_default(desk: Desk, setup: Setup, family: StoredFamily) -> None:
    book(desk, at(9), household=family.household)
    [made] = lines(desk)
    assert (made.title, made.seat_name, made.place_name) == ("Haddad", "Platz 1", "Kommunales Integrationszentrum")
    assert (made.state, made.minutes, made.language_name) == ("planned", 45, "Arabisch")
    assert newest_words(desk) == "Termin am 27.11.2026, 9:00 vereinbart"


def test_a_name_on_the_phone_is_enough(desk: Desk, setup: Setup) -> None:
    book(desk, at(9), name="Herr Osei", phone="0208 4711")
    [made] = lines(desk)
    assert (made.title, made.phone, made.household) == ("Herr Osei", "0208 4711", None)


def test_the_kind_says_how_long_it_takes_and_keeps_the_desk_before_and_after(desk: Desk, setup: Setup) -> None:
    intake_ = replace(kind(setup, "intake"), before=5, after=15)
    desk.do(lambda work: appointment_setup.keep(work, intake_))
    book(desk, at(9), kind=intake_.id)
    [made] = lines(desk)
    assert (made.start, made.end) == (at(9), at(10))
    assert (made.busy_from, made.busy_until) == (at(8, 55), at(10, 15))


def test_one_appointment_is_about_several_children(desk: Desk, setup: Setup, family: StoredFamily) -> None:
    sister = uuid4()
    desk.do(lambda work: intake.add_person(work, sister, family.household, "child"))
    made = book(desk, at(9), household=family.household, persons=(family.child, sister))
    assert line(desk, made).persons == 2
    assert set(desk.do(lambda work: appointments.persons_of(work, made))[0]) == {family.child, sister}
    form = desk.do(lambda work: appointments.booking_of(work, made))[0]
    desk.do(lambda work: appointments.change(work, replace(form, persons=(sister,))))
    assert desk.do(lambda work: appointments.persons_of(work, made))[0] == (sister,)


def test_the_code_is_no_name_and_no_other_has_it(desk: Desk, setup: Setup, family: StoredFamily) -> None:
    for hour in (9, 10, 11):
        book(desk, at(hour), household=family.household)
    codes = [each.code for each in lines(desk)]
    assert len(set(codes)) == 3
    assert all(len(code) == 6 and "HADDAD" not in code for code in codes)


# --- in the way


def test_without_a_desk_the_first_free_one_is_taken_and_ones_own_first(desk: Desk, setup: Setup) -> None:
    third = setup.seats[2]
    desk.do(lambda work: appointment_setup.keep(work, replace(third, user=desk.user)))
    for _each in range(3):
        book(desk, at(9))
    assert {each.seat_name for each in lines(desk)} == {"Platz 1", "Platz 2", "Platz 3"}
    book(desk, at(10))
    assert line(desk, lines(desk)[-1].id).seat_name == "Platz 3"
    with pytest.raises(SlotTaken):
        book(desk, at(9, 30))


def test_the_second_who_takes_a_slot_is_told_in_one_sentence_by_whom(
    desk: Desk, setup: Setup, family: StoredFamily
) -> None:
    seat = setup.seats[0].id
    other = Desk(desk.vault, desk.user, desk.clock)
    book(desk, at(9), household=family.household, seat=seat)
    with pytest.raises(SlotTaken, match=r"^Platz 1 ist am 27\.11\.2026 von 9:00 bis 9:45 schon vergeben\.") as told:
        book(other, at(9, 30), seat=seat)
    assert told.value.holder == "Haddad"
    assert "Haddad" not in str(told.value), "the sentence may be logged"
    assert len(lines(desk)) == 1


def test_what_ends_at_ten_is_not_in_the_way_of_what_begins_then(desk: Desk, setup: Setup) -> None:
    seat = setup.seats[0].id
    book(desk, at(9), seat=seat, minutes=60)
    book(desk, at(10), seat=seat, minutes=60)
    book(desk, at(8, 30), seat=seat, minutes=30)
    assert len(lines(desk)) == 3


def test_minutes_before_and_after_are_in_the_way(desk: Desk, setup: Setup) -> None:
    long = replace(kind(setup, "intake"), after=15)
    desk.do(lambda work: appointment_setup.keep(work, long))
    seat = setup.seats[0].id
    book(desk, at(9), seat=seat, kind=long.id)
    with pytest.raises(SlotTaken):
        book(desk, at(10), seat=seat)
    book(desk, at(10, 15), seat=seat)


def test_overbooking_takes_a_reason_and_keeps_it(desk: Desk, setup: Setup) -> None:
    seat = setup.seats[0].id
    book(desk, at(9), seat=seat)
    with pytest.raises(SlotTaken):
        book(desk, at(9), seat=seat, overbooked="   ")
    second = book(desk, at(9), seat=seat, overbooked="Geschwister kommen dazu")
    assert line(desk, second).overbooked == "Geschwister kommen dazu"
    free = book(desk, at(11), seat=seat, overbooked="Geschwister kommen dazu")
    assert line(desk, free).overbooked == "", "a reason is only kept where one was needed"


@pytest.mark.parametrize(
    ("start", "why"),
    [
        (at(7), "before the hours"),
        (at(12, 15), "over the end of the hours"),
        (at(9, day=date(2026, 11, 28)), "Saturday"),
        (at(9, day=date(2026, 12, 25)), "Christmas, a Friday"),
    ],
)
def test_outside_of_the_hours_a_reason_is_asked_for(desk: Desk, setup: Setup, start: datetime, why: str) -> None:
    with pytest.raises(SlotTaken, match="ist nicht geöffnet") as told:
        book(desk, start)
    assert [clash.what for clash in told.value.clashes] == [Taken.SHUT], why
    book(desk, start, overbooked="Familie kann nur dann")


def test_only_as_many_are_booked_as_desks_are_open(desk: Desk, setup: Setup) -> None:
    saturday = date(2026, 11, 28)
    opening = Opening(uuid4(), setup.places[0].id, 1 << 5, 540, 720, seats=1)
    desk.do(lambda work: appointment_setup.keep_opening(work, opening))
    book(desk, at(9, day=saturday))
    with pytest.raises(SlotTaken, match="alle geöffneten Plätze vergeben"):
        book(desk, at(9, 30, saturday), seat=setup.seats[1].id)


def test_a_room_is_not_had_twice(desk: Desk, setup: Setup) -> None:
    room = Seat(uuid4(), setup.places[0].id, "Besprechung", "room")
    desk.do(lambda work: appointment_setup.keep(work, room))
    book(desk, at(9), room=room.id, seat=setup.seats[0].id)
    with pytest.raises(SlotTaken, match=r"Der Raum „Besprechung“ ist am 27\.11\.2026 von 9:00 bis 9:45 schon vergeben"):
        book(desk, at(9, 30), room=room.id, seat=setup.seats[1].id)


def test_an_interpreter_is_not_at_two_desks(desk: Desk, setup: Setup) -> None:
    gashi = add_interpreter(desk)
    first = book(desk, at(9), interpreter=gashi)
    assert line(desk, first).interpreting == "asked", "who is named was asked"
    with pytest.raises(SlotTaken, match=r"Die Person, die dolmetscht, ist am 27\.11\.2026 von 9:00 bis 9:45") as told:
        book(desk, at(9, 30), interpreter=gashi)
    assert "Gashi" not in str(told.value)
    book(desk, at(9, 45), interpreter=gashi)


def test_an_interpreter_needs_no_minutes_before_and_after(desk: Desk, setup: Setup) -> None:
    gashi = add_interpreter(desk)
    long = replace(kind(setup, "intake"), after=15)
    desk.do(lambda work: appointment_setup.keep(work, long))
    book(desk, at(9), kind=long.id, interpreter=gashi)
    book(desk, at(10), interpreter=gashi)


def test_who_must_not_interpret_for_a_family_cannot_even_with_a_reason(
    desk: Desk, setup: Setup, family: StoredFamily
) -> None:
    gashi = add_interpreter(desk)
    block = {"interpreter_id": gashi, "household_id": family.household}
    desk.do(lambda work: work.session.add(InterpreterBlock(id=uuid4(), **block, **work.made)))
    with pytest.raises(SlotTaken, match="soll für diese Familie nicht dolmetschen"):
        book(desk, at(9), household=family.household, interpreter=gashi, overbooked="geht nicht anders")
    book(desk, at(9), name="jemand anders", interpreter=gashi)


def test_what_a_calendar_says_is_taken_is_in_the_way(desk: Desk, setup: Setup) -> None:
    seat = setup.seats[0].id
    busy = {"seat_id": seat, "starts_at": at(9), "ends_at": at(10), "uid": "fern@kalender.example"}
    desk.do(lambda work: work.session.add(BusyTime(id=uuid4(), **busy, **work.made)))
    with pytest.raises(SlotTaken, match=r"Im Kalender ist am 27\.11\.2026 die Zeit von 9:00 bis 10:00 schon belegt"):
        book(desk, at(9, 30), seat=seat)
    book(desk, at(10), seat=seat)


def test_the_calendar_of_who_interprets_counts_for_the_talk_alone(desk: Desk, setup: Setup) -> None:
    gashi, around = add_interpreter(desk), replace(kind(setup, "school"), before=15, after=15)
    desk.do(lambda work: appointment_setup.keep(work, around))
    times = [(at(8), at(9)), (at(9, 45), at(11))]
    desk.do(lambda work: work.session.add_all(
        BusyTime(id=uuid4(), interpreter_id=gashi, starts_at=start, ends_at=end, uid="x", **work.made)
        for start, end in times
    ))  # fmt: skip
    book(desk, at(9), kind=around.id, interpreter=gashi)
    with pytest.raises(SlotTaken):
        book(desk, at(10, 50), kind=around.id, interpreter=gashi, seat=setup.seats[1].id)


def test_a_meeting_of_the_team_keeps_all_desks_and_needs_no_opening(desk: Desk, setup: Setup) -> None:
    internal = kind(setup, "internal")
    book(desk, at(12), kind=internal.id, name="Teamrunde", minutes=90)
    [meeting] = lines(desk)
    assert (meeting.title, meeting.seat, meeting.look) == ("Teamrunde", None, "internal")
    with pytest.raises(SlotTaken) as told:
        book(desk, at(11, 45), seat=setup.seats[1].id)
    assert told.value.holder == "Teamrunde"
    book(desk, at(9), seat=setup.seats[2].id)
    with pytest.raises(SlotTaken, match="Platz 3 ist am"):
        book(desk, at(9), kind=internal.id, name="Fortbildung")


def test_who_interprets_where_no_desk_is_needed_is_told_as_what_it_is(desk: Desk, setup: Setup) -> None:
    gashi, garden = add_interpreter(desk), Place(uuid4(), "Im Garten", position=1)
    desk.do(lambda work: appointment_setup.keep(work, garden))
    book(desk, at(9), place=garden.id, interpreter=gashi, overbooked="Sommerfest")
    with pytest.raises(SlotTaken) as told:
        book(desk, at(9), seat=setup.seats[0].id, interpreter=gashi)
    assert [clash.what for clash in told.value.clashes] == [Taken.INTERPRETER]


def test_what_is_being_typed_is_checked_beforehand(desk: Desk, setup: Setup) -> None:
    seat = setup.seats[0].id
    made = book(desk, at(9), seat=seat)
    form = Booking(uuid4(), at(9, 30), seat=seat)
    [clash] = desk.do(lambda work: appointments.check(work, form))[0]
    assert (clash.what, clash.appointment) == (Taken.SEAT, made)
    same = desk.do(lambda work: appointments.booking_of(work, made))[0]
    assert desk.do(lambda work: appointments.check(work, same))[0] == (), "one is not in its own way"


# --- changed, moved, called off


def test_changing_keeps_the_appointment_and_counts_for_calendars_only_what_they_show(desk: Desk, setup: Setup) -> None:
    made = book(desk, at(9), name="Osei")
    form = desk.do(lambda work: appointments.booking_of(work, made))[0]
    assert desk.do(lambda work: appointments.change(work, replace(form, words="bringt Zeugnis mit")))[0] == made
    assert (line(desk, made).words, line(desk, made).sequence) == ("bringt Zeugnis mit", 0)
    desk.do(lambda work: appointments.change(work, replace(form, minutes=30)))
    assert (line(desk, made).minutes, line(desk, made).sequence) == (30, 1)
    undo(desk)
    assert (line(desk, made).minutes, line(desk, made).words) == (45, "bringt Zeugnis mit")


def test_moving_keeps_the_old_one_and_its_code(desk: Desk, setup: Setup, family: StoredFamily) -> None:
    gashi = add_interpreter(desk)
    made = book(desk, at(9), household=family.household, persons=(family.child,), interpreter=gashi,
                interpreting="confirmed")  # fmt: skip
    new = desk.do(lambda work: appointments.move(work, made, at(10)))[0]
    old, now = line(desk, made), line(desk, new)
    assert (old.state, old.start) == ("moved", at(9))
    assert (now.state, now.start, now.seat) == ("planned", at(10), old.seat)
    assert (now.code, now.sequence, now.moved_from) == (old.code, old.sequence + 1, made)
    assert (now.persons, now.interpreting) == (1, "asked"), "who promised to come at nine has to be asked for ten"
    book(desk, at(9), seat=old.seat)
    for deed in (
        lambda work: appointments.move(work, made, at(11)),
        lambda work: appointments.cancel(work, made, "us"),
        lambda work: appointments.restore(work, made),
        lambda work: appointments.no_show(work, made),
    ):
        with pytest.raises(RecordGone):
            desk.do(deed)


def test_a_move_is_taken_back_as_one_step(desk: Desk, setup: Setup) -> None:
    made = book(desk, at(9), name="Osei")
    desk.do(lambda work: appointments.move(work, made, at(10)))
    assert newest_words(desk) == "Termin vom 27.11.2026, 9:00 auf 27.11.2026, 10:00 verschoben"
    undo(desk)
    [stands] = lines(desk)
    assert (stands.id, stands.state) == (made, "planned")


def test_it_can_be_moved_by_less_than_it_takes(desk: Desk, setup: Setup) -> None:
    made = book(desk, at(9), seat=setup.seats[0].id)
    new = desk.do(lambda work: appointments.move(work, made, at(9, 15)))[0]
    assert line(desk, new).seat == setup.seats[0].id


def test_a_move_to_a_taken_desk_leaves_everything_as_it_was(desk: Desk, setup: Setup) -> None:
    first, second = setup.seats[0].id, setup.seats[1].id
    made = book(desk, at(9), seat=first)
    book(desk, at(10), seat=second)
    with pytest.raises(SlotTaken):
        desk.do(lambda work: appointments.move(work, made, at(10), seat=second))
    assert line(desk, made).state == "planned"
    assert len(lines(desk)) == 2
    desk.do(lambda work: appointments.move(work, made, at(10), seat=second, overbooked="Bus kommt später"))


def test_one_whose_desk_was_taken_out_is_moved_to_another(desk: Desk, setup: Setup) -> None:
    made = book(desk, at(9), seat=setup.seats[0].id)
    desk.do(lambda work: appointment_setup.remove(work, setup.seats[0]))
    new = desk.do(lambda work: appointments.move(work, made, at(10)))[0]
    assert line(desk, new).seat_name == "Platz 2"
    assert desk.do(lambda work: appointments.conflicts(work))[0] == ()


def test_who_waits_for_an_earlier_date_waits_on_after_a_move(desk: Desk, setup: Setup) -> None:
    made, wish = book(desk, at(9), name="Osei"), uuid4()
    desk.do(lambda work: work.session.add(EarlierWish(id=wish, appointment_id=made, **work.made)))
    new = desk.do(lambda work: appointments.move(work, made, at(10)))[0]
    assert desk.do(lambda work: work.session.get_one(EarlierWish, wish).appointment_id)[0] == new


@pytest.mark.parametrize(("by", "state"), [("family", "cancelled_family"), ("us", "cancelled_us")])
def test_called_off_by_whom_and_why(desk: Desk, setup: Setup, by: appointments.By, state: str) -> None:
    made = book(desk, at(9))
    desk.do(lambda work: appointments.cancel(work, made, by, "Kind krank"))
    now = line(desk, made)
    assert (now.state, now.reason, now.sequence) == (state, "Kind krank", 1)
    book(desk, at(9), seat=now.seat)


def test_a_talk_that_goes_on_or_is_over_is_neither_moved_nor_called_off(desk: Desk, setup: Setup) -> None:
    made = book(desk, at(9))
    for state in ("in_talk", "done"):
        desk.do(lambda work, to=state: visits.step(work, made, to))
        for deed in (
            lambda work: appointments.move(work, made, at(14)),
            lambda work: appointments.cancel(work, made, "us"),
        ):
            with pytest.raises(StepNotPossible):
                desk.do(deed)
        assert line(desk, made).state == state


def test_one_that_was_called_off_is_not_moved_and_keeps_why(desk: Desk, setup: Setup) -> None:
    made = book(desk, at(9))
    desk.do(lambda work: appointments.cancel(work, made, "family", "Kind krank"))
    with pytest.raises(StepNotPossible):
        desk.do(lambda work: appointments.move(work, made, at(10)))
    desk.do(lambda work: appointments.cancel(work, made, "us"))
    assert (line(desk, made).state, line(desk, made).reason) == ("cancelled_us", "Kind krank")


def test_another_date_after_a_missed_one_leaves_it_missed(desk: Desk, setup: Setup, family: StoredFamily) -> None:
    missed = book(desk, at(9), household=family.household)
    desk.do(lambda work: appointments.no_show(work, missed))
    new = desk.do(lambda work: appointments.move(work, missed, at(11)))[0]
    assert (line(desk, missed).state, line(desk, new).missed_before) == ("no_show", 1)
    assert line(desk, new).code != line(desk, missed).code, "two that are kept are told apart"


def test_a_note_is_kept_though_it_is_shut_or_somebody_else_has_the_time_by_now(desk: Desk, setup: Setup) -> None:
    seat = setup.seats[0].id
    off = book(desk, at(9), seat=seat)
    desk.do(lambda work: appointments.cancel(work, off, "family"))
    made = book(desk, at(9), seat=seat)
    desk.do(lambda work: appointment_setup.keep(work, Closure(uuid4(), FRIDAY, FRIDAY)))
    for each in (off, made):
        form = desk.do(lambda work, id_=each: appointments.booking_of(work, id_))[0]
        desk.do(lambda work, form=form: appointments.change(work, replace(form, words="ruft noch an")))
        assert line(desk, each).words == "ruft noch an"
    form = desk.do(lambda work: appointments.booking_of(work, made))[0]
    with pytest.raises(SlotTaken):
        desk.do(lambda work: appointments.change(work, replace(form, minutes=60)))


def test_who_interprets_one_that_stands_again_is_asked_again(desk: Desk, setup: Setup) -> None:
    made = book(desk, at(9), interpreter=add_interpreter(desk), interpreting="confirmed")
    desk.do(lambda work: appointments.cancel(work, made, "family"))
    desk.do(lambda work: appointments.restore(work, made))
    assert line(desk, made).interpreting == "asked"


def test_who_came_without_an_appointment_waits_again(desk: Desk, setup: Setup) -> None:
    draft = WalkIn(uuid4(), name="Osei")
    desk.do(lambda work: visits.walk_in(work, draft))
    desk.do(lambda work: appointments.cancel(work, draft.id, "family"))
    desk.do(lambda work: appointments.restore(work, draft.id))
    assert line(desk, draft.id).state == "arrived"


def test_one_that_was_called_off_stands_again_unless_somebody_has_the_time(desk: Desk, setup: Setup) -> None:
    made = book(desk, at(9), seat=setup.seats[0].id)
    desk.do(lambda work: appointments.cancel(work, made, "family"))
    other = book(desk, at(9), seat=setup.seats[0].id)
    with pytest.raises(SlotTaken):
        desk.do(lambda work: appointments.restore(work, made))
    desk.do(lambda work: appointments.cancel(work, other, "us"))
    desk.do(lambda work: appointments.restore(work, made))
    assert line(desk, made).state == "planned"
    with pytest.raises(RecordGone):
        desk.do(lambda work: appointments.restore(work, made))


@pytest.mark.parametrize("away", ["cancelled", "moved"])
def test_taking_it_back_says_that_somebody_else_has_the_time_by_now(desk: Desk, setup: Setup, away: str) -> None:
    seat = setup.seats[0].id
    made = book(desk, at(9), seat=seat)
    if away == "cancelled":
        desk.do(lambda work: appointments.cancel(work, made, "family"))
    else:
        desk.do(lambda work: appointments.move(work, made, at(11)))
    deed = desk.do(lambda work: deeds.recent(work, 1)[0].way_back)[0]
    other = book(desk, at(9, 15), name="Osei", seat=seat)
    undone = desk.do(lambda work: double_booked.undo(work, deed))[0]
    assert undone.told.endswith("Achtung, doppelt belegt: Platz 1 ist am 27.11.2026 von 9:15 bis 10:00 schon vergeben.")
    assert (line(desk, made).state, line(desk, other).state) == ("planned", "planned")
    again = desk.do(lambda work: double_booked.undo(work, undone.way_back))[0]
    assert "doppelt" not in again.told


def test_how_often_a_family_did_not_come_before(desk: Desk, setup: Setup, family: StoredFamily) -> None:
    for hour in (9, 10):
        missed = book(desk, at(hour), household=family.household)
        desk.do(lambda work, id_=missed: appointments.no_show(work, id_, "Bus verpasst"))
    book(desk, at(11), household=family.household)
    assert [each.missed_before for each in lines(desk)] == [0, 1, 2]
    assert desk.do(lambda work: appointments.of_family(work, family.household))[0] == lines(desk)


# --- two families, two files


def test_when_files_become_one_their_appointments_do(desk: Desk, setup: Setup, family: StoredFamily) -> None:
    twice = desk.do(lambda work: store_family(work, given_name="Karim"))[0]
    made = book(desk, at(9), household=twice.household, persons=(twice.child, family.child))
    desk.do(lambda work: merging.merge(work, family.household, twice.household))
    assert [each.id for each in desk.do(lambda work: appointments.of_family(work, family.household))[0]] == [made]
    desk.do(lambda work: merging.merge(work, family.child, twice.child))
    assert desk.do(lambda work: appointments.persons_of(work, made))[0] == (family.child,)
    assert line(desk, made).persons == 1


def test_booking_for_a_file_that_was_merged_meanwhile_is_for_the_one_that_stands(
    desk: Desk, setup: Setup, family: StoredFamily
) -> None:
    twice = desk.do(lambda work: store_family(work, given_name="Karim"))[0]
    desk.do(lambda work: merging.merge(work, family.household, twice.household))
    assert line(desk, book(desk, at(9), household=twice.household)).household == family.household


def test_a_child_that_moves_to_others_leaves_the_appointment_of_the_family(
    desk: Desk, setup: Setup, family: StoredFamily
) -> None:
    made = book(desk, at(9), household=family.household, persons=(family.child,))
    other = uuid4()
    desk.do(lambda work: intake.start(work, other, family_name="Nasser"))
    desk.do(lambda work: moving.move_child(work, moving.Move(family.child, other, FRIDAY)))
    assert line(desk, made).title == "Haddad"
    assert desk.do(lambda work: appointments.persons_of(work, made))[0] == (family.child,)


def test_a_file_without_a_family_name_is_called_after_whoever_is_in_it(desk: Desk, setup: Setup) -> None:
    household = uuid4()
    desk.do(lambda work: intake.start(work, household))
    mother = {"role": "mother", "given_name": "Amira", "family_name": "Nasser"}
    desk.do(lambda work: intake.add(work, RecordKind.PERSON, uuid4(), household, values=mother))
    assert line(desk, book(desk, at(9), household=household)).title == "Nasser"


# --- what is entered


def test_every_deed_is_entered_with_fields_and_without_names(desk: Desk, setup: Setup, family: StoredFamily) -> None:
    made = book(desk, at(9), household=family.household, name="Rana")
    new = desk.do(lambda work: appointments.move(work, made, at(10)))[0]
    desk.do(lambda work: appointments.cancel(work, new, "us", "krank"))
    with desk.vault.session() as session:
        query = select(AuditEntry).where(AuditEntry.kind == "appointment").order_by(AuditEntry.sequence)
        entries = [(entry.deed, entry.subject) for entry in session.scalars(query)]
    assert entries == [("appointment.booked", made), ("appointment.moved", new), ("appointment.cancelled", new)]
    read = desk.do(lambda work: audit_log.read(work, most=3))[0].lines
    code = line(desk, new).code
    assert [each.what for each in read] == [
        f"Termin {code} abgesagt", f"Termin {code} verschoben", f"Termin {code} vereinbart"
    ]  # fmt: skip
    assert {each.file_number for each in read} == {"2026-0001"}


# --- the clock changes, midnight, leap days (T22)


def test_an_hour_that_comes_twice_is_booked_at_its_two_instants(desk: Desk, setup: Setup) -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    for start in (first, first + timedelta(hours=1)):
        book(desk, start, seat=setup.seats[0].id, minutes=60, overbooked="Notaufnahme")
    found = lines(desk, date(2026, 10, 25))
    assert [f"{local(each.start):%H:%M}" for each in found] == ["02:30", "02:30"]
    assert all(each.minutes == 60 for each in found)


def test_a_talk_over_the_hour_that_is_left_out_takes_its_minutes(desk: Desk, setup: Setup) -> None:
    before = datetime(2026, 3, 29, 0, 45, tzinfo=UTC)
    book(desk, before, minutes=30, overbooked="Notaufnahme")
    [found] = lines(desk, date(2026, 3, 29))
    assert (f"{local(found.start):%H:%M}", f"{local(found.end):%H:%M}", found.minutes) == ("01:45", "03:15", 30)


def test_what_goes_over_midnight_is_on_both_days_and_in_the_way_on_both(desk: Desk, setup: Setup) -> None:
    seat = setup.seats[0].id
    book(desk, at(23, 30), seat=seat, minutes=60, overbooked="Ankunft in der Nacht")
    assert len(lines(desk, FRIDAY)) == len(lines(desk, date(2026, 11, 28))) == 1
    assert lines(desk, date(2026, 11, 29)) == ()
    with pytest.raises(SlotTaken) as told:
        book(desk, at(0, 15, date(2026, 11, 28)), seat=seat)
    assert Taken.SEAT in {clash.what for clash in told.value.clashes}
    book(desk, at(0, 30, date(2026, 11, 28)), seat=seat, overbooked="Ankunft in der Nacht")


def test_the_last_of_february_of_a_leap_year_is_a_day_like_others(desk: Desk, setup: Setup) -> None:
    book(desk, at(9, day=date(2028, 2, 29)), minutes=60)
    [found] = lines(desk, date(2028, 2, 29))
    assert local(found.start).date() == date(2028, 2, 29)
    assert lines(desk, date(2028, 3, 1)) == ()


# --- where one still fits


def free(desk: Desk, setup: Setup, look: str = "intake", first: date = FRIDAY, days: int = 7, **more):
    kind_ = kind(setup, look).id
    return desk.do(lambda work: appointments.free(work, kind_, first, days, **more))[0]


def test_free_times_are_within_the_hours_and_beside_what_is_booked(desk: Desk, setup: Setup) -> None:
    for seat in setup.seats:
        book(desk, at(8, 30), seat=seat.id, minutes=180)
    slots = free(desk, setup, limit=4)
    assert [(slot.start, slot.seat_name) for slot in slots[:3]] == [
        (at(11, 30), "Platz 1"), (at(11, 30), "Platz 2"), (at(11, 30), "Platz 3")
    ]  # fmt: skip
    assert slots[3].start == at(8, 30, date(2026, 11, 30)), "an hour begun at 11:45 is over after the end"


def test_nothing_that_is_over_is_offered(desk: Desk, setup: Setup) -> None:
    assert free(desk, setup, first=NOW.date())[0].start == datetime(2026, 11, 26, 9, 45, tzinfo=UTC)


def test_a_few_times_a_day_show_several_days(desk: Desk, setup: Setup) -> None:
    slots = free(desk, setup, per_day=1, limit=3)
    assert [local(slot.start).date().day for slot in slots] == [27, 30, 1]


def test_meetings_and_closed_days_leave_nothing(desk: Desk, setup: Setup) -> None:
    book(desk, at(8), kind=kind(setup, "internal").id, name="Teamtag", minutes=300)
    closed = Closure(uuid4(), date(2026, 11, 30), date(2026, 12, 3), words="Umzug")
    desk.do(lambda work: appointment_setup.keep(work, closed))
    assert free(desk, setup) == ()
    assert free(desk, setup, days=8)[0].start == at(8, 30, date(2026, 12, 4))


def test_free_times_of_some_desks_only(desk: Desk, setup: Setup) -> None:
    assert {slot.seat for slot in free(desk, setup, seats=[setup.seats[1].id])} == {setup.seats[1].id}


def test_what_is_offered_can_be_booked(desk: Desk, setup: Setup) -> None:
    for _each in range(12):
        slot = free(desk, setup, limit=1)[0]
        book(desk, slot.start, seat=slot.seat, kind=kind(setup, "intake").id)
    assert len(lines(desk, FRIDAY, date(2026, 12, 4))) == 12
