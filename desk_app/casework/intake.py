"""Taking in a family: every deed saves at once, none demands anything, each can be repeated without harm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Select, bindparam, func, select

from desk_app.casework import centre, families, numbers, placements, referral_asks
from desk_app.casework.desk import Work
from desk_app.casework.search_forms import keep_search_form
from desk_app.domain.clock import local_day
from desk_app.domain.errors import RecordGone
from desk_app.domain.field_catalogue import field_of
from desk_app.domain.fields import FieldType
from desk_app.domain.names import clean_name
from desk_app.domain.records import FamilyFile, RecordKind, Ref, Value
from desk_app.storage.tables import RECORD_TABLES, Address, Household, Person, Referral, Tracked

_MOVES = frozenset({"street", "house_number", "postal_code", "city"})
_KEPT_ON_MOVING = ("district", "housing_type", "mailbox_name", "protection")
_ANSWERED_AT_START = ("file_number", "first_contact_on", "appointment_at", "appointment_status", "counsellor")
_SHARED_BY_SIBLINGS = ("family_name", "nationality_1", "nationality_2", "script", "repatriate")
_SINGLE_LINE = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Marks nobody sees that can turn or hide what is printed; the joiners that Persian and Indic spelling need stay."""
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record to be added; ``person`` is whose it is, ``None`` for the whole family."""

    kind: RecordKind
    id: UUID
    values: Mapping[str, Value]
    person: UUID | None = None


def start(work: Work, household: UUID, *, family_name: str = "") -> FamilyFile:
    """Open a new family file. What everybody would answer the same way today is answered already."""
    if work.session.get(Household, household) is None:
        row = Household(
            id=household,
            file_number=numbers.next_file_number(work),
            intake_open=True,
            first_contact_on=work.today,
            appointment_at=work.now,
            appointment_status="kept",
            counsellor=str(work.user),
            search_form="",
            **work.made,
        )
        work.session.add(row)
        work.session.flush()
        home = Address(id=uuid5(household, "address"), household_id=household, **work.made)
        work.session.add(home)
        work.note("intake.started", RecordKind.HOUSEHOLD, household, _ANSWERED_AT_START)
        work.note("intake.added", RecordKind.ADDRESS, home.id)
        if family_name:
            return set_value(work, Ref(RecordKind.HOUSEHOLD, household), "family_name", family_name)
    return _settled(work, household)


def set_value(work: Work, ref: Ref, key: str, value: Value) -> FamilyFile:
    """Keep one answer and give back the file as it is now.

    An address that stood before today is not overwritten: typing a new street, number, code or city opens a new
    address from today and closes the old one. Raises ``RecordGone`` when the record was taken out meanwhile.
    """
    row, changed = _keep(work, ref, key, value)
    return _settled(work, _household_of(row)) if changed else families.load(work, _household_of(row))


def add(
    work: Work,
    kind: RecordKind,
    record: UUID,
    household: UUID,
    *,
    person: UUID | None = None,
    values: Mapping[str, Value] | None = None,
) -> FamilyFile:
    """Add a record with the id the caller chose; adding the same id again changes nothing."""
    _insert(work, household, NewRecord(kind, record, values or {}, person))
    return _settled(work, household)


def take_over(
    work: Work, household: UUID, answers: Mapping[Ref, Mapping[str, Value]], records: Iterable[NewRecord]
) -> FamilyFile:
    """Keep many answers and records of one family at once; its requests are settled when all of them are there."""
    for ref, values in answers.items():
        for key, value in values.items():
            _keep(work, ref, key, value)
    for record in records:
        _insert(work, household, record)
    return _settled(work, household)


def add_person(work: Work, record: UUID, household: UUID, role: str) -> FamilyFile:
    """Add somebody to the household; the family name is not typed twice."""
    family_name = _household(work, household).family_name
    return add(work, RecordKind.PERSON, record, household, values={"role": role, "family_name": family_name})


def add_sibling(work: Work, record: UUID, child: UUID) -> FamilyFile:
    """Add another child with what siblings share; address, contact, languages and consents are the family's anyway."""
    row = _get(work, Ref(RecordKind.PERSON, child))
    shared = {key: getattr(row, key) for key in _SHARED_BY_SIBLINGS}
    return add(work, RecordKind.PERSON, record, _household_of(row), values={"role": "child", **shared})


def remove(work: Work, ref: Ref) -> FamilyFile:
    """Take a record out; ``restore`` brings it back."""
    return _set_removed(work, ref, removed=True)


def restore(work: Work, ref: Ref) -> FamilyFile:
    return _set_removed(work, ref, removed=False)


def finish(work: Work, household: UUID) -> FamilyFile:
    """Close the intake. Nothing has to be complete for that."""
    return _set_open(work, household, is_open=False)


def reopen(work: Work, household: UUID) -> FamilyFile:
    return _set_open(work, household, is_open=True)


