"""Paper: Qt's print dialog and the pages of a request on the printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk_app.casework.preview import PagePicture, RequestPreview
from desk_app.gui.printing import choose_printer, put_on_paper
from desk_app.i18n import _

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desk_app.presenters.placements import PlacementsPresenter

AskPrinter = Callable[[QWidget], "QPrinter | None"]


class RequestPrinting(QObject):
    """Puts the request of the preview on paper, or says why not."""

    told = Signal(str, str)
    """A sentence and its tone."""

    def __init__(self, page: QWidget, presenter: PlacementsPresenter, ask_printer: AskPrinter = choose_printer) -> None:
        super().__init__(page)
        self._page = page
        self._presenter = presenter
        self._ask_printer = ask_printer

    def print(self, shown: RequestPreview | None) -> None:
        """Ask for a printer and print; what is incomplete stays here."""
        if shown is None:
            return
        if shown.open_questions:
            words = _("Gedruckt wird erst, wenn die Anfrage vollständig ist. Was fehlt, steht in der Vorschau.")
            self.told.emit(words, "warn")
            return
        printer = self._ask_printer(self._page)
        if printer is not None:
            self._presenter.print_pages(
                shown.request,
                lambda pages: print_pages(printer, pages),
                lambda error: self.told.emit(error.message, "bad"),
            )


def print_pages(printer: QPrinter, pages: Sequence[PagePicture]) -> None:
    """Put the pages of a request on paper."""
    put_on_paper(printer, pages, "Schulplatzanfrage")
