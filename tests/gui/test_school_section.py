"""The school section: years by keyboard, gaps as facts, proposals taken with one key, and the wish for a place."""

from __future__ import annotations

from datetime import date

import pytest
from helpers import press_here, type_text
from intake_desk import IntakeDesk, fill
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from siblings import SYRIA, TURKEY, Siblings, store_siblings

from desk_app.casework import schools
from desk_app.casework.desk import Desk
from desk_app.domain.dates import DateSpan
from desk_app.domain.fields import Section
from desk_app.domain.records import RecordKind
from desk_app.gui.intake.child_school import ChildSchool
from desk_app.gui.intake.disclosure import open_around
from desk_app.gui.intake.page import IntakePage
from desk_app.gui.intake.school_section import SchoolSection
from desk_app.gui.intake.year_rows import YearRow
from desk_app.gui.placements.school_choice_panel import SchoolChoicePanel
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.field import Field
from desk_app.presenters import schooling

TODAY = date(2026, 11, 26)
YEAR = RecordKind.SCHOOL_YEAR


class SchoolDesk:
    """The page open at the school section of one child."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.family: Siblings = store_siblings(desk)
        self.intake = IntakeDesk(desk, qtbot)
        self.page: IntakePage = self.intake.open(self.family.household)
        section = self.page.sections[Section.SCHOOL]
        assert isinstance(section, SchoolSection)
        self.section = section
        self.page.go_to(Section.SCHOOL)

    @property
    def child(self) -> ChildSchool:
        assert self.section.page is not None
        return self.section.page

    def rows(self) -> list[str]:
        """The table of years as it is read aloud, from top to bottom."""
        return [row.accessibleName() for row in self.year_rows()]

    def year_rows(self) -> list[YearRow]:
        QApplication.processEvents()
        found = [row for row in self.child.years.findChildren(YearRow) if row.isVisible()]
        return sorted(found, key=lambda row: row.y())

    def focus_row(self, place: int) -> None:
        self.year_rows()[place].setFocus()

    def placeholder(self, field: Field) -> str:
        edit = field.control.lineEdit() if isinstance(field, ChoiceField) else field.control  # type: ignore[attr-defined]  # a combo box
        assert isinstance(edit, QLineEdit)
        return edit.placeholderText()


@pytest.fixture
def school(desk: Desk, qtbot: QtBot) -> SchoolDesk:
    return SchoolDesk(desk, qtbot)


def test_each_child_has_a_tab_that_says_how_far_it_is(school: SchoolDesk) -> None:
    tabs = school.section.tabs
    names = [tabs.accessibleTabName(place) for place in range(tabs.count())]
    assert [tabs.tabText(place) for place in range(tabs.count())] == ["Lina, 9", "Karim, 13", "Sami, 5"]
    assert names[0].startswith("Lina, 9, ")
    assert "fehlen" in names[1]
    assert names[2] == "Sami, 5, noch keine Schule"


def test_tabs_are_turned_with_the_arrow_keys(school: SchoolDesk) -> None:
    school.section.tabs.setFocus()
    press_here(Qt.Key.Key_Right)
    assert school.child.child == school.family.karim


def test_a_year_is_added_by_keyboard_with_what_is_known_already(school: SchoolDesk) -> None:
    school.focus_row(0)
    press_here(Qt.Key.Key_Insert)
    for answer in ("Lise Koleji, Mersin", "3"):
        here = QApplication.focusWidget()
        assert here is not None
        type_text(here, answer)
        press_here(Qt.Key.Key_Return)
    press_here(Qt.Key.Key_Escape)
    assert school.family.rows(YEAR, school.family.lina)[-1] == {
        "school_year": "2025/26",
        "country": TURKEY,
        "school": "Lise Koleji, Mersin",
        "grade": "3",
        "attended": True,
    }
    assert school.rows()[2] == "2025/26, Türkei, Lise Koleji, Mersin, Klasse 3"


def test_the_first_year_is_typed_however_people_say_it(school: SchoolDesk) -> None:
    school.section.choose(school.family.karim)
    school.section.add_row()
    here = QApplication.focusWidget()
    assert here is not None
    type_text(here, "2019")
    press_here(Qt.Key.Key_Return)
    press_here(Qt.Key.Key_Escape)
    assert school.family.rows(YEAR, school.family.karim) == [{"school_year": "2019/20", "attended": True}]


def test_a_year_that_cannot_be_read_stays_as_typed_and_says_how_one_looks(school: SchoolDesk) -> None:
    editor = school.child.years.open(school.family.year("2023/24", school.family.lina).ref)
    fill(editor.form.until_year, "irgendwann")
    assert editor.form.until_year.text() == "irgendwann"
    assert editor.form.until_year.error() == "So sieht ein Schuljahr aus: 2024/25 oder 2024"
    assert editor.form.until_year in school.section.faults()
    school.child.years.close_editor()
    assert school.child.years.editor is editor


def test_rows_keep_still_while_one_of_them_is_typed_in(school: SchoolDesk) -> None:
    editor = school.child.years.open(school.family.year("2023/24", school.family.lina).ref)
    editor.form.school_year.control.selectAll()  # type: ignore[attr-defined]  # a line of text
    fill(editor.form.school_year, "2025")
    QApplication.processEvents()
    assert editor.y() < school.year_rows()[0].y()
    school.child.years.close_editor()
    assert [name.partition(",")[0] for name in school.rows()[:2]] == ["2024/25", "2025/26"]


def test_a_gap_is_offered_and_one_key_makes_it_a_fact(school: SchoolDesk) -> None:
    assert school.rows()[-1] == ("2025/26 bis 2026/27 nichts eingetragen, Eingabe trägt „kein Schulbesuch“ ein")
    school.focus_row(2)
    press_here(Qt.Key.Key_Return)
    assert school.family.rows(YEAR, school.family.lina)[-1] == {
        "school_year": "2025/26",
        "until_year": "2026/27",
        "attended": False,
    }
    assert school.rows()[-1] == "2025/26–26/27, kein Schulbesuch"
    assert school.child.years.foot.text() == (
        "2 Schuljahre in 2 Ländern, dann etwa 16 Monate ohne. Nach Alter: Klasse 4"
    )
    assert isinstance(QApplication.focusWidget(), YearRow)


def test_no_school_in_a_year_is_ticked_and_hides_what_it_makes_pointless(school: SchoolDesk) -> None:
    record = school.family.year("2024/25", school.family.lina)
    editor = school.child.years.open(record.ref)
    editor.none.control.setFocus()
    press_here(Qt.Key.Key_Space)
    assert school.family.year("2024/25", school.family.lina).flag("attended") is False
    assert editor.form.school.isHidden()
    assert editor.form.remark.isVisible()


def test_a_year_taken_out_comes_back(school: SchoolDesk) -> None:
    school.focus_row(1)
    press_here(Qt.Key.Key_Delete)
    assert [row["school_year"] for row in school.family.rows(YEAR, school.family.lina)] == ["2023/24"]
    assert school.child.years.foot.text() == "Schuljahr 2024/25 entfernt"
    assert isinstance(QApplication.focusWidget(), YearRow)
    press_here(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [row["school_year"] for row in school.family.rows(YEAR, school.family.lina)] == ["2023/24", "2024/25"]
    assert school.child.years.foot.undo.isHidden()


def test_a_gap_cannot_be_taken_out(school: SchoolDesk) -> None:
    school.focus_row(2)
    press_here(Qt.Key.Key_Delete)
    assert len(school.family.rows(YEAR, school.family.lina)) == 2


def test_arrows_move_between_the_years(school: SchoolDesk) -> None:
    school.focus_row(0)
    press_here(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is school.year_rows()[1]
    press_here(Qt.Key.Key_Up)
    press_here(Qt.Key.Key_Up)
    assert QApplication.focusWidget() is school.year_rows()[0]


def test_years_are_given_to_a_sibling_without_typing_them_again(school: SchoolDesk) -> None:
    assert school.child.years.foot.copy.text() == "Für Karim kopieren"
    school.child.years.foot.copy.setFocus()
    press_here(Qt.Key.Key_Space)
    rows = school.family.rows(YEAR, school.family.karim)
    assert {(row["school_year"], row["country"], row["school"]) for row in rows} == {
        ("2023/24", SYRIA, "Grundschule Nr. 7, Aleppo"),
        ("2024/25", TURKEY, "İlkokulu Şahinbey, Gaziantep"),
    }
    assert all("grade" not in row for row in rows)
    assert school.child.years.foot.copy.isHidden()


def test_years_of_schooling_are_proposed_and_taken_with_one_key(school: SchoolDesk) -> None:
    field = school.child.school.years_of_schooling
    assert (school.placeholder(field), field.message()) == ("2", "aus den Schuljahren: 2")
    field.control.setFocus()
    press_here(Qt.Key.Key_Return)
    assert school.family.file.person(school.family.lina).get("years_of_schooling") == 2
    assert field.message() == ""


def test_a_proposal_is_never_taken_by_passing_it_over(school: SchoolDesk) -> None:
    school.child.school.years_of_schooling.control.setFocus()
    press_here(Qt.Key.Key_Tab)
    assert school.family.file.person(school.family.lina).get("years_of_schooling") is None


def test_another_number_of_years_is_kept_as_typed(school: SchoolDesk) -> None:
    fill(school.child.school.years_of_schooling, "1,5")
    assert school.family.file.person(school.family.lina).get("years_of_schooling") == 1.5


def test_stage_and_class_are_proposed_and_not_filled_in(school: SchoolDesk) -> None:
    place = school.child.place
    assert school.placeholder(place.school_stage) == "Primarstufe"
    assert school.placeholder(place.proposed_grade) == "Klasse 4"
    assert school.child.reason.text() == "Nach Alter Klasse 4. Ab 01.08.2027 Klasse 5."
    assert place.school_stage.value() is None


def test_overruling_the_proposal_asks_why(school: SchoolDesk) -> None:
    place = school.child.place
    assert place.grade_reason.isHidden()
    fill(place.proposed_grade, "Klasse 2")
    assert place.grade_reason.isVisible()
    fill(place.grade_reason, "war ein Jahr krank")
    person = school.family.file.person(school.family.lina)
    assert (person.get("proposed_grade"), person.get("grade_reason")) == ("02", "war ein Jahr krank")
    assert place.stage_reason.isHidden()


def test_the_number_of_the_request_and_the_office_are_shown(school: SchoolDesk) -> None:
    request = school.family.file.request_of(school.family.lina)
    assert request is not None
    assert school.child.number.text() == request.text("number")
    assert school.child.office_words.text() == "Zuständig: Schulamt"
    assert school.child.office.isHidden()


def test_where_the_office_changes_soon_a_person_decides(school: SchoolDesk) -> None:
    karim = school.family.file.person(school.family.karim)
    school.page.presenter.edit(karim.ref, "birth_date", DateSpan.of_day(date(2011, 1, 12)))
    school.section.choose(school.family.karim)
    assert school.child.office_open.text() == "Schulamt oder Bezirksregierung: wechselt am 12.01.2027. Bitte festlegen"
    fill(school.child.office, "Bezirksregierung")
    request = school.family.file.request_of(school.family.karim)
    assert request is not None
    assert request.get("office") == "bezirksregierung"
    assert school.child.office.isVisible()


def test_up_to_three_schools_are_wished_for_in_order(school: SchoolDesk) -> None:
    place = school.child.place
    assert place.wish_2.isHidden()
    fill(place.wish_1, "Barbaraschule, Gemeinschaftsgrundschule")
    assert place.preference_reason.isVisible()
    fill(place.wish_2, "Schildbergschule, Katholische Grundschule")
    wishes = [row.get("school") for row in school.family.file.all(RecordKind.WISH, school.family.lina)]
    assert sorted(map(str, wishes)) == ["103809", "103858"]
    assert place.wish_3.isVisible()


def test_a_wish_can_be_taken_back(school: SchoolDesk) -> None:
    place = school.child.place
    fill(place.wish_1, "Barbaraschule, Gemeinschaftsgrundschule")
    place.wish_1.control.setFocus()
    edit = place.wish_1.control.lineEdit()
    edit.selectAll()
    press_here(Qt.Key.Key_Delete)
    press_here(Qt.Key.Key_Return)
    assert school.family.rows(RecordKind.WISH, school.family.lina) == []
    assert place.wish_2.isHidden()


def test_questions_appear_by_the_stage_of_the_child(school: SchoolDesk) -> None:
    def asked() -> set[str]:
        return {key for key, field in school.child.person.fields.items() if not field.isHidden()}

    primary = asked()
    school.section.choose(school.family.karim)
    secondary = asked()
    school.section.choose(school.family.sami)
    young = asked()
    assert "all_day_needed" in primary
    assert "recommended_form" not in primary
    assert {"recommended_form", "reports_available"} <= secondary
    assert "kindergarten_years" in young
    assert "years_of_schooling" not in young


def test_every_question_of_the_section_has_a_field_and_can_be_jumped_to(school: SchoolDesk) -> None:
    for child in (school.family.lina, school.family.karim):
        for key in schooling.school_keys():
            found = school.section.reveal(RecordKind.PERSON, key, child)
            assert isinstance(found, Field), key
            assert found.get_key() == key
    assert school.child.child == school.family.karim


def test_a_jump_opens_what_hides_the_question(school: SchoolDesk) -> None:
    school.section.reveal(RecordKind.PERSON, "interruptions", school.family.karim)
    assert school.child.school.interruptions.isVisible()


def test_what_is_typed_for_one_child_is_kept_when_another_tab_is_chosen(school: SchoolDesk) -> None:
    field = school.child.school.last_grade
    field.control.setFocus()
    type_text(field.control, "2")
    school.section.choose(school.family.karim)
    assert school.family.file.person(school.family.lina).get("last_grade") == "2"
    assert school.child.school.last_grade.text() == ""


def test_with_many_children_the_tabs_leave_their_remarks_to_tooltip_and_voice(school: SchoolDesk) -> None:
    tabs = school.section.tabs
    roomy = tabs.tabSizeHint(1).width()
    for _child in range(3):
        school.page.presenter.add_sibling(school.family.karim)
    assert tabs.tabSizeHint(1).width() < roomy
    assert tabs.accessibleTabName(1) == tabs.tabToolTip(1)
    assert tabs.accessibleTabName(1).startswith("Karim, 13, ")
    assert "fehlen" in tabs.accessibleTabName(1)


def test_a_text_that_cannot_be_read_is_found_again_behind_another_tab(school: SchoolDesk) -> None:
    field = school.child.school.years_of_schooling
    fill(field, "viele")
    school.section.choose(school.family.karim)
    assert field in school.section.faults()
    open_around(field)
    assert school.child.child == school.family.lina
    assert (field.text(), field.isVisible()) == ("viele", True)


def test_a_proposed_school_becomes_the_next_wish(school: SchoolDesk, desk: Desk) -> None:
    desk.do(schools.add_shipped)
    school.section.watch(school.intake.runner)
    school.child.proposals.click()
    (panel,) = (each for each in school.page.window().findChildren(SchoolChoicePanel) if each.isVisible())
    assert panel.search.hasFocus()
    first, second, third = (offer.number for offer in panel.list.offers()[:3])
    press_here(Qt.Key.Key_Return)
    assert wishes(school) == {first}
    for wished in (first, second):
        school.child.add_wish(wished)
    assert wishes(school) == {first, second}
    school.child.add_wish(third)
    assert not school.child.proposals.isEnabled()
    assert school.child.proposals.toolTip() == "Es stehen schon drei Wunschschulen da"
    school.page.undo()
    assert wishes(school) == {first, second}


def wishes(school: SchoolDesk) -> set[str]:
    file = school.intake.stored(school.family.household)
    return {row.text("school") for row in file.all(RecordKind.WISH, school.family.lina)}
