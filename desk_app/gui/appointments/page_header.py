"""The head of the page: which days, in which view, and the way to a new appointment."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desk_app.gui.header import Header
from desk_app.gui.widgets.buttons import Button, IconButton
from desk_app.gui.widgets.tick_fields import SegmentedControl
from desk_app.i18n import _
from desk_app.presenters.appointments import Mode

_MODES = (Mode.DAY, Mode.WEEK, Mode.LIST)


class AppointmentsHeader(Header):
    """Emits the step in days or weeks, 0 for today."""

    stepped = Signal(int)
    mode_chosen = Signal(object)
    new_asked = Signal()
    print_asked = Signal()
    sheet_asked = Signal()
    """What was written on the paper sheet of a day is to be entered."""

    def __init__(self) -> None:
        super().__init__(_("Termine"))
        self.before = IconButton("chevron-left", _("Zurück (←)"), outlined=True)
        self.today = Button(_("Heute"))
        self.after = IconButton("chevron-right", _("Weiter (→)"), outlined=True)
        self.modes = SegmentedControl((_("Tag"), _("Woche"), _("Liste")))
        self.modes.setAccessibleName(_("Ansicht"))
        self.modes.set_current(0)
        self.new = Button(_("Termin"), "secondary", "plus")
        self.new.setToolTip(_("Neuer Termin (Strg+T)"))
        for widget in (self.before, self.today, self.after, self.modes):
            self.add_view(widget)
        self.sheet = IconButton("clipboard-pen", _("Tagesblatt nachtragen (Strg+Umschalt+N)"), outlined=True)
        self.sheet.clicked.connect(self.sheet_asked)
        self.add_action(self.sheet)
        self.printer = IconButton("printer", _("Tagesblatt oder Liste drucken (Strg+P)"), outlined=True)
        self.printer.clicked.connect(self.print_asked)
        self.add_action(self.printer)
        self.add_action(self.new)
        self.before.clicked.connect(lambda: self.stepped.emit(-1))
        self.today.clicked.connect(lambda: self.stepped.emit(0))
        self.after.clicked.connect(lambda: self.stepped.emit(1))
        self.modes.chosen.connect(lambda place: self.mode_chosen.emit(_MODES[place]))
        self.new.clicked.connect(self.new_asked)

    def show_mode(self, mode: Mode, *, narrow: bool) -> None:
        """Mark a view. In a narrow window a week has no room, and the button says so."""
        week = self.modes.segments[1]
        week.setEnabled(not narrow)
        week.setToolTip(_("Für die Woche ist das Fenster zu schmal.") if narrow else "")
        shown = Mode.DAY if narrow and mode is Mode.WEEK else mode
        self.modes.set_current(_MODES.index(shown))
        for widget in (self.before, self.today, self.after):
            widget.setVisible(mode is not Mode.LIST)
