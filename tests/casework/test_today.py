"""The day in one read: what waits, what is due, what requests lack, and when the next times are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from builders import TODAY, store_family
from interpreting import add_interpreter
from the_day import Day, moment

from desk_app.casework import centre, follow_ups, intake, interpreters, today
from desk_app.casework.desk import Desk
from desk_app.casework.interpreters import Spoken
from desk_app.casework.today import Today
from desk_app.domain.centre import Centre
from desk_app.domain.records import RecordKind, Ref
from desk_app.storage.tables import Interpreter, InterpreterLanguage


@pytest.fixture
def day(desk: Desk, clock: Any) -> Day:
    return Day(desk, clock).at(10)


def read(day: Day, **how: bool) -> Today:
    return day.desk.do(lambda work: today.read(work, **how))[0]


def test_only_the_day_itself_is_read(day: Day) -> None:
    day.book("Heute", 11)
    day.book("Morgen", 11, day=TODAY + timedelta(days=1))
    day.comes("Hoxha")
    found = read(day)
    assert [line.title for line in found.lines] == ["Hoxha", "Heute"]
    assert [line.title for room in found.rooms for line in room.lines] == ["Hoxha"]


def test_follow_ups_of_a_week_with_how_many_are_due(day: Day) -> None:
    family = day.desk.do(store_family)[0]
    for words, due_in in (("alt", -3), ("heute", 0), ("bald", 7), ("später", 8)):
        draft = follow_ups.Draft(uuid4(), family.household, words, TODAY + timedelta(days=due_in))
        day.desk.do(lambda work, draft=draft: follow_ups.keep(work, draft))
    found = read(day)
    assert ([line.words for line in found.follow_ups], found.due) == (["alt", "heute", "bald"], 2)


def test_requests_that_lack_something_with_what_and_the_limits_of_the_centre(day: Day) -> None:
    whole, lacking = day.desk.do(store_family)[0], day.desk.do(lambda work: store_family(work, "Yıldız"))[0]
    day.desk.do(lambda work: intake.set_value(work, Ref(RecordKind.PERSON, lacking.child), "sex", None))
    day.desk.do(lambda work: centre.save(work, Centre(name="Zentrum", amber_after=10, red_after=20)))
    found = read(day)
    assert [(each.row.household, each.missing[0].key) for each in found.lacking] == [(lacking.household, "sex")]
    assert whole.household not in {each.row.household for each in found.lacking}
    assert (found.incomplete, found.amber, found.red) == (1, 10, 20)


def test_free_times_are_looked_for_only_where_there_is_room_for_them(day: Day) -> None:
    assert read(day).free == ()
    found = read(day, with_free=True)
    assert [slot.start for slot in found.free][:3] == [moment(10)] * 3
    assert len(found.free) == 5
    assert found.free[-1].start >= moment(8, 30, day=TODAY + timedelta(days=1)), "not more than three of one day"


def test_languages_most_families_speak_come_first_with_their_first_time(day: Day) -> None:
    for name in ("Haddad", "Saleh"):
        day.desk.do(lambda work, name=name: store_family(work, name))

    def add(work: Any) -> None:
        for language in ("ti", "ar"):
            row = Interpreter(id=uuid4(), name="Samira Beispiel", **work.made)
            work.session.add(row)
            work.session.flush()
            work.session.add(InterpreterLanguage(id=uuid4(), interpreter_id=row.id, language=language, **work.made))

    day.desk.do(add)
    found = read(day, with_free=True)
    assert [(language, slot.start) for language, slot in found.with_interpreter] == [
        ("Arabisch", moment(10)), ("Tigrinya", moment(10)),
    ]  # fmt: skip


def test_a_language_nobody_interprets_any_more_takes_no_place(day: Day) -> None:
    stops = add_interpreter(day.desk)
    for language in ("ti", "sq", "tr"):
        add_interpreter(day.desk, "Herr Osei", Spoken(language))
    day.desk.do(lambda work: [store_family(work) for _family in range(2)])
    assert "Arabisch" in dict(read(day, with_free=True).with_interpreter)
    day.desk.do(lambda work: interpreters.retire(work, stops))
    named = dict(read(day, with_free=True).with_interpreter)
    assert len(named) == 3
    assert "Arabisch" not in named
