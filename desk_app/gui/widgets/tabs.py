"""Tabs: a row of words with a line below the current one, with a ring where a tab is a child's progress."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from desk_app.gui.painting import box, hairline, painting, text, width_of
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.signs import paint_section_sign, section_words


class TabBar(QTabBar):
    """Qt's tab bar (arrow keys, roles) in our paint. Tabs may carry a section sign and a small remark."""

    def __init__(self, parent: QWidget | None = None, inset: int = 16) -> None:
        super().__init__(parent)
        self._inset = inset
        self._signs: dict[int, tuple[int, int, int]] = {}
        self._remarks: dict[int, str] = {}
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

        self.currentChanged.connect(self._ring_current)

    def tabLayoutChange(self) -> None:
        super().tabLayoutChange()
        self._ring_current()

    def _ring_current(self) -> None:
        """The focus is on the current tab, not on the whole row."""
        area = self._content(self.currentIndex()).adjusted(-4, 4, 4, -6)
        self.setProperty("ring_area", area if self.currentIndex() >= 0 else None)

    def refit(self) -> None:
        self.setFont(Theme.current().font("body"))
        self.updateGeometry()

    def clear(self) -> None:
        """Take all tabs away."""
        self._signs.clear()
        self._remarks.clear()
        while self.count():
            self.removeTab(0)

    def set_progress(self, place: int, done: int, total: int, faulty: int = 0) -> None:
        """Show how far the tab at `place` is."""
        self._signs[place] = (done, total, faulty)
        self._describe(place)

    def set_remark(self, place: int, words: str) -> None:
        """A few quiet words behind the title: "1 fehlt"."""
        self._remarks[place] = words
        self._describe(place)

    def _describe(self, place: int) -> None:
        counts = self._signs.get(place)
        parts = [self.tabText(place), self._remarks.get(place, "")]
        parts += [section_words(*counts)] if counts else []
        self.setAccessibleTabName(place, ", ".join(part for part in parts if part))
        # Qt measures tabs again only when a text changes
        self.setTabText(place, self.tabText(place))
        self.update()

    def tabSizeHint(self, index: int) -> QSize:
        theme = Theme.current()
        width = width_of(self.tabText(index).replace("&", ""), theme.font("body", strong=True))
        if index in self._signs:
            width += theme.px(16) + 6
        if self._remarks.get(index):
            width += 8 + width_of(self._remarks[index], theme.font("small"))
        side = self._inset if index == 0 else 0
        return QSize(round(width) + theme.px(26) + side, theme.px(40))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def _content(self, index: int) -> QRect:
        area = self.tabRect(index)
        left = self._inset if index == 0 else 0
        return area.adjusted(left, 0, -Theme.current().px(26), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            hairline(painter, 0, self.width(), self.height() - 1)
            for index in range(self.count()):
                self._paint_tab(painter, index)

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        theme = Theme.current()
        area = QRectF(self._content(index))
        current = index == self.currentIndex()
        x = area.left()
        if index in self._signs:
            size = theme.px(16)
            paint_section_sign(painter, QPointF(x + size / 2, area.center().y()), size, *self._signs[index])
            x += size + 6
        font = theme.font("body", strong=current)
        ink = "text" if current or index in self._signs else "text2"
        if current and index not in self._signs:
            ink = "accent_text"
        words = self.tabText(index).replace("&", "")
        x += text(painter, QRectF(x, 0, area.right() - x + 12, area.height()), words, font, ink)
        if self._remarks.get(index):
            rest = QRectF(x + 8, 0, area.right() - x + 8, area.height())
            text(painter, rest, self._remarks[index], theme.font("small"), "text3")
        if current:
            box(painter, QRectF(area.left(), self.height() - 3, area.width(), 3), 1.5, "accent")
