"""What was just done or taken back, with the way back beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.casework.deeds import Undone
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.messages import Banner
from desk_app.i18n import _
from desk_app.presenters.deeds import UndoPresenter

if TYPE_CHECKING:
    from desk_app.presenters.runner import Runner


class UndoBanner(Banner):
    """Hidden until there is something to say; stays until the next thing is said."""

    way_back_asked = Signal(object)
    """The id to hand to ``deeds.undo``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._button = Button("", "secondary", "undo-2", height="compact")
        super().__init__("", "ok", self._button, parent)
        self._way_back: UUID | None = None
        self._button.clicked.connect(self._ask)
        self.hide()

    def tell_done(self, words: str, way_back: UUID) -> None:
        """Something was done: "Zurücknehmen"."""
        self._tell(words, "ok", _("Zurücknehmen"), way_back)

    def tell_undone(self, undone: Undone) -> None:
        """Something was taken back, or done again: the way there and back."""
        self._tell(undone.told, "warn" if undone.kept or undone.doubled else "ok", _("Doch wieder"), undone.way_back)

    def tell(self, words: str) -> None:
        """A sentence without a way back."""
        self._tell(words, "accent", "", None)

    def _tell(self, words: str, tone: str, button: str, way_back: UUID | None) -> None:
        self.set_words(words)
        self.set_tone(tone)
        self._way_back = way_back
        self._button.setText(button)
        self._button.setVisible(way_back is not None)
        self._button.refit()
        self.show()

    def _ask(self) -> None:
        if self._way_back is not None:
            self.way_back_asked.emit(self._way_back)


class UndoBar(UndoBanner):
    """Strg+Z for a page: takes back the newest step of this user and says so, with "Doch wieder"."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = UndoPresenter(self, runner)
        self.way_back_asked.connect(self._presenter.take_back)

    def undo(self, household: UUID | None = None) -> None:
        """Take back the newest step, of one family where it is named."""
        self._presenter.undo(household)

    def show_undone(self, undone: Undone) -> None:
        self.tell_undone(undone)

    def show_nothing_to_undo(self, words: str) -> None:
        self.tell(words)

    def show_failed(self, message: str) -> None:
        self.tell(message)
        self.set_tone("bad")
