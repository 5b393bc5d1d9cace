"""One school of the directory, edited beside the table: kept after each field, a new one once it can be told apart."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.domain.code_lists import code_list
from desk_app.domain.schools import School
from desk_app.gui.forms.school_form import Ui_SchoolForm
from desk_app.gui.widgets.buttons import Button, IconButton
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.field import Field, commit_all
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _
from desk_app.presenters.schools import is_complete, reading_of_school, with_school_answer

_BLANK = School("", "")


class SchoolEditor(Card):
    """Shows one school, or the blank form of a new one."""

    changed = Signal(object, object)
    """The school before and after an answer."""
    added = Signal(object)
    remove_asked = Signal(object)
    closed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(_("Schule"), ruled=True, parent=parent)
        self._school = _BLANK
        self._source = ""
        self._new = False
        self._drawing = QWidget()
        self.form = Ui_SchoolForm()
        self.form.setupUi(self._drawing)
        forms = [(code.key, code.label) for code in code_list("school_forms").valid_on(today)]
        self.form.form.set_choices(forms)
        languages = code_list("languages")
        self.form.heritage.set_choices(
            [(code.key, code.label) for code in languages.valid_on(today)],
            lambda words: [code.key for code in languages.search(words, today)],
        )
        self._state = Label("", "small", "text3", wrap=True)
        self._remove = Button(_("Entfernen"), "ghost", "trash-2", _("Entf"))
        self._remove.clicked.connect(lambda: self.remove_asked.emit(self._school))
        close = IconButton("x", _("Bearbeiten beenden"), "compact")
        close.clicked.connect(self.closed)
        self.head.add_action(close)
        self.body.addWidget(self._drawing)
        self.body.addSpacing(12)
        self.body.addWidget(self._state)
        self.body.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._remove)
        self.body.addLayout(buttons)
        self.fields = {field.objectName(): field for field in self._drawing.findChildren(Field)}
        for key, field in self.fields.items():
            self._bind(key, field)

    def _bind(self, key: str, field: Field) -> None:
        reading = reading_of_school(key)
        if reading is not None:
            field.set_reading(reading.parse, reading.show, reading.notice)
        field.committed.connect(lambda value: self._keep(key, value))

    def show_school(self, school: School, source: str) -> None:
        """Show a school of the directory; what is being typed about the same one stays."""
        same = school.number == self._school.number and not self._new
        if not same:
            commit_all(self)
        self._school, self._new, self._source = school, False, source
        self._show(keep_typing=same)

    def begin_new(self) -> None:
        """Show the blank form with the cursor in the number."""
        commit_all(self)
        self._school, self._new = _BLANK, True
        self._show(keep_typing=False)
        self.fields["number"].setFocus()

    def _show(self, *, keep_typing: bool) -> None:
        self.set_title(_("Neue Schule") if self._new else self._school.name)
        for key, field in self.fields.items():
            known: Any = getattr(self._school, key)
            known = tuple(known.split()) if key == "heritage" else known
            known = None if known in ("", ()) else known
            if keep_typing:
                field.offer_value(known)
            else:
                field.set_value(known)
        number = self.fields["number"]
        number.set_read_only(not self._new)
        number.set_hint(
            _("Sechs Ziffern, vom Land vergeben") if self._new else _("Bleibt; eine andere Nummer ist eine neue Schule")
        )
        self._remove.setVisible(not self._new)
        self._show_state()

    def _show_state(self) -> None:
        lacking = _("Die Schule ist gespeichert, sobald Nummer und Name da sind.")
        self._state.setText(lacking if self._new else self._source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _keep(self, key: str, value: object) -> None:
        before = self._school
        if not self._new and key == "name" and not value:
            self.fields["name"].set_value(before.name)
            self.fields["name"].set_notice(_("Ohne Namen geht es nicht; der bisherige gilt weiter."))
            return
        self._school = with_school_answer(before, key, value)
        if not self._new:
            self.set_title(self._school.name)
            self.changed.emit(before, self._school)
        elif is_complete(self._school):
            self._new = False
            self.added.emit(self._school)
