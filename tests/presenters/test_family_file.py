from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from builders import TODAY, Family, store_family
from sqlalchemy import select

from desk_app.casework import exports
from desk_app.casework.desk import Desk
from desk_app.casework.exports import Wanted
from desk_app.domain.dates import DateSpan
from desk_app.domain.errors import RecordGone
from desk_app.domain.records import FamilyFile, RecordKind
from desk_app.presenters.choices import Choices
from desk_app.presenters.family_file import FamilyFilePresenter, FileSheet, file_sheet
from desk_app.presenters.runner import InlineRunner
from desk_app.storage.tables import AuditEntry


class View:
    sheet: FileSheet | None = None
    failure = ""

    def show_sheet(self, sheet: FileSheet) -> None:
        self.sheet = sheet

    def show_failed(self, message: str) -> None:
        self.failure = message


def sheet_of(file: FamilyFile, clock) -> FileSheet:
    return file_sheet(file, (), Choices(clock))


def opened(desk: Desk) -> int:
    query = select(AuditEntry).where(AuditEntry.deed == "family.opened")
    return len(desk.do(lambda work: list(work.session.scalars(query)))[0])


def test_looking_into_a_file_is_entered_in_the_audit_once_and_touches_nothing(desk: Desk, clock) -> None:
    family, _ = desk.do(store_family)
    heard: list[frozenset[str]] = []
    view = View()
    presenter = FamilyFilePresenter(view, InlineRunner(desk.do, heard.append), clock)
    presenter.open(family.household)
    presenter.refresh()
    assert opened(desk) == 1
    assert heard == [], "no page has to read again because somebody looked"
    presenter.open(family.household)
    assert opened(desk) == 2


def test_a_file_that_is_gone_is_said_in_a_sentence(desk: Desk, clock) -> None:
    view = View()
    FamilyFilePresenter(view, InlineRunner(desk.do), clock).open(uuid4())
    assert view.failure == str(RecordGone())
    assert opened(desk) == 0


def test_people_are_shown_adults_first_with_custody_and_the_state_of_the_request(desk: Desk, tmp_path, clock) -> None:
    family, _ = desk.do(store_family)
    view = View()
    presenter = FamilyFilePresenter(view, InlineRunner(desk.do), clock)
    presenter.open(family.household)
    assert view.sheet is not None
    mother, child = view.sheet.people
    assert (mother.name, mother.words, mother.request) == ("Rana Haddad", "Mutter, sorgeberechtigt", None)
    assert (child.name, child.words, child.request) == (
        "Karim, 13",
        "bereit zum Senden",
        family.request,
    )
    assert [(item.title, item.about, item.request) for item in view.sheet.open_items] == [
        ("Schulplatzanfrage senden", "Karim", family.request)
    ]
    desk.do(lambda work: exports.export_requests(work, Wanted([family.request], Path(tmp_path), xlsx=False)))
    presenter.refresh()
    assert view.sheet.people[1].words == "heute übermittelt"
    assert view.sheet.open_items == ()


def test_a_child_too_young_or_without_wish_for_a_place_has_no_request_to_open(clock) -> None:
    family = Family()
    family.child(given_name="Nour", birth_date=DateSpan.of_day(date(2023, 3, 1)))
    family.child(given_name="Sami", place_wanted=False)
    family.child(given_name="Lina", birth_date=None)
    words = {person.name: person.words for person in sheet_of(family.file, clock).people}
    assert words == {
        "Nour, 3": "noch nicht schulpflichtig",
        "Sami, 13": "kein Schulplatz gesucht",
        "Lina": "Geburtsdatum fehlt noch",
    }


def test_open_questions_lead_into_the_intake_three_for_each_child_and_the_rest_in_one_line(clock) -> None:
    family = Family()
    bare = dict.fromkeys(("sex", "nationality_1", "german_level", "literacy", "years_of_schooling", "measles_proof"))
    child = family.child(**bare)
    items = [item for item in sheet_of(family.file, clock).open_items if item.about.startswith("Karim")]
    assert len(items) == 4
    assert items[-1].title.endswith("weitere Angaben")
    assert all(item.question is not None and item.question.person == child.id for item in items)


@pytest.mark.parametrize(
    ("days", "due", "late"),
    [(-2, "seit 2 Tagen", True), (-1, "seit 1 Tag", True), (0, "bis heute", False), (4, "bis 30.11.", False)],
)
def test_a_missing_paper_says_until_when_it_is_waited_for(days: int, due: str, late: bool, clock) -> None:
    family = Family()
    child = family.child()
    family.add(
        RecordKind.DOCUMENT, person=child.id, document="school_report", state="missing",
        due_on=TODAY + timedelta(days=days),
    )  # fmt: skip
    items = [item for item in sheet_of(family.file, clock).open_items if item.title.endswith("nachreichen")]
    assert [(item.about, item.due, item.late) for item in items] == [("Karim", due, late)]


def test_a_protected_address_is_shown_to_staff_and_marked(clock) -> None:
    family = Family().without(RecordKind.ADDRESS)
    family.address(protection="shelter")
    family.mother()
    facts = {fact.label: fact for fact in sheet_of(family.file, clock).facts}
    assert facts["Anschrift"].value == "Lindenhof 12, 45476 Mülheim an der Ruhr, Styrum"
    assert "Schutzunterkunft" in facts["Schutz"].value
    assert facts["Schutz"].tone == "warn"


def test_master_data_name_consents_in_force_and_those_withdrawn_and_no_residence_status(clock) -> None:
    family = Family(delete_on=date(2031, 12, 31))
    family.add(RecordKind.CONSENT, recipient="school", given_on=date(2026, 11, 1), withdrawn_on=date(2026, 11, 20))
    facts = {fact.label: fact.value for fact in sheet_of(family.file, clock).facts}
    assert facts["Einwilligungen"] == "Schulaufsicht"
    assert facts["Widerrufen"] == "Schule"
    assert facts["Löschprüfung"] == "31.12.2031"
    assert facts["Einreise"] == "03.08.2026"
    assert facts["Dolmetschen"] == "Arabisch, SprInt"
    assert not [label for label in facts if "ufenthalt" in label]


def test_a_child_with_another_family_name_keeps_its_whole_name(clock) -> None:
    family = Family()
    family.child(given_name="Karim", family_name="Al-Mithal", name_native_script="كريم")
    person = sheet_of(family.file, clock).people[0]
    assert person.name == "Karim Al-Mithal, 13"
    assert "كريم" in person.spoken
