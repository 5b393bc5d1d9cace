"""The lists that are opened from the page of offers, and the report on what is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from desk_app.casework.offer_freshness import ToPhone
from desk_app.casework.referral_lines import ReferralLine
from desk_app.domain.clock import Clock, local_day
from desk_app.gui.families.undo_banner import UndoBar
from desk_app.gui.folders import FolderTools
from desk_app.gui.offers.gap_dialogs import ReportDialog
from desk_app.gui.offers.list_dialogs import ListDialog
from desk_app.gui.offers.outcome_flow import OutcomeFlow
from desk_app.i18n import _
from desk_app.presenters.offer_lists import ListRow, proposal_rows, slip_rows, stale_rows
from desk_app.presenters.offer_steps import OfferSteps
from desk_app.presenters.offers import OffersPresenter

if TYPE_CHECKING:
    from desk_app.casework.lists import Exported
    from desk_app.presenters.runner import Runner


class DirectoryLists(QObject):
    """One list at a time; it is filled again whenever the page read the directory again."""

    def __init__(
        self, page: QWidget, presenter: OffersPresenter, steps: OfferSteps, runner: Runner, clock: Clock,
        refusal: str = "", list_refusal: str = "",
    ) -> None:  # fmt: skip
        super().__init__(page)
        self._page, self._presenter, self._steps = page, presenter, steps
        self._runner, self._clock = runner, clock
        self._refusal, self._list_refusal = refusal, list_refusal
        self._fill_again: Callable[[], None] = lambda: None
        self.outcomes = OutcomeFlow(page, steps, clock)
        self.folders = FolderTools()
        self.dialog: ListDialog | None = None
        self.report: ReportDialog | None = None

    def fill(self, menu: QMenu) -> None:
        """Put the ways to the lists into a menu, with how much waits there."""
        directory = self._presenter.directory
        if directory is None:
            return
        menu.addAction(_("Stand prüfen ({n}) …").format(n=self._presenter.faded), self.open_stale)
        menu.addAction(_("Vorschläge ({n}) …").format(n=len(directory.proposals)), self.open_proposals)
        menu.addSeparator()
        menu.addAction(_("Code vom Zettel …"), self.outcomes.ask_code)
        menu.addAction(_("Zettel ohne Rückmeldung …"), self.open_slips)

    # --- lists

    def open_stale(self) -> None:
        """What to phone through."""
        dialog = self._open(
            _("Stand prüfen"),
            _("Älter als sechs Monate, die meistgenutzten zuerst. Ein Anruf, dann Eingabe auf „Stimmt noch“."),
            _("Alle Angebote sind in den letzten sechs Monaten geprüft."),
        )

        def fill() -> None:
            self._steps.to_phone(arrived)

        def arrived(found: tuple[ToPhone, ...]) -> None:
            dialog.show_rows(stale_rows(found), ((_("Öffnen"), self._show), (_("Stimmt noch"), self._confirm)))

        self._begin(dialog, fill)

    def open_proposals(self) -> None:
        """What waits for a yes or no."""
        words = _("Angenommene stehen danach im Verzeichnis; abgelehnte kommen nicht wieder.")
        dialog = self._open(_("Vorschläge"), self._refusal or words, _("Kein Vorschlag wartet."))

        def fill() -> None:
            directory = self._presenter.directory
            if directory is None:
                return
            deeds = ((_("Ablehnen"), self._decline), (_("Annehmen"), self._accept))
            dialog.show_rows(proposal_rows(directory), ((_("Ansehen"), self._show_about), *deeds)
                             if not self._refusal else ((_("Ansehen"), self._show_about),))  # fmt: skip

        self._begin(dialog, fill)

    def open_slips(self) -> None:
        """Slips that are out for more than two weeks."""
        dialog = self._open(
            _("Zettel ohne Rückmeldung"), _("Seit mehr als zwei Wochen unterwegs, die ältesten zuerst."),
            _("Kein Zettel ist länger als zwei Wochen ohne Rückmeldung."),
        )  # fmt: skip

        def fill() -> None:
            self._steps.open_slips(arrived)

        def arrived(lines: tuple[ReferralLine, ...]) -> None:
            known = {line.id: line for line in lines}
            dialog.show_rows(slip_rows(lines), ((_("Ergebnis …"), lambda row: self.outcomes.begin((known[row.id],))),))

        self._begin(dialog, fill)

    def _open(self, title: str, words: str, empty: str) -> ListDialog:
        dialog = self.dialog = ListDialog(self._page.window(), title, words, empty, UndoBar(self._runner))
        return dialog

    def _begin(self, dialog: ListDialog, fill: Callable[[], None]) -> None:
        self._fill_again = fill
        dialog.dismissed.connect(self._forget)
        fill()
        dialog.ask()

    def _forget(self) -> None:
        self._fill_again = lambda: None
        self.dialog = None

    def refresh(self) -> None:
        """The directory was read again."""
        if self.dialog is not None:
            self._fill_again()

    # --- what the rows do

    def _confirm(self, row: ListRow) -> None:
        self._steps.confirm(row.id, row.title)

    def _accept(self, row: ListRow) -> None:
        self._steps.accept(row.id, row.title)

    def _decline(self, row: ListRow) -> None:
        self._steps.decline(row.id, row.title)

    def _show(self, row: ListRow) -> None:
        if self.dialog is not None:
            self.dialog.dismiss()
        self._presenter.point_at(row.id)

    def _show_about(self, row: ListRow) -> None:
        """A proposed change is looked at beside the offer it is about."""
        listed = self._presenter.listed(row.id)
        about = listed.replaces if listed is not None and listed.replaces is not None else row.id
        if self.dialog is not None:
            self.dialog.dismiss()
        self._presenter.point_at(about)

    # --- what was done

    def show_done(self, words: str, deed: UUID) -> None:
        if self.dialog is not None:
            self.dialog.undo_bar.tell_done(words, deed)
            self.dialog.refit()

    def show_failed(self, message: str) -> None:
        if self.dialog is not None:
            self.dialog.undo_bar.show_failed(message)
            self.dialog.refit()

    # --- the report

    def ask_report(self) -> None:
        """Gesucht und nicht gefunden, as a workbook."""
        if self._list_refusal:
            self._steps.tell_refused(self._list_refusal)
            return
        dialog = self.report = ReportDialog(self._page.window(), local_day(self._clock()))
        dialog.asked.connect(self._write_report)
        dialog.ask()

    def _write_report(self, first: date, last: date) -> None:
        folder = self.folders.choose(self._page.window(), None)
        if folder is not None:
            self._steps.export_gaps(first, last, folder, lambda done: self._told(done, folder))

    def _told(self, done: Exported, folder: Path) -> None:
        self._steps.tell(_("Gespeichert: {name}").format(name=done.path.name))
        self.folders.show(folder)
