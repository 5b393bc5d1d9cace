"""A note written down in passing: kept while it is typed, with time and kind there already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.casework.notes import Draft, NoteLine
from desk_app.domain.clock import local_day, show_time
from desk_app.domain.code_lists import code_list
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.chips import FilterChip
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.text_fields import LongTextField, TextField
from desk_app.i18n import _
from desk_app.presenters.readings import parse_instant, show_instant

if TYPE_CHECKING:
    from desk_app.domain.clock import Clock

_FIRST_KIND = "visit"


class QuickNote(QWidget):
    """Hidden until begun. The kind last used is there the next time. Esc closes it; what was typed is kept."""

    kept = Signal(object)
    """The ``Draft`` as far as it is typed."""
    closed = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._id: UUID | None = None
        self._household: UUID | None = None
        self._corrects: UUID | None = None
        self.setAccessibleName(_("Notiz"))
        self.words = LongTextField(label=_("Notiz"))
        self.words.set_hint(_("Nur Sachliches: Die Familie kann Auskunft verlangen."))
        self.at = TextField(label=_("Wann"))
        self.at.set_reading(lambda words: parse_instant(words, self._today()), show_instant)
        self.about = ChoiceField(label=_("Über"))
        self.kinds = QButtonGroup(self)
        self._state = Label("", "small", "text3")
        self._build()
        for field in (self.words, self.at, self.about):
            field.committed.connect(self._keep)
        self.kinds.idClicked.connect(lambda _place: self._keep())
        self.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(17, 14, 17, 10)
        column.setSpacing(10)
        column.addLayout(self._kind_row())
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.at, 2)
        row.addWidget(self.about, 3)
        column.addLayout(row)
        foot = QHBoxLayout()
        foot.addWidget(self._state)
        foot.addStretch(1)
        close = Button(_("Fertig"), "secondary", "check", "Esc", height="compact")
        close.clicked.connect(self.close_note)
        foot.addWidget(close)
        column.addLayout(foot)

    def _kind_row(self) -> FlowLayout:
        row = FlowLayout()
        for place, code in enumerate(code_list("note_kinds").entries):
            chip = FilterChip(code.label)
            chip.setAccessibleName(_("Art der Notiz: {kind}").format(kind=code.label))
            chip.setProperty("kind", code.key)
            self.kinds.addButton(chip, place)
            chip.setChecked(code.key == _FIRST_KIND)
            row.addWidget(chip)
        return row

    @property
    def kind(self) -> str:
        chip = self.kinds.checkedButton()
        return str(chip.property("kind")) if chip is not None else _FIRST_KIND

    def begin(self, household: UUID, people: Sequence[tuple[str, str]], corrects: NoteLine | None = None) -> None:
        """Start a new note, or new words for one; a note begun before is finished first."""
        self.finish()
        self._id, self._household = uuid4(), household
        self._corrects = corrects.id if corrects else None
        self.about.set_choices(people)
        self.words.set_label(_("Berichtigte Notiz") if corrects else _("Notiz"))
        self.words.set_value(corrects.words if corrects else None)
        self.at.set_value(corrects.at if corrects else self._clock())
        self.about.set_value(str(corrects.person) if corrects and corrects.person else None)
        if corrects:
            self._choose_kind(corrects.kind)
        self._state.setText(_("Die alten Worte bleiben im Verlauf lesbar.") if corrects else "")
        self.show()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def finish(self) -> None:
        """Hand over what is typed and not kept yet."""
        if self._id is not None:
            for field in (self.words, self.at, self.about):
                field.commit()

    def close_note(self) -> None:
        """Finish the note and make room."""
        self.finish()
        self._id = None
        self.hide()
        self.closed.emit()

    def show_kept(self, at: datetime) -> None:
        """The note is in the store."""
        self._state.setText(_("Gespeichert {time}").format(time=show_time(at)))

    def show_failed(self, message: str) -> None:
        self.words.set_error(message)

    def _choose_kind(self, kind: str) -> None:
        for chip in self.kinds.buttons():
            chip.setChecked(chip.property("kind") == kind)

    def _keep(self) -> None:
        # changing only the kind of a note nobody has begun to write is not yet a note
        if self._id is None or self._household is None:
            return
        words = self.words.text()
        self.words.set_error("")
        person = self.about.value()
        self.kept.emit(
            Draft(
                self._id, self._household, words, self.kind, self.at.value() or self._clock(),
                UUID(person) if person else None, None, self._corrects,
            )
        )  # fmt: skip

    def _today(self) -> date:
        return local_day(self._clock())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_note()
        else:
            super().keyPressEvent(event)
