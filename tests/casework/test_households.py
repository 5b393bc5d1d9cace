from datetime import date
from uuid import UUID, uuid4

import pytest
from builders import TODAY, StoredFamily, store_family

from desk_app.casework import centre, deeds, families, households, intake, placement_list, placements, timeline, users
from desk_app.casework.desk import Desk, Work
from desk_app.domain import completeness
from desk_app.domain.centre import Centre
from desk_app.domain.child import ChildView
from desk_app.domain.dates import DateSpan
from desk_app.domain.errors import NotAllowed, RecordGone
from desk_app.domain.records import FamilyFile, RecordKind, Ref
from desk_app.domain.roles import Role


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


def load(desk: Desk, household: UUID) -> FamilyFile:
    return desk.do(lambda work: families.load(work, household))[0]


def view(desk: Desk, family: StoredFamily) -> ChildView:
    return ChildView(load(desk, family.household), family.child, TODAY)


def titles(desk: Desk, household: UUID) -> list[str]:
    return [entry.title for entry in desk.do(lambda work: timeline.entries(work, families.load(work, household)))[0]]


# --- moved away


def test_moving_away_ends_the_requests_and_sets_the_day_to_check_deletion(desk: Desk, family: StoredFamily) -> None:
    desk.do(lambda work: households.move_away(work, family.household, date(2026, 11, 20), "Essen"))
    file = load(desk, family.household)
    assert file.has_moved_away
    assert file.state_of(family.request) == "moved_away"
    assert file.events[-1].reason == "Familie verzogen nach Essen"
    assert file.household.day("delete_on") == date(2031, 12, 31)
    assert desk.do(placement_list.listing)[0] == ()
    assert desk.do(families.open_intakes)[0] == ()
    assert titles(desk, family.household)[0] == "Schulplatzanfrage für Karim beendet: verzogen"
    assert "Familie verzogen" in titles(desk, family.household)


def test_changing_an_answer_afterwards_begins_nothing_anew(desk: Desk, family: StoredFamily) -> None:
    desk.do(lambda work: households.move_away(work, family.household, TODAY))
    desk.do(lambda work: intake.set_value(work, Ref(RecordKind.PERSON, family.child), "sex", None))
    desk.do(lambda work: intake.add_sibling(work, uuid4(), family.child))
    file = load(desk, family.household)
    assert file.state_of(family.request) == "moved_away"
    assert len(file.records[RecordKind.REQUEST]) == 1


@pytest.mark.parametrize("before", ["complete", "sent", "query"])
def test_coming_back_goes_on_where_it_ended(desk: Desk, family: StoredFamily, before: str) -> None:
    if before != "complete":
        desk.do(lambda work: placements.record_event(work, family.request, before))
    desk.do(lambda work: households.move_away(work, family.household, TODAY, "Essen"))
    desk.do(lambda work: households.come_back(work, family.household, TODAY))
    file = load(desk, family.household)
    assert file.state_of(family.request) == before
    assert (file.has_moved_away, file.household.day("delete_on")) == (False, None)


def test_taking_the_moving_away_back_leaves_the_file_as_it_was(desk: Desk, family: StoredFamily) -> None:
    before = load(desk, family.household)
    deed, _ = desk.do(lambda work: households.move_away(work, family.household, TODAY, "Essen"))
    desk.do(lambda work: deeds.undo(work, deed))
    after = load(desk, family.household)
    assert after.household.values == before.household.values
    assert after.state_of(family.request) == "complete"
    assert "Familie verzogen" not in titles(desk, family.household)


def test_a_request_that_was_ended_by_a_person_does_not_go_on(desk: Desk, family: StoredFamily) -> None:
    desk.do(lambda work: placements.record_event(work, family.request, "moved_away"))
    desk.do(lambda work: intake.set_value(work, Ref(RecordKind.PERSON, family.child), "sex", None))
    assert load(desk, family.household).state_of(family.request) == "moved_away"


def test_reception_may_not_end_a_file(desk: Desk, family: StoredFamily, clock) -> None:
    colleague = uuid4()
    desk.do(lambda work: users.add(work, colleague, "Jonas Adeyemi", Role.RECEPTION))
    with pytest.raises(NotAllowed, match="als verzogen führen"):
        Desk(desk.vault, colleague, clock).do(lambda work: households.move_away(work, family.household, TODAY))


# --- the dead


