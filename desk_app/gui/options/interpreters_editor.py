"""Somebody who interprets, edited beside the list: kept after each field, nothing required."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.casework.interpreters import Block, Interpreter
from desk_app.domain.code_lists import code_list
from desk_app.domain.opening_reading import parse_rules, show_rules
from desk_app.gui.widgets.buttons import Button, IconButton
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.field import Field, commit_all
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.tag_field import TagField
from desk_app.gui.widgets.text_fields import LongTextField, TextField
from desk_app.i18n import _
from desk_app.presenters.interpreters import (
    InterpreterRow,
    busy_words,
    dialects_of,
    kind_choices,
    languages_of,
    load_words,
    read_minutes,
    with_dialects,
    with_languages,
)

_PLAIN = ("name", "sex", "kind", "phone", "email", "note")


class InterpreterEditor(Card):
    """Shows one person, or the blank form of a new one."""

    kept = Signal(object)
    """The ``Interpreter`` as far as it is answered."""
    block_asked = Signal(object)
    """Bar this person from a family: the id of the person."""
    unblock_asked = Signal(object, object)
    retire_asked = Signal(object)
    """The ``InterpreterRow`` of whoever stops, or comes back."""
    sheet_asked = Signal(object)
    read_asked = Signal(object)
    export_asked = Signal(object)
    forget_asked = Signal(object)
    closed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(_("Dolmetschen"), ruled=True, parent=parent)
        self._today = today
        self._person = Interpreter(uuid4())
        self._row: InterpreterRow | None = None
        self.dialects: dict[str, TextField] = {}
        self.fields: dict[str, Field] = _fields()
        self.fields["times"].set_reading(lambda typed: parse_rules(typed, today), show_rules)
        self.fields["minutes_per_month"].set_reading(read_minutes, str)
        self._build()
        for key, field in self.fields.items():
            field.committed.connect(lambda value, key=key: self._keep(key, value))

    def _build(self) -> None:
        close = IconButton("x", _("Bearbeiten beenden"), "compact")
        close.clicked.connect(self.closed)
        self.head.add_action(close)
        self.body.setSpacing(10)
        self._dialects = QVBoxLayout()
        self._dialects.setSpacing(10)
        beside = {"sex": "kind", "phone": "email"}
        for key, field in self.fields.items():
            if key in beside.values():
                continue
            if key in beside:
                row = QHBoxLayout()
                row.setSpacing(12)
                row.addWidget(field, 1)
                row.addWidget(self.fields[beside[key]], 1)
                self.body.addLayout(row)
            else:
                self.body.addWidget(field)
            if key == "languages":
                self.body.addLayout(self._dialects)
        self.load = Label("", "small", "text3", wrap=True)
        self.body.addWidget(self.load)
        self._build_more()
        self.body.addStretch(1)

    def _build_more(self) -> None:
        """What there is only for somebody who is kept: families, calendar, sheet, the end."""
        self.more = QWidget()
        column = QVBoxLayout(self.more)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(_("Dolmetscht nicht für"), "small", "text2"))
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(4)
        column.addLayout(self._blocks)
        self.add_block = self._button(column, _("Familie sperren …"), "user-x", lambda: self.block_asked.emit(self._id))
        column.addSpacing(4)
        self.busy = Label("", "small", "text2", wrap=True)
        column.addWidget(self.busy)
        self.read = self._button(column, _("Kalender einlesen …"), "calendar", lambda: self.read_asked.emit(self._id))
        self.forget = Button(_("Belegte Zeiten entfernen"), "link", height="compact")
        self.forget.clicked.connect(lambda: self.forget_asked.emit(self._id))
        column.addWidget(self.forget, 0, Qt.AlignmentFlag.AlignLeft)
        self.export = self._button(
            column, _("Termine als Kalender …"), "download", lambda: self.export_asked.emit(self._id)
        )
        self.sheet = self._button(
            column, _("Blatt mit den Terminen …"), "printer", lambda: self.sheet_asked.emit(self._id)
        )
        self.retire = self._button(column, "", "", lambda: self.retire_asked.emit(self._row))
        self.body.addWidget(self.more)

    def _button(self, column: QVBoxLayout, words: str, symbol: str, pressed: Any) -> Button:
        button = Button(words, "secondary" if symbol else "ghost", symbol, height="compact")
        button.clicked.connect(pressed)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    @property
    def _id(self) -> UUID:
        return self._person.id

    def show_person(self, row: InterpreterRow) -> None:
        """Show somebody of the list; what is being typed about the same person stays."""
        same = row.person.id == self._person.id
        if not same:
            commit_all(self)
        self._row, self._person = row, row.person
        self.set_title(row.name)
        self._show(keep_typing=same)
        self.load.setText(load_words(row))
        self._show_blocks(row.line.blocks)
        self.busy.setText(busy_words(row.busy))
        self.forget.setVisible(row.busy > 0)
        self.retire.setText(_("Wieder zur Wahl stellen") if row.person.retired else _("Nicht mehr zur Wahl stellen"))
        self.retire.updateGeometry()
        self.more.show()

    def begin_new(self) -> None:
        """Show the blank form with the cursor in the name."""
        commit_all(self)
        self._row, self._person = None, Interpreter(uuid4())
        self.set_title(_("Neu"))
        self._show(keep_typing=False)
        self.load.setText(_("Gespeichert wird mit der ersten Angabe; nichts ist Pflicht."))
        self.more.hide()
        self.fields["name"].setFocus()

    def _show(self, *, keep_typing: bool) -> None:
        known: dict[str, Any] = {key: getattr(self._person, key) or None for key in _PLAIN}
        known["languages"] = languages_of(self._person) or None
        known["times"] = self._person.times or None
        known["minutes_per_month"] = self._person.minutes_per_month
        for key, field in self.fields.items():
            if keep_typing:
                field.offer_value(known[key])
            else:
                field.set_value(known[key])
        self._show_dialects(keep_typing=keep_typing)

    def _show_dialects(self, *, keep_typing: bool) -> None:
        """Below the languages a field for the dialects of each."""
        wanted = languages_of(self._person)
        for language in set(self.dialects) - set(wanted):
            field = self.dialects.pop(language)
            self._dialects.removeWidget(field)
            field.hide()
            field.deleteLater()
        for language in wanted:
            if language not in self.dialects:
                words = _("{language}: Dialekte").format(language=code_list("languages").label(language))
                field = self.dialects[language] = TextField(label=words)
                field.set_placeholder(_("z. B. Levantinisch"))
                field.committed.connect(lambda typed, language=language: self._keep_dialects(language, typed or ""))
                self._dialects.addWidget(field)
                field.show()
            known = dialects_of(self._person, language) or None
            if keep_typing:
                self.dialects[language].offer_value(known)
            else:
                self.dialects[language].set_value(known)

    def _show_blocks(self, blocks: tuple[Block, ...]) -> None:
        while (item := self._blocks.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for block in blocks:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            words = f"{block.title}: {block.words}" if block.words else block.title
            row.addWidget(Label(words, "body", "text", wrap=True), 1)
            free = IconButton("x", _("Sperre für {family} aufheben").format(family=block.title), "compact")
            free.clicked.connect(lambda _on=False, family=block.household: self.unblock_asked.emit(self._id, family))
            row.addWidget(free)
            self._blocks.addWidget(line)
        if not blocks:
            self._blocks.addWidget(Label(_("keine Familie gesperrt"), "small", "text3"))

    def _keep(self, key: str, value: Any) -> None:
        if key == "languages":
            self._person = with_languages(self._person, value or ())
            self._show_dialects(keep_typing=True)
        elif key == "times":
            self._person = replace(self._person, times=tuple(value or ()))
        elif key == "minutes_per_month":
            self._person = replace(self._person, minutes_per_month=value)
        else:
            self._person = replace(self._person, **{key: value or ""})  # type: ignore[arg-type]  # one of _PLAIN
        self.kept.emit(self._person)

    def _keep_dialects(self, language: str, typed: str) -> None:
        self._person = with_dialects(self._person, language, typed)
        self.kept.emit(self._person)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _fields() -> dict[str, Field]:
    sex, kind = ChoiceField(label=_("Geschlecht")), ChoiceField(label=_("Art"))
    sex.set_choices([(code.key, code.label) for code in code_list("sex").entries])
    kind.set_choices(kind_choices())
    languages, known = TagField(label=_("Sprachen")), code_list("languages")
    languages.set_add_text(_("Sprache"))
    languages.set_choices(
        [(code.key, code.label) for code in known.entries], lambda words: [code.key for code in known.search(words)]
    )
    times = LongTextField(label=_("Zeiten"))
    times.set_hint(_("Zum Beispiel: Mi 9–13; Do 14–16, alle 2 Wochen. Leer: nach Absprache"))
    minutes = TextField(label=_("Vereinbarte Minuten im Monat"))
    minutes.set_placeholder(_("z. B. 600 oder 10 h"))
    return {
        "name": TextField(label=_("Name")),
        "sex": sex,
        "kind": kind,
        "phone": TextField(label=_("Telefon")),
        "email": TextField(label=_("E-Mail")),
        "languages": languages,
        "times": times,
        "minutes_per_month": minutes,
        "note": LongTextField(label=_("Bemerkung")),
    }
