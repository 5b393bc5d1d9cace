"""Nobody at the desk: when the warning comes, what prevents it, and a machine that slept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from helpers import press, type_text
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desk_app.gui.idle import IdleWatch, Now, longest


class Desk:
    """A desk of which the test moves the clocks; they stand still otherwise."""

    def __init__(self, minutes: int) -> None:
        self.steady = self.wall = 1000.0
        self.minutes = minutes
        self.busy = False
        self.said: list[object] = []
        self.watch = IdleWatch(lambda: self.minutes, lambda: self.busy, lambda: Now(self.steady, self.wall))
        self.watch.warned.connect(self.said.append)
        self.watch.calmed.connect(lambda: self.said.append("calm"))
        self.watch.expired.connect(lambda: self.said.append("locked"))
        self.watch.start()

    def pass_by(self, seconds: int) -> None:
        """Time goes by while the machine is awake."""
        for _second in range(seconds):
            self.steady += 1
            self.wall += 1
            self.watch.look()

    def sleep(self, seconds: float) -> None:
        """Linux and macOS: the steady clock sleeps too."""
        self.wall += seconds


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[Desk]:
    desk = Desk(5)
    yield desk
    desk.watch.stop()


@pytest.fixture
def line(qtbot: QtBot) -> QLineEdit:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    return line


def test_it_warns_for_thirty_seconds_and_locks_after_five_minutes(desk: Desk) -> None:
    desk.pass_by(269)
    assert desk.said == []
    desk.pass_by(31)
    assert desk.said == [*range(30, 0, -1), "locked"]
    desk.pass_by(600)
    assert desk.said.count("locked") == 1


def test_a_laptop_locks_after_two_minutes_and_a_desk_after_five() -> None:
    assert (longest(battery=True), longest(battery=False)) == (2, 5)


@pytest.mark.parametrize("act", ["key", "script", "button", "move", "wheel"])
def test_whatever_somebody_does_begins_the_time_anew(desk: Desk, line: QLineEdit, act: str) -> None:
    desk.pass_by(280)
    wheel = QWheelEvent(
        QPointF(1, 1), QPointF(1, 1), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    acts = {
        "key": lambda: press(line, Qt.Key.Key_Shift),
        "script": lambda: type_text(line, "ح"),
        "button": lambda: QTest.mouseClick(line, Qt.MouseButton.LeftButton),
        "move": lambda: QTest.mouseMove(line, QPoint(3, 3)),
        "wheel": lambda: QApplication.sendEvent(line, wheel),
    }
    acts[act]()
    QApplication.processEvents()
    assert desk.said[-1] == "calm"
    desk.pass_by(269)
    assert desk.said[-1] == "calm"
    desk.pass_by(31)
    assert desk.said[-1] == "locked"


def test_what_the_program_does_by_itself_is_no_input(desk: Desk, line: QLineEdit) -> None:
    desk.pass_by(200)
    line.setText("Haddad")
    line.resize(300, 40)
    line.setFocus()
    QApplication.processEvents()
    desk.pass_by(100)
    assert desk.said[-1] == "locked"


def test_an_open_dialog_stops_nothing_but_typing_in_it_counts(desk: Desk, qtbot: QtBot) -> None:
    above = QWidget()
    qtbot.addWidget(above)
    dialog = QDialog(above)
    dialog.setModal(True)
    dialog.show()
    desk.pass_by(290)
    press(dialog, Qt.Key.Key_Shift)
    assert desk.said[-1] == "calm"
    desk.pass_by(300)
    assert desk.said[-1] == "locked"
    dialog.close()


def test_a_long_export_is_not_interrupted_and_the_time_runs_from_its_end(desk: Desk) -> None:
    desk.busy = True
    desk.pass_by(1200)
    assert desk.said == []
    desk.busy = False
    desk.pass_by(300)
    assert desk.said[-1] == "locked"


def test_a_machine_that_slept_locks_at_once(desk: Desk) -> None:
    desk.pass_by(10)
    desk.sleep(45)
    desk.watch.look()
    assert desk.said == ["locked"]


def test_moving_the_mouse_after_opening_the_lid_lets_nobody_in(desk: Desk, line: QLineEdit) -> None:
    desk.pass_by(10)
    desk.sleep(8 * 3600)
    press(line, Qt.Key.Key_Shift)
    assert desk.said == ["locked"]


def test_windows_counts_the_sleep_on_its_steady_clock(desk: Desk) -> None:
    desk.steady += 3600
    desk.wall += 3600
    desk.watch.look()
    assert desk.said == ["locked"]


def test_a_clock_set_back_does_not_give_more_time(desk: Desk) -> None:
    desk.pass_by(200)
    desk.wall -= 11 * 3600
    desk.watch.look()
    desk.pass_by(100)
    assert desk.said[-1] == "locked"


def test_a_shorter_time_holds_as_soon_as_it_is_chosen(desk: Desk) -> None:
    desk.pass_by(40)
    desk.minutes = 1
    desk.pass_by(20)
    assert desk.said[-1] == "locked"
