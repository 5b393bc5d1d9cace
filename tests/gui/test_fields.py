"""Form fields: nothing typed is lost, nothing is said twice, Eingabe goes on, errors keep what was typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from helpers import leave, press, press_here, type_text
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.date_field import DateField
from desk_app.gui.widgets.field import PAUSE, Field, commit_all
from desk_app.gui.widgets.tag_field import TagField
from desk_app.gui.widgets.text_fields import LongTextField, NumberField, SpanField, TextField
from desk_app.gui.widgets.tick_fields import TickField, YesNoField

NATIONS = [
    ("syr", "Syrien"),
    ("tur", "Türkei"),
    ("tkm", "Turkmenistan"),
    ("ukr", "Ukraine"),
    ("gbr", "Vereinigtes Königreich"),
]

Show = Callable[..., QWidget]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Put fields below each other into a window and show it."""
    windows: list[QWidget] = []

    def build(*fields: QWidget) -> QWidget:
        window = QWidget()
        column = QVBoxLayout(window)
        for field in fields:
            column.addWidget(field)
        window.resize(400, 500)
        qtbot.addWidget(window)
        windows.append(window)  # the pytest plug-in holds it only weakly
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return build


def heard(field: Field) -> list[Any]:
    """Everything a field hands on from now on."""
    values: list[Any] = []
    field.committed.connect(values.append)
    return values


def year(words: str) -> int:
    if not words.isdigit():
        raise ValueError("Ein Jahr hat vier Ziffern")
    return int(words)


def test_leaving_a_field_hands_its_value_on_once(show: Show) -> None:
    field = TextField(label="Familienname")
    values = heard(field)
    show(field)
    type_text(field.control, "Şahin")
    leave(field.control)
    leave(field.control)
    assert values == ["Şahin"]
    assert field.value() == "Şahin"


def test_a_pause_hands_on_what_was_typed_so_far_and_leaves_it_alone(show: Show, qtbot: QtBot) -> None:
    field = TextField(label="Notiz")
    values = heard(field)
    show(field)
    with qtbot.waitSignal(field.committed, timeout=PAUSE * 5):
        type_text(field.control, "Kovalenko ")
    assert values == ["Kovalenko"]
    assert field.text() == "Kovalenko "
    leave(field.control)
    assert values == ["Kovalenko"]
    assert field.text() == "Kovalenko"


def test_setting_a_value_tells_nobody(show: Show) -> None:
    fields: list[Field] = [
        TextField(),
        LongTextField(),
        NumberField(),
        DateField(),
        TickField(),
        YesNoField(),
        ChoiceField(),
        TagField(),
    ]
    show(*fields)
    told: list[object] = []
    for field, value in zip(fields, ["a", "b", 1.5, "c", True, False, "d", ("e",)], strict=True):
        field.committed.connect(told.append)
        field.typed.connect(lambda: told.append("typed"))
        field.set_value(value)
        assert field.value() == value
        field.set_value(None)
        assert field.value() is None
    assert told == []


def test_a_refresh_does_not_overwrite_what_is_being_typed(show: Show) -> None:
    field = TextField()
    show(field)
    type_text(field.control, "neu")
    field.offer_value("alt")
    assert field.text() == "neu"
    field.set_value("andere Akte")
    assert field.text() == "andere Akte"
    leave(field.control)
    assert field.value() == "andere Akte"


def test_a_long_text_is_shown_from_its_beginning_once_left(show: Show) -> None:
    field, other = TextField(label="Familienname"), TextField(label="Telefon")
    show(field, other)
    field.set_value("Wickramasinghe-Abeysekara von und zu Rajapaksha Mudiyanselage")
    assert field.control.cursorPosition() == 0
    field.setFocus()
    type_text(field.control, "Mudiyanselage Rajapaksha von und zu Wickramasinghe-Abeysekara")
    assert field.control.cursorPosition() > 0
    other.setFocus()
    assert field.control.cursorPosition() == 0


def test_what_cannot_be_read_stays_and_says_why(show: Show) -> None:
    field = TextField(label="Jahr")
    field.set_reading(year)
    field.set_value(2013)
    values, refused = heard(field), []
    field.rejected.connect(refused.append)
    show(field)
    field.control.selectAll()  # type: ignore[attr-defined]  # the control of a text field is a line
    type_text(field.control, "vielleicht")
    assert field.error() == ""
    leave(field.control)
    assert (field.text(), field.error(), field.value()) == ("vielleicht", "Ein Jahr hat vier Ziffern", 2013)
    assert (values, refused) == ([], ["vielleicht"])
    assert field.control.accessibleDescription() == "Ein Jahr hat vier Ziffern"
    field.control.selectAll()  # type: ignore[attr-defined]  # as above
    type_text(field.control, "2014")
    leave(field.control)
    assert (field.error(), values) == ("", [2014])


