"""The places of families in their list follow from their files, whatever was done, and the store sorts by them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from builders import StoredFamily, store_family
from conftest import SettableClock
from sqlalchemy import delete, select

from desk_app.casework import (
    deeds,
    families,
    family_order,
    follow_ups,
    households,
    intake,
    merging,
    moving,
    notes,
    placement_deeds,
    placement_lines,
    users,
)
from desk_app.casework.desk import Desk, Work
from desk_app.domain.clock import local_day
from desk_app.domain.errors import WorldError
from desk_app.domain.records import RecordKind, Ref
from desk_app.storage.tables import FamilyOrder

_ORDER: Any = FamilyOrder.__table__
BESIDE = {"id", "valid_until"}


def places(work: Work) -> dict[UUID, dict[str, object]]:
    rows = work.session.execute(select(_ORDER)).mappings()
    return {row["household_id"]: {key: row[key] for key in row if key not in BESIDE} for row in rows}


class Nothing(Exception):
    """Ends a piece of work of which nothing is to be kept."""


def check(desk: Desk) -> None:
    """The places kept are those worked out anew from all files."""
    desk.do(placement_lines.catch_up)
    desk.do(family_order.catch_up)

    def compare(work: Work) -> None:
        kept = places(work)
        work.session.execute(delete(_ORDER))
        there = [row.id for row in families.listing(work)]
        family_order._renew(work, there)
        assert kept == places(work)
        assert kept.keys() == set(there)
        raise Nothing

    with pytest.raises(Nothing):
        desk.do(compare)


@dataclass
class Walk:
    """Does one thing after the other, whatever comes: what is refused is left."""

    desk: Desk
    clock: SettableClock
    chance: random.Random
    known: list[StoredFamily] = field(default_factory=list)
    done: list[UUID] = field(default_factory=list)

    def go(self) -> None:
        one, other = self.chance.choice(self.known), self.chance.choice(self.known)
        deed = self.chance.choice((
            self._come, self._answer, self._answer, self._add, self._remove, self._move_child, self._note,
            self._follow_up, self._step, self._away, self._back, self._merge, self._undo, self._undo, self._rename,
            self._finish, self._later, self._talk,
        ))  # fmt: skip
        deed(one, other)

    def _do(self, deed: Callable[[Work], Any]) -> Any:
        try:
            return self.desk.do(deed)[0]
        except WorldError:
            return None

    def _keep(self, deed: Callable[[Work], Any]) -> None:
        done = self._do(deed)
        if isinstance(done, UUID):
            self.done.append(done)

    @property
    def _day(self) -> Any:
        return local_day(self.clock())

    def _come(self, _one: StoredFamily, _other: StoredFamily) -> None:
        self.known.append(self._do(lambda work: store_family(work, self.chance.choice(("Eid", "Örnek", "Zeman")))))

    def _answer(self, one: StoredFamily, _other: StoredFamily) -> None:
        file = self._do(lambda work: families.load(work, one.household))
        if file is None:
            return
        ref, key, value = self.chance.choice((
            (file.household.ref, "family_name", self.chance.choice(("", "Çelik", "Abada"))),
            (file.household.ref, "counsellor", self.chance.choice((None, str(self.desk.user)))),
            (file.household.ref, "appointment_at", self.clock() + timedelta(days=self.chance.choice((-2, 3)))),
            *((row.ref, "role", self.chance.choice(("mother", "child"))) for row in file.all(RecordKind.PERSON)),
            *((row.ref, "family_name", "Baran") for row in file.all(RecordKind.PERSON)),
            *((row.ref, "language", self.chance.choice(("uk", "fa"))) for row in file.all(RecordKind.LANGUAGE)),
            *((row.ref, "protection", self.chance.choice((None, "shelter"))) for row in file.all(RecordKind.ADDRESS)),
            *((row.ref, "district", "styrum") for row in file.all(RecordKind.ADDRESS)),
        ))  # fmt: skip
        self._do(lambda work: intake.set_value(work, ref, key, value))

    def _add(self, one: StoredFamily, _other: StoredFamily) -> None:
        kind, values = self.chance.choice((
            (RecordKind.PERSON, {"role": "child", "given_name": "Sami", "place_wanted": True}),
            (RecordKind.LANGUAGE, {"language": "tr"}),
        ))  # fmt: skip
        self._do(lambda work: intake.add(work, kind, uuid4(), one.household, values=values))

    def _remove(self, one: StoredFamily, _other: StoredFamily) -> None:
        file = self._do(lambda work: families.load(work, one.household))
        kinds = (RecordKind.PERSON, RecordKind.LANGUAGE, RecordKind.ADDRESS)
        rows = [row for kind in kinds for row in file.all(kind)] if file else []
        if rows:
            ref: Ref = self.chance.choice(rows).ref
            self._do(lambda work: intake.remove(work, ref))
            if self.chance.random() < 0.5:
                self._do(lambda work: intake.restore(work, ref))

    def _move_child(self, one: StoredFamily, other: StoredFamily) -> None:
        there = self.chance.choice((uuid4(), other.household))
        self._keep(lambda work: moving.move_child(work, moving.Move(one.child, there, self._day)))

    def _note(self, one: StoredFamily, _other: StoredFamily) -> None:
        at = self.clock() + timedelta(days=self.chance.choice((-3, 0, 2)))
        kind = self.chance.choice(("call", "letter", notes.INTERNAL))
        self._do(lambda work: notes.keep(work, notes.Draft(uuid4(), one.household, "Text", kind, at)))

    def _follow_up(self, one: StoredFamily, _other: StoredFamily) -> None:
        id_ = uuid4()
        self._do(lambda work: follow_ups.keep(work, follow_ups.Draft(id_, one.household, "Anrufen", self._day)))
        if self.chance.random() < 0.5:
            self._keep(lambda work: follow_ups.set_done(work, [id_]))

    def _step(self, one: StoredFamily, _other: StoredFamily) -> None:
        state = self.chance.choice(("sent", "query", "admitted"))
        self._keep(lambda work: placement_deeds.step(work, [one.request], state))

    def _away(self, one: StoredFamily, _other: StoredFamily) -> None:
        self._keep(lambda work: households.move_away(work, one.household, self._day, "Essen"))

    def _back(self, one: StoredFamily, _other: StoredFamily) -> None:
        self._keep(lambda work: households.come_back(work, one.household, self._day))

    def _merge(self, one: StoredFamily, other: StoredFamily) -> None:
        pair = self.chance.choice(((one.household, other.household), (one.child, other.child)))
        if pair[0] != pair[1]:
            outcome = self._do(lambda work: merging.merge(work, *pair))
            self.done += [outcome.deed] if outcome else []

    def _undo(self, _one: StoredFamily, _other: StoredFamily) -> None:
        if self.done:
            deed = self.done.pop(self.chance.randrange(len(self.done)))
            self._do(lambda work: deeds.undo(work, deed))

    def _rename(self, _one: StoredFamily, _other: StoredFamily) -> None:
        name = self.chance.choice(("Amira", "Zoe"))
        self._do(lambda work: users.rename(work, work.user, name))

    def _finish(self, one: StoredFamily, _other: StoredFamily) -> None:
        self._do(lambda work: self.chance.choice((intake.finish, intake.reopen))(work, one.household))

    def _talk(self, one: StoredFamily, _other: StoredFamily) -> None:
        self._do(lambda work: households.set_talk(work, one.mother, ["ar"], [], None))

    def _later(self, _one: StoredFamily, _other: StoredFamily) -> None:
        self.clock.advance(days=1)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_the_places_are_those_that_follow_from_the_files(
    desk: Desk, clock: SettableClock, seed: int
) -> None:
    walk = Walk(desk, clock, random.Random(seed))
    walk.known += [desk.do(store_family)[0] for _each in range(3)]
    for step in range(60):
        walk.go()
        if step % 6 == 5:
            check(desk)
