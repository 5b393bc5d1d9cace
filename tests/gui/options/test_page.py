from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desk_app import settings
from desk_app.casework import centre, schools
from desk_app.casework.desk import Desk
from desk_app.domain.code_lists import CODE_LISTS
from desk_app.domain.schools import School
from desk_app.gui.options.page import OptionsPage
from desk_app.gui.options.schools_card import SchoolsCard
from desk_app.gui.store_watch import StoreWatch
from desk_app.gui.theme import Appearance, Theme
from desk_app.gui.widgets.field import Field
from desk_app.presenters.runner import InlineRunner

CENTRE, PEOPLE, SCHOOLS, BACKUPS, LOOK, LISTS = range(6)


@pytest.fixture
def page(desk: Desk, clock, appearance: Appearance, qtbot: QtBot) -> Iterator[OptionsPage]:
    home = QWidget()
    qtbot.addWidget(home)
    watch = StoreWatch(desk, home)
    page = OptionsPage(InlineRunner(desk.do), appearance, clock, watch)
    qtbot.addWidget(page)
    page.resize(1174, 768)
    with qtbot.waitExposed(page):
        page.show()
    yield page
    watch.worker.stop()


def typed(qtbot: QtBot, field: object, words: str) -> None:
    control = field.control  # type: ignore[attr-defined]  # every field has one
    control.setFocus()
    control.selectAll()
    qtbot.keyClicks(control, words)
    qtbot.keyClick(control, Qt.Key.Key_Return)


def names(desk: Desk) -> dict[str, str]:
    return {item.school.number: item.school.name for item in desk.do(schools.listing)[0]}


def test_a_tab_is_made_when_somebody_turns_to_it_and_then_shows_what_the_store_knows(
    page: OptionsPage, desk: Desk
) -> None:
    assert page.findChildren(SchoolsCard) == []
    desk.do(lambda work: schools.save(work, School("199999", "Neue Schule am Hafen")))
    page.tabs.setCurrentIndex(SCHOOLS)
    assert page.findChildren(SchoolsCard) == [page.schools]
    assert page.schools.isVisible()
    assert "199999" in [row.number for row in page.schools.rows.table.rows]


# --- the centre


def test_a_setting_of_the_centre_is_kept_as_soon_as_its_field_is_left(
    page: OptionsPage, desk: Desk, qtbot: QtBot
) -> None:
    form = page.centre.form
    typed(qtbot, form.phone, "0208 777")
    typed(qtbot, form.district_government_unit, "Dezernat 48")
    typed(qtbot, form.red_after, "50")
    kept = desk.do(centre.load)[0]
    assert (kept.phone, kept.district_government.unit, kept.red_after) == ("0208 777", "Dezernat 48", 50)
    assert page.header.save_state.words() == "Gespeichert 10:42"


def test_no_line_below_a_field_is_covered_by_it(page: OptionsPage) -> None:
    page.resize(1174, 768)
    QApplication.processEvents()
    for field in page.centre.findChildren(Field):
        if field.isVisible():
            assert field.height() >= field.heightForWidth(field.width()), field.get_key()


def test_a_limit_that_is_no_number_stays_as_typed_and_says_how_it_looks_right(
    page: OptionsPage, desk: Desk, qtbot: QtBot
) -> None:
    field = page.centre.form.amber_after
    typed(qtbot, field, "vier Wochen")
    assert field.text() == "vier Wochen"
    assert field.error() == "Eine ganze Zahl von 1 bis 365"
    assert desk.do(centre.load)[0].amber_after == 28


def test_limits_in_the_wrong_order_are_kept_and_pointed_out(page: OptionsPage, desk: Desk, qtbot: QtBot) -> None:
    typed(qtbot, page.centre.form.amber_after, "60")
    assert desk.do(centre.load)[0].amber_after == 60
    assert "nie etwas gelb" in page.centre.form.red_after.message()


def test_what_is_being_typed_is_kept_when_another_tab_is_shown(page: OptionsPage, desk: Desk, qtbot: QtBot) -> None:
    control = page.centre.form.city.control
    control.setFocus()
    control.clear()
    qtbot.keyClicks(control, "Stadt Essen")
    page.tabs.setCurrentIndex(SCHOOLS)
    assert desk.do(centre.load)[0].city == "Stadt Essen"


def test_what_is_being_typed_is_handed_over_before_the_desk_is_closed(
    page: OptionsPage, desk: Desk, qtbot: QtBot
) -> None:
    control = page.centre.form.place.control
    control.setFocus()
    control.clear()
    qtbot.keyClicks(control, "45127 Essen")
    page.commit_pending()
    assert desk.do(centre.load)[0].place == "45127 Essen"


# --- schools


def test_a_school_is_edited_by_keyboard(page: OptionsPage, desk: Desk, qtbot: QtBot) -> None:
    page.tabs.setCurrentIndex(SCHOOLS)
    part = page.schools
    part.rows.setFocus()
    number = part.rows.current_row().number
    qtbot.keyClick(part.rows, Qt.Key.Key_Return)
    typed(qtbot, part.editor.fields["name"], "Schule mit neuem Namen")
    assert names(desk)[number] == "Schule mit neuem Namen"
    assert part.rows.current_row().number == number, "the keyboard stays on the school although it moved"
    page.undo()
    assert names(desk)[number] != "Schule mit neuem Namen"
    qtbot.keyClick(part.editor, Qt.Key.Key_Escape)
    assert part.rows.hasFocus()


