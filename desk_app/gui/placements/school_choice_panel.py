"""Schulvorschläge: the schools that suit a child with what speaks for and against each. A person takes one, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.gui.placements.school_choice_list import SchoolChoiceList
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.info_line import InfoLine
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.messages import Banner
from desk_app.gui.widgets.overlays import Scrim
from desk_app.gui.widgets.search_box import SearchBox
from desk_app.i18n import _
from desk_app.presenters.school_choice import Notes, SchoolChoicePresenter, SchoolOffer

if TYPE_CHECKING:
    from desk_app.presenters.runner import Runner

_WIDTH: Final = 860
_SHARE: Final = 0.52
"""How much of the window's height the schools take."""
_PAGE: Final = 5
_STEPS: Final = {
    Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _PAGE, Qt.Key.Key_PageUp: -_PAGE,
}  # fmt: skip
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SchoolChoicePanel(Scrim):
    """The keyboard stays in the search: ↑ ↓ choose, Eingabe takes, Esc closes and leaves everything as it was.

    One panel serves one request, and is gone once it is closed.
    """

    taken = Signal(str)
    """The number of the school somebody chose; the panel is closed by then."""
    settings_asked = Signal()
    """Somebody wants to where the house coordinates are read in; the panel is closed by then."""

    def __init__(self, window: QWidget, runner: Runner, about: str, deed: str) -> None:
        super().__init__(window, width=_WIDTH)
        self._presenter = SchoolChoicePresenter(self, runner)
        title = _("Schulvorschläge")
        self.panel.setAccessibleName(title)
        self.search = SearchBox(_("Andere Schule suchen: Name, Straße oder Nummer"))
        self.search.textChanged.connect(self._presenter.search)
        self.search.installEventFilter(self)
        self.failure = Banner("", "bad")
        self.distances, self.protected = InfoLine(), InfoLine()
        self.settings = Button(_("Einstellungen › Schulen"), "link", height="mini")
        self.settings.clicked.connect(self._to_settings)
        self.list = SchoolChoiceList()
        self.list.taken.connect(self._take)
        self.list.moved.connect(self._announce)
        self.more = Label(_("Wird geladen …"), "small", "text3", wrap=True)
        self.deed = Button(deed, "primary", keys=_("Eingabe"))
        self.deed.clicked.connect(self._take_chosen)
        self.cancel = Button(_("Abbrechen"), "secondary", keys="Esc")
        self.cancel.clicked.connect(self.dismiss)
        self._build(title, about)

    def _build(self, title: str, about: str) -> None:
        self.body.setSpacing(10)
        self.body.addWidget(Label(title, "title"))
        self.body.addWidget(Label(about, "body", "text2", wrap=True))
        self.body.addWidget(self.search)
        self.body.addWidget(self.failure)
        self.failure.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.distances, 1)
        row.addWidget(self.settings)
        self.settings.hide()
        self.body.addLayout(row)
        self.body.addWidget(self.protected)
        self.body.addWidget(self.list)
        self.body.addWidget(self.more)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.deed)
        buttons.addWidget(
            Label(_("Die Reihenfolge ist ein Vorschlag; Sie entscheiden."), "small", "text2", wrap=True), 1
        )
        buttons.addWidget(self.cancel)
        self.body.addLayout(buttons)
        self.deed.setEnabled(False)

    def ask(self, request: UUID) -> None:
        """Open for one request, with the keyboard in the search."""
        self._presenter.load(request)
        self.open(self.search)

    # --- what the presenter shows

    def show_notes(self, notes: Notes) -> None:
        self.distances.say(notes.distances)
        self.settings.setVisible(notes.to_settings)
        self.protected.say(notes.protected, "warn")

    def show_offers(self, offers: tuple[SchoolOffer, ...], more: str) -> None:
        self.list.show_offers(offers)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self.deed.setEnabled(bool(offers))
        self.refit()

    def show_failed(self, message: str) -> None:
        self.failure.set_words(message)
        self.failure.show()
        self.more.hide()
        self.refit()

    # --- ways out

    def dismiss(self) -> None:
        super().dismiss()
        self.deleteLater()

    def _take_chosen(self) -> None:
        offer = self.list.chosen()
        if offer is not None:
            self._take(offer.number)

    def _take(self, number: str) -> None:
        self.close_dialog()
        self.taken.emit(number)
        self.deleteLater()

    def _to_settings(self) -> None:
        self.close_dialog()
        self.settings_asked.emit()
        self.deleteLater()

    # --- keys and room

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _STEPS:
                self.list.step(_STEPS[Qt.Key(event.key())])
                return True
            if event.key() in _ENTER:
                self._take_chosen()
                return True
        return super().eventFilter(watched, event)

    def _announce(self) -> None:
        """Tell assistive technology which school Eingabe would take: the cursor never leaves the search."""
        offer = self.list.chosen()
        if offer is not None and not self.isHidden():
            event = QAccessibleAnnouncementEvent(self.search, offer.spoken)
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
            QAccessible.updateAccessibility(event)

    def _fit(self) -> None:
        window = self.parentWidget()
        assert window is not None
        self.list.setFixedHeight(max(round(window.height() * _SHARE), Theme.current().px(160)))
        super()._fit()
