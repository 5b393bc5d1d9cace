"""A day that bundles families for one interpreter: proposed with why, done in one deed, taken back in one step."""

from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from builders import StoredFamily, store_family
from interpreting import FRIDAY, add_interpreter, at, book, line, undo

from desk_app.casework import (
    appointment_deeds,
    appointment_setup,
    appointments,
    deeds,
    interpreter_asking,
    interpreter_days,
    interpreters,
)
from desk_app.casework.appointments import SlotTaken
from desk_app.casework.desk import Desk
from desk_app.casework.interpreter_days import BundleDay
from desk_app.casework.interpreters import Spoken
from desk_app.domain.clock import local, local_day
from desk_app.domain.opening_hours import When

WEDNESDAYS = (When(0b00100, 540, 750),)
WEDNESDAY = date(2026, 12, 2)


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    desk.do(appointment_setup.settle)
    return desk.do(store_family)[0]


def propose(desk: Desk, interpreter: UUID) -> tuple[BundleDay, ...]:
    return desk.do(lambda work: interpreter_days.propose(work, interpreter))[0]


def three_families(desk: Desk, family: StoredFamily) -> list[UUID]:
    """On three days of the first two weeks of December."""
    return [
        book(desk, at(9, day=date(2026, 12, 1)), household=family.household),
        book(desk, at(10, day=date(2026, 12, 3)), name="Osei", phone="0208 4711"),
        book(desk, at(14, day=date(2026, 12, 8)), name="Demir"),
    ]


def test_families_of_one_language_are_laid_back_to_back_on_a_day_of_the_interpreter(
    desk: Desk, family: StoredFamily
) -> None:
    gashi = add_interpreter(desk, times=WEDNESDAYS)
    three_families(desk, family)
    best = propose(desk, gashi)[0]
    assert (best.day, best.name, best.place_name) == (WEDNESDAY, "Frau Gashi", "Kommunales Integrationszentrum")
    assert [(move.title, f"{local(move.new):%H:%M}", move.seat_name) for move in best.moves] == [
        ("Haddad", "10:00", "Platz 1"), ("Osei", "10:50", "Platz 1"), ("Demir", "11:40", "Platz 1"),
    ]  # fmt: skip
    assert best.reasons == (
        "3 Familien nacheinander, 10:00–12:25", "ein Weg statt 3", "ist dann da",
        "höchstens 6 Tage verschoben", "wartet dazwischen 10 Minuten",
    )  # fmt: skip


def test_doing_so_moves_and_asks_in_one_deed_and_says_whom_to_tell(desk: Desk, family: StoredFamily) -> None:
    gashi = add_interpreter(desk, times=WEDNESDAYS)
    three_families(desk, family)
    best = propose(desk, gashi)[0]
    told = desk.do(lambda work: interpreter_days.take(work, best))[0]
    assert [(move.title, move.phone) for move in told] == [
        ("Haddad", "0208 000000"), ("Osei", "0208 4711"), ("Demir", ""),
    ]  # fmt: skip
    there = desk.do(lambda work: appointments.of_days(work, WEDNESDAY, WEDNESDAY))[0]
    assert [(each.interpreter_name, each.interpreting) for each in there] == [("Frau Gashi", "asked")] * 3
    assert desk.do(deeds.newest)[0].words == "Frau Gashi am 02.12.2026: 3 Familien gebündelt"
    undo(desk)
    days = desk.do(lambda work: appointments.of_days(work, FRIDAY, date(2026, 12, 31)))[0]
    assert [(local_day(each.start).day, each.state, each.interpreting) for each in days] == [
        (1, "planned", "open"), (3, "planned", "open"), (8, "planned", "open"),
    ]  # fmt: skip


