"""The request of the row the keyboard is on, as it would look on paper, and what it still lacks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk_app.casework.placement_list import PlacementRow
from desk_app.casework.preview import RequestPreview
from desk_app.domain.completeness import Question
from desk_app.domain.errors import WorldError
from desk_app.domain.fields import SECTION_TITLES
from desk_app.gui import cover, icons
from desk_app.gui.painting import box, faded, hairline, painting
from desk_app.gui.printing import image_of
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import IconButton
from desk_app.gui.widgets.cards import PADDING, Card, PressRow
from desk_app.gui.widgets.labels import ElidedLabel, Label
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import _
from desk_app.presenters.placement_states import name_words
from desk_app.presenters.placements import PlacementsPresenter

SETTLE = 120
"""Milliseconds the keyboard rests on a row before its paper is drawn."""
_A4 = 297 / 210
_MARGIN = 14
_ROOMY = 380
_WIDEST = 860
"""Pixels at a text scale of 100 % beyond which a page reads no better."""


class PageView(QWidget):
    """One page, as wide as the pane; blank until it is drawn."""

    resized = Signal()
    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.refit()

    def refit(self) -> None:
        self.setMaximumWidth(Theme.current().px(_WIDEST))

    @property
    def image(self) -> QImage:
        """What is shown; a null image while nothing is."""
        return self._image

    def pixels(self) -> int:
        """How many pixels of the screen the page is wide."""
        return max(1, round((self.width() - 2) * self.devicePixelRatioF()))

    def show_image(self, image: QImage, name: str) -> None:
        self._image = image
        self.setAccessibleName(name)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(round(self.width() * _A4))
        if event.oldSize().width() != self.width():
            self.resized.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        area = QRectF(self.rect())
        with painting(self) as painter:
            dark = Theme.current().dark
            if self._image.isNull():
                box(painter, area, 2, "surface", "line")
                return
            if cover.is_on():
                self._paint_curtain(painter, area)
                return
            painter.drawImage(area.adjusted(1, 1, -1, -1), self._image)
            if dark:
                # white paper would glare beside a dark page
                painter.fillRect(area, faded("canvas", 0.1))
            box(painter, area, 2, None, "line")

    @staticmethod
    def _paint_curtain(painter: QPainter, area: QRectF) -> None:
        """In place of the paper, which is a picture and full of what Blickschutz covers."""
        theme = Theme.current()
        box(painter, area, 2, "inset", "line")
        icons.paint(painter, "eye-off", QPointF(area.center().x(), area.top() + theme.px(72)), theme.px(24), "text3")
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text2"))
        room = area.adjusted(theme.px(24), theme.px(98), -theme.px(24), 0)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        words = _("Blickschutz ist an. Auf dem Blatt stehen Name und Anschrift. Strg+Umschalt+B zeigt es wieder.")
        painter.drawText(room, int(flags), words)


class MissingList(QWidget):
    """What keeps the request from being sent; each line leads to its field."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._title = Label("", "small", "text2", wrap=True)
        self._title.setContentsMargins(PADDING, 0, PADDING, 0)
        self._column.addWidget(self._title)
        self._column.addSpacing(4)
        self.rows: list[PressRow] = []
        self.hide()

    def show_questions(self, questions: Sequence[Question], title: str) -> None:
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [self._row(question) for question in questions]
        for place, row in enumerate(self.rows):
            row.set_rule(place < len(self.rows) - 1)
            self._column.addWidget(row)
        self._title.setText(title)
        self.setVisible(bool(questions))

    def _row(self, question: Question) -> PressRow:
        section = _(SECTION_TITLES[question.section])
        row = _MissingRow(_("{label} ergänzen, {section}").format(label=question.label, section=section))
        row.setToolTip(question.reason)
        label = ElidedLabel(question.label, "body", "text")
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.add(label, 1)
        row.add(Label(section, "small", "text3"))
        row.clicked.connect(lambda: self.chosen.emit(question))
        return row


