"""Families that a deed made and nobody has gone on with: taken out, and brought back, with one statement for a table.

An old list makes thousands of them. Whatever is not as the deed left it is no business of this module and goes row by
row, see ``taking_back``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from sqlalchemy import Table, or_, select, update

from desk_app.casework import search_index
from desk_app.casework.deed_images import WITH, Change, Recording, encoded, kept, tracked
from desk_app.casework.desk import Work
from desk_app.storage.many_rows import among
from desk_app.storage.tables import Deed, Household

_HOUSEHOLD: Final = Household.__tablename__
_OUT: Final = "removed_at"

_Families = dict[UUID, dict[str, dict[UUID, int]]]
"""The rows a deed wrote of each family, by table, with the version it left them in."""
_Rows = dict[str, dict[UUID, UUID]]
"""The same by table, each with its family."""


def take_out(work: Work, deed: Deed, caught: Recording) -> frozenset[UUID]:
    """Take out the families that the deed made and that are as it left them; which ones."""
    families: _Families = {}
    others: set[UUID | None] = set()
    for change in kept(work.session, deed.id):
        made = change.before is None and change.after is not None
        if made and change.table == _HOUSEHOLD:
            families[change.row] = {}
        if made and change.household in families:
            rows = families[change.household].setdefault(change.table, {})
            rows[change.row] = (change.after or {})["version"]
        else:
            others.add(change.household)
    others |= _gone_on_with(work, families)
    families = {id_: rows for id_, rows in families.items() if id_ not in others}
    _set(work, families, None, work.now)
    caught.whole += [_taken_out(id_, rows, encoded(work.now)) for id_, rows in families.items()]
    return frozenset(families)


def bring_back(work: Work, undoing: Deed) -> frozenset[UUID]:
    """Bring back the families that ``undoing`` took out as a whole and that nobody touched since; which ones."""
    families: _Families = {}
    others: set[UUID | None] = set()
    for change in kept(work.session, undoing.id):
        taken_out = change.before == {_OUT: None} and change.after == {_OUT: encoded(undoing.at)}
        if taken_out and change.household is not None:
            families.setdefault(change.household, {}).setdefault(change.table, {})[change.row] = 0
        else:
            others.add(change.household)
    families = {id_: rows for id_, rows in families.items() if id_ not in others and _HOUSEHOLD in rows}
    for name, rows in _by_table(families).items():
        row = _tables()[name].c
        touched = or_(row.removed_at.is_(None), row.removed_at != undoing.at)
        for id_ in work.session.scalars(select(row.id).where(among(row.id, rows), touched)):
            families.pop(rows[id_], None)
    _set(work, families, undoing.at, None)
    return frozenset(families)


def _gone_on_with(work: Work, families: _Families) -> set[UUID]:
    """The families whose rows were changed since, or that other rows than those the deed made belong to."""
    found: set[UUID] = set()
    ours = _by_table(families)
    for name, table in _tables().items() if families else ():
        row, mine = table.c, ours.get(name, {})
        home = row.get("household_id", row.id)
        for id_, version, removed, household in work.session.execute(
            select(row.id, row.version, row.removed_at, home).where(among(row.id, mine))
        ):
            family = mine[id_]
            if removed is not None or household != family or version != families[family][name][id_]:
                found.add(family)
        for column in row:
            for owner in {key.column.table.name for key in column.foreign_keys} & ours.keys():
                others = row.removed_at.is_(None) & ~among(row.id, mine)
                pointed = work.session.scalars(select(column).where(among(column, ours[owner]), others))
                found.update(ours[owner][id_] for id_ in pointed)
    return found


def _set(work: Work, families: _Families, before: object, after: object) -> None:
    """Take these families out or bring them back, where their rows stand as ``before`` says."""
    for name, rows in _by_table(families).items():
        row = _tables()[name].c
        stands = row.removed_at.is_(None) if before is None else row.removed_at == before
        values = {_OUT: after, "changed_at": work.now, "changed_by": work.user, "version": row.version + 1}
        work.session.connection().execute(update(row.id.table).where(among(row.id, rows), stands).values(values))
    if families:
        work.note_many("deed.put_back", _HOUSEHOLD, [(household, (_OUT,)) for household in sorted(families)])
        search_index.outdate(work.session, sorted(families))
        work.touched.add("search")


def _taken_out(household: UUID, rows: Mapping[str, Iterable[UUID]], now: str) -> Change:
    within = {name: [{"id": str(row)} for row in found] for name, found in rows.items() if name != _HOUSEHOLD}
    return Change(_HOUSEHOLD, household, household, {_OUT: None}, {_OUT: now, WITH: within})


def _by_table(families: _Families) -> _Rows:
    found: _Rows = {}
    for household, tables in families.items():
        for name, rows in tables.items():
            found.setdefault(name, {}).update(dict.fromkeys(rows, household))
    return found


def _tables() -> dict[str, Table]:
    return {table.__table__.name: table.__table__ for table in tracked()}  # type: ignore[attr-defined]  # every mapped class has it
