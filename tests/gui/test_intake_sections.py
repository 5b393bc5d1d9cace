"""Family, arrival and languages on the intake page: what is shared, what is set apart, what follows by itself."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from conftest import SettableClock
from helpers import type_text
from intake_desk import IntakeDesk, field, fill
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from desk_app.casework.desk import Desk
from desk_app.domain.child import ChildView
from desk_app.domain.dates import DateSpan
from desk_app.domain.fields import Section
from desk_app.domain.records import FamilyFile, RecordKind, Ref
from desk_app.gui.intake.apart import ApartArea
from desk_app.gui.intake.page import IntakePage
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.field import Field

TODAY = date(2026, 11, 26)


@pytest.fixture
def intake_desk(desk: Desk, qtbot: QtBot) -> IntakeDesk:
    return IntakeDesk(desk, qtbot)


@pytest.fixture
def page(intake_desk: IntakeDesk) -> IntakePage:
    return intake_desk.new("Haddad")


def stored(intake_desk: IntakeDesk, page: IntakePage) -> FamilyFile:
    return intake_desk.stored(page.presenter.file.household.id)


def add_child(page: IntakePage, name: str, birth: DateSpan | None = None) -> UUID:
    ref = page.presenter.add_person("child")
    page.presenter.edit(ref, "given_name", name)
    page.presenter.edit(ref, "birth_date", birth)
    return ref.id


def button(page: IntakePage, words: str) -> Button:
    return next(button for button in page.findChildren(Button) if button.text() == words and button.isVisible())


def test_the_postal_code_fills_city_and_district_only_where_they_are_empty(page: IntakePage) -> None:
    fill(field(page, Section.FAMILY, "postal_code"), "45476")
    assert field(page, Section.FAMILY, "city").text() == "Mülheim an der Ruhr"
    assert field(page, Section.FAMILY, "district").text() == "Styrum"
    fill(field(page, Section.FAMILY, "postal_code"), "45478")
    assert field(page, Section.FAMILY, "district").text() == "Styrum"


def test_a_postal_code_of_several_districts_offers_them_first(page: IntakePage) -> None:
    fill(field(page, Section.FAMILY, "postal_code"), "45478")
    district = field(page, Section.FAMILY, "district")
    assert isinstance(district, ChoiceField)
    assert district.value() is None
    assert district.get_hint() == "Nach PLZ: Broich, Speldorf"


def test_an_odd_postal_code_or_address_is_pointed_out_and_kept(intake_desk: IntakeDesk, page: IntakePage) -> None:
    fill(field(page, Section.FAMILY, "postal_code"), "4547")
    fill(field(page, Section.FAMILY, "email"), "r.haddad@")
    assert field(page, Section.FAMILY, "postal_code").message() == "Eine Postleitzahl hat fünf Ziffern, etwa 45468"
    assert field(page, Section.FAMILY, "email").error() == "Nach @ fehlt der Anbieter"
    file = stored(intake_desk, page)
    assert file.household.text("email") == "r.haddad@"
    assert file.all(RecordKind.ADDRESS)[0].text("postal_code") == "4547"


def test_a_protected_address_says_what_follows(page: IntakePage) -> None:
    fill(field(page, Section.FAMILY, "protection"), "Schutzunterkunft")
    assert field(page, Section.FAMILY, "protection").message() == "Erscheint auf keiner Anfrage und in keiner Liste"


def test_a_move_keeps_the_old_address_with_its_last_day(
    intake_desk: IntakeDesk, page: IntakePage, clock: SettableClock
) -> None:
    fill(field(page, Section.FAMILY, "street"), "Lindenhof")
    clock.advance(days=30)
    later = intake_desk.open(page.presenter.file.household.id)
    button(later, "Umgezogen? Neue Anschrift").click()
    street = field(later, Section.FAMILY, "street")
    assert street.text() == ""
    fill(street, "Musterweg")
    file = stored(intake_desk, later)
    assert [row.text("street") for row in file.all(RecordKind.ADDRESS)] == ["Musterweg"]
    assert [(row.text("street"), row.get("valid_to")) for row in file.history] == [("Lindenhof", date(2026, 12, 25))]
    shown = [label.text() for label in later.findChildren(QLabel) if label.isVisible()]
    assert "bis 25.12.2026: Lindenhof" in shown


def test_what_is_set_apart_holds_for_one_child_until_it_is_taken_back(
    intake_desk: IntakeDesk, page: IntakePage
) -> None:
    karim, lina = add_child(page, "Karim"), add_child(page, "Lina")
    fill(field(page, Section.FAMILY, "phone"), "0208 111111")
    fill(field(page, Section.FAMILY, "phone", karim, RecordKind.APART), "0208 999999")
    fill(field(page, Section.FAMILY, "street", karim, RecordKind.ADDRESS), "Am Heim")
    file = stored(intake_desk, page)
    assert [ChildView(file, child, TODAY).value("phone") for child in (karim, lina)] == ["0208 999999", "0208 111111"]
    address = ChildView(file, karim, TODAY).address
    assert address is not None
    assert address.text("street") == "Am Heim"

    button(page, "Gilt wieder wie für alle").click()
    file = stored(intake_desk, page)
    assert ChildView(file, karim, TODAY).value("phone") == "0208 111111"
    assert file.all(RecordKind.ADDRESS, karim) == ()


def test_empty_fields_set_apart_show_what_holds_for_all(page: IntakePage) -> None:
    karim = add_child(page, "Karim")
    page.presenter.edit(page.presenter.file.household.ref, "entry_date", DateSpan.of_day(date(2026, 8, 3)))
    page.presenter.edit(page.presenter.file.household.ref, "country_of_origin", "163")
    field(page, Section.ARRIVAL, "entry_date", karim, RecordKind.APART)
    area = page.sections[Section.ARRIVAL].findChild(ApartArea)
    assert isinstance(area, ApartArea)
    block = area.block(karim)
    assert block is not None
    entry, country = block.field("entry_date"), block.field("country_of_origin")
    assert entry is not None
    assert entry.control.property("placeholderText") == "03.08.2026"
    assert isinstance(country, ChoiceField)
    assert isinstance(country.control, QComboBox)
    edit = country.control.lineEdit()
    assert edit is not None
    assert edit.placeholderText() == "Türkei"


def test_a_small_child_is_not_asked_about_reading_and_writing(page: IntakePage) -> None:
    small = add_child(page, "Sami", DateSpan.of_day(date(2023, 4, 27)))
    school = add_child(page, "Karim", DateSpan.of_day(date(2013, 6, 2)))
    unknown = add_child(page, "Lina")
    section = page.sections[Section.LANGUAGES]
    asked = {}
    for child in (small, school, unknown):
        section.reveal(RecordKind.PERSON, "german_level", child)
        asked[child] = {entry.get_key() for entry in section.findChildren(Field) if entry.isVisible()}
    assert "literacy" not in asked[small]
    assert "literacy" in asked[school]
    assert "literacy" in asked[unknown]


def test_further_languages_of_a_child_have_a_level(intake_desk: IntakeDesk, page: IntakePage) -> None:
    karim = add_child(page, "Karim")
    field(page, Section.LANGUAGES, "german_level", karim, RecordKind.PERSON).control.setFocus()
    page.sections[Section.LANGUAGES].add_row()
    fill(field(page, Section.LANGUAGES, "language", karim, RecordKind.LANGUAGE), "Englisch")
    rows = stored(intake_desk, page).all(RecordKind.LANGUAGE, karim)
    assert [(row.text("language"), row.flag("family_language")) for row in rows] == [("en", False)]


def test_the_day_of_allocation_is_asked_once_there_was_one(page: IntakePage) -> None:
    page.presenter.edit(page.presenter.file.household.ref, "allocated", False)
    asked = next(entry for entry in page.findChildren(Field) if entry.get_key() == "allocated_on")
    assert not asked.isVisible()
    page.presenter.edit(page.presenter.file.household.ref, "allocated", True)
    assert asked.isVisible()


def test_a_field_being_typed_in_is_left_alone_by_every_change(page: IntakePage) -> None:
    reachable = field(page, Section.FAMILY, "reachable")
    reachable.control.setFocus()
    type_text(reachable.control, "abends")
    page.presenter.edit(Ref(RecordKind.HOUSEHOLD, page.presenter.file.household.id), "reachable", "morgens")
    assert reachable.text() == "abends"
