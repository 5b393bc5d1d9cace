"""People who interpret: kept, retired, barred from families, with the minutes they are booked for."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from builders import StoredFamily, store_family
from interpreting import FRIDAY, add_interpreter, at, book, line, undo

from desk_app.casework import (
    appointment_deeds,
    appointment_setup,
    deeds,
    interpreter_asking,
    interpreters,
    merging,
    personal,
    visits,
)
from desk_app.casework.desk import Desk
from desk_app.casework.interpreters import Interpreter, InterpreterLine, Spoken
from desk_app.domain.covering import covering
from desk_app.domain.errors import RecordGone
from desk_app.domain.opening_hours import When


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    desk.do(appointment_setup.settle)
    return desk.do(store_family)[0]


def everybody(desk: Desk, *, retired: bool = False) -> list[InterpreterLine]:
    return list(desk.do(lambda work: interpreters.of_all(work, retired=retired))[0])


FULL = Interpreter(
    uuid4(),
    "Mirjeta Gashi",
    sex="w",
    kind="sprint",
    phone="0208 47110",
    email="gashi@sprache.example",
    minutes_per_month=600,
    note="nur vormittags anrufen",
    languages=(Spoken("sq", "Gegisch"), Spoken("sq", "Toskisch"), Spoken("ro")),
    times=(When(0b00100, 540, 780), When(0b01000, 840, 960, every_weeks=2, valid_from=FRIDAY)),
)


def test_whoever_interprets_is_kept_as_told_and_nothing_is_required(desk: Desk) -> None:
    desk.do(lambda work: interpreters.keep(work, FULL))
    desk.do(lambda work: interpreters.keep(work, Interpreter(uuid4())))
    nameless, told = everybody(desk)
    assert told.person == FULL
    assert nameless.person.name == ""
    assert desk.do(lambda work: interpreters.get(work, FULL.id))[0] == FULL


def test_a_change_is_one_step_that_can_be_taken_back(desk: Desk) -> None:
    desk.do(lambda work: interpreters.keep(work, FULL))
    changed = replace(FULL, languages=FULL.languages[1:], times=(), minutes_per_month=None, phone="0208 1")
    desk.do(lambda work: interpreters.keep(work, changed))
    assert everybody(desk)[0].person == changed
    undo(desk)
    assert everybody(desk)[0].person == FULL
    undo(desk)
    assert everybody(desk) == []


def test_keeping_what_is_kept_already_is_no_step(desk: Desk) -> None:
    desk.do(lambda work: interpreters.keep(work, FULL))
    before = desk.do(lambda work: deeds.recent(work, 9))[0]
    desk.do(lambda work: interpreters.keep(work, FULL))
    assert desk.do(lambda work: deeds.recent(work, 9))[0] == before


def test_who_stops_is_in_no_choice_any_more_and_can_come_back(desk: Desk, family: StoredFamily) -> None:
    gashi = add_interpreter(desk)
    booked = book(desk, at(9), household=family.household)
    desk.do(lambda work: interpreter_asking.ask(work, booked, gashi))
    desk.do(lambda work: interpreters.retire(work, gashi))
    assert everybody(desk) == []
    assert [each.person.retired for each in everybody(desk, retired=True)] == [True]
    assert desk.do(lambda work: interpreters.speaking(work, "ar"))[0] == ()
    assert line(desk, booked).interpreter_name == "Frau Gashi"
    desk.do(lambda work: interpreters.restore(work, gashi))
    assert [each.person.id for each in everybody(desk)] == [gashi]
    undo(desk)
    assert everybody(desk) == []


def test_who_must_not_interpret_for_a_family_is_kept_with_why(desk: Desk, family: StoredFamily) -> None:
    gashi = add_interpreter(desk)
    desk.do(lambda work: interpreters.block(work, gashi, family.household, " verschwägert "))
    [barred] = everybody(desk)[0].blocks
    assert (barred.household, barred.title, barred.words) == (family.household, "Haddad", "verschwägert")
    desk.do(lambda work: interpreters.block(work, gashi, family.household, "Nachbarn"))
    assert [each.words for each in everybody(desk)[0].blocks] == ["Nachbarn"]
    desk.do(lambda work: interpreters.unblock(work, gashi, family.household))
    assert everybody(desk)[0].blocks == ()
    undo(desk)
    assert [each.words for each in everybody(desk)[0].blocks] == ["Nachbarn"]
    desk.do(lambda work: interpreters.unblock(work, gashi, family.household))
    with pytest.raises(RecordGone):
        desk.do(lambda work: interpreters.unblock(work, gashi, family.household))


def test_minutes_of_the_month_are_worked_out_from_what_stands_and_what_took_place(
    desk: Desk, family: StoredFamily
) -> None:
    gashi = add_interpreter(desk, minutes_per_month=600)
    ids = [book(desk, at(hour), household=family.household) for hour in (9, 10, 11)]
    ids.append(book(desk, at(9, day=FRIDAY + timedelta(days=7)), household=family.household))  # in December
    for each in ids:
        desk.do(lambda work, each=each: interpreter_asking.ask(work, each, gashi))
    desk.do(lambda work: appointment_deeds.cancel(work, ids[1], "family"))
    assert everybody(desk)[0].load == interpreters.Load(booked=90, kept=0)
    desk.do(lambda work: visits.step(work, ids[0], "done"))
    assert everybody(desk)[0].load == interpreters.Load(booked=90, kept=45)


def test_somebody_who_was_never_there_cannot_be_changed(desk: Desk) -> None:
    for deed in (interpreters.get, interpreters.retire, interpreters.restore):
        with pytest.raises(RecordGone):
            desk.do(lambda work, deed=deed: deed(work, UUID(int=7)))


def test_a_bar_goes_along_when_two_files_of_a_family_become_one(desk: Desk, family: StoredFamily) -> None:
    gashi = add_interpreter(desk)
    other = desk.do(store_family)[0]
    desk.do(lambda work: interpreters.block(work, gashi, other.household, "verwandt"))
    desk.do(lambda work: merging.merge(work, family.household, other.household))
    [barred] = everybody(desk)[0].blocks
    assert (barred.household, barred.words) == (family.household, "verwandt")


def test_a_bar_of_two_files_that_became_one_is_lifted_as_one(desk: Desk, family: StoredFamily) -> None:
    gashi, twice = add_interpreter(desk), desk.do(lambda work: store_family(work, given_name="Karim"))[0]
    for household in (family.household, twice.household):
        desk.do(lambda work, id_=household: interpreters.block(work, gashi, id_))
    desk.do(lambda work: merging.merge(work, family.household, twice.household))
    desk.do(lambda work: interpreters.unblock(work, gashi, family.household))
    assert desk.do(lambda work: interpreters.blocks_of(work, [gashi]))[0] == {}


def test_names_of_interpreters_are_covered_and_what_a_service_is_called_is_not(desk: Desk) -> None:
    add_interpreter(desk, "Mirjeta Gashi", kind="sprint")
    add_interpreter(desk, "Videodolmetschen", kind="remote")
    cover = covering(desk.do(personal.read)[0])
    assert "Gashi" not in cover("Mirjeta Gashi ist angefragt")
    assert cover("Videodolmetschen") == "Videodolmetschen"
