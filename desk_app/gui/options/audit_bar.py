"""The line above the log: its columns, and taking it out, which is more than what is read so far."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.domain.lists import Narrowing
from desk_app.gui.lists.bar import ListBar
from desk_app.gui.row_view import RowView
from desk_app.i18n import N_, _
from desk_app.presenters.audit import SPEC, AuditPresenter
from desk_app.presenters.lists import Form

if TYPE_CHECKING:
    from desk_app.domain.clock import Clock
    from desk_app.presenters.runner import Runner


class _Entries:
    """The log as a list of rows; what narrows it are the filters of its card."""

    narrowing = Narrowing()

    def __init__(self, view: RowView) -> None:
        self._view = view

    def narrow(self, narrowing: Narrowing) -> None: ...

    @property
    def shown_rows(self) -> Sequence[object]:
        return self._view.table.rows

    @property
    def everybody(self) -> int:
        return len(self.shown_rows)


class AuditBar(ListBar):
    """The log goes out with everything an entry tells, whichever columns are shown: it is a proof."""

    WARNING = N_(
        "Wer an diesen Ordner kommt, kann lesen, wer wann an welcher Akte gearbeitet hat. Bitte geben Sie die Datei "
        "nur weiter, wenn es dafür einen Grund gibt, und löschen Sie sie hier, sobald sie nicht mehr gebraucht wird."
    )

    def __init__(self, log: AuditPresenter, view: RowView, runner: Runner, clock: Clock) -> None:
        super().__init__(SPEC, _Entries(view), view, runner, clock)
        self._log = log

    def _title(self) -> str:
        return _("Auswahl des Protokolls") if self._log.narrowed else _("Protokoll")

    def _count_words(self) -> str:
        if self._log.narrowed:
            return _("Alle Einträge dieser Auswahl, mit allen Angaben")
        return _("Alle Einträge, mit allen Angaben")

    def _export(self, folder: Path, form: Form) -> None:
        self._log.export(folder, form)

    def _print(self) -> None:
        self._log.print(self)
