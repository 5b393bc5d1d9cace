"""The bare inputs inside form fields: Qt's own, with the height of the theme and the manners of the program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSignalBlocker,
    QSize,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QWidget,
)

from desk_app.gui import icons
from desk_app.gui.cover import covered
from desk_app.gui.painting import box_tick, painting, text, width_of
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.line_edit import give_way


class TextEdit(QPlainTextEdit):
    """Several lines of text, as high as its content between three and ten lines. Tab leaves it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_way(self)
        self.setTabChangesFocus(True)
        self.document().contentsChanged.connect(self._grow)
        self.refit()

    def refit(self) -> None:
        self.setFont(Theme.current().font("body"))
        self._grow()

    def _grow(self) -> None:
        lines = min(max(int(self.document().size().height()), 3), 10)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 18)


class CoveredItems(QStyledItemDelegate):
    """Lines of a list that drops down, with what is personal covered while Blickschutz is on."""

    def displayText(self, value: Any, locale: QLocale | QLocale.Language) -> str:
        return covered(super().displayText(value, locale))


class CoveredWords(QStringListModel):
    """The words of such a list, read aloud as they are shown."""

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return covered(str(super().data(index) or ""))
        return super().data(index, role)


_SCROLLER, _WIDEST_LIST = 12, 620
"""Lengths at 100 %: what a list leaves for its scroll bar, and how wide it becomes at most."""


class ComboBox(QComboBox):
    """A choice that can be typed. The wheel scrolls the page, not the value, unless the box has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: Sequence[str] = ()
        self._place = 0
        self._filled = True
        self._listed = False
        give_way(self)
        # its own line edit and no completer: the one Qt makes is dear, works inline and knows only beginnings of words
        edit = QLineEdit(self)
        edit.setPalette(self.palette())
        self.setLineEdit(edit)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCompleter(None)  # type: ignore[arg-type]  # the binding takes None, its stub does not say so
        self.refit()

    def refit(self) -> None:
        # the font is the application's: to set one would make the list that drops down, for every choice of a page
        self.setFixedHeight(Theme.current().size("control"))

    def offer(self, entries: Sequence[str]) -> None:
        """What can be chosen, below an empty first row. Shows nothing new until ``show_entry``."""
        self._entries, self._filled = entries, False
        if self.hasFocus():
            self._fill()

    def show_entry(self, place: int, words: str) -> None:
        """Show ``words``, which stand at ``place`` of what is offered, -1 for none of it. Nobody is told."""
        self._place = place + 1
        with QSignalBlocker(self):
            if self._filled:
                self.setCurrentIndex(self._place)
            self.setEditText(words)

    def _fill(self) -> None:
        """Make the rows, which costs more than all the rest of a field and is of no use until somebody comes here."""
        if self._filled:
            return
        self._filled = True
        edit = self.lineEdit()
        words, cursor = (edit.text(), edit.cursorPosition()) if edit is not None else ("", 0)
        with QSignalBlocker(self):
            self.setModel(CoveredWords(["", *self._entries], self))
            self.setCurrentIndex(self._place)
            self.setEditText(words)
        if edit is not None:
            edit.setCursorPosition(cursor)

    def model(self) -> QAbstractItemModel:
        self._fill()
        return super().model()

    def changeEvent(self, event: QEvent) -> None:
        # as long as there is no list that drops down, Qt makes it only to give it the new style
        if self._listed or event.type() != QEvent.Type.StyleChange:
            super().changeEvent(event)
        else:
            QWidget.changeEvent(self, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._fill()
        super().focusInEvent(event)

    def sizeHint(self) -> QSize:
        # Qt would measure every entry, and a policy that spares it would make the list that drops down
        return QSize(0, Theme.current().size("control"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def set_locked(self, locked: bool) -> None:
        """Show the choice without letting it be changed."""
        self.setProperty("locked", "true" if locked else "")
        self.style().unpolish(self)
        self.style().polish(self)

    def _locked(self) -> bool:
        return bool(self.property("locked") == "true")

    def showPopup(self) -> None:
        if self._locked():
            return
        self._fill()
        self._listed = True
        if not isinstance(self.itemDelegate(), CoveredItems):  # not before, since it makes the list
            self.setItemDelegate(CoveredItems(self))
        # a narrow field has a list as wide as its entries: what is cut in the middle cannot be told apart
        wanted = self.view().sizeHintForColumn(0) + 2 * self.view().frameWidth() + Theme.current().px(_SCROLLER)
        self.view().setMinimumWidth(min(wanted, Theme.current().px(_WIDEST_LIST)))
        super().showPopup()

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        option.currentText = covered(option.currentText)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus() and not self._locked():
            super().wheelEvent(event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.isEditable():
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        with QPainter(self) as painter:
            # the words are those of the line edit; to paint the rest of a choice, Qt makes the list that drops down
            self.style().drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option, painter, self)
            if self._locked():
                return
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ink = "text2" if self.isEnabled() else "disabled"
            size = Theme.current().px(16)
            icons.paint(painter, "chevron-down", QPointF(self.width() - 7 - size / 2, self.height() / 2), size, ink)


class TickBox(QCheckBox):
    """A check box with a painted tick of 18 px and a target as high as its line."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.refit()

    def refit(self) -> None:
        self.setFont(Theme.current().font("body"))
        self.updateGeometry()

    def _side(self) -> int:
        return Theme.current().px(18)

    def sizeHint(self) -> QSize:
        words = width_of(self.text(), self.font())
        return QSize(round(self._side() + (8 + words + 2 if words else 0)), Theme.current().size("mini"))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._side(), self.sizeHint().height())

    def hitButton(self, place: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            side = self._side()
            box_tick(painter, QPointF(side / 2, self.height() / 2), side, self.checkState(), self.isEnabled())
            ink = "text" if self.isEnabled() else "disabled"
            text(painter, QRectF(side + 8, 0, self.width() - side - 8, self.height()), self.text(), self.font(), ink)
