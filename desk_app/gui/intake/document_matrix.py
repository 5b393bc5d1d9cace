"""The table of papers: a row for each paper, a column for each child, a key for each answer."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)
from PySide6.QtWidgets import QStyleOptionViewItem as StyleOption

from desk_app.domain.child import ChildView
from desk_app.gui import icons
from desk_app.gui.cover import covered
from desk_app.gui.painting import box, dashed_ring, hairline, painting, text
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.cards import PADDING
from desk_app.i18n import _
from desk_app.presenters.papers import PaperCell, PaperRow, Papers

Index = QModelIndex | QPersistentModelIndex

_SIGNS = {
    "original": ("circle-check", "ok"),
    "copy": ("copy-check", "ok"),
    "yes": ("circle-check", "ok"),
    "done": ("circle-check", "ok"),
    "exempt": ("circle-minus", "text2"),
    "ordered": ("send", "accent_text"),
    "appointment": ("calendar", "accent_text"),
    "no": ("circle-x", "warn"),
}
_DASHED = {"missing", "open"}
_BOLD = {"missing", "no", "open"}
_LETTERS = {"original": "O", "copy": "K", "missing": "F", "not_needed": "N", "exempt": "B"}


class PaperModel(QAbstractTableModel):
    """The papers as Qt's tables and assistive technology ask for them."""

    def __init__(self, papers: Papers, parent: QWidget) -> None:
        super().__init__(parent)
        self._papers = papers
        self._children: tuple[ChildView, ...] = ()
        self._headings: tuple[str, ...] = ()

    def refresh(self) -> None:
        """Take over the file as it is now; the current cell stays where it is."""
        children, headings = self._papers.children, self._papers.headings()
        same = [child.id for child in children] == [child.id for child in self._children]
        if not same:
            self.beginResetModel()
        self._children, self._headings = children, headings
        if not same:
            self.endResetModel()
            return
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(len(headings) - 1, 0))
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._papers.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._children)

    def row(self, index: Index) -> PaperRow:
        return self._papers.rows[index.row()]

    def child(self, index: Index) -> ChildView:
        return self._children[index.column()]

    def cell(self, index: Index) -> PaperCell:
        return self._papers.cell(self.row(index), self.child(index))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.column() >= len(self._children):
            return None
        cell = self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            name = self._headings[index.column()].partition(",")[0]
            who = _("ganze Familie") if self.row(index).for_family else name
            return covered(f"{self.row(index).label}, {who}: {cell.spoken}")
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.spoken
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            return covered(self._headings[section]) if section < len(self._headings) else None
        return covered(self._papers.rows[section].label)


class PaperDelegate(QStyledItemDelegate):
    """Paints a cell: sign and word, and small behind it until when a paper will be handed in."""

    def paint(self, painter: QPainter, option: StyleOption, index: Index) -> None:
        model = index.model()
        assert isinstance(model, PaperModel)
        row, cell = model.row(index), model.cell(index)
        area = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if focused:
            box(painter, area.adjusted(2, 2, -2, -3), 5, "selected", "focus", 2)
        elif state & QStyle.StateFlag.State_MouseOver:
            box(painter, area.adjusted(2, 2, -2, -3), 5, "hover")
        hairline(painter, area.left(), area.right(), area.bottom() - 1)
        if not (row.for_family and index.column()):
            self._paint_cell(painter, area.adjusted(8, 0, -4, -1), row, cell)
        painter.restore()

    def _paint_cell(self, painter: QPainter, area: QRectF, row: PaperRow, cell: PaperCell) -> None:
        theme = Theme.current()
        size = theme.px(16)
        centre = QPointF(area.left() + size / 2, area.center().y())
        words, ink = cell.label, "text2"
        if row.for_family and words:
            words = _("{state}, gilt für alle").format(state=words)
        if cell.state in _DASHED:
            dashed_ring(painter, centre, size, "warn")
            ink = "warn"
        elif cell.state in _SIGNS:
            symbol, colour = _SIGNS[cell.state]
            icons.paint(painter, symbol, centre, size, colour)
            ink = "warn" if cell.state == "no" else "text2"
        else:
            sign = QRectF(area.left(), area.top(), size, area.height())
            middle = Qt.AlignmentFlag.AlignCenter
            text(painter, sign, "–" if cell.state else "·", theme.font("small"), "text3", middle)
            ink = "text3"
        font = theme.font("small", strong=cell.state in _BOLD)
        left = area.left() + size + 6
        used = text(painter, QRectF(left, area.top(), area.right() - left, area.height()), words, font, ink)
        rest = area.right() - left - used - 8
        if cell.state == "missing" and cell.note and rest > theme.px(40):
            beside = QRectF(left + used + 8, area.top(), rest, area.height())
            text(painter, beside, cell.note, theme.font("caption"), "text3")

    def sizeHint(self, option: StyleOption, index: Index) -> QSize:
        return QSize(Theme.current().px(70), Theme.current().size("matrixRow"))


