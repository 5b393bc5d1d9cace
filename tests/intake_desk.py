"""The intake page at a real desk, and acts of a person in front of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID, uuid4

from helpers import press_here, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desk_app.casework import families, intake
from desk_app.casework.desk import Desk, Work
from desk_app.domain.errors import WorldError
from desk_app.domain.fields import Section
from desk_app.domain.records import FamilyFile, RecordKind
from desk_app.gui.intake.page import IntakePage
from desk_app.gui.widgets.field import Field, field_of
from desk_app.presenters.runner import InlineRunner, Runner

T = TypeVar("T")


class DeskRunner:
    """Runs deeds at the desk: at once, or when `deliver` is called while `slow`; all fail while `trouble` is set."""

    def __init__(self, desk: Desk) -> None:
        self._inline = InlineRunner(desk.do)
        self._queue: deque[Callable[[], None]] = deque()
        self.slow = False
        self.trouble: WorldError | None = None

    def run(self, deed: Callable[[Work], T], done: Callable[[T], None], failed: Callable[[WorldError], None]) -> None:
        def act() -> None:
            if self.trouble is not None:
                failed(self.trouble)
            else:
                self._inline.run(deed, done, failed)

        if self.slow:
            self._queue.append(act)
        else:
            act()

    def deliver(self, most: int = 1000) -> None:
        while self._queue and most:
            most -= 1
            self._queue.popleft()()


class IntakeDesk:
    """Opens intake pages in windows of the usual size."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk = desk
        self.deeds = DeskRunner(desk)
        self.runner: Runner = self.deeds
        self._qtbot = qtbot
        self._windows: list[QWidget] = []

    def new(self, family_name: str = "") -> IntakePage:
        file, _ = self.desk.do(lambda work: intake.start(work, uuid4(), family_name=family_name))
        return self.show(file)

    def open(self, household: UUID) -> IntakePage:
        return self.show(self.stored(household))

    def stored(self, household: UUID) -> FamilyFile:
        """The file as it lies in the store."""
        return self.desk.do(lambda work: families.load(work, household))[0]

    def show(self, file: FamilyFile, width: int = 1174, height: int = 708) -> IntakePage:
        page = self.begin(file, width, height)
        self._qtbot.waitUntil(lambda: page.whole)
        return page

    def begin(self, file: FamilyFile, width: int = 1174, height: int = 708) -> IntakePage:
        """The same while most of the page is still to be made."""
        window = QWidget()
        window.resize(width, height)
        column = QVBoxLayout(window)
        column.setContentsMargins(0, 0, 0, 0)
        page = IntakePage(self.runner, self.desk.clock)
        column.addWidget(page)
        self._qtbot.addWidget(window)
        self._windows.append(window)
        with self._qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        page.open(file)
        page.setFocus()
        return page


def field(
    page: IntakePage, section: Section, key: str, person: UUID | None = None, kind: RecordKind | None = None
) -> Field:
    """The field of a question, opened as a jump from the list of missing answers opens it."""
    kinds = [kind] if kind else [RecordKind.HOUSEHOLD, RecordKind.ADDRESS, RecordKind.PERSON]
    for known in kinds:
        found = page.sections[section].reveal(known, key, person)
        if isinstance(found, Field):
            return found
    raise AssertionError(f"{key} is nowhere in {section}")


def fill(target: Field, words: str) -> None:
    """Go to a field, type, and leave it with Eingabe."""
    target.control.setFocus(Qt.FocusReason.TabFocusReason)
    type_text(target.control, words)
    press_here(Qt.Key.Key_Return)
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.hide()
    target.commit()


def focused_key() -> str:
    """The key of the field with the focus."""
    found = field_of(QApplication.focusWidget())
    return found.get_key() if found is not None else ""
