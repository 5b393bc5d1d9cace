"""Buttons. One primary button per view; a key cap inside only while that key works."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Property, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from desk_app.gui import icons
from desk_app.gui.cover import covered
from desk_app.gui.painting import box, faded, painting, text, width_of
from desk_app.gui.theme import Theme

Kind = Literal["primary", "secondary", "tint", "ghost", "link", "danger"]
Height = Literal["large", "control", "compact", "mini"]

_INK = {"primary": "on_accent", "tint": "accent_text", "link": "accent_text", "danger": "bad", "ghost": "text2"}


def cap_size(words: str) -> QSize:
    """The size of one key cap."""
    theme = Theme.current()
    width = round(width_of(words, theme.font("caption"))) + theme.px(11)
    return QSize(max(width, theme.px(18)), theme.px(18))


def paint_caps(painter: QPainter, right: float, middle: float, keys: str, on_accent: bool = False) -> float:
    """Paint the caps of "Strg+K" so that they end at `right`; returns where they begin."""
    theme = Theme.current()
    for words in reversed(keys.split("+")) if keys else ():
        size = cap_size(words)
        area = QRectF(right - size.width(), round(middle - size.height() / 2), size.width(), size.height())
        if on_accent:
            box(painter, area, 4, faded("on_accent", 0.20))
        else:
            box(painter, area, 4, "inset", "line_strong")
        ink = "on_accent" if on_accent else "text2"
        text(painter, area, words, theme.font("caption"), ink, Qt.AlignmentFlag.AlignCenter)
        right = area.left() - 4
    return right + 4 if keys else right


def caps_width(keys: str) -> int:
    """The width that `paint_caps` needs."""
    return sum(cap_size(words).width() + 4 for words in keys.split("+")) - 4 if keys else 0


class KeyCap(QWidget):
    """Key caps beside a text: "Einfg", "Strg+K"."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setAccessibleName(keys)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(caps_width(self._keys), cap_size("M").height())

    def refit(self) -> None:
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_caps(painter, self.width(), self.height() / 2, self._keys)


def modified(event: QKeyEvent) -> bool:
    """Whether Strg, Umschalt, Alt or the like was held; the number pad does not count."""
    return bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)


