"""Before and after an export: may these files lie there unprotected, and what was made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.casework.exports import Exported
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.labels import ElidedLabel, Label
from desk_app.gui.widgets.overlays import Scrim
from desk_app.gui.widgets.progress_dialog import TargetLine
from desk_app.i18n import _, ngettext
from desk_app.presenters.placements import Selection

_SHOWN = 4
"""So many file names or reasons are listed one by one."""


def what_words(selection: Selection, *, xlsx: bool, pdf: bool) -> str:
    """What will be written: "Excel-Liste und PDF für 4 Kinder"."""
    form = _("Excel-Liste und PDF") if xlsx and pdf else _("Excel-Liste") if xlsx else _("PDF")
    words = ngettext("{form} für {n} Kind", "{form} für {n} Kinder", selection.ready)
    return words.format(form=form, n=selection.ready)


def export_warnings(selection: Selection) -> list[str]:
    """What to bear in mind before files about these children lie somewhere unprotected."""
    found = [
        _(
            "Wer an diesen Ordner kommt, kann die Angaben über die Kinder lesen. Bitte die Dateien nur auf dem "
            "vereinbarten sicheren Weg weitergeben und hier löschen, sobald sie angekommen sind."
        )
    ]
    if selection.incomplete:
        stay = ngettext(
            "{n} unvollständige Anfrage bleibt hier.",
            "{n} unvollständige Anfragen bleiben hier.",
            selection.incomplete,
        )
        found.append(stay.format(n=selection.incomplete))
    if selection.sent_before:
        again = ngettext(
            "{n} Anfrage wurde schon einmal übermittelt.",
            "{n} Anfragen wurden schon einmal übermittelt.",
            selection.sent_before,
        )
        found.append(again.format(n=selection.sent_before))
    return found


class ResultDialog(Scrim):
    """What was made, where it lies, what was left out and why."""

    folder_asked = Signal()

    def __init__(self, window: QWidget, folder: Path, result: Exported) -> None:
        super().__init__(window)
        title = ngettext("{n} Anfrage übermittelt", "{n} Anfragen übermittelt", result.sent).format(n=result.sent)
        self.panel.setAccessibleName(title)
        self.done = Button(_("Fertig"), "primary")
        self.open_folder = Button(_("Ordner öffnen"), "secondary", "folder-open")
        self.done.clicked.connect(self.dismiss)
        self.open_folder.clicked.connect(self.folder_asked)
        column = self.body
        column.setSpacing(0)
        column.addWidget(Label(title, "title", wrap=True))
        column.addSpacing(2)
        count = ngettext("{n} Datei, nicht verschlüsselt", "{n} Dateien, nicht verschlüsselt", len(result.files))
        column.addWidget(Label(count.format(n=len(result.files)), "body", "text2"))
        column.addSpacing(14)
        target = TargetLine()
        target.setText(str(folder))
        target.setToolTip(str(folder))
        column.addWidget(target)
        column.addSpacing(8)
        self._list(column, [path.name for path in result.files], _("und {n} weitere"), wrap=False)
        if result.left_out:
            self._heading(column, _("Hier geblieben"))
            self._list(column, [item.reason for item in result.left_out], _("und {n} weitere"))
        if result.notes:
            self._heading(column, _("Bitte ansehen"))
            self._list(column, result.notes, _("und {n} weitere Hinweise"))
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

    @staticmethod
    def _heading(column: QVBoxLayout, words: str) -> None:
        column.addSpacing(12)
        column.addWidget(Label(words, "small", strong=True))
        column.addSpacing(2)

    @staticmethod
    def _list(column: QVBoxLayout, lines: Sequence[str], more: str, wrap: bool = True) -> None:
        for line in lines[:_SHOWN]:
            label = Label(line, "small", "text2", wrap=True) if wrap else ElidedLabel(line, "small", "text2")
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            column.addWidget(label)
            column.addSpacing(2)
        if len(lines) > _SHOWN:
            column.addWidget(Label(more.format(n=len(lines) - _SHOWN), "small", "text3"))

    def tell(self) -> None:
        self.open(self.done)