def test_an_error_wins_over_a_notice_and_a_notice_over_a_hint() -> None:
    field = TextField(label="E-Mail")
    field.set_hint("darf leer bleiben")
    field.set_notice("ungewöhnliche Endung")
    field.set_error("Nach @ fehlt der Anbieter")
    assert field.message() == "Nach @ fehlt der Anbieter"
    field.set_error("")
    assert field.message() == "ungewöhnliche Endung"
    field.set_notice("")
    assert field.message() == "darf leer bleiben"


def test_enter_goes_to_the_next_field_and_hands_on(show: Show) -> None:
    first, hidden, last = TextField(), TextField(), ChoiceField()
    show(first, hidden, last)
    hidden.hide()
    values = heard(first)
    first.setFocus()
    type_text(first.control, "Rana")
    press_here(Qt.Key.Key_Return)
    assert values == ["Rana"]
    assert QApplication.focusWidget() is last.control


def test_control_enter_is_left_to_the_page(show: Show) -> None:
    first, last = TextField(), TextField()
    show(first, last)
    first.setFocus()
    press_here(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is first.control


def test_everything_open_can_be_handed_on_at_once(show: Show) -> None:
    first, last = TextField(), LongTextField()
    window = show(first, last)
    type_text(first.control, "eins")
    type_text(last.control, "zwei")
    commit_all(window)
    assert (first.value(), last.value()) == ("eins", "zwei")


@pytest.mark.parametrize(
    ("words", "direction"),
    [
        ("حداد", Qt.LayoutDirection.RightToLeft),
        ("Haddad", Qt.LayoutDirection.LeftToRight),
        ("12 حداد", Qt.LayoutDirection.RightToLeft),
        ("Шевченко", Qt.LayoutDirection.LeftToRight),
    ],
)
def test_a_name_is_written_from_its_own_side(show: Show, words: str, direction: Qt.LayoutDirection) -> None:
    field = TextField()
    show(field)
    type_text(field.control, words)
    assert field.control.layoutDirection() == direction
    field.set_value(None)
    assert field.control.layoutDirection() == Qt.LayoutDirection.LeftToRight
    field.set_value(words)
    assert field.control.layoutDirection() == direction


def test_a_span_says_below_what_to_look_at(show: Show) -> None:
    field = SpanField(label="Geburtsdatum")
    field.set_reading(year, lambda found: f"ca. {found}", lambda found: "geschätzt" if found < 2020 else "")
    show(field)
    type_text(field.control, "2017")
    leave(field.control)
    assert (field.text(), field.message()) == ("ca. 2017", "geschätzt")
    field.set_value(2021)
    assert field.message() == ""


@pytest.mark.parametrize(
    ("words", "value", "shown"), [("1,5", 1.5, "1,5"), ("2½", 2.5, "2,5"), ("4", 4, "4"), (" 3.0", 3, "3")]
)
def test_half_years_are_typed_with_a_comma(show: Show, words: str, value: float, shown: str) -> None:
    field = NumberField()
    show(field)
    type_text(field.control, words)
    leave(field.control)
    assert (field.value(), field.text()) == (value, shown)


@pytest.mark.parametrize("words", ["zwei", "1,3", "-1", "1e9", "inf"])
def test_other_numbers_are_refused_with_an_example(show: Show, words: str) -> None:
    field = NumberField()
    show(field)
    type_text(field.control, words)
    leave(field.control)
    assert "1,5" in field.error()
    assert field.text() == words


def a_choice(show: Show) -> ChoiceField:
    field = ChoiceField(label="Staatsangehörigkeit")
    field.set_choices(NATIONS)
    show(field, TextField())
    field.setFocus()
    return field


def test_typing_filters_a_long_list_without_minding_accents(show: Show) -> None:
    field = a_choice(show)
    type_text(field.control, "turk")
    assert field.suggestions() == ["Türkei", "Turkmenistan"]
    type_text(field.control, "m")
    assert field.suggestions() == ["Turkmenistan"]


def test_beginnings_of_words_come_before_the_middle(show: Show) -> None:
    field = a_choice(show)
    type_text(field.control, "k")
    assert field.suggestions()[0] == "Vereinigtes Königreich"


def test_enter_takes_the_first_suggestion_and_goes_on(show: Show) -> None:
    field = a_choice(show)
    values = heard(field)
    type_text(field.control, "syr")
    press(field._suggestions._popup, Qt.Key.Key_Return)  # type: ignore[union-attr]  # it is open
    assert values == ["syr"]
    assert field.text() == "Syrien"
    assert QApplication.focusWidget() is not field.control


def test_a_word_outside_the_list_stays_with_an_error(show: Show) -> None:
    field = a_choice(show)
    type_text(field.control, "Atlantis")
    leave(field.control)
    assert (field.value(), field.text()) == (None, "Atlantis")
    assert "Liste" in field.error()


def test_a_choice_can_be_emptied(show: Show) -> None:
    field = a_choice(show)
    field.set_value("syr")
    values = heard(field)
    field.control.lineEdit().selectAll()  # type: ignore[attr-defined]  # the control of a choice is a combo box
    press(field.control, Qt.Key.Key_Delete)
    leave(field.control)
    assert values == [None]


def test_a_key_the_list_lost_is_still_shown(show: Show) -> None:
    field = a_choice(show)
    field.set_value("ddr")
    leave(field.control)
    assert (field.text(), field.value(), field.error()) == ("ddr", "ddr", "")


def test_choosing_from_the_open_list_hands_on_at_once(show: Show) -> None:
    field = a_choice(show)
    values = heard(field)
    field.control.activated.emit(2)  # type: ignore[attr-defined]  # what a click on the second entry sends
    assert values == ["tur"]


def test_the_wheel_scrolls_the_page_not_the_value(show: Show) -> None:
    field = a_choice(show)
    field.set_value("syr")
    field.control.clearFocus()
    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, 0), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field.control, turn)
    assert not turn.isAccepted()
    assert field.value() == "syr"


