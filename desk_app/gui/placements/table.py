"""The table of requests: how its columns look, what stays in a narrow window, and its keys."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import QElapsedTimer, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from desk_app import settings
from desk_app.casework import placements
from desk_app.casework.placement_list import PlacementRow
from desk_app.domain.lists import Arrangement
from desk_app.gui.painting import box, painting, pill
from desk_app.gui.row_head import RowHeader
from desk_app.gui.row_table import Cell, RowTable
from desk_app.gui.row_view import RowView
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.signs import REQUEST_SIGNS
from desk_app.i18n import _, ngettext
from desk_app.presenters.placement_columns import COLUMNS
from desk_app.presenters.placement_states import answers_words, name_words, row_words, state_of, urgency
from desk_app.presenters.placements import PlacementsPresenter

_TONES = {"": ("text2", False), "amber": ("warn", True), "red": ("bad", True), "over": ("text3", False)}

_HIDDEN_BELOW = ((560, {"grade"}), (680, {"district"}), (960, {"answers"}))
"""Widths of the table, at a text scale of 100 %, below which columns give way; name, state and next step stay."""


class SortHead(RowHeader):
    """The head as a tab stop of its own: ← → choose a column, Leertaste or Eingabe sorts by it."""

    def __init__(self, table: RowTable, view: QWidget) -> None:
        super().__init__(table, view)
        self._view = view
        self._place = 1
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ring_none", True)
        self.setAccessibleName(_("Sortierung"))
        self._tell()

    def _tell(self) -> None:
        column = self._table.column_at(self._place)
        self.setAccessibleDescription(
            _("Alle auswählen") if column is None else _("Nach „{column}“ sortieren").format(column=column.heading)
        )
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps:
            self._move(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.sectionClicked.emit(self._place)
        elif event.key() == Qt.Key.Key_Down:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            event.ignore()

    def _move(self, step: int) -> None:
        place = self._place + step
        while 0 <= place < self.count() and self.isSectionHidden(place):
            place += step
        if 0 <= place < self.count():
            self._place = place
            self._tell()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.isSectionHidden(self._place):
            self._place = 1
        super().focusInEvent(event)
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        super().paintSection(painter, rect, section)
        if self.hasFocus() and section == self._place:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box(painter, QRectF(rect).adjusted(2, 3, -2, -4), 4, None, "focus", 2)
            painter.restore()


class PlacementTable(RowView):
    """The rows of the presenter. Keeps keyboard, scroll and ticks where they are when rows change."""

    export_asked = Signal()
    state_asked = Signal()
    menu_asked = Signal(QPoint)
    """The menu of the row in front is wanted, at this place of the screen."""
    ticks_changed = Signal()

    def __init__(self, presenter: PlacementsPresenter) -> None:
        self._presenter = presenter
        self._narrow = False
        self._filling = False
        self._typed = ""
        self._since_typed = QElapsedTimer()
        model = RowTable(Arrangement().of(COLUMNS), self._looks(), key=lambda row: row.request, words=self._words_of)
        super().__init__(model, _("Schulplatzanfragen"))
        self.head = SortHead(model, self)
        self.setHorizontalHeader(self.head)
        model.ticked.connect(self._ticked)

    # --- content

    def _words_of(self, row: PlacementRow) -> str:
        return row_words(row, self._presenter.is_selected(row))

    def _looks(self) -> dict[str, Callable[[Any], Cell]]:
        def waiting(row: PlacementRow) -> Cell:
            tone, strong = _TONES[urgency(row, self._presenter.limits)]
            unit = ngettext("Tag", "Tage", row.waiting_days)
            return Cell(str(row.waiting_days), unit, tone=tone, strong=strong)

        def next_step(row: PlacementRow) -> Cell:
            step = state_of(row).next_step(row, self._presenter.today)
            draft = self._narrow and row.state == placements.DRAFT and row.blocking
            ring = (row.answered, row.asked) if draft else None
            return Cell(step.words, tone="warn" if step.urgent else "text2", ring=ring)

        return {
            "name": lambda row: Cell(name_words(row), row.age, tone="text", strong=True),
            "grade": lambda row: Cell(row.grade or "–", tone="text" if row.grade else "text3"),
            "state": lambda row: Cell(_(state_of(row).word), tone="text", sign=REQUEST_SIGNS[row.state]),
            "answers": lambda row: Cell(answers_words(row), bar=(row.answered, row.asked)),
            "waiting": waiting,
            "next_step": next_step,
            "school": lambda row: Cell(self._presenter.schools.get(row.school, row.school)),
        }

    def show_rows(self) -> None:
        """Take over rows and ticks of the presenter; the keyboard stays on its row, the list where it was scrolled."""
        rows = self._presenter.rows
        current, place = self.current_row(), self.currentIndex().row()
        scrolled = self.verticalScrollBar().value()
        self._filling = True
        try:
            self.table.set_rows(rows)
            self.table.tick_all([at for at, row in enumerate(rows) if self._presenter.is_selected(row)])
        finally:
            self._filling = False
        key, descending = self._presenter.sorting
        self.head.set_sorted(key, descending)
        known = {row.request: at for at, row in enumerate(rows)}
        target = known.get(current.request) if current is not None else None
        # a row that is gone leaves the keyboard near where it was
        self.go_to(min(max(place, 0), len(rows) - 1) if target is None else target)
        if target == place:
            self.verticalScrollBar().setValue(scrolled)

    def _ticked(self) -> None:
        if not self._filling:
            self._presenter.select(self.table.ticked_rows())
            self.ticks_changed.emit()

    def point_at(self, household: Hashable) -> None:
        """Put the keyboard on the first row of a family: somebody went on to it from its neighbour."""
        place = next((at for at, row in enumerate(self.table.rows) if row.household == household), -1)
        self.go_to(place)

    # --- width

    def fit(self, width: int) -> None:
        """Hide what has no room in ``width`` pixels; what hides Angaben shows a ring before the next step instead."""
        room = width / Theme.current().scale
        hidden: set[str] = set()
        for limit, keys in _HIDDEN_BELOW:
            if room < limit:
                hidden |= keys
        self._narrow = "answers" in hidden
        self.hide_columns(hidden)
        self.viewport().update()

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() == Qt.Key.Key_E and plain and self._export_meant():
            self.export_asked.emit()
        elif event.key() == Qt.Key.Key_F2 and plain:
            self.state_asked.emit()
        else:
            super().keyPressEvent(event)

    def _export_meant(self) -> bool:
        """Whether an E is the key of the export: rows are ticked, no name is being typed, and letters may act at all.

        That they act can be switched off (WCAG 2.1.4); then an E jumps to a name like every other letter.
        """
        return bool(self._presenter.chosen()) and not self._typing() and settings.load().key_letters

    def _typing(self) -> bool:
        """Whether a name is being typed to jump to, so that an E belongs to it."""
        within = QApplication.keyboardInputInterval()
        return bool(self._typed) and self._since_typed.isValid() and not self._since_typed.hasExpired(within)

    def keyboardSearch(self, search: str) -> None:
        """Jump to a name by its first letters, typed in one go."""
        self._typed = self._typed + search if self._typing() else search
        self._since_typed.start()
        super().keyboardSearch(self._typed)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right mouse button on a row, or the menu key."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self.go_to(self.rowAt(event.pos().y()))
            place = event.globalPos()
        else:
            place = self.viewport().mapToGlobal(self._row_rect(self.currentIndex().row()).bottomLeft())
        self.menu_asked.emit(place)

    # --- paint

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.hasFocus() and self.currentIndex().isValid():
            with painting(self.viewport()) as painter:
                pill(painter, QRectF(self._row_rect(self.currentIndex().row())))
