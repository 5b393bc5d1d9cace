"""The people of a family on the intake page: rows that open in place, siblings, custody, names, birth dates."""

from __future__ import annotations

from uuid import UUID

import pytest
from helpers import press, press_here, type_text
from intake_desk import IntakeDesk, field, fill, focused_key
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk_app.casework.desk import Desk
from desk_app.domain.fields import Section
from desk_app.domain.records import FamilyFile, RecordKind
from desk_app.gui.intake.page import IntakePage
from desk_app.gui.intake.persons_section import PersonsSection
from desk_app.gui.widgets.tag_field import TagField

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def intake_desk(desk: Desk, qtbot: QtBot) -> IntakeDesk:
    return IntakeDesk(desk, qtbot)


@pytest.fixture
def page(intake_desk: IntakeDesk) -> IntakePage:
    return intake_desk.new("Haddad")


def persons(page: IntakePage) -> PersonsSection:
    section = page.sections[Section.PERSONS]
    assert isinstance(section, PersonsSection)
    return section


def answer(page: IntakePage, person: UUID, key: str, words: str) -> None:
    fill(field(page, Section.PERSONS, key, person, RecordKind.PERSON), words)


def stored(intake_desk: IntakeDesk, page: IntakePage) -> FamilyFile:
    return intake_desk.stored(page.presenter.file.household.id)


def test_a_new_person_has_the_family_name_and_waits_for_the_given_name(page: IntakePage) -> None:
    page.go_to(Section.PERSONS)
    press_here(Qt.Key.Key_Insert)
    press_here(Qt.Key.Key_V)
    assert focused_key() == "given_name"
    assert field(page, Section.PERSONS, "family_name", page.presenter.file.persons[0].id, RecordKind.PERSON).text() == (
        "Haddad"
    )


def test_escape_leaves_the_choice_of_roles_without_adding_anybody(page: IntakePage) -> None:
    page.presenter.add_person("mother")
    page.go_to(Section.PERSONS)
    press_here(Qt.Key.Key_Insert)
    press_here(Qt.Key.Key_Escape)
    assert len(page.presenter.file.persons) == 1


def test_a_row_says_who_somebody_is_and_what_is_looked_for(page: IntakePage) -> None:
    child = page.presenter.add_person("child").id
    answer(page, child, "given_name", "Karim")
    answer(page, child, "birth_date", "2.6.2013")
    answer(page, child, "sex", "männlich")
    answer(page, child, "nationality_1", "Syrien")
    line = persons(page).entry(child).row.line
    assert line.spoken == "Karim Haddad, Sohn, 13 Jahre, Syrien, Schulplatz"
    assert line.birth_date == "02.06.2013"


def test_the_birth_date_says_what_follows_from_it(page: IntakePage) -> None:
    child = page.presenter.add_person("child").id
    answer(page, child, "birth_date", "2.6.2013")
    hint = field(page, Section.PERSONS, "birth_date", child, RecordKind.PERSON).get_hint()
    assert hint == "13 Jahre. Nach Alter Klasse 8. Ab 01.08.2027 Klasse 9."


def test_a_rough_birth_date_gives_a_range(page: IntakePage) -> None:
    child = page.presenter.add_person("child").id
    answer(page, child, "birth_date", "ca. 9")
    hint = field(page, Section.PERSONS, "birth_date", child, RecordKind.PERSON).get_hint()
    assert hint.startswith("8–10 Jahre. Nach Alter Klasse ")


def test_somebody_taken_out_is_named_and_comes_back(intake_desk: IntakeDesk, page: IntakePage) -> None:
    child = page.presenter.add_person("child").id
    answer(page, child, "given_name", "Lina")
    page.presenter.add_person("child")
    press(persons(page).entry(child).row, Qt.Key.Key_Delete)
    assert [row.text("given_name") for row in stored(intake_desk, page).persons] == [""]
    assert persons(page).undo_words() == "Lina Haddad entfernt"
    assert persons(page).undo.get_keys() == "Strg+Z"
    press_here(Qt.Key.Key_Z, CTRL)
    assert "Lina" in [row.text("given_name") for row in stored(intake_desk, page).persons]
    assert not persons(page).undo.isVisible()


