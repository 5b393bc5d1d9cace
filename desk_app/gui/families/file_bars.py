"""Above the course of a family: what can be done here, and what the file itself asks or says."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.messages import Banner
from desk_app.i18n import _
from desk_app.presenters.family_file import FileSheet


class FileActions(QWidget):
    """Note, something to look at again, a letter, and the turns in the life of a family."""

    note_asked = Signal()
    follow_up_asked = Signal()
    appointment_asked = Signal()
    referral_asked = Signal()
    letter_asked = Signal()
    talk_asked = Signal()
    advice_asked = Signal()
    move_asked = Signal()
    deceased_asked = Signal()
    alive_asked = Signal(object)
    """Somebody who was noted as dead by mistake."""
    moved_away_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Was sich hier tun lässt"))
        self.note = Button(_("Notiz"), "secondary", "notebook-pen", "N")
        self.note.clicked.connect(self.note_asked)
        self.follow_up = Button(_("Wiedervorlage"), "secondary", "calendar-clock", "W")
        self.follow_up.clicked.connect(self.follow_up_asked)
        self.appointment = Button(_("Termin"), "secondary", "calendar-plus", "T")
        self.appointment.clicked.connect(self.appointment_asked)
        self.refer = Button(_("Vermitteln"), "secondary", "send", "V")
        self.refer.clicked.connect(self.referral_asked)
        self.letter = Button(_("Brief"), "secondary", "mail")
        self.letter.clicked.connect(self.letter_asked)
        self.more = Button(_("Mehr"), "secondary", "ellipsis")
        self.menu = QMenu(self)
        self.more.clicked.connect(self._open_menu)
        row = FlowLayout(gap=8)
        around = QHBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addLayout(row)
        for button in (self.note, self.follow_up, self.appointment, self.refer, self.letter, self.more):
            row.addWidget(button)

    def show_sheet(self, sheet: FileSheet) -> None:
        """What there is to do for this family; what one may not do is grey and says why."""
        self.menu.clear()
        self.menu.setToolTipsVisible(True)
        self.menu.addAction(_("Wer spricht und liest was …"), self.talk_asked.emit)
        advice = self.menu.addAction(_("Schullaufbahn beraten …"), self.advice_asked.emit)
        advice.setVisible(any(person.is_child for person in sheet.people))
        advice.setEnabled(not sheet.transitions.refusal)
        advice.setToolTip(sheet.transitions.refusal)
        self.menu.addSeparator()
        turns = [
            self.menu.addAction(_("Kind zieht um …"), self.move_asked.emit),
            self.menu.addAction(_("Familie ist verzogen …"), self.moved_away_asked.emit),
        ]
        turns[0].setVisible(any(person.is_child for person in sheet.people))
        turns[1].setVisible(not sheet.moved_away)
        for action in turns:
            action.setEnabled(not sheet.refusal)
            action.setToolTip(sheet.refusal)
        self.menu.addAction(_("Jemand ist verstorben …"), self.deceased_asked.emit)
        for person in sheet.people:
            if person.deceased:
                words = _("{name}: doch nicht verstorben").format(name=person.name)
                self.menu.addAction(words, partial(self.alive_asked.emit, person.id))

    def _open_menu(self) -> None:
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))


class ConfirmBar(Banner):
    """Whether phone and address still hold: one key says yes."""

    confirmed = Signal()
    change_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.yes = Button(_("Stimmt noch"), "secondary", "check", "B", height="compact")
        super().__init__("", "accent", self.yes, parent)
        self.change = Button(_("Ändern"), "secondary", height="compact")
        self._row.addWidget(self.change)
        self.yes.clicked.connect(self.confirmed)
        self.change.clicked.connect(self.change_asked)
        self.hide()

    def ask(self, words: str) -> None:
        """Ask this; nothing hides the bar."""
        self.set_words(words)
        self.setVisible(bool(words))


class MovedAwayBar(Banner):
    """Says that the family lives elsewhere, with the way back."""

    came_back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.back = Button(_("Wieder da"), "secondary", "undo-2", height="compact")
        super().__init__("", "accent", self.back, parent)
        self.back.clicked.connect(self.came_back)
        self.hide()

    def say(self, words: str, refusal: str) -> None:
        """Say this; nothing hides the bar. ``refusal`` is why the one at the desk may not bring the family back."""
        self.set_words(words)
        self.back.setEnabled(not refusal)
        self.back.setToolTip(refusal)
        self.setVisible(bool(words))
