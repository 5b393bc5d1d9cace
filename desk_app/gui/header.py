"""The header line of a page: title, state, search, actions. One line of 60 px, no second tool bar."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desk_app.gui import icons
from desk_app.gui.painting import painting, text, width_of
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.labels import ElidedLabel, Label
from desk_app.gui.widgets.search_box import SearchButton
from desk_app.i18n import _

MARGIN = 24


class SaveState(QWidget):
    """Whether everything on the page is kept. A failure stays until it is mended, with a way to try again."""

    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = _SaveLine()
        self._again = Button(_("Noch einmal"), "link")
        self._again.clicked.connect(self.again)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._line)
        row.addWidget(self._again)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nothing to say: nothing was changed here."""
        self._show("", "")

    def show_saving(self) -> None:
        self._show("saving", _("Speichert …"))

    def show_saved(self, time: str) -> None:
        """`time` as hours and minutes: "10:42"."""
        self._show("saved", _("Gespeichert {time}").format(time=time))

    def show_failed(self, reason: str) -> None:
        """`reason` in a few words: "Speicherplatz prüfen"."""
        self._show("failed", _("Nicht gespeichert – {reason}").format(reason=reason))

    def words(self) -> str:
        """What the line says now."""
        return self._line.text()

    def _show(self, state: str, words: str) -> None:
        self._line.show_state(state, words)
        self._again.setVisible(state == "failed")
        self.setVisible(bool(words))


class _SaveLine(QLabel):
    _SIGNS = {"saved": ("circle-check", "ok", "text2"), "failed": ("circle-alert", "bad", "bad")}

    def __init__(self) -> None:
        super().__init__()
        self._state = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_state(self, state: str, words: str) -> None:
        self._state = state
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(words if state == "failed" else "")
        self.updateGeometry()
        self.update()

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        theme = Theme.current()
        width = width_of(self.text(), theme.font("small")) + theme.px(21)
        return QSize(round(width + 1), theme.line("small"))

    def minimumSizeHint(self) -> QSize:
        # a long family name gives way before the news that it is saved does; only an explanation may be cut
        whole = self.sizeHint()
        return QSize(min(whole.width(), Theme.current().px(160)), whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        symbol, colour, ink = self._SIGNS.get(self._state, ("", "text3", "text2"))
        with painting(self) as painter:
            size = theme.px(15)
            if symbol:
                icons.paint(painter, symbol, QPointF(size / 2, self.height() / 2), size, colour)
            area = QRectF(self.rect()).adjusted(theme.px(21), 0, 0, 0)
            text(painter, area, self.text(), theme.font("small"), ink)


class Header(QWidget):
    """Put chips behind the title with `add_chip`, buttons at the right with `add_action`."""

    search_asked = Signal()
    """Somebody wants to find a family or a command."""

    def __init__(self, title: str = "", subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ElidedLabel(title, "title")
        self._subtitle = Label(subtitle, "small", "text3")
        self.search_button = SearchButton()
        self.search_button.setFixedWidth(Theme.current().size("control"))
        self.search_button.clicked.connect(self.search_asked)
        self.save_state = SaveState()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self._row.setSpacing(12)
        self._row.addWidget(self._title)
        self._row.addWidget(self._subtitle)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        self._row.addLayout(self._chips)
        self._row.addWidget(self.save_state)
        self._row.addStretch(1)
        self._right = QHBoxLayout()
        self._right.setSpacing(8)
        self._right.addWidget(self.search_button)
        self._right.addSpacing(4)
        self._row.addLayout(self._right)
        self.set_title(title)
        self.set_subtitle(subtitle)
        self.refit()

    def refit(self) -> None:
        self.setFixedHeight(Theme.current().size("header"))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
            # measuring anew asks for the layout once more, which would go on without end
            QCoreApplication.removePostedEvents(self, QEvent.Type.LayoutRequest)
        return done

    def minimumSizeHint(self) -> QSize:
        # what the search is at the moment must not hold the window wide: it gives way once the window is narrower
        spare = self.search_button.minimumWidth() - Theme.current().size("control")
        return super().minimumSizeHint() - QSize(max(spare, 0), 0)

    def _fit(self) -> None:
        """Let the search give way before the title does."""
        for row in (self._right, self._chips, self._row):
            row.invalidate()  # a row within a row keeps its old breadth until the next layout
        search = self.search_button
        others = self._row.sizeHint().width() - search.minimumWidth()
        width = max(Theme.current().size("control"), min(self.width() - others, Theme.current().px(260)))
        if width != search.minimumWidth():
            search.setFixedWidth(width)
        self._row.activate()

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_subtitle(self, words: str) -> None:
        """Quiet words behind the title: "27 offen"."""
        self._subtitle.setText(words)
        self._subtitle.setVisible(bool(words))

    def put_first(self, widget: QWidget) -> None:
        """Put something before the title, such as the way back."""
        self._row.insertWidget(0, widget)

    def add_chip(self, chip: QWidget) -> None:
        self._chips.addWidget(chip)

    def add_action(self, widget: QWidget) -> None:
        self._right.addWidget(widget)

    def add_view(self, widget: QWidget) -> None:
        """Put what changes how the page is seen before the search."""
        self._right.insertWidget(self._right.indexOf(self.search_button), widget)
