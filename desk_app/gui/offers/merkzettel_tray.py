"""Offers collected for one page: the tray above, and the two buttons beside "Vermitteln"."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from desk_app.gui.families.undo_banner import UndoBar
from desk_app.gui.widgets.buttons import Button
from desk_app.i18n import _
from desk_app.presenters.merkzettel import Merkzettel

if TYPE_CHECKING:
    from desk_app.gui.papers.slip_dialog import SlipDialog
    from desk_app.presenters.offer_detail import Sheet
    from desk_app.presenters.offer_reading import Context
    from desk_app.presenters.runner import Runner


class MerkzettelTray(QObject):
    """``button`` stands in the head of the page, ``add`` and ``print`` beside the offer."""

    def __init__(self, page: QWidget, told: UndoBar, runner: Runner) -> None:
        super().__init__(page)
        self._page, self._told, self._runner = page, told, runner
        self._offer: tuple[UUID, str] | None = None
        self.paper = Merkzettel()
        self.dialog: SlipDialog | None = None
        self.button = Button("", "tint", "list-checks")
        self.add = Button("", "secondary", "list-plus", "M")
        self.print = Button("", "secondary", "printer", "D")
        self.print.setToolTip(_("Dieses Angebot allein, zum Mitgeben"))
        self.menu = QMenu(self.button)
        self.button.clicked.connect(self._open_menu)
        self.add.clicked.connect(self.toggle)
        self.print.clicked.connect(self.print_this)
        self._show()

    def show_family(self, context: Context | None) -> None:
        """For whom it is; for another family one begins anew."""
        if self.paper.show_family(context):
            self._told.tell(_("Der Merkzettel der vorigen Familie ist geleert."))
        self._show()

    def show_offer(self, sheet: Sheet | None) -> None:
        """The offer in front."""
        self._offer = (sheet.id, sheet.title) if sheet is not None else None
        self._show()

    def toggle(self) -> None:
        """M: put the offer in front on the page, or take it off."""
        if self._offer is not None:
            self.paper.toggle(*self._offer)
            self._show()

    def print_this(self) -> None:
        """The offer in front alone."""
        if self._offer is not None:
            self._print((self._offer[0],))

    def print_all(self) -> None:
        """All that was collected, on one page."""
        self._print(tuple(self.paper.offers))

    def _print(self, offers: tuple[UUID, ...]) -> None:
        from desk_app.gui.papers.slip_dialog import show_slip
        from desk_app.presenters.paper_out import Slip

        window, household = self._page.window(), self.paper.household
        self.dialog = show_slip(window, self._runner, Slip.OFFERS, offers, household, self._told.tell)

    def _drop(self) -> None:
        self.paper.offers.clear()
        self._show()

    def _take_off(self, offer: UUID) -> None:
        self.paper.offers.pop(offer, None)
        self._show()

    def _open_menu(self) -> None:
        self.menu.clear()
        self.menu.addAction(f"{self.paper.print_words} …", self.print_all)
        self.menu.addSeparator()
        for offer, title in self.paper.offers.items():
            words = _("„{offer}“ herunternehmen").format(offer=title)
            self.menu.addAction(words.replace("&", "&&"), partial(self._take_off, offer))
        self.menu.addSeparator()
        self.menu.addAction(_("Leeren"), self._drop)
        self.menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def _show(self) -> None:
        self.button.setText(self.paper.tray_words)
        self.button.setVisible(bool(self.paper.offers))
        self.add.setText(self.paper.add_words(self._offer[0] if self._offer else None))
        self.print.setText(self.paper.print_words)
        for button in (self.button, self.add, self.print):
            button.refit()
