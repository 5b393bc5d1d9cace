"""The form of an appointment beside its place in the grid. Eingabe enters it, Esc keeps what was typed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.gui.appointments.beside import BesidePopover
from desk_app.gui.appointments.booking_fields import BookingFields
from desk_app.gui.widgets.buttons import Button, IconButton, modified
from desk_app.gui.widgets.info_line import InfoLine
from desk_app.gui.widgets.inputs import TickBox
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.overlays import SHADOW
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.gui.widgets.text_fields import TextField
from desk_app.i18n import _
from desk_app.presenters.booking import BookingPresenter
from desk_app.presenters.booking_form import Form
from desk_app.presenters.paper_words import slip_words

if TYPE_CHECKING:
    from desk_app.domain.clock import Clock
    from desk_app.presenters.booking_draft import Found
    from desk_app.presenters.choices import Choices
    from desk_app.presenters.runner import Runner

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_RING = 4
"""Pixels around the fields for the ring of the focus."""
_AROUND = 32
"""Pixels of the window that stay free above and below."""


class BookingPopover(BesidePopover):
    """Made once and opened for one appointment after the other."""

    booked = Signal(str, object, object, object)
    """What was done in words, the deed, the beginning and the appointment."""
    form_changed = Signal(object)
    """The ``Form`` as it is shown now."""
    more_asked = Signal(object, object)
    """What else can be done with an appointment that stands, and where on the screen the menu goes."""

    def __init__(self, window: QWidget, runner: Runner, clock: Clock, choices: Choices) -> None:
        super().__init__(window)
        self.presenter = BookingPresenter(self, runner, clock)
        self.title = Label(_("Neuer Termin"), "section")
        self._close = IconButton("x", _("Schließen (Esc)"), "mini")
        self.fields = BookingFields(choices)
        self.clash = InfoLine("", "warn")
        self.reason = TextField(label=_("Trotzdem, weil …"))
        self.slip = TickBox(_("Danach Terminzettel drucken"))
        self.following = TickBox(_("Auch alle folgenden Termine dieser Reihe"))
        self.failure = InfoLine("", "warn")
        self.enter_button = Button(_("Eintragen"), "primary", keys=_("Eingabe"))
        self.cancel = Button(_("Abbrechen"), "ghost")
        self.more = Button(_("Mehr"), "ghost", "ellipsis")
        self._scroll = ScrollArea()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setAccessibleName(_("Termin"))
        head = QHBoxLayout()
        head.setContentsMargins(_RING, 0, 0, 0)
        head.addWidget(self.title, 1)
        head.addWidget(self._close)
        self._scroll.setAccessibleName(_("Angaben zum Termin"))
        column = self._scroll.column
        column.setSpacing(10)
        column.setContentsMargins(_RING, _RING, _RING, _RING)
        column.addWidget(self.fields)
        column.addWidget(self.slip)
        column.addWidget(self.following)
        column.addWidget(self.clash)
        column.addWidget(self.reason)
        column.addWidget(self.failure)
        row = QHBoxLayout()
        row.setContentsMargins(_RING, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.enter_button)
        row.addWidget(self.cancel)
        row.addStretch(1)
        row.addWidget(self.more)
        self.body.setContentsMargins(12, 12, 12, 12)
        self.body.setSpacing(8)
        self.body.addLayout(head)
        self.body.addWidget(self._scroll)
        self.body.addLayout(row)

    def _connect(self) -> None:
        presenter, fields = self.presenter, self.fields
        fields.name.typed.connect(presenter.type)
        fields.name.chosen.connect(presenter.choose)
        fields.name.unlinked.connect(presenter.unlink)
        fields.answered.connect(lambda values: presenter.set(**values))
        fields.more.toggled.connect(lambda _open: self.place())
        self.reason.typed.connect(lambda: presenter.set(reason=self.reason.text()))
        self.following.clicked.connect(lambda on: presenter.follow(following=on))
        self.enter_button.clicked.connect(self.enter)
        self.cancel.clicked.connect(self.cancel_form)
        self._close.clicked.connect(self.close_popover)
        self.more.clicked.connect(
            lambda: self.more_asked.emit(presenter.draft.id, self.more.mapToGlobal(self.more.rect().bottomLeft()))
        )
        self._controls = frozenset(field.control for field in (*fields.texts(), self.reason))

    # --- opening and leaving

    def open_for(self, anchor: QRect) -> None:
        """Show the form that the presenter has begun."""
        if self.isHidden():
            self.open_at(anchor)
        self.point_at(anchor)
        self.fields.name.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.fields.name.field.control.selectAll()  # type: ignore[attr-defined]  # a line of text

    def close_popover(self) -> None:
        """Esc, or a click elsewhere: what was typed is kept for the next time."""
        if not self.isHidden():
            self.fields.commit()
            self.fields.name.close_list()
            self.presenter.leave()
        super().close_popover()

    def cancel_form(self) -> None:
        """ "Abbrechen": nothing is kept."""
        self.presenter.drop()
        self._shut()

    def _shut(self) -> None:
        self.fields.name.close_list()
        super().close_popover()

    def enter(self) -> None:
        """Enter the appointment as it stands here."""
        if self.fields.commit() and self.reason.commit():
            self.failure.say("")
            self.presenter.enter()

    # --- what the presenter shows

    def show_form(self) -> None:
        form = self.presenter.form
        changes = form.before is not None
        self.title.setText(_("Termin ändern") if changes else _("Neuer Termin"))
        self.enter_button.setText(_("Speichern") if changes else _("Eintragen"))
        self.enter_button.refit()
        self.more.setVisible(changes)
        self.slip.setText(slip_words(form.language))
        self.following.setVisible(changes and form.series is not None)
        self.following.setChecked(form.following)
        self.fields.show_form(form, self.presenter.today)
        self._show_clash(form)
        self.form_changed.emit(form)
        if not self.isHidden():
            self.place()

    def _show_clash(self, form: Form) -> None:
        clash = form.clash
        words = ""
        if clash is not None:
            held = _("Dort steht: {holder}.").format(holder=clash.holder) if clash.holder else ""
            words = " ".join(part for part in (clash.words, held) if part)
        self.clash.say(words, "warn")
        self.reason.setVisible(clash is not None and clash.with_reason)
        self.reason.offer_value(form.draft.reason or None)

    def show_found(self, found: tuple[Found, ...], typed: str) -> None:
        self.fields.name.show_found(found, typed)

    def show_booked(self, words: str, deed: UUID | None, start: datetime, appointment: UUID) -> None:
        self._shut()
        self.booked.emit(words, deed, start, appointment)

    def show_booking_failed(self, message: str) -> None:
        self.failure.say(message, "warn")
        self.place()
        if not self.fields.name.field.text().strip():
            self.fields.name.field.setFocus()

    # --- room and keys

    def place(self) -> None:
        content = self._scroll.widget()
        window = self.parentWidget()
        if content is not None and window is not None:
            for inside in (self.fields.name.layout(), self.fields.layout()):
                assert inside is not None
                inside.activate()  # from the inside: what was hidden takes no room
            layout = content.layout()
            assert layout is not None
            layout.activate()
            inner = self.width() - 2 * SHADOW - 24
            wanted = layout.totalHeightForWidth(inner) if layout.hasHeightForWidth() else content.sizeHint().height()
            beside = self.enter_button.sizeHint().height() + self._close.sizeHint().height() + 2 * 12 + 2 * 8
            room = window.height() - beside - _AROUND
            self._scroll.setFixedHeight(max(min(wanted, room), 120))
        super().place()

    def refit(self) -> None:
        if not self.isHidden():
            self.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        key = event if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        plain = key is not None and key.key() in _ENTER and not modified(key) and not key.isAutoRepeat()
        if plain and watched in self._controls:
            self.enter()
            return True
        return super().eventFilter(watched, event)
