"""Before and after an export: what will be written where, and what was made with which passphrase."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.casework.exports import Exported, ShipmentResult
from desk_app.gui.secret_sheet import SecretText
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.labels import ElidedLabel, Label
from desk_app.gui.widgets.overlays import Scrim
from desk_app.gui.widgets.progress_dialog import TargetLine
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import _, ngettext
from desk_app.presenters.placement_export import Errand, OutForms
from desk_app.presenters.placements import Selection

_UNSCROLLED = 2
"""So many shipments stand there in full; offices are no more."""
_LEAST, _MOST, _AROUND = 160, 440, 420
"""Pixels at 100 %: the list of more of them at least and at most, and what stands around it."""
_SHOWN = 3
"""So many file names or reasons are listed one by one."""


def what_words(count: int, forms: OutForms, errand: Errand = Errand.REQUESTS) -> str:
    """What will be written: "Excel-Liste und PDF für 4 Kinder, verschlüsselt"."""
    form = _("Excel-Liste und PDF") if forms.xlsx and forms.pdf else _("Excel-Liste") if forms.xlsx else _("PDF")
    if errand is Errand.CHANGES:
        words = ngettext("Änderungen zu {n} Kind", "Änderungen zu {n} Kindern", count)
    elif errand is Errand.RETRACTION:
        words = ngettext("Bitte um Streichung für {n} Kind", "Bitte um Streichung für {n} Kinder", count)
    elif errand is Errand.SCHOOLS:
        words = ngettext("Daten von {n} Kind für die Schule", "Daten von {n} Kindern für die Schulen", count)
    else:
        words = ngettext("{form} für {n} Kind", "{form} für {n} Kinder", count)
    lock = _("verschlüsselt") if forms.encrypted else _("nicht verschlüsselt")
    return ", ".join((words.format(form=form, n=count), lock))


def export_notes(selection: Selection) -> list[str]:
    """What to bear in mind before these requests leave."""
    found = []
    if selection.incomplete:
        stay = ngettext(
            "{n} unvollständige Anfrage bleibt hier.",
            "{n} unvollständige Anfragen bleiben hier.",
            selection.incomplete,
        )
        found.append(stay.format(n=selection.incomplete))
    if selection.placed:
        stay = ngettext(
            "{n} Anfrage mit Platz oder ruhend bleibt hier.",
            "{n} Anfragen mit Platz oder ruhend bleiben hier.",
            selection.placed,
        )
        found.append(stay.format(n=selection.placed))
    if selection.sent_before:
        again = ngettext(
            "{n} Anfrage wurde schon einmal übermittelt.",
            "{n} Anfragen wurden schon einmal übermittelt.",
            selection.sent_before,
        )
        found.append(again.format(n=selection.sent_before))
    return found


class ResultDialog(Scrim):
    """What was made, where it lies, what opens it, what was left out and why.

    The passphrases are shown here once; later they are in the log of the sendings alone.
    """

    folder_asked = Signal()

    def __init__(self, window: QWidget, folder: Path, result: Exported, errand: Errand = Errand.REQUESTS) -> None:
        super().__init__(window, 540)
        title = _sent_words(errand, result.sent)
        self.panel.setAccessibleName(title)
        self.done = Button(_("Fertig"), "primary")
        self.open_folder = Button(_("Ordner öffnen"), "secondary", "folder-open")
        self.done.clicked.connect(self.dismiss)
        self.open_folder.clicked.connect(self.folder_asked)
        self.secrets: list[SecretText] = []
        self.copies: list[Button] = []
        self.body.setSpacing(0)
        self._build(title, folder, result)

    def _build(self, title: str, folder: Path, result: Exported) -> None:
        column = self.body
        column.addWidget(Label(title, "title", wrap=True))
        column.addSpacing(2)
        locked = all(shipment.passphrase for shipment in result.shipments)
        words = (
            ngettext(
                "{n} Datei, verschlüsselt und geprüft", "{n} Dateien, verschlüsselt und geprüft", len(result.files)
            )
            if locked
            else ngettext("{n} Datei, nicht verschlüsselt", "{n} Dateien, nicht verschlüsselt", len(result.files))
        )
        column.addWidget(Label(words.format(n=len(result.files)), "body", "text2"))
        column.addSpacing(12)
        target = TargetLine()
        target.setText(str(folder))
        target.setToolTip(str(folder))
        column.addWidget(target)
        shipments = self._room_for(len(result.shipments))
        for shipment in result.shipments:
            self._add_shipment(shipments, shipment)
        if locked:
            column.addSpacing(8)
            words = _(
                "Bitte per Telefon durchgeben, nie in der Mail mit den Dateien. Die Passphrase steht hier nur einmal; "
                "später zeigt sie die Liste „Sendungen“."
            )
            column.addWidget(Label(words, "small", "warn", wrap=True))
        if result.left_out:
            _heading(column, _("Hier geblieben"))
            _list(column, [item.reason for item in result.left_out], _("und {n} weitere"))
        if result.notes:
            _heading(column, _("Bitte ansehen"))
            _list(column, result.notes, _("und {n} weitere Hinweise"))
        if not locked:
            column.addSpacing(12)
            column.addWidget(
                Label(_("Bitte nur auf dem vereinbarten sicheren Weg weitergeben."), "small", "text2", wrap=True)
            )
        column.addSpacing(16)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.done)
        row.addWidget(self.open_folder)
        row.addStretch(1)
        column.addLayout(row)

    def _room_for(self, shipments: int) -> QVBoxLayout:
        """Where shipments are listed: many of them scroll, so that the buttons stay within the window."""
        if shipments <= _UNSCROLLED:
            return self.body
        theme, scroll, window = Theme.current(), ScrollArea(), self.parentWidget()
        assert window is not None
        scroll.column.setSpacing(0)
        scroll.setFixedHeight(max(theme.px(_LEAST), min(theme.px(_MOST), window.height() - theme.px(_AROUND))))
        self.body.addWidget(scroll)
        return scroll.column

    def _add_shipment(self, column: QVBoxLayout, shipment: ShipmentResult) -> None:
        _heading(column, _("{office}, Sendung {number}").format(office=shipment.label, number=shipment.number))
        if shipment.passphrase:
            secret = SecretText(shipment.passphrase, _("Passphrase für {office}").format(office=shipment.label))
            secret.setCursorPosition(0)
            copy = Button(_("Kopieren"), "secondary", "copy")
            copy.clicked.connect(lambda _on=False: self._copy(secret, copy))
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(secret, 1)
            row.addWidget(copy)
            column.addLayout(row)
            column.addSpacing(4)
            self.secrets.append(secret)
            self.copies.append(copy)
        more = ngettext("und {n} weitere Datei", "und {n} weitere Dateien", len(shipment.files) - _SHOWN)
        _list(column, [path.name for path in shipment.files], more, wrap=False)

    @staticmethod
    def _copy(secret: SecretText, button: Button) -> None:
        QGuiApplication.clipboard().setText(secret.text())
        button.setText(_("Kopiert"))

    def tell(self) -> None:
        self.open(self.done)


def _sent_words(errand: Errand, sent: int) -> str:
    words = {
        Errand.REQUESTS: ngettext("{n} Anfrage übermittelt", "{n} Anfragen übermittelt", sent),
        Errand.CHANGES: ngettext("{n} Änderung gemeldet", "{n} Änderungen gemeldet", sent),
        Errand.RETRACTION: ngettext("{n} Streichung gesendet", "{n} Streichungen gesendet", sent),
        Errand.SCHOOLS: ngettext("Daten von {n} Kind geschrieben", "Daten von {n} Kindern geschrieben", sent),
    }
    return words[errand].format(n=sent)


def _heading(column: QVBoxLayout, words: str) -> None:
    column.addSpacing(12)
    column.addWidget(Label(words, "small", strong=True, wrap=True))
    column.addSpacing(3)


def _list(column: QVBoxLayout, lines: Sequence[str], more: str, wrap: bool = True) -> None:
    for line in lines[:_SHOWN]:
        label = Label(line, "small", "text2", wrap=True) if wrap else ElidedLabel(line, "small", "text2")
        label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        column.addWidget(label)
        column.addSpacing(2)
    if len(lines) > _SHOWN:
        column.addWidget(Label(more.format(n=len(lines) - _SHOWN), "small", "text3"))
