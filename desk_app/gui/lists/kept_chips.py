"""The filters somebody keeps, as chips above the list: a press shows it, F2 renames, Entf takes it away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from desk_app.gui.lists.filter_popover import NameRow
from desk_app.gui.widgets.chips import FilterChip
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.overlays import Popover
from desk_app.i18n import _
from desk_app.presenters.lists import Kept


class KeptChip(FilterChip):
    rename_asked = Signal()
    removed = Signal()

    def __init__(self, kept: Kept) -> None:
        super().__init__(kept.name)
        self.kept = kept
        self.setAccessibleName(_("Filter {name}").format(name=kept.name))
        self.setAccessibleDescription(_("F2 benennt um, Entf entfernt"))
        self.setToolTip(_("F2 benennt um, Entf entfernt"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.rename_asked.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.addAction(_("Umbenennen"), self.rename_asked.emit)
        menu.addAction(_("Entfernen"), self.removed.emit)
        menu.popup(event.globalPos())


class KeptChips(QWidget):
    """All of them in the order they were made; nothing at all while there is none."""

    taken = Signal(object)
    renamed = Signal(object, str)
    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._row = FlowLayout(self)
        self.chips: list[KeptChip] = []
        self.popover: Popover | None = None
        self.hide()

    def show_kept(self, kept: Sequence[Kept], taken: Kept | None) -> None:
        """Show these, the one that holds now marked; the focus stays on the place it is at."""
        if [chip.kept for chip in self.chips] != list(kept):
            place = next((at for at, chip in enumerate(self.chips) if chip.hasFocus()), -1)
            self._fill(kept)
            if place >= 0 and self.chips:
                self.chips[min(place, len(self.chips) - 1)].setFocus()
        for chip in self.chips:
            chip.setChecked(taken is not None and chip.kept.id == taken.id)

    def _fill(self, kept: Sequence[Kept]) -> None:
        for chip in self.chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = [KeptChip(each) for each in kept]
        for chip in self.chips:
            chip.clicked.connect(lambda _on, chip=chip: self.taken.emit(chip.kept))
            chip.removed.connect(lambda chip=chip: self.removed.emit(chip.kept))
            chip.rename_asked.connect(lambda chip=chip: self._ask_name(chip))
            self._row.addWidget(chip)
        self.setVisible(bool(kept))
        self.updateGeometry()

    def _ask_name(self, chip: KeptChip) -> None:
        window = self.window()
        popover = self.popover = Popover(window, 360)
        popover.setAccessibleName(_("Filter umbenennen"))
        name = NameRow(_("Umbenennen"))
        name.line.setText(chip.kept.name)
        popover.body.addWidget(name)
        popover.closed.connect(popover.deleteLater)

        def given(words: str) -> None:
            popover.close_popover()
            self.renamed.emit(chip.kept, words)

        name.given.connect(given)
        popover.open_at(chip.rect().translated(chip.mapTo(window, chip.rect().topLeft())))
        name.line.setFocus()
        name.line.selectAll()
