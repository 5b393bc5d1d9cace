"""What opens above the day: its end in few key presses, the paper sheet, and who could come earlier."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from builders import TODAY, store_family
from helpers import press, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from the_day import Day, moment

from desk_app.casework import appointments, day_closing, earlier_wishes, follow_ups
from desk_app.casework.desk import Desk
from desk_app.casework.earlier_wishes import Wish
from desk_app.domain.visit_states import ARRIVED, CANCELLED_FAMILY, DONE, IN_TALK, NO_SHOW, PLANNED
from desk_app.gui.today.chances_dialog import ChancesDialog
from desk_app.gui.today.closing_dialog import ClosingDialog
from desk_app.gui.today.follow_up_dialog import FollowUpDialog
from desk_app.gui.today.sheet_dialog import SheetDialog
from desk_app.gui.today.wish_dialog import WishDialog
from desk_app.presenters.runner import InlineRunner
from desk_app.presenters.today import TodayPresenter

CTRL = Qt.KeyboardModifier.ControlModifier
YESTERDAY = TODAY - timedelta(days=1)


class Keys:
    """Presses keys wherever the keyboard is, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        here = QApplication.focusWidget()
        assert here is not None
        self.count += 1
        press(here, key, held)

    def type(self, words: str) -> None:
        here = QApplication.focusWidget()
        assert here is not None
        self.count += len(words)
        type_text(here, words)


@pytest.fixture
def day(desk: Desk, clock) -> Day:  # type: ignore[no-untyped-def]  # the settable clock
    return Day(desk, clock)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def runner(day: Day) -> InlineRunner:
    return InlineRunner(day.desk.do)


# --- the end of the day


@pytest.fixture
def busy(day: Day) -> dict[str, Any]:
    """Eight visits in the evening: five came, three did not, two of the walk-ins have no topic."""
    found = {}
    for hour in (9, 10, 11):
        found[f"kam {hour}"] = day.book(f"kam {hour}", hour)
        day.at(hour).step(found[f"kam {hour}"], ARRIVED)
    for hour in (13, 14, 15):
        found[f"weg {hour}"] = day.book(f"weg {hour}", hour)
    for minute in (1, 2):
        found[f"ohne {minute}"] = day.at(12, minute).comes(f"ohne {minute}")
        day.step(found[f"ohne {minute}"], IN_TALK, DONE)
    day.at(16, 30)
    return found


def closing(day: Day, window: QWidget) -> ClosingDialog:
    dialog = ClosingDialog(window, runner(day), day.clock)
    dialog.begin()
    QApplication.processEvents()
    return dialog


def test_a_day_is_closed_with_a_key_for_each_visit(day: Day, window: QWidget, busy: dict[str, Any]) -> None:
    dialog, keys = closing(day, window), Keys()
    assert [line.row.title for line in dialog.lines] == [
        "kam 9", "kam 10", "kam 11", "ohne 1", "ohne 2", "weg 13", "weg 14", "weg 15",
    ]  # fmt: skip
    assert dialog.lines[0].hasFocus()
    for key in "EEE12NNN":
        keys.press(getattr(Qt.Key, f"Key_{key}"))
    assert keys.count == 8
    assert day.desk.do(lambda work: day_closing.read(work, TODAY))[0].rows == ()
    assert [day.state(busy[name]) for name in ("kam 9", "weg 15")] == [DONE, NO_SHOW]
    assert [day.line(busy[f"ohne {n}"]).kind for n in (1, 2)] == [day.kind("intake"), day.kind("school")]
    assert dialog.close_button.hasFocus()
    keys.press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_day_without_surprises_is_closed_with_four_keys(day: Day, window: QWidget, busy: dict[str, Any]) -> None:
    _dialog, keys = closing(day, window), Keys()
    keys.press(Qt.Key.Key_Return, CTRL)
    keys.press(Qt.Key.Key_1)
    keys.press(Qt.Key.Key_1)
    keys.press(Qt.Key.Key_Escape)
    assert keys.count == 4
    assert day.desk.do(lambda work: day_closing.read(work, TODAY))[0].rows == ()
    assert [day.state(busy[name]) for name in ("kam 9", "weg 15")] == [DONE, NO_SHOW]


def test_those_who_came_are_done_at_once_and_the_rest_is_asked(day: Day, window: QWidget, busy: dict[str, Any]) -> None:
    dialog, keys = closing(day, window), Keys()
    keys.press(Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)
    assert [line.row.title for line in dialog.lines] == ["ohne 1", "ohne 2", "weg 13", "weg 14", "weg 15"]
    assert not dialog.came.isVisible()


