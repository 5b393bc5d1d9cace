"""The end of the page "Heute": what is not closed yet and, at the right, that everything stays on this PC."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desk_app.gui.painting import box, painting, width_of
from desk_app.gui.state_line import StateLine, paint_state
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button, IconButton
from desk_app.gui.widgets.labels import ElidedLabel
from desk_app.i18n import _, ngettext
from desk_app.presenters.today_rows import Foot

HEIGHT = 42
HEIGHT_WIDE = 50


class _Told(QLabel):
    """One line about backup or store, as the rail shows it."""

    def __init__(self) -> None:
        super().__init__()
        self._line: StateLine | None = None
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_line(self, line: StateLine | None) -> None:
        self._line = line
        self.setAccessibleName(line.words if line else "")
        self.setToolTip(line.detail if line else "")
        self.setVisible(line is not None)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = Theme.current()
        words = self._line.words if self._line else ""
        return QSize(round(width_of(words, theme.font("small"))) + theme.px(24) + 2, theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(Theme.current().px(24), self.sizeHint().height())

    def refit(self) -> None:
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._line is not None:
            with painting(self) as painter:
                paint_state(painter, self._line, QRectF(self.rect()), Theme.current().font("small"))


class TodayFoot(QWidget):
    """On a wide page it is a card of its own."""

    closing_asked = Signal(object)
    """The day to close; ``None`` for today."""
    sheet_asked = Signal()
    print_asked = Signal()
    earlier_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._wide = False
        self._day: object = None
        self._backup: StateLine | None = None
        self.setAccessibleName(_("Stand des Tages"))
        self.told = _Told()
        self.backup = _Told()
        self.closing = Button(_("Tagesabschluss"), "ghost", "list-checks", height="compact")
        self.sheet = Button(_("Tagesblatt nachtragen"), "ghost", "clipboard-pen", height="compact")
        words = _("Offline-Betrieb: Alle Daten liegen verschlüsselt auf diesem PC.")
        self.offline = ElidedLabel(words, "small", "text3")
        self.earlier = Button("", "ghost", "calendar-arrow-up", height="compact")
        self.earlier.hide()
        self.earlier.clicked.connect(self.earlier_asked)
        self.closing.setToolTip(_("Tagesabschluss (Strg+Umschalt+T)"))
        self.sheet.setToolTip(_("Tagesblatt nachtragen (Strg+Umschalt+N)"))
        self.closing.clicked.connect(lambda _checked=False: self.closing_asked.emit(self._day))
        self.sheet.clicked.connect(self.sheet_asked)
        row = QHBoxLayout(self)
        row.setSpacing(6)
        self._row = row
        for widget in (self.backup, self.told):
            row.addWidget(widget)
        row.addSpacing(4)
        self.printer = IconButton("printer", _("Tagesblatt drucken (Strg+P)"), "compact")
        self.printer.clicked.connect(self.print_asked)
        for button in (self.closing, self.sheet, self.printer, self.earlier):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.offline)
        self.backup.hide()
        self.told.hide()
        self.refit()

    def show_foot(self, foot: Foot) -> None:
        """What is not closed yet."""
        self._day = foot.day
        self.told.show_line(StateLine("circle-alert", foot.words, foot.tone) if foot.words else None)
        self.closing.set_kind("tint" if foot.words else "ghost")
        self.closing.refit()

    def show_earlier(self, chances: int, wishes: int) -> None:
        """How many would come earlier, and for how many a time fell free."""
        words = ngettext("{n} kann früher kommen", "{n} können früher kommen", chances).format(n=chances)
        self.earlier.setText(words if chances else _("Früher kommen {n}").format(n=wishes))
        self.earlier.set_kind("tint" if chances else "ghost")
        self.earlier.setVisible(wishes > 0)
        self.earlier.refit()

    def show_states(self, lines: Sequence[StateLine]) -> None:
        """How the backups stand: shown here on wide pages, and in any case where something is wrong."""
        line = next((line for line in lines if line.tone in ("warn", "bad")), lines[0] if lines else None)
        self._backup = line
        self._show_backup()

    def _show_backup(self) -> None:
        self.backup.show_line(self._backup if self._wide else None)

    def set_wide(self, wide: bool) -> None:
        self._wide = wide
        self._show_backup()
        self.refit()
        self.update()

    def refit(self) -> None:
        self.setFixedHeight(Theme.current().px(HEIGHT_WIDE if self._wide else HEIGHT))
        side = 16 if self._wide else 3
        self._row.setContentsMargins(side, 0, side, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._wide:
            with painting(self) as painter:
                box(painter, self.rect(), 10, "surface", "line")
