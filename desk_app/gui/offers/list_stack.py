"""The list of offers, or what stands in its place where nothing was found."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.messages import EmptyState
from desk_app.i18n import _

if TYPE_CHECKING:
    from desk_app.gui.offers.page_deeds import PageDeeds


class ListStack(QStackedWidget):
    def __init__(self, results: QWidget) -> None:
        super().__init__()
        self._nothing: QWidget | None = None
        self.addWidget(results)

    def show_nothing(self, state: QWidget | None) -> None:
        """Put this in place of the list; ``None`` shows the list again."""
        before, self._nothing = self._nothing, state
        if state is not None:
            self.addWidget(state)
            self.setCurrentWidget(state)
        else:
            self.setCurrentIndex(0)
        if before is not None:
            self.removeWidget(before)
            before.deleteLater()


def nothing_for(narrowed: bool, show_everything: Callable[[], None], deeds: PageDeeds) -> EmptyState:
    """What stands there instead of offers: nothing answers what was looked for, or there are none at all."""
    return _no_hit(show_everything, deeds.note_gap) if narrowed else _no_offers(deeds)


def _no_offers(deeds: PageDeeds) -> EmptyState:
    add = Button(_("Angebot anlegen"), "primary", "plus")
    add.clicked.connect(lambda _checked=False: deeds.edit_new())
    read_in = Button(_("Einlesen …"), "secondary")
    read_in.clicked.connect(lambda _checked=False: deeds.exchange.read_in())
    words = _(
        "Hier stehen alle Angebote, mit einer Familie davor geordnet nach dem, was passt und warum. Sie lassen sich "
        "anlegen oder aus einer Datei einlesen."
    )
    return EmptyState(_("Noch kein Angebot im Verzeichnis"), words, add, read_in)


def _no_hit(show_everything: Callable[[], None], note_gap: Callable[[], None]) -> EmptyState:
    """Says where was searched, and what can be done now."""
    everything = Button(_("Alle Angebote zeigen"), "primary")
    everything.clicked.connect(lambda _checked=False: show_everything())
    gap = Button(_("Als fehlend notieren"), "secondary", "search-x")
    gap.clicked.connect(lambda _checked=False: note_gap())
    words = _(
        "Gesucht wird in Titel, Beschreibung, Thema, Ort und Träger, auch mit anderen Wörtern dafür. Was fehlt, "
        "lässt sich ohne Namen notieren: Daraus wird der Bericht für das Netzwerk."
    )
    return EmptyState(_("Kein Angebot gefunden"), words, everything, gap)
