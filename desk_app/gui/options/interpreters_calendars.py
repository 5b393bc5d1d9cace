"""The calendars of the desks: what of them is busy elsewhere comes in, the desk's appointments go out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import _, ngettext
from desk_app.presenters.interpreters import CalendarRow

_SHOWN = 4


class CalendarsCard(Card):
    """One line for each desk."""

    read_asked = Signal(object)
    """The id of the desk; likewise below."""
    export_asked = Signal(object)
    forget_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("Kalender der Plätze"))
        self.desks: tuple[CalendarRow, ...] = ()
        words = _("Hinaus gehen nur Art und Code eines Termins, herein kommt nur, wann jemand belegt ist.")
        self.body.addWidget(Label(words, "small", "text3", wrap=True))
        self.body.addSpacing(8)
        self._list = ScrollArea()
        self._list.setAccessibleName(_("Kalender der Plätze"))
        self._lines = self._list.column
        self._lines.setSpacing(4)
        self.body.addWidget(self._list)

    def show_desks(self, desks: Sequence[CalendarRow]) -> None:
        """Show these; what is the same stays untouched."""
        if tuple(desks) == self.desks:
            return
        self.desks = tuple(desks)
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for desk in desks:
            self._lines.addWidget(self._line(desk))
        self.refit()

    def refit(self) -> None:
        """As many desks as most centres have stand in full; the others are scrolled to."""
        theme = Theme.current()
        rows = min(len(self.desks), _SHOWN)
        self._list.setFixedHeight(rows * (theme.size("compact") + 4))

    def _line(self, desk: CalendarRow) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Label(desk.name, "body", "text"))
        busy = ngettext("{n} belegte Zeit", "{n} belegte Zeiten", desk.busy).format(n=desk.busy)
        row.addWidget(Label(busy if desk.busy else "", "small", "text3"), 1)
        if desk.busy:
            forget = Button(_("Entfernen"), "link", height="compact")
            forget.setAccessibleName(_("Belegte Zeiten von {desk} entfernen").format(desk=desk.name))
            forget.clicked.connect(lambda: self.forget_asked.emit(desk.seat))
            row.addWidget(forget)
        for words, symbol, signal in (
            (_("Einlesen …"), "calendar", self.read_asked),
            (_("Ausgeben …"), "download", self.export_asked),
        ):
            button = Button(words, "secondary", symbol, height="compact")
            button.setAccessibleName(_("{deed} Kalender von {desk}").format(deed=words, desk=desk.name))
            button.clicked.connect(lambda _on=False, signal=signal: signal.emit(desk.seat))
            row.addWidget(button)
        return line
