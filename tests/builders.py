"""Families for tests: sensible answers, of which a test changes the one it is about. All people are invented."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

from desk_app import bootstrap
from desk_app.casework import intake
from desk_app.casework.desk import Desk, Work
from desk_app.casework.intake import NewRecord
from desk_app.domain.centre import Centre, Office
from desk_app.domain.child import ChildView
from desk_app.domain.dates import DateSpan
from desk_app.domain.records import FamilyFile, Record, RecordKind, Ref, Value
from desk_app.storage import engine, journal_file
from desk_app.storage.journal import Journal
from desk_app.storage.keyfile import KeyFile
from desk_app.storage.lockfile import StoreLock
from desk_app.storage.sealing import FLOOR
from desk_app.storage.slots import RingKey
from desk_app.storage.vault import Vault

TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)


def a_record(kind: RecordKind, household: UUID, *, person: UUID | None = None, **values: Value) -> Record:
    return Record(kind, uuid4(), household, person, values, NOW, NOW)


class Family:
    """Puts a family file together: ``Family().mother().child().file``."""

    def __init__(self, **household: Value) -> None:
        known: dict[str, Value] = {
            "file_number": "2026-0001",
            "family_name": "Haddad",
            "phone": "0208 000000",
            "entry_date": DateSpan.of_day(date(2026, 8, 3)),
            "arrival_in_city": date(2026, 9, 21),
            "registered_since": date(2026, 9, 22),
            "country_of_origin": "475",
            "first_contact_on": date(2026, 11, 17),
            "reported_by": "family",
            "appointment_at": NOW,
            "appointment_status": "kept",
            "counsellor": str(uuid4()),
            "interpreter_kind": "sprint",
            "conversation_language": "ar",
        }
        id_ = uuid4()
        self.household = Record(RecordKind.HOUSEHOLD, id_, id_, None, {**known, **household}, NOW, NOW)
        self.rows: dict[RecordKind, list[Record]] = {}
        self.address()
        self.add(RecordKind.LANGUAGE, language="ar", family_language=True)
        self.add(RecordKind.CONSENT, recipient="school_authority", given_on=date(2026, 11, 17), language="ar")

    def add(self, kind: RecordKind, *, person: UUID | None = None, **values: Value) -> Record:
        row = a_record(kind, self.household.id, person=person, **values)
        self.rows.setdefault(kind, []).append(row)
        return row

    def without(self, kind: RecordKind) -> Family:
        self.rows.pop(kind, None)
        return self

    def address(self, *, person: UUID | None = None, **values: Value) -> Record:
        known: dict[str, Value] = {
            "street": "Lindenhof",
            "house_number": "12",
            "postal_code": "45476",
            "city": "Mülheim an der Ruhr",
            "district": "styrum",
        }
        return self.add(RecordKind.ADDRESS, person=person, **{**known, **values})

    def mother(self, **values: Value) -> Record:
        known: dict[str, Value] = {"role": "mother", "given_name": "Rana", "family_name": "Haddad", "has_custody": True}
        return self.add(RecordKind.PERSON, **{**known, **values})

    def father(self, **values: Value) -> Record:
        known: dict[str, Value] = {
            "role": "father",
            "given_name": "Yousef",
            "family_name": "Haddad",
            "has_custody": True,
        }
        return self.add(RecordKind.PERSON, **{**known, **values})

    def child(self, **values: Value) -> Record:
        return self.add(RecordKind.PERSON, **{**a_complete_child(), **values})

    def pupil(self, **values: Value) -> Record:
        """A child with the rows, too, that lower secondary asks for: another language, and the school years."""
        child = self.child(**values)
        for kind, row in A_SCHOOLED_CHILD.items():
            self.add(kind, person=child.id, **row)
        return child

    @property
    def file(self) -> FamilyFile:
        return FamilyFile(self.household, {kind: tuple(rows) for kind, rows in self.rows.items()})

    def view(self, child: Record, today: date = TODAY) -> ChildView:
        return ChildView(self.file, child.id, today)


def a_complete_child(**values: Any) -> dict[str, Value]:
    """Every answer a child in lower secondary is asked for at levels 1 and 2."""
    known: dict[str, Value] = {
        "role": "child",
        "given_name": "Karim",
        "family_name": "Haddad",
        "birth_date": DateSpan.of_day(date(2013, 6, 2)),
        "birth_date_source": "passport",
        "sex": "m",
        "nationality_1": "475",
        "birth_place": "Aleppo",
        "birth_country": "475",
        "german_level": "none",
        "german_level_source": "talk",
        "literacy": "both",
        "years_of_schooling": 6.0,
        "last_grade": "6",
        "reports_available": "original",
        "prior_german_school": False,
        "compulsory_done": False,
        "recommended_form": "15",
        "support_type": "SG",
        "measles_proof": "yes",
        "school_medical": "ordered",
    }
    return {**known, **values}


A_SCHOOLED_CHILD: dict[RecordKind, dict[str, Value]] = {
    RecordKind.LANGUAGE: {"language": "en", "family_language": False, "level": "A1"},
    RecordKind.SCHOOL_YEAR: {
        "school_year": "2019/20", "until_year": "2024/25", "attended": True, "country": "475", "grade": "6"
    },
}  # fmt: skip


PASSPHRASE = "Lampe Wiese Trommel 77"
CENTRE = Centre(
    name="Kommunales Integrationszentrum",
    city="Stadt Mülheim an der Ruhr",
    street="Musterplatz 1",
    place="45466 Mülheim an der Ruhr",
    phone="0208 000-45 61",
    email="ki@stadt.example",
    school_authority=Office("Fachberatung Integration", "Untere Schulaufsicht", "Musterstraße 12", "45468 Mülheim"),
    district_government=Office("Bezirksregierung", "Dezernat 45", "Musterweg 1", "40474 Düsseldorf"),
)


@dataclass(frozen=True)
class ShutStore:
    """A closed store to copy and open without deriving its key from the passphrase again for every test."""

    folder: Path
    user: UUID
    keys: KeyFile
    key: RingKey

    def open_at(self, folder: Path, clock: Callable[[], datetime]) -> Desk:
        opened = engine.open_engine(folder / engine.NAME, self.key.data_key)
        path = folder / journal_file.NAME
        journal = Journal(path, self.key, journal_file.read(path, self.key))
        return Desk(Vault(folder, self.user, self.keys, self.key, opened, journal, StoreLock(folder)), self.user, clock)


def a_shut_store(folder: Path, clock: Callable[[], datetime]) -> ShutStore:
    """A store of the centre with one user, Carla Brandt."""
    made = bootstrap.create(folder, CENTRE, "Carla Brandt", PASSPHRASE, clock=clock, kdf=FLOOR)
    vault = made.desk.vault
    vault.close()
    return ShutStore(folder, made.desk.user, vault._keys, vault._key)


def tamper(desk: Desk, *statements: str) -> None:
    """Change the database file beside the program, as another tool that has the key could."""
    other = engine.open_engine(desk.vault.folder / engine.NAME, desk.vault.key.data_key)
    for statement in statements:
        engine.driver_connection(other).execute(statement)
    other.dispose()
    desk.vault.reopen()


@dataclass(frozen=True)
class StoredFamily:
    """A family in the store whose oldest child can be sent at once."""

    household: UUID
    mother: UUID
    child: UUID

    @property
    def request(self) -> UUID:
        return uuid5(self.child, "request")


_HOME = ("street", "house_number", "postal_code", "city", "district")
_ABOUT_ALL = (
    "phone", "entry_date", "arrival_in_city", "registered_since", "country_of_origin", "reported_by",
    "interpreter_kind", "conversation_language",
)  # fmt: skip


def _some(record: Record, keys: Iterable[str]) -> dict[str, Value]:
    return {key: record.get(key) for key in keys}


def store_family(work: Work, family_name: str = "Haddad", **child: Value) -> StoredFamily:
    """Take a complete family in through the deeds of the desk."""
    household, mother, son = uuid4(), uuid4(), uuid4()
    file = intake.start(work, household, family_name=family_name)
    sample = Family()
    answers: dict[Ref, dict[str, Value]] = {
        file.all(RecordKind.ADDRESS)[0].ref: _some(sample.rows[RecordKind.ADDRESS][0], _HOME),
        file.household.ref: _some(sample.household, _ABOUT_ALL),
    }
    person = {"role": "mother", "given_name": "Rana", "family_name": family_name, "has_custody": True}
    intake.take_over(work, household, answers, [NewRecord(RecordKind.PERSON, mother, person)])
    known = {**a_complete_child(family_name=family_name), **child}
    intake.add(work, RecordKind.PERSON, son, household, values=known)
    kinds = (RecordKind.LANGUAGE, RecordKind.CONSENT)
    beside = [NewRecord(kind, uuid4(), sample.rows[kind][0].values) for kind in kinds]
    intake.take_over(work, household, {}, beside)
    return StoredFamily(household, mother, son)


def tell_schooling(work: Work, family: StoredFamily) -> None:
    """Add what would help but holds nothing up: the child's other language and its school years."""
    for kind, row in A_SCHOOLED_CHILD.items():
        intake.add(work, kind, uuid4(), family.household, person=family.child, values=row)