def test_somebody_comes_back_even_after_another_answer(intake_desk: IntakeDesk, page: IntakePage) -> None:
    child = page.presenter.add_person("child").id
    persons(page).entry(child).remove_wanted.emit()
    fill(field(page, Section.FAMILY, "reachable"), "vormittags")
    assert persons(page).undo.get_keys() == ""
    persons(page).undo.click()
    file = stored(intake_desk, page)
    assert [row.id for row in file.persons] == [child]
    assert file.household.text("reachable") == "vormittags"


def test_a_sibling_begins_with_what_siblings_share(intake_desk: IntakeDesk, page: IntakePage) -> None:
    child = page.presenter.add_person("child").id
    answer(page, child, "nationality_1", "Syrien")
    answer(page, child, "birth_date", "2.6.2013")
    persons(page).entry(child).sibling_wanted.emit()
    assert focused_key() == "given_name"
    first, second = stored(intake_desk, page).children
    assert second.get("nationality_1") == first.get("nationality_1") is not None
    assert second.get("birth_date") is None


def test_other_spellings_are_kept_beside_the_name(intake_desk: IntakeDesk, page: IntakePage) -> None:
    child = page.presenter.add_person("child").id
    tags = field(page, Section.PERSONS, "name", child, RecordKind.NAME)
    assert isinstance(tags, TagField)
    tags.open_input()
    type_text(tags.control, "Kareem")
    press_here(Qt.Key.Key_Return)
    assert [row.text("name") for row in stored(intake_desk, page).all(RecordKind.NAME, child)] == ["Kareem"]


def test_custody_can_be_set_apart_for_one_child(intake_desk: IntakeDesk, page: IntakePage) -> None:
    mother, child = page.presenter.add_person("mother").id, page.presenter.add_person("child").id
    answer(page, mother, "given_name", "Rana")
    tags = field(page, Section.PERSONS, "guardian", child, RecordKind.GUARDIAN)
    assert isinstance(tags, TagField)
    tags.open_input()
    type_text(tags.control, "Rana Haddad")
    press_here(Qt.Key.Key_Return)
    tags.commit()
    assert [row.get("guardian") for row in stored(intake_desk, page).all(RecordKind.GUARDIAN, child)] == [mother]


def test_letters_outside_the_standard_are_pointed_out_and_kept(intake_desk: IntakeDesk, page: IntakePage) -> None:
    child = page.presenter.add_person("child").id
    answer(page, child, "given_name", "Kar\u200bim★")
    entry = field(page, Section.PERSONS, "given_name", child, RecordKind.PERSON)
    assert "„★“" in entry.message()
    assert "unsichtbares Zeichen" in entry.message()
    assert stored(intake_desk, page).children[0].text("given_name") == "Karim★"


def test_a_child_that_turns_out_to_be_grown_up_gets_the_other_questions(page: IntakePage) -> None:
    child = page.presenter.add_person("child").id
    answer(page, child, "given_name", "Karim")
    answer(page, child, "role", "volljähriges Geschwister")
    assert field(page, Section.PERSONS, "salutation", child, RecordKind.PERSON).isVisible()
    assert field(page, Section.PERSONS, "given_name", child, RecordKind.PERSON).text() == "Karim"


def test_arrows_move_between_rows(page: IntakePage) -> None:
    first, second = page.presenter.add_person("mother").id, page.presenter.add_person("child").id
    persons(page).entry(first).row.setFocus()
    press_here(Qt.Key.Key_Down)
    assert persons(page).entry(second).row.hasFocus()
    press_here(Qt.Key.Key_Home)
    assert persons(page).entry(first).row.hasFocus()
