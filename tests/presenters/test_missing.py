"""The list of what the requests still lack."""

from __future__ import annotations

from datetime import date

from builders import Family

from desk_app.domain.dates import DateSpan
from desk_app.domain.records import RecordKind
from desk_app.presenters.missing import all_there, announcement, missing_groups
from desk_app.presenters.schooling import children_of

TODAY = date(2026, 11, 26)


def groups(family: Family) -> list[tuple[str, list[str], list[str]]]:
    found = missing_groups(children_of(family.file, TODAY))
    return [
        (group.title, [item.key for item in group.blocking], [item.key for item in group.useful]) for group in found
    ]


def test_what_the_family_shares_is_asked_once_and_before_the_children() -> None:
    family = Family(phone=None)
    family.mother()
    family.pupil(german_level=None)
    family.pupil(given_name="Lina", birth_place=None)
    assert groups(family) == [
        ("Für alle", ["phone"], []),
        ("Karim", ["german_level"], []),
        ("Lina", [], ["birth_place"]),
    ]


def test_missing_consent_is_asked_once_for_all() -> None:
    family = Family().without(RecordKind.CONSENT)
    family.mother()
    family.pupil()
    family.pupil(given_name="Lina")
    assert groups(family) == [("Für alle", ["given_on"], [])]


def test_children_for_whom_no_place_is_looked_for_raise_no_questions() -> None:
    family = Family()
    family.mother()
    family.pupil(german_level=None, place_wanted=False)
    family.pupil(given_name="Sami", birth_date=DateSpan.of_day(date(2021, 4, 27)), german_level=None)
    assert groups(family) == []


def test_a_child_of_unknown_age_is_asked_for_its_birth_date() -> None:
    family = Family()
    family.mother()
    family.pupil(birth_date=None)
    assert "birth_date" in groups(family)[0][1]


def test_what_is_said_aloud_counts_everything_that_is_missing() -> None:
    family = Family(phone=None)
    family.mother()
    family.pupil(birth_place=None)
    children = children_of(family.file, TODAY)
    assert announcement(missing_groups(children), children) == "2 Angaben fehlen noch"
    assert announcement((), children[:1]) == "Alles da – Anfrage ist vollständig"


def test_two_complete_children_are_two_complete_requests() -> None:
    family = Family()
    family.mother()
    family.child()
    family.child(given_name="Lina")
    assert all_there(children_of(family.file, TODAY)) == "Alles da – alle 2 Anfragen sind vollständig"
