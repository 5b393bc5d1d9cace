"""Who would like to come earlier is found when a time falls free: by day, hours, kind, language and interpreter."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from builders import TODAY, store_family
from sqlalchemy import event
from the_day import Day, moment

from desk_app.casework import appointments, deeds, earlier_wishes, households
from desk_app.casework.appointments import SlotTaken
from desk_app.casework.desk import Desk
from desk_app.casework.earlier_wishes import BOOKED, EXPIRED, OFFERED, WAITING, Chance, Wish
from desk_app.domain.errors import RecordGone
from desk_app.domain.visit_states import CANCELLED_FAMILY, MOVED, PLANNED
from desk_app.storage.tables import Interpreter, InterpreterLanguage

SOON = TODAY + timedelta(days=4)
"""A Monday."""
LATER = TODAY + timedelta(days=20)


@pytest.fixture
def day(desk: Desk, clock) -> Day:  # type: ignore[no-untyped-def]  # the settable clock
    return Day(desk, clock).at(8)


def wish(day: Day, name: str = "Osei", **more: Any) -> UUID:
    draft = Wish(uuid4(), name=name, **{"kind": day.kind("school"), **more})
    day.desk.do(lambda work: earlier_wishes.keep(work, draft))
    return draft.id


def falls_free(day: Day, hour: int = 10, minute: int = 0, *, look: str = "school") -> UUID:
    visit = day.book("Haddad", hour, minute, look=look, day=SOON)
    day.step(visit, CANCELLED_FAMILY)
    return visit


def chances(day: Day) -> tuple[Chance, ...]:
    return day.desk.do(earlier_wishes.chances)[0]


def names(day: Day) -> list[str]:
    return [line.title for chance in chances(day) for line in chance.wishes]


def states(day: Day) -> list[str]:
    every = (WAITING, OFFERED, BOOKED, EXPIRED)
    return [line.state for line in day.desk.do(lambda work: earlier_wishes.listing(work, every))[0]]


def interpreter(day: Day, language: str) -> UUID:
    def add(work: Any) -> UUID:
        row = Interpreter(id=uuid4(), name="Samira Beispiel", **work.made)
        work.session.add(row)
        work.session.flush()
        work.session.add(InterpreterLanguage(id=uuid4(), interpreter_id=row.id, language=language, **work.made))
        work.note("appointment.changed", "interpreter", row.id)
        return row.id

    return day.desk.do(add)[0]


def test_nothing_is_offered_while_nothing_fell_free(day: Day) -> None:
    wish(day)
    day.book("Haddad", 10, day=SOON)
    assert chances(day) == ()


def test_a_cancelled_time_is_offered_and_one_taken_since_is_not(day: Day) -> None:
    wish(day)
    falls_free(day)
    [chance] = chances(day)
    assert (chance.slot.start, chance.slot.seat) == (moment(10, day=SOON), day.seat(1))
    day.book("Rahimi", 10, day=SOON)
    assert chances(day) == ()


def test_a_moved_appointment_leaves_its_time_to_others(day: Day) -> None:
    wish(day)
    visit = day.book("Haddad", 10, day=SOON)
    day.desk.do(lambda work: appointments.move(work, visit, moment(10, day=LATER)))
    assert [chance.slot.start for chance in chances(day)] == [moment(10, day=SOON)]


def test_the_longest_wait_stands_first(day: Day) -> None:
    wish(day, "Zuerst")
    day.clock.advance(minutes=1)
    wish(day, "Danach")
    falls_free(day)
    assert names(day) == ["Zuerst", "Danach"]


@pytest.mark.parametrize(
    ("hope", "found"),
    [
        ({"weekdays": 0b00001}, True),
        ({"weekdays": 0b11110}, False),
        ({"opens": 10 * 60, "closes": 10 * 60 + 45}, True),
        ({"opens": 10 * 60 + 5}, True),
        ({"opens": 10 * 60 + 45}, False),
        ({"closes": 10 * 60 + 40}, False),
        ({"not_before": SOON}, True),
        ({"not_before": SOON + timedelta(days=1)}, False),
        ({"until": SOON}, True),
        ({"until": SOON - timedelta(days=1)}, False),
    ],
)  # fmt: skip
def test_only_within_what_fell_free_and_when_they_can_come(day: Day, hope: dict[str, Any], found: bool) -> None:
    wish(day, **hope)
    falls_free(day)
    assert bool(chances(day)) is found


def test_a_longer_kind_needs_more_than_fell_free(day: Day) -> None:
    day.book("Davor", 9, day=SOON)
    falls_free(day)
    day.book("Danach", 10, 45, day=SOON)
    wish(day, "Aufnahme", kind=day.kind("intake"))
    assert names(day) == []
    wish(day, "Schule")
    assert names(day) == ["Schule"]


def test_with_interpreting_somebody_has_to_be_free_for_the_language(day: Day) -> None:
    wish(day, language="ti", interpreting=True)
    falls_free(day)
    assert names(day) == []
    who = interpreter(day, "ti")
    assert names(day) == ["Osei"]
    assert chances(day)[0].slot.interpreters == (who,)
    day.book("Andere", 10, seat=2, day=SOON, language="ti", interpreter=who, interpreting="confirmed")
    assert names(day) == []


def test_what_they_hold_must_be_later(day: Day) -> None:
    earlier, later = day.book("Früh", 9, day=SOON), day.book("Spät", 9, day=LATER)
    wish(day, "", appointment=earlier)
    wish(day, "", appointment=later)
    falls_free(day)
    assert names(day) == ["Spät"]


def test_offered_and_accepted_the_later_appointment_is_moved_there(day: Day) -> None:
    later = day.book("Spät", 9, day=LATER)
    hoped = wish(day, "", appointment=later)
    falls_free(day)
    [chance] = chances(day)
    day.desk.do(lambda work: earlier_wishes.offer(work, hoped, chance.slot))
    assert states(day) == [OFFERED]
    assert chances(day) == ()
    new = day.desk.do(lambda work: earlier_wishes.accept(work, hoped))[0]
    line = day.line(new)
    assert (line.title, line.start, line.state, line.moved_from) == ("Spät", moment(10, day=SOON), PLANNED, later)
    assert (day.state(later), states(day)) == (MOVED, [BOOKED])


def test_who_has_no_appointment_yet_gets_one(day: Day) -> None:
    hoped = wish(day, language="ti")
    falls_free(day)
    day.desk.do(lambda work: earlier_wishes.offer(work, hoped, earlier_wishes.chances(work)[0].slot))
    new = day.desk.do(lambda work: earlier_wishes.accept(work, hoped))[0]
    assert (day.line(new).title, day.line(new).language) == ("Osei", "ti")


def test_who_declines_goes_on_waiting_for_another_time(day: Day) -> None:
    hoped = wish(day)
    falls_free(day)
    day.desk.do(lambda work: earlier_wishes.offer(work, hoped, earlier_wishes.chances(work)[0].slot))
    day.desk.do(lambda work: earlier_wishes.decline(work, hoped))
    assert states(day) == [WAITING]
    with pytest.raises(RecordGone):
        day.desk.do(lambda work: earlier_wishes.accept(work, hoped))


def test_a_time_somebody_else_took_meanwhile_is_told_and_nothing_is_kept(day: Day) -> None:
    hoped = wish(day)
    falls_free(day)
    day.desk.do(lambda work: earlier_wishes.offer(work, hoped, earlier_wishes.chances(work)[0].slot))
    day.book("Rahimi", 10, day=SOON)
    with pytest.raises(SlotTaken):
        day.desk.do(lambda work: earlier_wishes.accept(work, hoped))
    assert states(day) == [OFFERED]


def test_a_wish_is_out_of_date_after_its_last_day_or_once_its_own_date_came(day: Day) -> None:
    wish(day, until=TODAY)
    wish(day, "", appointment=day.book("Haddad", 9, day=SOON))
    assert states(day) == [WAITING, WAITING]
    day.at(8, day=TODAY + timedelta(days=1))
    assert states(day) == [EXPIRED, WAITING]
    day.at(9, day=SOON)
    assert states(day) == [EXPIRED, EXPIRED]


def test_an_offer_nobody_answered_in_time_is_as_if_not_made(day: Day) -> None:
    hoped = wish(day)
    falls_free(day)
    day.desk.do(lambda work: earlier_wishes.offer(work, hoped, earlier_wishes.chances(work)[0].slot))
    day.at(10, day=SOON)
    assert states(day) == [WAITING]


def test_a_wish_taken_out_comes_back(day: Day) -> None:
    hoped = wish(day)
    deed = day.desk.do(lambda work: earlier_wishes.remove(work, hoped))[0]
    assert states(day) == []
    day.desk.do(lambda work: deeds.undo(work, deed))
    assert states(day) == [WAITING]


def test_hours_are_those_of_the_wall_clock_on_both_sides_of_a_clock_change() -> None:
    hope = Wish(uuid4(), opens=9 * 60, closes=10 * 60)
    for on in (date(2026, 3, 27), date(2026, 3, 30), date(2026, 10, 23), date(2026, 10, 26)):
        assert hope.suits(moment(9, day=on), moment(9, 45, day=on))
        assert not hope.suits(moment(8, 55, day=on), moment(9, 40, day=on))


def test_many_who_wait_for_many_times_are_looked_through_with_few_questions(day: Day) -> None:
    interpreter(day, "ti")
    for number in range(3):
        falls_free(day, 9 + number)
        family = day.desk.do(store_family)[0].household
        wish(day, "", household=family, language="ti", interpreting=True, opens=600)
    asked: list[str] = []

    def look(work: Any) -> int:
        connection = work.session.get_bind()

        def ask(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            asked.append(statement)

        event.listen(connection, "before_cursor_execute", ask)
        try:
            return len(earlier_wishes.chances(work))
        finally:
            event.remove(connection, "before_cursor_execute", ask)

    assert day.desk.do(look)[0] == 1
    assert sum("FROM opening" in each for each in asked) <= 2, "how the desks are open is asked once, not for each"
    assert sum("FROM appointment " in each for each in asked) < 12


def test_a_family_that_moved_away_is_offered_nothing(day: Day) -> None:
    family = day.desk.do(store_family)[0].household
    wish(day, "", household=family)
    falls_free(day)
    assert names(day) == ["Haddad"]
    day.desk.do(lambda work: households.move_away(work, family, TODAY))
    assert (names(day), states(day)) == ([], [EXPIRED])
