"""Lists above the page of offers: what to phone through, proposals, slips that are out, earlier states of an offer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.casework.offer_versions import Version
from desk_app.gui.families.row_card import ButtonRow, RowCard
from desk_app.gui.families.undo_banner import UndoBar
from desk_app.gui.painting import CENTRE_RIGHT, hairline, painting, text, width_of
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import PADDING
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.overlays import Scrim
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import _
from desk_app.presenters.offer_lists import ListRow, version_rows

_WIDTH = 820
Deed = tuple[str, Callable[[ListRow], None]]
"""The words on a button, and what it does to its row."""


class DirectoryRow(ButtonRow):
    """Title and end, below them the detail; the buttons at the right."""

    HEIGHT = 56

    def __init__(self, row: ListRow, deeds: Sequence[Deed]) -> None:
        self.row = row
        buttons = []
        for words, deed in deeds:
            button = Button(words, "secondary", height="compact")
            button.setAccessibleName(f"{words}: {row.title}")
            button.clicked.connect(lambda _checked=False, deed=deed: deed(row))
            buttons.append(button)
        super().__init__(*buttons)
        self.setAccessibleName(", ".join(part for part in (row.title, row.end, row.detail) if part))
        self.setToolTip(row.detail)
        self.refit()

    def refit(self) -> None:
        # in a scroll area that is too low, rows would shrink instead of scrolling
        self.setFixedHeight(Theme.current().px(self.HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        small, middle = theme.font("small"), self.height() / 2
        right = min((button.x() for button in self.findChildren(Button)), default=self.width()) - theme.px(14)
        with painting(self) as painter:
            end = width_of(self.row.end, small) + 1
            upper = QRectF(PADDING, middle - theme.px(20), right - PADDING, theme.px(20))
            text(painter, upper, self.row.end, small, "text3", CENTRE_RIGHT)
            text(painter, upper.adjusted(0, 0, -end - 10, 0), self.row.title, theme.font("body", strong=True), "text")
            text(painter, QRectF(PADDING, middle + 1, right - PADDING, theme.px(18)), self.row.detail, small, "text2")
            hairline(painter, PADDING, self.width() - PADDING, self.height() - 1)


class ListDialog(Scrim):
    """Rows, each with its deeds; what was done is said above them and can be taken back there."""

    def __init__(self, window: QWidget, title: str, words: str, empty: str, undo_bar: UndoBar) -> None:
        super().__init__(window, _WIDTH)
        self.panel.setAccessibleName(title)
        self._filled = False
        self.body.setSpacing(10)
        self.body.addWidget(Label(title, "title", wrap=True))
        self.body.addWidget(Label(words, "small", "text2", wrap=True))
        self.undo_bar = undo_bar
        self.body.addWidget(undo_bar)
        self.card: RowCard[DirectoryRow] = RowCard(title)
        self.empty = Label(empty, "small", "text3")
        self.body.addWidget(self.card, 1)
        self.body.addWidget(self.empty)
        self.close_button = Button(_("Schließen"), "secondary", keys="Esc")
        self.close_button.clicked.connect(self.dismiss)
        self.row = QHBoxLayout()
        self.row.addStretch(1)
        self.row.addWidget(self.close_button)
        self.body.addLayout(self.row)

    def show_rows(self, rows: Sequence[ListRow], deeds: Sequence[Deed]) -> None:
        """Show these; the focus stays in its place."""
        place = self.card.place_of(self.window().focusWidget())
        self.card.show_rows([DirectoryRow(row, deeds) for row in rows])
        self.card.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        if not self.isHidden():
            self._fit()
            if rows and (place >= 0 or not self._filled):
                self.card.go_to(min(max(place, 0), len(rows) - 1))
            elif place >= 0:
                self.close_button.setFocus()
        self._filled = True

    def ask(self) -> None:
        self.open(self.card.rows[0].main if self.card.rows else self.close_button)

    def _fit(self) -> None:
        window = self.parentWidget()
        assert window is not None
        theme = Theme.current()
        room = max(window.height() - theme.px(260), theme.px(120))
        needed = len(self.card.rows) * theme.px(DirectoryRow.HEIGHT) + theme.px(16)
        self.card.setFixedHeight(min(needed, room))
        super()._fit()


class HistoryDialog(Scrim):
    """Every state of an offer with what changed; each can be made to hold again."""

    back_asked = Signal(int)

    def __init__(self, window: QWidget, title: str, versions: tuple[Version, ...], refusal: str = "") -> None:
        super().__init__(window, _WIDTH)
        self.panel.setAccessibleName(_("Verlauf: {offer}").format(offer=title))
        self.body.setSpacing(10)
        self.body.addWidget(Label(_("Verlauf: {offer}").format(offer=title), "title", wrap=True))
        self.area = ScrollArea()
        self.area.column.setContentsMargins(0, 0, 12, 0)
        self.area.column.setSpacing(4)
        self.body.addWidget(self.area, 1)
        self.buttons: list[Button] = []
        for version, head, told in version_rows(versions):
            self._add(version, head, told, is_newest=version is versions[0], refusal=refusal)
        self.area.column.addStretch(1)
        close = Button(_("Schließen"), "secondary", keys="Esc")
        close.clicked.connect(self.dismiss)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        self.body.addLayout(row)
        self._close = close

    def _add(self, version: Version, head: str, told: str, *, is_newest: bool, refusal: str) -> None:
        line = QHBoxLayout()
        line.addWidget(Label(head, "small", strong=True, wrap=True), 1)
        if not is_newest:
            button = Button(_("Wieder so"), "link", height="mini")
            button.setAccessibleName(_("Fassung {n} gilt wieder").format(n=version.number))
            button.setEnabled(not refusal)
            button.setToolTip(refusal)
            button.clicked.connect(self.close_dialog)
            button.clicked.connect(lambda _checked=False: self.back_asked.emit(version.number))
            line.addWidget(button)
            self.buttons.append(button)
        self.area.column.addLayout(line)
        if told:
            self.area.column.addWidget(Label(told, "small", "text2", wrap=True))
        self.area.column.addSpacing(8)

    def ask(self) -> None:
        self.open(self._close)

    def _fit(self) -> None:
        window = self.parentWidget()
        assert window is not None
        content = self.area.widget()
        needed = content.sizeHint().height() if content is not None else 0
        self.area.setMinimumHeight(min(needed + 20, max(window.height() - Theme.current().px(220), 120)))
        super()._fit()
