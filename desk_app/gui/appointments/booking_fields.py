"""The fields of an appointment: they show what holds now, and tell what somebody answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.casework.appointment_setup import Seat, Setup
from desk_app.domain.clock import local_day
from desk_app.domain.code_lists import code_list
from desk_app.gui.appointments.day_strip import DayStrip
from desk_app.gui.appointments.length_field import LengthField
from desk_app.gui.appointments.name_field import NameField
from desk_app.gui.intake.disclosure import Disclosure
from desk_app.gui.widgets.chips import FilterChip
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.inputs import TickBox
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.text_fields import TextField
from desk_app.i18n import _
from desk_app.presenters.appointment_words import moment_words
from desk_app.presenters.booking_form import Form
from desk_app.presenters.choices import Choices
from desk_app.presenters.moment_reading import read_moment

_NOBODY = "nobody"
"""The key of "noch offen" among those who could interpret."""


class BookingFields(QWidget):
    """Tells answers as fields of ``Draft`` by name."""

    answered = Signal(object)
    """A mapping from fields to values."""

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self._form: Form | None = None
        self._today = date.min
        self.name = NameField()
        self.kind, self.seat = ChoiceField(label=_("Anliegen")), ChoiceField(label=_("Platz"))
        self.start = TextField(label=_("Beginn"))
        self.start.set_reading(self._read_start, self._show_start)
        self.length = LengthField()
        self.strip = DayStrip()
        self.interpreting = TickBox(_("Dolmetschen"))
        self.who = Label("", "small", "ok")
        self.language = ChoiceField(label=_("Sprache"))
        self.language.set_choices(choices.choices("languages"), choices.search("languages"))
        self.interpreter = ChoiceField(label=_("Wer dolmetscht"))
        self.dialect, self.sex = TextField(label=_("Dialekt")), ChoiceField(label=_("Dolmetschen soll"))
        self.room = ChoiceField(label=_("Raum"))
        self.phone, self.words = TextField(label=_("Telefon")), TextField(label=_("Notiz"))
        self._people = QWidget()
        self._chips: dict[UUID, FilterChip] = {}
        self._entries: dict[ChoiceField, list[tuple[str, str]]] = {}
        self._flow = FlowLayout(self._people)
        self.more = Disclosure(_("Notiz, Raum und mehr"))
        self._build()
        self._connect()

    # --- building

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.name)
        column.addWidget(self._people)
        column.addLayout(_side_by_side(self.kind, self.seat))
        column.addLayout(_side_by_side(self.start, self.length))
        column.addWidget(self.strip)
        row = QHBoxLayout()
        row.addWidget(self.interpreting)
        row.addStretch(1)
        row.addWidget(self.who)
        column.addLayout(row)
        self._people_row = QWidget()
        inside = _side_by_side(self.language, self.interpreter)
        inside.setContentsMargins(0, 0, 0, 0)
        self._people_row.setLayout(inside)
        column.addWidget(self._people_row)
        column.addWidget(self.more)
        self.more.content.addWidget(self.words)
        self.more.content.addLayout(_side_by_side(self.phone, self.room))
        self.more.content.addLayout(_side_by_side(self.dialect, self.sex))

    def _connect(self) -> None:
        answered = self.answered.emit
        self.kind.committed.connect(lambda key: answered({"kind": _id_of(key), "minutes": None}))
        self.seat.committed.connect(lambda key: answered({"seat": _id_of(key)}))
        self.room.committed.connect(lambda key: answered({"room": _id_of(key)}))
        self.start.committed.connect(lambda start: answered({"start": start} if start is not None else {}))
        self.language.committed.connect(lambda key: answered({"language": key or ""}))
        self.phone.committed.connect(lambda words: answered({"phone": words or ""}))
        self.words.committed.connect(lambda words: answered({"words": words or ""}))
        self.dialect.committed.connect(lambda words: answered({"dialect": words or ""}))
        self.sex.committed.connect(lambda key: answered({"sex": key or ""}))
        self.length.chosen.connect(lambda minutes: answered({"minutes": minutes}))
        self.interpreting.clicked.connect(lambda on: answered({"interpreting": on}))
        self.interpreter.committed.connect(self._take_interpreter)

    def _take_interpreter(self, key: str | None) -> None:
        chosen = _id_of(key) if key != _NOBODY else None
        self.answered.emit({"interpreter": chosen, "unmanned": key == _NOBODY})

    def texts(self) -> tuple[Field, ...]:
        """Everything in which Eingabe enters the appointment."""
        return (
            self.name.field, self.kind, self.seat, self.start, self.length.own, self.language, self.interpreter,
            self.words, self.phone, self.room, self.dialect, self.sex,
        )  # fmt: skip

    def commit(self) -> bool:
        """Hand over what is being typed; whether all of it could be read."""
        read = [field.commit() for field in self.texts() if field is not self.name.field]
        return all(read)

    # --- showing

    def show_form(self, form: Form, today: date) -> None:
        """Show what holds now; what is being typed stays."""
        self._form, self._today = form, today
        draft = form.draft
        self.name.show_family(draft.typed, form.family, draft.id)
        self._show_children(form)
        setup = form.setup
        desks = [(str(seat.id), _seat_words(setup, seat)) for seat in setup.desks()]
        rooms = [(str(room.id), room.name) for room in setup.rooms()]
        kind = form.kind.id if form.kind is not None else None
        self._offer(self.kind, [(str(each.id), each.name) for each in setup.kinds], kind)
        self._offer(self.seat, desks, draft.seat)
        self._offer(self.room, rooms, draft.room)
        self.room.setVisible(bool(rooms))
        self.start.offer_value(draft.start)
        self.length.show_minutes(form.minutes)
        self.strip.show_form(form)
        self.phone.offer_value(draft.phone or None)
        self.phone.set_placeholder(form.family.phone if form.family is not None else "")
        self.words.offer_value(draft.words or None)
        self._show_interpreting(form)

    def _offer(self, field: ChoiceField, entries: list[tuple[str, str]], value: UUID | str | None) -> None:
        """Offer entries only where they are others: giving them anew would take away what is being typed."""
        if self._entries.get(field) != entries:
            self._entries[field] = entries
            field.set_choices(entries)
        field.offer_value(str(value) if value is not None else None)

    def _show_children(self, form: Form) -> None:
        children = form.family.children if form.family is not None else ()
        if tuple(self._chips) != tuple(id_ for id_, _name in children):
            for chip in self._chips.values():
                self._flow.removeWidget(chip)
                chip.hide()
                chip.deleteLater()
            self._chips = {}
            for id_, name in children:
                chip = self._chips[id_] = FilterChip(name)
                chip.setAccessibleName(_("Es geht um {name}").format(name=name))
                chip.clicked.connect(lambda _on: self._take_children())
                self._flow.addWidget(chip)
                chip.show()
        for id_, chip in self._chips.items():
            chip.setChecked(id_ in form.draft.persons)
        self._people.setVisible(len(self._chips) > 1)

    def _take_children(self) -> None:
        chosen = tuple(id_ for id_, chip in self._chips.items() if chip.isChecked())
        self.answered.emit({"persons": chosen})

    def _show_interpreting(self, form: Form) -> None:
        name = code_list("languages").label(form.language) if form.language else ""
        words = _("Dolmetschen: {language}").format(language=name) if name else _("Dolmetschen")
        self.interpreting.setText(words)
        self.interpreting.updateGeometry()
        self.interpreting.setChecked(form.interpreting)
        self.language.offer_value(form.language or None)
        people = form.looked.candidates
        told = [(str(each.id), ", ".join((each.name, *each.against))) for each in people]
        who = form.interpreter
        self._offer(self.interpreter, [(_NOBODY, _("noch offen")), *told], who.id if who is not None else _NOBODY)
        wishes = [("w", _("eine Frau")), ("m", _("ein Mann")), ("d", _("divers"))]
        self._offer(self.sex, wishes, form.draft.sex or None)
        self.dialect.offer_value(form.draft.dialect or None)
        for field in (self._people_row, self.dialect, self.sex):
            field.setVisible(form.interpreting)
        self.who.setVisible(form.interpreting)
        if who is None:
            open_words = _("noch niemand gefunden") if form.language else _("Sprache fehlt noch")
            self.who.set_look("small", "warn")
            self.who.setText(open_words)
        else:
            self.who.set_look("small", "ok" if who.fits else "warn")
            self.who.setText(_("{name} ist frei").format(name=who.name) if who.fits else ", ".join(who.against))

    # --- reading

    def _read_start(self, words: str) -> datetime:
        assert self._form is not None
        return read_moment(words, self._form.draft.start, self._today)

    def _show_start(self, start: datetime) -> str:
        return moment_words(start, self._today if self._today != date.min else local_day(start))


def _side_by_side(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    for widget in widgets:
        row.addWidget(widget, 1)
    return row


def _seat_words(setup: Setup, seat: Seat) -> str:
    """A desk of another place than the centre with that place behind it."""
    place = setup.place(seat.place)
    if place is None or place.kind == "centre" or place.label == seat.name:
        return seat.name
    return f"{seat.name} · {place.label}"


def _id_of(value: Any) -> UUID | None:
    return UUID(value) if value else None