def test_a_day_is_picked_from_the_calendar(show: Show) -> None:
    field = DateField(label="Einreise")
    field.set_reading(
        lambda words: date(int(words[6:]), int(words[3:5]), int(words[:2])), lambda day: f"{day:%d.%m.%Y}"
    )
    field.set_value(date(2026, 8, 3))
    values = heard(field)
    show(field)
    press(field.control, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = field._popup.calendar  # type: ignore[union-attr]  # it is open
    assert calendar.selectedDate().toPython() == date(2026, 8, 3)
    calendar.activated.emit(calendar.selectedDate().addDays(1))
    assert values == [date(2026, 8, 4)]
    assert field.text() == "04.08.2026"


@pytest.mark.parametrize(("letter", "value"), [("j", True), ("n", False), ("o", None)])
def test_yes_no_open_are_one_letter_away(show: Show, letter: str, value: bool | None) -> None:
    field = YesNoField(label="Dolmetschen nötig")
    field.set_value(not value)
    values = heard(field)
    show(field)
    press(field.control, Qt.Key(ord(letter.upper())))
    assert values == [value]
    assert field.value() is value


def test_yes_and_no_are_reached_with_the_arrow_keys(show: Show) -> None:
    field = YesNoField(label="Dolmetschen nötig")
    field.set_value(True)
    values = heard(field)
    show(field)
    field.setFocus()
    press_here(Qt.Key.Key_Right)
    assert values == [False]


def test_a_tick_is_handed_on_at_once(show: Show) -> None:
    field = TickField(label="Auskunftssperre")
    values = heard(field)
    show(field)
    press(field.control, Qt.Key.Key_Space)
    assert values == [True]


def test_languages_are_added_one_after_the_other(show: Show) -> None:
    field = TagField(label="Sprachen")
    field.set_choices([("ara", "Arabisch"), ("kmr", "Kurdisch"), ("deu", "Deutsch")])
    values = heard(field)
    show(field)
    field.open_input()
    for letters in ("arab", "deu"):
        type_text(field.control, letters)
        press(field._suggestions._popup, Qt.Key.Key_Return)  # type: ignore[union-attr]  # it is open
    leave(field.control)
    assert values == [("ara",), ("ara", "deu")]
    assert [chip.text() for chip in field.chips()] == ["Arabisch", "Deutsch"]


def test_a_language_is_taken_away_with_delete(show: Show) -> None:
    field = TagField(label="Sprachen")
    field.set_value(("Arabisch", "Kurdisch"))
    values = heard(field)
    show(field)
    press(field.chips()[0], Qt.Key.Key_Delete)
    assert values == [("Kurdisch",)]
    press(field.chips()[0], Qt.Key.Key_Delete)
    assert values == [("Kurdisch",), None]


def test_half_a_language_is_kept_and_named_as_such(show: Show) -> None:
    field = TagField(label="Sprachen")
    field.set_choices([("ara", "Arabisch")])
    show(field)
    field.open_input()
    type_text(field.control, "Elbisch")
    leave(field.control)
    assert field.text() == "Elbisch"
    assert "Liste" in field.error()


@pytest.mark.parametrize("kind", [TextField, LongTextField, ChoiceField, DateField, SpanField, NumberField])
def test_every_field_says_its_name(show: Show, kind: type[Field]) -> None:
    field = kind(label="Straße & Nr.")
    field.set_optional(True)
    show(field)
    assert field.control.accessibleName() == "Straße & Nr., freiwillig"
    relations = QAccessible.queryAccessibleInterface(field.control).relations(QAccessible.RelationFlag.Label)
    assert [pair[0].object() for pair in relations] == [field._label]


def test_read_only_fields_take_no_keys(show: Show) -> None:
    field = TextField()
    field.set_value("2026-031")
    field.set_read_only(True)
    show(field)
    press(field.control, Qt.Key.Key_1)
    assert field.text() == "2026-031"
