"""What appointments need: a beginning for every centre, hours that change without forgetting, and what that leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from builders import CENTRE, TODAY, store_family
from interpreting import add_interpreter, at
from sqlalchemy import func, select

from desk_app.casework import appointment_setup, appointments, centre, deeds, interpreters
from desk_app.casework.appointment_setup import ROOM, Closure, Kind, LastPlace, Opening, Place, Seat, Setup
from desk_app.casework.appointments import Booking
from desk_app.casework.desk import Desk, Work
from desk_app.domain.clock import berlin
from desk_app.domain.errors import RecordGone
from desk_app.storage import tables
from desk_app.storage.tables import AuditEntry

MONDAY_TO_THURSDAY = 0b1111


@pytest.fixture
def setup(desk: Desk) -> Setup:
    return desk.do(appointment_setup.settle)[0]


def read(desk: Desk) -> Setup:
    return desk.do(appointment_setup.read)[0]


def keep(desk: Desk, row: Place | Seat | Kind | Closure) -> None:
    desk.do(lambda work: appointment_setup.keep(work, row))


def keep_opening(desk: Desk, row: Opening, since: date | None = None) -> UUID:
    return desk.do(lambda work: appointment_setup.keep_opening(work, row, since))[0]


def book(desk: Desk, day: date, hour: int, **known) -> UUID:
    start = datetime(day.year, day.month, day.day, hour, tzinfo=berlin()).astimezone(UTC)
    return desk.do(lambda work: appointments.book(work, Booking(uuid4(), start, **known)))[0]


def conflicts(desk: Desk, **known) -> list[tuple[UUID, str]]:
    found = desk.do(lambda work: appointments.conflicts(work, **known))[0]
    return [(conflict.line.id, conflict.why) for conflict in found]


def busy(desk: Desk, start: datetime, **whose: UUID) -> None:
    """Half an hour that a calendar says is taken."""

    def keep_it(work: Work) -> None:
        times = {"starts_at": start, "ends_at": start + timedelta(minutes=30)}
        work.session.add(tables.BusyTime(id=uuid4(), uid=f"{start}", **times, **whose, **work.made))

    desk.do(keep_it)


def afternoon(setup: Setup) -> Opening:
    return next(row for row in setup.openings if row.opens == 780)


# --- the beginning


def test_a_store_without_any_is_read_with_what_centres_begin_with(desk: Desk) -> None:
    desk.do(lambda work: centre.save(work, replace(CENTRE, name="KI Musterstadt")))
    found = read(desk)
    assert [(place.name, place.street, place.postal_code, place.city) for place in found.places] == [
        ("KI Musterstadt", "Musterplatz 1", "45466", "Mülheim an der Ruhr")
    ]
    assert [seat.name for seat in found.desks()] == ["Platz 1", "Platz 2", "Platz 3"]
    assert [(kind.name, kind.minutes) for kind in found.kinds][:2] == [("Aufnahme", 60), ("Schule", 45)]
    assert desk.do(lambda work: work.session.scalar(select(func.count()).select_from(tables.Place)))[0] == 0


def test_the_first_deed_keeps_it_once_with_the_ids_that_were_shown(desk: Desk) -> None:
    shown = read(desk)
    keep(desk, replace(shown.seats[0], name="Theke"))
    keep(desk, replace(shown.seats[1], name="Fenster"))
    now = read(desk)
    assert [seat.name for seat in now.seats] == ["Theke", "Fenster", "Platz 3"]
    assert [seat.id for seat in now.seats] == [seat.id for seat in shown.seats]
    assert (now.places, now.kinds, now.openings) == (shown.places, shown.kinds, shown.openings)


def test_what_everybody_begins_with_is_no_step_of_anybodys(desk: Desk) -> None:
    keep(desk, replace(read(desk).seats[0], name="Theke"))
    [step] = desk.do(lambda work: deeds.recent(work))[0]
    assert (step.words, step.rows) == ("Theke für Termine geändert", 1)
    desk.do(lambda work: deeds.undo(work, step.id))
    assert [seat.name for seat in read(desk).seats] == ["Platz 1", "Platz 2", "Platz 3"]


# --- places, desks, kinds, closed days


def test_every_answer_comes_back_as_it_was_given(desk: Desk, setup: Setup) -> None:
    place = Place(uuid4(), "Bürgerhaus", "Styrum", "outreach", "Feldstr. 1", "45476", "Mülheim", "Kirche", "Hof", 1)
    seat = Seat(uuid4(), place.id, "Raum 2", ROOM, desk.user, True, 4)
    kind = Kind(uuid4(), "Beratung", "offer", 30, 5, 10, "Ausweis", 9)
    closure = Closure(uuid4(), TODAY, TODAY, place.id, seat.id, 600, 720, "Umbau")
    opening = Opening(uuid4(), place.id, 0b100, 540, 720, seat.id, True, 1, "im Saal", TODAY, date(2027, 6, 30), 2,
                      None, "no", True)  # fmt: skip
    for row in (place, seat, kind, closure):
        keep(desk, row)
    keep_opening(desk, opening)
    found = read(desk)
    assert found.place(place.id) == place
    assert found.seat(seat.id) == seat
    assert found.kind(kind.id) == kind
    assert found.closures == (closure,)
    assert opening in found.openings
    assert found.rooms(place.id) == (seat,)
    assert seat not in found.desks()


def test_what_was_taken_out_keeps_its_name_where_it_was_booked(desk: Desk, setup: Setup) -> None:
    made = book(desk, date(2026, 11, 30), 9, seat=setup.seats[2].id)
    desk.do(lambda work: appointment_setup.remove(work, setup.seats[2]))
    assert [seat.name for seat in read(desk).seats] == ["Platz 1", "Platz 2"]
    [line] = desk.do(lambda work: appointments.of_ids(work, [made]))[0]
    assert (line.seat_name, line.state) == ("Platz 3", "planned")
    assert conflicts(desk) == [(made, "outside")]


def test_a_place_takes_its_desks_and_hours_with_it(desk: Desk, setup: Setup) -> None:
    styrum = Place(uuid4(), "Bürgerhaus Styrum", position=1)
    keep(desk, styrum)
    keep(desk, Seat(uuid4(), styrum.id, "Laptop"))
    keep_opening(desk, Opening(uuid4(), styrum.id, MONDAY_TO_THURSDAY, 540, 720, valid_from=TODAY))
    desk.do(lambda work: appointment_setup.remove(work, styrum))
    assert replace(read(desk), closures=()) == setup


def test_taking_out_what_is_not_there_is_said(desk: Desk, setup: Setup) -> None:
    with pytest.raises(RecordGone):
        desk.do(lambda work: appointment_setup.remove(work, Closure(uuid4(), TODAY, TODAY)))


def test_each_change_is_entered_with_its_fields(desk: Desk, setup: Setup) -> None:
    keep(desk, replace(setup.kinds[0], minutes=90, after=10))
    with desk.vault.session() as session:
        [entry] = session.scalars(select(AuditEntry).where(AuditEntry.kind == "appointment_kind"))
    assert (entry.deed, sorted(entry.fields)) == ("appointment_setup.kept", ["after_minutes", "minutes"])


def test_keeping_what_is_so_already_is_no_step(desk: Desk, setup: Setup) -> None:
    keep(desk, setup.kinds[0])
    assert keep_opening(desk, setup.openings[0]) == setup.openings[0].id
    assert desk.do(lambda work: deeds.recent(work))[0] == ()


# --- hours that change


def test_hours_that_change_end_and_others_begin(desk: Desk, setup: Setup) -> None:
    old = afternoon(setup)
    new = keep_opening(desk, replace(old, closes=1020), date(2027, 1, 4))
    found = {row.id: row for row in read(desk).openings}
    assert found[old.id] == replace(old, valid_to=date(2027, 1, 3))
    assert found[new] == replace(old, id=new, closes=1020, valid_from=date(2027, 1, 4))
    hours = read(desk).hours(old.place, None, [date(2026, 12, 10), date(2027, 1, 7)])
    assert [f"{span.end.astimezone(berlin()):%d.%m. %H:%M}" for span in hours.all if span.start.hour == 12] == [
        "10.12. 16:00", "07.01. 17:00"
    ]  # fmt: skip


def test_hours_that_began_today_are_corrected_as_they_stand(desk: Desk, setup: Setup) -> None:
    new = keep_opening(desk, replace(afternoon(setup), closes=1020))
    begun = next(row for row in read(desk).openings if row.id == new)
    assert keep_opening(desk, replace(begun, closes=1050)) == new
    assert len(read(desk).openings) == len(setup.openings) + 1


def test_a_last_day_is_no_other_hours(desk: Desk, setup: Setup) -> None:
    old = afternoon(setup)
    assert keep_opening(desk, replace(old, valid_to=date(2026, 12, 23))) == old.id
    assert len(read(desk).openings) == len(setup.openings)


def test_hours_every_two_weeks_go_on_in_the_same_weeks(desk: Desk, setup: Setup) -> None:
    # Wednesdays from 4 November on, every other week: 18 November, 2 December
    rule = Opening(uuid4(), setup.places[0].id, 0b100, 1020, 1080, valid_from=date(2026, 11, 4), every_weeks=2)
    keep_opening(desk, rule)
    keep_opening(desk, replace(rule, closes=1110), date(2026, 11, 26))
    days = [date(2026, 11, 4) + timedelta(weeks=number) for number in range(6)]
    hours = read(desk).hours(rule.place, None, days)
    evening = [f"{span.start.astimezone(berlin()):%d.%m.}" for span in hours.all if span.start.hour == 16]
    assert evening == ["04.11.", "18.11.", "02.12."]


def test_hours_that_were_in_force_are_ended_rather_than_taken_out(desk: Desk, setup: Setup) -> None:
    old = afternoon(setup)
    desk.do(lambda work: appointment_setup.remove(work, old))
    ended = next(row for row in read(desk).openings if row.id == old.id)
    assert ended.valid_to == TODAY - timedelta(days=1)
    assert ended.has_ended(TODAY)
    new = keep_opening(desk, Opening(uuid4(), old.place, 1, 960, 1020, valid_from=TODAY))
    desk.do(lambda work: appointment_setup.remove(work, next(row for row in read(desk).openings if row.id == new)))
    assert new not in {row.id for row in read(desk).openings}


# --- what is booked


def test_other_hours_name_what_is_booked_outside_and_leave_it(desk: Desk, setup: Setup) -> None:
    late = book(desk, date(2026, 11, 30), 15)
    book(desk, date(2026, 11, 30), 9)
    assert conflicts(desk) == []
    keep_opening(desk, replace(afternoon(setup), closes=900))
    assert conflicts(desk) == [(late, "outside")]
    [line] = desk.do(lambda work: appointments.of_ids(work, [late]))[0]
    assert line.state == "planned"


def test_hours_are_asked_about_before_they_are_kept(desk: Desk, setup: Setup) -> None:
    late = book(desk, date(2026, 11, 30), 15)
    shorter = tuple(replace(row, closes=min(row.closes, 900)) for row in setup.openings)
    assert conflicts(desk, setup=replace(setup, openings=shorter)) == [(late, "outside")]
    assert conflicts(desk) == []


def test_a_closed_day_names_what_is_booked_then_but_not_what_is_over_or_called_off(
    desk: Desk, setup: Setup, clock
) -> None:
    past = book(desk, TODAY, 13)
    off = book(desk, date(2026, 11, 30), 9)
    stays = book(desk, date(2026, 11, 30), 10)
    book(desk, date(2026, 11, 30), 9, kind=setup.kinds[-1].id, name="Inventur", seat=setup.seats[1].id)
    desk.do(lambda work: appointments.cancel(work, off, "us"))
    clock.advance(hours=4)
    keep(desk, Closure(uuid4(), TODAY, date(2026, 12, 4), words="Wasserschaden"))
    assert conflicts(desk) == [(stays, "outside")]
    assert conflicts(desk, since=datetime(2026, 11, 26, 8, tzinfo=UTC)) == [(past, "outside"), (stays, "outside")]


def test_fewer_desks_name_those_that_are_too_many(desk: Desk, setup: Setup) -> None:
    first, second, third = (book(desk, date(2026, 11, 30), 9, seat=seat.id) for seat in setup.seats)
    morning = next(row for row in setup.openings if row.opens == 510 and row.weekdays == MONDAY_TO_THURSDAY)
    keep_opening(desk, replace(morning, seats=2))
    found = conflicts(desk)
    assert len(found) == 1
    assert found[0][0] in {first, second, third}
    assert found[0][1] == "over"


def test_a_reason_that_was_given_stands_beside_the_conflict(desk: Desk, setup: Setup) -> None:
    book(desk, date(2026, 11, 30), 18, overbooked="Vater arbeitet bis fünf")
    [conflict] = desk.do(lambda work: appointments.conflicts(work))[0]
    assert conflict.words == "außerhalb der Öffnungszeit: Vater arbeitet bis fünf"


def test_whoever_was_to_interpret_and_no_longer_can_is_listed_with_what_is_booked(desk: Desk, setup: Setup) -> None:
    family = desk.do(store_family)[0].household
    gone, barred, away, fine = (
        add_interpreter(desk, name) for name in ("Frau Gashi", "Herr Osei", "Frau Celik", "Herr Petrov")
    )
    day = date(2026, 11, 30)
    made = [
        book(desk, day, hour, household=family, language="ar", interpreting="confirmed", interpreter=who)
        for hour, who in ((9, gone), (10, barred), (11, away), (14, fine))
    ]
    assert conflicts(desk) == []
    desk.do(lambda work: interpreters.retire(work, gone))
    desk.do(lambda work: interpreters.block(work, barred, family, "Nachbar"))
    busy(desk, at(11, 15, day), interpreter_id=away)
    assert sorted(conflicts(desk), key=lambda each: made.index(each[0])) == [
        (made[0], "retired"), (made[1], "blocked"), (made[2], "absent"),
    ]  # fmt: skip
    desk.do(lambda work: interpreters.restore(work, gone))
    desk.do(lambda work: interpreters.unblock(work, barred, family))
    assert conflicts(desk) == [(made[2], "absent")]


def test_a_room_that_is_gone_and_a_desk_that_is_busy_elsewhere_are_listed(desk: Desk, setup: Setup) -> None:
    room = Seat(uuid4(), setup.places[0].id, "Raum 12", ROOM)
    keep(desk, room)
    day = date(2026, 11, 30)
    in_room = book(desk, day, 9, room=room.id)
    seated = book(desk, day, 10, seat=setup.desks()[0].id)
    desk.do(lambda work: appointment_setup.remove(work, room))
    busy(desk, at(10, 30, day), seat_id=setup.desks()[0].id)
    assert sorted(conflicts(desk), key=lambda each: each[1]) == [(seated, "away"), (in_room, "room")]


def test_the_only_place_stays(desk: Desk) -> None:
    setup = desk.do(appointment_setup.settle)[0]
    with pytest.raises(LastPlace):
        desk.do(lambda work: appointment_setup.remove(work, setup.places[0]))
    desk.do(lambda work: appointment_setup.keep(work, Place(uuid4(), "Styrum")))
    desk.do(lambda work: appointment_setup.remove(work, setup.places[0]))
    assert [place.name for place in desk.do(appointment_setup.read)[0].places] == ["Styrum"]


def test_hours_of_every_second_week_are_counted_from_the_week_they_were_entered_in(desk: Desk) -> None:
    place = desk.do(appointment_setup.settle)[0].places[0].id
    hours = Opening(uuid4(), place, 0b1, 480, 600, every_weeks=2)
    desk.do(lambda work: appointment_setup.keep_opening(work, hours))
    [kept] = [row for row in desk.do(appointment_setup.read)[0].openings if row.every_weeks]
    assert kept.valid_from == TODAY
