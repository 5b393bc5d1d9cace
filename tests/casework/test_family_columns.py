"""What further columns of the families tell, read without loading a file."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from builders import store_family
from sqlalchemy import event

from desk_app.casework import (
    families,
    family_columns,
    follow_ups,
    intake,
    notes,
    placement_deeds,
    placement_lines,
    placements,
)
from desk_app.casework.desk import Desk
from desk_app.domain.clock import local_day
from desk_app.domain.records import RecordKind, Ref


def facts_of(desk: Desk, household, *wanted: str) -> family_columns.FamilyFacts:
    def read(work):
        if not wanted or "last_sign" in wanted:
            placement_lines.catch_up(work)
        return family_columns.facts(work, wanted or family_columns.FACTS, [household])

    return desk.do(read)[0].get(household, family_columns.NOTHING_KNOWN)


def test_the_facts_are_those_of_the_file(desk: Desk) -> None:
    family = desk.do(store_family)[0]
    found = facts_of(desk, family.household)
    file = desk.do(lambda work: families.load(work, family.household))[0]
    assert found.begun == local_day(file.household.created_at)
    assert found.languages
    assert sum(count for _state, count in found.states) == 1
    assert found.district


def test_only_what_is_asked_for_is_read(desk: Desk) -> None:
    family = desk.do(store_family)[0]
    assert facts_of(desk, family.household, "begun") == family_columns.FamilyFacts(
        begun=facts_of(desk, family.household).begun
    )


def test_a_protected_address_gives_no_district(desk: Desk) -> None:
    family = desk.do(store_family)[0]
    file = desk.do(lambda work: families.load(work, family.household))[0]
    address = file.all(RecordKind.ADDRESS)[0]
    desk.do(lambda work: intake.set_value(work, Ref(RecordKind.ADDRESS, address.id), "protection", "blocked"))
    assert facts_of(desk, family.household).district == ""


def test_the_last_contact_is_the_newest_note_of_one_and_no_internal_one(desk: Desk, clock) -> None:
    family = desk.do(store_family)[0]
    first = facts_of(desk, family.household).last_contact
    clock.advance(days=12)
    called = clock()
    desk.do(lambda work: notes.keep(work, notes.Draft(uuid4(), family.household, "Anruf", "call", called)))
    clock.advance(days=5)
    now = clock()
    desk.do(lambda work: notes.keep(work, notes.Draft(uuid4(), family.household, "Intern", notes.INTERNAL, now)))
    found = facts_of(desk, family.household).last_contact
    assert found == local_day(called)
    assert first is not None
    assert found > first


def test_open_follow_ups_and_newest_states_are_counted(desk: Desk, clock) -> None:
    family = desk.do(store_family)[0]
    due = local_day(clock()) + timedelta(days=3)
    ids = [uuid4(), uuid4()]
    for id_ in ids:
        desk.do(lambda work, id_=id_: follow_ups.keep(work, follow_ups.Draft(id_, family.household, "Anrufen", due)))
    desk.do(lambda work: follow_ups.set_done(work, ids[:1]))
    desk.do(lambda work: placements.record_event(work, family.request, placements.SENT))
    found = facts_of(desk, family.household, "follow_ups", "states")
    assert found.follow_ups == 1
    assert found.states == ((placements.SENT, 1),)


def test_more_families_need_no_more_queries(desk: Desk) -> None:
    def queries() -> int:
        counted: list[str] = []

        def read(work):
            connection = work.session.connection()
            event.listen(connection, "before_cursor_execute", lambda *said: counted.append(said[2]))
            family_columns.facts(work, family_columns.FACTS, [row.id for row in families.listing(work)])

        desk.do(read)
        return len(counted)

    desk.do(store_family)
    few = queries()
    for name in ("Eid", "Örnek", "Zeman"):
        desk.do(lambda work, name=name: store_family(work, name))
    assert queries() == few


def test_the_last_sign_of_life_is_that_of_the_file_and_tells_whose_child_waits(desk: Desk, clock) -> None:
    family, other = (desk.do(store_family)[0] for _each in range(2))
    desk.do(lambda work: placement_deeds.step(work, [other.request], placements.ADMITTED))
    first = clock().date()
    clock.advance(days=8)
    for kind in ("letter", "visit"):
        draft = notes.Draft(uuid4(), family.household, kind, kind, clock() - timedelta(days=kind == "visit"))
        desk.do(lambda work, draft=draft: notes.keep(work, draft))
    assert facts_of(desk, family.household).last_sign == clock().date() - timedelta(days=1), "a letter is no sign"
    assert facts_of(desk, other.household).last_sign == first
    assert (facts_of(desk, family.household).waits, facts_of(desk, other.household).waits) == (True, False)


def test_a_family_without_a_request_has_a_last_sign_of_life_too(desk: Desk, clock) -> None:
    household = uuid4()
    desk.do(lambda work: intake.start(work, household, family_name="Haddad"))
    begun = clock().date()
    clock.advance(days=3)
    assert facts_of(desk, household, "last_sign").last_sign == begun
