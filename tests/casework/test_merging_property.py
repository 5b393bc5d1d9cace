"""Merges in chains, taken back in any order: whatever was done, the content of the desk is what it was at first."""

from __future__ import annotations

from uuid import UUID, uuid4

import hypothesis.strategies as st
import pytest
from builders import StoredFamily, store_family
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import select

from desk_app.casework import deeds, families, intake, merging
from desk_app.casework.deed_images import image_of, tracked
from desk_app.casework.desk import Desk, Work
from desk_app.casework.merging import Choices
from desk_app.domain.records import RecordKind
from desk_app.storage.tables import Household, Person

Content = dict[tuple[str, UUID], dict[str, object]]


class NotKept(Exception):
    """Ends a piece of work so that the next one begins with the same store."""


def content(work: Work) -> Content:
    """Every row that is not taken out, and the state of every request."""
    work.session.flush()
    found: Content = {}
    for table in tracked():
        for row in work.session.scalars(select(table).where(table.removed_at.is_(None))):
            found[table.__tablename__, row.id] = image_of(row)
    for file in families.load_many(work, list(work.session.scalars(select(Household.id)))):
        for request in file.records.get(RecordKind.REQUEST, ()):
            found["placement_request", request.id]["state"] = file.state_of(request.id)
    return found


def differences(before: Content, after: Content) -> list[object]:
    """Each column that is not as it was, and rows that are there on one side only."""
    found: list[object] = [(table, "only once", row) for table, row in before.keys() ^ after.keys()]
    for key in before.keys() & after.keys():
        found += [(key[0], column, before[key][column], after[key].get(column)) for column in before[key]
                  if before[key][column] != after[key].get(column)]  # fmt: skip
    return found


def some_families(work: Work) -> list[StoredFamily]:
    """Four families of two, with what may be there twice."""
    made = []
    for place, (name, called) in enumerate([("Haddad", "Karim"), ("Hadad", "Kareem"), ("Haddad", "Karim"), ("K", "K")]):
        family = store_family(work, name, given_name=called, birth_place=None if place % 2 else "Homs")
        for kind, values in (
            (RecordKind.LANGUAGE, {"language": "ar" if place < 3 else "fa", "level": "b1" if place == 1 else None}),
            (RecordKind.DOCUMENT, {"document": "birth", "state": "original" if place == 2 else "missing"}),
            (RecordKind.APART, {"phone": f"0208 {place}"}),
            (RecordKind.ADDRESS, {"street": f"Weg {place}"}),
            (RecordKind.GUARDIAN, {"guardian": family.mother}),
            (RecordKind.CONSENT, {"recipient": "school"}),
        ):
            intake.add(work, kind, uuid4(), family.household, person=family.child, values=values)
        made.append(family)
    return made


def a_merge(data: st.DataObject, work: Work, table: type, among: list[UUID]) -> UUID | None:
    """Merge any two that are there; nothing where only one is left."""
    living = [id_ for id_ in among if work.session.get_one(table, id_).removed_at is None]
    if len(living) < 2:
        return None
    keep, drop = data.draw(st.lists(st.integers(0, len(living) - 1), min_size=2, max_size=2, unique=True))
    pair = living[keep], living[drop]
    columns = ("given_name", "birth_place", "role") if table is Person else ("phone", "family_name")
    chosen = {column: pair[data.draw(st.integers(0, 1))] for column in columns}
    return merging.merge(work, *pair, Choices(chosen)).deed


@pytest.mark.parametrize("table", [Person, Household, None])
def test_taking_back_every_merge_in_any_order_leads_to_where_it_began(desk: Desk, table: type | None) -> None:
    made, _ = desk.do(some_families)
    households = [family.household for family in made]
    persons = [person for family in made for person in (family.mother, family.child)]

    @settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck),
              phases=[Phase.explicit, Phase.generate], derandomize=True)  # fmt: skip
    @given(st.data())
    def walk(data: st.DataObject) -> None:
        def steps(work: Work) -> None:
            before = content(work)
            standing: list[UUID] = []
            for _step in range(data.draw(st.integers(2, 6))):
                if standing and data.draw(st.integers(0, 3)) == 0:
                    deeds.undo(work, standing.pop(data.draw(st.integers(0, len(standing) - 1))))
                    continue
                kind = table or data.draw(st.sampled_from([Person, Household]))
                merged = a_merge(data, work, kind, persons if kind is Person else households)
                if merged is not None:
                    standing.append(merged)
            for deed in [standing[at] for at in data.draw(st.permutations(range(len(standing))))]:
                deeds.undo(work, deed)
            assert differences(before, content(work)) == []
            raise NotKept

        with pytest.raises(NotKept):
            desk.do(steps)

    walk()
