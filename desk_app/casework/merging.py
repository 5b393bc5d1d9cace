"""Two persons, or two families, that are one: made one by somebody who looked, and taken apart again at any time.

Nothing is merged by itself and nothing is lost: the row that is dropped stays, taken out, with ``merged_into`` naming
the one that stands for it, so that old references, lists sent out and the audit still lead there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import aliased

from desk_app.casework import deeds, merge_rows, placements
from desk_app.casework.deeds import Recorded
from desk_app.casework.desk import Work
from desk_app.casework.families import load
from desk_app.casework.search_forms import keep_search_form
from desk_app.domain.errors import RecordGone
from desk_app.domain.field_catalogue import fields_of
from desk_app.domain.fields import FieldType
from desk_app.domain.names import search_form
from desk_app.domain.records import RecordKind
from desk_app.i18n import _
from desk_app.storage.many_rows import among_listed, listed
from desk_app.storage.ready import Ready
from desk_app.storage.tables import Deed, DeedRow, Household, Person, PersonName

PERSONS: Final = "person.merged"
FAMILIES: Final = "household.merged"

FIXED: Final = frozenset({"file_number"})
"""What the kept record has for itself."""

Merged = Person | Household


@dataclass(frozen=True)
class Choices:
    """What somebody decided. ``fields`` names for each field the record whose answer holds.

    ``request`` is the one that goes on, ``home`` the address that holds; ``pairs`` are persons of two families who are
    one, the kept one first.
    """

    fields: Mapping[str, UUID] = field(default_factory=dict)
    request: UUID | None = None
    home: UUID | None = None
    pairs: tuple[tuple[UUID, UUID], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """``deed`` is what to hand to ``deeds.undo``. ``other`` is the family the dropped person was in, if another."""

    deed: UUID
    words: str
    keep: UUID
    household: UUID
    other: UUID | None = None


def both(work: Work, keep: UUID, drop: UUID) -> tuple[Merged, Merged]:
    """The two rows. Raises ``RecordGone`` unless both are there, of one kind and not one and the same."""
    for table in (Person, Household):
        rows: list[Any] = [work.session.get(table, id_) for id_ in (keep, drop)]
        if keep != drop and all(row is not None and row.removed_at is None for row in rows):
            return rows[0], rows[1]
    raise RecordGone


@dataclass(frozen=True, slots=True)
class Told:
    """A merge as the course of a family tells it; ``undone_at`` where it was taken back."""

    at: datetime
    by: UUID
    words: str
    undone_at: datetime | None


def told(work: Work, household: UUID) -> tuple[Told, ...]:
    """Every merge that a family, or one that became part of it, took part in, the first one first."""
    session = work.session
    session.flush()
    homes, new = {household}, {household}
    while new:
        new = {home for (home,) in _BECAME_PART_OF.rows(session, among=listed(new))} - homes
        homes |= new
    return tuple(Told(*merge) for merge in _MERGES.rows(session, homes=listed(homes)))


def _merges() -> Ready:
    undoing = aliased(Deed)
    about = select(DeedRow.deed_id).where(among_listed(DeedRow.household_id, "homes"))
    return Ready(
        select(Deed.at, Deed.by, Deed.words, undoing.at)
        .outerjoin(undoing, undoing.id == Deed.undone_by)
        .where(or_(Deed.kind == PERSONS, Deed.kind == FAMILIES), Deed.undoes.is_(None))
        .where(or_(among_listed(Deed.household_id, "homes"), Deed.id.in_(about)))
        .order_by(Deed.sequence)
    )


_MERGES: Final = _merges()
_BECAME_PART_OF: Final = Ready(
    # by way of the deeds of the kept family, since households have no index by the one that stands for them
    select(Household.id)
    .join(DeedRow, DeedRow.row_id == Household.id)
    .join(Deed, Deed.id == DeedRow.deed_id)
    .where(among_listed(Deed.household_id), Deed.kind == FAMILIES, among_listed(Household.merged_into))
)
_STANDING_FOR: Final = Ready(
    select(Household.merged_into, Household.removed_at).where(Household.id == bindparam("household"))
)


def successor(work: Work, household: UUID) -> UUID | None:
    """The family that stands for one that was merged away, at the end of the chain; ``None`` for any other."""
    work.session.flush()
    at, seen, found = household, {household}, _STANDING_FOR.first(work.session, household=household)
    while found is not None and found[0] is not None and found[0] not in seen:
        at = found[0]
        seen.add(at)
        found = _STANDING_FOR.first(work.session, household=at)
    return at if found is not None and at != household and found[1] is None else None


def merge(work: Work, keep: UUID, drop: UUID, choices: Choices | None = None) -> Outcome:
    """Make two records one. Raises ``RecordGone`` as ``both`` does, ``NotAllowed`` where the role may not."""
    kept, dropped = both(work, keep, drop)
    chosen = choices or Choices()
    if isinstance(kept, Person) and isinstance(dropped, Person):
        words = _("Zwei Einträge für {name} zusammengeführt").format(name=_name(kept) or _name(dropped) or _("Person"))
        with deeds.recorded(work, PERSONS, words, kept.household_id) as deed:
            home = dropped.household_id
            _merge_persons(work, kept, dropped, chosen)
            _enter(work, deed)
            _settle(work, {kept.household_id, home})
        other = home if home != kept.household_id else None
        return Outcome(deed.id, words, keep, kept.household_id, other)
    assert isinstance(kept, Household)
    assert isinstance(dropped, Household)
    numbers = kept.file_number, dropped.file_number
    words = _("Akten {first} und {second} zusammengeführt").format(first=numbers[0], second=numbers[1])
    with deeds.recorded(work, FAMILIES, words, kept.id) as deed:
        _merge_families(work, kept, dropped, chosen)
        _enter(work, deed)
        _settle(work, {kept.id})
    return Outcome(deed.id, words, keep, kept.id)


def _merge_persons(work: Work, kept: Person, dropped: Person, choices: Choices) -> None:
    spellings = [_name(kept), _name(dropped)]
    _choose(work, RecordKind.PERSON, kept, dropped, choices.fields, spellings)
    merge_rows.move(work, kept, dropped)
    _keep_spellings(work, kept, spellings)
    merge_rows.unite(work, kept.household_id, kept.id)
    merge_rows.one_home(work, kept.household_id, kept.id, choices.home)
    merge_rows.one_request(work, kept.id, choices.request)
    _drop(work, kept, dropped)


def _merge_families(work: Work, kept: Household, dropped: Household, choices: Choices) -> None:
    _choose(work, RecordKind.HOUSEHOLD, kept, dropped, choices.fields, [])
    if dropped.intake_open and not kept.intake_open:
        kept.intake_open = True
    merge_rows.move(work, kept, dropped)
    for first, second in choices.pairs:
        one, other = both(work, first, second)
        assert isinstance(one, Person)
        assert isinstance(other, Person)
        _merge_persons(work, one, other, choices)
    merge_rows.unite(work, kept.id, None)
    merge_rows.one_home(work, kept.id, None, choices.home)
    _drop(work, kept, dropped)


def _choose(
    work: Work, kind: RecordKind, kept: Any, dropped: Any, chosen: Mapping[str, UUID], spellings: list[str]
) -> None:
    """Write the answers that hold into the kept row; names that lose are added to ``spellings``."""
    for key, of in fields_of(kind).items():
        mine, other = getattr(kept, key), getattr(dropped, key)
        if key in FIXED or other is None or mine == other:
            continue
        value = other if mine is None or chosen.get(key) == dropped.id else mine
        if of.type is FieldType.LONG and mine is not None:
            value = f"{mine}\n{other}" if str(other) not in str(mine) else mine
        elif of.type is FieldType.NAME and mine is not None and key in ("name_native_script", "birth_name"):
            spellings.append(mine if value == other else other)
        if value != mine:
            setattr(kept, key, value)
    keep_search_form(kept)
    work.touch(kept)
    work.session.flush()


def _keep_spellings(work: Work, kept: Person, spellings: Iterable[str]) -> None:
    """Whatever the two were called is still found: each spelling that is not the name itself becomes another one."""
    known = {_name(kept), kept.name_native_script, kept.birth_name, ""}
    for name in dict.fromkeys(spellings):
        if name not in known and search_form(name):
            row = PersonName(
                id=uuid4(), household_id=kept.household_id, person_id=kept.id, name=name, **work.made
            )  # fmt: skip
            keep_search_form(row)
            work.session.add(row)
    work.session.flush()


def _drop(work: Work, kept: Any, dropped: Any) -> None:
    dropped.merged_into = kept.id
    dropped.removed_at = work.now
    work.touch(dropped)
    work.session.flush()


def _enter(work: Work, deed: Recorded) -> None:
    """An entry for each row, so that the audit of either record leads to the merge and names what moved."""
    assert deed.caught is not None
    merged: set[UUID] = set()
    for change in list(deed.caught.changes()):
        if change.table in (Person.__tablename__, Household.__tablename__):
            fields = set(change.after or {}) - {"household_id"}
            if fields:
                person = change.table == Person.__tablename__
                kind = RecordKind.PERSON if person else RecordKind.HOUSEHOLD
                work.note("person.merged" if person else "household.merged", kind, change.row, fields)
                merged.add(change.row)
    deeds.enter(work, "merge.moved", deed.caught, frozenset(merged))
    work.touched.add("placements")


def _settle(work: Work, households: Iterable[UUID]) -> None:
    for household in households:
        placements.settle(work, load(work, household))


def _name(person: Person) -> str:
    return " ".join(part for part in (person.given_name, person.family_name) if part)
