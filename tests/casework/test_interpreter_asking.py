"""Finding somebody who interprets: who can, who was asked, who said no, who comes next."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from builders import StoredFamily, store_family
from interpreting import FRIDAY, MONDAY, add_interpreter, at, book, line, undo

from desk_app.casework import (
    appointment_deeds,
    appointment_setup,
    appointments,
    interpreter_asking,
    interpreters,
    visits,
)
from desk_app.casework.appointments import SlotTaken, Taken
from desk_app.casework.desk import Desk
from desk_app.casework.interpreter_asking import Candidate
from desk_app.casework.interpreters import Spoken
from desk_app.domain.errors import RecordGone
from desk_app.domain.opening_hours import When
from desk_app.storage.tables import BusyTime


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    desk.do(appointment_setup.settle)
    return desk.do(store_family)[0]


def candidates(desk: Desk, appointment: UUID) -> list[Candidate]:
    return list(desk.do(lambda work: interpreter_asking.candidates_for(work, appointment))[0])


def of(found: list[Candidate], name: str) -> Candidate:
    return next(each for each in found if each.name == name)


def test_everybody_who_speaks_the_language_is_told_and_nobody_else(desk: Desk, family: StoredFamily) -> None:
    add_interpreter(desk, "A", Spoken("ar", "Levantinisch"))
    add_interpreter(desk, "B", Spoken("uk"))
    [found] = candidates(desk, book(desk, at(9), household=family.household))
    assert (found.name, found.fits) == ("A", True)
    assert found.pro == ("Arabisch, Levantinisch", "kommt nach Absprache")


def test_the_dialect_comes_first_then_who_knows_the_family_then_who_has_least_to_do(
    desk: Desk, family: StoredFamily
) -> None:
    busy, dialect, known, idle = (
        add_interpreter(desk, "A viel"), add_interpreter(desk, "B Mundart", Spoken("ar", "Levantinisch")),
        add_interpreter(desk, "C vertraut"), add_interpreter(desk, "D frei"),
    )  # fmt: skip
    before = book(desk, at(9), household=family.household)
    desk.do(lambda work: interpreter_asking.ask(work, before, known))
    desk.do(lambda work: visits.step(work, before, "done"))
    other = book(desk, at(10), name="Jemand")
    desk.do(lambda work: interpreter_asking.ask(work, other, busy))
    wanted = book(desk, at(11), household=family.household, dialect="levantinisch")
    found = candidates(desk, wanted)
    assert [each.name for each in found] == ["B Mundart", "C vertraut", "D frei", "A viel"]
    assert "war schon einmal bei dieser Familie" in of(found, "C vertraut").pro
    assert {busy, dialect, known, idle} == {each.id for each in found}


def test_what_stands_in_the_way_is_said_of_everybody(desk: Desk, family: StoredFamily) -> None:
    add_interpreter(desk, "Herr Mann", sex="m")
    blocked = add_interpreter(desk, "Frau Barr", sex="w")
    desk.do(lambda work: interpreters.block(work, blocked, family.household, "verwandt"))
    add_interpreter(desk, "Frau Mittwoch", sex="w", times=(When(0b00100, 540, 780),))
    booked = add_interpreter(desk, "Frau Voll", sex="w")
    away = add_interpreter(desk, "Frau Fort", sex="w")
    add_interpreter(desk, "Frau Frei", sex="w", times=(When(0b10000, 480, 720),), minutes_per_month=600)
    other = book(desk, at(8, 45), name="Jemand")
    desk.do(lambda work: interpreter_asking.ask(work, other, booked))
    desk.do(
        lambda work: work.session.add(
            BusyTime(id=UUID(int=1), interpreter_id=away, starts_at=at(9, 30), ends_at=at(10), uid="x", **work.made)
        )
    )
    found = candidates(desk, book(desk, at(9), household=family.household, interpreter_sex="w"))
    assert found[0].name == "Frau Frei"
    assert found[0].pro == ("Arabisch", "noch 600 von 600 Minuten in diesem Monat")
    assert [each.fits for each in found] == [True, False, False, False, False, False]
    assert {each.name: each.against for each in found[1:]} == {
        "Herr Mann": ("gewünscht ist: weiblich",),
        "Frau Barr": ("soll für diese Familie nicht dolmetschen: verwandt",),
        "Frau Mittwoch": ("ist zu dieser Zeit sonst nicht da",),
        "Frau Voll": ("dolmetscht schon von 8:45 bis 9:30 Uhr",),
        "Frau Fort": ("laut eigenem Kalender belegt von 9:30 bis 10:00 Uhr",),
    }


def test_a_talk_that_begins_when_another_ends_is_in_nobodys_way(desk: Desk, family: StoredFamily) -> None:
    gashi = add_interpreter(desk)
    other = book(desk, at(9), name="Jemand", minutes=60)
    desk.do(lambda work: interpreter_asking.ask(work, other, gashi))
    assert candidates(desk, book(desk, at(10), household=family.household))[0].fits
    assert not candidates(desk, book(desk, at(9, 55), household=family.household))[0].fits


def test_from_open_to_asked_to_confirmed_and_back_step_by_step(desk: Desk, family: StoredFamily) -> None:
    gashi = add_interpreter(desk)
    booked = book(desk, at(9), household=family.household)
    desk.do(lambda work: interpreter_asking.ask(work, booked, gashi))
    assert (line(desk, booked).interpreting, line(desk, booked).interpreter_name) == ("asked", "Frau Gashi")
    assert line(desk, booked).sequence == 1
    desk.do(lambda work: interpreter_asking.confirm(work, booked))
    assert (line(desk, booked).interpreting, line(desk, booked).sequence) == ("confirmed", 1)
    for state in ("asked", "open"):
        undo(desk)
        assert line(desk, booked).interpreting == state
    assert line(desk, booked).interpreter is None


def test_who_says_yes_on_the_phone_need_not_have_been_asked_before(desk: Desk, family: StoredFamily) -> None:
    gashi = add_interpreter(desk)
    booked = book(desk, at(9), household=family.household)
    with pytest.raises(RecordGone):
        desk.do(lambda work: interpreter_asking.confirm(work, booked))
    desk.do(lambda work: interpreter_asking.confirm(work, booked, gashi))
    assert line(desk, booked).interpreting == "confirmed"


def test_after_a_no_it_is_open_again_and_the_next_one_is_proposed(desk: Desk, family: StoredFamily) -> None:
    first, second = add_interpreter(desk, "A"), add_interpreter(desk, "B")
    booked = book(desk, at(9), household=family.household)
    desk.do(lambda work: interpreter_asking.ask(work, booked, first))
    following = desk.do(lambda work: interpreter_asking.decline(work, booked))[0]
    assert line(desk, booked).interpreting == "open"
    assert [(each.id, each.fits) for each in following] == [(second, True), (first, False)]
    assert following[1].against == ("hat für diesen Termin abgesagt",)
    undo(desk)
    assert line(desk, booked).interpreter == first
    assert of(candidates(desk, booked), "A").fits
    with pytest.raises(RecordGone):
        desk.do(lambda work: interpreter_asking.decline(work, book(desk, at(10), name="Jemand")))


def test_nobody_is_asked_into_two_places_or_to_a_family_they_are_barred_from(desk: Desk, family: StoredFamily) -> None:
    gashi = add_interpreter(desk)
    one, other = book(desk, at(9), name="Jemand"), book(desk, at(9, 30), household=family.household)
    desk.do(lambda work: interpreter_asking.ask(work, one, gashi))
    with pytest.raises(SlotTaken) as taken:
        desk.do(lambda work: interpreter_asking.ask(work, other, gashi))
    assert [clash.what for clash in taken.value.clashes] == [Taken.INTERPRETER]
    desk.do(lambda work: appointment_deeds.cancel(work, one, "us"))
    desk.do(lambda work: interpreters.block(work, gashi, family.household))
    with pytest.raises(SlotTaken) as taken:
        desk.do(lambda work: interpreter_asking.ask(work, other, gashi))
    assert [clash.what for clash in taken.value.clashes] == [Taken.BLOCKED]
    assert line(desk, other).interpreting == "open"


def test_an_appointment_outside_of_the_hours_can_get_an_interpreter_like_any_other(
    desk: Desk, family: StoredFamily
) -> None:
    gashi = add_interpreter(desk)
    late = book(desk, at(19), household=family.household, overbooked="Elternabend")
    desk.do(lambda work: interpreter_asking.ask(work, late, gashi))
    assert line(desk, late).interpreting == "asked"


def test_what_was_called_off_or_moved_asks_nobody(desk: Desk, family: StoredFamily) -> None:
    gashi = add_interpreter(desk)
    booked = book(desk, at(9), household=family.household)
    desk.do(lambda work: appointment_deeds.cancel(work, booked, "family"))
    with pytest.raises(RecordGone):
        desk.do(lambda work: interpreter_asking.ask(work, booked, gashi))


def test_who_said_yes_is_asked_anew_for_a_moved_appointment(desk: Desk, family: StoredFamily) -> None:
    gashi = add_interpreter(desk)
    booked = book(desk, at(9), household=family.household)
    desk.do(lambda work: interpreter_asking.confirm(work, booked, gashi))
    moved = desk.do(lambda work: appointments.move(work, booked, at(10, day=MONDAY)))[0]
    assert (line(desk, moved).interpreter, line(desk, moved).interpreting) == (gashi, "asked")


def test_free_times_for_a_language_keep_to_what_the_interpreters_can(desk: Desk, family: StoredFamily) -> None:
    gashi = add_interpreter(desk, "Frau Gashi", Spoken("sq"), times=(When(0b00001, 540, 660),))
    found = desk.do(lambda work: appointments.free(work, None, FRIDAY, 7, language="sq", limit=1))[0]
    assert (found[0].start, found[0].interpreters) == (at(9, day=MONDAY), (gashi,))
    person = desk.do(lambda work: interpreters.get(work, gashi))[0]
    desk.do(lambda work: interpreters.keep(work, replace(person, times=())))
    found = desk.do(lambda work: appointments.free(work, None, FRIDAY, 7, language="sq", limit=1))[0]
    assert found[0].start == at(8, 30)
    desk.do(lambda work: interpreters.retire(work, gashi))
    assert desk.do(lambda work: appointments.free(work, None, FRIDAY, 7, language="sq"))[0] == ()
    assert FRIDAY + timedelta(days=3) == MONDAY
