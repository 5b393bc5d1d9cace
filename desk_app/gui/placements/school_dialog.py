"""Before data go to schools: for each school how many children, what its files cannot say, and who stays out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import Divider
from desk_app.gui.widgets.inputs import TickBox
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.overlays import Scrim
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import _, ngettext
from desk_app.presenters.school_sets import SetLine

_WIDTH = 720
_SHOWN = 4
"""So many losses or reasons are listed one by one."""
_TALL, _LEAST, _AROUND = 420, 160, 380
"""Pixels at 100 %: the list at most and at least, and what stands around it."""


class SchoolSetsDialog(Scrim):
    """``chosen`` comes with the sets that were ticked, and whether they leave locked."""

    chosen = Signal(object, bool)

    def __init__(self, window: QWidget, lines: Sequence[SetLine]) -> None:
        super().__init__(window, _WIDTH)
        title = _("An die Schule")
        self.panel.setAccessibleName(title)
        self._lines = lines
        self.rows = [SetRow(line) for line in lines]
        self.encrypted = TickBox(_("verschlüsselt"))
        self.encrypted.setChecked(True)
        self.lock = Label("", "small", "text2", wrap=True)
        self.deed = Button(_("Ordner wählen …"), "primary", "folder-open")
        self.cancel = Button(_("Abbrechen"), "secondary", keys="Esc")
        self._list = ScrollArea()
        self._list.column.setSpacing(0)
        for place, row in enumerate(self.rows):
            if place:
                self._list.column.addWidget(Divider(0, 0))
            self._list.column.addWidget(row)
            row.tick.toggled.connect(self._follow)
        self._list.column.addStretch(1)
        self._build(title)
        self.encrypted.toggled.connect(self._follow)
        self.deed.clicked.connect(self._choose)
        self.cancel.clicked.connect(self.dismiss)
        self._follow()

    def _build(self, title: str) -> None:
        column = self.body
        column.setSpacing(8)
        column.addWidget(Label(title, "title"))
        words = _(
            "Die Schule liest diese Daten in SchILD-NRW oder SVWS ein und muss nichts abtippen. Dabei sind nur Kinder, "
            "die ihr zugewiesen sind und deren Familie eingewilligt hat."
        )
        column.addWidget(Label(words, "body", "text2", wrap=True))
        column.addWidget(self._list)
        column.addWidget(self.encrypted)
        column.addWidget(self.lock)
        column.addSpacing(6)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.deed)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        column.addLayout(foot)

    def ask(self) -> None:
        """Open; the keyboard is on the deed where there is one."""
        self._size()
        self.open(self.deed if self.deed.isEnabled() else self.cancel)

    @property
    def wanted(self) -> list[SetLine]:
        """The sets that are ticked."""
        return [row.line for row in self.rows if row.tick.isChecked()]

    def _follow(self) -> None:
        self.deed.setEnabled(bool(self.wanted))
        if self.encrypted.isChecked():
            words = _(
                "SchILD-Dateien haben kein eigenes Schloss. Deshalb liegen sie als Anlagen in je einem PDF mit "
                "Passphrase; Acrobat Reader und Firefox zeigen sie an. So ist auch kein Dateiname lesbar."
            )
        else:
            words = _(
                "Unverschlüsselt geht es nur, wenn eine zweite Person zustimmt. Bitte übergeben Sie die Dateien dann "
                "persönlich auf einem verschlüsselten Stick, nie als Mail."
            )
        self.lock.setText(words)

    def _choose(self) -> None:
        self.close_dialog()
        self.chosen.emit(self.wanted, self.encrypted.isChecked())
        self.dismissed.emit()

    def _size(self) -> None:
        theme, window = Theme.current(), self.parentWidget()
        assert window is not None
        needed = self._list.column.totalHeightForWidth(theme.px(_WIDTH) - 2 * theme.px(24))
        room = max(theme.px(_LEAST), window.height() - theme.px(_AROUND))
        self._list.setFixedHeight(min(needed, theme.px(_TALL), room))

    def refit(self) -> None:
        self._size()
        super().refit()


class SetRow(QWidget):
    """One school with its tick; without any child there is nothing to tick."""

    def __init__(self, line: SetLine) -> None:
        super().__init__()
        self.line = line
        self.tick = TickBox(line.title)
        self.tick.setChecked(line.children > 0)
        self.tick.setEnabled(line.children > 0)
        self.told = list(_told(line))
        self.setAccessibleName(", ".join((line.title, line.count_words, *(words for words, _tone in self.told))))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.tick)
        head.addStretch(1)
        head.addWidget(Label(line.count_words, "body", "text2"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 12, 10)
        column.setSpacing(3)
        column.addLayout(head)
        for words, tone in self.told:
            label = Label(words, "small", tone, wrap=True)
            label.setContentsMargins(26, 0, 0, 0)
            column.addWidget(label)


def _told(line: SetLine) -> list[tuple[str, str]]:
    """What is to be known of a set, each with its tone: who stays out first, since somebody can do something there."""
    told = [(words, "warn") for words in _some(line.left_out, _("und {n} weitere"))]
    told += [(words, "text2") for words in _some(line.losses, _("und {n} weitere, alle im Verlustbericht der Schule"))]
    if line.left_open:
        words = ngettext(
            "{n} Feld bleibt leer, weil niemand es sicher weiß.",
            "{n} Felder bleiben leer, weil niemand sie sicher weiß.",
            line.left_open,
        )
        told.append((words.format(n=line.left_open), "text3"))
    if not line.children:
        told.append((_("Für diese Schule entsteht kein Paket."), "text2"))
    return told


def _some(lines: Sequence[str], more: str) -> list[str]:
    shown = list(lines[:_SHOWN])
    return [*shown, more.format(n=len(lines) - _SHOWN)] if len(lines) > _SHOWN else shown
