from uuid import UUID, uuid4

import pytest
from builders import TODAY, StoredFamily, store_family
from offer_samples import COURSE, store_offers
from sqlalchemy import select

from desk_app.casework import deeds, families, handouts, intake, moving, notes, referral_lines, referrals, timeline
from desk_app.casework.desk import Desk
from desk_app.casework.handouts import Handed
from desk_app.casework.moving import Move
from desk_app.casework.notes import Draft
from desk_app.domain.child import ChildView
from desk_app.domain.errors import RecordGone
from desk_app.domain.records import FamilyFile, RecordKind, Ref
from desk_app.storage.tables import FollowUp, Handout, Referral, ReferralStep


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


def load(desk: Desk, household: UUID) -> FamilyFile:
    return desk.do(lambda work: families.load(work, household))[0]


def move(desk: Desk, family: StoredFamily, household: UUID, *, with_guardians: bool = True) -> UUID:
    wanted = Move(family.child, household, TODAY, with_guardians)
    return desk.do(lambda work: moving.move_child(work, wanted))[0]


def titles(desk: Desk, household: UUID) -> list[str]:
    return [entry.title for entry in desk.do(lambda work: timeline.entries(work, families.load(work, household)))[0]]


def test_a_child_goes_to_a_new_file_with_its_records_and_both_courses_say_so(desk: Desk, family: StoredFamily) -> None:
    known = {"school_year": "2019/20", "attended": True}
    add_year = {"person": family.child, "values": known}
    desk.do(lambda work: intake.add(work, RecordKind.SCHOOL_YEAR, uuid4(), family.household, **add_year))
    note = Draft(uuid4(), family.household, "Mag Mathe", "call", work_at(desk), family.child)
    desk.do(lambda work: notes.keep(work, note))
    there = uuid4()
    move(desk, family, there)
    old, new = load(desk, family.household), load(desk, there)
    assert [child.id for child in new.children] == [family.child]
    assert old.children == ()
    assert new.state_of(family.request) in ("draft", "complete")
    assert len(new.all(RecordKind.SCHOOL_YEAR, family.child)) == 1
    assert [line.words for line in desk.do(lambda work: notes.of_family(work, there))[0]] == ["Mag Mathe"]
    assert "Karim wohnt jetzt hier" in titles(desk, there)
    assert "Karim wohnt jetzt bei einer anderen Familie" in titles(desk, family.household)
    assert new.household.text("family_name") == "Haddad"


def test_where_a_child_was_sent_and_what_it_was_given_go_along_and_come_back(desk: Desk, family: StoredFamily) -> None:
    desk.do(store_offers)
    draft = referrals.Draft(uuid4(), family.household, COURSE.id, (family.child,))
    made = desk.do(lambda work: referrals.refer(work, draft))[0]
    page = Handed(uuid4(), family.household, handouts.SLIP, "Zettel", {}, person=family.child)
    desk.do(lambda work: handouts.keep(work, page))
    there = uuid4()
    deed = move(desk, family, there)
    assert homes(desk) == {there}
    (line,) = desk.do(lambda work: referral_lines.by_code(work, made.code))[0]
    assert line.household == there
    assert "Mitgegeben: Vermittlungszettel" in titles(desk, there)
    assert "Mitgegeben: Vermittlungszettel" not in titles(desk, family.household)
    desk.do(lambda work: deeds.undo(work, deed))
    assert homes(desk) == {family.household}


def homes(desk: Desk) -> set[UUID]:
    """The families that referrals, their steps, their follow-ups and handed out pages belong to."""
    owners = [select(table.household_id) for table in (Referral, ReferralStep, FollowUp, Handout)]
    return desk.do(lambda work: {id_ for query in owners for id_ in work.session.scalars(query)})[0]


def work_at(desk: Desk):
    return desk.clock()


def test_what_held_for_the_child_in_the_old_file_still_holds(desk: Desk, family: StoredFamily) -> None:
    before = ChildView(load(desk, family.household), family.child, TODAY)
    there = uuid4()
    move(desk, family, there)
    now = ChildView(load(desk, there), family.child, TODAY)
    for key in ("entry_date", "arrival_in_city", "registered_since", "country_of_origin"):
        assert now.value(key) == before.value(key) is not None
    assert [row.text("language") for row in now.family_languages] == ["ar"]
    assert now.consent("school_authority") is not None
    assert now.address is not None
    assert now.address.text("street") == "", "where the child lives now is another question"


def test_who_has_custody_is_noted_there_for_this_child_with_their_own_address(desk: Desk, family: StoredFamily) -> None:
    there, _ = desk.do(lambda work: store_family(work, "Örnek", given_name="Lina"))
    move(desk, family, there.household)
    file = load(desk, there.household)
    [mother] = ChildView(file, family.child, TODAY).guardians
    assert mother.text("given_name") == "Rana"
    assert mother.text("own_address") == "Lindenhof 12, 45476 Mülheim an der Ruhr"
    assert mother.text("own_phone") == "0208 000000"
    assert [row.text("family_name") for row in ChildView(file, there.child, TODAY).guardians] == ["Örnek"]


def test_a_protected_address_does_not_come_into_another_file(desk: Desk, family: StoredFamily) -> None:
    home = load(desk, family.household).all(RecordKind.ADDRESS)[0].ref
    desk.do(lambda work: intake.set_value(work, home, "protection", "shelter"))
    there = uuid4()
    move(desk, family, there)
    [mother] = ChildView(load(desk, there), family.child, TODAY).guardians
    assert mother.text("own_address") == ""


def test_without_guardians_custody_stays_open(desk: Desk, family: StoredFamily) -> None:
    there = uuid4()
    move(desk, family, there, with_guardians=False)
    file = load(desk, there)
    assert (file.adults, ChildView(file, family.child, TODAY).guardians) == ((), ())


@pytest.mark.parametrize("new", [True, False])
def test_taking_it_back_brings_the_child_home_with_everything(desk: Desk, family: StoredFamily, new: bool) -> None:
    before = load(desk, family.household)
    there = uuid4() if new else desk.do(lambda work: store_family(work, "Örnek", given_name="Lina"))[0].household
    untouched = None if new else load(desk, there)
    deed = move(desk, family, there)
    desk.do(lambda work: deeds.undo(work, deed))
    after = load(desk, family.household)
    assert {kind: [(row.id, dict(row.values)) for row in rows] for kind, rows in after.records.items()} == {
        kind: [(row.id, dict(row.values)) for row in rows] for kind, rows in before.records.items()
    }
    assert after.state_of(family.request) == "complete"
    assert "Karim wohnt jetzt bei einer anderen Familie" not in titles(desk, family.household)
    if new:
        with pytest.raises(RecordGone):
            load(desk, there)
    else:
        assert untouched is not None
        assert [row.id for row in load(desk, there).persons] == [row.id for row in untouched.persons]


def test_a_child_can_go_there_and_back(desk: Desk, family: StoredFamily) -> None:
    there = uuid4()
    move(desk, family, there)
    move(desk, family, family.household)
    file = load(desk, family.household)
    assert [child.id for child in file.children] == [family.child]
    assert [row.text("given_name") for row in ChildView(file, family.child, TODAY).guardians] == ["Rana"]
    assert load(desk, there).children == ()


def test_a_child_that_is_there_already_or_gone_is_refused(desk: Desk, family: StoredFamily) -> None:
    with pytest.raises(RecordGone):
        move(desk, family, family.household)
    desk.do(lambda work: intake.remove(work, Ref(RecordKind.PERSON, family.child)))
    with pytest.raises(RecordGone):
        move(desk, family, uuid4())
