"""What is done on the page of offers: its dialogs and lists, tied to the steps they ask for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desk_app.domain.clock import Clock, local_day
from desk_app.domain.offers import Offer
from desk_app.gui.cover import covered
from desk_app.gui.families.undo_banner import UndoBar
from desk_app.gui.offers.detail import OfferDetail
from desk_app.gui.offers.directory_lists import DirectoryLists
from desk_app.gui.offers.editor import OfferEditor
from desk_app.gui.offers.exchange_flow import ExchangeFlow
from desk_app.gui.offers.gap_dialogs import GapDialog
from desk_app.gui.offers.kept_note import keep_note
from desk_app.gui.offers.list_dialogs import HistoryDialog
from desk_app.gui.offers.refer_flow import ReferFlow
from desk_app.gui.offers.status_dialog import DEEDS, StatusDialog
from desk_app.gui.widgets.buttons import Button
from desk_app.i18n import _
from desk_app.presenters.offer_choices import choice_of
from desk_app.presenters.offer_steps import OfferSteps
from desk_app.presenters.offers import OffersPresenter

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.casework.offer_directory import Listed
    from desk_app.casework.offer_versions import Version
    from desk_app.presenters.runner import Runner


class PageDeeds(QObject):
    """``more`` is the button with the ways that are not taken every day.

    ``refusal`` is why the one at the desk may not change the directory; then what was typed becomes a proposal.
    """

    file_asked = Signal(object)
    """The file of the family in front is wanted."""

    def __init__(
        self,
        page: QWidget,
        told: UndoBar,
        presenter: OffersPresenter,
        runner: Runner,
        clock: Clock,
        refusal: str = "",
        list_refusal: str = "",
    ) -> None:
        super().__init__(page)
        self._page, self._told, self._presenter, self._clock = page, told, presenter, clock
        self._refusal = refusal
        self.steps = OfferSteps(self, runner)
        self.flow = ReferFlow(page, self.steps, clock)
        self.lists = DirectoryLists(page, presenter, self.steps, runner, clock, refusal, list_refusal)
        self.exchange = ExchangeFlow(page, told, runner, refusal, list_refusal)
        self.editor: OfferEditor | None = None
        self.gap: GapDialog | None = None
        self.history: HistoryDialog | None = None
        self.status: StatusDialog | None = None
        self.more = Button(_("Mehr"), "secondary", "ellipsis")
        self.ways = QMenu(self.more)
        self.more.clicked.connect(self._open_ways)

    def connect_detail(self, detail: OfferDetail) -> None:
        """Have the buttons of the detail do what they say."""
        detail.set_refusal(self._refusal)
        for signal, deed in (
            (detail.checked, self.steps.confirm),
            (detail.accept_asked, self.steps.accept),
            (detail.decline_asked, self.steps.decline),
            (detail.remove_asked, self.steps.remove),
        ):
            signal.connect(lambda deed=deed: self._with_selected(deed))
        detail.status_asked.connect(self.set_status)
        detail.edit_asked.connect(self.edit)
        detail.propose_asked.connect(lambda: self.edit(as_proposal=True))
        detail.history_asked.connect(self.show_history)

    # --- the selected offer

    def _selected(self) -> Listed | None:
        return self._presenter.listed(self._presenter.selected)

    def _with_selected(self, deed: Callable[[UUID, str], None]) -> None:
        if (listed := self._selected()) is not None:
            deed(listed.offer.id, listed.offer.title)

    def refer(self) -> None:
        """V, once there is a family."""
        context, directory = self._presenter.context, self._presenter.directory
        listed = self._selected()
        if context is None or directory is None or listed is None:
            return
        verdict = self._presenter.verdict(listed.offer.id)
        self.flow.begin(context, (choice_of(directory, listed, verdict, local_day(self._clock())),))

    def set_status(self, status: str) -> None:
        """Pause it, end it or have it go on; for the first two a reason may be given."""
        listed = self._selected()
        if listed is None:
            return
        offer = listed.offer
        if status not in DEEDS:
            self.steps.set_status(offer.id, status)
            return
        dialog = self.status = StatusDialog(self._page.window(), offer.title, status)
        entered = keep_note(dialog, dialog.words, self.steps, f"status/{offer.id}")
        dialog.asked.connect(lambda words: self.steps.set_status(offer.id, status, words))
        dialog.asked.connect(lambda _words: entered())
        dialog.ask()

    def show_history(self) -> None:
        """Every state the offer had."""
        listed = self._selected()
        if listed is None:
            return
        offer = listed.offer

        def arrived(versions: tuple[Version, ...]) -> None:
            dialog = self.history = HistoryDialog(self._page.window(), offer.title, versions, self._refusal)
            dialog.back_asked.connect(lambda number: self.steps.bring_back(offer.id, number))
            dialog.ask()

        self.steps.history(offer.id, arrived)

    # --- the form

    def edit(self, field: str = "", *, as_proposal: bool = False) -> None:
        """Change the selected offer, beginning at a field of it; or propose a change."""
        listed = self._selected()
        if listed is not None:
            self._edit(listed.offer, field, as_proposal=as_proposal, is_new=False)

    def edit_new(self) -> None:
        """+ Angebot: begun with the topic and audience that are looked at."""
        filters = self._presenter.filters
        offer = Offer(
            uuid4(), "", topics=(filters.topic,) if filters.topic else (), audiences=(filters.audience or "family",)
        )
        self._edit(offer, "", as_proposal=False, is_new=True)

    def _edit(self, offer: Offer, field: str, *, as_proposal: bool, is_new: bool) -> None:
        directory = self._presenter.directory
        if directory is None or (self.editor is not None and self.editor.isVisible()):
            return
        proposing = as_proposal or bool(self._refusal)
        title = _("Neues Angebot") if is_new else offer.title
        hint = _("Was Sie hier ändern, wartet als Vorschlag auf eine Entscheidung.") if proposing else ""
        editor = self.editor = OfferEditor(
            self._page.window(), offer, tuple(directory.organisations.values()), tuple(directory.venues.values()),
            local_day(self._clock()), title, hint,
        )  # fmt: skip
        editor.organisation_kept.connect(self.steps.keep_organisation)
        editor.venue_kept.connect(self.steps.keep_venue)
        editor.finished.connect(lambda typed: self._keep(editor, typed, proposing=proposing, is_new=is_new))
        editor.ask(field)

    def _keep(self, editor: OfferEditor, typed: Offer, *, proposing: bool, is_new: bool) -> None:
        if proposing:
            known = None if is_new else typed.id
            self.steps.propose(replace(typed, id=uuid4()), known, lambda: None, editor.show_failed)
        else:
            self.steps.keep(typed, typed.title, lambda: self._presenter.point_at(typed.id), editor.show_failed)

    # --- more ways

    def _open_ways(self) -> None:
        self.ways.clear()
        context = self._presenter.context
        if context is not None:
            words = _("Akte: {family}").format(family=covered(context.title))
            self.ways.addAction(words.replace("&", "&&"), lambda: self.file_asked.emit(context.household))
            self.ways.addSeparator()
        self.lists.fill(self.ways)
        self.ways.addSeparator()
        self.ways.addAction(_("Nichts gefunden: notieren …"), self.note_gap)
        self.ways.addAction(_("Bericht: gesucht und nicht gefunden …"), self.lists.ask_report)
        self.ways.addSeparator()
        self.exchange.fill(self.ways)
        self.ways.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def note_gap(self) -> None:
        """Nothing that fits."""
        dialog = self.gap = GapDialog(self._page.window(), self._presenter.query, self._presenter.filters)
        entered = keep_note(dialog, dialog.words, self.steps, "gap")
        dialog.asked.connect(self.steps.note_gap)
        dialog.asked.connect(lambda _gap: entered())
        dialog.ask()

    # --- what the steps say

    def show_done(self, words: str, deed: UUID) -> None:
        self._told.tell_done(words, deed)
        self.lists.show_done(words, deed)

    def show_told(self, words: str) -> None:
        self._told.tell(words)

    def show_step_failed(self, message: str) -> None:
        self._told.show_failed(message)
        self.lists.show_failed(message)
