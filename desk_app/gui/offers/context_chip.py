"""For which family offers are looked for: a chip with its name, or the way to choose one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desk_app.gui import icons
from desk_app.gui.painting import box, painting, text, width_of
from desk_app.gui.theme import Theme
from desk_app.gui.today.family_field import FamilyField, Find
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.overlays import Popover
from desk_app.i18n import _

_WIDEST: Final = 190


class ContextChip(QAbstractButton):
    """ "Passend für Familie Haddad ✕". The cross or Entf takes the family away, a press chooses another one."""

    removed = Signal()
    pressed_chip = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._family = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_family("")

    def show_family(self, title: str) -> None:
        """Name the family, or (``""``) offer to choose one."""
        self._family = title
        self.setText(title or _("Für eine Familie"))
        words = _("Passend für {family}").format(family=title) if title else _("Für eine Familie suchen")
        self.setAccessibleName(words)
        self.setAccessibleDescription(_("Entf sucht wieder ohne Familie") if title else "")
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    @property
    def family(self) -> str:
        return self._family

    def refit(self) -> None:
        self.updateGeometry()

    def _lead(self) -> str:
        return _("Passend für") if self._family else ""

    def _lead_width(self) -> float:
        return width_of(self._lead(), Theme.current().font("small")) + 10 if self._family else 0.0

    def sizeHint(self) -> QSize:
        theme = Theme.current()
        words = min(width_of(self.text(), theme.font("small", strong=not self._family)) + 1, theme.px(_WIDEST))
        cross = theme.size("mini") if self._family else theme.px(8)
        return QSize(round(self._lead_width() + words + theme.px(30) + cross), theme.size("control"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._family:
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed_chip.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self.rect().contains(event.position().toPoint()):
            return
        if self._family and event.position().x() > self.width() - Theme.current().size("mini") - 4:
            self.removed.emit()
        else:
            self.pressed_chip.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        with painting(self) as painter:
            lead = self._lead_width()
            if lead:
                text(painter, QRectF(0, 0, lead, self.height()), self._lead(), theme.font("small"), "text2")
            height = theme.px(28)
            chip = QRectF(lead, (self.height() - height) / 2, self.width() - lead, height)
            over = self.underMouse()
            if self._family:
                box(painter, chip, height / 2, "selected" if over else "accent_tint", "accent_line")
            else:
                box(painter, chip, height / 2, "hover" if over else "surface", "line_strong")
            ink = "accent_text" if self._family else "text"
            middle = chip.center().y()
            icons.paint(painter, "users", QPointF(chip.left() + theme.px(15), middle), theme.px(15), ink)
            cross = theme.size("mini") if self._family else theme.px(8)
            area = chip.adjusted(theme.px(27), 0, -cross, 0)
            text(painter, area, self.text(), theme.font("small", strong=not self._family), ink)
            if self._family:
                icons.paint(painter, "x", QPointF(chip.right() - cross / 2 - 2, middle), theme.px(13), ink)


class FamilyChooser(Popover):
    """A name, and below it the families that may be meant. Eingabe takes the only one."""

    chosen = Signal(object)

    def __init__(self, window: QWidget, find: Find) -> None:
        super().__init__(window)
        self.setAccessibleName(_("Familie wählen"))
        self.body.setSpacing(8)
        self.field = FamilyField(_("Für welche Familie?"), find)
        self.body.addWidget(self.field)
        self.body.addWidget(Label(_("Ein paar Buchstaben des Namens oder die Aktennummer"), "small", "text3"))
        self.field.chosen.connect(self._take)
        self.field.grown.connect(self._grow)
        self.field.name.control.installEventFilter(self)

    def close_popover(self) -> None:
        self.field.stop()
        super().close_popover()

    def _grow(self) -> None:
        layout = self.field.layout()
        assert layout is not None
        layout.activate()
        self.adjustSize()

    def _take(self, household: object) -> None:
        if household is not None:
            self.close_popover()
            self.chosen.emit(household)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.field.name.control
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            only = self.field.only()
            if only is not None:
                self._take(only)
            else:
                self.field.look()
                self.focusNextChild()
            return True
        return super().eventFilter(watched, event)