class PaperHead(QHeaderView):
    """Children above, papers at the left, both as plain words."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)

    def paintSection(self, painter: QPainter, rect: object, section: int) -> None:
        area = QRectF(rect)  # type: ignore[call-overload]  # Qt passes a QRect
        words = str(self.model().headerData(section, self.orientation(), Qt.ItemDataRole.DisplayRole) or "")
        painter.fillRect(area, Theme.current().colour("surface"))
        if self.orientation() == Qt.Orientation.Horizontal:
            font = Theme.current().font("small", strong=True)
            text(painter, area.adjusted(8, 0, -4, -1), words, font, "text2")
        else:
            font = Theme.current().font("body" if area.width() >= Theme.current().px(220) else "small")
            room = area.adjusted(PADDING, 0, -6, -1)
            # "Pass …, Kind" and "Pass …, Eltern" differ at their ends
            words = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideMiddle, room.width())
            text(painter, room, words, font, "text")
        left = PADDING if self.orientation() == Qt.Orientation.Vertical else 0
        hairline(painter, area.left() + left, area.right(), area.bottom() - 1)


class DocumentMatrix(QTableView):
    """Arrows move, the space bar goes through the answers, O K F N answer at once; with Umschalt for all children."""

    cell_changed = Signal()
    """Another cell is current, or the current one says something else."""

    def __init__(self, papers: Papers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._papers = papers
        self._model = PaperModel(papers, self)
        self.setModel(self._model)
        self.setItemDelegate(PaperDelegate(self))
        self.setHorizontalHeader(PaperHead(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(PaperHead(Qt.Orientation.Vertical, self))
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setProperty("ring_none", True)  # the current cell has its own ring
        self.setShowGrid(False)
        corner = self.findChild(QAbstractButton)
        if corner is not None:
            corner.installEventFilter(self)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Unterlagen je Kind"))
        self.setAccessibleDescription(
            _("Leertaste wechselt den Stand, O Original, K Kopie, F fehlt, N nicht nötig; mit Umschalt für alle Kinder")
        )
        self.selectionModel().currentChanged.connect(lambda _new, _old: self.cell_changed.emit())

    def refresh(self) -> None:
        """Show the file as it is now."""
        place = self.currentIndex()
        self._model.refresh()
        if place.isValid() and not self.currentIndex().isValid():
            self.setCurrentIndex(self._model.index(place.row(), min(place.column(), self._model.columnCount() - 1)))
        self._fit()
        self.cell_changed.emit()

    def refit(self) -> None:
        self._fit()

    def current(self) -> tuple[PaperRow, ChildView] | None:
        """The paper and the child of the current cell."""
        index = self.currentIndex()
        if not index.isValid():
            return None
        return self._model.row(index), self._model.child(index)

    def go_to(self, key: str, column: int = 0) -> None:
        """Make one cell the current one."""
        keys = [row.key for row in self._papers.rows]
        self.setCurrentIndex(self._model.index(keys.index(key), column))

    def column_of(self, child: object) -> int:
        return next((place for place, view in enumerate(self._papers.children) if view.id == child), 0)

    # --- size

    def sizeHint(self) -> QSize:
        theme = Theme.current()
        rows = theme.size("matrixRow") * self._model.rowCount()
        return QSize(0, rows + theme.size("tableHead"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        theme, count = Theme.current(), max(self._model.columnCount(), 1)
        width = self.width() - PADDING
        least = min(max(width - count * theme.px(84), theme.px(120)), theme.px(190))
        labels = min(max(width - count * theme.px(118), least), theme.px(250))
        self.verticalHeader().setFixedWidth(labels)
        self.verticalHeader().setDefaultSectionSize(theme.size("matrixRow"))
        self.horizontalHeader().setFixedHeight(theme.size("tableHead"))
        self.horizontalHeader().setMinimumSectionSize(20)
        self.horizontalHeader().setDefaultSectionSize(max((width - labels) // count, 20))
        self.clearSpans()
        for place, row in enumerate(self._papers.rows):
            if row.for_family and count > 1:
                self.setSpan(place, 0, 1, count)
        self.setFixedHeight(self.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The corner is no button here: it continues the line below the head."""
        if isinstance(watched, QAbstractButton) and event.type() == QEvent.Type.Paint:
            with painting(watched) as painter:
                painter.fillRect(watched.rect(), Theme.current().colour("surface"))
                hairline(painter, PADDING, watched.width(), watched.height() - 1)
            return True
        return super().eventFilter(watched, event)

    # --- keys and mouse

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._model.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.current()
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if here is None or event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            self._set(self._papers.next_state(*here), for_all=shift)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._set(None, for_all=shift)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_choice()
        elif event.text().isalpha() and (state := self._papers.state_for_letter(*here, event.text())):
            self._set(state, for_all=shift)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index == self.currentIndex() and event.button() == Qt.MouseButton.LeftButton:
            self.open_choice()

    def open_choice(self) -> None:
        """The small choice of states below the current cell."""
        here = self.current()
        if here is None:
            return
        row, child = here
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        state = self._papers.cell(row, child).state
        for key, label in row.options:
            letter = _LETTERS.get(key, "") if row.is_paper else ""
            action = menu.addAction(f"{label}\t{letter}" if letter else label)
            action.setCheckable(True)
            action.setChecked(key == state)
            action.triggered.connect(lambda _on, key=key: self._set(key, for_all=False))
        menu.addSeparator()
        menu.addAction(_("leeren"), lambda: self._set(None, for_all=False))
        area = self.visualRect(self.currentIndex())
        menu.popup(self.viewport().mapToGlobal(QPoint(area.left(), area.bottom())))

    def _set(self, state: str | None, *, for_all: bool) -> None:
        here = self.current()
        if here is None:
            return
        row, child = here
        for view in self._papers.children if for_all else (child,):
            self._papers.set_state(row, view, state)
