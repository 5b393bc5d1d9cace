"""Writes families of an old list into the store, many at once and with one audit entry for each family touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from desk_app.casework import centre, families, intake, numbers, placements
from desk_app.casework.bring_in_plan import Against, values_of
from desk_app.casework.desk import Work
from desk_app.casework.search_forms import keep_search_form
from desk_app.domain.field_catalogue import field_of
from desk_app.domain.list_reading import Found, ListFamily, ListPerson
from desk_app.domain.records import FamilyFile, RecordKind, Ref
from desk_app.storage.tables import RECORD_TABLES, Address, Household, Language, Person


class Writer:
    """Makes and fills rows. ``wanted`` says whether the children of new files still look for a school place."""

    def __init__(self, work: Work, source: str, *, wanted: bool) -> None:
        self._work = work
        self._source = source
        self._wanted = wanted
        self._delete_on = centre.deletion_day(work)
        self._settle: list[UUID] = []
        self._spoken: list[Language] = []

    def add(self, made: Sequence[ListFamily]) -> None:
        """Open a finished file for each of the families. Rows go in before those that refer to them."""
        session = self._work.session
        files = numbers.next_file_numbers(self._work, len(made))
        households = [self._household(number, family) for number, family in zip(files, made, strict=True)]
        session.add_all(households)
        session.flush()
        for row, family in zip(households, made, strict=True):
            session.add(Address(id=uuid4(), household_id=row.id, **_values(RecordKind.ADDRESS, family.address),
                                **self._work.made))  # fmt: skip
            for position, person in enumerate(family.persons, 1):
                self._person(row.id, person, position, wanted=self._wanted)
            self._languages(row.id, family.languages, None)
        self._flush_languages()
        for row, family in zip(households, made, strict=True):
            self._work.note("intake.started", RecordKind.HOUSEHOLD, row.id, {"family_name", *family.household})
        if self._wanted:
            self._settle += [row.id for row in households]

    def fill(self, file: FamilyFile, family: ListFamily, found: Against, taken: Iterable[str]) -> None:
        """Add to a file what it lacks; of what differs only the answers in ``taken`` are exchanged."""
        answers: dict[Ref, dict[str, Found]] = {ref: dict(values) for ref, values in found.fills.items()}
        notes = list(found.notes)
        chosen = set(taken)
        for conflict in found.shown:
            ref, key, answer = found.conflicts[conflict.key]
            if conflict.key in chosen:
                answers.setdefault(ref, {})[key] = answer
            else:
                notes.append(conflict.note)
        touched = [self._answer(ref, values) for ref, values in answers.items()]
        household = file.household.id
        self._add_notes(household, notes)
        position = max((int(row.position) for row in self._persons(file)), default=0)
        for offset, place in enumerate(found.added, 1):
            self._person(household, family.persons[place], position + offset, wanted=True)
        for place, languages in found.person_languages.items():
            self._languages(household, languages, found.pairs[place])
        self._languages(household, found.languages, None)
        self._flush_languages()
        fields = {key for keys in touched for key in keys} | ({"internal_note"} if notes else set())
        self._work.note("intake.changed", RecordKind.HOUSEHOLD, household, fields)
        self._settle.append(household)

    def finish(self) -> None:
        """Bring the requests of everybody touched to the state that follows from the answers."""
        for file in families.load_many(self._work, self._settle):
            placements.settle(self._work, file)

    def _household(self, number: str, family: ListFamily) -> Household:
        values = _values(RecordKind.HOUSEHOLD, {"family_name": Found(family.name, family.cell), **family.household})
        notes = "\n".join([self._source.format(cell=family.cell), *family.notes])
        row = Household(
            id=uuid4(), file_number=number, intake_open=False, internal_note=notes, delete_on=self._delete_on,
            **values, **self._work.made,
        )  # fmt: skip
        keep_search_form(row)
        return row

    def _person(self, household: UUID, person: ListPerson, position: int, *, wanted: bool) -> None:
        values = _values(RecordKind.PERSON, values_of(person))
        if person.role == "child" and not wanted:
            values["place_wanted"] = False
        row = Person(id=uuid4(), household_id=household, position=position, **values, **self._work.made)
        keep_search_form(row)
        self._work.session.add(row)
        if person.role == "child":
            self._languages(household, person.languages, row.id)

    def _languages(self, household: UUID, languages: Iterable[Found], person: UUID | None) -> None:
        for found in languages:
            self._spoken.append(
                Language(id=uuid4(), household_id=household, person_id=person, language=found.value,
                         family_language=True, **self._work.made)
            )  # fmt: skip

    def _flush_languages(self) -> None:
        self._work.session.flush()
        self._work.session.add_all(self._spoken)
        self._spoken = []
        self._work.session.flush()

    def _answer(self, ref: Ref, answers: Mapping[str, Found]) -> list[str]:
        row = self._work.session.get_one(RECORD_TABLES[ref.kind], ref.id)
        for key, value in _values(ref.kind, answers).items():
            setattr(row, key, value)
        keep_search_form(row)
        self._work.touch(row)
        return list(answers)

    def _add_notes(self, household: UUID, notes: Iterable[str]) -> None:
        row = self._work.session.get_one(Household, household)
        before = row.internal_note or ""
        new = [note for note in notes if note not in before]
        if new:
            row.internal_note = "\n".join([*([before] if before else []), *new])
            self._work.touch(row)

    def _persons(self, file: FamilyFile) -> list[Person]:
        return [self._work.session.get_one(Person, record.id) for record in file.persons]


def _values(kind: RecordKind, answers: Mapping[str, Found]) -> dict[str, Any]:
    """The answers as they are kept; what is empty after cleaning is no answer."""
    kept = {key: intake.cleaned(field_of(kind, key).type, found.value) for key, found in answers.items()}
    return {key: value for key, value in kept.items() if value is not None}
