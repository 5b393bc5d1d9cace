"""A field of a form: label above, input, one line below for hint, notice or error.

All fields speak the same language, so that one table of keys binds a whole form. What is typed is handed on
when the field is left and after a short pause, whichever comes first; a text that cannot be read stays as it
was typed and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import Property, QEvent, QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from desk_app.gui import icons
from desk_app.gui.painting import painting, text
from desk_app.gui.theme import Theme
from desk_app.i18n import _

PAUSE = 800
"""Milliseconds without a key after which what was typed is handed on."""

_SIGNS = {"error": ("circle-alert", "bad"), "notice": ("info", "warn"), "hint": ("", "text3")}


class FieldLabel(QLabel):
    """The small label above a field, with "freiwillig" behind it where nothing depends on the answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.optional = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().line("small"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        words = self.text().replace("&&", "&")
        with painting(self) as painter:
            used = text(painter, self.rect(), words, theme.font("small"), "text2")
            if self.optional:
                rest = QRectF(used + 8, 0, self.width() - used - 8, self.height())
                text(painter, rest, _("freiwillig"), theme.font("caption"), "text3")


class MessageLine(QLabel):
    """Hint, notice or error below a field: words, and for the last two a sign before them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = "hint"
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.hide()

    def show_message(self, kind: str, words: str) -> None:
        self._kind = kind
        self.setText(words)
        self.refit()
        self.setVisible(bool(words))

    def refit(self) -> None:
        symbol, colour = _SIGNS[self._kind]
        theme = Theme.current()
        self.setFont(theme.font("small"))
        self.setContentsMargins(theme.px(20) if symbol else 0, 0, 0, 0)
        palette = self.palette()
        palette.setColor(self.foregroundRole(), theme.colour(colour))
        self.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.refit()  # a style sheet takes the font back when a polished widget gets another parent

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        symbol, colour = _SIGNS[self._kind]
        if symbol:
            size = Theme.current().px(14)
            with painting(self) as painter:
                middle = min(self.height(), self.fontMetrics().lineSpacing()) / 2
                icons.paint(painter, symbol, QPointF(size / 2, middle), size, colour)


class Field(QWidget):
    """Base of all fields. `key` names it in a form; `value()` is None where nothing was given.

    In Designer: promote a QWidget and set the dynamic properties `label`, `hint`, `key`, `optional`, `span`.
    """

    typed = Signal()
    """Something was typed or chosen; not yet handed on."""
    committed = Signal(object)
    """The new value, once editing is finished or paused. Never emitted by `set_value`."""
    rejected = Signal(str)
    """Editing is finished but the text cannot be read; it stays in the field, with the reason below."""

    def __init__(self, parent: QWidget | None = None, label: str = "", key: str = "") -> None:
        super().__init__(parent)
        self._key, self._hint, self._span = key, "", 1
        self._error = self._own_error = self._notice = ""
        self._value: Any = None
        self._dirty = False
        self._parse: Callable[[str], Any] = lambda words: words
        self._show: Callable[[Any], str] = str
        self._notice_for: Callable[[Any], str] | None = None
        self._pause: QTimer | None = None
        self._label = FieldLabel(self)
        self._line: MessageLine | None = None
        self._control = self._make_control()
        self._build()
        self.set_label(label)

    def _build(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._label)
        column.addWidget(self._control)
        column.addStretch()
        self._label.setBuddy(self._control)
        self.setFocusProxy(self._control)
        self._control.installEventFilter(self)

    # --- what a kind of field fills in

    def _make_control(self) -> QWidget:
        raise NotImplementedError

    def _text(self) -> str:
        """What stands in the input."""
        raise NotImplementedError

    def _put(self, value: Any) -> None:
        """Show `value` in the input without telling anybody."""
        raise NotImplementedError

    def _read(self) -> Any:
        """The value of what stands in the input. Raises ValueError with a German reason."""
        words = self._text().strip()
        return self._parse(words) if words else None

    # --- properties

    def get_key(self) -> str:
        return self._key

    def set_key(self, key: str) -> None:
        self._key = key

    def get_label(self) -> str:
        return self._label.text().replace("&&", "&")

    def set_label(self, words: str) -> None:
        self._label.setText(words.replace("&", "&&"))
        self._name_control()

    def get_hint(self) -> str:
        return self._hint

    def set_hint(self, words: str) -> None:
        """A quiet line below the input, shown while there is neither notice nor error."""
        self._hint = words
        self._show_message()

    def get_optional(self) -> bool:
        return self._label.optional

    def set_optional(self, optional: bool) -> None:
        self._label.optional = optional
        self._name_control()
        self._label.update()

    def get_span(self) -> int:
        return self._span

    def set_span(self, columns: int) -> None:
        """How many columns of a `FieldGrid` the field takes."""
        self._span = columns

    key = Property(str, get_key, set_key)
    label = Property(str, get_label, set_label)
    hint = Property(str, get_hint, set_hint)
    optional = Property(bool, get_optional, set_optional)
    span = Property(int, get_span, set_span)

    @property
    def control(self) -> QWidget:
        """The input that takes the focus."""
        return self._control

    # --- values

    def set_reading(
        self,
        parse: Callable[[str], Any],
        show: Callable[[Any], str] = str,
        notice: Callable[[Any], str] | None = None,
    ) -> None:
        """How text becomes a value (ValueError with a German reason), a value text, and what to point out."""
        self._parse, self._show, self._notice_for = parse, show, notice

    @property
    def unreadable(self) -> bool:
        """Whether there stands a text, left as it was typed, that is no value."""
        return bool(self._own_error)

    @property
    def unfinished(self) -> bool:
        """Whether there stands more than the value: something being typed, or a text that is none."""
        return self._dirty or self.unreadable

    def set_value(self, value: Any) -> None:
        """Show `value`, whatever stood there; nobody is told. For another record: `commit()` first."""
        self._end_pause()
        self._value, self._dirty, self._own_error = value, False, ""
        self._put(value)
        self._notice = self._notice_for(value) if self._notice_for and value is not None else ""
        self._show_message()

    def offer_value(self, value: Any) -> None:
        """Like `set_value`, but never over something being typed."""
        if not self._dirty:
            self.set_value(value)

    def value(self) -> Any:
        """The last value that could be read; None where nothing was given."""
        return self._value

    def text(self) -> str:
        """What stands in the input, readable or not."""
        return self._text()

    def commit(self) -> bool:
        """Finish editing now. False when the text cannot be read; it then stays as typed."""
        self._end_pause()
        if not self._dirty:
            return not self._own_error
        self._dirty = False
        try:
            value = self._read()
        except ValueError as reason:
            self._own_error = str(reason)
            self._show_message()
            self.rejected.emit(self._text())
            return False
        changed = value != self._value
        self.set_value(value)
        if changed:
            self.committed.emit(value)
        return True

    def _note_typed(self) -> None:
        self._dirty = True
        if self._pause is None:
            self._pause = QTimer(self, singleShot=True, interval=PAUSE)
            self._pause.timeout.connect(self._hand_on)
        self._pause.start()
        self.typed.emit()

    def _end_pause(self) -> None:
        if self._pause is not None:
            self._pause.stop()

    def _hand_on(self) -> None:
        """After a pause: hand the value on, but leave the text alone while it is being typed."""
        try:
            value = self._read()
        except ValueError:
            return
        self._own_error = ""
        self._show_message()
        if value != self._value:
            self._value = value
            self.committed.emit(value)

    # --- messages

    def set_error(self, words: str) -> None:
        """What is wrong and how it looks right; an empty text takes it back."""
        self._error = words
        self._show_message()

    def set_notice(self, words: str) -> None:
        """Something a person should look at; the value counts all the same."""
        self._notice = words
        self._show_message()

    def error(self) -> str:
        """The error shown, or an empty text."""
        return self._own_error or self._error

    def message(self) -> str:
        """The line shown below the input."""
        return self.error() or self._notice or self._hint

    def _show_message(self) -> None:
        kind = "error" if self.error() else "notice" if self._notice else "hint"
        words = self.message()
        if words and self._line is None:
            self._line = MessageLine(self)
            self._column.insertWidget(self._column.indexOf(self._control) + 1, self._line)
        if self._line is not None:
            self._line.show_message(kind, words)
        if self._control.accessibleDescription() != words:
            self._control.setAccessibleDescription(words)
        _mark(self._control, "error" if self.error() else "")

    def _name_control(self) -> None:
        self._control.setAccessibleName(self.get_label() + (f", {_('freiwillig')}" if self.get_optional() else ""))

    def set_read_only(self, locked: bool) -> None:
        """Show the value on inset ground; it can be selected and copied."""
        self._control.setProperty("readOnly", locked)

    # --- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.lostFocus():
            if event.reason() != Qt.FocusReason.PopupFocusReason:
                self.commit()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and is_plain_enter(event):
            self.commit()
            self.go_on()
            return True
        return super().eventFilter(watched, event)

    def go_on(self) -> None:
        """Move the focus to the next field of the window, or to the next control where there is none."""
        if (following := next(_fields_after(self), None)) is not None:
            following.control.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.focusNextChild()


def _mark(control: QWidget, state: str) -> None:
    """Have the style sheet see a state; asked only when it changes, since every polishing is dear."""
    if (control.property("state") or "") != state:
        control.setProperty("state", state)
        control.style().unpolish(control)
        control.style().polish(control)


def is_plain_enter(event: QKeyEvent) -> bool:
    """Whether it goes on to the next field; with Ctrl it is the page's main action."""
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    return plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _fields_after(before: Field) -> Iterator[Field]:
    """Those that can take the focus, in the order of Tab."""
    for widget in _focus_chain(before.control):
        field = field_of(widget)
        if field is not None and field is not before and widget is field.control and _can_take_focus(widget):
            yield field


def _focus_chain(start: QWidget) -> Iterator[QWidget]:
    widget = start.nextInFocusChain()
    while widget is not None and widget is not start:
        yield widget
        widget = widget.nextInFocusChain()


def _can_take_focus(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled()


def field_of(widget: QWidget | None) -> Field | None:
    """The field an input belongs to."""
    while widget is not None:
        if isinstance(widget, Field):
            return widget
        widget = widget.parentWidget()
    return None


def commit_all(root: QWidget) -> None:
    """Finish editing in every field below `root`: before locking, closing, or acting on Strg+Eingabe."""
    for field in root.findChildren(Field):
        field.commit()
