"""Who would come earlier, and what fell free for them: told of it, they come, they cannot, they wait no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.gui.families.row_card import ButtonRow, RowCard
from desk_app.gui.families.undo_banner import UndoBar
from desk_app.gui.painting import hairline, painting, text
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import PADDING
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.overlays import Scrim
from desk_app.i18n import _
from desk_app.presenters.earlier_wishes import EarlierWishesPresenter, WishRow

if TYPE_CHECKING:
    from desk_app.casework.earlier_wishes import Wish
    from desk_app.domain.clock import Clock
    from desk_app.presenters.runner import Runner

_SEEN = 6


class WishButtons(ButtonRow):
    """One of them; the last button is what comes next."""

    HEIGHT = 64
    change_asked = Signal(object)
    """The ``Wish`` is to be changed."""

    def __init__(self, row: WishRow, presenter: EarlierWishesPresenter) -> None:
        deeds: list[tuple[str, Callable[[WishRow], None]]] = [
            (_("Entfernen"), presenter.remove),
            (_("Ändern"), lambda row: self.change_asked.emit(row.line.wish)),
        ]
        if row.offered:
            deeds += [(_("Kann nicht"), presenter.decline), (_("Kommt"), presenter.accept)]
        elif row.slot is not None:
            deeds += [(_("Kommt"), presenter.accept), (_("Angeboten"), presenter.offer)]
        buttons = []
        for place, (words, deed) in enumerate(deeds):
            last = place == len(deeds) - 1 and place > 1
            button = Button(words, "tint" if last else "secondary", height="compact")
            button.setAccessibleName(f"{words}: {row.title}")
            button.clicked.connect(lambda _checked=False, deed=deed: deed(row))
            buttons.append(button)
        super().__init__(*buttons)
        self.shown = row
        self._taken = sum(button.sizeHint().width() + 8 for button in buttons)
        self.setAccessibleName(row.spoken)
        self.setToolTip(row.spoken)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        room = self.width() - 2 * PADDING - self._taken
        top = self.height() / 2 - theme.px(29)
        with painting(self) as painter:
            hairline(painter, PADDING, self.width() - PADDING, self.height() - 1)
            upper = QRectF(PADDING, top, room, theme.px(20))
            text(painter, upper, self.shown.title, theme.font("body", strong=True), "text")
            second = QRectF(PADDING, top + theme.px(20), room, theme.px(18))
            text(painter, second, self.shown.second, theme.font("small"), "text2")
            third = QRectF(PADDING, top + theme.px(38), room, theme.px(18))
            text(painter, third, self.shown.chance, theme.font("small", strong=True), "accent_text")


class ChancesDialog(Scrim):
    """The list stays open while one after the other is called."""

    def __init__(self, window: QWidget, runner: Runner, clock: Clock) -> None:
        super().__init__(window, 880)
        self._clock = clock
        self.presenter = EarlierWishesPresenter(self, runner)
        title = _("Früher kommen")
        self.panel.setAccessibleName(title)
        self.card: RowCard[WishButtons] = RowCard(title)
        self.nothing = Label(
            _("Niemand wartet auf einen früheren Termin. An einem Termin legt „Möchte früher kommen“ das an."),
            "body", "text2", wrap=True,
        )  # fmt: skip
        self.undo_bar = UndoBar(runner)
        self.undo_bar.way_back_asked.connect(lambda _deed: self.presenter.refresh())
        self.done = Button(_("Fertig"), "secondary", keys="Esc")
        self.done.clicked.connect(self.dismiss)
        self.body.setSpacing(12)
        self.body.addWidget(Label(title, "title"))
        words = _("Frei ist, was abgesagt oder verschoben wurde und zu Sprache, Tagen, Zeiten und Anliegen passt.")
        self.body.addWidget(Label(words, "small", "text2", wrap=True))
        self.body.addWidget(self.card, 1)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.undo_bar)
        self.new = Button(_("Person vormerken"), "secondary", "plus")
        self.new.clicked.connect(lambda _checked=False: self.ask(None))
        row = QHBoxLayout()
        row.addWidget(self.new)
        row.addStretch(1)
        row.addWidget(self.done)
        self.body.addLayout(row)
        self.nothing.hide()

    def begin(self) -> None:
        """Show who waits."""
        self.open(self.done)
        self.presenter.refresh()

    def ask(self, wish: Wish | None) -> None:
        """Change a wish, or note a new one."""
        from desk_app.gui.today.wish_dialog import WishDialog

        presenter = self.presenter
        dialog = WishDialog(self.window(), presenter.find_families, presenter.kinds, self._clock, wish)
        dialog.asked.connect(presenter.keep)
        dialog.open()

    def show_wishes(self, rows: tuple[WishRow, ...]) -> None:
        place = max(self.card.place_of(self.window().focusWidget()), 0)
        shown = [WishButtons(row, self.presenter) for row in rows]
        for each in shown:
            each.change_asked.connect(self.ask)
        self.card.show_rows(shown)
        self.card.setVisible(bool(rows))
        self.card.setFixedHeight(Theme.current().px(WishButtons.HEIGHT * min(max(len(rows), 1), _SEEN)) + 14)
        self.nothing.setVisible(not rows)
        self._fit()
        if rows:
            self.card.go_to(min(place, len(rows) - 1), Qt.FocusReason.OtherFocusReason)
        else:
            self.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_done(self, words: str, way_back: UUID) -> None:
        self.undo_bar.tell_done(words, way_back)

    def show_failed(self, message: str) -> None:
        self.undo_bar.show_failed(message)
