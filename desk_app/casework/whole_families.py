"""Families that a deed made and nobody has gone on with: taken out, and brought back, with one statement for a table.

An old list makes thousands of them. Whatever is not as the deed left it is no business of this module and goes row by
row, see ``taking_back``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Column, Select, Table, or_, select, update

from desk_app.casework import search_index
from desk_app.casework.deed_images import Change, Recording, encoded, tracked
from desk_app.casework.desk import Work
from desk_app.storage.tables import Deed, DeedRow, Household

_IMAGES: Final[Any] = DeedRow.__table__.c
_HOUSEHOLD: Final = Household.__tablename__
_OUT: Final = "removed_at"


def take_out(work: Work, deed: Deed, caught: Recording) -> frozenset[UUID]:
    """Take out the families that the deed made and that are as it left them; which ones."""
    made = frozenset(work.session.scalars(_made(deed, _HOUSEHOLD).with_only_columns(_IMAGES.row_id)))
    whole = made - _gone_on_with(work, deed) if made else made
    if not whole:
        return whole
    rows = _rows_of(work, deed, whole)
    for name, table in _tables().items():
        if name in rows:
            _set(work, table, rows[name], None, work.now)
    now = encoded(work.now)
    caught.whole += [
        Change(name, row, household, {_OUT: None}, {_OUT: now})
        for name, found in reversed(rows.items())
        for row, household in found.items()
    ]
    work.note_many("deed.put_back", _HOUSEHOLD, [(household, (_OUT,)) for household in sorted(whole)])
    search_index.outdate(work.session, sorted(whole))
    work.touched.add("search")
    return whole


def bring_back(work: Work, undoing: Deed) -> frozenset[UUID]:
    """Bring back the families that ``undoing`` took out as a whole and that nobody touched since; which ones."""
    mine = (_IMAGES.deed_id == undoing.id, _IMAGES.household_id.is_not(None))
    out = _IMAGES.after[_OUT].as_string() == encoded(undoing.at)
    whole = set(work.session.scalars(select(_IMAGES.row_id).where(*mine, out, _IMAGES.table_name == _HOUSEHOLD)))
    stay = select(_IMAGES.household_id).where(*mine)
    whole -= set(work.session.scalars(stay.where(or_(_IMAGES.after.is_(None), _IMAGES.before.is_(None), ~out))))
    for name, table in _tables().items() if whole else ():
        row = table.c
        touched = or_(row.removed_at.is_(None), row.removed_at != undoing.at)
        whole -= set(work.session.scalars(stay.where(_IMAGES.table_name == name, _IMAGES.row_id == row.id, touched)))
    rows = _rows_of(work, undoing, whole)
    for name, found in rows.items():
        _set(work, _tables()[name], found, undoing.at, None)
    work.note_many("deed.put_back", _HOUSEHOLD, [(household, (_OUT,)) for household in sorted(whole)])
    search_index.outdate(work.session, sorted(whole))
    work.touched.add("search")
    return frozenset(whole)


def _gone_on_with(work: Work, deed: Deed) -> set[UUID]:
    """The families whose rows were changed since, or that other rows than those the deed made belong to."""
    others = select(_IMAGES.household_id).where(_IMAGES.deed_id == deed.id, _IMAGES.before.is_not(None))
    found: set[UUID] = set(work.session.scalars(others))
    for name, table in _tables().items():
        row = table.c
        version = _IMAGES.after["version"].as_integer()
        changed = or_(row.version != version, row.removed_at.is_not(None))
        if "household_id" in row:
            changed = or_(changed, row.household_id != _IMAGES.household_id)
        found.update(work.session.scalars(_made(deed, name).join(table, row.id == _IMAGES.row_id).where(changed)))
        for column in row:
            for owner in {key.column.table.name for key in column.foreign_keys} & _tables().keys():
                found.update(work.session.scalars(_pointed_at(deed, owner, table, column)))
    return found


def _made(deed: Deed, table: str) -> Select[tuple[UUID]]:
    """The families of the rows of a table that the deed made."""
    mine = (_IMAGES.deed_id == deed.id, _IMAGES.table_name == table, _IMAGES.before.is_(None))
    return select(_IMAGES.household_id).select_from(DeedRow.__table__).where(*mine).distinct()


def _pointed_at(deed: Deed, owner: str, table: Table, column: Column[Any]) -> Select[tuple[UUID]]:
    """The families of rows of ``owner`` made by the deed at which rows point that it did not make."""
    made = _made(deed, table.name).with_only_columns(_IMAGES.row_id)
    query = _made(deed, owner).join(table, column == _IMAGES.row_id)
    return query.where(table.c.removed_at.is_(None), table.c.id.not_in(made))


def _rows_of(work: Work, deed: Deed, whole: AbstractSet[UUID]) -> dict[str, dict[UUID, UUID]]:
    """The rows of these families that the deed wrote, with their family, by table and in the order of the deed."""
    query = select(_IMAGES.table_name, _IMAGES.row_id, _IMAGES.household_id)
    query = query.where(_IMAGES.deed_id == deed.id).order_by(_IMAGES.place)
    found: dict[str, dict[UUID, UUID]] = {}
    for table, row, household in work.session.execute(query):
        if household in whole:
            found.setdefault(table, {})[row] = household
    return found


def _set(work: Work, table: Table, rows: Mapping[UUID, UUID], before: object, after: object) -> None:
    """Take these rows out or bring them back, where they stand as ``before`` says."""
    for batch in _batches(list(rows)):
        stands = table.c.removed_at.is_(None) if before is None else table.c.removed_at == before
        values = {_OUT: after, "changed_at": work.now, "changed_by": work.user, "version": table.c.version + 1}
        work.session.connection().execute(update(table).where(table.c.id.in_(batch), stands).values(values))


def _batches(rows: list[UUID], most: int = 5000) -> Iterator[list[UUID]]:
    return (rows[first : first + most] for first in range(0, len(rows), most))


def _tables() -> dict[str, Table]:
    return {table.__table__.name: table.__table__ for table in tracked()}  # type: ignore[attr-defined]  # every mapped class has it