def _keep(work: Work, ref: Ref, key: str, value: Value) -> tuple[Tracked, bool]:
    """Write one answer down: the row that has it now, and whether anything changed."""
    kept = cleaned(field_of(ref.kind, key).type, value)
    row = _get(work, ref)
    if isinstance(row, Address):
        row = work.session.get(Address, _follower(work, row)) or row
    if getattr(row, key) == kept:
        return row, False
    if isinstance(row, Address) and key in _MOVES and _stood_before_today(work, row):
        return _moved(work, row, key, kept), True
    setattr(row, key, kept)
    keep_search_form(row)
    work.touch(row)
    work.session.flush()
    work.note("intake.changed", ref.kind, row.id, [key])
    if isinstance(row, Referral):
        referral_asks.settle(work, row)
    return row, True


def _insert(work: Work, household: UUID, new: NewRecord) -> None:
    table = RECORD_TABLES[new.kind]
    if work.session.get(table, new.id) is not None:
        return
    known = {key: cleaned(field_of(new.kind, key).type, value) for key, value in new.values.items()}
    columns: dict[str, Any] = {**known, **work.made, "id": new.id, "household_id": household}
    if new.kind is RecordKind.PERSON:
        columns["position"] = _next_position(work, household)
    else:
        columns["person_id"] = new.person
    row = table(**columns)
    keep_search_form(row)
    work.session.add(row)
    work.session.flush()
    work.note("intake.added", new.kind, new.id, known)


def _set_open(work: Work, household: UUID, *, is_open: bool) -> FamilyFile:
    row = _household(work, household)
    if row.intake_open != is_open:
        row.intake_open = is_open
        fields = ["intake_open"]
        if not is_open and row.delete_on is None:
            row.delete_on = centre.deletion_day(work)
            fields.append("delete_on")
        work.touch(row)
        work.note("intake.reopened" if is_open else "intake.finished", RecordKind.HOUSEHOLD, household, fields)
    return _settled(work, household)


def _set_removed(work: Work, ref: Ref, *, removed: bool) -> FamilyFile:
    row = _get(work, ref, even_removed=True)
    if (row.removed_at is not None) != removed:
        row.removed_at = work.now if removed else None
        work.touch(row)
        work.session.flush()
        work.note("intake.removed" if removed else "intake.restored", ref.kind, ref.id)
        if isinstance(row, Referral):
            referral_asks.settle(work, row)
    return _settled(work, _household_of(row))


def _settled(work: Work, household: UUID) -> FamilyFile:
    """The file after its requests were brought to the state that follows from the answers."""
    file = families.load(work, household)
    return families.load(work, household) if placements.settle(work, file) else file


def _household(work: Work, household: UUID) -> Household:
    row = work.session.get(Household, household)
    if row is None:
        raise RecordGone
    return row


def _get(work: Work, ref: Ref, *, even_removed: bool = False) -> Tracked:
    row = work.session.scalars(_by_id(ref.kind), {"id": ref.id}).first()
    if row is None or (row.removed_at is not None and not even_removed):
        raise RecordGone
    return row


@cache
def _by_id(kind: RecordKind) -> Select[Tracked]:
    """Put together once: ``Session.get`` does it anew for each row, which takes longer than reading a wide one."""
    table = RECORD_TABLES[kind]
    return select(table).where(table.id == bindparam("id"))


def _household_of(row: Tracked) -> UUID:
    household: UUID = row.id if isinstance(row, Household) else row.household_id  # type: ignore[attr-defined]  # all others belong to one
    return household


def cleaned(kind: FieldType, value: Value) -> Value:
    """The value as it is kept: texts without odd invisible characters, nothing instead of empty text."""
    if not isinstance(value, str):
        return value
    if kind is FieldType.NAME:
        return clean_name(value).text or None
    visible = _INVISIBLE.sub("", value)
    if kind is FieldType.LONG:
        return _CONTROL.sub(" ", visible).strip() or None
    return _SINGLE_LINE.sub(" ", visible).strip() or None


def _stood_before_today(work: Work, row: Address) -> bool:
    filled = any(getattr(row, key) for key in _MOVES)
    return filled and local_day(row.created_at) < work.today


def _follower(work: Work, row: Address) -> UUID:
    """The id of the address that follows ``row`` from today, so that a repeated attempt finds it."""
    return uuid5(row.id, work.today.isoformat())


def _moved(work: Work, row: Address, key: str, kept: Value) -> Address:
    """Close ``row`` and open the address that holds from today, with ``kept`` as its new answer to ``key``."""
    row.valid_to = work.today - timedelta(days=1)
    work.touch(row)
    known = {name: getattr(row, name) for name in (*_MOVES, *_KEPT_ON_MOVING)} | {key: kept, "valid_from": work.today}
    new = Address(
        id=_follower(work, row), household_id=row.household_id, person_id=row.person_id, **known, **work.made
    )  # fmt: skip
    work.session.add(new)
    work.session.flush()
    work.note("intake.changed", RecordKind.ADDRESS, row.id, ["valid_to"])
    work.note("intake.added", RecordKind.ADDRESS, new.id, [name for name, value in known.items() if value is not None])
    return new


def _next_position(work: Work, household: UUID) -> int:
    query = select(func.max(Person.position)).where(Person.household_id == household)
    return (work.session.scalar(query) or 0) + 1
