"""The next free times, on pages that have the room: pressing one begins an appointment there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import PADDING, Card
from desk_app.gui.widgets.chips import FilterChip
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _
from desk_app.presenters.today_rows import SlotRow


class _Pill(FilterChip):
    """A time with an interpreter: as a filter looks, and pressed like a button."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setCheckable(False)


class FreeCard(Card):
    """Emits ``chosen`` with the ``FreeSlot``."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("Nächste freie Termine"), padded=False, ruled=True)
        self.nothing = Label(_("In den nächsten vier Wochen ist nichts frei."), "small", "text3")
        self._with = Label(_("mit Dolmetschen:"), "small", "text2")
        self._pills = QHBoxLayout()
        self._pills.setSpacing(8)
        line = QWidget()
        around = QHBoxLayout(line)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(10)
        around.addWidget(self._with)
        around.addLayout(self._pills)
        self.head.add_action(line)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(PADDING + 1, 12, PADDING + 1, 12)
        self._row.setSpacing(10)
        self._row.addWidget(self.nothing)
        self._row.addStretch(1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(self._row)
        self.buttons: list[QAbstractButton] = []
        self._shown: tuple[tuple[SlotRow, ...], tuple[SlotRow, ...]] = ((), ())
        self._with.hide()

    def show_slots(self, slots: Sequence[SlotRow], languages: Sequence[SlotRow]) -> None:
        """Show these; nothing moves while they are the same."""
        shown = (tuple(slots), tuple(languages))
        if shown == self._shown:
            return
        self._shown = shown
        for button in self.buttons:
            for row in (self._row, self._pills):
                row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for place, slot in enumerate(slots):
            button = Button(slot.words)
            self._row.insertWidget(place, button)
            self._keep(button, slot)
        for slot in languages:
            pill = _Pill(slot.words)
            self._pills.addWidget(pill)
            self._keep(pill, slot)
        self.nothing.setVisible(not slots)
        self._with.setVisible(bool(languages))

    def _keep(self, button: QAbstractButton, slot: SlotRow) -> None:
        button.setAccessibleName(_("Termin vereinbaren: {when}").format(when=slot.words))
        button.clicked.connect(lambda _checked=False: self.chosen.emit(slot.slot))
        self.buttons.append(button)
        button.show()