def test_a_key_that_was_wrong_is_taken_back(day: Day, window: QWidget, busy: dict[str, Any]) -> None:
    dialog, keys = closing(day, window), Keys()
    keys.press(Qt.Key.Key_N)
    assert day.state(busy["kam 9"]) == NO_SHOW
    keys.press(Qt.Key.Key_Z, CTRL)
    assert day.state(busy["kam 9"]) == ARRIVED
    assert dialog.lines[0].row.title == "kam 9"


def test_arrow_keys_go_past_what_is_not_known_yet(day: Day, window: QWidget, busy: dict[str, Any]) -> None:
    _dialog, keys = closing(day, window), Keys()
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_A)
    assert day.state(busy["kam 9"]) == ARRIVED
    assert day.state(busy["kam 10"]) == CANCELLED_FAMILY


def test_a_day_that_has_nothing_left_says_so(day: Day, window: QWidget) -> None:
    dialog = closing(day, window)
    assert "haben ein Ergebnis" in dialog._words.text()
    assert not dialog.all.isVisible()


# --- the paper sheet


@pytest.fixture
def sheet(day: Day, window: QWidget) -> SheetDialog:
    day.at(7, day=YESTERDAY)
    for name, hour in (("Haddad", 9), ("Rahimi", 10), ("Kaya", 11)):
        day.book(name, hour, day=YESTERDAY)
    day.at(8)
    dialog = SheetDialog(window, runner(day), day.clock)
    dialog.begin()
    QApplication.processEvents()
    return dialog


def of(sheet: SheetDialog, number: int) -> Any:
    return sheet.lines[number].row.visit


def test_a_sheet_is_entered_row_by_row_with_two_keys_each(day: Day, sheet: SheetDialog) -> None:
    assert sheet.lines[0].mark.hasFocus()
    keys = Keys()
    for key in "KSN":
        keys.press(getattr(Qt.Key, f"Key_{key}"))
        keys.press(Qt.Key.Key_Return)
    assert [day.state(of(sheet, n)) for n in range(3)] == [DONE, DONE, NO_SHOW]
    assert (keys.count, sheet.done.hasFocus()) == (6, True)


def test_how_late_and_the_next_date_stand_in_the_same_row(day: Day, sheet: SheetDialog) -> None:
    keys = Keys()
    keys.press(Qt.Key.Key_S)
    line = sheet.lines[0]
    assert line.late.isEnabled()
    line.late.control.setFocus()
    keys.type("20")
    line.next.control.setFocus()
    keys.type("3.12. 10:30")
    keys.press(Qt.Key.Key_Return)
    assert sheet.lines[1].next.control.hasFocus()
    assert day.line(of(sheet, 0)).arrived_at == moment(9, 20, day=YESTERDAY)
    [new] = day.desk.do(lambda work: appointments.of_days(work, TODAY, TODAY + timedelta(days=20)))[0]
    assert (new.title, new.start) == ("Haddad", moment(10, 30, day=TODAY + timedelta(days=7)))
    # what is changed later does not make the date again
    line.mark.setFocus()
    keys.press(Qt.Key.Key_K)
    keys.press(Qt.Key.Key_Return)
    assert len(day.desk.do(lambda work: appointments.of_days(work, TODAY, TODAY + timedelta(days=20)))[0]) == 1


def test_a_date_that_cannot_be_is_told_below_its_row_and_stays_typed(day: Day, sheet: SheetDialog) -> None:
    line, keys = sheet.lines[0], Keys()
    keys.press(Qt.Key.Key_K)
    line.next.control.setFocus()
    keys.type("28.11. 10:00")  # a Saturday
    keys.press(Qt.Key.Key_Return)
    assert "nicht geöffnet" in line.error.text()
    assert (line.error.isVisible(), line.next.text()) == (True, "28.11. 10:00")
    assert day.state(of(sheet, 0)) == PLANNED
    line.next.control.setFocus()
    line.next.control.selectAll()
    keys.type("30.11. 10:00")
    keys.press(Qt.Key.Key_Return)
    assert (line.error.isVisible(), day.state(of(sheet, 0))) == (False, DONE)


def test_closing_keeps_the_row_that_is_being_typed(day: Day, sheet: SheetDialog) -> None:
    visit, keys = of(sheet, 0), Keys()
    keys.press(Qt.Key.Key_N)
    keys.press(Qt.Key.Key_Escape)
    assert day.state(visit) == NO_SHOW
    assert not sheet.isVisible()


