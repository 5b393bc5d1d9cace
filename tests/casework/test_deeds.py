"""Deeds that can be taken back: what is kept of them, and what comes back."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from builders import StoredFamily, store_family
from sqlalchemy import select

from desk_app.casework import deeds, families, intake
from desk_app.casework.deeds import DeedLine, Undone
from desk_app.casework.desk import Desk, Work
from desk_app.domain.errors import NotAllowed, RecordGone
from desk_app.domain.records import RecordKind, Ref, Value
from desk_app.domain.roles import Role
from desk_app.storage.tables import AuditEntry, Deed, DeedRow, Person, User

KIND = "intake.changed"


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


def change(desk: Desk, family: StoredFamily, words: str = "Geändert", **values: Value) -> UUID:
    """One recorded deed that answers questions about the child."""

    def deed(work: Work) -> UUID:
        with deeds.recorded(work, KIND, words, family.household) as recorded:
            for key, value in values.items():
                intake.set_value(work, Ref(RecordKind.PERSON, family.child), key, value)
        return recorded.id

    return desk.do(deed)[0]


def undo(desk: Desk, deed: UUID) -> Undone:
    return desk.do(lambda work: deeds.undo(work, deed))[0]


def child(desk: Desk, family: StoredFamily, key: str) -> Value:
    return desk.do(lambda work: families.load(work, family.household))[0].person(family.child).get(key)


def recent(desk: Desk, household: UUID | None = None) -> tuple[DeedLine, ...]:
    return desk.do(lambda work: deeds.recent(work, household=household))[0]


def test_what_a_deed_changed_comes_back_and_can_be_done_again(desk: Desk, family: StoredFamily) -> None:
    deed = change(desk, family, given_name="Kareem", birth_place=None)
    undone = undo(desk, deed)
    assert (child(desk, family, "given_name"), child(desk, family, "birth_place")) == ("Karim", "Aleppo")
    assert (undone.told, undone.kept) == ("Zurückgenommen: Geändert.", 0)
    again = undo(desk, undone.way_back)
    assert (child(desk, family, "given_name"), child(desk, family, "birth_place")) == ("Kareem", None)
    assert again.told == "Wieder getan: Geändert."
    undo(desk, again.way_back)
    assert child(desk, family, "given_name") == "Karim"


def test_what_somebody_changed_afterwards_stays_and_is_told(desk: Desk, family: StoredFamily) -> None:
    deed = change(desk, family, given_name="Kareem", birth_place="Homs", sex="f")
    for key, value in (("given_name", "Kerim"), ("birth_place", "Hama")):
        desk.do(
            lambda work, key=key, value=value: intake.set_value(work, Ref(RecordKind.PERSON, family.child), key, value)
        )
    undone = undo(desk, deed)
    assert [child(desk, family, key) for key in ("given_name", "birth_place", "sex")] == ["Kerim", "Hama", "m"]
    assert undone.told == "Zurückgenommen: Geändert. 2 Angaben wurden später geändert und bleiben."


def test_two_deeds_on_one_field_lead_back_in_either_order(desk: Desk, family: StoredFamily) -> None:
    first, second = change(desk, family, given_name="Kareem"), change(desk, family, given_name="Kerim")
    assert undo(desk, first).kept == 1
    assert child(desk, family, "given_name") == "Kerim"
    assert undo(desk, second).kept == 0
    assert child(desk, family, "given_name") == "Karim"


def test_the_name_is_found_again_after_it_came_back(desk: Desk, family: StoredFamily) -> None:
    deed = change(desk, family, given_name="Zoran")
    undo(desk, deed)
    form = desk.do(lambda work: work.session.get_one(Person, family.child).search_form)[0]
    assert form == "KARIM HADDAD"


def test_what_a_deed_added_is_taken_out_but_not_when_somebody_went_on_with_it(desk: Desk, family: StoredFamily) -> None:
    sister, papers = uuid4(), uuid4()

    def add(work: Work) -> UUID:
        with deeds.recorded(work, KIND, "Hinzugefügt") as recorded:
            person = {"role": "child", "given_name": "Lina"}
            intake.add(work, RecordKind.PERSON, sister, family.household, values=person)
            known = {"document": "birth", "state": "original"}
            intake.add(work, RecordKind.DOCUMENT, papers, family.household, person=sister, values=known)
        return recorded.id

    deed, _ = desk.do(add)
    undone = undo(desk, deed)
    assert len(desk.do(lambda work: families.load(work, family.household))[0].children) == 1
    undo(desk, undone.way_back)
    desk.do(lambda work: intake.set_value(work, Ref(RecordKind.PERSON, sister), "given_name", "Lena"))
    undone = undo(desk, deed)
    file, _ = desk.do(lambda work: families.load(work, family.household))
    assert [row.text("given_name") for row in file.children] == ["Karim", "Lena"]
    assert file.find(Ref(RecordKind.DOCUMENT, papers)) is not None, "what belongs to somebody who stays stays too"
    assert undone.kept == 1


def test_a_row_deleted_for_good_comes_back(desk: Desk, family: StoredFamily) -> None:
    def delete(work: Work) -> UUID:
        with deeds.recorded(work, KIND, "Gelöscht") as recorded:
            row = work.session.get_one(Person, family.mother)
            work.session.delete(row)
            work.session.flush()
        return recorded.id

    deed, _ = desk.do(delete)
    undo(desk, deed)
    file, _ = desk.do(lambda work: families.load(work, family.household))
    assert file.person(family.mother).text("given_name") == "Rana"


def test_the_list_names_who_and_what_newest_first_and_by_family(desk: Desk, family: StoredFamily) -> None:
    other, _ = desk.do(lambda work: store_family(work, "Örnek"))
    change(desk, family, "Erstes", given_name="A")
    change(desk, other, "Zweites", given_name="B", sex="f")
    assert [(line.words, line.by, line.rows) for line in recent(desk)] == [
        ("Zweites", "Carla Brandt", 1), ("Erstes", "Carla Brandt", 1)
    ]  # fmt: skip
    assert [line.words for line in recent(desk, family.household)] == ["Erstes"]
    undo(desk, recent(desk)[0].id)
    assert [line.undone for line in recent(desk)] == [True, False]
    newest, _ = desk.do(deeds.newest)
    assert newest is not None
    assert newest.words == "Erstes", "what was taken back already is not taken back again"


def test_a_deed_is_taken_back_once(desk: Desk, family: StoredFamily) -> None:
    deed = change(desk, family, given_name="Kareem")
    undo(desk, deed)
    with pytest.raises(RecordGone):
        undo(desk, deed)


def test_a_deed_that_changed_nothing_or_failed_is_not_kept(desk: Desk, family: StoredFamily) -> None:
    change(desk, family, given_name="Karim")

    def fail(work: Work) -> None:
        with deeds.recorded(work, KIND, "Abgebrochen"):
            intake.set_value(work, Ref(RecordKind.PERSON, family.child), "given_name", "Kareem")
            raise RecordGone

    with pytest.raises(RecordGone):
        desk.do(fail)
    assert recent(desk) == ()
    assert child(desk, family, "given_name") == "Karim"


def test_a_deed_inside_another_is_part_of_it(desk: Desk, family: StoredFamily) -> None:
    def both(work: Work) -> None:
        with deeds.recorded(work, KIND, "Außen"):
            for name in ("A", "B"):
                with deeds.recorded(work, KIND, "Innen"):
                    intake.set_value(work, Ref(RecordKind.PERSON, family.child), "given_name", name)

    desk.do(both)
    [line] = recent(desk)
    assert line.words == "Außen"
    undo(desk, line.id)
    assert child(desk, family, "given_name") == "Karim"


def test_only_what_changed_is_kept_and_of_whom(desk: Desk, family: StoredFamily) -> None:
    change(desk, family, birth_place="Homs")

    def rows(work: Work) -> list[DeedRow]:
        return list(work.session.scalars(select(DeedRow)))

    def kept(work: Work) -> list[object]:
        return [(row.table, row.household_id, row.before, row.after) for row in rows(work)]

    assert desk.do(kept)[0] == [("person", family.household, {"birth_place": "Aleppo"}, {"birth_place": "Homs"})]


def test_who_may_not_do_a_deed_may_not_take_it_back_and_each_way_is_in_the_audit(
    desk: Desk, family: StoredFamily
) -> None:
    deed = change(desk, family, given_name="Kareem")

    def as_reception(work: Work) -> None:
        work.session.get_one(Deed, deed).kind = "request.sent"
        work.session.get_one(User, work.user).role = Role.RECEPTION
        work.session.flush()
        deeds.undo(work, deed)

    with pytest.raises(NotAllowed):
        desk.do(as_reception)
    undo(desk, undo(desk, deed).way_back)
    written = select(AuditEntry.deed).where(AuditEntry.subject == deed).order_by(AuditEntry.sequence)
    assert desk.do(lambda work: list(work.session.scalars(written)))[0] == ["deed.undone", "deed.redone"]