def test_only_those_are_moved_for_whom_nobody_was_asked_and_who_may_be_interpreted_for(
    desk: Desk, family: StoredFamily
) -> None:
    gashi = add_interpreter(desk, sex="w", times=WEDNESDAYS)
    blocked, asked, _third = three_families(desk, family)
    desk.do(lambda work: interpreters.block(work, gashi, family.household, "verwandt"))
    other = add_interpreter(desk, "Herr Baran")
    desk.do(lambda work: interpreter_asking.ask(work, asked, other))
    book(desk, at(9, day=date(2026, 12, 10)), name="Wunsch", interpreter_sex="m")
    book(desk, at(10, day=date(2026, 12, 10)), name="Andere Sprache", language="uk")
    refused = book(desk, at(11, day=date(2026, 12, 10)), name="Absage")
    desk.do(lambda work: interpreter_asking.ask(work, refused, gashi))
    desk.do(lambda work: interpreter_asking.decline(work, refused))
    called_off = book(desk, at(14, day=date(2026, 12, 10)), name="Abgesagt")
    desk.do(lambda work: appointment_deeds.cancel(work, called_off, "family"))
    book(desk, at(9, day=date(2026, 12, 29)), name="Zu spät")
    assert propose(desk, gashi) == ()  # only one family is left, and one is no bundle
    kwame = book(desk, at(9, day=date(2026, 12, 9)), name="Kwame")
    assert {move.title for move in propose(desk, gashi)[0].moves} == {"Demir", "Kwame"}
    assert line(desk, kwame).interpreting == "open"
    assert line(desk, blocked).interpreting == "open"


def test_a_day_on_which_somebody_comes_anyway_is_taken_first(desk: Desk, family: StoredFamily) -> None:
    gashi = add_interpreter(desk)
    later = date(2026, 12, 9)
    fixed = book(desk, at(10, day=later), name="Fest")
    desk.do(lambda work: interpreter_asking.confirm(work, fixed, gashi))
    three_families(desk, family)
    best = propose(desk, gashi)[0]
    assert best.day == later
    assert "kommt an dem Tag ohnehin einmal" in best.reasons
    desk.do(lambda work: interpreter_days.take(work, best))
    there = desk.do(lambda work: appointments.of_days(work, later, later))[0]
    assert all(one.end <= other.start for one, other in pairwise(there))
    assert len(there) == 4


def test_families_that_come_on_one_day_already_are_no_proposal(desk: Desk, family: StoredFamily) -> None:
    gashi = add_interpreter(desk, times=WEDNESDAYS)
    for hour in (9, 10):
        book(desk, at(hour, day=WEDNESDAY), name="Familie")
    assert propose(desk, gashi) == ()


def test_holidays_and_desks_that_are_taken_are_no_days_to_come(desk: Desk, family: StoredFamily) -> None:
    gashi = add_interpreter(
        desk, times=(When(0b10000, 540, 750, valid_from=date(2026, 12, 25), valid_to=date(2026, 12, 25)),)
    )
    three_families(desk, family)
    assert propose(desk, gashi) == ()


def test_what_changed_meanwhile_leaves_everything_as_it_was(desk: Desk, family: StoredFamily) -> None:
    gashi = add_interpreter(desk, times=WEDNESDAYS)
    three_families(desk, family)
    best = propose(desk, gashi)[0]
    for seat in desk.do(appointment_setup.read)[0].desks():
        book(desk, best.moves[1].new, name="Dazwischen", seat=seat.id, interpreting="", language="")
    with pytest.raises(SlotTaken):
        desk.do(lambda work: interpreter_days.take(work, best))
    assert line(desk, best.moves[0].appointment).state == "planned"
    assert line(desk, best.moves[0].appointment).start == best.moves[0].old


def test_every_language_of_somebody_counts(desk: Desk, family: StoredFamily) -> None:
    gashi = add_interpreter(desk, "Frau Gashi", Spoken("ar"), Spoken("sq"), times=WEDNESDAYS)
    book(desk, at(9, day=date(2026, 12, 1)), name="Eins")
    book(desk, at(9, day=date(2026, 12, 3)), name="Zwei", language="sq")
    assert [move.title for move in propose(desk, gashi)[0].moves] == ["Eins", "Zwei"]
    assert WEDNESDAY - date(2026, 11, 26) > timedelta(days=2)
