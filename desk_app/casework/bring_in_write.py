"""Writes families of an old list into the store, many at once and with one audit entry for each family touched.

New families go in as plain rows, table by table: as objects of the session ten thousand of them would take a minute.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from desk_app.casework import centre, families, intake, numbers, placements, search_index
from desk_app.casework.bring_in_plan import Against, values_of
from desk_app.casework.deed_images import put_in
from desk_app.casework.desk import Work
from desk_app.casework.search_forms import keep_search_form, search_form_of
from desk_app.domain.field_catalogue import field_of
from desk_app.domain.list_reading import Found, ListFamily, ListPerson
from desk_app.domain.names import search_form
from desk_app.domain.records import FamilyFile, RecordKind, Ref
from desk_app.storage.tables import RECORD_TABLES, Address, Household, Language, Person

_Row = dict[str, Any]


@dataclass
class _Rows:
    """New rows of some families, by column."""

    persons: list[_Row] = field(default_factory=list)
    addresses: list[_Row] = field(default_factory=list)
    languages: list[_Row] = field(default_factory=list)

    def put_in(self, work: Work) -> None:
        for table, rows in ((Person, self.persons), (Address, self.addresses), (Language, self.languages)):
            put_in(work.session, table, rows)


class Writer:
    """Makes and fills rows. ``wanted`` says whether the children of new files still look for a school place."""

    def __init__(self, work: Work, source: str, *, wanted: bool) -> None:
        self._work = work
        self._source = source
        self._wanted = wanted
        self._delete_on = centre.deletion_day(work)
        self._settle: list[UUID] = []
        self._new: list[UUID] = []

    def add(self, made: Sequence[ListFamily]) -> list[str]:
        """Open a finished file for each of the families; their numbers. Rows go in before those that refer to them."""
        files = numbers.next_file_numbers(self._work, len(made))
        households = [self._household(number, family) for number, family in zip(files, made, strict=True)]
        rows = _Rows()
        for household, family in zip(households, made, strict=True):
            address = {"id": uuid4(), "household_id": household["id"], **_values(RecordKind.ADDRESS, family.address)}
            rows.addresses.append({**address, **self._work.made})
            for position, person in enumerate(family.persons, 1):
                self._person(rows, household["id"], person, position, wanted=self._wanted)
            self._languages(rows, household["id"], family.languages, None)
        put_in(self._work.session, Household, households)
        rows.put_in(self._work)
        self._work.note_many(
            "intake.started",
            RecordKind.HOUSEHOLD,
            [(row["id"], {"family_name", *family.household}) for row, family in zip(households, made, strict=True)],
        )
        self._new += [row["id"] for row in households]
        return files

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
        rows = _Rows()
        position = max((int(row.position) for row in self._persons(file)), default=0)
        for offset, place in enumerate(found.added, 1):
            self._person(rows, household, family.persons[place], position + offset, wanted=True)
        for place, languages in found.person_languages.items():
            self._languages(rows, household, languages, found.pairs[place])
        self._languages(rows, household, found.languages, None)
        self._work.session.flush()
        rows.put_in(self._work)
        search_index.outdate(self._work.session, [household])
        fields = {key for keys in touched for key in keys} | ({"internal_note"} if notes else set())
        self._work.note("intake.changed", RecordKind.HOUSEHOLD, household, fields)
        self._settle.append(household)

    def finish(self) -> None:
        """Bring the requests of everybody touched to the state that follows from the answers, and make them findable.

        Of many new families that is done piece by piece afterwards.
        """
        settle = [*self._settle, *(self._new if self._wanted else ())]
        for file in families.load_many(self._work, settle):
            placements.settle(self._work, file)
        search_index.outdate(self._work.session, self._new)
        self._work.touched.add("search")

    def _household(self, number: str, family: ListFamily) -> _Row:
        values = _values(RecordKind.HOUSEHOLD, {"family_name": Found(family.name, family.cell), **family.household})
        notes = "\n".join([self._source.format(cell=family.cell), *family.notes])
        return {
            "id": uuid4(), "file_number": number, "intake_open": False, "internal_note": notes,
            "delete_on": self._delete_on, "search_form": search_form(values.get("family_name") or ""),
            **values, **self._work.made,
        }  # fmt: skip

    def _person(self, rows: _Rows, household: UUID, person: ListPerson, position: int, *, wanted: bool) -> None:
        values = _values(RecordKind.PERSON, values_of(person))
        if person.role == "child" and not wanted:
            values["place_wanted"] = False
        row = {"id": uuid4(), "household_id": household, "position": position, "search_form": search_form_of(values)}
        rows.persons.append({**row, **values, **self._work.made})
        if person.role == "child":
            self._languages(rows, household, person.languages, row["id"])

    def _languages(self, rows: _Rows, household: UUID, languages: Iterable[Found], person: Any) -> None:
        for found in languages:
            row = {"id": uuid4(), "household_id": household, "person_id": person, "language": found.value}
            rows.languages.append({**row, "family_language": True, **self._work.made})

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
