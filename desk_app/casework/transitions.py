"""Records of school career advice: a child that changes to another kind of school, what was advised and what came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, select

from desk_app.casework import deeds, families, notes, placement_lines, placements, typed
from desk_app.casework.desk import Work
from desk_app.casework.placement_lines import Line
from desk_app.casework.wording import family_title
from desk_app.domain.child import full_name
from desk_app.domain.clock import local_day
from desk_app.domain.errors import RecordGone
from desk_app.domain.placement_steps import PLACED
from desk_app.domain.records import RecordKind
from desk_app.domain.transitions import grade_now, kind_due, next_school_year
from desk_app.i18n import _
from desk_app.storage.many_rows import among
from desk_app.storage.tables import Household, Person, Transition

FIELDS: Final = (
    "kind", "school_year", "from_school", "talked_on", "recommended_form", "recommendation", "school_recommends",
    "wished_school", "outcome", "outcome_school", "outcome_on", "words",
)  # fmt: skip
_IN_WORDS: Final = frozenset({"recommendation", "words"})
_NOT_HERE: Final = frozenset({placements.WITHDRAWN, placements.MOVED_AWAY, placements.DECLINED})
"""States of a request in which a child goes to no school here that anybody knows of."""

_OF_FAMILY: Final = (
    select(Transition)
    .where(Transition.household_id == bindparam("household"), Transition.removed_at.is_(None))
    .order_by(Transition.created_at.desc())
)

Values = Mapping[str, str | date | None]


@dataclass(frozen=True, slots=True)
class Draft:
    """One as the form has it: ``values`` by the keys of ``FIELDS``, of which none is required."""

    id: UUID
    household: UUID
    child: UUID
    values: Values


@dataclass(frozen=True, slots=True)
class TransitionLine:
    """One child's change of school; ``id`` is ``None`` for a child that is due and has no record yet."""

    id: UUID | None
    household: UUID
    child: UUID
    values: Values
    name: str = ""
    family: str = ""
    file_number: str = ""
    grade: int | None = None
    """The class the child should be in today; only known of children with a request."""

    def text(self, key: str) -> str:
        return str(self.values.get(key) or "")

    def day(self, key: str) -> date | None:
        value = self.values.get(key)
        return value if isinstance(value, date) else None


@dataclass(frozen=True, slots=True)
class Overview:
    """All records, and the children that are due without one."""

    records: tuple[TransitionLine, ...] = ()
    due: tuple[TransitionLine, ...] = field(default=())


def keep(work: Work, draft: Draft) -> None:
    """Add one, or change the one of that id. What is typed on the day it was begun is one step with its beginning.

    Raises ``RecordGone`` for one that was taken out meanwhile, and for a child that is not in the family.
    """
    values = {key: _clean(key, draft.values.get(key)) for key in FIELDS}
    row = work.session.get(Transition, draft.id)
    if row is None:
        _add(work, draft, values)
        return
    if row.removed_at is not None:
        raise RecordGone
    if row.person_id != draft.child:
        _require_child(work, draft.child, row.household_id)
    changed = [key for key in FIELDS if getattr(row, key) != values[key]]
    if row.person_id != draft.child:
        changed.append("person_id")
    if not changed:
        return
    if local_day(row.created_at) == work.today and row.created_by == work.user:
        _change(work, row, draft.child, values, changed)
        typed.go_on(work, row)
    else:
        words = _("Schullaufbahnberatung geändert: {name}").format(name=_name(work, draft.child))
        with deeds.recorded(work, "transition.changed", words, row.household_id):
            _change(work, row, draft.child, values, changed)
    work.note("transition.changed", RecordKind.TRANSITION, row.id, changed)


def remove(work: Work, transition: UUID) -> UUID:
    """Take one out; the id of the deed, to be taken back. Raises ``RecordGone``."""
    row = _get(work, transition)
    return _set_removed(work, row, _("Schullaufbahnberatung herausgenommen: {name}"), "transition.removed")


def restore(work: Work, transition: UUID) -> UUID:
    """Bring one back; the id of the deed."""
    row = _get(work, transition)
    return _set_removed(work, row, _("Schullaufbahnberatung zurückgeholt: {name}"), "transition.restored")


def of_family(work: Work, household: UUID) -> Overview:
    """Those of one family, the latest change first, and its children that are due."""
    records = tuple(_line(row) for row in work.session.scalars(_OF_FAMILY, {"household": household}))
    lines = placement_lines.of_family(work, household)
    return Overview(records, tuple(_due(work, lines, records)))