class Button(QPushButton):
    """A button in one of six kinds, with an optional icon and key caps.

    In Designer: promote a QPushButton and set the dynamic properties `kind`, `symbol` (name of a Lucide icon)
    and `keys` ("Strg+Eingabe").
    """

    def __init__(
        self,
        words: str | QWidget | None = "",
        kind: Kind = "secondary",
        symbol: str = "",
        keys: str = "",
        height: Height = "control",
        parent: QWidget | None = None,
    ) -> None:
        # uic passes the parent as the only argument
        super().__init__(words if isinstance(words, QWidget) else parent)
        self._kind: str = kind
        self._measured: tuple[object, QSize] | None = None
        self._symbol, self._keys, self._height = symbol, keys, height
        if isinstance(words, str):
            self.setText(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.refit()

    def get_kind(self) -> str:
        return self._kind

    def set_kind(self, kind: str) -> None:
        self._kind = kind
        self.update()

    def get_symbol(self) -> str:
        return self._symbol

    def set_symbol(self, symbol: str) -> None:
        self._symbol = symbol
        self.refit()

    def get_keys(self) -> str:
        return self._keys

    def set_keys(self, keys: str) -> None:
        """Show another key, or none where it does not work right now."""
        self._keys = keys
        self.refit()

    kind = Property(str, get_kind, set_kind)
    symbol = Property(str, get_symbol, set_symbol)
    keys = Property(str, get_keys, set_keys)

    def refit(self) -> None:
        self.setFont(Theme.current().font("body", strong=True))
        self.updateGeometry()
        self.update()

    def _icon_size(self) -> int:
        return Theme.current().px(16)

    def sizeHint(self) -> QSize:
        # a layout asks again and again
        look = (Theme.current(), covered(self.text()), self._symbol, self._keys, self._kind, self._height)
        if self._measured is None or self._measured[0] != look:
            self._measured = (look, self._measure())
        return self._measured[1]

    def _measure(self) -> QSize:
        theme = Theme.current()
        words = self.text().replace("&", "")
        width = width_of(words, theme.font("body", strong=True))
        if self._symbol:
            width += self._icon_size() + (8 if words else 0)
        if self._keys:
            width += theme.px(10) + caps_width(self._keys)
        return QSize(round(width) + 2 * self._margin(), theme.size(self._height))

    def _margin(self) -> int:
        standard = 18 if self._height == "large" else 12
        return Theme.current().px({"link": 0, "ghost": 10}.get(self._kind, standard))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # outside a QDialog only some desktops let Eingabe press a button
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modified(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint_ground(painter)
            self._paint_words(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        down, over = self.isDown() or self.isChecked(), self.underMouse() and self.isEnabled()
        shape = QRectF(self.rect())
        if not self.isEnabled():
            if self._kind not in ("ghost", "link"):
                box(painter, shape, 6, "neutral_tint" if self._kind in ("primary", "tint") else None, "line")
        elif self._kind == "primary":
            box(painter, shape, 6, "accent_press" if down else "accent_hover" if over else "accent")
        elif self._kind == "tint":
            box(painter, shape, 6, "selected_strong" if down else "selected" if over else "accent_tint")
        elif self._kind == "ghost":
            if down or over:
                box(painter, shape, 6, "press" if down else "hover")
        elif self._kind == "secondary":
            box(painter, shape, 6, "press" if down else "hover" if over else "surface", "line_strong")
        elif self._kind == "danger":
            box(painter, shape, 6, "bad_tint" if down or over else "surface", "bad")

    def _paint_words(self, painter: QPainter) -> None:
        theme = Theme.current()
        ink = _INK.get(self._kind, "text") if self.isEnabled() else "disabled"
        font = theme.font("body", strong=True)
        font.setUnderline(self._kind == "link" and self.underMouse())
        words = self.text().replace("&", "")
        needed = self.sizeHint().width()
        margin = self._margin()
        x = margin + max(0, (self.width() - needed) / 2)
        middle = self.height() / 2
        if self._symbol:
            size = self._icon_size()
            icons.paint(painter, self._symbol, QPointF(x + size / 2, middle), size, ink)
            x += size + 8
        right = self.width() - margin - max(0, (self.width() - needed) / 2)
        if self._keys:
            on_accent = self._kind == "primary" and self.isEnabled()
            right = paint_caps(painter, right, middle, self._keys, on_accent) - theme.px(10)
        text(painter, QRectF(x, 0, max(right - x, 0) + 1, self.height()), words, font, ink)


class IconButton(QAbstractButton):
    """A square button with only an icon; its name is tooltip and accessible name."""

    def __init__(
        self,
        symbol: str,
        name: str,
        height: Height = "control",
        outlined: bool = False,
        colour: str = "text2",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._symbol, self._height, self._outlined, self._colour = symbol, height, outlined, colour
        self.set_name(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_name(self, name: str) -> None:
        self.setToolTip(name)
        self.setAccessibleName(name)

    def set_symbol(self, symbol: str) -> None:
        self._symbol = symbol
        self.update()

    def refit(self) -> None:
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modified(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        side = Theme.current().size(self._height)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            down, over = self.isDown() or self.isChecked(), self.underMouse() and self.isEnabled()
            if self._outlined:
                box(painter, self.rect(), 6, "press" if down else "hover" if over else "surface", "line_strong")
            elif down or over:
                box(painter, self.rect(), 6, "press" if down else "hover")
            size = Theme.current().px(16)
            ink = self._colour if self.isEnabled() else "disabled"
            icons.paint(painter, self._symbol, QRectF(self.rect()).center(), size, ink)
