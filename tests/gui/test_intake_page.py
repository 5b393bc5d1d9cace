"""The intake page: what is typed is kept, what failed is said, and every place can be reached by keyboard."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from helpers import press, press_here, type_text
from intake_desk import IntakeDesk, field, fill, focused_key
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desk_app.casework.desk import Desk
from desk_app.domain.dates import DateSpan
from desk_app.domain.errors import DiskFull
from desk_app.domain.field_catalogue import FIELDS
from desk_app.domain.fields import Audience, Section
from desk_app.domain.records import RecordKind
from desk_app.gui.intake.disclosure import Disclosure
from desk_app.gui.intake.page import IntakePage
from desk_app.gui.theme import Appearance
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.messages import FaultLink
from desk_app.gui.widgets.tag_field import TagField
from desk_app.gui.worker import Worker

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def intake_desk(desk: Desk, qtbot: QtBot) -> IntakeDesk:
    return IntakeDesk(desk, qtbot)


def press_words(*words: str) -> None:
    """Type each answer where the focus is and go on with Eingabe; an empty one is passed over with Tab."""
    for answer in words:
        here = QApplication.focusWidget()
        assert here is not None
        if answer:
            type_text(here, answer)
            press(QApplication.activePopupWidget() or here, Qt.Key.Key_Return)
        else:
            press_here(Qt.Key.Key_Tab)


def test_a_family_typed_by_keyboard_is_there_when_the_page_is_opened_again(intake_desk: IntakeDesk) -> None:
    page = intake_desk.new()
    press_words("Haddad", "0176 04069 118", "rana@haddad.example", "Lindenhof", "12", "45476")
    page.go_to(Section.PERSONS)
    press_here(Qt.Key.Key_Insert)
    press_here(Qt.Key.Key_M)
    assert focused_key() == "given_name"
    press_words("Rana")
    press_here(Qt.Key.Key_Insert)
    press_here(Qt.Key.Key_K)
    press_words("Karim", "", "كريم حداد", "3.8.13")
    press_here(Qt.Key.Key_Insert)
    press_here(Qt.Key.Key_K)
    press_words("Lina", "", "", "ca. 9")
    page.commit_pending()

    stored = intake_desk.stored(page.presenter.file.household.id)
    assert stored.household.text("family_name") == "Haddad"
    assert stored.all(RecordKind.ADDRESS)[0].text("city") == "Mülheim an der Ruhr"
    assert stored.all(RecordKind.ADDRESS)[0].text("district") == "styrum"
    assert [(row.text("given_name"), row.text("family_name"), row.get("role")) for row in stored.persons] == [
        ("Rana", "Haddad", "mother"),
        ("Karim", "Haddad", "child"),
        ("Lina", "Haddad", "child"),
    ]
    karim, lina = stored.children
    assert karim.text("name_native_script") == "كريم حداد"
    spans = [child.span("birth_date") for child in (karim, lina)]
    assert [span.show() for span in spans if span] == ["03.08.2013", "ca. 2017"]

    again = intake_desk.open(stored.household.id)
    assert field(again, Section.FAMILY, "street").text() == "Lindenhof"
    assert field(again, Section.PERSONS, "birth_date", lina.id).text() == "ca. 2017"
    assert again.title() == "Familie Haddad"


def test_answers_shown_never_jump_back_while_the_store_is_slow(intake_desk: IntakeDesk) -> None:
    page = intake_desk.new("Haddad")
    intake_desk.deeds.slow = True
    fill(field(page, Section.FAMILY, "phone"), "0176 1234567")
    fill(field(page, Section.FAMILY, "reachable"), "vormittags")
    city = field(page, Section.FAMILY, "contact_name")
    city.control.setFocus()
    type_text(city.control, "Frau Be")
    intake_desk.deeds.deliver(1)
    assert field(page, Section.FAMILY, "reachable").text() == "vormittags"
    assert city.text() == "Frau Be"
    intake_desk.deeds.deliver()
    assert city.text() == "Frau Be"
    type_text(city.control, "nz")
    page.commit_pending()
    intake_desk.deeds.deliver()
    stored = intake_desk.stored(page.presenter.file.household.id).household
    assert [stored.text(key) for key in ("phone", "reachable", "contact_name")] == [
        "0176 1234567",
        "vormittags",
        "Frau Benz",
    ]


def test_what_could_not_be_saved_stays_says_so_and_is_saved_on_the_second_attempt(intake_desk: IntakeDesk) -> None:
    page = intake_desk.new("Haddad")
    intake_desk.deeds.trouble = DiskFull()
    fill(field(page, Section.FAMILY, "phone"), "0176 1234567")
    assert "Nicht gespeichert" in page.header.save_state.words()
    assert DiskFull().message in [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert field(page, Section.FAMILY, "phone").text() == "0176 1234567"
    assert page.presenter.unsaved

    intake_desk.deeds.trouble = None
    page.header.save_state.again.emit()
    assert page.header.save_state.words() == "Gespeichert 10:42"
    assert intake_desk.stored(page.presenter.file.household.id).household.text("phone") == "0176 1234567"


def test_two_intakes_are_open_at_once_and_keep_to_themselves(intake_desk: IntakeDesk) -> None:
    haddad, hoxha = intake_desk.new("Haddad"), intake_desk.new("Hoxha")
    fill(field(haddad, Section.FAMILY, "phone"), "0208 111111")
    fill(field(hoxha, Section.FAMILY, "phone"), "0208 222222")
    stored = [intake_desk.stored(page.presenter.file.household.id).household for page in (haddad, hoxha)]
    assert [(row.text("family_name"), row.text("phone")) for row in stored] == [
        ("Haddad", "0208 111111"),
        ("Hoxha", "0208 222222"),
    ]


def test_the_one_worker_of_the_window_saves_what_is_typed(intake_desk: IntakeDesk) -> None:
    worker = Worker(intake_desk.desk.do)
    intake_desk.runner = worker
    page = intake_desk.new()
    for key, words in (("family_name", "Haddad"), ("street", "Lindenhof"), ("house_number", "12")):
        fill(field(page, Section.FAMILY, key), words)
    page.commit_pending()
    worker.stop()
    stored = intake_desk.stored(page.presenter.file.household.id)
    assert stored.household.text("family_name") == "Haddad"
    assert [stored.all(RecordKind.ADDRESS)[0].text(key) for key in ("street", "house_number")] == ["Lindenhof", "12"]
    assert page.header.save_state.words() == "Gespeichert 10:42"


def test_closing_hands_over_the_field_being_typed(intake_desk: IntakeDesk) -> None:
    page = intake_desk.new()
    type_text(field(page, Section.FAMILY, "street").control, "Lindenh")
    page.commit_pending()
    assert intake_desk.stored(page.presenter.file.household.id).all(RecordKind.ADDRESS)[0].text("street") == "Lindenh"


def test_a_text_that_cannot_be_read_stays_and_is_found_again(intake_desk: IntakeDesk) -> None:
    page = intake_desk.new("Haddad")
    entry = field(page, Section.ARRIVAL, "arrival_in_city")
    fill(entry, "neulich im Herbst")
    page.presenter.edit(page.presenter.file.household.ref, "arrival_in_city", date(2026, 9, 21))
    assert entry.text() == "neulich im Herbst"
    assert entry.error()
    assert "1 Angabe prüfen" in page.body.index.rows[Section.ARRIVAL].accessibleName()

    press_here(Qt.Key.Key_Return, CTRL)
    assert page.body.summary.isVisible()
    link = next(link for link in page.body.summary.findChildren(FaultLink) if "In Mülheim seit" in link.text())
    page.go_to(Section.NOTE if Section.NOTE in page.sections else Section.FAMILY)
    link.click()
    assert focused_key() == "arrival_in_city"


def test_an_intake_can_be_finished_although_something_is_missing(intake_desk: IntakeDesk, qtbot: QtBot) -> None:
    page = intake_desk.new("Haddad")
    page.presenter.add_person("child")
    field(page, Section.FAMILY, "phone").control.setFocus()
    press_here(Qt.Key.Key_Return, CTRL)
    assert page.body.summary.isVisible()
    with qtbot.waitSignal(page.finished, timeout=1000):
        press_here(Qt.Key.Key_Return, CTRL)
    assert not intake_desk.stored(page.presenter.file.household.id).household.get("intake_open")


def test_a_finished_intake_can_be_changed_and_has_nothing_to_finish(intake_desk: IntakeDesk, qtbot: QtBot) -> None:
    page = intake_desk.new("Haddad")
    page.presenter.add_person("child")
    page.presenter.finish(lambda: None)
    again = intake_desk.open(page.presenter.file.household.id)
    shown = [button.text() for button in again.header.findChildren(Button) if button.isVisible()]
    assert shown == ["Fertig"]
    with qtbot.waitSignal(again.finished, timeout=1000):
        press_here(Qt.Key.Key_Return, CTRL)


def test_keys_lead_from_section_to_section_even_out_of_a_field(intake_desk: IntakeDesk) -> None:
    page = intake_desk.new("Haddad")
    field(page, Section.FAMILY, "housing_type").control.setFocus()
    press_here(Qt.Key.Key_Down, CTRL)
    assert "aktueller Abschnitt" in page.body.index.rows[Section.PERSONS].accessibleName()
    press_here(Qt.Key.Key_Down, CTRL)
    assert focused_key() == "entry_date"
    press_here(Qt.Key.Key_Up, CTRL)
    press_here(Qt.Key.Key_Up, CTRL)
    assert focused_key() == "family_name"


def test_a_click_in_the_index_goes_to_the_section(intake_desk: IntakeDesk) -> None:
    page = intake_desk.new("Haddad")
    page.body.index.rows[Section.LANGUAGES].click()
    assert focused_key() == "family_languages"


def test_ctrl_z_first_takes_back_typing_then_the_answer_before(intake_desk: IntakeDesk) -> None:
    page = intake_desk.new("Haddad")
    fill(field(page, Section.FAMILY, "reachable"), "vormittags")
    phone = field(page, Section.FAMILY, "phone")
    phone.control.setFocus()
    type_text(phone.control, "0")
    press_here(Qt.Key.Key_Z, CTRL)
    assert phone.text() == ""
    assert page.presenter.file.household.text("reachable") == "vormittags"
    press_here(Qt.Key.Key_Z, CTRL)
    assert page.presenter.file.household.get("reachable") is None
    assert field(page, Section.FAMILY, "reachable").text() == ""


def test_the_first_press_comes_back_to_the_field_that_was_left(intake_desk: IntakeDesk) -> None:
    page = intake_desk.new("Haddad")
    assert focused_key() == "family_name"
    field(page, Section.FAMILY, "phone").control.setFocus()
    page.body.index.focus()
    page.setFocus()
    assert focused_key() == "phone"


def test_assistance_goes_below_the_form_where_there_is_no_room_beside_it(
    intake_desk: IntakeDesk, appearance: Appearance, qtbot: QtBot
) -> None:
    page = intake_desk.new("Haddad")
    panel = page.body.assistance
    assert panel.mapTo(page, panel.rect().topLeft()).x() > 800
    appearance.set_scale(1.5)
    qtbot.waitUntil(lambda: page.body.form_area.isAncestorOf(panel))


def _open_everything(page: IntakePage) -> None:
    for person in page.presenter.file.persons:
        page.sections[Section.PERSONS].reveal(RecordKind.PERSON, "role", person.id)
        for disclosure in page.findChildren(Disclosure):
            disclosure.set_open(True)


def test_every_control_has_an_accessible_name(intake_desk: IntakeDesk) -> None:
    page = intake_desk.new("Haddad")
    for role in ("mother", "child"):
        page.presenter.add_person(role)
    _open_everything(page)
    nameless = [
        f"{type(widget).__name__} in {widget.parentWidget()}"
        for widget in page.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QPlainTextEdit)
        and not isinstance(widget.parentWidget(), QComboBox)
        and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.isVisibleTo(page)
    ]
    assert nameless == []


def test_tab_order_is_reading_order(intake_desk: IntakeDesk) -> None:
    page = intake_desk.new("Haddad")
    mother = page.presenter.add_person("mother")
    page.presenter.add_person("child")
    page.sections[Section.PERSONS].reveal(RecordKind.PERSON, "salutation", mother.id)
    page.sections[Section.FAMILY].reveal(RecordKind.HOUSEHOLD, "emergency_name", None)
    QApplication.processEvents()
    page.body.index.focus()
    places: list[tuple[int, int]] = []
    for _step in range(70):
        press_here(Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        content = page.body.form_area.widget()
        if here is None or content is None or not content.isAncestorOf(here):
            break
        middle = here.mapTo(content, here.rect().center())
        places.append((middle.y(), middle.x()))
    assert len(places) > 40
    for before, after in pairwise(places):
        below, beside = after[0] > before[0] + 16, abs(after[0] - before[0]) <= 16 and after[1] > before[1]
        assert below or beside, f"{before} comes before {after}"


def test_every_question_of_these_sections_can_be_jumped_to(intake_desk: IntakeDesk) -> None:
    page = intake_desk.new("Haddad")
    mother, child = page.presenter.add_person("mother"), page.presenter.add_person("child")
    nowhere = []
    sections = (Section.FAMILY, Section.PERSONS, Section.ARRIVAL, Section.LANGUAGES)
    for question in FIELDS:
        if question.section not in sections or question.key == "file_number":
            continue
        person = {Audience.ADULTS: mother.id, Audience.CHILDREN: child.id}.get(question.audience)
        if question.kind in (RecordKind.PERSON, RecordKind.NAME) and person is None:
            person = mother.id
        if question.kind is RecordKind.GUARDIAN or question.key == "level":
            person = child.id
        if question.key == "level":
            page.presenter.add(RecordKind.LANGUAGE, child.id, {"family_language": False})
        found = page.sections[question.section].reveal(question.kind, question.key, person)
        if found is None or not found.isVisibleTo(page):
            nowhere.append(question.key)
    assert nowhere == []


def test_nothing_on_the_page_asks_for_residence_status(intake_desk: IntakeDesk) -> None:
    page = intake_desk.new("Haddad")
    page.presenter.add_person("mother")
    page.presenter.add_person("child")
    _open_everything(page)
    words = " ".join(widget.text() for widget in page.findChildren(QLabel)).casefold()
    for unwanted in ("aufenthalt", "asyl", "duldung", "religion", "azr"):
        assert unwanted not in words


def test_tags_of_languages_are_records_of_the_family(intake_desk: IntakeDesk) -> None:
    page = intake_desk.new("Haddad")
    tags = page.sections[Section.LANGUAGES].reveal(RecordKind.LANGUAGE, "language", None)
    assert isinstance(tags, TagField)
    tags.open_input()
    press_words("Arabisch")
    stored = intake_desk.stored(page.presenter.file.household.id)
    assert [(row.text("language"), row.flag("family_language")) for row in stored.all(RecordKind.LANGUAGE)] == [
        ("ar", True)
    ]
    tags.chips()[0].setFocus()
    press_here(Qt.Key.Key_Delete)
    assert intake_desk.stored(stored.household.id).all(RecordKind.LANGUAGE) == ()


# where a question is asked by a widget that serves several of them, or under another name
ASKED_BY = {
    (RecordKind.NAME, "name"): "other_names",
    (RecordKind.GUARDIAN, "guardian"): "guardians",
    (RecordKind.LANGUAGE, "family_language"): "family_languages",
    (RecordKind.WISH, "school"): "wish_1",
}
NUMBERS = {(RecordKind.HOUSEHOLD, "file_number"), (RecordKind.REQUEST, "number")}
"""Given by the program."""

ROWS = {(RecordKind.CONSENT, "recipient"), (RecordKind.SCHOOL_YEAR, "attended")}
"""Answered by the row itself: there is one for each recipient, and a year without school is ticked as such."""

NOT_YET = {(RecordKind.REQUEST, "return_reason")}
"""Asked once a request can come back with a question."""


def test_every_question_of_the_catalogue_has_a_field_on_the_page(intake_desk: IntakeDesk) -> None:
    page = intake_desk.new("Haddad")
    deeds, sections = page.presenter, page.sections
    deeds.add_person("mother")
    keys: set[str] = set()
    for birth in (date(2009, 11, 1), date(2014, 11, 1), date(2019, 11, 1)):
        child = deeds.add_person("child")
        deeds.edit(child, "birth_date", DateSpan.of_day(birth))
        deeds.add(RecordKind.LANGUAGE, child.id, {"family_language": False})
        year = deeds.add(RecordKind.SCHOOL_YEAR, child.id, {"school_year": "2024/25"})
        deeds.add(RecordKind.REFERRAL, None, {"offer": "Sprachkurs"})
        for person in deeds.file.persons:
            sections[Section.PERSONS].reveal(RecordKind.PERSON, "role", person.id)
        for section in (Section.LANGUAGES, Section.SCHOOL):
            sections[section].reveal(RecordKind.PERSON, "german_level", child.id)
            sections[section].reveal(RecordKind.PERSON, "last_grade", child.id)
        sections[Section.SCHOOL].page.years.open(year)
        for entry in sections[Section.CONSENTS].entries.values():
            entry.set_open(True)
        keys |= {each for found in page.findChildren(Field) for each in (found.get_key(), found.objectName())}
    unasked = [
        (question.kind, question.key)
        for question in FIELDS
        if question.section is not Section.DOCUMENTS
        and ASKED_BY.get((question.kind, question.key), question.key) not in keys
    ]
    assert set(unasked) == NUMBERS | ROWS | NOT_YET
