"""A child that goes on living with another family: its records go along, both families' courses say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import func, select

from desk_app.casework import deeds, families, households, intake, placements
from desk_app.casework.desk import Work
from desk_app.casework.wording import full_address
from desk_app.domain.child import ChildView, in_force
from desk_app.domain.errors import RecordGone
from desk_app.domain.records import FamilyFile, Record, RecordKind, Value
from desk_app.i18n import _
from desk_app.storage.tables import RECORD_TABLES, Guardian, Handout, Household, OfHousehold, Person, ReferralStep

_WITH_THE_CHILD: Final = (
    "entry_date", "arrival_in_city", "registered_since", "country_of_origin", "allocated", "allocated_on",
    "previous_city",
)  # fmt: skip
"""What the families share with their children and what stays true of a child wherever it lives."""

_WITHOUT_ENTRIES: Final[tuple[type[Any], ...]] = (ReferralStep, Handout)
"""What goes along as a part of something else: the steps of a referral, the pages that were handed out."""
_OF_A_CONSENT: Final = ("recipient", "given_on", "form", "language", "interpreted")
_OF_AN_ADULT: Final = ("role", "given_name", "family_name", "salutation", "own_language", "own_email", "organisation")


@dataclass(frozen=True, slots=True)
class Move:
    """Where a child goes. ``household`` may be new: then a file begins under that id.

    ``with_guardians`` notes who has custody in the new file as well, as somebody who lives elsewhere.
    """

    child: UUID
    household: UUID
    on: date
    with_guardians: bool = True


def move_child(work: Work, move: Move) -> UUID:
    """Have the child belong to the other family from now on; the id of the deed, to be taken back.

    What the old family shares and what holds for the child wherever it lives (arrival, languages, consents in force)
    is written down for the child where the new family answers otherwise or not at all.
    Raises ``RecordGone`` when the child is not there, or stays where it is.
    """
    person = work.session.get(Person, move.child)
    if person is None or person.removed_at is not None or person.household_id == move.household:
        raise RecordGone
    before = ChildView(families.load(work, person.household_id), move.child, work.today)
    name = person.given_name or person.family_name or _("ein Kind")
    words = _("{name} zieht um").format(name=name)
    with deeds.recorded(work, "child.moved", words, person.household_id) as deed:
        there = work.session.get(Household, move.household)
        if there is not None and there.removed_at is not None:
            raise RecordGone
        if there is None:
            intake.start(work, move.household, family_name=person.family_name or "")
        guardians = _guardians_along(work, move, before) if move.with_guardians else {}
        _move_rows(work, person, move.household)
        _name_guardians(work, move, guardians)
        _take_along(work, before, move)
        households.tell(work, before.file.household.id, households.LEFT, move.on, name, move.household)
        households.tell(work, move.household, households.CAME, move.on, name, before.file.household.id)
        work.note("child.moved", RecordKind.PERSON, move.child, ["household_id"])
        for household in (before.file.household.id, move.household):
            placements.settle(work, families.load(work, household))
    return deed.id


def _move_rows(work: Work, person: Person, household: UUID) -> None:
    for kind, table in RECORD_TABLES.items():
        if kind is RecordKind.TURN or not issubclass(table, OfHousehold):
            continue  # the course of the old family still tells what happened there
        for row in work.session.scalars(select(table).where(table.person_id == person.id)):
            row.household_id = household
            work.touch(row)
            work.session.flush()
            work.note("child.moved", kind, row.id, ["household_id"])
    for table in _WITHOUT_ENTRIES:
        for row in work.session.scalars(select(table).where(table.person_id == person.id)):
            row.household_id = household
            work.touch(row)
    last = work.session.scalar(select(func.max(Person.position)).where(Person.household_id == household))
    person.household_id, person.position = household, (last or 0) + 1
    work.touch(person)
    work.session.flush()


def _guardians_along(work: Work, move: Move, before: ChildView) -> dict[UUID, UUID]:
    """Who has custody, noted in the new file as well: their id there by the one here."""
    made = {}
    for adult in before.guardians:
        made[adult.id] = uuid4()
        values: dict[str, Value] = {key: adult.get(key) for key in _OF_AN_ADULT}
        values["own_phone"] = adult.text("own_phone") or before.file.household.text("phone") or None
        values["own_address"] = _home_of(adult, before.file) or None
        known = {key: value for key, value in values.items() if value is not None}
        intake.add(work, RecordKind.PERSON, made[adult.id], move.household, values=known)
    return made


def _home_of(adult: Record, file: FamilyFile) -> str:
    """The address of somebody, empty where it is protected: it must not stand in another family's file."""
    view = ChildView(file, adult.id, date.min)
    shared = next(iter(file.all(RecordKind.ADDRESS)), None)
    return "" if view.protected else adult.text("own_address") or (full_address(shared) if shared else "")


def _name_guardians(work: Work, move: Move, guardians: Mapping[UUID, UUID]) -> None:
    """Custody named for this child alone, since it says nothing about the new family's other children."""
    named = select(Guardian).where(Guardian.person_id == move.child, Guardian.removed_at.is_(None))
    for row in work.session.scalars(named):
        row.removed_at = work.now
        work.touch(row)
        work.session.flush()
        work.note("intake.removed", RecordKind.GUARDIAN, row.id)
    for new in guardians.values():
        link: dict[str, Value] = {"guardian": new}
        intake.add(work, RecordKind.GUARDIAN, uuid4(), move.household, person=move.child, values=link)


def _take_along(work: Work, before: ChildView, move: Move) -> None:
    now = ChildView(families.load(work, move.household), move.child, work.today)
    facts = {key: before.value(key) for key in _WITH_THE_CHILD}
    apart = {key: value for key, value in facts.items() if value is not None and now.value(key) != value}
    if apart:
        _set_apart(work, now, apart)
    languages = [row.text("language") for row in before.family_languages]
    if languages != [row.text("language") for row in now.family_languages]:
        for code in languages:
            values: dict[str, Value] = {"language": code, "family_language": True}
            _add(work, now, RecordKind.LANGUAGE, values)
    for row in before.file.all(RecordKind.CONSENT):
        recipient = row.text("recipient")
        if in_force(row, work.today) and before.consent(recipient) == row and now.consent(recipient) is None:
            _add(work, now, RecordKind.CONSENT, {key: row.get(key) for key in _OF_A_CONSENT})


def _set_apart(work: Work, child: ChildView, values: dict[str, Any]) -> None:
    own = child.file.all(RecordKind.APART, child.id)
    if not own:
        _add(work, child, RecordKind.APART, values)
        return
    for key, value in values.items():
        intake.set_value(work, own[0].ref, key, value)


def _add(work: Work, child: ChildView, kind: RecordKind, values: Mapping[str, Value]) -> None:
    known = {key: value for key, value in values.items() if value is not None}
    intake.add(work, kind, uuid4(), child.file.household.id, person=child.id, values=known)