def test_a_new_school_is_kept_as_soon_as_it_has_number_and_name(page: OptionsPage, desk: Desk, qtbot: QtBot) -> None:
    page.tabs.setCurrentIndex(SCHOOLS)
    part = page.schools
    part.rows.setFocus()
    qtbot.keyClick(part.rows, Qt.Key.Key_Insert)
    typed(qtbot, part.editor.fields["street"], "Beispielweg 1")
    assert len(names(desk)) == 39
    typed(qtbot, part.editor.fields["number"], "12")
    assert "sechs Ziffern" in part.editor.fields["number"].message()
    typed(qtbot, part.editor.fields["number"], "999999")
    typed(qtbot, part.editor.fields["name"], "Schule am Beispielweg")
    assert names(desk)["999999"] == "Schule am Beispielweg"
    assert part.rows.current_row().school.street == "Beispielweg 1"


def test_the_name_of_a_school_cannot_be_emptied(page: OptionsPage, desk: Desk, qtbot: QtBot) -> None:
    page.tabs.setCurrentIndex(SCHOOLS)
    part = page.schools
    number, name = part.rows.current_row().number, part.rows.current_row().name
    qtbot.keyClick(part.rows, Qt.Key.Key_Return)
    control = part.editor.fields["name"].control
    control.clear()
    qtbot.keyClick(control, Qt.Key.Key_Backspace)
    typed(qtbot, part.editor.fields["name"], " ")
    assert names(desk)[number] == name
    assert part.editor.fields["name"].text() == name


def test_a_school_is_taken_out_and_brought_back(page: OptionsPage, desk: Desk, qtbot: QtBot) -> None:
    page.tabs.setCurrentIndex(SCHOOLS)
    part = page.schools
    part.rows.go_to(5)
    number = part.rows.current_row().number
    qtbot.keyClick(part.rows, Qt.Key.Key_Delete)
    assert number not in names(desk)
    assert part.result.isVisible()
    page.undo()
    assert number in names(desk)
    assert part.rows.current_row().number == number


def test_a_table_is_read_in_and_its_odd_rows_are_listed(page: OptionsPage, desk: Desk, tmp_path: Path) -> None:
    page.tabs.setCurrentIndex(SCHOOLS)
    table = tmp_path / "schulen.csv"
    table.write_text("Schulnummer;Name;Schulform\n999999;Schule am Weg;Zauberschule\n", encoding="utf-8")
    page.schools.choose_table = lambda _parent: table
    page.schools.read_table()
    assert names(desk)["999999"] == "Schule am Weg"
    assert page.schools.result.words.text() == "1 Schule neu, 0 geändert. 1 Zeile bitte ansehen:"
    assert page.schools.result.problems.toPlainText() == "Zeile 2: Die Schulform „Zauberschule“ ist nicht bekannt."


def test_choosing_no_table_changes_nothing(page: OptionsPage, desk: Desk) -> None:
    page.schools.choose_table = lambda _parent: None
    page.schools.read_table()
    assert len(names(desk)) == 39
    assert page.schools.result.isHidden()


# --- how it looks here


def test_colours_and_text_size_hold_at_once_and_the_next_time(page: OptionsPage, qtbot: QtBot) -> None:
    page.tabs.setCurrentIndex(LOOK)
    part = page.appearance
    part.modes.segments[2].click()
    assert Theme.current().dark
    part.sizes.segments[-1].click()
    assert Theme.current().scale == 1.5
    heard: list[bool] = []
    page.appearance.key_letters_changed.connect(heard.append)
    part.letters.click()
    known = settings.load()
    assert (known.theme, known.text_scale, known.key_letters) == ("dark", 150, False)
    assert heard == [False]


def test_a_settings_folder_that_cannot_be_written_is_said_in_a_sentence(
    page: OptionsPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("TRITTSTEIN_CONFIG", str(blocked))
    page.tabs.setCurrentIndex(LOOK)
    page.appearance.modes.segments[2].click()
    assert Theme.current().dark, "it holds now all the same"
    assert "ließ sich aber nicht merken" in page._failure.accessibleName()


# --- lists and access


def test_every_shipped_list_is_shown_with_its_source_and_date(page: OptionsPage) -> None:
    rows = page.lists.rows.table.rows
    assert len(rows) == len(CODE_LISTS)
    assert all(row.count and row.source and row.as_of for row in rows)


def test_every_control_of_every_tab_has_a_name(page: OptionsPage, qtbot: QtBot) -> None:
    page.schools._begin_new()
    for place in range(page.tabs.count()):
        page.tabs.setCurrentIndex(place)
        for kind in (QAbstractButton, QLineEdit):
            for widget in page.findChildren(kind):
                if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                    name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
                    named = name or widget.parentWidget().accessibleName()
                    assert named, (place, widget)
