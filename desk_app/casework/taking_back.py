"""Putting back what a deed changed, in reverse order and field by field."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Any, Final
from uuid import UUID

from sqlalchemy import or_, select

from desk_app.casework import families, placement_events, placements, standing, whole_families
from desk_app.casework.deed_images import TABLES, Change, Recording, image_of, kept, made_from, put, value_of
from desk_app.casework.desk import Work
from desk_app.casework.search_forms import keep_search_form
from desk_app.storage.many_rows import among
from desk_app.storage.tables import Base, Deed, DeedRow, Household, Person, Tracked

MERGES: Final = frozenset({"person.merged", "household.merged"})
"""Deeds that only move rows to whom stands for their owner; such a move ends with the merge before it."""

_STAND_IN: Final = frozenset({"merged_into", "removed_at"})


class TakingBack:
    """One deed being taken back; ``again`` for a deed that itself took one back, which is put back as it was."""

    def __init__(self, work: Work, deed: Deed, *, again: bool = False) -> None:
        self._work = work
        self._deed = deed
        self._again = again
        self.kept = 0
        """How many fields and entries stay because somebody changed them afterwards."""
        self._made: set[UUID] = set()
        self._persons: set[UUID] = set()
        self._households: set[UUID] = set()
        self.rows: list[Change] = []

    def run(self, caught: Recording, going_on: UUID) -> None:
        """Put everything back that still is as the deed left it; ``caught`` is told what was done past the session.

        Steps of requests that follow from the answers of now belong to the deed ``going_on``.
        """
        of_steps = placement_events.households_of(self._work, self._deed.undoes or self._deed.id)
        if self._again:
            assert self._deed.undoes is not None
            placement_events.void(self._work, self._deed.id)
            placement_events.revive(self._work, self._deed.undoes)
            whole = whole_families.bring_back(self._work, self._deed)
        else:
            self.kept += placement_events.void(self._work, self._deed.id)
            whole = whole_families.take_out(self._work, self._deed, caught)
        image: Any = DeedRow.__table__.c
        rest = (or_(image.household_id.is_(None), ~among(image.household_id, whole)),) if whole else ()
        self.rows = list(kept(self._work.session, self._deed.id, *rest))[::-1]
        stays = self._staying()
        self._made = {image.row for image in self.rows if image.before is None} - stays
        for image in self.rows:
            self._note_owners(image)
            row = self._work.session.get(TABLES[image.table], image.row)
            if image.before is None:
                self._take_out(row, image, stays)
            elif image.after is None:
                self._bring_back(row, image)
            elif row is not None:
                self._put_back(row, image, image.before, image.after)
        self._work.session.flush()
        standing.put_right(self._work, self._persons, self._households)
        for file in families.load_many(self._work, sorted(of_steps)):
            placements.settle(self._work, file, deed=going_on)

    # --- rows the deed made

    def _staying(self) -> set[UUID]:
        """The made rows that were changed or built upon afterwards, and those that belong together with them."""
        made = {image.row: image for image in self.rows if image.before is None}
        rows = {id_: self._work.session.get(TABLES[image.table], id_) for id_, image in made.items()}
        refers = standing.refers(self._work, [row for row in rows.values() if isinstance(row, Tracked)])
        pointing: dict[str, set[UUID]] = {}
        for each in self.rows:
            for value in (each.after or {}).values() if each.before else ():
                if isinstance(value, str):
                    pointing.setdefault(value, set()).add(each.row)
        stays = {
            id_
            for id_, row in rows.items()
            if isinstance(row, Tracked)
            and self._goes_on(row, made, refers.get(id_, frozenset()) - pointing.get(str(id_), set()))
        }
        owners = {
            id_: {getattr(row, "household_id", None), getattr(row, "person_id", None)} for id_, row in rows.items()
        }
        for _round in range(2):
            for id_ in set(stays):
                stays |= {owner for owner in owners[id_] if owner in made}
            stays |= {id_ for id_, above in owners.items() if above & stays}
        return stays

    def _goes_on(self, row: Tracked, made: dict[UUID, Change], refers: AbstractSet[UUID]) -> bool:
        """Whether a made row was changed since; or ``refers``, the rows that point at it of themselves, are others."""
        image = made[row.id]
        after, now = image.after or {}, image_of(row)
        changed = any(now[key] != after.get(key) and not self._only_merged(image, key, now) for key in now)
        return changed or not refers <= made.keys()

    def _only_merged(self, image: Change, key: str, now: dict[str, Any]) -> bool:
        """Whether a made row differs in this column only because of what merges did with it."""
        if key in _STAND_IN:
            return now.get("merged_into") is not None
        return _is_owner(image, key) and any(deed.kind in MERGES for deed, _later in self._later(image, key))

    def _take_out(self, row: Any, image: Change, stays: set[UUID]) -> None:
        if row is None or (row.removed_at is not None and getattr(row, "merged_into", None) is None):
            return
        if image.row in stays:
            self.kept += image.table in standing.OWNERS or not stays & self._owners_of(row)
            return
        standing.take_out(self._work, row)

    @staticmethod
    def _owners_of(row: Any) -> set[UUID | None]:
        return {getattr(row, "household_id", None), getattr(row, "person_id", None)}

    def _bring_back(self, row: Any, image: Change) -> None:
        if row is None:
            row = made_from(image.table, image.before or {})
            self._work.session.add(row)
            self._work.session.flush()

    # --- rows the deed changed

    def _put_back(self, row: Any, image: Change, before: dict[str, Any], after: dict[str, Any]) -> None:
        changed = False
        for key, given in after.items():
            if self._follows(row, key, after):
                continue
            now = value_of(row, key)
            if now == given or self._moved_on(image, key, given, now):
                put(row, key, before[key])
                changed = True
            else:
                self.kept += now != before[key]
                self._leave_out(image, key, before[key], given)
        if changed and isinstance(row, Tracked):
            keep_search_form(row)
            self._work.touch(row)

    def _follows(self, row: Any, key: str, after: dict[str, Any]) -> bool:
        """Whether ``standing.put_right`` settles the column: the family of a person's row, or what stands for it."""
        if isinstance(row, Household | Person) or self._again or not isinstance(row, Tracked):
            return False
        if key == "household_id":
            return getattr(row, "person_id", None) is not None or "person_id" in after
        return key in _STAND_IN and bool(after.get("merged_into"))

    def _moved_on(self, image: Change, key: str, given: Any, now: Any) -> bool:
        """Whether only later merges moved the row on from its owner; then their moves of it are forgotten."""
        if not _is_owner(image, key):
            return False
        moves = []
        for deed, later in self._later(image, key):
            if deed.kind in MERGES and later.before and later.after and later.before[key] == given:
                moves.append(later)
                given = later.after[key]
        if not moves or given != now:
            return False
        for later in moves:
            later.before = _without(later.before, key)
            later.after = _without(later.after, key)
        return True

    def _leave_out(self, image: Change, key: str, before: Any, given: Any) -> None:
        """A later deed of the list that changed the field on from here will put back what stood before both."""
        for _deed, later in self._later(image, key):
            if later.before and later.before[key] == given:
                later.before = {**later.before, key: before}
                return

    def _later(self, image: Change, key: str) -> Iterator[tuple[Deed, DeedRow]]:
        """The changes of the same field by later deeds that stand, oldest first."""
        query = (
            select(Deed, DeedRow)
            .join(DeedRow, DeedRow.deed_id == Deed.id)
            .where(DeedRow.row_id == image.row, DeedRow.table == image.table, Deed.sequence > self._deed.sequence)
            .where(Deed.undone_by.is_(None), Deed.undoes.is_(None))
            .order_by(Deed.sequence)
        )
        for deed, later in self._work.session.execute(query):
            if later.before is not None and later.after is not None and key in later.after:
                yield deed, later

    def _note_owners(self, image: Change) -> None:
        if image.household in self._made:
            return  # a family that goes as a whole
        if image.household is not None:
            self._households.add(image.household)
        if image.table == Person.__tablename__:
            self._persons.add(image.row)
        for part in (image.before or {}, image.after or {}):
            for key, known in (("person_id", self._persons), ("household_id", self._households)):
                if isinstance(part.get(key), str):
                    known.add(UUID(part[key]))


def _is_owner(image: Change, key: str) -> bool:
    column = Base.metadata.tables[image.table].columns[key]
    return any(reference.column.table.name in standing.OWNERS for reference in column.foreign_keys)


def _without(image: dict[str, Any] | None, key: str) -> dict[str, Any]:
    return {name: value for name, value in (image or {}).items() if name != key}
