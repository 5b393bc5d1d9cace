"""The directory of schools: shipped with the first city's, filled and corrected by each centre."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

from sqlalchemy import select

from desk_app.casework import audit, placement_stale
from desk_app.casework.desk import Work
from desk_app.domain.errors import RecordGone
from desk_app.domain.schools import RowProblem, School, read_schools, shipped_schools
from desk_app.i18n import _
from desk_app.storage.ready import Ready
from desk_app.storage.tables import Person, SchoolWish
from desk_app.storage.tables import School as SchoolRow

if TYPE_CHECKING:
    from desk_app.documents.readers import Row

_DIRECTORY = UUID("0c2f7f0e-4f0a-5b53-9a3c-7d6a1c2e9b10")
_COLUMNS = tuple(item.name for item in fields(School))
_NAMES: Final = Ready(select(SchoolRow.number, SchoolRow.name))


@dataclass(frozen=True, slots=True)
class ListedSchool:
    """A school with where its facts come from and how old they are."""

    school: School
    source: str
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Imported:
    """How many schools a table added and changed, and which of its rows need a look."""

    added: int
    changed: int
    problems: tuple[RowProblem, ...]


def add_shipped(work: Work) -> None:
    """Fill an empty directory with the schools that come with the program."""
    directory = shipped_schools()
    _keep(work, directory.schools, directory.source, directory.as_of)


def listing(work: Work) -> tuple[ListedSchool, ...]:
    """All schools by form and name."""
    query = select(SchoolRow).where(SchoolRow.removed_at.is_(None)).order_by(SchoolRow.form, SchoolRow.name)
    return tuple(
        ListedSchool(School(**{key: getattr(row, key) for key in _COLUMNS}), row.source, row.as_of)
        for row in work.session.scalars(query)
    )


def names(work: Work) -> dict[str, str]:
    """Names by school number, schools taken out of the directory included."""
    work.session.flush()
    return dict(_NAMES.rows(work.session))


def import_table(work: Work, path: Path) -> Imported:
    """Take over the schools of a workbook or CSV file; schools it does not name stay.

    Raises ``StrangeTable`` when the file cannot be read as a list of schools; then nothing is taken over.
    """
    from desk_app.documents.readers import read_with_sha256  # large, and only wanted here

    rows, sha256 = read_with_sha256(path)
    table = read_schools(_with_gaps(rows))
    work.note("schools.read_in", "school", None, audit.of_file(sha256, len(rows)), touched="schools")
    added, changed = _keep(work, table.schools, _("eigene Tabelle"), work.today)
    return Imported(added, changed, table.problems)


def save(work: Work, school: School) -> None:
    """Keep a school as edited; a new number is a new school."""
    _keep(work, [school], _("von Hand"), work.today)


def remove(work: Work, number: str) -> None:
    """Take a school out of the directory. Requests that named it keep its number."""
    _set_removed(work, number, removed=True)


def restore(work: Work, number: str) -> None:
    _set_removed(work, number, removed=False)


def _with_gaps(rows: Sequence[Row]) -> list[Sequence[object]]:
    """The rows at the places they have in the sheet, so that complaints name the row the user sees."""
    placed: list[Sequence[object]] = []
    for row in rows:
        placed += [()] * (row.number - 1 - len(placed))
        placed.append(row.cells)
    return placed


def _keep(work: Work, schools: Sequence[School], source: str, as_of: date) -> tuple[int, int]:
    known = {row.number: row for row in work.session.scalars(select(SchoolRow))}
    added = changed = 0
    touched: set[str] = set()
    named: list[str] = []
    for school in schools:
        row = known.get(school.number)
        values = {key: getattr(school, key) for key in _COLUMNS}
        if row is None:
            work.session.add(
                SchoolRow(id=uuid5(_DIRECTORY, school.number), **values, source=source, as_of=as_of, **work.made)
            )
            added += 1
            named.append(school.number)
            continue
        different = [key for key in _COLUMNS if getattr(row, key) != values[key]]
        if different or row.removed_at is not None:
            for key in different:
                setattr(row, key, values[key])
            row.source, row.as_of, row.removed_at = source, as_of, None
            work.touch(row)
            touched.update(different)
            changed += 1
            if "name" in different:
                named.append(school.number)
    work.session.flush()
    if added or changed:
        _outdate_lines(work, named)
        work.note("schools.kept", "school", None, touched, touched="schools")
    return added, changed


def _outdate_lines(work: Work, numbers: Sequence[str]) -> None:
    """An office was told these schools of siblings and wishes by name: it may have to be told otherwise now."""
    told_of = ((Person.sibling_school, Person.household_id), (SchoolWish.school, SchoolWish.household_id))
    families = {
        household for school, of in told_of for household in work.session.scalars(select(of).where(school.in_(numbers)))
    }
    placement_stale.outdate(work.session, sorted(families))


def _set_removed(work: Work, number: str, *, removed: bool) -> None:
    row = work.session.scalar(select(SchoolRow).where(SchoolRow.number == number))
    if row is None:
        raise RecordGone
    row.removed_at = work.now if removed else None
    work.touch(row)
    work.note("school.removed" if removed else "school.restored", "school", row.id, touched="schools")