def test_what_is_known_already_stands_there(day: Day, window: QWidget) -> None:
    day.at(7, day=YESTERDAY)
    missed, open_ = day.book("Weg", 9, day=YESTERDAY), day.book("Offen", 10, day=YESTERDAY)
    day.step(missed, NO_SHOW)
    day.at(8)
    dialog = SheetDialog(window, runner(day), day.clock)
    dialog.begin()
    assert [line.mark.mark for line in dialog.lines] == ["missed", ""]
    assert dialog.lines[1].mark.hasFocus(), "on the first row that is empty"
    assert day.state(open_) == PLANNED


# --- earlier dates, and something to look at again


def test_a_time_that_fell_free_is_offered_and_taken(day: Day, window: QWidget) -> None:
    day.at(8)
    later = day.book("Osei", 9, day=TODAY + timedelta(days=14))
    day.desk.do(lambda work: earlier_wishes.keep(work, Wish(uuid4(), appointment=later)))
    day.step(day.book("Haddad", 14), CANCELLED_FAMILY)
    dialog = ChancesDialog(window, runner(day), day.clock)
    dialog.begin()
    [row] = dialog.card.rows
    assert (row.shown.title, row.shown.chance) == ("Osei", "frei: heute · 14:00 · Platz 1")
    keys = Keys()
    keys.press(Qt.Key.Key_Return)
    [row] = dialog.card.rows
    assert row.shown.chance == "angeboten: Do, 26.11. 14:00 · Platz 1"
    keys.press(Qt.Key.Key_Return)
    assert dialog.card.rows == []
    assert dialog.nothing.isVisible()
    [new] = [
        line for line in day.desk.do(lambda work: appointments.of_days(work, TODAY, TODAY))[0] if line.title == "Osei"
    ]
    assert (new.start, new.moved_from) == (moment(14), later)


def test_days_hours_and_last_day_of_a_wish_are_said_and_changed_later(day: Day, window: QWidget) -> None:
    day.at(8)
    dialog = ChancesDialog(window, runner(day), day.clock)
    dialog.begin()
    dialog.new.click()
    form = next(each for each in window.findChildren(WishDialog) if each.isVisible())
    keys = Keys()
    keys.press(Qt.Key.Key_Return)
    assert "wer kommen möchte" in form.who.name.message(), "only who it is has to be known"
    keys.type("Osei")
    form.days[0].click()
    for field, words in ((form.opens, "9:30"), (form.closes, "12:00"), (form.until, "+14")):
        field.control.setFocus()
        keys.type(words)
    keys.press(Qt.Key.Key_Return)
    [row] = dialog.card.rows
    wish = row.shown.line.wish
    assert (wish.name, wish.weekdays, wish.opens, wish.closes) == ("Osei", 0b11110, 570, 720)
    assert wish.until == TODAY + timedelta(days=14)
    row.change_asked.emit(wish)
    form = next(each for each in window.findChildren(WishDialog) if each.isVisible())
    assert [chip.isChecked() for chip in form.days] == [False, True, True, True, True]
    form.days[0].click()
    form.opens.set_value(None)
    form.deed.click()
    [row] = dialog.card.rows
    assert (row.shown.line.wish.weekdays, row.shown.line.wish.opens, row.shown.line.wish.closes) == (None, None, 720)


def test_something_to_look_at_again_needs_a_family_and_words(day: Day, window: QWidget) -> None:
    family = day.desk.do(store_family)[0]

    class View:
        def __getattr__(self, name: str) -> Any:
            return lambda *_words: None

    presenter = TodayPresenter(View(), runner(day), day.clock)
    dialog = FollowUpDialog(window, presenter.find_families, day.clock)
    dialog.asked.connect(presenter.keep_follow_up)
    dialog.open(dialog.who.name.control)
    keys = Keys()
    keys.type("niemand")
    keys.press(Qt.Key.Key_Return)
    assert "Familien wählen" in dialog.who.name.message()
    dialog.who.name.control.selectAll()
    keys.type("Haddad")
    dialog.who.look()
    dialog.words.control.setFocus()
    keys.type("Zeugnis")
    keys.press(Qt.Key.Key_Return)
    [line] = day.desk.do(lambda work: follow_ups.of_family(work, family.household))[0]
    assert (line.words, line.due_on) == ("Zeugnis", TODAY + timedelta(days=7))