def overview(work: Work) -> Overview:
    """Those of all families that are here, and all children that are due."""
    query = select(Transition).join(Household, Household.id == Transition.household_id)
    query = query.where(Transition.removed_at.is_(None), Household.removed_at.is_(None))
    rows = list(work.session.scalars(query.order_by(Transition.created_at.desc())))
    files = {file.household.id: file for file in families.load_many(work, sorted({row.household_id for row in rows}))}
    lines = placement_lines.read(work)
    grades = {UUID(line.child): _grade(line, work.today) for _request, _household, line in lines}
    records = []
    for row in rows:
        file = files.get(row.household_id)
        child = next((person for person in file.children if person.id == row.person_id), None) if file else None
        if file is not None and child is not None:
            number = file.household.text("file_number")
            records.append(_line(row, full_name(child), family_title(file), number, grades.get(child.id)))
    return Overview(tuple(records), tuple(_due(work, lines, records)))


def _due(
    work: Work, lines: Iterable[tuple[UUID, UUID, Line]], records: Iterable[TransitionLine]
) -> Iterable[TransitionLine]:
    """Children in a class from which one changes, whom nobody advises on the coming school year yet."""
    coming = next_school_year(work.today)
    advised = {each.child for each in records if each.text("school_year") in ("", coming)}
    found: dict[UUID, TransitionLine] = {}
    for _request, household, line in lines:
        child, grade = UUID(line.child), _grade(line, work.today)
        kind = kind_due(grade)
        if kind and child not in advised and line.state not in _NOT_HERE:
            school = line.school if line.state in PLACED else ""
            values: Values = {"kind": kind, "school_year": coming, "from_school": school or None}
            found[child] = TransitionLine(None, household, child, values, line.name, grade=grade)
    numbers = _numbers(work, {each.household for each in found.values()}) if found else {}
    for each in sorted(found.values(), key=lambda each: (each.grade or 0, each.name)):
        yield TransitionLine(None, each.household, each.child, each.values, each.name, "",
                             numbers.get(each.household, ""), each.grade)  # fmt: skip


def _grade(line: Line, today: date) -> int | None:
    """By the class of the school, else by what the request says in its own school year, later by age."""
    birth = placement_lines.birth_of(line)
    placed = line.starts_on or line.state_since
    if line.class_name:
        return grade_now(line.class_name, date.fromisoformat(placed), birth, today)
    since = date.fromisoformat(line.since)
    told = line.grade if next_school_year(since) == next_school_year(today) else ""
    return grade_now(told, today, birth, today)


def _numbers(work: Work, households: Iterable[UUID]) -> dict[UUID, str]:
    query = select(Household.id, Household.file_number).where(among(Household.id, households))
    return dict(work.session.execute(query).all())


def _line(
    row: Transition, name: str = "", family: str = "", file_number: str = "", grade: int | None = None
) -> TransitionLine:
    assert row.person_id is not None
    values: Values = {key: getattr(row, key) for key in FIELDS}
    return TransitionLine(row.id, row.household_id, row.person_id, values, name, family, file_number, grade)


def _clean(key: str, value: str | date | None) -> str | date | None:
    if isinstance(value, str):
        return (notes.clean_text(value) if key in _IN_WORDS else value.strip()) or None
    return value


def _add(work: Work, draft: Draft, values: Values) -> None:
    _require_child(work, draft.child, draft.household)
    row = Transition(id=draft.id, household_id=draft.household, person_id=draft.child, **values, **work.made)
    words = _("Schullaufbahnberatung: {name}").format(name=_name(work, draft.child))
    typed.begin(work, row, "transition.added", words, draft.household)
    known = [key for key, value in values.items() if value is not None]
    work.note("transition.added", RecordKind.TRANSITION, row.id, known)


def _require_child(work: Work, child: UUID, household: UUID) -> None:
    person = work.session.get(Person, child)
    if person is None or person.removed_at is not None or person.household_id != household:
        raise RecordGone


def _change(work: Work, row: Transition, child: UUID, values: Values, changed: Iterable[str]) -> None:
    for key in changed:
        setattr(row, key, child if key == "person_id" else values[key])
    work.touch(row)
    work.session.flush()


def _set_removed(work: Work, row: Transition, words: str, deed_kind: str) -> UUID:
    name = _name(work, row.person_id)
    with deeds.recorded(work, deed_kind, words.format(name=name), row.household_id) as deed:
        row.removed_at = work.now if deed_kind == "transition.removed" else None
        work.touch(row)
        work.session.flush()
        work.note(deed_kind, RecordKind.TRANSITION, row.id)
    return deed.id


def _name(work: Work, child: UUID | None) -> str:
    person = work.session.get(Person, child) if child else None
    return (person.given_name or person.family_name if person else None) or _("ein Kind")


def _get(work: Work, transition: UUID) -> Transition:
    row = work.session.get(Transition, transition)
    if row is None:
        raise RecordGone
    return row
