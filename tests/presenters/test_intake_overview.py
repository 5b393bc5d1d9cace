"""What the index, the title and the rows say about a family file; how typed text is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from builders import NOW, TODAY, Family

from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import DateSpan
from desk_app.domain.field_catalogue import field_of
from desk_app.domain.fields import Section
from desk_app.domain.records import FamilyFile, RecordKind
from desk_app.presenters.choices import Choices
from desk_app.presenters.intake_overview import overview, question_words
from desk_app.presenters.persons import household_words, person_line
from desk_app.presenters.readings import parse_instant, reading_of, show_instant


def choices() -> Choices:
    return Choices(lambda: NOW)


def nobody(**household: object) -> FamilyFile:
    made = Family().household
    return FamilyFile(replace(made, values=dict(household)), {})


def test_a_new_intake_counts_what_any_child_would_raise() -> None:
    found = overview(nobody(), TODAY)
    assert found.progress.done == 0
    assert found.progress.total > 20
    assert found.missing == ()
    assert found.sections[Section.PERSONS].total > 0


def test_a_complete_family_is_complete_in_every_section() -> None:
    family = Family()
    family.mother()
    family.pupil(school_stage="lower_secondary", proposed_grade="08")
    found = overview(family.file, TODAY)
    assert found.missing == ()
    assert found.progress.complete
    assert found.progress.share == 1.0


def test_what_blocks_sending_is_named_with_the_child() -> None:
    family = Family()
    family.mother()
    family.child(german_level=None)
    found = overview(family.file, TODAY)
    assert [question_words(family.file, item) for item in found.missing] == ["Karim: Deutsch fehlt"]


def test_questions_about_the_whole_family_count_once_for_all_children() -> None:
    one, two = Family(), Family()
    one.child()
    two.child()
    two.child(given_name="Lina")
    totals = [overview(family.file, TODAY).sections[Section.FAMILY].total for family in (one, two)]
    assert totals[0] == totals[1]


def test_a_small_sibling_without_a_request_counts_for_nothing() -> None:
    family = Family()
    family.child()
    before = overview(family.file, TODAY).progress
    family.child(given_name="Sami", birth_date=DateSpan.of_day(date(2023, 4, 27)), german_level=None)
    assert overview(family.file, TODAY).progress == before


@pytest.mark.parametrize(
    ("file", "title"),
    [
        (nobody(family_name="Haddad"), "Familie Haddad"),
        (nobody(), "Neue Aufnahme"),
    ],
)
def test_the_title_is_the_name_of_the_family(file: FamilyFile, title: str) -> None:
    assert overview(file, TODAY).title == title


def test_without_a_family_name_the_first_person_gives_it() -> None:
    family = Family(family_name=None)
    family.child(family_name="Oğlu")
    assert overview(family.file, TODAY).title == "Familie Oğlu"


def test_a_name_of_one_part_is_no_name_of_a_family() -> None:
    family = Family(family_name=None)
    family.child(family_name=None, given_name="Amira")
    assert overview(family.file, TODAY).title == "Amira"


def test_the_note_is_complete_once_something_is_written() -> None:
    assert not overview(nobody(), TODAY).sections[Section.NOTE].complete
    assert overview(nobody(internal_note="Ruft an"), TODAY).sections[Section.NOTE].complete


@pytest.mark.parametrize(
    ("birth", "chip"), [(date(2013, 6, 2), "Schulplatz"), (date(2023, 4, 27), "Kita"), (date(1999, 1, 1), "")]
)
def test_the_chip_of_a_child_says_what_is_looked_for(birth: date, chip: str) -> None:
    family = Family()
    child = family.child(birth_date=DateSpan.of_day(birth))
    assert person_line(family.file, child, TODAY, choices()).chip == chip


def test_the_chip_of_an_adult_says_who_has_custody() -> None:
    family = Family()
    mother, father = family.mother(), family.father(has_custody=False)
    lines = [person_line(family.file, person, TODAY, choices()) for person in (mother, father)]
    assert [(line.role, line.chip) for line in lines] == [("Mutter", "Sorgerecht"), ("Vater", "")]


def test_the_household_in_words() -> None:
    assert household_words(2, 3) == "2 Erwachsene, 3 Kinder"
    assert household_words(1, 1) == "1 erwachsene Person, 1 Kind"
    assert household_words(0, 0) == ""


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("17.11.26 10:30", "17.11.2026 10:30"),
        ("heute 9.15 Uhr", "26.11.2026 9:15"),
        ("8:45", "26.11.2026 8:45"),
        ("morgen um 14:00", "27.11.2026 14:00"),
        ("17.11.2026", "17.11.2026"),
    ],
)
def test_a_moment_is_read_and_shown_on_the_wall_clock(typed: str, shown: str) -> None:
    assert show_instant(parse_instant(typed, TODAY)) == shown


def test_a_moment_is_shown_in_german_time() -> None:
    assert show_instant(datetime(2026, 7, 1, 8, 0, tzinfo=UTC)) == "01.07.2026 10:00"


def test_a_moment_that_cannot_be_read_says_how_it_looks_right() -> None:
    with pytest.raises(ValueError, match=r"So geht es: 26\.11\.2026 10:30"):
        parse_instant("bald", TODAY)


def test_a_planned_move_may_lie_ahead_and_an_arrival_may_not() -> None:
    ahead = reading_of(field_of(RecordKind.HOUSEHOLD, "planned_move_on"), lambda: TODAY)
    assert ahead.show(ahead.parse("03.2027")) == "03.2027"
    past = reading_of(field_of(RecordKind.HOUSEHOLD, "entry_date"), lambda: TODAY)
    with pytest.raises(ValueError, match="Zukunft"):
        past.parse("3.8.2027")


def test_a_stored_key_keeps_its_label_and_an_unknown_list_is_our_mistake() -> None:
    assert choices().label("roles", "mother") == "Mutter"
    assert choices().label("roles", None) == ""
    assert choices().label("users", "somebody") == "somebody"
    with pytest.raises(KeyError):
        choices().choices("residence_titles")


def test_entries_that_no_longer_hold_are_not_offered() -> None:
    keys = {key for key, _label in choices().choices("nationalities")}
    ended = [code.key for code in code_list("nationalities").entries if not code.valid_on(TODAY)]
    assert ended
    assert keys.isdisjoint(ended)
