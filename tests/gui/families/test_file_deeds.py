"""Notes, what to look at again, and turns in the life of a family, at the keyboard in the page of its file."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from builders import TODAY, StoredFamily, store_family
from helpers import press, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk_app.casework import families, follow_ups, intake, notes, users
from desk_app.casework.desk import Desk
from desk_app.domain.dates import DateSpan
from desk_app.domain.records import FamilyFile, RecordKind
from desk_app.domain.roles import Role
from desk_app.gui.families.file_page import FamilyFilePage
from desk_app.gui.families.side_cards import FollowUpCardRow
from desk_app.gui.families.turn_dialogs import DeceasedDialog, MoveChildDialog, MovedAwayDialog, TalkDialog
from desk_app.gui.widgets.overlays import Scrim, remove_veils
from desk_app.presenters.runner import InlineRunner


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


@pytest.fixture
def page(desk: Desk, clock, qtbot: QtBot, family: StoredFamily) -> Iterator[FamilyFilePage]:
    page = shown(desk, clock, qtbot, family.household)
    yield page
    remove_veils(page)


def shown(desk: Desk, clock, qtbot: QtBot, household: UUID) -> FamilyFilePage:
    page = FamilyFilePage(InlineRunner(desk.do, lambda changes: page.changed(changes)), clock)
    qtbot.addWidget(page)
    page.resize(1174, 690)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.open(household)
    page.timeline.setFocus()
    return page


def course(page: FamilyFilePage) -> list[str]:
    model = page.timeline.entries
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def rows(page: FamilyFilePage) -> list[FollowUpCardRow]:
    return [row for row in page.findChildren(FollowUpCardRow) if not row.isHidden()]


def load(desk: Desk, household: UUID) -> FamilyFile:
    return desk.do(lambda work: families.load(work, household))[0]


def here() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def dialog(page: FamilyFilePage, kind: type[Scrim]) -> Scrim:
    return next(found for found in page.findChildren(kind) if not found.isHidden())


def press_key(page: FamilyFilePage, key: Qt.Key) -> None:
    press(page.timeline, key)


# --- notes


def test_n_writes_a_note_that_is_kept_and_taken_back_with_strg_z(page: FamilyFilePage) -> None:
    press_key(page, Qt.Key.Key_N)
    assert here() is page.deeds.note.words.control
    assert page.deeds.note.at.text() == "26.11.2026 10:42"
    type_text(here(), "Zeugnis fehlt")
    press(here(), Qt.Key.Key_Escape)
    assert course(page)[1] == "Besuch am Platz"
    assert page.deeds.note.isHidden()
    page.undo()
    assert "Besuch am Platz" not in course(page)


def test_a_note_is_in_the_course_while_it_is_being_typed(page: FamilyFilePage, desk: Desk, family) -> None:
    press_key(page, Qt.Key.Key_N)
    type_text(here(), "Anruf")
    page.deeds.note.words.commit()
    type_text(here(), " der Mutter")
    page.deeds.note.words.commit()
    assert [note.words for note in desk.do(lambda work: notes.of_family(work, family.household))[0]] == [
        "Anruf der Mutter"
    ]
    assert here() is page.deeds.note.words.control, "reading the family again does not take the cursor away"


def test_letters_typed_into_a_note_are_no_keys(page: FamilyFilePage) -> None:
    press_key(page, Qt.Key.Key_N)
    type_text(here(), "nwb")
    assert page.deeds.note.words.text() == "nwb"
    assert page.deeds.form.isHidden()


def test_going_to_another_family_keeps_what_was_typed_in_the_first(page: FamilyFilePage, desk: Desk, family) -> None:
    other = desk.do(lambda work: store_family(work, "Örnek", given_name="Lina"))[0]
    press_key(page, Qt.Key.Key_N)
    type_text(here(), "Halb getippt")
    page.open(other.household)
    assert page.deeds.note.isHidden()
    page.open(family.household)
    assert "Besuch am Platz" in course(page)


def test_eingabe_on_a_note_corrects_it_and_the_old_words_stay(page: FamilyFilePage, desk: Desk, family, clock) -> None:
    note = notes.Draft(uuid4(), family.household, "Termin Montag", "call", clock())
    _, changes = desk.do(lambda work: notes.keep(work, note))
    page.changed(changes)
    page.timeline.setCurrentIndex(page.timeline.entries.index(1, 0))
    press_key(page, Qt.Key.Key_Return)
    assert page.deeds.note.words.text() == "Termin Montag"
    assert page.deeds.note.kind == "call"
    here().selectAll()
    type_text(here(), "Termin Dienstag")
    press(here(), Qt.Key.Key_Escape)
    [line] = desk.do(lambda work: notes.of_family(work, family.household))[0]
    assert (line.words, [old.words for old in line.former]) == ("Termin Dienstag", ["Termin Montag"])


def test_the_filter_contacts_shows_notes_only(page: FamilyFilePage, desk: Desk, family, clock) -> None:
    note = notes.Draft(uuid4(), family.household, "Hallo", "school", clock())
    _, changes = desk.do(lambda work: notes.keep(work, note))
    page.changed(changes)
    chip = next(chip for chip in page._filters.buttons() if chip.text() == "Kontakte")
    chip.click()
    assert course(page) == ["November", "Gespräch mit Schule"]


# --- what to look at again


def test_w_adds_one_with_a_date_as_it_is_spoken(page: FamilyFilePage, desk: Desk, family) -> None:
    press_key(page, Qt.Key.Key_W)
    form = page.deeds.form
    assert here() is form.words.control
    type_text(here(), "Zeugnis nachfordern")
    form.due_on.setFocus()
    form.due_on.control.selectAll()
    type_text(form.due_on.control, "Do")
    press(form.due_on.control, Qt.Key.Key_Escape)
    [row] = rows(page)
    assert (row.shown.title, row.shown.line.due_on) == ("Zeugnis nachfordern", TODAY + timedelta(days=7))


@pytest.fixture
def late(page: FamilyFilePage, desk: Desk, family: StoredFamily) -> FollowUpCardRow:
    due = TODAY - timedelta(days=2)
    draft = follow_ups.Draft(uuid4(), family.household, "Zeugnis nachfordern", due, person=family.child)
    _, changes = desk.do(lambda work: follow_ups.keep(work, draft))
    page.changed(changes)
    [row] = rows(page)
    return row


def test_an_overdue_one_stands_first_and_says_since_when(late: FollowUpCardRow) -> None:
    assert (late.shown.spoken, late.shown.late) == ("Zeugnis nachfordern, Karim, seit 2 Tagen", True)


def test_the_space_bar_ticks_and_strg_z_opens_it_again(page: FamilyFilePage, late: FollowUpCardRow) -> None:
    late.setFocus()
    press(late, Qt.Key.Key_Space)
    assert rows(page) == []
    assert page.undo_bar.isVisible()
    page.undo()
    assert [row.shown.title for row in rows(page)] == ["Zeugnis nachfordern"]


def test_eingabe_changes_it(page: FamilyFilePage, late: FollowUpCardRow, desk: Desk, family: StoredFamily) -> None:
    late.setFocus()
    press(late, Qt.Key.Key_Return)
    form = page.deeds.form
    assert (form.words.text(), form.about.text()) == ("Zeugnis nachfordern", "Karim")
    type_text(here(), "!")
    form.close_form()
    [line] = desk.do(lambda work: follow_ups.of_family(work, family.household))[0]
    assert "!" in line.words


# --- facts confirmed


def test_b_says_that_phone_and_address_still_hold(desk: Desk, clock, qtbot: QtBot, family: StoredFamily) -> None:
    clock.advance(days=200)
    page = shown(desk, clock, qtbot, family.household)
    assert "26.11.2026" in page.deeds.confirm.accessibleName()
    press_key(page, Qt.Key.Key_B)
    assert page.deeds.confirm.isHidden()
    assert "Telefon und Anschrift bestätigt" in course(page)
    page.undo()
    assert page.deeds.confirm.isVisible()
    asked: list[str] = []
    page.question_chosen.connect(lambda _household, question: asked.append(question.key))
    page.deeds.confirm.change.click()
    assert asked == ["phone"]


# --- turns


def test_a_family_moves_away_and_comes_back(page: FamilyFilePage, desk: Desk, family: StoredFamily) -> None:
    page.deeds.actions.moved_away_asked.emit()
    asking = dialog(page, MovedAwayDialog)
    asking.town.setFocus()
    type_text(asking.town.control, "Essen")
    press(asking.town.control, Qt.Key.Key_Return)
    assert page.deeds.moved.accessibleName() == "Verzogen nach Essen am 26.11.2026"
    assert load(desk, family.household).state_of(family.request) == "moved_away"
    assert page.open_card.isVisible()
    page.deeds.moved.back.click()
    assert page.deeds.moved.isHidden()
    assert load(desk, family.household).state_of(family.request) == "complete"


def test_reception_reads_why_it_may_not_end_a_file(desk: Desk, clock, qtbot: QtBot, family: StoredFamily) -> None:
    colleague = uuid4()
    desk.do(lambda work: users.add(work, colleague, "Jonas Adeyemi", Role.RECEPTION))
    page = shown(Desk(desk.vault, colleague, clock), clock, qtbot, family.household)
    refused = {
        action.text(): action.toolTip() for action in page.deeds.actions.menu.actions() if not action.isEnabled()
    }
    assert set(refused) == {"Kind zieht um …", "Familie ist verzogen …", "Schullaufbahn beraten …"}
    assert "Leitung oder Beratung" in refused["Familie ist verzogen …"]


def test_somebody_died(page: FamilyFilePage, desk: Desk, family: StoredFamily) -> None:
    page.deeds.actions.deceased_asked.emit()
    asking = dialog(page, DeceasedDialog)
    asking.deed.click()
    assert asking.person.error() == "Bitte die Person wählen"
    asking.person.set_value(str(family.mother))
    type_text(asking.day.control, "2024")
    press(asking.day.control, Qt.Key.Key_Return)
    mother = load(desk, family.household).person(family.mother)
    assert (mother.get("deceased"), mother.span("deceased_on")) == (True, DateSpan.of_year(2024))
    [line] = [person for person in page.deeds.sheet.people if person.id == family.mother]
    assert line.words == "Mutter, verstorben (2024)"
    page.deeds.actions.alive_asked.emit(family.mother)
    assert load(desk, family.household).person(family.mother).get("deceased") is None


def test_a_child_moves_to_a_family_that_is_found_by_name(page: FamilyFilePage, desk: Desk, family) -> None:
    other = desk.do(lambda work: store_family(work, "Örnek", given_name="Lina"))[0]
    page.deeds.actions.move_asked.emit()
    asking = dialog(page, MoveChildDialog)
    assert asking.child.value() == str(family.child), "there is only one"
    type_text(asking.search.control, "Örnek")
    press(asking.search.control, Qt.Key.Key_Return)
    assert not asking.isHidden(), "what was found is shown before it is taken"
    assert asking.target() == other.household
    press(asking.search.control, Qt.Key.Key_Return)
    assert {child.id for child in load(desk, other.household).children} == {family.child, other.child}
    assert "Karim wohnt jetzt bei einer anderen Familie" in course(page)
    page.undo()
    assert [child.id for child in load(desk, family.household).children] == [family.child]


def test_who_speaks_and_reads_what_gives_one_line(page: FamilyFilePage, desk: Desk, family: StoredFamily) -> None:
    page.deeds.actions.talk_asked.emit()
    asking = dialog(page, TalkDialog)
    phone, letters, script = asking.rows[family.mother]
    for field, words in ((phone, "Arabisch"), (letters, "Deutsch"), (letters, "Arabisch")):
        field.open_input()
        type_text(field.control, words)
        press(field.control, Qt.Key.Key_Return)
    type_text(script.control.lineEdit(), "arabisch")
    press(script.control.lineEdit(), Qt.Key.Key_Tab)
    asking.deed.click()
    facts = {fact.label: fact.value for fact in page._sheet.facts}
    assert facts["Verständigung"] == "Anruf: Rana auf Arabisch; Briefe: Arabisch oder Deutsch; Schrift: arabisch"


def test_twins_with_one_name_are_told_apart(page: FamilyFilePage, desk: Desk, family: StoredFamily) -> None:
    twin = {
        "role": "child",
        "given_name": "Karim",
        "family_name": "Haddad",
        "birth_date": DateSpan.of_day(date(2013, 6, 2)),
    }
    _, changes = desk.do(lambda work: intake.add(work, RecordKind.PERSON, uuid4(), family.household, values=twin))
    page.changed(changes)
    assert [line.name for line in page.deeds.sheet.people if line.is_child] == ["Karim (1), 13", "Karim (2), 13"]


def test_a_parent_who_lives_elsewhere_is_shown_with_address_and_phone(page, desk: Desk, family: StoredFamily) -> None:
    father = {"role": "father", "given_name": "Yousef", "own_address": "Ruhrstraße 5, Essen", "own_phone": "0201 1"}
    _, changes = desk.do(lambda work: intake.add(work, RecordKind.PERSON, uuid4(), family.household, values=father))
    page.changed(changes)
    facts = {fact.label: fact.value for fact in page._sheet.facts}
    assert (facts["Anschrift Yousef"], facts["Telefon Yousef"]) == ("Ruhrstraße 5, Essen", "0201 1")
    assert "wohnt woanders" in next(line.words for line in page.deeds.sheet.people if "Yousef" in line.name)


def test_the_page_fits_a_small_screen_while_a_note_is_written(page: FamilyFilePage) -> None:
    press_key(page, Qt.Key.Key_N)
    assert page.minimumSizeHint().height() <= 690