class _MissingRow(PressRow):
    """A line of the list, with an arrow at its end."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.row.setContentsMargins(PADDING, 0, PADDING + 20, 0)
        self.row.setSpacing(8)

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        size = Theme.current().px(14)
        place = QPointF(self.width() - PADDING - size / 2, self.height() / 2)
        with painting(self) as painter:
            icons.paint(painter, "chevron-right", place, size, "text3")


class PageBar(QWidget):
    """Previous page, "1 von 2", next page; quiet where there is only one."""

    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = IconButton("chevron-left", _("Vorige Seite"), "compact")
        self.forward = IconButton("chevron-right", _("Nächste Seite"), "compact")
        self.label = Label("", "body", "text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 1, 8, 0)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.label)
        row.addStretch(1)
        row.addWidget(self.forward)
        self.back.clicked.connect(lambda: self.turned.emit(-1))
        self.forward.clicked.connect(lambda: self.turned.emit(1))
        self.show_page(0, 0)
        self.refit()

    def refit(self) -> None:
        self.setFixedHeight(Theme.current().px(54))

    def show_page(self, number: int, pages: int) -> None:
        """``number`` counts from 0; no pages at all shows nothing."""
        self.back.setEnabled(number > 0)
        self.forward.setEnabled(number < pages - 1)
        self.back.setVisible(pages > 1)
        self.forward.setVisible(pages > 1)
        words = _("{page} von {pages}") if pages > 1 else _("1 Seite") if pages else ""
        self.label.setText(words.format(page=number + 1, pages=pages))

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            hairline(painter, 0, self.width(), 0)


class PreviewPane(Card):
    """Follows the keyboard. What it shows stays together: a name never stands above somebody else's paper."""

    print_asked = Signal()
    file_asked = Signal()
    state_asked = Signal()
    size_asked = Signal()
    """The preview is wanted in place of the table, or beside it again."""
    question_chosen = Signal(object)

    def __init__(self, presenter: PlacementsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(_("Vorschau"), ruled=True, padded=False, parent=parent)
        self._presenter = presenter
        self._wanted: PlacementRow | None = None
        self._page = 0
        self._asked = 0
        self.shown: RequestPreview | None = None
        self.printer = IconButton("printer", _("Vorschau drucken (Strg+P)"), "compact")
        self.file = IconButton("arrow-up-right", _("Akte öffnen (Eingabe in der Liste)"), "compact")
        self.size_button = IconButton("maximize-2", "", "compact")
        self.head.add_action(self.size_button)
        self.head.add_action(self.printer)
        self.head.add_action(self.file)
        self.page = PageView()
        self.missing = MissingList()
        self.message = Label("", "small", "text2", wrap=True)
        self.pages = PageBar()
        self._settle = QTimer(self, singleShot=True)
        self._settle.setInterval(SETTLE)
        self._settle.timeout.connect(self._ask)
        self._build()
        self._connect()
        self.set_large(False)
        self._show_nothing()

    def _build(self) -> None:
        self._scroll = ScrollArea()
        column = self._scroll.column
        column.setContentsMargins(0, _MARGIN, 0, _MARGIN)
        column.setSpacing(12)
        self.message.setContentsMargins(PADDING, 0, PADDING, 0)
        column.addWidget(self.message)
        column.addWidget(self.missing)
        around = QHBoxLayout()
        around.setContentsMargins(_MARGIN - 1, 0, _MARGIN - 1, 0)
        around.addStretch(1)
        around.addWidget(self.page, 100)
        around.addStretch(1)
        column.addLayout(around)
        column.addStretch(1)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self.pages)

    def _connect(self) -> None:
        self.size_button.clicked.connect(self.size_asked)
        self.page.pressed.connect(self.size_asked)
        self.printer.clicked.connect(self.print_asked)
        self.file.clicked.connect(self.file_asked)
        self.missing.chosen.connect(self.question_chosen)
        self.pages.turned.connect(self._turn)
        self.page.resized.connect(self._settle.start)

    @property
    def wanted(self) -> PlacementRow | None:
        """The row whose request is shown, or will be in a moment."""
        return self._wanted

    def follow(self, row: PlacementRow | None) -> None:
        """Show the request of this row soon, or nothing."""
        if row is None:
            self._wanted = None
            self._settle.stop()
            self._show_nothing()
            return
        if self._wanted is None or row.request != self._wanted.request:
            self._page = 0
        self._wanted = row
        self.page.show()
        self._settle.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # beside a name and a number there is room for two signs only; Eingabe in the list opens the file as well
        self.file.setVisible(self.width() >= Theme.current().px(_ROOMY))

    def set_large(self, large: bool) -> None:
        """Say whether the pane stands in place of the table."""
        self.size_button.set_symbol("minimize-2" if large else "maximize-2")
        self.size_button.set_name(_("Zurück zur Liste (Esc)") if large else _("Vorschau groß zeigen"))

    def stop(self) -> None:
        """Draw nothing more until a row is followed again."""
        self._settle.stop()

    def _turn(self, by: int) -> None:
        self._page += by
        self._ask()

    def _ask(self) -> None:
        if self._wanted is None or not self.isVisible():
            return
        self._asked += 1
        asked = self._asked
        row = self._wanted

        def done(found: RequestPreview) -> None:
            if asked == self._asked and self._wanted is not None:
                self._show(found, row)

        def failed(error: WorldError) -> None:
            if asked == self._asked:
                self._show_nothing(error.message)

        self._presenter.preview(row.request, self._page, self.page.pixels(), done, failed)

    def _show(self, found: RequestPreview, row: PlacementRow) -> None:
        if self.shown is None or self.shown.request != found.request:
            self._scroll.verticalScrollBar().setValue(0)
        self.shown = found
        self._page = found.number
        self.head.set_title(name_words(row))
        self.head.set_count(found.request_number)
        self.message.hide()
        self.missing.show_questions(found.open_questions, _missing_title(row, found))
        self.pages.show_page(found.number, found.pages)
        words = _("Vorschau der Anfrage {number}, Seite {page} von {pages}")
        words = words.format(number=found.request_number, page=found.number + 1, pages=found.pages)
        self.page.show_image(image_of(found.picture), words)
        self._show_actions()

    def _show_nothing(self, message: str = "") -> None:
        self.shown = None
        self.page.hide()
        self.head.set_title(_("Vorschau"))
        self.head.set_count("")
        self.message.setText(message)
        self.message.setVisible(bool(message))
        self.missing.show_questions((), "")
        self.pages.show_page(0, 0)
        self.page.show_image(QImage(), _("Keine Vorschau"))
        self._show_actions()

    def _show_actions(self) -> None:
        ready = self.shown is not None and not self.shown.open_questions
        self.printer.setEnabled(ready)
        self.printer.set_name(
            _("Vorschau drucken (Strg+P)") if ready else _("Gedruckt wird erst, wenn die Anfrage vollständig ist")
        )
        self.file.setEnabled(self.shown is not None)


def _missing_title(row: PlacementRow, found: RequestPreview) -> str:
    if not found.open_questions:
        return ""
    if row.state == "sent":
        return _("Schon übermittelt – für ein neues Senden fehlt jetzt:")
    return _("Entwurf – noch nicht vollständig. Es fehlt:")
