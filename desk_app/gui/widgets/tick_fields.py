"""Fields that are ticked or switched: a check box, and yes / no / not asked yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from desk_app.gui.painting import box, painting, text, width_of
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.inputs import TickBox
from desk_app.i18n import _


class Segment(QRadioButton):
    """One choice of a `SegmentedControl`; the group is one tab stop with the arrow keys inside."""

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        theme = Theme.current()
        width = width_of(self.text(), theme.font("small", strong=True)) + theme.px(22)
        return QSize(round(width), theme.size("control") - 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(Theme.current().px(24), self.sizeHint().height())

    def hitButton(self, place: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            if self.isChecked():
                box(painter, self.rect(), 5, "surface", "line_strong")
            elif self.underMouse() and self.isEnabled():
                box(painter, self.rect(), 5, "press")
            ink = "disabled" if not self.isEnabled() else "text" if self.isChecked() else "text2"
            font = Theme.current().font("small", strong=self.isChecked())
            area = QRectF(self.rect()).adjusted(4, 0, -4, 0)
            text(painter, area, self.text(), font, ink, Qt.AlignmentFlag.AlignCenter)


class SegmentedControl(QWidget):
    """A few choices side by side, one of them chosen."""

    chosen = Signal(int)

    def __init__(self, choices: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(2)
        for place, words in enumerate(choices):
            segment = Segment(words, self)
            self._group.addButton(segment, place)
            row.addWidget(segment)
        self._group.idClicked.connect(self.chosen)

    @property
    def segments(self) -> list[Segment]:
        return [button for button in self._group.buttons() if isinstance(button, Segment)]

    def current(self) -> int:
        """Place of the chosen segment, -1 for none."""
        return self._group.checkedId()

    def set_current(self, place: int) -> None:
        """Choose without telling anybody."""
        with QSignalBlocker(self._group):
            self._group.button(place).setChecked(True)
        self.setFocusProxy(self._group.button(place))

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        for segment in self.segments:
            segment.setAccessibleName(f"{name}: {segment.text()}" if name else segment.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            box(painter, self.rect(), 7, "neutral_tint")


class TickField(Field):
    """One statement that is true or not. The words stand beside the box; values are True and False."""

    def _make_control(self) -> QWidget:
        self._box = TickBox("", self)
        self._box.clicked.connect(self._ticked)
        self.refit()
        return self._box

    def refit(self) -> None:
        # as high as the inputs beside it
        self._box.setFixedHeight(Theme.current().size("control"))

    def set_label(self, words: str) -> None:
        super().set_label(words)
        self._label.setText("")
        self._words = words
        self._box.setText(words.replace("&", "&&"))
        self._name_control()

    def get_label(self) -> str:
        return getattr(self, "_words", "")

    def _ticked(self) -> None:
        self._note_typed()
        self.commit()

    def _text(self) -> str:
        return _("ja") if self._box.isChecked() else ""

    def _read(self) -> Any:
        return self._box.isChecked()

    def _put(self, value: Any) -> None:
        with QSignalBlocker(self._box):
            self._box.setChecked(bool(value))

    def set_read_only(self, locked: bool) -> None:
        self._box.setEnabled(not locked)


class YesNoField(Field):
    """Yes, no, or not asked yet; values are True, False and None. The letters J, N and O choose as well."""

    _VALUES = (True, False, None)

    def _make_control(self) -> QWidget:
        self._choice = SegmentedControl((_("ja"), _("nein"), _("offen")), self)
        self._choice.set_current(2)
        self._choice.chosen.connect(self._chosen)
        for segment in self._choice.segments:
            segment.installEventFilter(self)
        return self._choice

    @property
    def control(self) -> QWidget:
        """The chosen segment: the one that takes the focus."""
        return self._choice.segments[self._choice.current()]

    def _chosen(self, place: int) -> None:
        self._choice.setFocusProxy(self._choice.segments[place])
        self._note_typed()
        self.commit()

    def _text(self) -> str:
        return self.control.text() if isinstance(self.control, Segment) else ""

    def _read(self) -> Any:
        return self._VALUES[self._choice.current()]

    def _put(self, value: Any) -> None:
        self._choice.set_current(2 if value is None else 0 if value else 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.text():
            first = event.text().casefold()
            for place, segment in enumerate(self._choice.segments):
                if segment.text().startswith(first):
                    self._choice.set_current(place)
                    segment.setFocus(Qt.FocusReason.OtherFocusReason)
                    self._chosen(place)
                    return True
        return super().eventFilter(watched, event)

    def set_read_only(self, locked: bool) -> None:
        self._choice.setEnabled(not locked)