def test_the_dead_have_no_custody_and_are_not_asked_for(desk: Desk, family: StoredFamily) -> None:
    deed, _ = desk.do(lambda work: households.set_deceased(work, family.mother, deceased=True))
    child = view(desk, family)
    assert child.guardians == ()
    asked = [item for item in completeness.blocking(child) if item.label == "Name einer sorgeberechtigten Person"]
    assert asked
    assert asked[0].person is None, "nobody living is there to ask"
    assert child.file.state_of(family.request) == "draft"
    assert titles(desk, family.household)[0] == "Rana ist verstorben" or "Rana ist verstorben" in titles(
        desk, family.household
    )
    desk.do(lambda work: deeds.undo(work, deed))
    assert [row.text("given_name") for row in view(desk, family).guardians] == ["Rana"]
    assert view(desk, family).file.state_of(family.request) == "complete"


def test_no_place_is_looked_for_any_more(desk: Desk, family: StoredFamily) -> None:
    on = DateSpan.of_day(date(2026, 11, 3))
    desk.do(lambda work: households.set_deceased(work, family.child, deceased=True, on=on))
    assert view(desk, family).file.state_of(family.request) == "withdrawn"
    assert completeness.looking([view(desk, family)]) == []
    entries = desk.do(lambda work: timeline.entries(work, families.load(work, family.household)))[0]
    assert [entry.day for entry in entries if entry.title == "Karim ist verstorben"] == [date(2026, 11, 3)]
    desk.do(lambda work: households.set_deceased(work, family.child, deceased=False))
    assert view(desk, family).file.state_of(family.request) == "complete"
    assert "Karim ist verstorben" not in titles(desk, family.household)


# --- facts confirmed


def test_phone_and_address_are_asked_for_after_the_months_of_the_centre(
    desk: Desk, family: StoredFamily, clock
) -> None:
    def due() -> date | None:
        return desk.do(lambda work: households.to_confirm(work, families.load(work, family.household)))[0]

    assert due() is None
    clock.advance(days=181)
    assert due() is None, "six months are not over on the same day of the month"
    clock.advance(days=1)
    assert due() == TODAY
    deed, _ = desk.do(lambda work: households.confirm(work, family.household))
    assert due() is None
    desk.do(lambda work: deeds.undo(work, deed))
    assert due() == TODAY
    desk.do(lambda work: centre.save(work, Centre(confirm_after_months=0)))
    assert due() is None, "the centre switched it off"


def test_a_new_phone_number_confirms_as_well(desk: Desk, family: StoredFamily, clock) -> None:
    clock.advance(days=200)
    home = Ref(RecordKind.HOUSEHOLD, family.household)
    desk.do(lambda work: intake.set_value(work, home, "reachable", "abends"))
    assert desk.do(lambda work: households.to_confirm(work, families.load(work, family.household)))[0] == TODAY
    desk.do(lambda work: intake.set_value(work, home, "phone", "0208 999999"))
    assert desk.do(lambda work: households.to_confirm(work, families.load(work, family.household)))[0] is None


def test_a_phone_number_that_is_taken_back_confirms_no_more(desk: Desk, family: StoredFamily, clock) -> None:
    def due() -> date | None:
        return desk.do(lambda work: households.to_confirm(work, families.load(work, family.household)))[0]

    def change(work: Work) -> UUID:
        with deeds.recorded(work, "intake.changed", "Telefon geändert", family.household) as deed:
            intake.set_value(work, Ref(RecordKind.HOUSEHOLD, family.household), "phone", "0208 999999")
        return deed.id

    clock.advance(days=200)
    changed = desk.do(change)[0]
    assert due() is None
    clock.advance(days=1)
    undone = desk.do(lambda work: deeds.undo(work, changed))[0]
    assert due() == TODAY
    desk.do(lambda work: deeds.undo(work, undone.way_back))
    assert due() is None


# --- languages


def test_who_can_be_phoned_and_who_reads_what(desk: Desk, family: StoredFamily) -> None:
    desk.do(lambda work: households.set_talk(work, family.mother, ["ar", "ku"], ["ar"], "arabic"))
    desk.do(lambda work: households.set_talk(work, family.mother, ["ar"], ["ar", "de"], "arabic"))
    file = load(desk, family.household)
    rows = {row.text("language"): row for row in file.all(RecordKind.LANGUAGE, family.mother)}
    assert {key for key, row in rows.items() if row.flag("by_phone")} == {"ar"}
    assert {key for key, row in rows.items() if row.flag("reads")} == {"ar", "de"}
    assert file.person(family.mother).get("script") == "arabic"
    assert [row.text("language") for row in view(desk, family).family_languages] == ["ar"], "the family's stay as told"


def test_somebody_who_is_gone_is_said(desk: Desk) -> None:
    with pytest.raises(RecordGone):
        desk.do(lambda work: households.set_talk(work, uuid4(), [], [], None))
    with pytest.raises(RecordGone):
        desk.do(lambda work: households.confirm(work, uuid4()))
