"""A family of three siblings in three stages at a real desk, for tests of what is asked child by child."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from desk_app.casework import families, intake
from desk_app.casework.desk import Desk, Work
from desk_app.domain.dates import DateSpan
from desk_app.domain.records import FamilyFile, Record, RecordKind, Value
from desk_app.presenters.intake import IntakePresenter
from desk_app.presenters.runner import InlineRunner

SYRIA, TURKEY = "475", "163"

YEARS: tuple[dict[str, Value], ...] = (
    {"school_year": "2023/24", "country": SYRIA, "school": "Grundschule Nr. 7, Aleppo", "grade": "1"},
    {"school_year": "2024/25", "country": TURKEY, "school": "İlkokulu Şahinbey, Gaziantep", "grade": "2"},
)


@dataclass(frozen=True)
class Siblings:
    """Lina is in primary age, Karim in lower secondary, Sami too young. Only Lina has school years."""

    desk: Desk
    household: UUID
    mother: UUID
    lina: UUID
    karim: UUID
    sami: UUID

    @property
    def file(self) -> FamilyFile:
        """As it lies in the store."""
        return self.desk.do(lambda work: families.load(work, self.household))[0]

    def year(self, name: str, child: UUID) -> Record:
        """One school year of a child by its name."""
        return next(row for row in self.file.all(RecordKind.SCHOOL_YEAR, child) if row.text("school_year") == name)

    def rows(self, kind: RecordKind, person: UUID | None = None) -> list[dict[str, Value]]:
        """What is kept of one kind, without what is empty; school years in their order."""
        found = sorted(self.file.all(kind, person), key=lambda row: row.text("school_year"))
        return [{key: value for key, value in row.values.items() if value is not None} for row in found]


def store_siblings(desk: Desk) -> Siblings:
    """Take the family in through the deeds of the desk."""
    siblings = Siblings(desk, uuid4(), uuid4(), uuid4(), uuid4(), uuid4())
    desk.do(lambda work: _take_in(work, siblings))
    return siblings


def _take_in(work: Work, who: Siblings) -> None:
    file = intake.start(work, who.household, family_name="Haddad")
    for key, value in (("conversation_language", "ar"), ("interpreter_kind", "sprint")):
        intake.set_value(work, file.household.ref, key, value)
    mother: dict[str, Value] = {"role": "mother", "given_name": "Rana", "family_name": "Haddad", "has_custody": True}
    intake.add(work, RecordKind.PERSON, who.mother, who.household, values=mother)
    children = ((who.lina, "Lina", date(2017, 1, 19)), (who.karim, "Karim", date(2013, 6, 2)))
    for child, name, birth in (*children, (who.sami, "Sami", date(2021, 4, 27))):
        known: dict[str, Value] = {"role": "child", "given_name": name, "family_name": "Haddad"}
        known["birth_date"] = DateSpan.of_day(birth)
        intake.add(work, RecordKind.PERSON, child, who.household, values=known)
    for year in YEARS:
        values = {**year, "attended": True}
        intake.add(work, RecordKind.SCHOOL_YEAR, uuid4(), who.household, person=who.lina, values=values)


class SilentView:
    """A page that shows nothing, and on which nothing may fail."""

    def show_file(self, file: FamilyFile) -> None: ...

    def show_saving(self) -> None: ...

    def show_saved(self, at: object) -> None: ...

    def show_unsaved(self, message: str) -> None:
        raise AssertionError(message)


def presenter_of(family: Siblings) -> IntakePresenter:
    """The family's file open at its desk, without a window."""
    presenter = IntakePresenter(SilentView(), InlineRunner(family.desk.do), family.desk.clock)
    presenter.show(family.file)
    return presenter
